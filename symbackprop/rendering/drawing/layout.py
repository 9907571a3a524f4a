"""A working -> a drawing: what is drawn, with its numbers, at its place. One unit of length is a pixel.

A drawing has two faces at the same places: forward with net inputs, activations and weights, backward with node errors
and gradients.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from symbackprop.derivation.steps import Derivation
from symbackprop.evaluation.worked import Working
from symbackprop.expressions.names import partial
from symbackprop.rendering.drawing.contents import Contents, Face, contents, sign, thicknesses
from symbackprop.rendering.drawing.describing import described, noted
from symbackprop.rendering.drawing.labels import Box, fitted
from symbackprop.rendering.drawing.lettering import Line, Words, width
from symbackprop.rendering.drawing.ordering import Grid, Room, aligned, ordered
from symbackprop.rendering.drawing.outline import Kind, Link, Outline, Vertex, drawn_names, outline
from symbackprop.rendering.drawing.picture import Path
from symbackprop.rendering.drawing.routes import Places, placed
from symbackprop.rendering.drawing.shapes import Rows, Shape, shape_of

THINNEST, THICKEST = 1.2, 4.0  # edges
LABEL, LABEL_ROW = 11, 14  # letters of a label, and from one line of it to the next
LABELLED = 40  # edges into one column that are all labelled
APART = 12  # pixels between the rooms of two vertices
STUB = 8  # from a vertex down to what is attached to it
BEND = 12  # pixels above and below an edge where it passes a column
MARGIN = 12
WIDER = (1.5, 2.0, 2.6)  # widths of labels between two columns: the first in which all of them find a place


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of letters around a centre."""

    x: int
    y: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class NodeFace:
    """What a node shows: `rows` in it, `attached` under it."""

    rows: Rows
    attached: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A vertex at its place: the rectangle with round corners around (x, y), a circle for units and inputs."""

    vertex: Vertex
    x: int
    y: int
    shape: Shape
    faces: Mapping[Face, NodeFace]


@dataclass(frozen=True, slots=True)
class EdgeFace:
    """What an edge shows: the sign of its number (0 where there is none), how thick it is drawn, its label."""

    sign: int
    thickness: float
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A link at its place, drawn along `path`."""

    link: Link
    path: Path
    faces: Mapping[Face, EdgeFace]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network as it is drawn, from (0, 0) to (width, height).

    `notes` stand under a column: how much of it is drawn, an activation of the whole layer; `description` tells the
    network in words. `cost` is what is differentiated, "" where nothing is; `numbered` tells whether there are numbers.
    """

    title: str
    description: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    notes: tuple[Label, ...]
    cost: str
    numbered: bool


def shown(derivation: Derivation) -> tuple[str, ...]:
    """The steps whose values a drawing shows: all that a working needs to hold that is made for the drawing alone."""
    names = dict.fromkeys(drawn_names(outline(derivation.problem)))
    wanted = [*names, *(partial(derivation.cost or "", name) for name in names)]
    return tuple(name for name in wanted if name in derivation.by_name)


def lay_out(working: Working) -> Drawing:
    """The drawing of a working's network; numbers that the working does not hold are not shown.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.evaluation.worked import work
    >>> from symbackprop.network.problem import Problem, Training, read_equations
    >>> graph = read_equations({"z": "w*x", "a": "tanh(z)", "C": "(t - a)**2"}, ["x"], ["t"], ["w"])
    >>> drawing = lay_out(work(derive(Problem(graph, training=Training("C")))))
    >>> [(node.vertex.names, node.x, node.y) for node in drawing.nodes]
    [(('x',), 32, 36), (('z', 'a'), 151, 36), (('C',), 244, 36)]
    """
    drawn, numbers = outline(working.derivation.problem), contents(working)
    faces = [_faces(vertex, numbers) for vertex in drawn.vertices]
    shapes = _shapes(drawn, faces)
    grid = ordered(drawn)
    rooms = _rooms(drawn, shapes, faces)
    height, bottom = _heights(grid, rooms, [_extent(*pair) for pair in zip(shapes, faces, strict=True)])
    texts = {face: _texts(drawn, numbers, face) for face in Face}
    for wider in WIDER:
        places = placed(drawn, shapes, grid, height, _overhang(shapes, faces), _label_widths(drawn, texts, wider))
        nodes = [Node(vertex, *places.centre(i), shapes[i], faces[i]) for i, vertex in enumerate(drawn.vertices)]
        labels = {face: _labels(places, nodes, texts[face], face) for face in Face}
        if all(label for face in Face for text, label in zip(texts[face], labels[face], strict=True) if text):
            break
    notes = tuple(_notes(drawn, places, bottom))
    return Drawing(
        title=working.derivation.problem.title,
        description=described(drawn),
        width=places.width,
        height=bottom + (LABEL_ROW if notes else 0),
        nodes=tuple(nodes),
        edges=tuple(_edges(places, numbers, labels)),
        notes=notes,
        cost=numbers.cost,
        numbered=bool(working.derivation.problem.values),
    )


def _extent(shape: Shape, faces: Mapping[Face, NodeFace]) -> Room:
    """What a vertex fills above and below its centre."""
    rows = max(len(face.attached) for face in faces.values())
    return shape.height // 2, shape.height // 2 + (STUB + rows * LABEL_ROW if rows else 0)


def _heights(grid: Grid, rooms: Sequence[Room], extents: Sequence[Room]) -> tuple[dict[int, int], int]:
    """The height of each item, and of the whole; the highest begins at the margin."""
    bend = (BEND, BEND)
    items = [item for column in grid.columns for item in column]
    height = aligned(grid, {item: rooms[item] if item < len(rooms) else bend for item in items})
    extent = {item: extents[item] if item < len(extents) else bend for item in items}
    top = min((y - extent[item][0] for item, y in height.items()), default=0) - MARGIN
    bottom = max((y + extent[item][1] for item, y in height.items()), default=0) + MARGIN
    return {item: y - top for item, y in height.items()}, bottom - top


def _edges(places: Places, numbers: Contents, labels: Mapping[Face, Sequence[Label | None]]) -> Iterator[Edge]:
    links = places.drawn.links
    amounts = {face: [numbers.amount(link, face) for link in links] for face in Face}
    sizes = {face: thicknesses(amounts[face], THINNEST, THICKEST) for face in Face}
    for i, link in enumerate(links):
        looks = {face: EdgeFace(sign(amounts[face][i]), sizes[face][i], labels[face][i]) for face in Face}
        yield Edge(link, places.path(i), MappingProxyType(looks))


def _faces(vertex: Vertex, numbers: Contents) -> Mapping[Face, NodeFace]:
    faces = {face: NodeFace(numbers.rows(vertex, face), numbers.attached(vertex, face)) for face in Face}
    return MappingProxyType(faces)


def _shapes(drawn: Outline, faces: Sequence[Mapping[Face, NodeFace]]) -> list[Shape]:
    """All vertices of a kind are alike, with room for what any of them shows on any face."""
    rows: dict[Kind, list[Rows]] = {}
    for vertex, own in zip(drawn.vertices, faces, strict=True):
        rows.setdefault(_family(vertex.kind), []).extend(face.rows for face in own.values())
    shapes = {kind: shape_of(kind, contents) for kind, contents in rows.items()}
    return [shapes[_family(vertex.kind)] for vertex in drawn.vertices]


def _family(kind: Kind) -> Kind:
    return Kind.ERROR if kind is Kind.COST else kind


def _rooms(drawn: Outline, shapes: Sequence[Shape], faces: Sequence[Mapping[Face, NodeFace]]) -> list[Room]:
    """What each vertex takes above and below its centre: all the same, but for gaps."""
    extents = [_extent(*pair) for pair in zip(shapes, faces, strict=True)]
    above, below = (APART // 2 + max((extent[side] for extent in extents), default=0) for side in (0, 1))
    gap = APART + LABEL_ROW
    return [(gap, gap) if vertex.kind is Kind.GAP else (above, below) for vertex in drawn.vertices]


def _texts(drawn: Outline, numbers: Contents, face: Face) -> list[tuple[Line, ...]]:
    """The lines of each link's label; none where too many links end in one column."""
    ends = Counter(drawn.vertices[link.target].column for link in drawn.links)
    crowded = {column for column, count in ends.items() if count > LABELLED}
    return [() if drawn.vertices[link.target].column in crowded else numbers.label(link, face) for link in drawn.links]


def _label_widths(drawn: Outline, texts: Mapping[Face, Sequence[tuple[Line, ...]]], wider: float) -> dict[int, int]:
    """The room between two columns that the labels need, by the right one of the two."""
    widths: dict[int, int] = {}
    for lines in texts.values():
        for link, label in zip(drawn.links, lines, strict=True):
            if label:
                column = drawn.vertices[link.target].column
                widths[column] = max(widths.get(column, 0), int(wider * _size(label)[0]) + 2 * APART)
    return widths


def _overhang(shapes: Sequence[Shape], faces: Sequence[Mapping[Face, NodeFace]]) -> list[int]:
    """By how much the lines under each vertex are wider, to each side, than the vertex."""
    wide = [max((_size(face.attached)[0] for face in own.values()), default=0) for own in faces]
    return [max(0, ceil((line - shape.width) / 2)) for line, shape in zip(wide, shapes, strict=True)]


def _size(lines: Sequence[Line]) -> tuple[float, float]:
    return max((width(line, LABEL) for line in lines), default=0.0), float(LABEL_ROW * len(lines))


def _labels(places: Places, nodes: Sequence[Node], texts: Sequence[tuple[Line, ...]], face: Face) -> list[Label | None]:
    """The label of each link; None where it has no text, or where no place is free."""
    obstacles = [box for node in nodes for box in _boxes(node, face)]
    into: dict[int, list[int]] = {}
    for place, link in enumerate(places.drawn.links):
        into.setdefault(places.drawn.vertices[link.target].column, []).append(place)
    labels: list[Label | None] = [None] * len(texts)
    for links in into.values():
        if not any(texts[place] for place in links):
            continue
        sizes = [_size(texts[place]) for place in links]
        for place, centre in zip(links, fitted(sizes, [places.leg(place) for place in links], obstacles), strict=True):
            labels[place] = Label(*centre, texts[place]) if centre and texts[place] else None
    return labels


def _boxes(node: Node, face: Face) -> Iterator[Box]:
    yield Box(node.x, node.y, node.shape.width + 8, node.shape.height + 8)
    if attached := node.faces[face].attached:
        wide, high = _size(attached)
        yield Box(node.x, node.y + node.shape.height / 2 + STUB + high / 2, wide, high)


def _notes(drawn: Outline, places: Places, y: int) -> Iterator[Label]:
    """What there is to say of a column: how much of it is drawn, and an activation that is of the whole layer."""
    for column in range(len(drawn.units)):
        if text := noted(drawn, column):
            line = (Words(text),)
            half = ceil(width(line, LABEL) / 2)
            middle = places.centre(drawn.column(column)[0])[0]
            yield Label(min(max(middle, MARGIN + half), places.width - MARGIN - half), y, (line,))
