"""Table: quantities with what they are worth, in an order in which those that are like a number are found at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from symbackprop.auditing.causes.relations import family, named_in, plain, stage
from symbackprop.auditing.truth import Quantity

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """A quantity and what it is worth: exactly (`printed` None), or as it was printed."""

    number: float
    quantity: Quantity
    printed: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many worths are like a number: of a kind with a quantity; of the others, those that share a name with it."""

    kin: int
    akin: int
    strange: int


class Table:
    """Worths in the order of their numbers, so that those in an interval are found at once.

    The numbers are sorted once more by each thing that makes a quantity something to another: its family, its names.
    """

    def __init__(self, worths: list[Worth]) -> None:
        self._worths = sorted(worths, key=lambda worth: (worth.number, worth.quantity.name))
        self._numbers = [worth.number for worth in self._worths]
        self._groups: dict[Hashable, list[float]] = defaultdict(list)
        self._of_name: dict[str, list[Worth]] = defaultdict(list)

    def between(self, low: float, high: float) -> list[Worth]:
        """The worths in [low, high]."""
        return self._worths[bisect_left(self._numbers, low) : bisect_right(self._numbers, high)]

    def like(self, number: float) -> int:
        """How many worths are of the same sign and magnitude: from a third of `number` to three times."""
        return _count(self._numbers, number)

    def likeness(self, number: float, stands: Quantity | None) -> Likeness:
        """How many worths are so like a number, by what they are to the quantity that it stands for."""
        every = self.like(number)
        if stands is None or not every:
            return Likeness(0, 0, every)
        if not self._groups:
            self._sort()
        sort, names = (family(stands.name), stage(stands)), named_in(stands.name)
        kin, named = _count(self._groups.get(sort, ()), number), self._sharing(number, names)
        both = self._sharing(number, names, sort)
        low, high = sorted((number / 3, number * 3))
        for worth in self._of_name.get(plain(stands), ()):
            if stage(worth.quantity) != stage(stands) and low <= worth.number <= high:
                kin += 1
                both += not names.isdisjoint(named_in(worth.quantity.name))
        return Likeness(kin, named - both, every - kin - named + both)

    def _sharing(self, number: float, names: frozenset[str], sort: Hashable = None) -> int:
        """How many worths (of a sort) share one of the names, or both."""
        once = sum(_count(self._groups.get((sort, name), ()), number) for name in names)
        return once - (_count(self._groups.get((sort, names), ()), number) if len(names) > 1 else 0)

    def _sort(self) -> None:
        for worth in self._worths:
            quantity, names = worth.quantity, named_in(worth.quantity.name)
            sort = family(quantity.name), stage(quantity)
            self._of_name[plain(quantity)].append(worth)
            self._groups[sort].append(worth.number)
            for shared in (*names, names) if len(names) > 1 else names:
                self._groups[None, shared].append(worth.number)
                self._groups[sort, shared].append(worth.number)


def _count(numbers: list[float] | tuple[()], near: float) -> int:
    low, high = sorted((near / 3, near * 3))
    return bisect_right(numbers, high) - bisect_left(numbers, low)


def printed_table(carried: Mapping[Quantity, Fraction]) -> Table:
    """What the document has printed so far."""
    return Table([Worth(float(value), quantity, value) for quantity, value in carried.items()])
