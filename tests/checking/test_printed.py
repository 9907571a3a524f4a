from __future__ import annotations

from fractions import Fraction

import flint
import pytest

from symbackprop.checking.printed import Printed


@pytest.mark.parametrize(
    ("printed", "exact", "holds", "cuts"),
    [
        ("0.1234", "0.12344", True, True),
        ("0.1234", "0.12345", True, True),
        ("0.1235", "0.12345", True, False),
        ("0.1234", "0.12348", False, True),
        ("0.1234", "0.1235", False, False),
        ("0.1234", "0.1234", True, True),
        ("0.1234", "0.12336", True, False),
        ("0.1234", "0.1233", False, False),
        ("-0.1234", "-0.12348", False, True),
        ("-0.1234", "-0.1235", False, False),
        ("-0.1234", "0.1234", False, False),
        ("0.0000", "-0.00004", True, True),
        ("-0.0000", "0.00004", True, True),
        ("0.0000", "-0.00008", False, True),
        ("0.0000", "0.0001", False, False),
        ("0.40", "0.404", True, True),
        ("0.400", "0.404", False, False),
        ("3.5e-5", "0.00003549", True, True),
        ("1.2e3", "1249", True, True),
        ("12", "12.6", False, True),
    ],
)
def test_an_exact_value(printed: str, exact: str, holds: bool, cuts: bool) -> None:
    value = Fraction(exact)
    ball = flint.fmpq(value.numerator, value.denominator)
    assert Printed.of(printed).holds(ball) is holds
    assert Printed.of(printed).cuts(ball) is cuts


def test_a_ball_on_an_edge_tells_nothing() -> None:
    edge = flint.arb(flint.fmpq(12345, 100000))
    assert Printed.of("0.1234").holds(edge) is None
    assert Printed.of("0.1235").holds(edge) is None
    assert Printed.of("0.1233").holds(edge) is False
    assert Printed.of("0.12335").cuts(flint.arb(flint.fmpq(12336, 100000))) is None


@pytest.mark.parametrize(
    ("low", "high", "follows"),
    [
        ("0.1234", "0.1234", True),
        ("0.12345", "0.12345", True),
        ("0.123455", "0.123455", True),
        ("0.123456", "0.123456", False),
        ("0.123345", "0.123345", True),
        ("0.123344", "0.123344", False),
        ("0.1", "0.2", True),
        ("0.1236", "0.2", False),
    ],
)
def test_double_rounding_is_allowed_for(low: str, high: str, follows: bool) -> None:
    assert Printed.of("0.1234").follows(Fraction(low), Fraction(high)) is follows


def test_the_distance_is_in_units_of_the_last_place() -> None:
    assert Printed.of("0.40").distance(flint.fmpq(43, 100)) == 3
    assert Printed.of("0.400").distance(flint.fmpq(43, 100)) == 30
    assert Printed.of("0.40").distance(flint.arb(0, 1)) is None
