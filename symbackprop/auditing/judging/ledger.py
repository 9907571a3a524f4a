"""Print and Ledger: the numbers that a document has printed so far, by quantity and by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import ball
from symbackprop.evaluation.enclosure import Ball

KEPT = 32  # prints of a quantity that are remembered


@dataclass(frozen=True, slots=True)
class Print:
    """A number printed for a quantity (or, where it is none of the network's, for a name of the document's own).

    `good` says that it was found correct or carried, `claim` is the index of the claim that said so, `exact` what
    should have been printed, where that is known. Where it is `open`, nothing was found out about it.
    """

    quantity: Quantity | str
    value: Fraction
    unit: Fraction
    good: bool
    claim: int
    exact: Ball | None = None
    open: bool = False


def plain(quantity: Quantity) -> Quantity:
    """The quantity without its factor."""
    return quantity if quantity.scale == 1 else Quantity(quantity.name, quantity.after)


class Ledger:
    """The prints of a document in reading order."""

    def __init__(self) -> None:
        self._of: dict[Quantity | str, list[Print]] = defaultdict(list)
        self._worth: dict[Fraction, list[Print]] = defaultdict(list)
        self._last: dict[Quantity, Fraction] = {}
        self._shown: Mapping[Quantity, Fraction] | None = None  # the same as it was last asked for

    def note(self, printed: Print) -> None:
        """Writes down a print; of a scaled quantity, what it says of the plain one."""
        _put(self._worth[abs(printed.value)], printed)
        quantity = printed.quantity
        if isinstance(quantity, Quantity) and quantity.scale != 1:
            printed = _scaled(printed, 1 / quantity.scale, plain(quantity))
        _put(self._of[printed.quantity], printed)
        key = printed.quantity
        if isinstance(key, Quantity) and self._last.get(key) != printed.value:
            self._last[key] = printed.value
            self._shown = None

    def of(self, quantity: Quantity | str) -> tuple[Print, ...]:
        """What was printed for a quantity, scaled as it is scaled."""
        if isinstance(quantity, str) or quantity.scale == 1:
            return tuple(self._of.get(quantity, ()))
        return tuple(_scaled(one, quantity.scale, quantity) for one in self._of.get(plain(quantity), ()))

    def worth(self, value: Fraction) -> tuple[Print, ...]:
        """What was printed with this value, whatever its sign."""
        return tuple(self._worth.get(abs(value), ()))

    def last(self) -> Mapping[Quantity, Fraction]:
        """The last printed value of every quantity of the network; the same object while these are the same."""
        if self._shown is None:
            self._shown = MappingProxyType(dict(self._last))
        return self._shown


def _put(prints: list[Print], printed: Print) -> None:
    """Adds a print to the `KEPT` last ones; of prints that say the same, the first is kept."""
    same = (printed.quantity, printed.value, printed.unit, printed.good)
    for index, one in enumerate(prints):
        if (one.quantity, one.value, one.unit, one.good) == same:
            prints.append(prints.pop(index))
            return
    prints.append(printed)
    del prints[:-KEPT]


def _scaled(printed: Print, scale: Fraction, quantity: Quantity) -> Print:
    exact = None if printed.exact is None else printed.exact * ball(scale)
    return replace(printed, quantity=quantity, value=printed.value * scale, unit=printed.unit * abs(scale), exact=exact)
