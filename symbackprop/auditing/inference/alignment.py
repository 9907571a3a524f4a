"""A formula beside the same formula with numbers put in: which number stands for which name."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations

from symbackprop.auditing.inference.forms import ONE, is_number, value_of
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    negated,
)

Pair = tuple[Node, Node]
"""A name, a partial or a number of the formula, and the number that stands in its place."""

Known = Mapping[str, Fraction]
"""The values that the document states for names, by their keys."""


def pairs(formula: Node, written: Node, known: Known | None = None) -> tuple[Pair, ...] | None:
    """What stands in `written` for the leaves of `formula`; None where the two have not the same shape.

    Both are in canonical form. Brackets, a factor 1 that is dropped, and a sign that stands before a product in place
    of its first factor make no difference; two factors that are exchanged are found by their `known` values.
    """
    match formula, written:
        case ((Name() | Partial() | Number()), _) if is_number(written):
            return ((formula, written),)
        case Name(), Name():
            return () if key(formula) == key(written) else None
        case Negative(one), Negative(other):
            return pairs(one, other, known)
        case Negative(one), _ if is_number(written):
            return pairs(one, negated(written), known)
        case Product(), Negative(Product() as other):
            return pairs(formula, _signed(other), known)
        case Negative(one), Product(others):
            # A minus that is lost in the numbers is that of a gradient, which stands last.
            turned = Product((*others[:-1], negated(others[-1])), written.span, written.elementwise)
            return pairs(one, turned, known)
        case Sum(ones), Sum(others):
            return _all(ones, others, known)
        case Product(ones), Product(others):
            return _product(ones, others, known)
        case Product(ones), _:
            return _product(ones, (written,), known)
        case _, Product(others):
            return _product((formula,), others, known)
        case (Quotient(a, b), Quotient(c, d)) | (Power(a, b), Power(c, d)):
            return _all((a, b), (c, d), known)
        case Call(), Call() if formula.function == written.function and formula.primes == written.primes:
            return _all(formula.arguments, written.arguments, known)
        case Entries(), Entries():
            ones = tuple(entry for row in formula.rows for entry in row)
            others = tuple(entry for row in written.rows for entry in row)
            return _all(ones, others, known)
        case _:
            return None


def _all(ones: tuple[Node, ...], others: tuple[Node, ...], known: Known | None) -> tuple[Pair, ...] | None:
    if len(ones) != len(others):
        return None
    found: list[Pair] = []
    for one, other in zip(ones, others, strict=True):
        below = pairs(one, other, known)
        if below is None:
            return None
        found += below
    return tuple(found)


def _product(ones: tuple[Node, ...], others: tuple[Node, ...], known: Known | None) -> tuple[Pair, ...] | None:
    if len(ones) != len(others):
        ones, others = _without_ones(ones), _without_ones(others)
    if len(ones) != len(others):
        return None
    if len(ones) == 1:
        one, other = ones[0], others[0]
        return None if isinstance(one, Product) or isinstance(other, Product) else pairs(one, other, known)
    if known and len(ones) <= 3 and all(isinstance(one, Name) for one in ones) and all(map(is_number, others)):
        others = max(permutations(others), key=lambda order: _agreeing(ones, order, known))
    return _all(ones, others, known)


def _agreeing(ones: tuple[Node, ...], others: tuple[Node, ...], known: Known) -> int:
    """How many of the names have the values that are known of them."""
    return sum(
        isinstance(one, Name) and known.get(key(one)) == value_of(other)
        for one, other in zip(ones, others, strict=True)
    )


def _without_ones(factors: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(factor for factor in factors if not is_number(factor, ONE)) or factors[:1]


def _signed(node: Node) -> Node:
    """-node with its sign at the first factor."""
    if isinstance(node, Product) and node.factors:
        return Product((negated(node.factors[0]), *node.factors[1:]), node.span, node.elementwise)
    return negated(node)
