"""The paths along which the entries of a vector or a matrix reach the cost, of which one may be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Negative,
    Node,
    Partial,
    Product,
    Sum,
    whole_number,
)
from symbackprop.auditing.truth import Quantity
from symbackprop.expressions.names import split_partial
from symbackprop.network.graph import Graph

PATHS = 12  # from a quantity to the cost
DEPTH = 3  # ways from a definition to another, one inside the other
_HERE = Span(0, 0)
_ONE = "One path alone is taken: that by {}."
_LESS = "One path is left out: that by {}."

Rows = Sequence[Sequence[Quantity]]
Uses = Sequence[tuple[int, str]]


def one_path_less(graph: Graph, rows: Rows) -> Iterator[tuple[Node, str]]:
    """What is to be added to the derivatives `rows` if one path alone was taken, or all but one; and in words which.

    The paths of an entry are the definitions that use it: the first of every entry, the second; or those of one
    vector together, as all of a step.
    """
    pairs = [[split_partial(quantity.name) or ("", "") for quantity in row] for row in rows]
    uses = [[tuple(one.name for one in graph.definitions if by in one.uses) for _, by in row] for row in pairs]
    for kind in (_number, _stem):
        kinds = list(dict.fromkeys(kind(*use) for row in uses for entry in row for use in enumerate(entry)))
        for one in kinds if 1 < len(kinds) <= PATHS else ():
            own = [[tuple(use for use in enumerate(entry) if kind(*use) == one) for entry in row] for row in uses]
            rest = [[tuple(use for use in enumerate(entry) if kind(*use) != one) for entry in row] for row in uses]
            shown = ", ".join(name for _, name in next(entry for row in own for entry in row if entry))
            yield _along(graph, pairs, rest), _ONE.format(shown)
            yield _along(graph, pairs, own), _LESS.format(shown)


def _number(place: int, _: str) -> str:
    return str(place)


def _stem(_: int, name: str) -> str:
    return name.rstrip("0123456789")


def _along(graph: Graph, pairs: Sequence[Sequence[tuple[str, str]]], uses: Sequence[Sequence[Uses]]) -> Entries:
    """The parts of derivatives that go through some definitions, entry by entry."""
    rows = tuple(
        tuple(
            _sum([_times(of, use, _step(graph, use, by)) for _, use in found])
            for (of, by), found in zip(*both, strict=True)
        )
        for both in zip(pairs, uses, strict=True)
    )
    return Entries(rows, _HERE, flat=len(rows) == 1)


def _step(graph: Graph, of: str, by: str, depth: int = 0) -> Node:
    """∂of/∂by at the place where `by` stands in the definition of `of`: without the ways through other definitions."""
    if depth == DEPTH:
        return _partial(of, by)
    uses = (one.name for one in graph.definitions if by in one.uses and one.name != of)
    others = [other for other in uses if of in graph.dependents([other])]
    around = (Negative(_times(of, other, _step(graph, other, by, depth + 1)), _HERE) for other in others)
    return _sum([_partial(of, by), *around])


def _times(of: str, through: str, step: Node) -> Node:
    return step if of == through else Product((_partial(of, through), step), _HERE)


def _sum(terms: Sequence[Node]) -> Node:
    return Sum((whole_number(0, _HERE), *terms), _HERE)


def _partial(of: str, by: str) -> Partial:
    return Partial(Name(of, _HERE), Name(by, _HERE), _HERE)
