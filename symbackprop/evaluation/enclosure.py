"""The list over python-flint balls: an exact rational or a rigorous enclosure of every quantity.

A ball [m ± r] holds the true value. Precision is doubled until what is asked of a value is decided, up to a limit.

Source: F. Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic (2017).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import flint

from symbackprop.evaluation.arithmetic import RANGE, Arithmetic
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
        """Every quantity, leaves too, at a working precision of at least `bits`.

        Raises `EvaluationError` that names a quantity which has no finite enclosure at any precision up to the limit.
        """
        if bits not in self._values:
            exact = dict(zip(self._program.inputs, self._program.arguments(self.given), strict=True))
            self._values[bits] = exact | self._enclosed(bits)
        return self._values[bits]

    def _enclosed(self, bits: int) -> dict[str, Ball]:
        while True:
            with flint.ctx.workprec(bits):
                values = self._program.attempt(self.given)
                if values is not None:
                    return values
                bits *= 4
                if bits > LIMIT:
                    raise self._program.explain(self.given)

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


def whole_power(base: Ball, exponent: int) -> Ball:
    """A power base ** exponent, exponent >= 0, also where the base may be 0, of which python-flint makes no number.

    >>> bool(whole_power(flint.arb(0, 1), 2).contains(1))
    True
    """
    if not isinstance(base, flint.arb) or not base.contains(0):
        return base**exponent
    power, square = flint.arb(1), abs(base) if exponent % 2 == 0 else base
    while exponent:
        exponent, odd = divmod(exponent, 2)
        power = power * square if odd else power
        square = square * square
    return power


def bounds(value: Ball) -> tuple[Fraction, Fraction]:
    """(lowest, highest): exact rationals between which the true value lies.

    >>> bounds(flint.fmpq(1, 4))
    (Fraction(1, 4), Fraction(1, 4))
    """
    if not isinstance(value, flint.arb):
        exact = flint.fmpq(value)
        fraction = Fraction(int(exact.p), int(exact.q))
        return fraction, fraction
    (middle, slack), (radius, more) = _near(value.mid()), _near(value.rad())
    reach = radius + slack + more
    return middle - reach, middle + reach


def _near(value: Any) -> tuple[Fraction, Fraction]:  # noqa: ANN401 - a ball of radius 0
    """(a rational, how far from it `value` may be): exact, but 0 for what would take more than `RANGE` bits."""
    mantissa, exponent = (int(part) for part in value.man_exp())
    if exponent >= 0:
        return Fraction(mantissa << exponent), Fraction(0)
    if exponent + mantissa.bit_length() < -RANGE:
        return Fraction(0), Fraction(1, 1 << RANGE)
    return Fraction(mantissa, 1 << -exponent), Fraction(0)
