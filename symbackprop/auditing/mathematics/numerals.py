"""A number as it is printed: its value and the unit of its last place, both exact and bounded."""

from __future__ import annotations

import re
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Number

DIGITS = 64
EXPONENT = 400
MACHINE = 15  # significant digits from which on a number is one that a program prints whole, with what it is off by
PRECISE = 14  # digits of such a number that tell
FINEST = -15  # the last place that tells, as a power of ten: 5.551115123125783e-17 may be 0

_PARTS = re.compile(r"([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")


def number(text: str, written: str, span: Span, exponent: int = 0) -> Number | str:
    """The number with the digits `text` times 10^exponent, or why it cannot be taken.

    `written` is what stands in the document. Of a number with all the digits of a machine the last ones tell nothing.

    >>> taken = number("0.40", "0.40", Span(0, 4))
    >>> (taken.value, taken.unit) == (Fraction(2, 5), Fraction(1, 100))
    True
    >>> number("0.30000000000000004", "", Span(0, 19)).unit == Fraction(1, 10**14)
    True
    """
    found = _PARTS.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return f"{text[:20]!r} is no number"
    whole, decimals, power = found[1], found[2] or "", found[3] or "0"
    if len(whole) + len(decimals) > DIGITS:
        return f"a number of more than {DIGITS} digits"
    if len(power) > 5 or abs(exponent := exponent + int(power)) > EXPONENT:
        return f"an exponent beyond {EXPONENT}"
    unit = Fraction(10) ** (exponent - len(decimals))
    digits = len((whole + decimals).lstrip("0"))
    told = max(exponent - len(decimals) + digits - PRECISE, FINEST) if digits >= MACHINE else exponent - len(decimals)
    return Number(written, int(whole + decimals) * unit, max(unit, Fraction(10) ** told), span)
