from time import process_time
from typing import Any

import pytest

from symbackprop.errors import LimitError, NetworkError
from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.expressions.text import text
from symbackprop.network.graph import net_inputs
from symbackprop.network.layers import BIASES, Dense, dense_graph, weight_count
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS

HALF = LOSSES["half_squared_error"]
MAZUR = NOTATIONS["mazur"]


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ((0,), "a layer of 0 units", "a whole number from 1"),
        ((-3,), "a layer of -3 units", "a whole number from 1"),
        ((True,), "a layer of True units", "a whole number from 1"),
        ((2.0,), "a layer of 2.0 units", "a whole number from 1"),
        (("2",), "a layer of '2' units", "a whole number from 1"),
        ((2, "sigmod"), "unknown activation 'sigmod'", "did you mean 'sigmoid'?"),
        ((2, "log"), "unknown activation 'log'", "accepted: "),
        ((2, None), "unknown activation 'None'", "accepted: "),
        ((2, "x" * 1_000_000), "unknown activation", "accepted: "),
        ((1, "softmax"), "softmax of a layer of 1 unit", "of 2 to 100 units"),
        ((101, "softmax"), "softmax of a layer of 101 units", "of 2 to 100 units"),
        ((2, "sofmax"), "unknown activation 'sofmax'", "did you mean 'softmax'?"),
        ((2, "tanh", "all"), "unknown bias 'all'", "accepted: each, shared, none"),
        ((2, "tanh", True), "unknown bias 'True'", "accepted: each, shared, none"),
    ],
)
def test_a_layer_that_cannot_be_is_refused(arguments: tuple[Any, ...], message: str, hint: str) -> None:
    with pytest.raises(NetworkError) as caught:
        Dense(*arguments)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert len(str(caught.value)) < 400


def equations(inputs: int, layers: list[Dense], loss: str, notation: str) -> dict[str, str]:
    graph = dense_graph(inputs, layers, LOSSES[loss], NOTATIONS[notation])
    return {definition.name: text(definition.expression) for definition in graph.definitions}


def test_the_2_2_2_network_with_shared_biases() -> None:
    layers = [Dense(2, bias="shared"), Dense(2, bias="shared")]
    assert equations(2, layers, "half_squared_error", "mazur") == {
        "net_h1": "w_1*i_1 + w_2*i_2 + b_1",
        "out_h1": "sigmoid(net_h1)",
        "net_h2": "w_3*i_1 + w_4*i_2 + b_1",
        "out_h2": "sigmoid(net_h2)",
        "net_o1": "w_5*out_h1 + w_6*out_h2 + b_2",
        "out_o1": "sigmoid(net_o1)",
        "net_o2": "w_7*out_h1 + w_8*out_h2 + b_2",
        "out_o2": "sigmoid(net_o2)",
        "E_o1": "1/2*(target_o1 - out_o1)**2",
        "E_o2": "1/2*(target_o2 - out_o2)**2",
        "E_total": "E_o1 + E_o2",
    }


def test_the_2_3_1_network_with_a_bias_each() -> None:
    assert equations(2, [Dense(3), Dense(1)], "squared_error", "numbered") == {
        "z0": "x0*w0 + x1*w1 + b0",
        "O0": "sigmoid(z0)",
        "z1": "x0*w2 + x1*w3 + b1",
        "O1": "sigmoid(z1)",
        "z2": "x0*w4 + x1*w5 + b2",
        "O2": "sigmoid(z2)",
        "z3": "O0*w6 + O1*w7 + O2*w8 + b3",
        "O3": "sigmoid(z3)",
        "Cost": "(y_true - O3)**2",
    }


def test_textbook_layers_without_biases() -> None:
    layers = [Dense(1, "relu", "none"), Dense(2, "identity", "shared")]
    assert equations(2, layers, "mean_squared_error", "textbook") == {
        "z1_1": "w1_11*x_1 + w1_12*x_2",
        "a1_1": "relu(z1_1)",
        "z2_1": "w2_11*a1_1 + b_2",
        "a2_1": "identity(z2_1)",
        "z2_2": "w2_21*a1_1 + b_2",
        "a2_2": "identity(z2_2)",
        "C_1": "(y_1 - a2_1)**2",
        "C_2": "(y_2 - a2_2)**2",
        "C": "(C_1 + C_2)/2",
    }


def test_an_activation_of_the_whole_layer_comes_after_all_its_net_inputs() -> None:
    layers = [Dense(1, "tanh", "none"), Dense(3, "softmax", "shared")]
    total = "exp(net_o1) + exp(net_o2) + exp(net_o3)"
    assert equations(1, layers, "cross_entropy", "mazur") == {
        "net_h1": "w_1*i_1",
        "out_h1": "tanh(net_h1)",
        "net_o1": "w_2*out_h1 + b_1",
        "net_o2": "w_3*out_h1 + b_1",
        "net_o3": "w_4*out_h1 + b_1",
        **{f"out_o{k}": f"exp(net_o{k})/({total})" for k in (1, 2, 3)},
        **{f"E_o{k}": f"-target_o{k}*log(out_o{k})" for k in (1, 2, 3)},
        "E_total": "E_o1 + E_o2 + E_o3",
    }


def test_a_softmax_layer_may_stand_inside() -> None:
    graph = dense_graph(2, [Dense(2, "softmax"), Dense(1)], HALF, MAZUR)
    assert [d.activation for d in graph.definitions] == [None, None, "softmax", "softmax", None, "sigmoid", None]
    assert net_inputs(graph) == ("net_h1", "net_h2", "net_o1")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_makes_a_layer(activation: str) -> None:
    graph = dense_graph(1, [Dense(1, activation, "none")], HALF, MAZUR)
    assert graph.by_name["out_o1"].activation == activation
    assert text(graph.by_name["out_o1"].expression) == f"{activation}(net_o1)"


@pytest.mark.parametrize(
    ("bias", "parameters"),
    [
        ("each", "w_1 w_2 b_1 b_2 w_3 w_4 w_5 w_6 b_3 b_4"),
        ("shared", "w_1 w_2 b_1 w_3 w_4 w_5 w_6 b_2"),
        ("none", "w_1 w_2 w_3 w_4 w_5 w_6"),
    ],
)
def test_every_kind_of_bias(bias: str, parameters: str) -> None:
    graph = dense_graph(1, [Dense(2, bias=bias), Dense(2, bias=bias)], HALF, MAZUR)
    assert " ".join(graph.parameters) == parameters
    assert {name for definition in graph.definitions for name in definition.uses} == set(graph.names) - {"E_total"}


def test_every_kind_of_bias_has_a_row_above() -> None:
    assert set(BIASES) == {"each", "shared", "none"}


def test_inputs_may_have_names_of_their_own() -> None:
    graph = dense_graph(["height", "weight"], [Dense(1)], HALF, MAZUR)
    assert graph.inputs == ("height", "weight")
    assert text(graph.by_name["net_o1"].expression) == "w_1*height + w_2*weight + b_1"


@pytest.mark.parametrize(
    ("inputs", "layers", "message"),
    [
        (0, [Dense(1)], "at least one input and one layer"),
        (-1, [Dense(1)], "at least one input and one layer"),
        ([], [Dense(1)], "at least one input and one layer"),
        (1, [], "at least one input and one layer"),
        (["x", "x"], [Dense(1)], "'x' is defined twice"),
        (["w_1"], [Dense(1)], "'w_1' is defined twice"),
        (["out_o1"], [Dense(1)], "'out_o1' is defined twice"),
        ([r"\input{x}"], [Dense(1)], "cannot be the name of a quantity"),
        (["tanh"], [Dense(1)], "'tanh' is the name of a function"),
    ],
)
def test_what_is_no_network_is_refused(inputs: Any, layers: list[Dense], message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        dense_graph(inputs, layers, HALF, MAZUR)


@pytest.mark.parametrize(("inputs", "layers"), [(1001, [Dense(1000)]), (10**400, [Dense(1)]), (1, [Dense(10**400)])])
def test_weights_are_counted_before_they_are_made(inputs: int, layers: list[Dense]) -> None:
    begin = process_time()
    with pytest.raises(LimitError, match="more than 1000000 weights"):
        dense_graph(inputs, layers, HALF, MAZUR)
    assert process_time() - begin < 0.5


def test_weight_count_is_the_sum_of_products_of_neighbouring_widths() -> None:
    assert weight_count(2, [Dense(3)]) == 6
    assert weight_count(784, [Dense(30), Dense(10)]) == 784 * 30 + 30 * 10


@pytest.mark.parametrize("bias", BIASES)
def test_a_wide_layer_takes_no_longer_than_its_width(bias: str) -> None:
    begin = process_time()
    dense_graph(1, [Dense(10_000, bias=bias)], HALF, MAZUR)
    assert process_time() - begin < 5
