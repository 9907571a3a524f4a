"""A printed number: the values that it may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symbackprop.evaluation.enclosure import Ball, bounds
from symbackprop.expressions.numerals import fraction_of, last_place

DOUBLE_ROUNDING = Fraction(55, 100)  # of the last place: 0.123449 is 0.1235 by way of 0.12345
FINE = Fraction(1, 1000)  # of the last place: how closely a distance is told


@dataclass(frozen=True, slots=True)
class Printed:
    """The number v, the unit of its last place u: it stands for [v - u/2, v + u/2].

    >>> Printed.of("0.40")
    Printed(value=Fraction(2, 5), unit=Fraction(1, 100))
    """

    value: Fraction
    unit: Fraction

    @classmethod
    def of(cls, text: str) -> Printed:
        """The number that is printed as `text`; trailing zeros count."""
        return cls(fraction_of(text), last_place(text))

    def holds(self, ball: Ball) -> bool | None:
        """Whether what `ball` encloses rounds to the number, ties either way; None where it does not tell."""
        low, high = bounds(ball)
        lowest, highest = self.value - self.unit / 2, self.value + self.unit / 2
        if lowest <= low and high <= highest:
            return True
        return False if high < lowest or highest < low else None

    def cuts(self, ball: Ball) -> bool | None:
        """Whether the number is what `ball` encloses, cut off after the last place; None where it does not tell."""
        low, high = bounds(ball)
        if self.value < 0 or (self.value == 0 and low < 0):
            low, high = -high, -low
        first, next_one = abs(self.value), abs(self.value) + self.unit
        if first <= low and high < next_one:
            return True
        return False if high < first or next_one <= low else None

    def follows(self, low: Fraction, high: Fraction) -> bool:
        """Whether some number from `low` to `high` rounds to the printed one, perhaps by way of one more place."""
        reach = DOUBLE_ROUNDING * self.unit
        return low <= self.value + reach and self.value - reach <= high

    def distance(self, ball: Ball) -> Fraction | None:
        """How far the enclosed value is away, in units of the last place; None where the ball is too wide."""
        low, high = bounds(ball)
        return abs((low + high) / 2 - self.value) / self.unit if high - low <= FINE * self.unit else None
