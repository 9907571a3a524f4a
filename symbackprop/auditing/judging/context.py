"""Context: what is known when a statement is judged, and what its names and numbers may be worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import flint

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.handwork import Handwork
from symbackprop.auditing.judging.ledger import Ledger, Print, plain
from symbackprop.auditing.judging.numbers import hull, places_for, stands
from symbackprop.auditing.judging.view import PRIME, Lying, Used, View, is_marked
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Partial, walk
from symbackprop.auditing.naming.names import Names
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.truth import BITS, Quantity, Truth
from symbackprop.auditing.values import Grid, Leaf, NoValueError, Value, ball, evaluate, unstarred
from symbackprop.auditing.values import between as spanning
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import Ball, bounds
from symbackprop.evaluation.rounding import half_up
from symbackprop.expressions.names import updated
from symbackprop.expressions.numerals import fraction_of, last_place
from symbackprop.expressions.tree import walk as expression_walk

KINKED = frozenset({"relu", "leaky_relu", "elu", "abs", "max", "min", "if_positive", "Step"})
EXACT = frozenset(map(Fraction, ("0.5", "1", "2")))  # decimals that are no rounded numbers
ALIKE = 30  # digits to which quantities agree that are always worth the same
COARSE = 3  # places fewer than results have, of a number that nobody has rounded to them
INNER = 8  # definitions of the document's own inside each other


@dataclass
class Context:
    """The truth, the names, and what was printed so far; `decimals` are those of most printed numbers, or else
    `significant` their digits.
    """

    truth: Truth | None
    names: Names | None
    ledger: Ledger
    decimals: int | None = None
    significant: int | None = None
    leaves: Mapping[Fraction, Sequence[Quantity]] = field(default_factory=dict)
    broken: list[tuple[Quantity | str, Any, int]] = field(default_factory=list)  # formulas found wrong, and where
    stated: tuple[str, Node] | None = None  # (what the chain before is about, its formula, with no number after it)
    given: frozenset[tuple[Fraction, Fraction]] = frozenset()  # (value, unit) of the given decimals
    unread: list[str] = field(default_factory=list)  # what could not be read, as written
    present: int = 0  # the updates after which the last result was found to stand
    latest: int = 0  # the most updates after which something was printed
    _carried: dict[tuple[Quantity, bool], tuple[Ball, frozenset[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, truth: Truth | None, names: Names | None, decimals: int | None) -> Context:
        """The context at the beginning of a document."""
        leaves: dict[Fraction, list[Quantity]] = defaultdict(list)
        if truth is not None:
            for name, value in truth.problem.exact_values().items():
                leaves[abs(value)].append(Quantity(name))
        texts = [text.lstrip("-") for text in truth.problem.values.values()] if truth is not None else []
        given = frozenset((fraction_of(text), last_place(text)) for text in texts if fraction_of(text))
        return cls(truth, names, Ledger(), decimals, leaves=leaves, given=given)

    def readings(self, node: Name | Partial, view: View) -> tuple[Reading, ...]:
        """What a name may stand for."""
        if self.names is None:
            return ()
        if isinstance(node, Name) and self.latest and is_marked(node):
            node = replace(node, superscript=PRIME.sub("", node.superscript), updated=True)
        if view.settled and isinstance(node, Name) and node.updated:
            node = replace(node, updated=False)
        return self.names.readings(node, after=view.after)

    @property
    def has_kinks(self) -> bool:
        """Whether a function of the network has different slopes on the sides of a point, as relu has."""
        if self.truth is None:
            return False
        definitions = self.truth.problem.graph.definitions
        called = {node.func.__name__ for definition in definitions for node in expression_walk(definition.expression)}
        return bool(called & KINKED)

    def as_given(self, quantity: Quantity) -> str:
        """A given number as it is written in the network file."""
        assert self.truth is not None
        problem = self.truth.problem
        if quantity.name in problem.values:
            return problem.values[quantity.name]
        return str(problem.training.learning_rate) if problem.training is not None else ""

    def is_given(self, quantity: Quantity) -> bool:
        """Whether a quantity is one of the given numbers."""
        return self.truth is not None and not quantity.after and quantity.name in self.truth.problem.exact_values()

    def is_data(self, quantity: Quantity) -> bool:
        """Whether a quantity is an input or a target, which no update changes."""
        graph = self.truth.problem.graph if self.truth is not None else None
        return graph is not None and quantity.name in (*graph.inputs, *graph.targets)

    def exact(self, quantity: Quantity, point: int = 0) -> Ball:
        """The enclosure of a quantity. Raises `NoValueError`."""
        if self.truth is None:
            raise NoValueError("no network")
        try:
            return self.truth.value(quantity, point)
        except SymbackpropError as error:
            raise NoValueError(error.message) from None

    def known(self, quantity: Quantity) -> Ball | None:
        """The enclosure of a quantity; None where it has no value, or where it is taken as it is printed."""
        if self.is_taken(quantity):
            return None
        try:
            return self.exact(quantity)
        except NoValueError:
            return None

    @property
    def is_part(self) -> bool:
        """Whether the network has no cost, so that what a document means by its other names is the more a guess."""
        return self.truth is not None and self.truth.problem.training is None

    def is_taken(self, quantity: Quantity) -> bool:
        """Whether a quantity is worth what is printed for it, for it rests on what is not stated."""
        return self.truth is not None and not quantity.after and quantity.name in self.truth.taken

    def why_unknown(self, quantity: Quantity) -> str:
        """Why a quantity is not known, and what the document leaves out."""
        assert self.truth is not None
        if self.is_taken(quantity):
            return f"it is taken as it is printed, for the document does not state {', '.join(self.truth.open)}"
        try:
            self.exact(quantity)
        except NoValueError as error:
            return str(error)
        return ""

    def leaf(
        self,
        view: View,
        worth: Callable[[Quantity], Ball],
        number: Callable[[Number], Ball],
        used: Used,
        printed: Callable[[str], Ball | None] = lambda _: None,
        point: int = 0,
    ) -> Leaf:
        """What numbers and names stand for: a quantity's value is `worth` of it, a number's `number` of it.

        A name that is none of the network's is worth what was `printed` for it, if anything was.
        """

        def unknown(node: Name | Partial) -> Value:
            found = printed(node.text) if isinstance(node, Name) else None
            if found is None:
                used.unknown.append(node)
                raise NoValueError("a name stands for nothing that is known")
            return found

        def stands(node: Number | Name | Partial) -> Value:
            if isinstance(node, Number):
                return number(node)
            if isinstance(node, Name) and node.text in view.free:
                return _free_value(node.text, view, point)
            if isinstance(node, Partial) and isinstance(node.of, Call) and view.free:
                function, arguments = node.of.function, node.of.arguments
                return evaluate(Call(function, arguments, node.span, node.of.primes + 1), stands)
            readings = self.readings(node, view)
            if not readings:
                return unknown(node)
            choice = view.choices.get(node.text, 0) if isinstance(node, Name) else 0
            reading = readings[min(choice, len(readings) - 1)]
            used.strength = min(used.strength, reading.strength)
            if reading.body is not None:
                used.strength = Strength.GUESSED  # what a document means by a name may change in its course
                used.depth += 1
                if used.depth > INNER:
                    raise NoValueError("definitions inside each other")
                value = evaluate(reading.body, stands)
                used.depth -= 1
                return value
            if (scalar := reading.scalar) is not None:
                return worth(scalar)
            grid = Grid(tuple(tuple(map(worth, row)) for row in reading.rows), reading.flat)
            used.vectors |= reading.flat
            return laid(grid, view.lying)

        return stands

    def exactly(self, node: Node, view: View, used: Used, point: int = 0) -> Value:
        """The value of `node`, names worth their exact values. Raises `NoValueError`."""
        with flint.ctx.workprec(BITS):
            leaf = self.leaf(view, lambda q: self.exact(q, point), _exact_number, used, point=point)
            return evaluate(_multiplied(node, view), leaf)

    def by_hand(
        self,
        node: Node,
        view: View,
        used: Used,
        *,
        faults: bool = False,
        stands_for: Mapping[Span, Quantity] | None = None,
        behind: Node | None = None,
    ) -> Value:
        """The value of `node` as a hand may have it; with `faults`, what was printed wrongly taken as it is printed.

        Of an expression that stands `behind` another, a number that is not in that may have been worked out just
        then, whatever else the same digits were printed for.
        """

        def worth(quantity: Quantity) -> Ball:
            value, blamed = self.carried(quantity, faults)
            used.blamed.update(blamed)
            return value

        with flint.ctx.workprec(BITS):
            kept = {(one.value, one.unit) for one in walk(behind) if isinstance(one, Number)} if behind else None
            number = partial(self.operand, used=used, faults=faults, stands_for=stands_for or {}, kept=kept)
            leaf = self.leaf(view, worth, number, used, self._as_printed)
            return evaluate(_multiplied(node, view), leaf)

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
        stands_for: Mapping[Span, Quantity],
        kept: AbstractSet[tuple[Fraction, Fraction]] | None = None,
    ) -> Ball:
        """What a number that is put in may stand for, without its sign.

        Between what is printed and the exact value of the quantity that it was printed for; what is not known from
        before may be rounded or cut off. With `faults`, between a wrongly printed number and what it should be. `kept`
        are the numbers of the expression before; None where there is none.
        """
        value, unit = number.value, number.unit
        between = kept is not None and (value, unit) not in kept
        prints = self.ledger.worth(value)
        ends = [ball(value)]
        for one in prints:
            if one.exact is not None and not one.open and (one.good or faults):
                if not one.good:
                    used.blamed.add(one.claim)
                worth = one.exact
                if one.good and isinstance(one.quantity, Quantity):
                    worth = self.carried(one.quantity)[0]
                ends += [sign * worth for sign in (1, -1) if sign * one.value >= 0]  # of -0.000 the sign is not known
            elif not one.good:
                ends.append(spanning(*stands(value, unit)))
        if unit >= 1 or (value in self.leaves and (not between or (value, unit) in self.given)):
            return hull(ends)
        meant = stands_for.get(number.span)
        known = any(not one.open and (one.exact is not None or not one.good) for one in prints)
        if not known and meant is not None and not self._is_open(meant):
            worth = _like(self.carried(meant)[0], value)
            reach = spanning(*stands(value, unit))
            return hull([ball(value), worth]) if reach.overlaps(worth) else ball(value)
        if (not known or (between and meant is None)) and not self._stands_alone(value, unit):
            ends.append(spanning(*stands(value, unit)))
        return hull(ends)

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
        if key not in self._carried:
            self._carried[key] = (self.exact(base), frozenset())  # where a list goes round in a circle it ends here
            self._carried[key] = self._carry(base, faults)
        value, blamed = self._carried[key]
        return value * ball(quantity.scale), blamed

    @cached_property
    def alike(self) -> Mapping[str, tuple[str, ...]]:
        """The quantities that are always worth the same, as ∂E_o1/∂net_o1 and ∂E_total/∂net_o1, by each of them.

        Constants are left out: that two of them are 0 says nothing of one by the other.
        """
        assert self.truth is not None
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in self.truth.derivation.by_name:
            with suppress(NoValueError):
                one, other = (self.exact(Quantity(name), point).mid().str(ALIKE, radius=False) for point in (1, 2))
                if one != other:
                    groups[one, other].append(name)
        return {name: tuple(names) for names in groups.values() if len(names) > 1 for name in names}

    def forget(self) -> None:
        """Something was printed: what a hand may have carried is to be found anew."""
        self._carried.clear()

    def _carry(self, quantity: Quantity, faults: bool) -> tuple[Ball, frozenset[int]]:
        exact = self.exact(quantity)
        alike = self.alike.get(quantity.name, (quantity.name,))
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
            return hull([exact, *(_kept(one, comes_to) for one in good)]), frozenset()
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
        steps, graph = self.truth.derivation.by_name, self.truth.problem.graph
        name, before = quantity.name, quantity.after
        if name in graph.leaves:
            if not quantity.after or updated(name) not in steps:
                return None, frozenset()
            name, before = updated(name), quantity.after - 1
        step = steps.get(name)
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


def _multiplied(node: Node, view: View) -> Node:
    return unstarred(node) if view.lying is Lying.MULTIPLIED else node


def laid(grid: Grid, lying: Lying) -> Grid:
    """A vector that may lie either way, laid one way; a matrix as it is."""
    match lying:
        case Lying.COLUMN if grid.flat:
            return Grid(grid.turned().rows)
        case Lying.ROW:
            return Grid(grid.rows)
    return grid


def _free_value(name: str, view: View, point: int) -> Ball:
    """A number of no meaning for the variable of a function."""
    return ball(Fraction(37 + 29 * point + 11 * sorted(view.free).index(name), 100))


def _kept(printed: Print, comes_to: Ball | None) -> Ball:
    """What a hand may go on with for a number that it printed: that, or what it came to and is printed so."""
    number = ball(printed.value)
    if comes_to is None:
        return number
    lowest, highest = stands(printed.value, printed.unit)
    low, high = bounds(comes_to)
    if high < lowest or highest < low:
        return number
    return hull([number, spanning(max(low, lowest), min(high, highest))])


def _like(exact: Ball, value: Fraction) -> Ball:
    """A value with the sign under which it is near a number that is printed without one."""
    return exact if abs(exact - ball(value)) <= abs(exact + ball(value)) else -exact


def _exact_number(node: Number) -> Ball:
    return ball(node.value)


def _rounded(value: Fraction, places: int) -> Ball:
    return ball(Fraction(half_up(value, places), 10**places))


__all__ = ["Context", "Print", "Span", "Used"]
