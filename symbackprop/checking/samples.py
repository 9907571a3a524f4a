"""Confirmation: elements are exact rationals, drawn at random for the leaves and the kernels.

Two rational functions that differ agree at a random point with a chance of at most degree/points to draw from
(Schwartz 1980, Zippel 1979); here a value is drawn from more than a million. The draw is the same from run to run.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import flint

from symbackprop.checking.interpretation import Element
from symbackprop.checking.kernels import LARGEST, Kernels
from symbackprop.errors import LimitError

ABOVE, BELOW = 10_000, 200  # largest numerator and denominator that are drawn
HEIGHT = 400_000  # bits of a value


class Samples(Kernels):
    """The rationals, with random ones for `names` and for the kernels; `draw` tells one point from another."""

    def __init__(self, names: tuple[str, ...], parts: Mapping[int, int], draw: int) -> None:
        super().__init__(parts)
        self.random = random.Random(f"symbackprop {draw}")  # noqa: S311 - for points, not for secrets
        self.leaves: dict[str, Any] = {name: self._drawn() * self.random.choice((-1, 1)) for name in names}

    def _drawn(self) -> Any:  # noqa: ANN401 - a flint.fmpq
        return flint.fmpq(self.random.randint(1, ABOVE), self.random.randint(1, BELOW))

    def number(self, value: Fraction) -> Any:  # noqa: ANN401
        """An exact rational."""
        return flint.fmpq(value.numerator, value.denominator)

    def fresh(self, kind: str, argument: Element) -> Any:  # noqa: ANN401
        """A random value of the sign, and on the side of 1, that the kernel has at its argument."""
        drawn = self._drawn()
        if argument.height_bits() > HEIGHT:
            raise LimitError(f"numbers of more than {HEIGHT} bits")
        match kind:
            case "exp":
                return 1 + drawn if argument > 0 else 1 / (1 + drawn)
            case "erf":
                return drawn / (1 + drawn) * (1 if argument > 0 else -1)
            case "log":
                return drawn if argument > 1 else -drawn
            case _:
                return drawn

    def is_zero(self, element: Element) -> bool:
        """Whether an element is 0."""
        return bool(element == 0)

    def ratio(self, one: Element, other: Element) -> Fraction | None:
        """one/other where its parts are small."""
        if other == 0:
            return None
        ratio = flint.fmpq(one) / other
        small = max(abs(ratio.p), ratio.q) <= LARGEST
        return Fraction(int(ratio.p), int(ratio.q)) if small else None

    def relate(self, root: Element, degree: int, base: Element) -> None:
        """Nothing: a root is drawn like any other kernel, and what needs the relation is not confirmed."""

    def positive(self, condition: Element) -> bool:
        """The sign of an element; at a kink the point is no good, which `ZeroDivisionError` says."""
        if condition == 0:
            raise ZeroDivisionError("a kink")
        return bool(condition > 0)
