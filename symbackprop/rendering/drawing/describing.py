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
    columns = [_column(drawn, [drawn.vertices[place] for place in drawn.column(c)]) for c in range(len(drawn.units))]
    weighted = sum(bool(link.weights) for link in drawn.links)
    edges = f"{len(drawn.links)} edges" if len(drawn.links) != 1 else "1 edge"
    return f"From left to right: {'; '.join(columns)}. {edges}, {weighted} of them with a weight."


def abridged(drawn: Outline, gap: Vertex) -> str:
    """How much is drawn where a gap stands: "5 of 784 inputs drawn", "21 layers not drawn"."""
    if gap.whole:
        return f"{gap.left_out} layers not drawn"
    kinds = {drawn.vertices[place].kind for place in drawn.column(gap.column)} - {Kind.GAP}
    kind = kinds.pop() if len(kinds) == 1 else Kind.UNIT
    total = drawn.units[gap.column]
    return f"{total - gap.left_out} of {total} {_WORDS[kind][1]} drawn"


def noted(drawn: Outline, column: int) -> str:
    """What stands under a column: how much of it is drawn, and an activation of the whole layer; "" for most."""
    vertices = [drawn.vertices[place] for place in drawn.column(column)]
    gaps = [abridged(drawn, vertex) for vertex in vertices if vertex.kind is Kind.GAP]
    return ", ".join((*gaps, *_over_layer(vertices)))


def _over_layer(vertices: Sequence[Vertex]) -> list[str]:
    names = dict.fromkeys(vertex.over_layer for vertex in vertices if vertex.over_layer)
    return [f"{name} over the layer" for name in names]


def _column(drawn: Outline, vertices: Sequence[Vertex]) -> str:
    gap = next((vertex for vertex in vertices if vertex.kind is Kind.GAP), None)
    shown = [abridged(drawn, gap)] if gap else _kinds(vertices)
    return ", ".join((*shown, *_over_layer(vertices)))


def _kinds(vertices: Sequence[Vertex]) -> Iterator[str]:
    for kind, (one, several) in _WORDS.items():
        own = [vertex for vertex in vertices if vertex.kind is kind]
        if not own:
            continue
        names = [" with ".join(map(text, vertex.names)) for vertex in own]
        shown = names if len(names) <= NAMED else [*names[: NAMED - 1], "...", names[-1]]
        counted = one if kind is Kind.COST else f"1 {one}" if len(own) == 1 else f"{len(own)} {several}"
        yield f"{counted} {', '.join(shown)}"
