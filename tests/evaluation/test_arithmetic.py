"""The primitives of each kind of number: special functions, branches, and what is far out."""

from __future__ import annotations

import math
import time
from fractions import Fraction
from typing import Any

import flint
import mpmath
import numpy as np
import pytest

from symbackprop.evaluation.arithmetic import HEIGHT, PRIMITIVES, RANGE, Arithmetic, bounded

FLOAT, ARRAY, MPMATH, BALL = (PRIMITIVES[arithmetic] for arithmetic in Arithmetic)
POINTS = (-30.0, -1.5, -1e-9, 0.0, 1e-9, 0.4, 2.0, 30.0)


@pytest.mark.parametrize("name", ["exp", "sin", "cos", "tanh", "expm1", "erfc", "log", "sqrt", "log1p"])
def test_functions_in_every_arithmetic(name: str) -> None:
    points = [point for point in POINTS if point > 0 or name not in ("log", "sqrt", "log1p")]
    due = [float(getattr(mpmath, name)(point)) for point in points]
    close = pytest.approx(due, rel=1e-15, abs=1e-15)
    assert [FLOAT.functions[name](point) for point in points] == close
    assert ARRAY.functions[name](np.array(points)).tolist() == close
    assert [float(MPMATH.functions[name](mpmath.mpf(point))) for point in points] == close
    assert [float(BALL.functions[name](flint.arb(point))) for point in points] == close


def test_erfc_of_an_array_keeps_its_shape() -> None:
    points = np.array([[-1.0, 0.0], [2.0, math.inf]])
    values = ARRAY.functions["erfc"](points)
    assert values.shape == (2, 2)
    assert values[0, 1] == 1
    assert values[1].tolist() == [math.erfc(2.0), 0.0]
    assert ARRAY.functions["erfc"](np.array([])).shape == (0,)


@pytest.mark.parametrize(
    ("arithmetic", "value", "due"),
    [
        (Arithmetic.FLOAT, Fraction(1, 10), 0.1),
        (Arithmetic.FLOAT, Fraction(-(10**400)), -math.inf),
        (Arithmetic.FLOAT, Fraction(1, 10**400), 0.0),
        (Arithmetic.FLOAT, 10**400, math.inf),
        (Arithmetic.ARRAY, Fraction(1, 10), 0.1),
        (Arithmetic.MPMATH, Fraction(1, 4), mpmath.mpf("0.25")),
        (Arithmetic.MPMATH, mpmath.mpc(1, 2), mpmath.mpc(1, 2)),
        (Arithmetic.BALL, Fraction(1, 10), flint.fmpq(1, 10)),
        (Arithmetic.BALL, 7, flint.fmpq(7)),
        (Arithmetic.BALL, flint.fmpq(1, 3), flint.fmpq(1, 3)),
    ],
)
def test_conversion(arithmetic: Arithmetic, value: Any, due: Any) -> None:
    found = PRIMITIVES[arithmetic].convert(value)
    assert found == due
    assert type(found) is type(due)


def test_a_float_becomes_the_ball_that_is_it() -> None:
    ball = BALL.convert(0.1)
    assert ball.is_exact()
    assert float(ball) == 0.1


@pytest.mark.parametrize(
    ("arithmetic", "value", "finite"),
    [
        (Arithmetic.FLOAT, 1e308, True),
        (Arithmetic.FLOAT, math.nan, False),
        (Arithmetic.ARRAY, np.array([1.0, math.inf]), False),
        (Arithmetic.ARRAY, np.array([1.0, 2.0]), True),
        (Arithmetic.MPMATH, mpmath.mpf("1e70000"), True),
        (Arithmetic.MPMATH, mpmath.mpf("1e80000"), False),
        (Arithmetic.MPMATH, mpmath.mpf("1e-80000"), True),
        (Arithmetic.MPMATH, mpmath.inf, False),
        (Arithmetic.MPMATH, mpmath.mpc(0, math.nan), False),
        (Arithmetic.BALL, flint.arb("1e70000"), True),
        (Arithmetic.BALL, flint.arb("1e80000"), False),
        (Arithmetic.BALL, flint.arb("1e-80000"), True),
        (Arithmetic.BALL, flint.arb("0 +/- 1e80000"), False),
        (Arithmetic.BALL, flint.arb.nan(), False),
        (Arithmetic.BALL, flint.fmpq(1, 3), True),
        (Arithmetic.BALL, flint.fmpq(2) ** (RANGE + 1), False),
    ],
)
def test_what_counts_as_finite(arithmetic: Arithmetic, value: Any, finite: bool) -> None:
    assert PRIMITIVES[arithmetic].is_finite(value) is finite


@pytest.mark.parametrize(
    ("arithmetic", "value", "shown"),
    [
        (Arithmetic.FLOAT, 0.1, "0.1"),
        (Arithmetic.ARRAY, 2.5, "2.5"),
        (Arithmetic.ARRAY, np.array([2.5]), "2.5"),
        (Arithmetic.ARRAY, np.ones((2, 3)), "an array of shape (2, 3)"),
        (Arithmetic.MPMATH, mpmath.mpf("1e5000"), "1.0e+5000"),
        (Arithmetic.BALL, flint.fmpq(1, 8), "0.125000"),
        (Arithmetic.BALL, flint.arb(10) ** 5000, "1.00000e+5000"),
    ],
)
def test_numbers_in_messages(arithmetic: Arithmetic, value: Any, shown: str) -> None:
    assert PRIMITIVES[arithmetic].show(value) == shown


def test_an_array_chooses_element_by_element_and_keeps_nan() -> None:
    choose = ARRAY.functions["choose"]
    found = choose(np.array([1.0, 0.0, -1.0, math.nan]), np.full(4, 7.0), np.full(4, 8.0))
    assert found[:3].tolist() == [7, 8, 8]
    assert math.isnan(found[3])


def test_balls_choose_a_branch_or_both() -> None:
    choose = BALL.functions["choose"]

    def never() -> flint.arb:
        raise AssertionError("this branch does not hold")

    assert choose(flint.arb(1), lambda: 5, never) / 2 == flint.fmpq(5, 2)
    assert choose(flint.arb(0), never, lambda: flint.fmpq(6)) == 6
    both = choose(flint.arb(0, 1), lambda: 5, lambda: flint.fmpq(6))
    assert both.contains(5)
    assert both.contains(6)
    assert choose(flint.arb.nan(), lambda: 5, lambda: 6).is_nan()


@pytest.mark.parametrize(
    ("base", "exponent", "due"),
    [
        (flint.fmpq(2, 3), 2, flint.fmpq(4, 9)),
        (2, 10, flint.fmpq(1024)),
        (flint.fmpq(2, 3), -2, flint.fmpq(9, 4)),
        (flint.arb(4), flint.fmpq(1, 2), flint.arb(2)),
        (flint.arb(-2), flint.fmpq(3), flint.arb(-8)),
        (flint.fmpq(0), flint.fmpq(0), flint.arb(1)),
    ],
)
def test_powers_of_balls(base: Any, exponent: Any, due: Any) -> None:
    found = BALL.functions["power"](base, exponent)
    assert found == due
    assert type(found) is type(due)


def test_exact_numbers_stay_short() -> None:
    short, long = flint.fmpq(1, 2**HEIGHT - 1), flint.fmpq(1, 2 ** (HEIGHT + 1))
    assert bounded(short) == short
    assert bounded(3) / bounded(2) == flint.fmpq(3, 2)
    assert isinstance(bounded(long), flint.arb)
    assert isinstance(BALL.functions["power"](short, 2), flint.arb)


@pytest.mark.parametrize(
    ("name", "argument", "due"),
    [
        ("exp", "-1e30", 0),
        ("exp", "1e30", None),
        ("expm1", "-1e30", -1),
        ("erfc", "1e30", 0),
        ("erfc", "-1e30", 2),
        ("sin", "1e30", None),
        ("tanh", "1e30", 1),
        ("log", "-1", None),
        ("sqrt", "-1", None),
        ("log1p", "-2", None),
    ],
)
def test_mpmath_far_out(name: str, argument: str, due: int | None) -> None:
    started = time.perf_counter()
    found = MPMATH.functions[name](mpmath.mpf(argument))
    assert mpmath.isnan(found) if due is None else found == due
    assert time.perf_counter() - started < 1


def test_mpmath_at_an_exponent_of_millions_of_bits() -> None:
    huge = mpmath.ldexp(1, 10_000_000)
    assert MPMATH.functions["exp"](-huge) == 0
    assert mpmath.isnan(MPMATH.functions["exp"](huge))
    assert mpmath.isnan(MPMATH.functions["power"](mpmath.mpf("1.5"), huge))
    assert mpmath.isnan(MPMATH.functions["power"](mpmath.mpf(-2), mpmath.mpf("0.5")))
    assert mpmath.im(MPMATH.functions["power"](mpmath.mpc(-2, 0), mpmath.mpf("0.5"))) > 1
