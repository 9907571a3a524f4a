"""Programs count from 0: h[1] of a listing is the second entry of h, which a network of h_1 and h_2 calls h_2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from symbackprop.auditing.documents.source import Source
from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements
from symbackprop.auditing.mathematics.tree import Name, Node, rebuilt, walk
from symbackprop.auditing.naming.spelling import keys_of
from symbackprop.auditing.naming.vocabulary import Vocabulary
from symbackprop.network.problem import Problem

_PYTHON = re.compile(r"\b(?:np|numpy|torch)\.\w")
_COUNTED = re.compile(r"\d{1,3}(?:,\d{1,3})*", re.ASCII)


def counted_from_one(source: Source, statements: Statements, problem: Problem) -> Statements:
    """The statements, with h[0] and h[1] as h_1 and h_2 where a document writes [0] and the network counts from 1.

    It does where some name with a [0] is then one of the network's, and none with an index is no longer; a program in
    Python always does. Names whose index is not in square brackets stay as they are.
    """
    names = tuple(_bracketed(source, statements))
    from_zero = any("0" in name.subscript.split(",") for name in names)
    if not (from_zero or (names and _PYTHON.search(source.text))):
        return statements
    vocabulary = Vocabulary(problem.graph.names)
    known = [tuple(vocabulary.spelt(keys_of(one)[0]) is not None for one in (name, _next(name))) for name in names]
    if (True, False) in known or (from_zero and (False, True) not in known):
        return statements
    return replace(statements, statements=tuple(_shifted(source, one) for one in statements.statements))


def _next(name: Name) -> Name:
    return replace(name, subscript=",".join(str(int(part) + 1) for part in name.subscript.split(",")))


def _bracketed(source: Source, statements: Statements) -> Iterator[Name]:
    for statement in statements.statements:
        members = statement.members if isinstance(statement, Chain) else ()
        for part in (part for member in members for part in walk(member)):
            if isinstance(part, Name) and _is_bracketed(source, part):
                yield part


def _is_bracketed(source: Source, name: Name) -> bool:
    written = source.text[name.span.start : name.span.end]
    return written.endswith("]") and _COUNTED.fullmatch(name.subscript) is not None


def _shifted(source: Source, statement: Statement) -> Statement:
    def changed(node: Node) -> Node:
        if isinstance(node, Name):
            return _next(node) if _is_bracketed(source, node) else node
        return rebuilt(node, changed)

    match statement:
        case Chain():
            return replace(statement, members=tuple(map(changed, statement.members)))
        case Mention():
            return replace(statement, value=changed(statement.value))
    return statement
