"""Known: the truth, the names and what was printed so far, and what names are worth by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

import flint

from symbackprop.auditing.judging.alike import Alike
from symbackprop.auditing.judging.ledger import Ledger, Print
from symbackprop.auditing.judging.view import PRIME, Lying, Used, View, is_marked
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Partial
from symbackprop.auditing.naming.names import Names
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.truth import BITS, Quantity, Truth
from symbackprop.auditing.values import Grid, Leaf, NoValueError, Value, ball, evaluate, unstarred
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.numerals import fraction_of, last_place

INNER = 8  # definitions of the document's own inside each other


@dataclass
class Known:
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
    spoken: Quantity | None = None  # what the last number in a sentence was said to be
    labels: tuple[str, ...] = ()  # the numbers of units that rows bear
    own_rule: str = ""  # a name of the document's own by which its updates go
    fitting: list[bool] = field(default_factory=list)  # whether what stands in such a row is of its unit

    @classmethod
    def of(cls, truth: Truth | None, names: Names | None, decimals: int | None) -> Self:
        """The context at the beginning of a document."""
        leaves: dict[Fraction, list[Quantity]] = defaultdict(list)
        if truth is not None:
            for name, value in truth.given.items():
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
        return self.truth is not None and self.truth.has_kinks

    def as_given(self, quantity: Quantity) -> str:
        """A given number as it is written in the network file."""
        assert self.truth is not None
        problem = self.truth.problem
        if quantity.name in problem.values:
            return problem.values[quantity.name]
        return str(problem.training.learning_rate) if problem.training is not None else ""

    def is_given(self, quantity: Quantity) -> bool:
        """Whether a quantity is one of the given numbers."""
        return self.truth is not None and not quantity.after and quantity.name in self.truth.given

    def is_trained(self, quantity: Quantity) -> bool:
        """Whether a quantity is a parameter that updates change."""
        return self.truth is not None and quantity.name in self.truth.problem.trained_parameters()

    def is_data(self, quantity: Quantity) -> bool:
        """Whether a quantity is an input or a target, which no update changes."""
        graph = self.truth.problem.graph if self.truth is not None else None
        return graph is not None and quantity.name in (*graph.inputs, *graph.targets)

    def rests_on_own_rule(self, quantity: Quantity) -> bool:
        """Whether a quantity comes of updates that are not those of the network."""
        return bool(self.own_rule) and quantity.after > 0

    def is_by_hand(self, quantity: Quantity) -> bool:
        """Whether a hand has come to the update before a quantity, so that it rests on what is printed."""
        return quantity.after <= self.latest + 1

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
                return free_value(node.text, view, point)
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
            return evaluate(multiplied(node, view), leaf)

    @cached_property
    def alike(self) -> Alike:
        """The quantities of the derivation, and what is printed besides, that are always worth the same."""
        assert self.truth is not None
        return Alike(self.truth.derivation.by_name, lambda name, point: self.exact(Quantity(name), point))

    def note(self, printed: Print) -> None:
        """Writes down what is printed."""
        self.ledger.note(printed)
        if self.truth is not None and isinstance(printed.quantity, Quantity):
            self.alike.enter(printed.quantity.name)


def multiplied(node: Node, view: View) -> Node:
    """`node` with * for the product of matrices where the view has it so."""
    return unstarred(node) if view.lying is Lying.MULTIPLIED else node


def laid(grid: Grid, lying: Lying) -> Grid:
    """A vector that may lie either way, laid one way; a matrix as it is."""
    match lying:
        case Lying.COLUMN if grid.flat:
            return Grid(grid.turned().rows)
        case Lying.ROW:
            return Grid(grid.rows)
    return grid


def free_value(name: str, view: View, point: int) -> Ball:
    """A number of no meaning for the variable of a function."""
    return ball(Fraction(37 + 29 * point + 11 * sorted(view.free).index(name), 100))


def _exact_number(node: Number) -> Ball:
    return ball(node.value)
