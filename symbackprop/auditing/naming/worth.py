"""What trees that a document writes are worth, and which quantity of the network is worth the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice

import flint

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Number, Partial, Transpose
from symbackprop.auditing.naming.reading import Reading
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.truth import BITS, POINTS, Quantity, Truth
from symbackprop.auditing.values import Grid, NoValueError, Value, ball, evaluate, scalars
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.names import is_derived, split_partial

QUANTITIES = 4000  # that are compared with a definition
CANDIDATES = 12  # quantities of the same value at the given numbers that are tried at the other points
INNER = 6  # definitions inside each other
NEAR = Fraction(1, 50)  # of a value, within which a number is printed for it
_SCALES = (Fraction(1), Fraction(-1), Fraction(2), Fraction(-2), Fraction(1, 2), Fraction(-1, 2))

Readings = Callable[[Name | Partial], tuple[Reading, ...]]


class Worth:
    """Values of trees at the given numbers and at the points near them, before the first update."""

    def __init__(self, truth: Truth, readings: Readings) -> None:
        self.truth = truth
        self.readings = readings
        self._given = truth.given
        self._depth = 0
        self._memory: dict[tuple[Span, int], Value] = {}

    def forget(self) -> None:
        """What names stand for has changed."""
        self._memory.clear()

    def exact(self, name: str, point: int) -> Value:
        """The value of a quantity. Raises `NoValueError`."""
        try:
            return self.truth.value(Quantity(name), point)
        except SymbackpropError as error:
            raise NoValueError(error.message) from None

    def of(self, node: Node, point: int) -> Value:
        """The value of a tree, each name in its likeliest reading. Raises `NoValueError`."""
        with flint.ctx.workprec(BITS):
            return evaluate(node, lambda leaf: self._leaf(leaf, point))

    def everywhere(self, node: Node) -> tuple[Value, ...] | None:
        """The values of a tree at all points, None where it has none."""
        try:
            return tuple(self.of(node, point) for point in range(POINTS + 1))
        except NoValueError:
            return None

    def ratio(self, node: Node, found: Found) -> Fraction | None:
        """1 or -1 where a tree is ± the quantities at all points, else a sign that all have, 2 or -2; None for none."""
        pairs = self._pairs(node, found)
        if pairs is None:
            return None
        ratios = {_ratio(entry, due) for entry, due in pairs} - {Fraction(0)}
        if len(ratios) == 1:
            return ratios.pop()
        signs = {ratio > 0 for ratio in ratios if ratio is not None}
        return Fraction(2 if signs.pop() else -2) if len(signs) == 1 and None not in ratios else None

    def multiple(self, node: Node, found: Found) -> int | None:
        """The whole number, from 1, that a tree is times the quantities at all points; None for none."""
        pairs = self._pairs(node, found)
        if pairs is None:
            return None
        times = {(entry / due).unique_fmpz() for entry, due in pairs if not due.contains(0)}
        whole = times.pop() if len(times) == 1 else None
        return int(whole) if whole is not None and whole >= 1 else None

    def sign_between(self, one: Node, other: Node) -> int:
        """1 or -1 where a tree is ± another at all points, 0 where it is not or the sign does not show."""
        ones, others = self.everywhere(one), self.everywhere(other)
        if ones is None or others is None or any(isinstance(value, Grid) for value in (*ones, *others)):
            return 0
        ratios = {_ratio(value, due) for value, due in zip(ones, others, strict=True)} - {Fraction(0)}
        return next((sign for sign in (1, -1) if ratios == {sign}), 0)

    def _pairs(self, node: Node, found: Found) -> list[tuple[Ball, Ball]] | None:
        """(entry of a tree, quantity) at all points; None where one has no value, or there are not as many."""
        values = self.everywhere(node)
        if values is None:
            return None
        pairs: list[tuple[Ball, Ball]] = []
        for point, value in enumerate(values):
            entries = tuple(scalars(value))
            if len(entries) != len(found.names):
                return None
            try:
                pairs += [(entry, self.exact(name, point)) for name, entry in zip(found.names, entries, strict=True)]
            except NoValueError:
                return None
        return pairs

    def agrees(self, printed: Node, found: Found) -> bool:
        """Whether printed numbers are those of the quantities: what is given exactly, others in two digits."""
        entries = tuple(_numbers(printed))
        if len(entries) != len(found.names):
            return False
        for name, (value, unit) in zip(found.names, entries, strict=True):
            if name in self._given:
                if value != self._given[name]:
                    return False
                continue
            try:
                due = self.exact(name, 0)
            except NoValueError:
                return False
            if abs(value) < 10 * unit or not abs(due - ball(value)) < ball(unit):
                return False
        return True

    def sign_of(self, printed: Node, found: Found) -> int:
        """1 or -1: how the signs of printed numbers stand to those of the quantities; 0 where that is not clear."""
        entries = tuple(_numbers(printed))
        if len(entries) != len(found.names):
            return 0
        signs = set()
        for name, (value, _) in zip(found.names, entries, strict=True):
            try:
                due = self.exact(name, 0)
            except NoValueError:
                return 0
            if value and not due.contains(0):
                signs.add(1 if (value > 0) == bool(due > 0) else -1)
        return signs.pop() if len(signs) == 1 else 0

    def is_near(self, printed: Node, found: Found) -> bool:
        """Whether printed numbers are, but for their signs, about what the quantities are worth at the given ones."""
        entries = tuple(_numbers(printed))
        if len(entries) != len(found.names):
            return False
        for name, (value, _) in zip(found.names, entries, strict=True):
            try:
                due = abs(self.exact(name, 0))
            except NoValueError:
                return False
            if not abs(due - ball(abs(value))) <= due * ball(NEAR):
                return False
        return True

    def _leaf(self, node: Number | Name | Partial, point: int) -> Value:
        if isinstance(node, Number):
            return ball(node.value)
        readings = self.readings(node)
        if not readings:
            raise NoValueError("a name stands for nothing here")
        reading = readings[0]
        if reading.body is not None:
            return self._inner(reading.body, point)
        rows = tuple(tuple(self._scaled(quantity, point) for quantity in row) for row in reading.rows)
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else Grid(rows, reading.flat)

    def _inner(self, body: Node, point: int) -> Value:
        where = (body.span, point)
        if where not in self._memory:
            if self._depth >= INNER:
                raise NoValueError("definitions inside each other")
            self._depth += 1
            try:
                self._memory[where] = evaluate(body, lambda leaf: self._leaf(leaf, point))
            finally:
                self._depth -= 1
        return self._memory[where]

    def _scaled(self, quantity: Quantity, point: int) -> Value:
        return self.exact(quantity.name, point) * ball(quantity.scale)


class Fingerprints:
    """The quantities of the derivation by their values."""

    def __init__(self, truth: Truth, worth: Worth) -> None:
        self.truth = truth
        self.worth = worth

    def of(self, values: tuple[Value, ...]) -> tuple[Found, Fraction] | None:
        """(quantities, scale) that are worth `values` at all points, entry by entry; None for none."""
        columns = [tuple(scalars(value)) for value in values]
        shapes = {value.shape if isinstance(value, Grid) else (0, 0) for value in values}
        if len(shapes) != 1:
            return None
        kinds: dict[tuple[str, Fraction], list[str]] = {}
        for place, entries in enumerate(zip(*columns, strict=True)):
            for name, scale in self._equal(entries):
                column = kinds.setdefault((_kind(name), scale), [])
                if len(column) == place:
                    column.append(name)
        whole = len(columns[0])
        for (_, scale), names in kinds.items():
            if len(names) == whole:
                width = max(1, shapes.pop()[1])
                rows = tuple(tuple(names[at : at + width]) for at in range(0, whole, width))
                return Found(rows, isinstance(values[0], Grid) and values[0].flat), scale
        return None

    def _equal(self, entries: tuple[Value, ...]) -> Iterator[tuple[str, Fraction]]:
        if all(entry.overlaps(entries[0]) for entry in entries[1:]):
            return  # a constant
        for scale in _SCALES:
            near = self._table.get(_rounded(entries[0] / ball(scale)), ())
            for name in islice(near, CANDIDATES):
                if self._everywhere(name, scale, entries):
                    yield name, scale

    def _everywhere(self, name: str, scale: Fraction, entries: tuple[Value, ...]) -> bool:
        try:
            return all(
                entry.overlaps(self.worth.exact(name, point) * ball(scale)) for point, entry in enumerate(entries)
            )
        except NoValueError:
            return False

    @cached_property
    def _table(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for name in islice(self._names(), QUANTITIES):
            try:
                table[_rounded(self.worth.exact(name, 0))].append(name)
            except NoValueError:
                continue
        return table

    def _names(self) -> Iterator[str]:
        """Quantities before partials, partials of the cost before others."""
        graph, cost = self.truth.problem.graph, self.truth.derivation.cost
        yield from reversed(graph.names)
        partials = [step.name for step in self.truth.derivation.sequence if "/" in step.name]
        plain = [name for name in partials if split_partial(name) and is_derived(name) and not name.endswith(")")]
        yield from sorted(plain, key=lambda name: (split_partial(name) or ("",))[0] != cost)


def _kind(name: str) -> str:
    """The name without the digits at its end: what the entries of a vector have in common."""
    return name.rstrip("0123456789")


def _rounded(value: Value) -> str:
    return f"{float(value.mid()):.9e}"


def _ratio(value: Value, due: Value) -> Fraction | None:
    """1 or -1 where they are equal up to the sign, 2 or -2 where only the sign is known, 0 where both are 0."""
    if value.contains(0) and due.contains(0):
        return Fraction(0)
    if value.overlaps(due):
        return Fraction(1)
    if value.overlaps(-due):
        return Fraction(-1)
    product = value * due
    return Fraction(2) if product > 0 else Fraction(-2) if product < 0 else None


def _numbers(node: Node) -> Iterator[tuple[Fraction, Fraction]]:
    """(value, unit) of each number of a printed result."""
    match node:
        case Number(_, value, unit):
            yield value, unit
        case Negative(Number(_, value, unit)):
            yield -value, unit
        case Entries(rows):
            for row in rows:
                for entry in row:
                    yield from _numbers(entry)
        case Transpose(Entries(rows)):
            for column in zip(*rows, strict=True):
                for entry in column:
                    yield from _numbers(entry)
