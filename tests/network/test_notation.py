import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.network.graph import require_names
from symbackprop.network.layers import BIASES, Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS

# Of a network with 2 inputs, 3 hidden units with a bias each, and 2 outputs that share one.
NAMES = {
    "mazur": {
        "inputs": "i_1 i_2",
        "targets": "target_o1 target_o2",
        "parameters": "w_1 w_2 w_3 w_4 w_5 w_6 b_1 b_2 b_3 w_7 w_8 w_9 w_10 w_11 w_12 b_4",
        "definitions": "net_h1 out_h1 net_h2 out_h2 net_h3 out_h3 net_o1 out_o1 net_o2 out_o2 E_o1 E_o2 E_total",
    },
    "numbered": {
        "inputs": "x0 x1",
        "targets": "y_true0 y_true1",
        "parameters": "w0 w1 w2 w3 w4 w5 b0 b1 b2 w6 w7 w8 w9 w10 w11 b3",
        "definitions": "z0 O0 z1 O1 z2 O2 z3 O3 z4 O4 Cost0 Cost1 Cost",
    },
    "textbook": {
        "inputs": "x_1 x_2",
        "targets": "y_1 y_2",
        "parameters": "w1_11 w1_12 w1_21 w1_22 w1_31 w1_32 b1_1 b1_2 b1_3 w2_11 w2_12 w2_13 w2_21 w2_22 w2_23 b_2",
        "definitions": "z1_1 a1_1 z1_2 a1_2 z1_3 a1_3 z2_1 a2_1 z2_2 a2_2 C_1 C_2 C",
    },
}


def test_every_notation_has_its_names_here() -> None:
    assert set(NAMES) == set(NOTATIONS)
    assert all(notation.name == name for name, notation in NOTATIONS.items())


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    layers = [Dense(3, "tanh", bias="each"), Dense(2, "sigmoid", bias="shared")]
    graph = dense_graph(2, layers, LOSSES["huber"], NOTATIONS[name])
    assert {
        "inputs": " ".join(graph.inputs),
        "targets": " ".join(graph.targets),
        "parameters": " ".join(graph.parameters),
        "definitions": " ".join(definition.name for definition in graph.definitions),
    } == NAMES[name]


@pytest.mark.parametrize(
    ("name", "target", "cost", "last_weight"),
    [
        ("mazur", "target_o1", "E_total", "w_20"),
        ("numbered", "y_true", "Cost", "w19"),
        ("textbook", "y_1", "C", "w2_1_10"),
    ],
)
def test_one_output_and_a_wide_layer(name: str, target: str, cost: str, last_weight: str) -> None:
    graph = dense_graph(1, [Dense(10, bias="none"), Dense(1, bias="none")], LOSSES["huber"], NOTATIONS[name])
    assert graph.targets == (target,)
    assert graph.definitions[-1].name == cost
    assert graph.parameters[-1] == last_weight


@pytest.mark.parametrize("name", NAMES)
@given(
    inputs=st.integers(1, 12),
    layers=st.lists(st.tuples(st.integers(1, 12), st.sampled_from(BIASES)), min_size=1, max_size=12),
)
def test_no_two_quantities_have_one_name(name: str, inputs: int, layers: list[tuple[int, str]]) -> None:
    built = [Dense(units, "tanh", bias) for units, bias in layers]
    graph = dense_graph(inputs, built, LOSSES["squared_error"], NOTATIONS[name])
    require_names(graph.names)
    assert len(set(graph.names)) == len(graph.leaves) + len(graph.definitions)
