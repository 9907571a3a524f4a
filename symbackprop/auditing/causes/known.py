"""Known: what every quantity is worth, as floats to look mistakes up by."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from symbackprop.auditing.causes.ownwork import alias, own_work
from symbackprop.auditing.causes.relations import Relation, relation
from symbackprop.auditing.causes.tables import Table, Vector, Worth
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.truth import POINTS, Quantity, Truth
from symbackprop.derivation.steps import Kind
from symbackprop.errors import SymbackpropError
from symbackprop.expressions.names import split_partial


class Known:
    """The values of all quantities of one truth, as floats, each found when it is asked for."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self._numbers: dict[tuple[str, int, int], float | None] = {}
        self._tables: dict[int, Table] = {}
        self._work: dict[Quantity, tuple[Node, ...]] = {}

    def number(self, quantity: Quantity, point: int = 0) -> float | None:
        """What a quantity is worth; None where it has no value."""
        key = (quantity.name, quantity.after, point)
        if key not in self._numbers:
            try:
                value = self.truth.value(Quantity(quantity.name, quantity.after), point)
                self._numbers[key] = float(value.mid())
            except SymbackpropError:
                self._numbers[key] = None
        found = self._numbers[key]
        return None if found is None else found * float(quantity.scale)

    def vector(self, quantity: Quantity) -> Vector | None:
        """What a quantity is worth at the given numbers and at the points near them."""
        found = [self.number(quantity, point) for point in range(POINTS + 1)]
        return None if None in found else tuple(number for number in found if number is not None)

    def relation(self, due: Quantity | None, taken: Quantity | None) -> Relation:
        """What `taken` is to `due`, a derivative of one of several errors to that of their sum too."""
        found = relation(due, taken)
        if found is not Relation.KIN or due is None or taken is None:
            return found
        (of, *by), (part, *others) = split_partial(due.name) or (due.name,), split_partial(taken.name) or (taken.name,)
        whole = self.truth.derivation.by_name.get(of)
        apart = by and by == others and whole is not None and part in whole.uses
        return Relation.PART if apart else found

    def work(self, quantity: Quantity) -> tuple[Node, ...]:
        """The network's own work for a quantity; see `own_work`."""
        if quantity not in self._work:
            self._work[quantity] = tuple(own_work(self.truth.derivation, quantity))
        return self._work[quantity]

    def table(self, after: int) -> Table:
        """Everything that is known after so many updates."""
        if after not in self._tables:
            derivation = self.truth.derivation
            names = [name for name in self.truth.names if alias(name, derivation) is None]
            self._tables[after] = self._tabled(names, after)
        return self._tables[after]

    @cached_property
    def of_loss(self) -> frozenset[str]:
        """The names of what is another number with another loss: errors, costs, and their derivatives."""
        found = {*self.truth.problem.graph.targets}
        for step in self.truth.derivation.by_name.values():
            if step.kind not in (Kind.UPDATE, Kind.AFTER) and not found.isdisjoint(step.uses):
                found.add(step.name)
        return frozenset(found.difference(self.truth.problem.graph.targets))

    @cached_property
    def aliases(self) -> Table:
        """The partials that are but the name of another quantity."""
        derivation = self.truth.derivation
        return self._tabled(name for name in self.truth.names if alias(name, derivation) is not None)

    def _tabled(self, names: Iterable[str], after: int = 0) -> Table:
        worths = [(self.number(quantity), quantity) for quantity in (Quantity(name, after) for name in names)]
        told = [Worth(number, quantity) for number, quantity in worths if number is not None]
        return Table([worth for worth in told if worth.number not in (0.0, 1.0, -1.0)])
