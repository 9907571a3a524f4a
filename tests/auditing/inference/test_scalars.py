"""Vectors and matrices written out."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted

GIVEN = "x = [1, 2]\n\nW = [[0.1, 0.2], [0.3, 0.4]]\n\nb = [0.5, 0.6]\n\nv = [0.7, 0.8]\n\n"


@pytest.mark.parametrize(
    ("line", "equations"),
    [
        ("z = W x + b", {"z_1": "W_11*x_1 + W_12*x_2 + b_1", "z_2": "W_21*x_1 + W_22*x_2 + b_2"}),
        ("z = x W", {"z_1": "x_1*W_11 + x_2*W_21", "z_2": "x_1*W_12 + x_2*W_22"}),
        ("z = v x", {"z": "v_1*x_1 + v_2*x_2"}),
        ("z = 2*v - b", {"z_1": "2*v_1 - b_1", "z_2": "2*v_2 - b_2"}),
        ("z = v_1*x_2", {"z": "v_1*x_2"}),
        ("z = tanh(b)", {"z_1": "tanh(b_1)", "z_2": "tanh(b_2)"}),
        ("z = x**2", {"z_1": "x_1**2", "z_2": "x_2**2"}),
        ("z = 2*c*v", {"z_1": "2*c*v_1", "z_2": "2*c*v_2"}),
        ("z = v/2", {"z_1": "v_1/2", "z_2": "v_2/2"}),
        (
            "z = softmax(b)",
            {"z_1": "exp(b_1)/(exp(b_1) + exp(b_2))", "z_2": "exp(b_2)/(exp(b_1) + exp(b_2))"},
        ),
    ],
)
def test_a_formula_over_vectors(line: str, equations: dict[str, str]) -> None:
    assert drafted(GIVEN + line).equations == equations


@pytest.mark.parametrize("line", ["z = W u", "z = W + q", "z = exp(x, u)"])
def test_shapes_that_do_not_fit(line: str) -> None:
    assert drafted(GIVEN + "u = [1, 2, 3]\n\nq = [1, 2, 3]\n\n" + line).equations == {}


def test_numbers_of_entries() -> None:
    assert drafted(GIVEN + "z = W x").values == {
        "W_11": "0.1",
        "W_12": "0.2",
        "W_21": "0.3",
        "W_22": "0.4",
        "x_1": "1",
        "x_2": "2",
    }


def test_a_circle_is_left_out() -> None:
    assert drafted("p = q + 1\n\nq = p + 1").equations == {}
