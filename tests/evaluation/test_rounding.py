"""Printed decimals: ties away from zero, digits with their zeros, and the working as a hand carries it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import flint
import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.derivation.working import derive
from symbackprop.errors import EvaluationError, LimitError
from symbackprop.evaluation.enclosure import Ball, Enclosures
from symbackprop.evaluation.rounding import (
    by_hand,
    carried,
    exact_text,
    half_up,
    nearest,
    scientific,
    short_scientific,
    to_digits,
    to_places,
)
from tests.networks import derivation_of, example, two_two_two


def value_of(formula: str | Mapping[str, str], **given: str) -> Enclosures:
    equations = {"y": formula} if isinstance(formula, str) else formula
    derivation = derivation_of(equations, cost="y", inputs=given, learning_rate=None)
    return Enclosures(derivation.sequence, derivation.problem.exact_values())


@pytest.mark.parametrize(
    ("value", "places", "scaled"),
    [
        ("0.5", 0, 1),
        ("-0.5", 0, -1),
        ("0.49999", 0, 0),
        ("1.5", 0, 2),
        ("2.5", 0, 3),
        ("0.24305", 4, 2431),
        ("-0.46845", 4, -4685),
        ("0.24304999", 4, 2430),
        ("0", 9, 0),
        ("123456", -2, 1235),
        ("150", -2, 2),
        ("-0.00004", 4, 0),
    ],
)
def test_half_up(value: str, places: int, scaled: int) -> None:
    assert half_up(Fraction(value), places) == scaled


@given(st.decimals(-1000, 1000, places=8), st.integers(0, 6))
def test_law_half_up_is_that_of_decimal(value: Decimal, places: int) -> None:
    due = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert half_up(Fraction(value), places) == int(due.scaleb(places))


@pytest.mark.parametrize(
    ("value", "places", "scaled"),
    [
        (flint.fmpq(1, 8), 2, 13),
        (flint.arb("0.3333 +/- 0.0001"), 2, 33),
        (flint.arb("0.335 +/- 0.0001"), 2, None),
        (flint.arb("-0.335 +/- 0.0001"), 2, None),
        (flint.arb("0 +/- 0.4"), 0, 0),
    ],
)
def test_nearest(value: Ball, places: int, scaled: int | None) -> None:
    assert nearest(value, places) == scaled


@pytest.mark.parametrize(
    ("formula", "places", "text"),
    [
        ("x/8", 2, "0.13"),
        ("-x/8", 2, "-0.13"),
        ("x/8", 5, "0.12500"),
        ("x/3", 9, "0.333333333"),
        ("exp(x)", 0, "3"),
        ("exp(-20*x)", 6, "0.000000"),
        ("-exp(-20*x)", 6, "0.000000"),
        ("1000*x", 2, "1000.00"),
        ("x - x", 3, "0.000"),
        # a tie that no precision decides is one
        ("exp(log(x/2))", 0, "1"),
        ("-exp(log(x/2))", 0, "-1"),
        ("exp(log(x/8))", 2, "0.13"),
        ("sqrt(2*x)*sqrt(2*x)*0.00125", 4, "0.0025"),
    ],
)
def test_to_places(formula: str, places: int, text: str) -> None:
    assert to_places(value_of(formula, x="1"), "y", places) == text


def test_a_value_just_beside_a_tie_is_no_tie() -> None:
    assert to_places(value_of("1/2 - exp(-1000*x)", x="1"), "y", 0) == "0"
    assert to_places(value_of("1/2 + exp(-1000*x)", x="1"), "y", 0) == "1"


@pytest.mark.parametrize(
    ("formula", "digits", "text"),
    [
        ("x/3", 30, "0.333333333333333333333333333333"),
        ("x/8", 30, "0.125000000000000000000000000000"),
        ("-x/8", 5, "-0.12500"),
        ("x*2", 5, "2.0000"),
        ("x*12345", 5, "12345"),
        ("x*123456", 5, "1.2346e5"),
        ("x*99999.6", 5, "1.0000e5"),
        ("x*9.99996", 5, "10.000"),
        ("x*0.0000012", 3, "0.00000120"),
        ("x*0.00000012", 3, "1.20e-7"),
        ("x - x", 30, "0"),
        ("0*exp(x)", 30, "0"),
        ("exp(log(x)) - 1", 30, "0"),  # no precision tells it from zero
        ("x/1e400/1e35", 30, "1.00000000000000000000000000000e-435"),
        ("exp(-1000*x)", 12, mpmath.nstr(mpmath.exp(-1000), 12)),
        ("exp(-100000*x)", 12, mpmath.nstr(mpmath.exp(-100000), 12)),
        ("exp(100000*x)", 12, mpmath.nstr(mpmath.exp(100000), 12).replace("+", "")),
    ],
)
def test_to_digits(formula: str, digits: int, text: str) -> None:
    assert to_digits(value_of(formula, x="1"), "y", digits) == text


def test_thirty_digits_of_the_2_2_2_network() -> None:
    derivation = two_two_two()
    enclosures = Enclosures(derivation.sequence, derivation.problem.exact_values())
    with mpmath.workdps(40):
        due = 1 / (1 + mpmath.exp(-mpmath.mpf("0.3775")))
        assert to_digits(enclosures, "out_h1") == mpmath.nstr(due, 30)
    assert to_digits(enclosures, "net_h1") == "0.377500000000000000000000000000"


@given(st.decimals("-1e9", "1e9", allow_nan=False).filter(lambda value: value), st.integers(1, 20))
def test_law_digits_are_those_of_decimal(value: Decimal, digits: int) -> None:
    found = Decimal(to_digits(value_of("x", x=f"{value:f}"[:60]), "y", digits))
    exact = Decimal(f"{value:f}"[:60])
    if exact:
        assert abs(found - exact) <= abs(exact) * Decimal(10) ** (1 - digits) / 2
        assert len(found.as_tuple().digits) == digits


@pytest.mark.parametrize(
    ("formula", "text"),
    [("x/189256", "5.284e-6"), ("x - x", "0"), ("-x*20000", "-2.000e4"), ("x*9.9996", "1.000e1"), ("x*2", "2.000")],
)
def test_short_scientific(formula: str, text: str) -> None:
    assert short_scientific(value_of(formula, x="1"), "y") == text


@pytest.mark.parametrize(("scaled", "exponent", "text"), [(3510, -5, "3.510e-5"), (-12, 0, "-1.2"), (7, 3, "7e3")])
def test_scientific(scaled: int, exponent: int, text: str) -> None:
    assert scientific(scaled, exponent) == text


@pytest.mark.parametrize(
    ("formula", "places", "text"),
    [
        ("x/8", 3, "0.125"),
        ("x/8", 9, "0.125"),
        ("x/8", 2, None),
        ("x/3", 50, None),
        ("x*2", 0, "2"),
        ("exp(x - x)", 9, None),  # enclosed, not exact
    ],
)
def test_exact_text(formula: str, places: int, text: str | None) -> None:
    assert exact_text(value_of(formula, x="1"), "y", places) == text


@pytest.mark.parametrize("kinked", ["relu", "abs", "sign"])
def test_a_value_at_a_kink_that_no_precision_decides_is_an_error(kinked: str) -> None:
    derivation = derivation_of({"d": "log(exp(x)) - x", "y": f"{kinked}(d)"}, cost="y", inputs={"x": "0.3"})
    enclosures = Enclosures(derivation.sequence, derivation.problem.exact_values())
    if kinked == "sign":
        assert (to_digits(enclosures, "dy/dd"), to_places(enclosures, "dy/dd", 0)) == ("0", "0")
        return
    with pytest.raises(EvaluationError, match="the value of dy/dd cannot be enclosed"):
        to_digits(enclosures, "dy/dd")
    with pytest.raises(EvaluationError, match="the value of dy/dd cannot be enclosed"):
        to_places(enclosures, "dy/dd", 0)


def test_a_number_too_long_to_print_is_named() -> None:
    with pytest.raises(LimitError, match="y is a number of more than 4000 digits"):
        to_places(value_of("exp(10000*x)", x="1"), "y", 2)


def test_carried_rounding_of_the_2_3_1_network() -> None:
    """What the document carries at four decimals: five of these differ from the rounded exact values."""
    derivation = derive(example("sigmoid_2_3_1"))
    hand = by_hand(derivation.sequence, derivation.problem.exact_values(), 4)
    printed = dict(
        pair.split(": ")
        for line in (
            "z0: 2.87, O0: 0.9463, O1: 0.9998, O2: 0.5374, z3: 0.5948, O3: 0.6445",
            "dCost/dO3: -0.2755, dO3/dz3: 0.2291, dCost/dz3: -0.0631, dCost/dO1: 0.0316, dCost/dw1: -0.0261",
            "dCost/dO2: -0.0050, dCost/dz2: -0.0012, dCost/dw4: -0.0024, dCost/dw5: -0.0108",
            "w1+: 0.2431, w4+: 0.0512, w5+: -0.0446",
        )
        for pair in line.split(", ")
    )
    assert {name: hand[name] for name in printed} == {name: Fraction(value) for name, value in printed.items()}
    enclosures = Enclosures(derivation.sequence, derivation.problem.exact_values())
    exact = {name: to_places(enclosures, name, 4) for name in printed}
    assert [name for name in printed if Fraction(exact[name]) != Fraction(printed[name])] == [
        *("dCost/dw1", "dCost/dO2", "dCost/dz2", "dCost/dw4", "dCost/dw5", "w1+", "w4+", "w5+"),
    ]


def test_each_step_takes_the_rounded_numbers_before_it() -> None:
    derivation = derivation_of({"a": "x/3", "b": "3*a", "y": "b - x"}, cost="y", inputs={"x": "1"}, learning_rate=None)
    given = derivation.problem.exact_values()
    found = by_hand(derivation.sequence[:3], given, 2)
    assert found == {"a": Fraction(33, 100), "b": Fraction(99, 100), "y": Fraction(-1, 100)}


def test_given_numbers_are_not_rounded_by_hand() -> None:
    derivation = derivation_of({"y": "100*x"}, cost="y", inputs={"x": "0.00123"}, learning_rate=None)
    assert by_hand(derivation.sequence[:1], derivation.problem.exact_values(), 2) == {"y": Fraction(12, 100)}


def test_what_is_carried_is_what_settle_returns() -> None:
    derivation = derivation_of({"a": "x*x", "y": "a + 1"}, cost="y", inputs={"x": "3"}, learning_rate=None)
    seen: dict[str, Fraction] = {}

    def settle(name: str, value: Fraction) -> Fraction:
        seen[name] = value
        return Fraction(10) if name == "a" else value

    assert carried(derivation.sequence[:2], derivation.problem.exact_values(), settle)["y"] == 11
    assert seen == {"a": 9, "y": 11}


def test_what_rounding_makes_undefined_is_named() -> None:
    derivation = derivation_of({"a": "x/1000", "y": "1/a"}, cost="y", inputs={"x": "1"}, learning_rate=None)
    with pytest.raises(EvaluationError) as failure:
        by_hand(derivation.sequence, derivation.problem.exact_values(), 2)
    assert str(failure.value) == "error: y has no finite value (of at most 1e78913)\n  hint: it is 1/a with a = 0"
