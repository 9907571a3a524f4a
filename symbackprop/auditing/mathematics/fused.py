"""Fused names: wx is w·x, and w1x1 is w1·x1, where the document gives those and nowhere the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.statements import Chain, Mention, Sign, Statement
from symbackprop.auditing.mathematics.tree import Entries, Name, Node, Partial, Product, rebuilt
from symbackprop.auditing.mathematics.vocabulary import ARTICLES, BREAKING, FUNCTIONS, LABELS, QUANTITIES

LENGTH = 24  # of a fused name
_PART = re.compile(r"[A-Za-zα-ω][0-9]*")
_FUSED = re.compile(rf"(?:{_PART.pattern}){{2,6}}")
_WORDS = ARTICLES | BREAKING | QUANTITIES | LABELS | FUNCTIONS.keys()


def unfused(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, with every fused name as the product that it is."""
    found = tuple(statements)
    given = frozenset(_given(found))
    return tuple(_without(statement, given) for statement in found)


def _given(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The names that stand on the left of a sign, by themselves or in a list."""
    for statement in statements:
        if not isinstance(statement, Chain) or statement.headless or statement.signs[0] is Sign.ARROW:
            continue
        match statement.members[0]:
            case Name() as name:
                yield _spelt(name)
            case Entries(rows):
                yield from (_spelt(entry) for row in rows for entry in row if isinstance(entry, Name))


def _spelt(name: Name) -> str:
    return name.base + name.accent + name.superscript + name.subscript


def _without(statement: Statement, given: frozenset[str]) -> Statement:
    def changed(node: Node) -> Node:
        match node:
            case Name():
                return _product(node, given) or node
            case Partial():
                return node
            case Product():
                return _joined(node, tuple(map(changed, node.factors)))
        return rebuilt(node, changed)

    match statement:
        case Chain():
            return replace(statement, members=tuple(map(changed, statement.members)))
        case Mention():
            return replace(statement, value=changed(statement.value))
    return statement


def _joined(product: Product, factors: tuple[Node, ...]) -> Node:
    """A product whose factors may be fused names."""
    if product.elementwise or factors == product.factors:
        return replace(product, factors=factors)
    split = [
        part
        for old, new in zip(product.factors, factors, strict=True)
        for part in (new.factors if isinstance(old, Name) and isinstance(new, Product) else (new,))
    ]
    return replace(product, factors=tuple(split))


def _product(name: Name, given: frozenset[str]) -> Product | None:
    """The names that a fused name falls apart into completely; None where it is a name of its own."""
    text = name.base
    if name.subscript or name.superscript or name.accent or name.updated or name.old or len(text) > LENGTH:
        return None
    if text in given or text in _WORDS or text[:1] in "dδΔ∂" or (text.isalpha() and len(text) > 2):
        return None
    if not _FUSED.fullmatch(text):
        return None
    pieces = list(_PART.finditer(text))
    if not all(piece[0] in given for piece in pieces):
        return None
    start, placed = name.span.start, name.span.end - name.span.start == len(text)
    return Product(
        tuple(
            Name(piece[0], Span(start + piece.start(), start + piece.end()) if placed else name.span)
            for piece in pieces
        ),
        name.span,
    )
