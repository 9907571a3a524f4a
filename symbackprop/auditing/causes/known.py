"""Known: what every quantity is worth, as floats to look mistakes up by; and how two quantities are related."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache

from symbackprop.auditing.causes.ownwork import alias, own_work
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.truth import POINTS, Quantity, Truth
from symbackprop.derivation.steps import Kind
from symbackprop.errors import SymbackpropError
from symbackprop.expressions.names import split_partial

Vector = tuple[float, ...]

_HEAD = re.compile(r"[A-Za-z]+", re.ASCII)
_INDEX = re.compile(r"[0-9]+", re.ASCII)


class Relation(StrEnum):
    """What one quantity is to another, for which it was taken."""

    LATER = "later"  # the same after an update
    EARLIER = "earlier"  # the same before an update
    PART = "part"  # the derivative of a part of the cost
    TURNED = "turned"  # the same kind with its indices the other way round
    KIN = "kin"  # the same kind with another index
    OTHER = "other"


def relation(due: Quantity | None, taken: Quantity | None) -> Relation:
    """What `taken` is to `due`.

    >>> relation(Quantity("w_5"), Quantity("w_5+")).value, relation(Quantity("w_12"), Quantity("w_21")).value
    ('later', 'turned')
    """
    if due is None or taken is None:
        return Relation.OTHER
    if plain(due) == plain(taken) and stage(due) != stage(taken):
        return Relation.LATER if stage(taken) > stage(due) else Relation.EARLIER
    if stage(due) != stage(taken) or family(due.name) != family(taken.name):
        return Relation.OTHER
    one, other = index(due.name), index(taken.name)
    return Relation.TURNED if one != other and len(one) > 1 and one == other[::-1] else Relation.KIN


def alike(one: Quantity | None, other: Quantity) -> tuple[bool, int]:
    """How near of kin two quantities are, to compare by: the same kind or not, and how many names they share.

    >>> alike(Quantity("dz0/dw4"), Quantity("dz2/dw4")), alike(Quantity("dC/db2"), Quantity("dC/dO2"))
    ((True, 1), (False, 1))
    """
    if one is None:
        return False, 0
    shared = {*(split_partial(one.name) or (one.name,))} & {*(split_partial(other.name) or (other.name,))}
    return relation(one, other) is not Relation.OTHER, len(shared)


def stage(quantity: Quantity) -> int:
    """After how many updates a quantity has its value: w_5+ after one."""
    return quantity.after + quantity.name.endswith("+")


def plain(quantity: Quantity) -> str:
    """The name of a quantity without the mark of an update."""
    return quantity.name.removesuffix("+")


def index(name: str) -> str:
    """The figures in a name, one after the other."""
    return "".join(_INDEX.findall(name))


@lru_cache(maxsize=4096)
def family(name: str) -> tuple[str, ...]:
    """What kind of quantity a name is of: its letters before the index; of a partial, those of both names.

    >>> family("w_5"), family("dE_o1/dout_h1")
    (('w',), ('E', 'out'))
    """
    match = _HEAD.match(name)
    pair = split_partial(name) or (name,)
    return tuple(head.group() if (head := _HEAD.match(part)) else part for part in pair) if match else (name,)


@dataclass(frozen=True, slots=True)
class Worth:
    """A quantity and what it is worth: exactly (`printed` None), or as it was printed."""

    number: float
    quantity: Quantity
    printed: Fraction | None = None


class Table:
    """Worths in the order of their numbers, so that those in an interval are found at once."""

    def __init__(self, worths: list[Worth]) -> None:
        self._worths = sorted(worths, key=lambda worth: (worth.number, worth.quantity.name))
        self._numbers = [worth.number for worth in self._worths]

    def between(self, low: float, high: float) -> list[Worth]:
        """The worths in [low, high]."""
        return self._worths[bisect_left(self._numbers, low) : bisect_right(self._numbers, high)]

    def like(self, number: float) -> Iterator[Worth]:
        """The worths of the same sign and magnitude: from a third of `number` to three times."""
        yield from self.between(*sorted((number / 3, number * 3)))


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


@lru_cache(maxsize=4)
def known_of(truth: Truth) -> Known:
    """The one `Known` of a truth: many claims of a document ask for the same."""
    return Known(truth)


def printed_table(carried: Mapping[Quantity, Fraction]) -> Table:
    """What the document has printed so far."""
    return Table([Worth(float(value), quantity, value) for quantity, value in carried.items()])
