"""Decimals as they are written: text <-> exact rational numbers, bounded before any conversion."""

from __future__ import annotations

import re
from fractions import Fraction

from symbackprop.errors import ExpressionError, LimitError

DIGITS = 64  # of one number
EXPONENT = 400  # of one number: 1e-400 to 1e400
PRINTED = 4000  # digits of one printed number
ZEROS = 9  # that only hold a place: with more of them a number is shown with an exponent, 1e-12

_NUMERAL = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d*)(?:\.(?P<places>\d*))?(?:[eE](?P<exponent>[+-]?\d+))?", re.ASCII)


def fraction_of(text: str) -> Fraction:
    """The exact value of a decimal numeral.

    Raises `ExpressionError` for what is no finite decimal, has over 64 digits or an exponent beyond ±400.

    >>> fraction_of("0.15"), fraction_of("-1e-3")
    (Fraction(3, 20), Fraction(-1, 1000))
    """
    match = _NUMERAL.fullmatch(text) if len(text) <= 2 * DIGITS else None
    if match is None or not (match["whole"] or match["places"]):
        if len(text) > 2 * DIGITS:
            raise ExpressionError(f"a number of {len(text)} characters", hint=f"at most {DIGITS} digits are read")
        raise ExpressionError(f"{text!r} is not a number", hint="a finite decimal such as 0.15, -2 or 1e-3 is expected")
    digits = match["whole"] + (match["places"] or "")
    exponent = match["exponent"] or "0"
    if len(digits) > DIGITS:
        raise ExpressionError(f"a number of {len(digits)} digits", hint=f"at most {DIGITS} digits are read")
    if len(exponent) > 6 or max(abs(int(exponent)), abs(_magnitude(digits, match["whole"], exponent))) > EXPONENT:
        raise ExpressionError(f"the number {text} is out of range", hint=f"exponents from -{EXPONENT} to {EXPONENT}")
    shift = int(exponent) - len(match["places"] or "")
    value = Fraction(int(digits) * 10 ** max(shift, 0), 10 ** max(-shift, 0))
    return -value if match["sign"] == "-" else value


def _magnitude(digits: str, whole: str, exponent: str) -> int:
    """The power of ten of the first digit that is not 0."""
    zeros = len(digits) - len(digits.lstrip("0"))
    return int(exponent) + len(whole) - 1 - zeros if zeros < len(digits) else 0


def last_place(text: str) -> Fraction:
    """The unit of the last printed place, u: trailing zeros count.

    >>> last_place("0.4"), last_place("0.40"), last_place("3.5e-5")
    (Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000000))
    """
    fraction_of(text)
    match = _NUMERAL.fullmatch(text)
    assert match is not None
    shift = int(match["exponent"] or "0") - len(match["places"] or "")
    return Fraction(10 ** max(shift, 0), 10 ** max(-shift, 0))


def decimal_text(value: Fraction) -> str | None:
    """The shortest exact decimal of `value`, or None for one that does not end.

    >>> decimal_text(Fraction(3, 8)), decimal_text(Fraction(-2)), decimal_text(Fraction(1, 3))
    ('0.375', '-2', None)
    """
    places = _places(value.denominator)
    return None if places is None else fixed_text(value.numerator * 10**places // value.denominator, places)


def numeral(value: Fraction) -> str | None:
    """The decimal of `value` as it is written in a formula: with an exponent where zeros would only hold its place.

    >>> numeral(Fraction(3, 8)), numeral(Fraction(35, 10**13)), numeral(Fraction(1, 3))
    ('0.375', '3.5e-12', None)
    """
    places = _places(value.denominator)
    if places is None:
        return None
    scaled = value.numerator * 10**places // value.denominator
    digits = digits_of(scaled)
    kept = digits.rstrip("0")
    padding = max(places - len(digits) + 1, 0) if places else len(digits) - len(kept)
    if padding <= ZEROS and max(len(digits), places + 1) <= DIGITS:
        return fixed_text(scaled, places)
    sign, fraction = "-" if scaled < 0 else "", "." + kept[1:] if kept[1:] else ""
    return f"{sign}{kept[0]}{fraction}e{len(digits) - 1 - places}"


def _places(denominator: int) -> int | None:
    """The places after the point of a fraction with this denominator, None where its decimal does not end."""
    rest = denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def fixed_text(scaled: int, places: int) -> str:
    """The decimal scaled / 10**places, with exactly `places` digits after the point.

    >>> fixed_text(-5, 3), fixed_text(120, 1)
    ('-0.005', '12.0')
    """
    digits = digits_of(scaled).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def digits_of(value: int) -> str:
    """The digits of |value|.

    Raises `LimitError` for more than 4000 of them.

    >>> digits_of(-120)
    '120'
    """
    if value.bit_length() > PRINTED * 10 // 3:
        raise LimitError(f"a number of more than {PRINTED} digits cannot be shown")
    return str(abs(value))
