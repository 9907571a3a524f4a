"""Context: what is known when a statement is judged, and what a hand may go on with for its names and numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from math import ceil, floor

import flint

from symbackprop.auditing.judging.handwork import Handwork
from symbackprop.auditing.judging.known import Known, multiplied
from symbackprop.auditing.judging.ledger import Print, plain
from symbackprop.auditing.judging.numbers import hull, places_for, shortened, stands
from symbackprop.auditing.judging.view import Decimal, PutIn, Used, View
from symbackprop.auditing.mathematics.tree import Node, Number, walk
from symbackprop.auditing.truth import BITS, Quantity
from symbackprop.auditing.values import NoValueError, Value, ball, evaluate
from symbackprop.auditing.values import between as spanning
from symbackprop.evaluation.enclosure import Ball, bounds
from symbackprop.evaluation.rounding import half_up
from symbackprop.expressions.names import updated

EXACT = frozenset(map(Fraction, ("0.5", "1", "2")))  # decimals that are no rounded numbers
GRAIN = Fraction(1, 1000)  # of a digit, by which a decimal may be missed that is no binary fraction
NOTHING = PutIn()
COARSE = 3  # places fewer than results have, of a number that nobody has rounded to them

Carried = tuple[Quantity, bool]
"""A quantity, and whether it is worth what is printed for it where that is wrong."""


@dataclass
class Context(Known):
    """What is known, and what comes of it by hand: of numbers as they are printed, rounded on the way."""

    _carried: dict[Carried, tuple[Ball, frozenset[int]]] = field(default_factory=dict)
    _resting: dict[Carried, set[Carried]] = field(default_factory=lambda: defaultdict(set))  # on each, directly
    _working: list[Carried] = field(default_factory=list)  # what is being worked out

    def by_hand(
        self,
        node: Node,
        view: View,
        used: Used,
        *,
        faults: bool = False,
        righted: bool = False,
        put_in: PutIn = NOTHING,
        behind: Node | None = None,
    ) -> Value:
        """The value of `node` as a hand may have it; with `faults`, what was printed wrongly taken as it is printed.

        Where it is `righted`, a number that was printed wrongly is what it should be, and nothing else.
        Of an expression that stands `behind` another, a number may have been worked out just then, whatever else the
        same digits were printed for, unless all numbers of the other stand in it still.
        """

        def worth(quantity: Quantity) -> Ball:
            value, blamed = self.carried(quantity, faults)
            used.blamed.update(blamed)
            return value

        with flint.ctx.workprec(BITS):
            here, before = decimals(node), decimals(behind) if behind is not None else Counter()
            stood = None if behind is None else frozenset(key for key in before if here[key] <= before[key])
            goes_on = before.keys() <= here.keys()
            number = partial(
                self.operand, used=used, faults=faults, righted=righted, put_in=put_in, stood=stood, goes_on=goes_on
            )
            leaf = self.leaf(view, worth, number, used, self._as_printed)
            return evaluate(multiplied(node, view), leaf)

    def _as_printed(self, name: str) -> Ball | None:
        """What was last printed for a name of the document's own, unless it was found wrong."""
        prints = self.ledger.of(name)
        if not prints or not prints[-1].good:
            return None
        last = prints[-1]
        return spanning(*stands(last.value, last.unit))

    def operand(
        self,
        number: Number,
        used: Used,
        *,
        faults: bool = False,
        righted: bool = False,
        put_in: PutIn,
        stood: AbstractSet[Decimal] | None = None,
        goes_on: bool = False,
    ) -> Ball:
        """What a number that is put in may stand for, without its sign.

        Between what is printed and the exact value of the quantity that it was printed for; what is not known from
        before may be rounded or cut off. With `faults`, between a wrongly printed number and what it should be; that
        alone, where it is `righted`. `stood` are the numbers of the expression before that stand in this no more often,
        None where there is none; where it `goes_on` all stand in this still, and none was worked out.
        """
        value, unit = number.value, number.unit
        between = stood is not None and not (goes_on and (value, unit) in stood)
        meant = put_in.stand_for.get(number.span)
        prints = self._prints(value, meant)
        wrong = any(one.exact is not None and not (one.open or one.good) for one in prints)
        ends = [] if righted and wrong else [ball(value)]
        for one in prints:
            if one.exact is not None and not one.open and (one.good or faults):
                if not one.good:
                    used.blamed.add(one.claim)
                worth = one.exact
                if one.good and isinstance(one.quantity, Quantity):
                    worth, blamed = self.carried(one.quantity, faults)
                    used.blamed.update(blamed)
                ends += [sign * worth for sign in (1, -1) if sign * one.value >= 0]  # of -0.000 the sign is not known
            elif not one.good:
                ends.append(spanning(*stands(value, unit)))
        taken_over = stood is None or (value, unit) in stood
        constant = (value, unit) in put_in.constants and number.span not in put_in.stand_for
        given = value in self.leaves and (not between or (taken_over and (value, unit) in self.given))
        if unit >= 1 or constant or given:
            return hull(ends)
        known = any(not one.open and (one.exact is not None or not one.good) for one in prints)
        if not known and meant is not None and not self._is_open(meant):
            worth = _like(self.carried(meant)[0], value)
            fixed = self.is_given(meant) and not self.is_trained(meant)
            reach = spanning(*(shortened if fixed else stands)(value, unit))
            return hull([ball(value), worth]) if reach.overlaps(worth) else ball(value)
        if (not known or (between and meant is None)) and not self._stands_alone(value, unit):
            ends.append(spanning(*stands(value, unit)))
        return hull(ends)

    def _prints(self, value: Fraction, meant: Quantity | None) -> tuple[Print, ...]:
        """What was printed with this value: of a given number that is put in for a given quantity, for that alone."""
        prints = self.ledger.worth(value)
        if meant is None or not self.is_given(meant) or not (self.exact(meant) - ball(value)).contains(0):
            return prints
        return tuple(one for one in prints if isinstance(one.quantity, Quantity) and one.quantity.name == meant.name)

    def _stands_alone(self, value: Fraction, unit: Fraction) -> bool:
        """Whether a decimal is no rounded number: 0.5, or without a network one of far fewer places than results."""
        coarse = self.truth is None and self.decimals is not None and unit * 10 ** max(0, self.decimals - COARSE) >= 1
        return value in EXACT or coarse

    def _is_open(self, quantity: Quantity) -> bool:
        """Whether a quantity has no value."""
        return self.known(quantity) is None and not self.is_taken(quantity)

    def carried(self, quantity: Quantity, faults: bool = False) -> tuple[Ball, frozenset[int]]:
        """(what a hand may go on with for a quantity, the claims whose faults that takes in).

        Between the exact value and the printed ones; what is not printed comes of what is, rounded to the document's
        decimals or not. With `faults`, a quantity that was printed wrongly is worth what is printed.
        """
        base = plain(quantity)
        key = (base, faults)
        if self._working:
            self._resting[key].add(self._working[-1])
        with flint.ctx.workprec(BITS):
            if key not in self._carried:
                self._carried[key] = (self.exact(base), frozenset())  # where a list goes round in a circle it ends here
                self._working.append(key)
                try:
                    self._carried[key] = self._carry(base, faults)
                finally:
                    self._working.pop()
            value, blamed = self._carried[key]
            return value * ball(quantity.scale), blamed

    def note(self, printed: Print) -> None:
        """Writes down what is printed: what a hand may have carried for all that rests on it is found anew."""
        super().note(printed)
        if self._carried and isinstance(printed.quantity, Quantity):
            self._forget(printed.quantity)

    def _forget(self, quantity: Quantity) -> None:
        names = self.alike.of(quantity.name)
        waiting = [(Quantity(name, quantity.after), faults) for name in names for faults in (False, True)]
        while waiting:
            key = waiting.pop()
            if self._carried.pop(key, None) is not None:
                waiting.extend(self._resting.pop(key, ()))

    def _carry(self, quantity: Quantity, faults: bool) -> tuple[Ball, frozenset[int]]:
        exact = self.exact(quantity)
        alike = self.alike.of(quantity.name)
        prints: list[Print] = []
        for name in alike:
            found = self.ledger.of(replace(quantity, name=name)) if name != quantity.name else ()
            prints += [one for one in found if one.exact is not None and one.exact.overlaps(exact)]
        prints += self.ledger.of(quantity)  # its own are the last, and go before those of others
        bad = [one for one in prints if not one.good]
        if faults and bad:
            last = bad[-1]
            return spanning(*stands(last.value, last.unit)), frozenset({last.claim})
        good = [one for one in prints if one.good and not one.open]
        comes_to, blamed = self.made(quantity, faults, in_steps=bool(bad) and not good)
        if good:
            told = (
                blamed if comes_to is not None and any(comes_to.overlaps(_around(one)) for one in good) else frozenset()
            )
            finest = min(one.unit for one in good)
            return hull([_guarded(exact, finest), *(_kept(one, comes_to) for one in good)]), told
        if comes_to is None:
            return exact, frozenset()
        ends = [comes_to] if blamed else [exact, comes_to]
        if self.decimals is not None:
            ends += [_rounded(end, self.decimals) for end in bounds(comes_to)]
        elif self.significant is not None:
            ends += [_rounded(end, places_for(end, self.significant)) for end in bounds(comes_to) if end]
        return hull(ends), blamed

    def made(
        self, quantity: Quantity, faults: bool = False, *, in_steps: bool = False
    ) -> tuple[Ball | None, frozenset[int]]:
        """What the network's own definition of a quantity makes of what a hand carries; None for what is given.

        `in_steps`: by a hand that rounds every number on the way, though none is printed.
        """
        assert self.truth is not None
        graph = self.truth.problem.graph
        name, before = quantity.name, quantity.after
        if name in graph.leaves:
            if not quantity.after or self.truth.step(updated(name)) is None:
                return None, frozenset()
            name, before = updated(name), quantity.after - 1
        step = self.truth.step(name)
        if step is None:
            return None, frozenset()
        blamed: set[int] = set()
        values = {}
        for use in step.uses:
            try:
                values[use], more = self.carried(Quantity(use, before), faults)
            except NoValueError:
                return None, frozenset()
            blamed |= more
        with flint.ctx.workprec(BITS):
            try:
                working = Handwork(values, self._last_place if in_steps else _unrounded)
                made = working.whole(step.expression)
            except ZeroDivisionError:
                return None, frozenset()
        return (made * ball(quantity.scale) if made.is_finite() else None), frozenset(blamed)

    def _last_place(self, value: Ball) -> Fraction:
        """The last place to which a number is worked out on the way."""
        if self.decimals is not None:
            return Fraction(1, 10**self.decimals)
        largest = max(map(abs, bounds(value)))
        if self.significant is None or not largest:
            return Fraction(0)
        return Fraction(10) ** -places_for(largest, self.significant)


def _unrounded(_: Ball) -> Fraction:
    return Fraction(0)


def decimals(node: Node) -> Counter[Decimal]:
    """(value, last place) of each decimal in an expression, and how often it stands there."""
    found = (part for part in walk(node) if isinstance(part, Number) and part.unit < 1)
    return Counter((number.value, number.unit) for number in found)


def _kept(printed: Print, comes_to: Ball | None) -> Ball:
    """What a hand may go on with for a number that it printed: that, or what it came to and is printed so."""
    number = ball(printed.value)
    if comes_to is None:
        return number
    lowest, highest = stands(printed.value, printed.unit)
    low, high = bounds(comes_to)
    if high < lowest or highest < low:
        return number
    return hull([number, _guarded(spanning(max(low, lowest), min(high, highest)), printed.unit)])


def _around(printed: Print) -> Ball:
    return spanning(*stands(printed.value, printed.unit))


def _guarded(value: Ball, unit: Fraction) -> Ball:
    """A value rounded or cut off with one digit more than is printed, or with several: the cells that it lies in."""
    cell = unit / 10
    low, high = bounds(value)
    return spanning(floor(low / cell + GRAIN) * cell, ceil(high / cell - GRAIN) * cell)


def _like(exact: Ball, value: Fraction) -> Ball:
    """A value with the sign under which it is near a number that is printed without one."""
    return exact if abs(exact - ball(value)) <= abs(exact + ball(value)) else -exact


def _rounded(value: Fraction, places: int) -> Ball:
    return ball(Fraction(half_up(value, places), 10**places))
