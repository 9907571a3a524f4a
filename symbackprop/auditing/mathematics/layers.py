"""Layers as plain superscripts: w^3 and a^2 of a document that numbers its layers so are names, and no powers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement
from symbackprop.auditing.mathematics.tree import Entries, Name, Node, Number, Partial, Power, Transpose, rebuilt, walk

HIGHEST = 20  # layer


def layered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, with a^2 as a name wherever the document shows that its letter bears the number of a layer.

    It does where a^2 is what a chain is about, in vectors or by the names of layers, or what is differentiated. So does
    the square of a letter of which there is nothing else.
    """
    found = tuple(statements)
    letters = frozenset(_letters(found))
    return tuple(_with_layers(statement, letters) for statement in found) if letters else found


def _letters(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The letters, with their accents, that bear the number of a layer."""
    numbers: dict[str, set[str]] = {}
    bare: set[str] = set()  # letters that stand for something without a number
    for statement in statements:
        if not isinstance(statement, Chain):
            continue
        first, *others = statement.members
        if isinstance(first, Name) and not first.superscript:
            bare.add(_letter(first))
        if not statement.headless and (raised := _layer(first)) is not None and _is_of_layers(raised, others):
            named = (_layer(part) for member in others for part in walk(member))
            for name in (raised, *(name for name in named if name is not None)):
                numbers.setdefault(_letter(name), set()).add(name.superscript)
        for part in (part for member in statement.members for part in walk(member) if isinstance(part, Partial)):
            for end in (part.of, part.by):
                if isinstance(end, Name) and end.superscript.isdecimal():
                    numbers.setdefault(_letter(end), set()).add(end.superscript)
    for letter, met in numbers.items():
        if len(met) > 1 or letter not in bare:
            yield letter
    yield from _squares(statements)


def _squares(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The letters that stand nowhere but with one number above, where chains are about them: the variance σ^2."""
    chains = [one for one in statements if isinstance(one, Chain) and not one.headless]
    told = (one for one in chains if any(isinstance(node, Name) for tree in one.members[1:] for node in walk(tree)))
    heads = {_letter(name) for one in told if (name := _layer(one.members[0])) is not None}
    if not heads:
        return
    nodes = [node for one in statements for tree in _trees(one) for node in walk(tree)]
    raised = Counter(_letter(name) for node in nodes if (name := _layer(node)) is not None)
    numbers = {(_letter(name), name.superscript) for node in nodes if (name := _layer(node)) is not None}
    every = Counter(_letter(node) for node in nodes if isinstance(node, Name))
    for letter in heads:
        if raised[letter] == every[letter] and sum(of == letter for of, _ in numbers) == 1:
            yield letter


def _trees(statement: Statement) -> tuple[Node, ...]:
    match statement:
        case Chain(members):
            return members
        case Mention(value):
            return (value,)
    return ()


def _letter(name: Name) -> str:
    return name.base + name.accent


def _layer(node: Node) -> Name | None:
    """The name that a^2 is, read so; None of anything else."""
    match node:
        case Power(Name() as name, Number(text)) if text.isdecimal() and 0 < int(text[:3]) <= HIGHEST:
            if len(name.base) == 1 and not name.superscript:
                return replace(name, superscript=text, span=node.span)
    return None


def _is_of_layers(subject: Name, others: list[Node]) -> bool:
    """Whether what a chain says of a^2 is a vector or speaks of layers, and neither of a alone nor of squares."""
    inside = [part for member in others for part in walk(member)]
    raised = [part for part in inside if isinstance(part, Power)]
    bases = [id(part.base) for part in raised]
    if any(isinstance(part, Name) and part.text == _bare(subject) and id(part) not in bases for part in inside):
        return False
    if any(isinstance(part.base, Number) for part in raised):
        return False
    return any(isinstance(part, Entries | Transpose) or _layer(part) is not None for part in inside)


def _bare(name: Name) -> str:
    return replace(name, superscript="").text


def _with_layers(statement: Statement, letters: frozenset[str]) -> Statement:
    def changed(node: Node) -> Node:
        name = _layer(node)
        if name is not None and _letter(name) in letters:
            return name
        return rebuilt(node, changed)

    match statement:
        case Chain():
            return replace(statement, members=tuple(map(changed, statement.members)))
        case Mention():
            return replace(statement, value=changed(statement.value))
    return statement
