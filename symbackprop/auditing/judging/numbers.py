"""Printed numbers as they stand in a document: their sign, what they may stand for, how the right one is written."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Entries, Negative, Node, Number, Transpose, walk
from symbackprop.auditing.values import Grid, Value, between
from symbackprop.evaluation.enclosure import Ball, bounds
from symbackprop.evaluation.rounding import half_up
from symbackprop.expressions.numerals import fixed_text

DOUBLE_ROUNDING = Fraction(55, 100)  # of the last place: 0.123449 is 0.1235 by way of 0.12345

WIDEST = 5  # units of the last place: where rounding alone moves a number further, that it fits says little
BEYOND = "numbers beyond 1e60, or printed more finely than 1e-60, are not judged"
EXTREME = Fraction(10**60)  # the largest number, and one over the smallest last place
DIGITS_OF_A_BIT = 0.30103
HALFWAY = Fraction(499, 1000)  # of the last place
TIGHT = 10**12  # parts of the last place: an enclosure that is narrower is of one value
CUT_OFF = Fraction(999_999, 1_000_000)  # 0.1239 is 0.123 if it is cut off, 0.124 is not


@dataclass(frozen=True, slots=True)
class Signed:
    """A printed number with its sign: its value, the unit of its last place, and where it stands."""

    value: Fraction
    unit: Fraction
    span: Span
    number: Number
    negative: bool = False

    def holds(self, exact: Ball) -> bool | None:
        """Whether what a ball encloses rounds to the number, ties either way; None where it does not tell."""
        low, high = bounds(exact)
        lowest, highest = self.value - self.unit / 2, self.value + self.unit / 2
        if lowest <= low and high <= highest:
            return True
        return False if high < lowest or highest < low else None

    def cuts(self, exact: Ball) -> bool:
        """Whether the number is what a ball encloses, cut off after the last place."""
        low, high = bounds(exact)
        if self.value < 0 or (self.value == 0 and low < 0):
            low, high = -high, -low
        return abs(self.value) <= low and high < abs(self.value) + self.unit

    @property
    def stands(self) -> tuple[Fraction, Fraction]:
        """[lowest, highest] of what may be printed so."""
        return stands(self.value, self.unit)

    @property
    def ball(self) -> Ball:
        """The same as a ball."""
        return between(*self.stands)

    @property
    def text(self) -> str:
        """The number as it is printed, its sign before it."""
        return ("-" if self.negative else "") + self.number.text

    @property
    def significant(self) -> int:
        """How many significant digits the number has."""
        return len(str(abs(int(self.value / self.unit)))) if self.value else 1

    @property
    def places(self) -> int:
        """The digits after the point."""
        places, unit = 0, self.unit
        while unit < 1:
            unit, places = unit * 10, places + 1
        return places


def stands(value: Fraction, unit: Fraction) -> tuple[Fraction, Fraction]:
    """[lowest, highest] of what may be printed as `value`: rounded, perhaps by way of one more place, or cut off.

    Cut off, a zero may have been of either sign.

    >>> low, high = stands(Fraction("0.12"), Fraction("0.01"))
    >>> low < Fraction("0.115") and Fraction("0.1299") < high < Fraction("0.13")
    True
    """
    reach, cut = DOUBLE_ROUNDING * unit, CUT_OFF * unit
    return value - (reach if value > 0 else cut), value + (reach if value < 0 else cut)


def shortened(value: Fraction, unit: Fraction) -> tuple[Fraction, Fraction]:
    """[lowest, highest] of what is given and put in as `value`; to a single digit nobody rounds what lies halfway.

    >>> shortened(Fraction("0.12"), Fraction("0.01"))
    (Fraction(23, 200), Fraction(1, 8))
    >>> low, _ = shortened(Fraction("0.1"), Fraction("0.1"))
    >>> low > Fraction("0.05")
    True
    """
    half = unit / 2 if abs(value) >= 10 * unit else HALFWAY * unit
    return value - half, value + half


def signed(node: Node) -> Signed | None:
    """The number that `node` is, with the sign before it; None where it is more or less than that."""
    match node:
        case Number():
            return Signed(node.value, node.unit, node.span, node)
        case Negative(Number() as number):
            return Signed(-number.value, number.unit, node.span, number, negative=True)
    return None


def results(node: Node) -> tuple[tuple[Signed, ...], ...] | None:
    """The printed numbers of a result, row by row; None where it is no number and no list of numbers."""
    one = signed(node)
    if one is not None:
        return ((one,),)
    if isinstance(node, Transpose):
        turned = results(node.operand) if isinstance(node.operand, Entries) else None
        return tuple(zip(*turned, strict=True)) if turned and len({*map(len, turned)}) == 1 else None
    if isinstance(node, Entries):
        rows = [_row(row) for row in node.rows]
        if rows and all(rows):
            opened = [row for row in rows if row is not None]
            if len(opened) == 1 and all(isinstance(entry, Entries) for entry in node.rows[0]):
                nested = [results(entry) for entry in node.rows[0]]
                return tuple(inner[0] for inner in nested if inner is not None)
            return tuple(opened)
    return None


def is_extreme(node: Node) -> bool:
    """Whether a number stands in `node` that is too large, or too finely printed, to be one of a worked example."""
    numbers = [part for part in walk(node) if isinstance(part, Number)]
    return any(number.value > EXTREME or number.unit * EXTREME < 1 for number in numbers)


def is_result(node: Node) -> bool:
    """Whether `node` is a printed number or a list of them."""
    return results(node) is not None


def _row(row: tuple[Node, ...]) -> tuple[Signed, ...] | None:
    found: list[Signed] = []
    for entry in row:
        one = signed(entry)
        inner = results(entry) if one is None and isinstance(entry, Entries) else None
        if one is None and (inner is None or len(inner) != 1):
            return None
        found += [one] if one is not None else list(inner[0] if inner else ())
    return tuple(found) or None


def as_written(value: Ball, like: Signed) -> str:
    """A value with as many places as `like` has, with the mark that its author uses for a minus."""
    low, high = bounds(value)
    places = 0 if like.unit > 1 else like.places
    one = high - low < like.unit / TIGHT  # of a tie, its enclosure has ends on both sides
    rounded = max((half_up(end, places) for end in (low, high)), key=abs) if one else half_up((low + high) / 2, places)
    text = fixed_text(rounded, places)
    if like.number.text.startswith("."):
        text = text.replace("0.", ".", 1)
    return text


def digits(value: Ball, count: int = 30) -> str:
    """The value of a ball to `count` significant digits, or as many as are known."""
    if value is None:
        return ""
    count = max(1, min(count, int(value.rel_accuracy_bits() * DIGITS_OF_A_BIT)))
    mantissa, mark, exponent = str(value.mid().str(count, radius=False)).partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + mark + exponent


def places_for(value: Fraction, significant: int) -> int:
    """The decimals at which a number has so many significant digits.

    >>> places_for(Fraction("0.01234"), 3), places_for(Fraction(250), 2)
    (4, -1)
    """
    return significant - 1 - math.floor(math.log10(abs(value)))


def shortly(value: Value) -> str:
    """A value for a message, to some ten digits."""
    return "a matrix" if isinstance(value, Grid) else digits(value, 10)


def hull(values: Iterator[Ball] | list[Ball]) -> Ball:
    """The smallest ball that holds all of `values`."""
    first, *others = values
    for other in others:
        first = first.union(other)
    return first
