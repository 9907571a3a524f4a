"""Refutation and evaluation: elements are balls that enclose the true value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import flint

from symbackprop.checking.interpretation import Element
from symbackprop.evaluation.enclosure import whole_power


class Balls:
    """Real numbers as enclosures at the working precision of `flint.ctx`; what is undefined is no finite ball."""

    def number(self, value: Fraction) -> Any:  # noqa: ANN401 - a flint.arb
        """An exact rational, enclosed."""
        return flint.arb(flint.fmpq(value.numerator, value.denominator))

    def constant(self, name: str) -> Any:  # noqa: ANN401
        """The number pi."""
        return getattr(flint.arb, name)()

    def apply(self, function: str, argument: Element) -> Any:  # noqa: ANN401
        """exp, log, sin, cos, tanh or erf of an element."""
        return getattr(argument, function)()

    def power(self, base: Element, exponent: int) -> Any:  # noqa: ANN401
        """The whole power base ** exponent."""
        return whole_power(base, exponent)

    def root(self, base: Element, exponent: Fraction) -> Any:  # noqa: ANN401
        """The power base ** exponent."""
        return base ** self.number(exponent)

    def positive(self, condition: Element) -> bool | None:
        """The sign of an element, where the ball decides it."""
        if condition > 0:
            return True
        return False if condition <= 0 else None

    def join(self, one: Element, other: Element) -> Any:  # noqa: ANN401
        """A ball that holds both."""
        return one.union(other)
