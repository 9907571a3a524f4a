"""A problem -> what is drawn of it: vertices in columns and the links between them, large ones abridged.

A vertex is a unit (a net input together with its activation), an input, or any other definition. It stands one column
after the last of those that feed it; what is fed by none stands just before the first that it feeds; what rests on a
target, or on the cost, stands right of all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import sympy as sp

from symbackprop.expressions.layerwise import LAYERWISE
from symbackprop.network.graph import Definition, Graph, net_inputs
from symbackprop.network.problem import Problem

UNITS = 8  # of a column that are all drawn, else the first and the last of them
FIRST_UNITS, LAST_UNITS = 3, 2
COLUMNS = 12  # that are all drawn, else the first and the last of them
FIRST_COLUMNS, LAST_COLUMNS = 6, 5
ATTACHED = 3  # biases and targets of one vertex that are all drawn


class Kind(StrEnum):
    """What a vertex stands for; a gap stands for what is left out."""

    INPUT = "input"
    UNIT = "unit"
    QUANTITY = "quantity"
    ERROR = "error"
    COST = "cost"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Vertex:
    """`names` are the quantities that it stands for, in order; `attached` the biases and targets that go into it.

    `left_out` counts the attached leaves that are not drawn; for a gap the units, or the columns where it is `whole`.
    `over_layer` is the activation of a unit where it rests on all net inputs of its layer.
    """

    kind: Kind
    names: tuple[str, ...]
    column: int
    attached: tuple[str, ...] = ()
    left_out: int = 0
    whole: bool = False
    over_layer: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """`quantities` of vertex `source` stand in `definitions` of vertex `target`, multiplied with `weights`."""

    source: int
    target: int
    quantities: tuple[str, ...]
    definitions: tuple[str, ...]
    weights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What is drawn. `units` and `columns` count what there is: `units[c]` for the drawn column c, gaps included."""

    vertices: tuple[Vertex, ...]
    links: tuple[Link, ...]
    units: tuple[int, ...]
    columns: int

    def column(self, number: int) -> tuple[int, ...]:
        """The places of the vertices of a column, in order."""
        return tuple(place for place, vertex in enumerate(self.vertices) if vertex.column == number)


def outline(problem: Problem) -> Outline:
    """What is drawn of a problem."""
    graph = problem.graph
    cost = problem.training.cost if problem.training else ""
    error = graph.dependents((*graph.targets, *([cost] if cost else []))).union([cost] if cost else [])
    vertices = _columned(list(_vertices(graph, error, cost)), graph, error)
    counts = [0] * (1 + max((vertex.column for vertex in vertices), default=0))
    for vertex in vertices:
        counts[vertex.column] += 1
    kept = _fewer_columns(_fewer_units(vertices, counts), len(counts))
    units = [counts[number] for number in _shown_columns(len(counts))]
    parameters = frozenset(graph.parameters)
    drawn = [_attached(vertex, graph, parameters) for vertex in kept]
    return Outline(tuple(drawn), tuple(_links(drawn, graph, parameters)), tuple(units), len(counts))


def _vertices(graph: Graph, error: frozenset[str], cost: str) -> Iterator[Vertex]:
    """Inputs, then definitions in order; an activation goes with the net input that it is the first one of."""
    for name in graph.inputs:
        yield Vertex(Kind.INPUT, (name,), 0)
    nets = set(net_inputs(graph))
    activations: dict[str, str] = {}
    for definition in graph.definitions:
        if definition.activation and definition.uses[0] in nets and definition.name not in error:
            activations.setdefault(definition.uses[0], definition.name)
    taken = set(activations.values())
    for definition in graph.definitions:
        name = definition.name
        if name in nets:
            activation = activations.get(name)
            function = (graph.by_name[activation].activation if activation else None) or ""
            names = (name, activation) if activation else (name,)
            yield Vertex(Kind.UNIT, names, 0, over_layer=function if function in LAYERWISE else "")
        elif name not in taken:
            kind = Kind.COST if name == cost else Kind.ERROR if name in error else Kind.QUANTITY
            yield Vertex(kind, (name,), 0)


def _columned(vertices: Sequence[Vertex], graph: Graph, error: frozenset[str]) -> list[Vertex]:
    """The vertices with their columns, a column's in the author's order."""
    body = [vertex for vertex in vertices if not error.intersection(vertex.names)]
    last = [vertex for vertex in vertices if error.intersection(vertex.names)]
    column: dict[str, int] = {}
    for vertex in body:
        _place(vertex, graph, column, first=0)
    consumers: dict[str, int] = {}
    right = 1 + max(column.values(), default=0)
    for vertex in last:
        _place(vertex, graph, column, first=right)
    for vertex in vertices:
        for use in _uses(vertex, graph):
            consumers[use] = min(consumers.get(use, column[vertex.names[0]]), column[vertex.names[0]])
    columned = []
    for vertex in vertices:
        place = column[vertex.names[0]]
        fed = any(use in column for use in _uses(vertex, graph))
        before = min((consumers[name] - 1 for name in vertex.names if name in consumers), default=place)
        columned.append(replace(vertex, column=place if fed else max(place, before)))
    start = min((vertex.column for vertex in columned), default=0)
    return [replace(vertex, column=vertex.column - start) for vertex in columned]


def _place(vertex: Vertex, graph: Graph, column: dict[str, int], first: int) -> None:
    place = max([first, *(column[use] + 1 for use in _uses(vertex, graph) if use in column)])
    column.update(dict.fromkeys(vertex.names, place))


def _uses(vertex: Vertex, graph: Graph) -> Iterator[str]:
    """What the vertex rests on, leaves too, itself left out."""
    for definition in _definitions(vertex, graph):
        yield from (use for use in _drawn_uses(definition, vertex) if use not in vertex.names)


def _drawn_uses(definition: Definition, vertex: Vertex) -> tuple[str, ...]:
    """What leads to a definition in a drawing: to the activation of a unit its own net input alone.

    Where it rests on all net inputs of its layer, as softmax does, edges from each to each would say less.
    """
    return definition.uses[:1] if vertex.kind is Kind.UNIT and definition.activation else definition.uses


def _fewer_units(vertices: Sequence[Vertex], counts: Sequence[int]) -> list[Vertex]:
    """At most `UNITS` vertices of a column, a gap between the first and the last."""
    seen = [0] * len(counts)
    kept = []
    for vertex in vertices:
        column, count = vertex.column, counts[vertex.column]
        place = seen[column]
        seen[column] += 1
        if count <= UNITS or place < FIRST_UNITS or place >= count - LAST_UNITS:
            kept.append(vertex)
        elif place == FIRST_UNITS:
            kept.append(Vertex(Kind.GAP, (), column, left_out=count - FIRST_UNITS - LAST_UNITS))
    return kept


def _shown_columns(count: int) -> list[int]:
    """The columns that are drawn; the first of those left out stands for all of them."""
    if count <= COLUMNS:
        return list(range(count))
    return [*range(FIRST_COLUMNS + 1), *range(count - LAST_COLUMNS, count)]


def _fewer_columns(vertices: Sequence[Vertex], count: int) -> list[Vertex]:
    shown = {column: number for number, column in enumerate(_shown_columns(count))}
    left_out = count - FIRST_COLUMNS - LAST_COLUMNS
    gap = FIRST_COLUMNS if count > COLUMNS else -1
    kept = [
        replace(vertex, column=shown[vertex.column])
        for vertex in vertices
        if vertex.column in shown and vertex.column != gap
    ]
    return [*kept, Vertex(Kind.GAP, (), gap, left_out=left_out, whole=True)] if gap >= 0 else kept


def _links(vertices: Sequence[Vertex], graph: Graph, parameters: frozenset[str]) -> Iterator[Link]:
    """The links into each vertex, in the order of its definitions."""
    owner = {name: place for place, vertex in enumerate(vertices) for name in vertex.names}
    for target, vertex in enumerate(vertices):
        links: dict[int, Link] = {}
        for definition in _definitions(vertex, graph):
            for use in _drawn_uses(definition, vertex):
                if (source := owner.get(use, target)) != target:
                    link = links.get(source, Link(source, target, (), ()))
                    quantities, definitions = _with(link.quantities, use), _with(link.definitions, definition.name)
                    links[source] = replace(link, quantities=quantities, definitions=definitions)
            for parameter, quantity in _products(definition, parameters):
                if (source := owner.get(quantity, target)) != target:
                    links[source] = replace(links[source], weights=_with(links[source].weights, parameter))
        yield from links.values()


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _attached(vertex: Vertex, graph: Graph, parameters: frozenset[str]) -> Vertex:
    """The vertex with its biases and targets: the leaves it rests on that are not the weight of a quantity alone."""
    found: dict[str, None] = {}
    targets = set(graph.targets)
    for definition in _definitions(vertex, graph):
        terms = sp.Add.make_args(definition.expression)
        apart = {symbol.name for term in terms if not _product(term, parameters) for symbol in term.free_symbols}
        found |= {use: None for use in definition.uses if use in apart and (use in parameters or use in targets)}
    names = tuple(found)
    drawn = names if len(names) <= ATTACHED else names[: ATTACHED - 1]
    return replace(vertex, attached=drawn, left_out=vertex.left_out or len(names) - len(drawn))


def _definitions(vertex: Vertex, graph: Graph) -> Iterator[Definition]:
    return (graph.by_name[name] for name in vertex.names if name in graph.by_name)


def _products(definition: Definition, parameters: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(weight, quantity) for each summand that is a product of the two and of numbers."""
    for term in sp.Add.make_args(definition.expression):
        if pair := _product(term, parameters):
            yield pair


def _product(term: sp.Expr, parameters: frozenset[str]) -> tuple[str, str] | None:
    factors = sp.Mul.make_args(term)
    names = [factor.name for factor in factors if factor.is_Symbol]
    if len(names) != 2 or not all(factor.is_Symbol or factor.is_Number for factor in factors):
        return None
    match (names[0] in parameters, names[1] in parameters):
        case (True, False):
            return names[0], names[1]
        case (False, True):
            return names[1], names[0]
    return None


def drawn_names(drawn: Outline) -> Iterable[str]:
    """Every quantity and parameter of which something is drawn."""
    for vertex in drawn.vertices:
        yield from (*vertex.names, *vertex.attached)
    for link in drawn.links:
        yield from link.weights
