"""Gradients against differences of the cost in 50-digit arithmetic: central ones, and the complex step.

    (C(x + h) - C(x - h))/2h        Im C(x + ih)/h

The cost is evaluated from the graph's definitions alone. To differentiate by a quantity that is defined, a shift is
added to its definition.

Source: W. Squire, G. Trapp, Using complex variables to estimate derivatives of real functions (1998).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import compile_program
from symbackprop.expressions.tree import add, symbol, symbols_of, walk
from symbackprop.network.graph import Graph

ROUTE = "differences"
DIGITS = (50, 100)  # a disagreement at the first is looked at again with the second
FALL = mpmath.mpf(10) ** -15  # of a gap, that comes of an h which falls by more
EVALUATIONS = 4  # of the cost, for one gradient
BUDGET = 1_500_000  # operations, in all evaluations together

Number = Any
"""An mpmath number."""


@dataclass(frozen=True, slots=True)
class _Shifted:
    """A definition with a shift added, by which it is differentiated."""

    name: str
    expression: sp.Expr
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Why a claimed gradient and the differences do not agree, if so, and the gap to each that is too far away.

    Without gaps differences are of no use here.
    """

    reason: str = ""
    gaps: tuple[Number, ...] = ()


class Differences:
    """The costs `of` of a graph as functions of everything, at `given` values.

    `affordable` is the number of gradients that can be looked at within the budget.
    """

    def __init__(self, graph: Graph, given: Mapping[str, Fraction], of: Sequence[str]) -> None:
        self._leaves = frozenset(graph.leaves)
        self._at: dict[str, Fraction] = {name: given[name] for name in graph.leaves}
        shifted = []
        for definition in graph.needed(of):
            shift = _shift(definition.name)
            self._at[shift] = Fraction(0)
            expression = add([definition.expression, symbol(shift)])
            shifted.append(_Shifted(definition.name, expression, symbols_of(expression)))
        self._numbers: dict[int, dict[str, Number]] = {}
        self._program = compile_program(shifted, tuple(self._at), tuple(of), Arithmetic.MPMATH)
        self.affordable = BUDGET // (EVALUATIONS * sum(1 for step in shifted for _ in walk(step.expression)))

    def check(self, of: str, by: str, claimed: Callable[[int], Number]) -> Finding:
        """Whether the gradient d(of)/d(by) has the value `claimed(digits)`, as far as differences tell.

        A gap that is a fault stays as it is when the digits are doubled; one that comes of the size of h, or of
        rounding, falls with them.
        """
        before: tuple[Number, ...] = ()
        finding = Finding(ROUTE, Verdict.UNDECIDED)
        for digits in DIGITS:
            try:
                with mpmath.workdps(digits):
                    found = self._compared(of, by, claimed(digits), digits)
            except EvaluationError as error:
                finding = Finding(ROUTE, Verdict.UNDECIDED, reason=error.message)
                continue
            fallen = (
                before and found.gaps and all(gap <= FALL * old for gap, old in zip(found.gaps, before, strict=True))
            )
            if not found.reason or fallen:
                return Finding(ROUTE, Verdict.CONFIRMED, 1)
            stays = any(0 < old < 2 * gap for gap, old in zip(found.gaps, before, strict=False))
            finding = Finding(ROUTE, Verdict.REFUTED if stays else Verdict.UNDECIDED, reason=found.reason)
            before = found.gaps
        return finding

    def _compared(self, of: str, by: str, claimed: Number, digits: int) -> _Comparison:
        # The central difference lies between the one-sided slopes, which a function without a kink brings together as
        # h·C'': so far off it may be. Half the digits of the cost are allowed besides, for rounding and cancellation.
        h, tolerance = mpmath.mpf(10) ** (-digits // 3), mpmath.mpf(10) ** (-digits // 2)
        right, centre, left = (self._cost(of, by, shift) for shift in (h, mpmath.mpf(0), -h))
        scale, bend = abs(claimed) + abs(centre), abs(right - 2 * centre + left) / h
        if bend > mpmath.sqrt(tolerance) * scale and self._kink(of, by, h):
            return _Comparison(f"a kink: left and right differences by {by} disagree")
        small = mpmath.mpf(10) ** -digits
        if 0 < abs(claimed) < 4 * small * scale:
            return _Comparison("the gradient is too small beside the cost")
        # The complex step subtracts nothing, its h = 10^-d makes an error of h². mpmath's complex functions are
        # accurate beside the modulus, from which the imaginary part is d digits away: twice the digits are needed.
        with mpmath.workdps(2 * digits):
            slope = mpmath.im(self._cost(of, by, mpmath.mpc(0, small))) / small
        compared = (
            ("central difference", (right - left) / (2 * h), tolerance * scale + bend),
            ("complex step", slope, tolerance * abs(claimed) + small * scale),
        )
        reason, gaps = "", []
        for name, found, bound in compared:
            gap = abs(found - claimed)
            gaps.append(gap if gap > bound else 0)
            if gap > bound:
                reason = f"{mpmath.nstr(claimed, 12)} instead of {mpmath.nstr(found, 12)} by {name}"
        return _Comparison(reason, tuple(gaps))

    def _kink(self, of: str, by: str, h: Number) -> bool:
        """Whether the one-sided slopes differ as much at a sixteenth of h: smooth ones come together with h."""
        gaps = []
        for step in (h, h / 16):
            right, centre, left = (self._cost(of, by, shift) for shift in (step, mpmath.mpf(0), -step))
            gaps.append(abs(right - 2 * centre + left) / step)
        return bool(gaps[1] > gaps[0] / 4)

    def _cost(self, of: str, by: str, shift: Number) -> Number:
        precision = mpmath.mp.prec
        if precision not in self._numbers:
            self._numbers[precision] = {name: mpmath.mpf(v.numerator) / v.denominator for name, v in self._at.items()}
        at = self._numbers[precision]
        moved = by if by in self._leaves else _shift(by)
        return self._program({**at, moved: at[moved] + shift} if moved in at else at)[of]


def _shift(name: str) -> str:
    return f"shift of {name}"
