"""Fused names: wx is w·x, and w1x1 is w1·x1, where the document gives those and nowhere the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.statements import Chain, Mention, Sign, Statement
from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Transpose,
    rebuilt,
)
from symbackprop.auditing.mathematics.vocabulary import ARTICLES, BREAKING, FUNCTIONS, LABELS, QUANTITIES

LENGTH = 24  # of a fused name
_PART = re.compile(r"[A-Za-zα-ω][0-9]*")
_FUSED = re.compile(rf"(?:{_PART.pattern}){{2,6}}")
_WORDS = ARTICLES | BREAKING | QUANTITIES | LABELS | FUNCTIONS.keys()


def unfused(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, with every fused name as the product that it is."""
    found = tuple(statements)
    given = frozenset(_given(found))
    return tuple(parted(statement, lambda name: _product(name, given)) for statement in found)


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


def parted(statement: Statement, product: Callable[[Name], Product | None]) -> Statement:
    """A statement with the `product` that a name is, where it is one, in place of the name."""

    def changed(node: Node) -> Node:
        match node:
            case Name():
                return product(node) or node
            case Power(Name() as name, exponent) if (found := product(name)) is not None:
                return _ending(found, Power(found.factors[-1], changed(exponent), node.span))
            case Power(Name(superscript="") as name, Number(text)) if (
                found := product(replace(name, superscript=text, span=node.span))
            ) is not None:
                return found
            case Transpose(Name() as name) if (found := product(name)) is not None:
                return _ending(found, Transpose(found.factors[-1], node.span))
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


def _ending(product: Product, last: Node) -> Product:
    """The product with another last factor: of xW^T the letter W alone is transposed."""
    return Product((*product.factors[:-1], last), last.span)


def _joined(product: Product, factors: tuple[Node, ...]) -> Node:
    """A product whose factors may be fused names."""
    if product.elementwise or factors == product.factors:
        return replace(product, factors=factors)
    split = [
        part
        for old, new in zip(product.factors, factors, strict=True)
        for part in (new.factors if isinstance(new, Product) and not isinstance(old, Product) else (new,))
    ]
    return replace(product, factors=tuple(split))


def _product(name: Name, given: frozenset[str]) -> Product | None:
    """The names that a fused name falls apart into completely; None where it is a name of its own."""
    if name.subscript or name.superscript or name.accent or name.base in given:
        return None
    parts = pieces(name)
    return Product(parts, name.span) if parts and all(part.base in given for part in parts) else None


def pieces(name: Name) -> tuple[Name, ...]:
    """The names that a fused name would fall apart into, an index going with the last; () for what is not fused.

    >>> [part.text for part in pieces(Name("w1x1", Span(0, 4)))]
    ['w1', 'x1']
    """
    text = name.base
    if name.updated or name.old or len(text) > LENGTH or text in _WORDS or text[:1] in "dδΔ∂":
        return ()
    if (text.isalpha() and len(text) > 2) or not _FUSED.fullmatch(text):
        return ()
    start, placed = name.span.start, name.span.end - name.span.start >= len(text)
    found = [
        Name(piece[0], Span(start + piece.start(), start + piece.end()) if placed else name.span)
        for piece in _PART.finditer(text)
    ]
    span = Span(found[-1].span.start, name.span.end)
    return (*found[:-1], replace(name, base=found[-1].base, span=span))
