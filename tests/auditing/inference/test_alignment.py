"""Formulas beside the same formulas with numbers put in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.auditing.inference.alignment import pairs
from symbackprop.auditing.inference.forms import value_of
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.mathematics.tree import Name
from tests.auditing.inference.sheets import formula


def found(one: str, other: str, known: dict[str, str] | None = None) -> dict[str, Fraction | None] | None:
    values = {name: Fraction(value) for name, value in (known or {}).items()}
    read = pairs(formula("a = " + one), formula("a = " + other), values)
    return None if read is None else {key(leaf): value_of(number) for leaf, number in read if isinstance(leaf, Name)}


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        ("w1*i1 + b1*1", "0.15*0.05 + 0.35", {"w1": "0.15", "i1": "0.05", "b1": "0.35"}),
        ("(w1*i1) + b", "0.15*0.05 + (-0.35)", {"w1": "0.15", "i1": "0.05", "b": "-0.35"}),
        ("w*x + v*y", "-0.5*2 - 0.3*4", {"w": "-0.5", "x": "2", "v": "-0.3", "y": "4"}),
        ("1/2*(t - o)^2", "1/2*(0.01 - 0.75)^2", {"t": "0.01", "o": "0.75"}),
        ("-(t - o)", "-(0.01 - 0.75)", {"t": "0.01", "o": "0.75"}),
        ("sigmoid(z)", "1/(1 + e^(-0.4))", {"z": "0.4"}),
        ("h*w", "h*0.45", {"w": "0.45"}),
        ("v - a*g", "0.5 + 0.1*0.07", {"v": "0.5", "a": "0.1", "g": "-0.07"}),
    ],
)
def test_numbers_stand_for_names(one: str, other: str, values: dict[str, str]) -> None:
    assert found(one, other) == {name: Fraction(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("w*x + b", "0.3 + 0.2 + 0.1"),
        ("w*x + b", "0.5*0.2"),
        ("(t - o)^2", "(0.2755)^2"),
        ("sigmoid(z)", "tanh(0.3)"),
        ("h*w", "g*0.45"),
    ],
)
def test_another_shape_stands_for_nothing(one: str, other: str) -> None:
    assert found(one, other) is None


def test_exchanged_factors_are_found_by_what_is_known() -> None:
    assert found("x*w", "0.3*0.1", {"x": "0.1"}) == {"x": Fraction("0.1"), "w": Fraction("0.3")}
