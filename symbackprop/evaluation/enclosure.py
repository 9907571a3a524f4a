"""The list over python-flint balls: an exact rational or a rigorous enclosure of every quantity.

A ball [m ± r] holds the true value. Precision is doubled until what is asked of a value is decided, up to a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import flint

from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import Named, Program, compile_program

START, LIMIT = 192, 24_576  # bits

Answer = TypeVar("Answer")

Ball = Any
"""An exact `flint.fmpq`, or a `flint.arb`."""


class Enclosures:
    """The values of `definitions` at exact `given` numbers, enclosed as tightly as is asked for."""

    def __init__(self, definitions: Sequence[Named], given: Mapping[str, Fraction]) -> None:
        self.given = given
        names = tuple(definition.name for definition in definitions)
        self._program = compile_program(definitions, tuple(given), names, Arithmetic.BALL)
        self._values: dict[int, dict[str, Ball]] = {}

    def at(self, bits: int) -> Mapping[str, Ball]:
        """Every quantity, leaves too, at a working precision of `bits`.

        Raises `EvaluationError` that names a quantity which is not finite at any precision up to the limit.
        """
        while bits not in self._values:
            try:
                self._values[bits] = self.given_balls() | run(self._program, self.given, bits)
            except EvaluationError:
                if bits * 4 > LIMIT:
                    raise
                self._values[bits] = dict(self.at(bits * 4))
        return self._values[bits]

    def given_balls(self) -> dict[str, Ball]:
        """The given numbers, exact."""
        return {name: flint.fmpq(value.numerator, value.denominator) for name, value in self.given.items()}

    def decide(self, name: str, question: Callable[[Ball], Answer | None]) -> Answer | None:
        """What `question` answers for the value of `name`, asked at growing precision; None where it never answers."""
        bits = START
        while bits <= LIMIT:
            value = self.at(bits)[name]
            answer = question(value)
            if answer is not None or not isinstance(value, flint.arb):
                return answer
            bits *= 2
        return None


def run(program: Program, values: Mapping[str, Any], bits: int) -> dict[str, Ball]:
    """The outputs of a ball program at a working precision of `bits`."""
    with flint.ctx.workprec(bits):
        return program(values)


def bounds(value: Ball) -> tuple[Fraction, Fraction]:
    """(lowest, highest): exact rationals between which the true value lies.

    >>> bounds(flint.fmpq(1, 4))
    (Fraction(1, 4), Fraction(1, 4))
    """
    if not isinstance(value, flint.arb):
        exact = flint.fmpq(value)
        fraction = Fraction(int(exact.p), int(exact.q))
        return fraction, fraction
    middle, radius = _exact(value.mid()), _exact(value.rad())
    return middle - radius, middle + radius


def _exact(value: Any) -> Fraction:  # noqa: ANN401 - a ball of radius 0
    mantissa, exponent = (int(part) for part in value.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent
