"""Printed decimals: rounding an enclosure to places or digits, and the working carried as a hand carries it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import flint

from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import LIMIT, Ball, Enclosures, bounds, run
from symbackprop.evaluation.program import Named, compile_program
from symbackprop.expressions.numerals import decimal_text, fixed_text

DIGITS = 30  # significant digits of a value in JSON
HAND_BITS = 512


def half_up(value: Fraction, places: int) -> int:
    """value · 10^places to the nearest whole number, ties away from zero, as by hand.

    >>> half_up(Fraction("0.24305"), 4), half_up(Fraction("-0.46845"), 4)
    (2431, -4685)
    """
    scaled = value * 10**places
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return -whole if scaled < 0 else whole


def nearest(value: Ball, places: int) -> int | None:
    """value · 10^places to the nearest whole number, where the enclosure decides it; else None."""
    low, high = bounds(value)
    rounded = half_up(low, places)
    return rounded if low == high or half_up(high, places) == rounded else None


def to_places(enclosures: Enclosures, name: str, places: int) -> str:
    """The value of `name` with exactly `places` decimals; a tie that no precision decides is taken as one."""
    scaled = enclosures.decide(name, lambda value: nearest(value, places))
    if scaled is None:
        scaled = half_up(_middle(enclosures, name), places)
    return fixed_text(scaled, places)


def to_digits(enclosures: Enclosures, name: str, digits: int = DIGITS) -> str:
    """The value of `name` with `digits` significant digits; "0" for zero, and for what no precision tells from zero."""
    text = enclosures.decide(name, lambda value: _significant(value, digits))
    return text if text is not None else "0"


def exact_text(enclosures: Enclosures, name: str, places: int) -> str | None:
    """The exact value of `name`, where it is a decimal with at most `places` places; else None."""
    value = enclosures.at(192)[name]
    if isinstance(value, flint.arb):
        return None
    text = decimal_text(bounds(value)[0])
    return text if text is not None and len(text.partition(".")[2]) <= places else None


def _middle(enclosures: Enclosures, name: str) -> Fraction:
    low, high = bounds(enclosures.at(LIMIT)[name])
    return (low + high) / 2


def _significant(value: Ball, digits: int) -> str | None:
    low, high = bounds(value)
    if low == high == 0:
        return "0"
    if low <= 0 <= high:
        return None
    exponent = max(_exponent(abs(low)), _exponent(abs(high)))
    places = digits - 1 - exponent
    scaled = half_up(low, places)
    if half_up(high, places) != scaled:
        return None
    if abs(scaled) == 10**digits:
        scaled, places = scaled // 10, places - 1
    if 0 <= places <= digits + 5:
        return fixed_text(scaled, places)
    return scientific(scaled, digits - 1 - places)


def _exponent(value: Fraction) -> int:
    """The power of ten of the first digit."""
    guess = len(str(value.numerator)) - len(str(value.denominator))
    return guess if value >= Fraction(10) ** guess else guess - 1


def scientific(scaled: int, exponent: int) -> str:
    """d.ddde-5 with the digits of `scaled`.

    >>> scientific(3510, -5)
    '3.510e-5'
    """
    digits = fixed_text(scaled, len(str(abs(scaled))) - 1)
    return f"{digits}e{exponent}" if exponent else digits


def short_scientific(enclosures: Enclosures, name: str, digits: int = 4) -> str:
    """The value of `name` as 5.284e-6, for what is too small to show at fixed places."""
    text = enclosures.decide(name, lambda value: _significant_scientific(value, digits))
    return text if text is not None else "0"


def _significant_scientific(value: Ball, digits: int) -> str | None:
    low, high = bounds(value)
    if low <= 0 <= high:
        return "0" if low == high else None
    exponent = _exponent(abs(low))
    scaled = half_up(low, digits - 1 - exponent)
    if half_up(high, digits - 1 - exponent) != scaled:
        return None
    if abs(scaled) == 10**digits:
        scaled, exponent = scaled // 10, exponent + 1
    return scientific(scaled, exponent)


def carried(
    definitions: Sequence[Named],
    given: Mapping[str, Fraction],
    settle: Callable[[str, Fraction], Fraction],
) -> dict[str, Fraction]:
    """Every quantity as a hand carries it: `settle(name, value)` is what stands for a value in the next steps.

    Arguments: `settle` is given the middle of an enclosure of 512 bits, which no printed decimal can tell from the
    value itself.
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
