"""What a hand may have carried: the values of a list when rounded numbers go into the next step.

A hand goes on with the number that it printed, with the one that a calculator still shows, or with the exact value:
with something between the exact value and what rounds to the printed one. What is not printed may have been rounded to
the document's decimals, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Protocol

import flint
import sympy as sp

from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation, needed
from symbackprop.checking.printed import Printed
from symbackprop.errors import EvaluationError
from symbackprop.evaluation.enclosure import Ball, Enclosures, bounds
from symbackprop.evaluation.program import Named
from symbackprop.evaluation.rounding import carried, half_up
from symbackprop.expressions.names import updated
from symbackprop.network.problem import Problem

BITS = 512


@dataclass(frozen=True, slots=True)
class Place:
    """A list of steps, the derivation's own or that of the partial `pair`, after so many updates."""

    pair: tuple[str, str] | None
    after: int


def _half_even(value: Fraction, places: int) -> int:
    whole: int = round(value * 10**places)
    return whole


def _rounded(rounding: Callable[[Fraction, int], int], decimals: int, value: Fraction) -> Fraction:
    return Fraction(rounding(value, decimals), 10**decimals)


ROUNDINGS = (half_up, _half_even)


class Document(Protocol):
    """What a working by hand is made from."""

    problem: Problem

    def steps(self, place: Place) -> Sequence[Named]:
        """The steps of a list."""

    def exact(self, place: Place) -> Enclosures:
        """Their exact values."""

    def kept(self, after: int, name: str) -> Sequence[Printed]:
        """The numbers that are printed for a quantity and not wrong: those that a hand goes on with."""


@dataclass(slots=True)
class Working:
    """One pass through a list by hand: what each quantity comes to, and what the next steps may go on with.

    What is missing in `come_to` cannot be enclosed: the working divides by what may be 0, say.
    """

    come_to: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    carried: dict[str, Ball] = field(default_factory=dict)


class Hand:
    """The workings of a document by hand, each made when it is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.trained = document.problem.trained_parameters()
        self._workings: dict[Place, Working] = {}

    def comes_to(self, place: Place, name: str) -> tuple[Fraction, Fraction] | None:
        """(lowest, highest) of what a quantity comes to from the numbers before it; None where no bound is had."""
        return self._working(place).come_to.get(name)

    def _working(self, place: Place) -> Working:
        """The working; while it is made, what there is of it: a printed number is judged by what stands before it."""
        if place not in self._workings:
            working = self._workings[place] = Working()
            with flint.ctx.workprec(BITS):
                self._start(working, place)
                exact = self.document.exact(place).at(BITS)
                for step in self.document.steps(place):
                    self._go_on(working, step, exact[step.name], place.after)
        return self._workings[place]

    def _start(self, working: Working, place: Place) -> None:
        """Fills in the given numbers, the parameters as the update before left them."""
        names = self.document.problem.exact_values()
        if place.pair is not None:
            before = self._working(Place(None, place.after)).carried
            working.carried.update({name: before[name] for name in names})
            return
        exact = self.document.exact(place).at(BITS)
        for name in names:
            ball = flint.arb(exact[name])
            if place.after and name in self.trained:
                ball = self._working(Place(None, place.after - 1)).carried[updated(name)]
            working.come_to[name] = bounds(ball)
            printed = self.document.kept(place.after, name)
            working.carried[name] = _all_between(exact[name], ball, printed) if printed else ball

    def _go_on(self, working: Working, step: Named, exact: Ball, after: int) -> None:
        ball = _come_to(step.expression, working.carried)
        if ball is None:
            working.carried[step.name] = flint.arb(exact)
            return
        working.come_to[step.name] = bounds(ball)
        printed = self.document.kept(after, step.name)
        if printed:
            working.carried[step.name] = _all_between(exact, ball, printed)
        else:
            working.carried[step.name] = _not_printed(ball, self.document.problem.decimals)

    def reproduces(self, place: Place, name: str, printed: Printed) -> bool:
        """Whether one of the usual ways to go on with rounded numbers comes to the printed one.

        What is printed is taken as it is; what is not, as it is or rounded to the document's decimals, ties up or to
        the even digit. Or the hand goes on with its own rounded numbers throughout.
        """
        return any(printed.follows(value, value) for value in self._usual(place, name))

    def _usual(self, place: Place, name: str) -> Iterator[Fraction]:
        ways: list[tuple[Callable[[Fraction], Fraction], bool]] = [(lambda value: value, True)]
        decimals = self.document.problem.decimals
        if decimals is not None:
            roundings = [partial(_rounded, to, decimals) for to in ROUNDINGS]
            ways += [(rounding, with_printed) for rounding in roundings for with_printed in (True, False)]
        for rounding, with_printed in ways:
            with suppress(EvaluationError):
                yield self._replayed(place, name, rounding, with_printed)

    def _replayed(
        self, place: Place, name: str, rounded: Callable[[Fraction], Fraction], with_printed: bool
    ) -> Fraction:
        """What `name` comes to when every quantity before it is rounded, in all updates."""
        found: dict[str, Fraction] = {}

        def settle(after: int, quantity: str, value: Fraction) -> Fraction:
            found[quantity] = value
            is_last = (after, quantity) == (place.after, name)
            printed = self.document.kept(after, quantity) if with_printed and not is_last else ()
            return printed[0].value if printed else rounded(value)

        given = self.document.problem.exact_values()
        for after in range(place.after):
            steps = needed(self.document.steps(Place(None, after)), [updated(parameter) for parameter in self.trained])
            values = carried(steps, given, partial(settle, after))
            given |= {parameter: values[updated(parameter)] for parameter in self.trained}
        found |= given
        carried(needed(self.document.steps(place), [name]), given, partial(settle, place.after))
        return found[name]


def _come_to(expression: sp.Expr, values: Mapping[str, Ball]) -> Ball | None:
    try:
        ball = Interpretation(Balls(), values).value(expression)
    except ZeroDivisionError:
        return None
    return ball if ball.is_finite() else None


def _not_printed(ball: Ball, decimals: int | None) -> Ball:
    """What may stand for a quantity that is not printed: what it comes to, or that rounded to `decimals`."""
    if decimals is None:
        return ball
    return _hull(
        [end for bound in bounds(ball) for end in (bound, *(_rounded(to, decimals, bound) for to in ROUNDINGS))]
    )


def _all_between(exact: Ball, ball: Ball, printed: Sequence[Printed]) -> Ball:
    """All from the exact value to the printed numbers, and to what the working comes to and rounds to them."""
    low, high = bounds(ball)
    ends = list(bounds(exact))
    for number in printed:
        lowest, highest = number.value - number.unit / 2, number.value + number.unit / 2
        meet = low <= highest and lowest <= high
        ends += [number.value, *((max(low, lowest), min(high, highest)) if meet else ())]
    return _hull(ends)


def _hull(ends: Sequence[Fraction]) -> Ball:
    return Balls().number(min(ends)).union(Balls().number(max(ends)))
