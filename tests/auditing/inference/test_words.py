"""Names that say what they are."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.words import OUTPUTS, TARGETS, is_backward, is_cost, is_parameter, role


@pytest.mark.parametrize(
    "name", ["w1", "w_11", "W1_12", "b", "b_o1", "bias_1", "theta_4", "v_0", "W_xh", "wpr", "thetao_1"]
)
def test_parameters(name: str) -> None:
    assert is_parameter(name)


@pytest.mark.parametrize("name", ["x_1", "i1", "out_h1", "net_o1", "E_total", "y_true", "h_1", "target_o1"])
def test_no_parameters(name: str) -> None:
    assert not is_parameter(name)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("target_o1", "o1"),
        ("targeto1", "o1"),
        ("y_true", ""),
        ("t", ""),
        ("t_6", "6"),
        ("y2", "2"),
        ("theta", None),
        ("O1ideal", "o1"),
    ],
)
def test_targets(name: str, unit: str | None) -> None:
    assert role(name, TARGETS) == unit


@pytest.mark.parametrize(
    ("name", "unit"), [("output", ""), ("y_predicted", ""), ("outputo1", "o1"), ("net_o1", None), ("O1output", "o1")]
)
def test_outputs(name: str, unit: str | None) -> None:
    assert role(name, OUTPUTS) == unit


def test_costs_and_gradients() -> None:
    assert all(map(is_cost, ("E", "E_total", "Cost", "L", "loss", "MSE")))
    assert not any(map(is_cost, ("E_o1", "net_h1", "w_5")))
    assert all(map(is_backward, ("delta_o1", "Delta_w", "Deltaw5", "grad", "GRADw5")))
    assert not any(map(is_backward, ("net_h1", "w_5", "d")))
