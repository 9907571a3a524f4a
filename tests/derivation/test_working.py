"""The steps in reading order, in their sections."""

from __future__ import annotations

from itertools import groupby

import pytest

from symbackprop.derivation.steps import Derivation, Kind
from symbackprop.derivation.working import derive
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Order, Problem, Training
from tests.networks import derivation_of, example, two_two_two


def sections(derivation: Derivation) -> list[str]:
    return [title for title, _ in groupby(step.section for step in derivation.sequence)]


def names_in(derivation: Derivation, section: str) -> list[str]:
    return [step.name for step in derivation.sequence if step.section == section]


def dense(*layers: Dense, inputs: int = 2) -> Derivation:
    graph = dense_graph(inputs, layers, LOSSES["half_squared_error"], NOTATIONS["mazur"])
    return derive(Problem(graph, training=Training("E_total", "0.5")))


def test_the_sections_of_the_2_2_2_network() -> None:
    assert sections(two_two_two()) == [
        *("forward pass", "error", "backward pass: output layer", "backward pass: hidden layer"),
        *("backward pass: inputs", "updates", "after the update"),
    ]


def test_output_first_updates_each_layer_as_soon_as_its_gradients_are_there() -> None:
    assert sections(two_two_two(Order.OUTPUT_FIRST)) == [
        *("forward pass", "error", "backward pass: output layer", "updates", "backward pass: hidden layer"),
        *("updates", "backward pass: inputs", "after the update"),
    ]


def test_several_hidden_layers_are_numbered_from_the_last() -> None:
    assert sections(dense(Dense(2), Dense(3), Dense(1)))[2:6] == [
        *("backward pass: output layer", "backward pass: hidden layer 2", "backward pass: hidden layer 1"),
        "backward pass: inputs",
    ]


def test_the_output_layer_of_the_2_2_2_network_in_the_order_of_the_article() -> None:
    assert names_in(two_two_two(), "backward pass: output layer")[:9] == [
        *("dE_total/dE_o1", "dE_o1/dout_o1", "dE_total/dout_o1", "dout_o1/dnet_o1", "dE_total/dnet_o1"),
        *("dnet_o1/dw_5", "dE_total/dw_5", "dnet_o1/dw_6", "dE_total/dw_6"),
    ]


def test_a_shared_bias_stands_in_its_layer_after_all_that_share_it() -> None:
    assert names_in(two_two_two(), "backward pass: output layer")[-1] == "dE_total/db_2"
    assert names_in(two_two_two(), "backward pass: hidden layer")[-1] == "dE_total/db_1"


def test_the_forward_pass_ends_where_a_target_comes_in() -> None:
    derivation = two_two_two()
    assert names_in(derivation, "forward pass")[-1] == "out_o2"
    assert names_in(derivation, "error") == ["E_o1", "E_o2", "E_total"]


def test_definitions_in_any_order_are_shown_in_a_valid_one() -> None:
    derivation = derivation_of(
        {"C": "(t - a)**2", "a": "tanh(z)", "z": "w*x"}, cost="C", inputs="x", targets="t", parameters="w"
    )
    assert [step.name for step in derivation.of_kind(Kind.DEFINITION)] == ["z", "a", "C"]


@pytest.mark.parametrize(
    ("equations", "section"),
    [
        pytest.param({"C": "w**2"}, "backward pass: output layer", id="the cost alone"),
        pytest.param({"f": "x**2", "C": "(t - f)**2 + w*w"}, "backward pass: output layer", id="features alone"),
        pytest.param({"z": "x", "E": "w*(t - z)**2", "C": "E"}, "backward pass: output layer", id="in the error"),
    ],
)
@pytest.mark.parametrize("order", Order)
def test_a_parameter_has_its_gradient_wherever_it_stands(equations: dict[str, str], section: str, order: Order) -> None:
    derivation = derivation_of(equations, cost="C", inputs="x", targets="t", parameters="w", order=order)
    assert derivation.by_name["dC/dw"].section == section
    assert [step.name for step in derivation.of_kind(Kind.UPDATE)] == ["w+"]


def test_a_recurrence_has_the_gradients_of_its_shared_weights_in_the_first_layer_that_has_them() -> None:
    derivation = derive(example("recurrent"))
    assert derivation.by_name["dL/dW_hh"].section == "backward pass: hidden layer 1"
    assert derivation.by_name["dL/dW_hy"].section == "backward pass: hidden layer 2"


def test_reasons_name_what_they_speak_of() -> None:
    for step in two_two_two().sequence:
        assert step.reason.endswith("."), step.name
        assert "`" in step.reason, step.name


def test_a_large_network_is_derived_in_steps_of_its_edges() -> None:
    derivation = dense(Dense(30), Dense(10), inputs=100)
    assert len(derivation.of_kind(Kind.UPDATE)) == 100 * 30 + 30 + 30 * 10 + 10
    assert len(derivation.by_name["dE_total/di_7"].factors) == 30


def test_deriving_twice_gives_the_same_list() -> None:
    assert derive(example("recurrent")).sequence == derive(example("recurrent")).sequence
