from decimal import Decimal
from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.errors import ExpressionError, LimitError
from symbackprop.expressions.numerals import decimal_text, digits_of, fixed_text, fraction_of, last_place, numeral


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Fraction(0)),
        ("0.15", Fraction(3, 20)),
        ("-0.0000", Fraction(0)),
        ("+2", Fraction(2)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("3.5e-12", Fraction(35, 10**13)),
        ("-1E3", Fraction(-1000)),
        ("1e400", Fraction(10**400)),
        ("1e-400", Fraction(1, 10**400)),
        ("0e400", Fraction(0)),
        ("9" * 64, Fraction(10**64 - 1)),
    ],
)
def test_fraction_of_is_exact(text: str, expected: Fraction) -> None:
    assert fraction_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "1_000",
        "0x10",
        "1 ",
        "nan",
        "inf",
        "1.2.3",
        "--1",
        "1/3",
        "٣",
        "½",
        "−1",
        "1\n",
    ],
)
def test_what_is_no_decimal_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(ExpressionError, match="is not a number") as caught:
        fraction_of(text)
    assert "0.15" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1e401", "out of range"),
        ("1e-401", "out of range"),
        ("1e999999999", "out of range"),
        ("1e-999999999", "out of range"),
        ("1e" + "9" * 100, "out of range"),
        ("12e400", "out of range"),
        ("0.1e-400", "out of range"),
        ("9" * 65, "65 digits"),
        ("0." + "0" * 64, "65 digits"),
        ("9" * 1_000_000, "1000000 characters"),
    ],
)
def test_numbers_are_bounded_before_any_conversion(text: str, message: str) -> None:
    begin = perf_counter()
    with pytest.raises(ExpressionError, match=message) as caught:
        fraction_of(text)
    assert perf_counter() - begin < 0.5
    assert len(str(caught.value)) < 300


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_fraction_of_agrees_with_decimal(value: Decimal) -> None:
    assert fraction_of(str(value)) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.4", Fraction(1, 10)),
        ("0.40", Fraction(1, 100)),
        ("12", Fraction(1)),
        ("12.", Fraction(1)),
        ("3.5e-5", Fraction(1, 10**6)),
        ("3.50E2", Fraction(1)),
        ("3e2", Fraction(100)),
    ],
)
def test_last_place_counts_trailing_zeros(text: str, expected: Fraction) -> None:
    assert last_place(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(0), "0"),
        (Fraction(-2), "-2"),
        (Fraction(3, 8), "0.375"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(10**10), "10000000000"),
        (Fraction(-35, 10**13), "-0.0000000000035"),
        (Fraction(1, 2**10), "0.0009765625"),
        (Fraction(1, 5**5), "0.00032"),
        (Fraction(1, 3), None),
        (Fraction(1, 10**12 * 7), None),
    ],
)
def test_decimal_text_is_the_shortest_exact_decimal(value: Fraction, expected: str | None) -> None:
    assert decimal_text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(0), "0"),
        (Fraction(-2), "-2"),
        (Fraction(3, 8), "0.375"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(10**9), "1000000000"),
        (Fraction(10**10), "1e10"),
        (Fraction(-35 * 10**19), "-3.5e20"),
        (Fraction(12345678901234567890), "12345678901234567890"),
        (Fraction(1, 10**9), "0.000000001"),
        (Fraction(1, 10**10), "1e-10"),
        (Fraction(-35, 10**13), "-3.5e-12"),
        (Fraction(int("9" * 60), 10**62), "0.00" + "9" * 60),
        (Fraction(int("9" * 62), 10**65), "9." + "9" * 61 + "e-4"),
        (Fraction(1, 3), None),
        (Fraction(1, 10**12 * 7), None),
    ],
)
def test_numeral_has_an_exponent_where_zeros_would_only_hold_its_place(value: Fraction, expected: str | None) -> None:
    assert numeral(value) == expected


@given(
    sign=st.sampled_from(["", "-"]),
    digits=st.text("0123456789", min_size=1, max_size=64),
    point=st.integers(0, 64),
    exponent=st.integers(-330, 330),
)
def test_every_decimal_that_is_read_is_shown_so_that_it_is_read_again(
    sign: str, digits: str, point: int, exponent: int
) -> None:
    value = fraction_of(f"{sign}{digits[:point]}.{digits[point:]}e{exponent}")
    shown = numeral(value)
    assert shown is not None
    assert fraction_of(shown) == value
    assert Fraction(Decimal(str(decimal_text(value)))) == value


@given(st.integers(), st.integers(0, 30))
def test_fixed_text_has_exactly_the_places_asked_for(scaled: int, places: int) -> None:
    shown = fixed_text(scaled, places)
    assert Fraction(Decimal(shown)) == Fraction(scaled, 10**places)
    assert len(shown.partition(".")[2]) == places


def test_a_number_too_long_to_print_is_a_limit_with_its_name() -> None:
    assert digits_of(-(10**3999)) == "1" + "0" * 3999
    for show in (
        digits_of,
        lambda n: fixed_text(n, 2),
        lambda n: decimal_text(Fraction(n)),
        lambda n: numeral(Fraction(n)),
    ):
        with pytest.raises(LimitError, match="4000 digits"):
            show(10**5000)
