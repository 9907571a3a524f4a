"""A drawing -> a picture of one of its faces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import ceil

from symbackprop.rendering.drawing.contents import Face
from symbackprop.rendering.drawing.layout import LABEL, LABEL_ROW, MARGIN, STUB, Drawing, Edge, Label, Node
from symbackprop.rendering.drawing.lettering import Line, Name, Words, width
from symbackprop.rendering.drawing.outline import Kind
from symbackprop.rendering.drawing.picture import Anchor, Area, Mark, Picture, Role, Stroke, Text

KEY_ROW = 20  # pixels of a row of the key
KEY_SAMPLE = 28  # of a line in it
KEY_APART = 24

_SIGNS = {1: Role.POSITIVE, -1: Role.NEGATIVE, 0: Role.PLAIN}
_FACES = {
    Face.FORWARD: "Shown are the forward pass and the weights",
    Face.BACKWARD: "Shown are the backward pass, node errors in the units and gradients at the edges",
}


def painted(drawing: Drawing, face: Face = Face.FORWARD, picked: Collection[str] = ()) -> Picture:
    """The picture of one face of a drawing, with a key.

    Arguments: `picked` names the quantities and parameters whose units and edges are drawn strong, all others faint;
    none means that all are drawn alike.
    """
    strong = frozenset(picked)
    edges = sorted(drawing.edges, key=lambda edge: is_picked(drawing, edge, strong))
    marks = [*_strokes(edges, drawing, face, strong)]
    for node in drawing.nodes:
        marks += _node(node, face, strong, faint=bool(strong) and not is_node_picked(drawing, node, strong))
    marks += _labels(drawing, face, strong)
    marks += [mark for note in drawing.notes for mark in _lines(note, Role.NOTE)]
    key, height = _flowing(list(_key(drawing, face)), drawing.width, drawing.height)
    numbers = ", with their numbers" if drawing.numbered else ""
    told = f"{drawing.description} {_FACES[face]}{numbers}."
    return Picture(drawing.title or "A network", told, drawing.width, height, (*marks, *key))


def is_picked(drawing: Drawing, edge: Edge, picked: Collection[str]) -> bool:
    """Whether an edge belongs to what is picked: where it leads to does, and its weight or where it comes from."""
    weighted = any(name in picked for name in edge.link.weights)
    if any(name in picked for name in edge.link.definitions):
        return weighted or any(name in picked for name in edge.link.quantities)
    return weighted and _leaves_alone(drawing, picked)


def is_node_picked(drawing: Drawing, node: Node, picked: Collection[str]) -> bool:
    """Whether a node belongs to what is picked: it does itself, or, where no node does, its bias."""
    if any(name in picked for name in node.vertex.names):
        return True
    return any(name in picked for name in node.vertex.attached) and _leaves_alone(drawing, picked)


def _leaves_alone(drawing: Drawing, picked: Collection[str]) -> bool:
    """Whether no node belongs to what is picked, but parameters alone do."""
    return not any(name in picked for node in drawing.nodes for name in node.vertex.names)


def _strokes(edges: Sequence[Edge], drawing: Drawing, face: Face, picked: frozenset[str]) -> Iterator[Mark]:
    for edge in edges:
        look = edge.faces[face]
        faint = bool(picked) and not is_picked(drawing, edge, picked)
        yield Stroke(_SIGNS[look.sign], edge.path, look.thickness, faint)


def _node(node: Node, face: Face, picked: frozenset[str], *, faint: bool) -> Iterator[Mark]:
    shape, rows = node.shape, node.faces[face].rows
    if node.vertex.kind is Kind.GAP:
        yield Text(Role.NAME, node.x, node.y, (Words("⋯" if node.vertex.whole else "⋮"),), 22)
        return
    yield from _attached(node, face, bool(picked) and not picked.intersection(node.vertex.attached))
    if faint:  # what is faint is seen through; what lies under it is not to be seen
        yield Area(Role.PLATE, node.x, node.y, shape.width, shape.height, shape.radius)
    yield Area(Role(node.vertex.kind.value), node.x, node.y, shape.width, shape.height, shape.radius, faint)
    for offset in rows.rules:
        half = shape.width // 2 - (8 if shape.radius * 2 == shape.width else 0)
        yield Stroke(Role.STUB, ((node.x - half, node.y + offset), (node.x + half, node.y + offset)), 0.8, faint)
    for row in rows.rows:
        yield Text(Role.NAME, node.x, node.y + row.offset, row.line, row.size, faint=faint)


def _attached(node: Node, face: Face, faint: bool) -> Iterator[Mark]:
    lines = node.faces[face].attached
    foot = node.y + node.shape.height // 2
    if lines:
        yield Stroke(Role.STUB, ((node.x, foot), (node.x, foot + STUB)), 1.2, faint)
        middle = foot + STUB + LABEL_ROW * len(lines) // 2
        yield from (
            _plate(Label(node.x, middle, lines)),
            *_lines(Label(node.x, middle, lines), Role.LABEL, faint=faint),
        )


def _labels(drawing: Drawing, face: Face, picked: frozenset[str]) -> Iterator[Mark]:
    """The labels of edges; where some are picked, of those alone."""
    shown = [edge for edge in drawing.edges if not picked or is_picked(drawing, edge, picked)]
    labels = [label for edge in shown if (label := edge.faces[face].label)]
    yield from (_plate(label) for label in labels)
    for label in labels:
        yield from _lines(label, Role.LABEL)


def _plate(label: Label) -> Mark:
    """The paper that a label stands on, so that no edge runs through its letters."""
    wide = ceil(max(width(line, LABEL) for line in label.lines))
    return Area(Role.PLATE, label.x, label.y, wide, LABEL_ROW * len(label.lines) - 1, 2)


def _lines(label: Label, role: Role, *, faint: bool = False) -> Iterator[Mark]:
    top = label.y - LABEL_ROW * (len(label.lines) - 1) / 2
    for place, line in enumerate(label.lines):
        yield Text(role, label.x, top + LABEL_ROW * place, line, LABEL, faint=faint)


def _key(drawing: Drawing, face: Face) -> Iterator[tuple[Role | None, Line]]:
    """What the lines mean, and what the letter δ does, as far as they are drawn."""
    signs = {edge.faces[face].sign for edge in drawing.edges} - {0}
    what = "weight" if face is Face.FORWARD else "gradient"
    for sign, word in ((1, "positive"), (-1, "negative")):
        if sign in signs:
            yield _SIGNS[sign], (Words(f"{word} {what}"),)
    if len({look.thickness for edge in drawing.edges if (look := edge.faces[face]).sign}) > 1:
        yield None, (Words("the thicker, the larger"),)
    if face is Face.BACKWARD and drawing.cost and any(node.vertex.kind is Kind.UNIT for node in drawing.nodes):
        yield None, (Name("delta"), Words(": derivative of "), Name(drawing.cost), Words(" by the net input"))


def _flowing(key: Sequence[tuple[Role | None, Line]], room: int, top: int) -> tuple[list[Mark], int]:
    """The key in as many rows as it needs, and the height of the picture with it."""
    marks: list[Mark] = []
    x, y = MARGIN, top + KEY_ROW // 2
    for role, line in key:
        wide = int(width(line, LABEL)) + (KEY_SAMPLE + 6 if role else 0)
        if x > MARGIN and x + wide > room - MARGIN:
            x, y = MARGIN, y + KEY_ROW
        if role:
            marks.append(Stroke(role, ((x, y), (x + KEY_SAMPLE, y)), 2.4))
        start = x + (KEY_SAMPLE + 6 if role else 0)
        marks.append(Text(Role.NOTE, start, y, line, LABEL, Anchor.START))
        x += wide + KEY_APART
    return marks, y + KEY_ROW // 2 + MARGIN // 2 if key else top
