"""What decides how a fault is explained: two cases that agree in it have the same explanations, wherever they stand."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.ownwork import NOWHERE
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Partial, rebuilt, walk
from symbackprop.auditing.truth import POINTS
from symbackprop.auditing.values import Grid, NoValueError
from symbackprop.errors import SymbackpropError


def decided_by(case: Case) -> Hashable:
    """All of a case that its explanations rest on, but for its place, its network and what the document has printed."""
    trees = (case.wrong, case.expression, case.formula)
    origin, within = origin_of(case), walk(case.expression) if case.expression is not None else ()
    return (
        tuple(None if tree is None else moved(tree, -origin) for tree in trees),
        tuple(place for place, node in enumerate(within) if node is case.wrong),
        case.printed,
        case.unit,
        case.quantity,
        _told(case.due),
        bool(case.stands_for),
        tuple(case.stands_for.get(leaf.span) for leaf in _leaves(case) if isinstance(leaf, Number)),
        tuple(_worth(case, leaf) for leaf in _leaves(case) if isinstance(leaf, Name | Partial)),
        case.after,
    )


def origin_of(case: Case) -> int:
    """Where a case stands: all its trees are told by how far from there they are."""
    return case.wrong.span.start


def moved(tree: Node, by: int) -> Node:
    """A tree that stands `by` characters further on in the document; what stands nowhere in it still does not."""
    span = tree.span if tree.span is NOWHERE else Span(tree.span.start + by, tree.span.end + by)
    return replace(rebuilt(tree, lambda part: moved(part, by)), span=span)


def _leaves(case: Case) -> Iterator[Node]:
    for tree in (case.wrong, case.expression, case.formula):
        if tree is not None:
            yield from (part for part in walk(tree) if isinstance(part, Number | Name | Partial))


def _worth(case: Case, leaf: Name | Partial) -> Hashable:
    """What a name is worth, at the given numbers and at the points near them."""
    if case.value is None:
        return None
    found = []
    for point in range(POINTS + 1):
        try:
            found.append(_told(case.value(leaf, point)))
        except (NoValueError, SymbackpropError):
            return None
    return tuple(found)


def _told(value: object) -> Hashable:
    """An enclosure, or a vector or a matrix of them, to compare by."""
    if isinstance(value, Grid):
        return tuple(tuple(map(_told, row)) for row in value.rows), value.flat
    if hasattr(value, "mid") and hasattr(value, "rad"):
        return tuple(tuple(map(int, part.man_exp())) for part in (value.mid(), value.rad()))
    return str(value)
