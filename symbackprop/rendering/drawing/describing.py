"""A drawing in words, for readers who do not see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbackprop.expressions.names import text
from symbackprop.rendering.drawing.outline import Kind, Outline, Vertex

NAMED = 4  # vertices of a column that are all named
_WORDS = {
    Kind.INPUT: ("input", "inputs"),
    Kind.UNIT: ("unit", "units"),
    Kind.QUANTITY: ("quantity", "quantities"),
    Kind.ERROR: ("error", "errors"),
    Kind.COST: ("the cost", "costs"),
}


def described(drawn: Outline) -> str:
    """The columns from left to right: how many vertices of which kind, and their names where they are few."""
    columns = [
        _column([drawn.vertices[place] for place in drawn.column(number)], units)
        for number, units in enumerate(drawn.units)
    ]
    weighted = sum(bool(link.weights) for link in drawn.links)
    edges = f"{len(drawn.links)} edges" if len(drawn.links) != 1 else "1 edge"
    return f"From left to right: {'; '.join(columns)}. {edges}, {weighted} of them with a weight."


def _column(vertices: Sequence[Vertex], units: int) -> str:
    if [vertex.kind for vertex in vertices] == [Kind.GAP]:
        return f"{vertices[0].left_out} layers that are not drawn"
    if gap := next((vertex for vertex in vertices if vertex.kind is Kind.GAP), None):
        kinds = {vertex.kind for vertex in vertices} - {Kind.GAP}
        return caption(units, units - gap.left_out, kinds.pop() if len(kinds) == 1 else None)
    return ", ".join(_kinds(vertices))


def caption(units: int, drawn: int, kind: Kind | None) -> str:
    """How much of a column is drawn.

    >>> caption(784, 5, Kind.INPUT)
    '5 of 784 inputs drawn'
    """
    return f"{drawn} of {units} {_WORDS[kind][1] if kind else 'units'} drawn"


def _kinds(vertices: Sequence[Vertex]) -> Iterator[str]:
    for kind, (one, several) in _WORDS.items():
        own = [vertex for vertex in vertices if vertex.kind is kind]
        if not own:
            continue
        names = [" with ".join(map(text, vertex.names)) for vertex in own]
        shown = names if len(names) <= NAMED else [*names[: NAMED - 1], "...", names[-1]]
        counted = one if kind is Kind.COST else f"1 {one}" if len(own) == 1 else f"{len(own)} {several}"
        yield f"{counted} {', '.join(shown)}"
