"""Print and Ledger: the numbers that a document has printed so far, by quantity and by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from symbackprop.auditing.truth import Quantity


@dataclass(frozen=True, slots=True)
class Print:
    """A number printed for a quantity (or, where it is none of the network's, for a name of the document's own).

    `good` says that it was found correct or carried; `claim` is the index of the claim that said so.
    """

    quantity: Quantity | str
    value: Fraction
    unit: Fraction
    good: bool
    claim: int


def plain(quantity: Quantity) -> Quantity:
    """The quantity without its factor."""
    return replace(quantity, scale=Fraction(1))


class Ledger:
    """The prints of a document in reading order."""

    def __init__(self) -> None:
        self._of: dict[Quantity | str, list[Print]] = defaultdict(list)
        self._worth: dict[Fraction, list[Print]] = defaultdict(list)

    def note(self, quantity: Quantity | str, value: Fraction, unit: Fraction, *, good: bool, claim: int) -> None:
        """Writes down that `value` was printed for a quantity; of a scaled one, what that says of the plain one."""
        printed = Print(quantity, value, unit, good, claim)
        self._worth[abs(value)].append(printed)
        if isinstance(quantity, Quantity) and quantity.scale != 1:
            scale = quantity.scale
            printed = Print(plain(quantity), value / scale, unit / abs(scale), good, claim)
        self._of[printed.quantity].append(printed)

    def of(self, quantity: Quantity | str) -> tuple[Print, ...]:
        """What was printed for a quantity, scaled as it is scaled."""
        if isinstance(quantity, str) or quantity.scale == 1:
            return tuple(self._of.get(quantity, ()))
        scale = quantity.scale
        return tuple(
            Print(quantity, one.value * scale, one.unit * abs(scale), one.good, one.claim)
            for one in self._of.get(plain(quantity), ())
        )

    def worth(self, value: Fraction) -> tuple[Print, ...]:
        """What was printed with this value, whatever its sign."""
        return tuple(self._worth.get(abs(value), ()))

    def last(self) -> Iterable[tuple[Quantity, Fraction]]:
        """(quantity, its last printed value) for every quantity of the network."""
        return [(key, prints[-1].value) for key, prints in self._of.items() if isinstance(key, Quantity)]
