"""Laws of every drawing, on random acyclic graphs and on the examples: all is drawn, nothing lies on anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import Working, work
from symbackprop.network.layers import Dense
from symbackprop.network.problem import Problem
from symbackprop.rendering.drawing.contents import Face
from symbackprop.rendering.drawing.labels import Box
from symbackprop.rendering.drawing.layout import Drawing, Label, Node, lay_out, shown
from symbackprop.rendering.drawing.lettering import width
from symbackprop.rendering.drawing.outline import COLUMNS, UNITS, Kind
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.drawing.svg import standalone
from tests.networks import example, problem_of, random_problems
from tests.rendering.conftest import layered

SIZE, ROW = 11, 14  # of the letters of a label
ORDINARY = {
    "2-2-2": lambda: example("mazur_2_2_2"),
    "2-3-1": lambda: example("sigmoid_2_3_1"),
    "recurrent": lambda: example("recurrent"),
    "textbook": lambda: example("layers_textbook"),
    "softmax": lambda: example("softmax_2_3"),
    "4-4-3": lambda: layered([Dense(4, "tanh"), Dense(3)], inputs=4),
    "one neuron": lambda: layered([Dense(1)], inputs=2),
    "symbols": lambda: layered([Dense(3, "relu"), Dense(2)], values=False),
}


def unnumbered(problem: Problem) -> Drawing:
    return lay_out(work(derive(replace(problem, values={}))))


def body(node: Node) -> Box:
    return Box(node.x, node.y, node.shape.width, node.shape.height)


def written(label: Label) -> Box:
    return Box(label.x, label.y, max(width(line, SIZE) for line in label.lines), ROW * len(label.lines))


def under(node: Node, face: Face) -> Iterator[Box]:
    """What is written under a node."""
    lines = node.faces[face].attached
    if lines:
        top = node.y + node.shape.height / 2 + 8
        yield Box(node.x, top + ROW * len(lines) / 2, max(width(line, SIZE) for line in lines), ROW * len(lines))


def labels(drawing: Drawing, face: Face) -> list[Box]:
    return [written(label) for edge in drawing.edges if (label := edge.faces[face].label)]


def holds(drawing: Drawing) -> None:
    """What is true of every drawing."""
    for one, other in combinations(drawing.nodes, 2):
        assert not body(one).meets(body(other)), (one.vertex, other.vertex)
    for edge in drawing.edges:
        (left, above), (right, below) = edge.path[0], edge.path[-1][-2:]
        source, target = drawing.nodes[edge.link.source], drawing.nodes[edge.link.target]
        assert (left, above, right, below) == (source.x, source.y, target.x, target.y)
        stops = [point[-2] for point in edge.path]
        assert stops == sorted(stops), "an edge runs to the right"
        assert left < right
    for node in drawing.nodes:
        for box in (body(node), *(box for face in Face for box in under(node, face))):
            assert box.x - box.width / 2 >= 0
            assert box.x + box.width / 2 <= drawing.width
            assert box.y - box.height / 2 >= 0
            assert box.y + box.height / 2 <= drawing.height
    for face in Face:
        boxes = labels(drawing, face)
        solid = [box for node in drawing.nodes for box in (body(node), *under(node, face))]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
        assert not any(one.meets(other) for one in boxes for other in solid)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_problems())
def test_every_quantity_has_its_place_and_nothing_overlaps(problem: Problem) -> None:
    drawing = unnumbered(problem)
    graph = problem.graph
    drawn = [name for node in drawing.nodes for name in node.vertex.names]
    assert sorted(drawn) == sorted((*graph.inputs, *graph.by_name))
    pairs = {(q, d) for edge in drawing.edges for q in edge.link.quantities for d in edge.link.definitions}
    owner = {name: node for node in drawing.nodes for name in node.vertex.names}
    for definition in graph.definitions:
        for use in definition.uses:
            if use in owner and owner[use] != owner[definition.name]:
                assert (use, definition.name) in pairs
    named = {name for node in drawing.nodes for name in node.vertex.attached}
    named.update(name for edge in drawing.edges for name in edge.link.weights)
    used = {use for definition in graph.definitions for use in definition.uses}
    hidden = {node for node in drawing.nodes if node.vertex.left_out}
    assert hidden or named == used.intersection((*graph.parameters, *graph.targets))
    holds(drawing)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_problems())
def test_the_same_graph_gives_the_same_bytes(problem: Problem) -> None:
    once, again = (standalone(painted(unnumbered(problem), face)) for face in (Face.BACKWARD, Face.BACKWARD))
    assert once == again


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_network_is_labelled_in_full(name: str) -> None:
    problem = ORDINARY[name]()
    drawing = lay_out(work(derive(problem)))
    holds(drawing)
    for face in Face:
        assert all(edge.faces[face].label for edge in drawing.edges if edge.link.weights)


def test_every_working_is_drawn(any_working: Working) -> None:
    holds(lay_out(any_working))


def test_numbers_are_those_of_the_working() -> None:
    drawing = lay_out(work(derive(example("mazur_2_2_2"))))
    unit = next(node for node in drawing.nodes if node.vertex.names == ("net_o1", "out_o1"))
    forward, backward = (repr(unit.faces[face].rows) for face in Face)
    assert "1.105905967" in forward
    assert "0.751365070" in forward
    assert "0.138498562" in backward
    weight = next(edge for edge in drawing.edges if edge.link.weights == ("w_7",))
    assert weight.faces[Face.FORWARD].sign == 1
    assert weight.faces[Face.BACKWARD].sign == -1
    assert "-0.022602540" in repr(weight.faces[Face.BACKWARD].label)


def test_a_working_made_for_the_drawing_draws_the_same() -> None:
    derivation = derive(example("mazur_2_2_2"))
    assert lay_out(work(derivation, wrt=shown(derivation))) == lay_out(work(derivation))


def test_a_large_network_is_abridged_and_says_so() -> None:
    derivation = derive(layered([Dense(30), Dense(10)], inputs=40))
    drawing = lay_out(work(derivation, wrt=shown(derivation)))
    notes = [line[0].text for note in drawing.notes for line in note.lines]  # type: ignore[union-attr]
    assert notes == ["5 of 40 inputs drawn", "5 of 30 units drawn", "5 of 10 units drawn", "5 of 10 errors drawn"]
    assert sum(node.vertex.kind is Kind.GAP for node in drawing.nodes) == 4
    for note in drawing.notes:
        assert note.x - written(note).width / 2 >= 0
    holds(drawing)


def test_a_deep_network_is_abridged_and_says_so() -> None:
    steps = {f"z_{n}": f"w*h_{n - 1} + u*x_{n}" for n in range(1, 31)}
    activations = {f"h_{n}": f"tanh(z_{n})" for n in range(1, 31)}
    inputs = ["h_0", *(f"x_{n}" for n in range(1, 31))]
    problem = problem_of(
        {**steps, **activations, "C": "(t - h_30)**2"}, cost="C", inputs=inputs, targets=["t"], parameters=["w", "u"]
    )
    drawing = unnumbered(problem)
    (note,) = drawing.notes
    assert "21 layers not drawn" in repr(note), "of 30 steps, the inputs and the cost, eleven are drawn"
    assert len({node.x for node in drawing.nodes}) == COLUMNS
    holds(drawing)


def test_as_many_units_as_are_drawn_are_drawn() -> None:
    drawing = lay_out(work(derive(layered([Dense(UNITS)], inputs=UNITS))))
    assert not drawing.notes
    crowded = [edge for edge in drawing.edges if edge.link.weights]
    assert len(crowded) == UNITS * UNITS
    assert not any(edge.faces[face].label for edge in crowded for face in Face), "64 labels are none"
