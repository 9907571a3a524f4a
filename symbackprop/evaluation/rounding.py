"""Printed decimals: rounding an enclosure to places or digits, and the working carried as a hand carries it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import flint

from symbackprop.errors import EvaluationError, LimitError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import LIMIT, START, Ball, Enclosures, bounds, run
from symbackprop.evaluation.program import Named, compile_program
from symbackprop.expressions.numerals import decimal_text, fixed_text

DIGITS = 30  # significant digits of a value in JSON
ZEROS = 6  # after the point, up to which a value in JSON is written without an exponent
HAND_BITS = 512
TIGHT = Fraction(1, 2**4096)  # an enclosure that is still wider at the highest precision will not get narrower


def half_up(value: Fraction, places: int) -> int:
    """The whole number nearest to value · 10^places, ties away from zero, as by hand.

    >>> half_up(Fraction("0.24305"), 4), half_up(Fraction("-0.46845"), 4), half_up(Fraction(1250), -2)
    (2431, -4685, 13)
    """
    above, below = abs(value.numerator) * 10 ** max(places, 0), value.denominator * 10 ** max(-places, 0)
    whole: int = (2 * above + below) // (2 * below)
    return -whole if value < 0 else whole


def nearest(value: Ball, places: int) -> int | None:
    """The whole number nearest to value · 10^places, where the enclosure decides it; else None."""
    low, high = bounds(value)
    rounded = half_up(low, places)
    return rounded if low == high or half_up(high, places) == rounded else None


def to_places(enclosures: Enclosures, name: str, places: int) -> str:
    """The value of `name` with exactly `places` decimals; a tie that no precision decides is taken as one.

    Raises `EvaluationError` for a value that cannot be enclosed, `LimitError` for one of more than 4000 digits.
    """
    scaled = enclosures.decide(name, lambda value: nearest(value, places))
    if scaled is None:
        scaled = max((half_up(bound, places) for bound in _tightest(enclosures, name)), key=abs)
    try:
        return fixed_text(scaled, places)
    except LimitError as error:
        raise LimitError(f"{name} is {error.message}") from None


def to_digits(enclosures: Enclosures, name: str, digits: int = DIGITS) -> str:
    """The value of `name` with `digits` significant digits; "0" for zero, and for what no precision tells from zero.

    Raises `EvaluationError` for a value that cannot be enclosed.
    """
    scaled, exponent = _scaled(enclosures, name, digits)
    if scaled == 0:
        return "0"
    places = digits - 1 - exponent
    return fixed_text(scaled, places) if 0 <= places < digits + ZEROS else scientific(scaled, exponent)


def short_scientific(enclosures: Enclosures, name: str, digits: int = 4) -> str:
    """The value of `name` as 5.284e-6, for what is too small to show at fixed places."""
    scaled, exponent = _scaled(enclosures, name, digits)
    return scientific(scaled, exponent) if scaled else "0"


def exact_text(enclosures: Enclosures, name: str, places: int) -> str | None:
    """The exact value of `name`, where it is a decimal with at most `places` places; else None."""
    value = enclosures.at(START)[name]
    if isinstance(value, flint.arb):
        return None
    text = decimal_text(bounds(value)[0])
    return text if text is not None and len(text.partition(".")[2]) <= places else None


def scientific(scaled: int, exponent: int) -> str:
    """d.ddde-5 with the digits of `scaled`.

    >>> scientific(3510, -5)
    '3.510e-5'
    """
    digits = fixed_text(scaled, len(str(abs(scaled))) - 1)
    return f"{digits}e{exponent}" if exponent else digits


def _scaled(enclosures: Enclosures, name: str, digits: int) -> tuple[int, int]:
    """(the first `digits` digits of the value of `name` as a whole number, its power of ten); (0, 0) for zero."""
    found = enclosures.decide(name, lambda value: _significant(value, digits))
    if found is None:
        _tightest(enclosures, name)
    return found or (0, 0)


def _significant(value: Ball, digits: int) -> tuple[int, int] | None:
    low, high = bounds(value)
    if low <= 0 <= high:
        return (0, 0) if low == high else None
    exponent = max(_exponent(abs(low)), _exponent(abs(high)))
    scaled = half_up(low, digits - 1 - exponent)
    if half_up(high, digits - 1 - exponent) != scaled:
        return None
    return (scaled // 10, exponent + 1) if abs(scaled) == 10**digits else (scaled, exponent)


def _exponent(value: Fraction) -> int:
    """The power of ten of the first digit of a positive number.

    >>> _exponent(Fraction(999, 1000)), _exponent(Fraction(1000))
    (-1, 3)
    """
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    guess = math.floor((bits + 1) * math.log10(2))
    while value < Fraction(10) ** guess:
        guess -= 1
    return guess


def _tightest(enclosures: Enclosures, name: str) -> tuple[Fraction, Fraction]:
    low, high = bounds(enclosures.at(LIMIT)[name])
    if high - low > TIGHT:
        raise EvaluationError(
            f"the value of {name} cannot be enclosed",
            hint="relu, abs, max and the like have a kink; it may rest on one whose argument is 0, or nearly so",
        )
    return low, high


def carried(
    definitions: Sequence[Named],
    given: Mapping[str, Fraction],
    settle: Callable[[str, Fraction], Fraction],
) -> dict[str, Fraction]:
    """Every quantity as a hand carries it: `settle(name, value)` is what stands for a value in the next steps.

    Arguments: `settle` is given the middle of an enclosure of 512 bits, which no printed decimal can tell from the
    value itself. Raises `EvaluationError` that names a quantity without a finite value.
    """
    values: dict[str, Fraction] = {}

    def taken(name: str, value: Ball) -> Ball:
        low, high = bounds(value)
        values[name] = settle(name, (low + high) / 2)
        return flint.fmpq(values[name].numerator, values[name].denominator)

    names = tuple(definition.name for definition in definitions)
    program = compile_program(definitions, tuple(given), names, Arithmetic.BALL, settle=taken)
    run(program, given, HAND_BITS)
    return values


def by_hand(definitions: Sequence[Named], given: Mapping[str, Fraction], decimals: int) -> dict[str, Fraction]:
    """Every quantity with the working rounded to `decimals` places, ties away from zero, at every step.

    >>> from symbackprop.network.graph import Definition
    >>> from symbackprop.expressions.tree import multiply, symbol
    >>> square = Definition("b", multiply([symbol("a"), symbol("a")]))
    >>> by_hand([square], {"a": Fraction("0.15")}, 2)
    {'b': Fraction(1, 50)}
    """
    unit = 10**decimals
    return carried(definitions, given, lambda _, value: Fraction(half_up(value, decimals), unit))
