"""A product whose rest is left out, as "...": whether what is shown of it begins the chain rule, but for a sign.

What is left out is what remains of the chain rule, so that most slips may be made good in it. A sign is not where the
factors that are shown have gone on from the slope in which it belongs to the next local partial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.view import Lying, Used, View
from symbackprop.auditing.mathematics.tree import Negative, Node, Omitted, Product, Total, negated
from symbackprop.auditing.truth import POINTS, Quantity
from symbackprop.auditing.values import NoValueError, scalars
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.names import split_partial

BETWEEN = 60  # quantities on the way of a derivative that are looked at
PARTIALS = 2  # that have to be shown to the end
Row = tuple[Quantity, ...]


def is_turned(context: Context, member: Node, rows: Sequence[Row], view: View) -> bool:
    """Whether all that is shown of a product for the derivatives `rows` is the chain rule's beginning, times -1."""
    factors = _shown(member)
    pairs = [split_partial(quantity.name) for row in rows for quantity in row]
    if len(factors) < PARTIALS or not pairs or context.truth is None:
        return False
    tops, bottoms = {pair[0] for pair in pairs if pair}, {pair[1] for pair in pairs if pair}
    if None in pairs or len(tops) != 1 or any(one.scale != 1 or one.after for row in rows for one in row):
        return False
    way = tuple(_on_the_way(context, tops.pop(), bottoms))
    signs = [_sign(context, replace(view, lying=Lying.LOOSE), begun, way) for begun in _beginnings(factors)]
    return signs[-1] == -1 and signs.count(-1) >= PARTIALS and 1 not in signs


def _shown(member: Node) -> tuple[Node, ...]:
    """The factors before what is left out, a minus before them taken into the first."""
    match member:
        case Total(_, body):
            return _shown(body)
        case Negative(operand):
            first, *rest = _shown(operand) or (None,)
            return (negated(first), *rest) if first is not None else ()
        case Product(factors):
            at = next((place for place, factor in enumerate(factors) if isinstance(factor, Omitted)), 0)
            return factors[:at]
    return ()


def _beginnings(factors: Sequence[Node]) -> Iterator[Node]:
    for count in range(1, len(factors) + 1):
        yield Product(tuple(factors[:count]), factors[0].span) if count > 1 else factors[0]


def _on_the_way(context: Context, top: str, bottoms: AbstractSet[str]) -> Iterator[tuple[Ball, ...]]:
    """∂top/∂q at each point, for each q on the way to `bottoms`; where top is a sum, of its terms too."""
    assert context.truth is not None
    graph = context.truth.problem.graph
    reached = graph.dependents(tuple(bottoms))
    between = [one.name for one in graph.definitions if one.name in reached and one.name != top]
    tops = (top, *(use for use in graph.by_name[top].uses if use in graph.by_name)) if top in graph.by_name else ()
    for of in tops:
        for by in islice(reversed(between), BETWEEN):
            name = context.truth.partial(of, by)
            with suppress(NoValueError):
                if name is not None and of != by:
                    yield tuple(context.exact(Quantity(name), point) for point in range(1, POINTS + 1))


def _sign(context: Context, view: View, begun: Node, way: Sequence[tuple[Ball, ...]]) -> int:
    """1 or -1 where every entry of `begun` is, with that sign, one of the derivatives on the way; else 0."""
    try:
        values = [tuple(scalars(context.exactly(begun, view, Used(), point))) for point in range(1, POINTS + 1)]
    except NoValueError:
        return 0
    found = {_sign_of(entry, way) for entry in zip(*values, strict=False)}
    return found.pop() if len(found) == 1 else 0


def _sign_of(entry: tuple[Ball, ...], way: Sequence[tuple[Ball, ...]]) -> int:
    for one in way:
        for sign in (1, -1):
            if not any(value.contains(0) for value in one) and all(
                value.overlaps(sign * due) for value, due in zip(entry, one, strict=True)
            ):
                return sign
    return 0
