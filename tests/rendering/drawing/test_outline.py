"""Which vertices and links a graph has, before and after: units are put together, biases and targets hung on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from symbackprop.network.layers import Dense
from symbackprop.network.problem import Problem, Training, read_equations
from symbackprop.rendering.drawing.describing import noted
from symbackprop.rendering.drawing.outline import Outline, outline
from tests.networks import example
from tests.rendering.conftest import layered


def drawn(equations: Mapping[str, str], inputs: str, targets: str, parameters: str, cost: str = "") -> Outline:
    graph = read_equations(equations, inputs.split(), targets.split(), parameters.split())
    return outline(Problem(graph, training=Training(cost) if cost else None))


def columns(picture: Outline) -> list[str]:
    """The columns, a vertex as kind:names[attached]."""
    shown = []
    for number in range(len(picture.units)):
        vertices = [picture.vertices[place] for place in picture.column(number)]
        words = [
            f"{v.kind}:{'+'.join(v.names)}" + (f"[{','.join(v.attached)}]" if v.attached else "") for v in vertices
        ]
        shown.append(" ".join(words))
    return shown


@pytest.mark.parametrize(
    ("equations", "leaves", "expected"),
    [
        (  # a unit is its net input and its activation
            {"z": "w*x + b", "a": "tanh(z)", "C": "(t - a)**2"},
            ("x", "t", "w b", "C"),
            ["input:x", "unit:z+a[b]", "cost:C[t]"],
        ),
        (  # without a cost, and with an output that is linear
            {"z": "w*x", "a": "relu(z)", "y": "v*a"},
            ("x", "", "w v"),
            ["input:x", "unit:z+a", "unit:y"],
        ),
        (  # two activations of one net input; a gate, which is neither
            {"z": "w*x", "a": "tanh(z)", "s": "sigmoid(z)", "g": "a*s"},
            ("x", "", "w"),
            ["input:x", "unit:z+a", "quantity:s", "quantity:g"],
        ),
        (  # an input stands before the first that it feeds
            {"z": "w*x", "a": "tanh(z)", "q": "a*y"},
            ("x y", "", "w"),
            ["input:x", "input:y unit:z+a", "quantity:q"],
        ),
        (  # errors stand right of all others
            {
                "z": "w*x",
                "a": "tanh(z)",
                "u": "v*a",
                "b": "tanh(u)",
                "E": "(t - a)**2",
                "F": "(s - b)**2",
                "C": "E + F",
            },
            ("x", "t s", "w v", "C"),
            ["input:x", "unit:z+a", "unit:u+b", "error:E[t] error:F[s]", "cost:C"],
        ),
        (  # a penalty is fed by no vertex
            {"z": "w*x", "E": "(t - z)**2", "p": "w**2", "C": "E + p"},
            ("x", "t", "w", "C"),
            ["input:x", "unit:z", "error:E[t] quantity:p[w]", "cost:C"],
        ),
        (  # a parameter that is weight and bias at once
            {"z": "w*x + w"},
            ("x", "", "w"),
            ["input:x", "unit:z[w]"],
        ),
    ],
)
def test_columns(equations: Mapping[str, str], leaves: tuple[str, ...], expected: list[str]) -> None:
    assert columns(drawn(equations, *leaves)) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("w*x + v*y", {"x": "w", "y": "v"}),
        ("x*w + y", {"x": "w", "y": ""}),
        ("2*w*x - v*y", {"x": "w", "y": "v"}),
        ("w*x + v*x", {"x": "w v"}),
        ("w*x*y", {"x": "", "y": ""}),
        ("w*v*x", {"x": ""}),
        ("(w + x)*y", {"x": "", "y": ""}),
    ],
)
def test_weights(formula: str, expected: dict[str, str]) -> None:
    picture = drawn({"z": formula}, "x y", "", "w v")
    links = {picture.vertices[link.source].names[0]: " ".join(link.weights) for link in picture.links}
    assert links == expected


def test_softmax_draws_no_edges_within_its_layer() -> None:
    picture = outline(example("softmax_2_3"))
    assert columns(picture) == [
        "input:x_1 input:x_2",
        "unit:z1_1+a1_1[b1_1] unit:z1_2+a1_2[b1_2] unit:z1_3+a1_3[b1_3]",
        "error:C_1[y_1] error:C_2[y_2] error:C_3[y_3]",
        "cost:C",
    ]
    assert len(picture.links) == 6 + 3 + 3
    assert [noted(picture, column) for column in range(4)] == ["", "softmax over the layer", "", ""]


def test_a_wide_softmax_says_what_is_not_drawn() -> None:
    picture = outline(layered([Dense(10, "softmax")], loss="cross_entropy"))
    assert noted(picture, 1) == "5 of 10 units drawn, softmax over the layer"


def test_shared_weights_of_a_recurrence() -> None:
    picture = outline(example("recurrent"))
    weights = [link.weights for link in picture.links if link.weights]
    assert weights.count(("W_hh",)) == weights.count(("W_xh",)) == weights.count(("W_hy",)) == 3
    assert picture.columns == 7


def test_many_biases_are_counted() -> None:
    terms = " + ".join(f"b_{n}" for n in range(5))
    picture = drawn({"z": f"x + {terms}"}, "x", "", " ".join(f"b_{n}" for n in range(5)))
    (unit,) = [vertex for vertex in picture.vertices if vertex.attached]
    assert (unit.attached, unit.left_out) == (("b_0", "b_1"), 3)
