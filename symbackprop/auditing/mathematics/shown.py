"""Numbers that a program has printed for names: print(z) and below it 0.49 say that z = 0.49."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.mathematics.boundaries import Found, printed
from symbackprop.auditing.mathematics.heads import at_offset, name_of
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.statements import Sign


def of_names(parser: Parser, names: tuple[str, ...], founds: list[Found]) -> list[Found]:
    """What stands in an output, each number or list as the value of the name that it is printed for.

    Where there are not as many values as names, they stay as they are.
    """
    if len(names) != len(founds) or any(found.signs or found.reason for found in founds):
        return founds
    if not all(printed(found.members[0]) for found in founds):
        return founds
    made = []
    for text, found in zip(names, founds, strict=True):
        name = name_of(text)
        if name is None:
            return founds
        head = at_offset(name, parser.tokens[found.start].start)
        made.append(replace(found, members=(head, *found.members), signs=(Sign.EQUAL,)))
    return made
