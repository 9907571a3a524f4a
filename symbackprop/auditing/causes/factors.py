"""Factors left out of a product, and factors that are put to one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.edits import put, with_parts
from symbackprop.auditing.causes.forms import Form, Place
from symbackprop.auditing.causes.ownwork import NOWHERE, minus, named, numeral, times
from symbackprop.auditing.causes.replacements import tables
from symbackprop.auditing.causes.tables import Vector
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import Negative, Node, Number, Product, Quotient

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

RECIPROCAL = 1.2  # changes: nobody multiplies by 1/x in mind
CERTAIN = 0.01  # coincidences, below which a factor is as good as seen
Found = tuple[Node, str, float, float]
"""The changed tree, the factor in words, how many such were expected by chance, how many changes it is."""


def left_out(inquiry: Inquiry, form: Form) -> Iterator[Found]:
    """The products of a form that lead to the goal without one or two of their factors."""
    for place in form.places:
        if not place.firm or place.goals is None:
            continue
        if isinstance(place.node, Quotient) and not isinstance(place.node.denominator, Number):
            over, under = place.below
            if place.accepts(over.values):
                yield put(form.tree, place.path, over.node), f"1/{tree_text(under.node)}", 0.0, RECIPROCAL
        if isinstance(place.node, Product):
            yield from _without(inquiry, form, place)


def _without(inquiry: Inquiry, form: Form, place: Place) -> Iterator[Found]:
    parts = [part for part in place.below if all(part.values) and not _is_plain(part.node)]
    for count in (1, 2) if len(place.below) > 2 else (1,):
        for left in combinations(parts, count):
            values = _divided(place.values, *(part.values for part in left))
            if place.accepts(values):
                rest = [part.node for part in place.below if not any(part is other for other in left)]
                new = rest[0] if len(rest) == 1 else with_parts(place.node, rest) if rest else numeral(1)
                chance = 0.0 if count == 1 else place.looseness * len(place.below) ** 2 * len(inquiry.forms)
                yield put(form.tree, place.path, new), " · ".join(tree_text(part.node) for part in left), chance, count


def _is_plain(node: Node) -> bool:
    """Whether a factor is a constant of a convention: 2, or the 1 that is often written."""
    return isinstance(node, Number) and node.value in (1, 2)


def _divided(values: Vector, *others: Vector) -> Vector:
    return tuple(value / prod(factors) for value, *factors in zip(values, *others, strict=True))


def named_factors(inquiry: Inquiry, form: Form) -> Iterator[Found]:
    """The places of a form that lead to the goal with one more factor: one that stands there, or a known quantity."""
    for place in form.places:
        ratios = place.ratios()
        if ratios is None or not place.firm:
            continue
        if place.parent is not None and isinstance(place.parent.node, Product | Quotient | Negative):
            continue
        yield from _again(form, place)
        if inquiry.identity:
            yield from _known(inquiry, form, place, ratios)
        else:
            yield from _by_chance(inquiry, form, place)


def _again(form: Form, place: Place) -> Iterator[Found]:
    """A factor taken twice."""
    inner = place.below[0] if isinstance(place.node, Negative) else place
    factors = inner.below if isinstance(inner.node, Product) else []
    for part in factors:
        values = tuple(value * factor for value, factor in zip(place.values, part.values, strict=True))
        if not _is_plain(part.node) and place.accepts(values):
            yield put(form.tree, place.path, times(place.node, part.node)), tree_text(part.node), 0.0, 1


def _known(inquiry: Inquiry, form: Form, place: Place, ratios: Vector) -> Iterator[Found]:
    for quantity in inquiry.equal(ratios):
        yield put(form.tree, place.path, times(place.node, named(quantity))), tree_text(named(quantity)), 0.0, 1
        return
    for quantity in inquiry.equal(tuple(1 - ratio for ratio in ratios)):
        factor = minus(numeral(1), named(quantity))
        yield put(form.tree, place.path, times(place.node, factor)), f"({tree_text(factor)})", 0.0, 1
        return
    if all(ratios):
        for quantity in inquiry.equal(tuple(1 / ratio for ratio in ratios)):
            tree = put(form.tree, place.path, Quotient(place.node, named(quantity), NOWHERE))
            yield tree, f"1/{tree_text(named(quantity))}", 0.0, RECIPROCAL
            return


def _by_chance(inquiry: Inquiry, form: Form, place: Place) -> Iterator[Found]:
    """A quantity that by its value may have been multiplied by; many are near by chance."""
    assert place.goals is not None
    low, high = sorted(end / place.values[0] for end in place.goals[0])
    for table in tables(inquiry):
        found = table.between(low, high)
        if not found or abs(low) > 50:
            continue
        chance = table.like((low + high) / 2) * place.looseness * max(1, len(form.places) / 4)
        for worth in found[:2]:
            factor = named(worth.quantity) if worth.printed is None else numeral(worth.printed)
            text = tree_text(named(worth.quantity))
            yield (
                put(form.tree, place.path, times(place.node, factor)),
                text,
                chance,
                RECIPROCAL if chance < CERTAIN else 2,
            )
