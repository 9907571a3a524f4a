"""Leaves: what the names and numbers of a case are worth, and for which quantities they stand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.forms import FAILURES, LEAVES, Basis, agree, narrow, value_of
from symbackprop.auditing.causes.known import Known
from symbackprop.auditing.causes.ownwork import NOWHERE, quantity_of
from symbackprop.auditing.causes.tables import Vector
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, parts
from symbackprop.auditing.truth import POINTS, Quantity, Truth
from symbackprop.auditing.values import NoValueError, ball, evaluate
from symbackprop.errors import SymbackpropError


class Leaves:
    """The leaves of a case."""

    def __init__(self, case: Case, known: Known) -> None:
        self.case = case
        self.truth: Truth = known.truth
        self.known = known
        self.carried = {settled(quantity, known.truth): value for quantity, value in case.carried.items()}
        self._told: dict[Node, Quantity | None] = {}

    # ---- what leaves and trees are worth

    def worth(self, leaf: Node, basis: Basis, points: int) -> Vector:
        """What a leaf is worth at the given numbers and at so many points less one. Raises `ValueError`."""
        quantity = quantity_of(leaf)
        if quantity is not None and not (basis is Basis.CARRIED and quantity in self.carried):
            numbers = [self.known.number(quantity, point) for point in range(points)]
            if None in numbers:
                raise ValueError("no value")
            return tuple(found for found in numbers if found is not None)
        try:
            return tuple(float(self.leaf(leaf, basis, point).mid()) for point in range(points))
        except (NoValueError, SymbackpropError, AttributeError):
            raise ValueError("no value") from None

    def leaf(self, leaf: Node, basis: Basis, point: int = 0) -> Any:  # noqa: ANN401 - a ball
        """The enclosure of a leaf."""
        quantity = quantity_of(leaf)
        if basis is Basis.CARRIED and point == 0:
            told = quantity or self.quantity_at(leaf)
            if told is not None and told in self.carried:
                return ball(self.carried[told])
        if quantity is not None:
            return self.truth.value(quantity, point)
        if isinstance(leaf, Number):
            return self._number(leaf, basis)
        if isinstance(leaf, Name | Partial) and self.case.value is not None:
            return self.case.value(leaf, point)
        raise NoValueError("stands for nothing here")

    def _number(self, leaf: Number, basis: Basis) -> Any:  # noqa: ANN401
        quantity = self.case.stands_for.get(leaf.span) if basis in (Basis.EXACT, Basis.MEANT) else None
        if quantity is None and basis is Basis.MEANT:
            quantity = self.printed_for(leaf)
        if quantity is None:
            return ball(leaf.value)
        exact = self.truth.value(quantity)
        return -exact if (exact < 0) != (leaf.value < 0) else exact

    def value(self, tree: Node, basis: Basis, point: int = 0) -> Any:  # noqa: ANN401
        """The enclosure of a tree. Raises `NoValueError` and `SymbackpropError`."""
        return evaluate(tree, lambda leaf: self.leaf(leaf, basis, point))

    def floats(self, tree: Node, basis: Basis, points: int) -> Vector:
        """The values of a tree in floating point. Raises one of `FAILURES` where it has none."""
        if isinstance(tree, LEAVES):
            return self.worth(tree, basis, points)
        below = [self.floats(part, basis, points) for part in parts(tree)]
        return tuple(value_of(tree, operands) for operands in zip(*below, strict=True))

    @cached_property
    def _given(self) -> dict[Fraction, Quantity]:
        return {abs(value): Quantity(name) for name, value in self.truth.given.items()}

    # ---- what leaves stand for

    def quantity_at(self, leaf: Node) -> Quantity | None:
        """The quantity for which a leaf stands: as is known, or as its values tell."""
        quantity = quantity_of(leaf)
        if quantity is not None or leaf.span is NOWHERE:
            return quantity
        if isinstance(leaf, Number):
            told = self.case.stands_for.get(leaf.span)
            return None if told is None else settled(told, self.truth)
        if isinstance(leaf, Negative):
            return self.quantity_at(leaf.operand)
        if leaf not in self._told:
            self._told[leaf] = None
            self._told[leaf] = self._told_by_values(leaf)
        return self._told[leaf]

    def _told_by_values(self, leaf: Node) -> Quantity | None:
        try:
            values = self.worth(leaf, Basis.EXACT, POINTS + 1)
        except FAILURES:
            return None
        if isinstance(leaf, Partial):
            of, by = (self.quantity_at(part) if isinstance(part, LEAVES) else None for part in (leaf.of, leaf.by))
            name = self.truth.partial(of.name, by.name) if of is not None and by is not None else None
            if name is not None and agree(self.known.vector(Quantity(name)), narrow(values)):
                return Quantity(name)
        return next(self.equal(values, leaf), None)

    def printed_for(self, leaf: Node) -> Quantity | None:
        """The quantity that is given as the number of a leaf, or for which the document has printed it."""
        number = leaf.operand if isinstance(leaf, Negative) else leaf
        return self._by_print.get(number.value) if isinstance(number, Number) else None

    def is_given(self, value: Fraction) -> bool:
        """Whether a number, whatever its sign, is one of those given."""
        return abs(value) in self._given

    def is_printed(self, value: Fraction) -> bool:
        """Whether a number, whatever its sign, is given or was printed for a quantity."""
        return abs(value) in self._by_print

    @cached_property
    def _by_print(self) -> dict[Fraction, Quantity]:
        return {abs(value): quantity for quantity, value in self.carried.items()} | self._given

    def equal(self, values: Vector, leaf: Node | None = None) -> Iterator[Quantity]:
        """The quantities that have these values at every point; first those whose name is like the leaf's."""
        (low, high) = narrow(values)[0]
        found = [worth.quantity for worth in self.known.table(self.case.after).between(low, high)]
        text = leaf.text if isinstance(leaf, Name) else ""
        for quantity in sorted(found, key=lambda quantity: (quantity.name != text, len(quantity.name), quantity.name)):
            vector = self.known.vector(quantity)
            if vector is not None and agree(vector, narrow(values)):
                yield quantity


def settled(quantity: Quantity, truth: Truth) -> Quantity:
    """A quantity after one update by its name in the derivation, w_5+ for w_5, so that its work can be followed."""
    if quantity.after != 1 or f"{quantity.name}+" not in truth.derivation.by_name:
        return quantity
    return Quantity(f"{quantity.name}+", 0, quantity.scale)
