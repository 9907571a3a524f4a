"""What a document states, and which number stands for which name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.auditing.inference.evidence import Given
from tests.auditing.inference.sheets import evidence


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("w1 = 0.15", "w1", "0.15"),
        ("(v, w) = (0.5, 0.15)", "w", "0.15"),
        ("v to x: 0.5, 0.15", "w", None),
        ("initial weights w1 to w3: 0.5, 0.15, 0.2", "w2", "0.15"),
        ("new weights w1 to w3: 0.5, 0.15, 0.2", "w2", None),
        ("z = w*x = 0.15*2 = 0.3", "w", "0.15"),
        ("z = w*x\n\nz = 0.15*2 = 0.3", "w", "0.15"),
        ("w+ = w - eta*dE/dw = 0.4 - 0.5*0.08 = 0.36", "w", "0.4"),
        ("W := 0.1 - 0.5*(-0.192) = 0.196", "W", "0.1"),
        ("w_new = 0.36", "w", None),
        ("w := w - 0.5*0.08 = 0.36", "w", None),
        ("q = 0.3*0.5 = 0.15", "q", None),
        ("v = 0.3\n\nv <- 0.3 + 0.0305 = 0.3305", "v", "0.3"),
        ("v = 0.3\n\nv = 0.3 - 0.0305 = 0.2695", "v", "0.3"),
        ("v = 0.5 + 0.0305 = 0.5305", "v", None),
    ],
)
def test_what_a_leaf_is_worth(text: str, name: str, value: str | None) -> None:
    found = evidence(text).value(name)
    assert (found.text if found else None) == value


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("eta = 0.5", "0.5"),
        ("w -= 0.3*g", "0.3"),
        ("eta = 0.2\n\nw -= eta*g", "0.2"),
        ("dW += 0.3*g", None),
        ("w+ = w - eta*dE/dw = 0.4 - 0.5*0.08 = 0.36", "0.5"),
        ("new_w0 = old_w0 - 0.5(dE/dw0) = 0.15 - 0.5(-0.0058) = 0.1529", "0.5"),
        ("*w5 = w5 - a*(h1*g) = 0.16 - 0.05*(0.90*(-0.786)) = 0.195", "0.05"),
        ("w_46 = -0.3 + 0.9*0.1311*0.332 = -0.261", "0.9"),
        ("z = w*x = 0.15*2 = 0.3", None),
    ],
)
def test_the_learning_rate(text: str, rate: str | None) -> None:
    found = evidence(text).rate()
    assert (found.text if found else None) == rate


def test_gradients_are_no_definitions() -> None:
    found = evidence("delta_1 = (t - y)*y*(1 - y)\n\ng = y*(1 - y)\n\nw = w - 0.1*q\n\nz = w*x")
    assert {name for name, formulas in found.formulas.items() if formulas} == {"z"}


def test_a_function_is_known_by_what_it_equals() -> None:
    assert evidence("F(z) = 1/(1 + e^(-z))").functions == {"F": "sigmoid"}


def test_the_most_frequent_value_of_an_operand() -> None:
    found = evidence("z = x*w = 0.3*2 = 0.6\n\ny = x*v = 0.1*3 = 0.3\n\nq = x*u = 0.1*4 = 0.4")
    assert found.value("x") is not None
    assert found.value("x").text == "0.1"  # type: ignore[union-attr]
    assert evidence("z = x*w = 0.3*2 = 0.6\n\ny = x*v = 0.1*3 = 0.3").disputed("x")


def test_a_number_that_goes_on_from_what_is_stated_is_a_new_value() -> None:
    found = evidence("c = 0.15\n\nc = 0.15 - 0.1*0.6 = 0.09")
    assert found.trained == {"c"}
    assert found.value("c") == Given("0.15", Fraction("0.15"))


def test_a_second_name_has_the_formula_of_the_first() -> None:
    found = evidence("x = 2\n\nz = 0.5*x\n\na = y = sigmoid(z) = 0.73")
    assert [len(found.formulas[held]) for held in ("a", "y")] == [2, 1]


def test_a_name_in_passing_has_the_working_and_the_number_behind_it() -> None:
    found = evidence("h = a = sigmoid(0.4) = 0.5987")
    assert found.printed["a"] == Given("0.5987", Fraction("0.5987"))
    assert len(found.numeric["a"]) == 1
