"""Numbers that a program has printed for names: print(z) and below it 0.49 say that z = 0.49."""

from __future__ import annotations

import re
from dataclasses import replace

from symbackprop.auditing.mathematics.boundaries import Found, printed
from symbackprop.auditing.mathematics.heads import at_offset, name_of
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.statements import Sign

_ASKED = re.compile(r">>> (?:print\()?([A-Za-z_][\w.]*)\)?[ \t]*\n[ \t]*\Z")
LONGEST = 80  # characters of a line that asks for a value


def of_session(parser: Parser, founds: list[Found]) -> list[Found]:
    """What stands in a block, a number below >>> z as the value of z."""
    return [_asked(parser, found) for found in founds] if ">>>" in parser.text else founds


def _asked(parser: Parser, found: Found) -> Found:
    if found.signs or found.reason or not printed(found.members[0]):
        return found
    at = parser.tokens[found.start].at
    match = _ASKED.search(parser.text, max(0, at - LONGEST), at)
    return (_named(parser, match[1], found) or found) if match else found


def _named(parser: Parser, text: str, found: Found) -> Found | None:
    """A number or a list as the value of a name; None where the name cannot be read."""
    name = name_of(text)
    if name is None:
        return None
    head = at_offset(name, parser.tokens[found.start].start)
    return replace(found, members=(head, *found.members), signs=(Sign.EQUAL,))


def of_names(parser: Parser, names: tuple[str, ...], founds: list[Found]) -> list[Found]:
    """What stands in an output, each number or list as the value of the name that it is printed for.

    Where there are not as many values as names, they stay as they are.
    """
    if len(names) != len(founds) or any(found.signs or found.reason for found in founds):
        return founds
    if not all(printed(found.members[0]) for found in founds):
        return founds
    made = [_named(parser, text, found) for text, found in zip(names, founds, strict=True)]
    return [one for one in made if one is not None] if None not in made else founds
