"""Formulas that are taken for one another: slopes of activations, sums and products, a function and one less it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.edits import with_parts
from symbackprop.auditing.causes.forms import APPLIED, FAILURES, LEAVES, Form, Place
from symbackprop.auditing.causes.ownwork import NOWHERE, minus, named, numeral, quantity_of, square, times
from symbackprop.auditing.causes.tables import Vector
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import (
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    complement,
    parts,
)
from symbackprop.auditing.truth import Quantity
from symbackprop.expressions.names import split_partial

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

Alternative = tuple[Node, Vector]
"""What may be taken for a node, and its values."""

_ACTIVATIONS = ("sigmoid", "tanh", "relu", "identity")


def alternatives(inquiry: Inquiry, form: Form, place: Place) -> Iterator[Alternative]:
    """What may be taken for the node of a place by who has another formula in mind."""
    for new in _others(inquiry, place):
        if isinstance(new, Number) and place.parent is not None:
            continue  # a slope of 1 in a product is a factor left out
        try:
            values = inquiry.floats(new, form.basis, len(place.values))
        except FAILURES:
            continue
        if all(map(isfinite, values)):
            yield new, values


def _others(inquiry: Inquiry, place: Place) -> Iterator[Node]:
    node = place.node
    yield from _slopes(inquiry, node)
    if all(0 < value < 1 for value in place.values) and isinstance(node, (Call, Quotient, *LEAVES)):
        yield minus(numeral(1), node)
    match node:
        case Sum(terms):
            yield Product(terms, NOWHERE)
        case Product(factors):
            yield Sum(factors, NOWHERE)
        case Power(base, Number(_, value)) if value == 2:
            yield base
            yield times(numeral(2), base)
        case Quotient(one, other):
            yield Quotient(other, one, NOWHERE)
        case Call(function, arguments, _, primes) if function in APPLIED and len(arguments) == 1:
            for another in _ACTIVATIONS:
                if another != function and function in _ACTIVATIONS:
                    yield Call(another, arguments, NOWHERE, primes)
            yield arguments[0]


def _slopes(inquiry: Inquiry, node: Node) -> Iterator[Node]:
    """Other slopes than the one that `node` is: f'(z), a·(1 - a), 1 - a²."""
    quantity = quantity_of(node) or (inquiry.quantity_at(node) if isinstance(node, LEAVES) else None)
    pair = split_partial(quantity.name) if quantity is not None else None
    if quantity is not None and pair is not None:
        step = inquiry.truth.derivation.by_name.get(quantity.name)
        if step is not None and step.rule.startswith("derivative of"):
            of, by = (named(Quantity(name, quantity.after)) for name in pair)
            yield from (*_of_output(of), *_of_output(by))
    match node:
        case Sum((Number(_, one), Negative(Power(base, Number(_, two))))) if one == 1 and two == 2:
            yield from _of_output(base)
        case Product(factors):
            yield from _in_product(node, factors)


def _in_product(node: Product, factors: Sequence[Node]) -> Iterator[Node]:
    for index, factor in enumerate(factors):
        base = complement(factor)
        if base is None:
            continue
        for other, twin in enumerate(factors):
            if other != index and _same(twin, base):
                rest = [part for place, part in enumerate(factors) if place not in (index, other)]
                for slope in _of_output(base):
                    yield with_parts(node, [*rest, slope]) if rest else slope


def _same(one: Node, other: Node) -> bool:
    """Whether two trees say the same, wherever they stand."""
    if isinstance(one, Number) and isinstance(other, Number):
        return one.value == other.value
    if isinstance(one, LEAVES) or isinstance(other, LEAVES):
        return type(one) is type(other) and tree_text(one) == tree_text(other)
    below = parts(one), parts(other)
    return type(one) is type(other) and len(below[0]) == len(below[1]) and all(map(_same, *below))


def _of_output(output: Node) -> tuple[Node, ...]:
    """The slopes that are written with an activation, and what is left of them by a slip."""
    one = numeral(1)
    applied = Call("sigmoid", (output,), NOWHERE)
    return (
        times(output, minus(one, output)),
        minus(one, square(output)),
        output,
        minus(one, output),
        square(output),
        times(output, minus(one, square(output))),
        times(applied, minus(one, applied)),
        minus(one, square(Call("tanh", (output,), NOWHERE))),
        one,
    )
