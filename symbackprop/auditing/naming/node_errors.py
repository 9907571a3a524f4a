"""Node errors as documents write them: δ_{o1}, δ_5, δ_{Z₁}, δ2, Err_j, er."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symbackprop.auditing.mathematics.tree import Name
from symbackprop.auditing.naming.spelling import key, keys_of, split_index, trailing_digits
from symbackprop.auditing.naming.units import Unit, Units
from symbackprop.auditing.naming.vocabulary import Found, Vocabulary
from symbackprop.expressions.names import partial

SURE = ("delta",)
LIKELY = ("err", "error", "e", "nodeerror", "errorterm", "grad", "localgradient", "errorsignal", "nodedelta")
_COUNTED = re.compile(r"([hHoO])(\d{1,3})", re.ASCII)
_TAKEN_IN = re.compile(r"deltain(\w+)", re.ASCII)
_OUTPUT = ("out", "output", "outputs", "L", "outputlayer")
_HIDDEN = ("hidden", "hiddenlayer")


class NodeErrors:
    """∂cost/∂net of the units that an index names."""

    def __init__(self, cost: str, vocabulary: Vocabulary, units: Units, *, from_zero: bool = False) -> None:
        self.cost = cost
        self.from_zero = from_zero  # whether the document counts units from 0
        self.vocabulary = vocabulary
        self.units = units
        self._stems = {
            trailing_digits(key(name))[0] for unit in units.units for name in (unit.net, unit.activation) if name
        }

    def of(self, name: Name, letters: tuple[str, ...] = SURE) -> tuple[Found, ...]:
        """The node errors that `name` may be, the likeliest first; () where its letter is none of `letters`."""
        if summed := self._summed(name):
            return summed
        base, index = split_index(name)
        if base.casefold() not in letters or base == "E":
            return ()
        return tuple(dict.fromkeys(self._of(found) for found in self._places(index)))

    def _summed(self, name: Name) -> tuple[Found, ...]:
        """δ_in_j: what a hidden unit takes in from behind it, Σ_k δ_k w_{jk} (Fausett)."""
        match = _TAKEN_IN.fullmatch(keys_of(name)[0])
        units = self.units.of(match[1]) or self._counted(match[1]) if match else ()
        hidden = self.units.hidden
        return tuple(Found.one(partial(self.cost, unit.activation)) for unit in units if unit in hidden)

    def of_output(self, name: Name) -> tuple[Found, ...]:
        """The node error of an output by its number among the outputs, which a hidden unit may bear as well."""
        _, index = split_index(name)
        outputs = [unit for unit in self.units.units if self.units.output_of(unit) and unit.net]
        if not index.isdecimal() or not 1 <= int(index) <= len(outputs) or self.from_zero:
            return ()
        return (self._of(Found.one(_net(outputs[int(index) - 1]))),)

    def hidden(self) -> Found | None:
        """The node errors of all hidden units, of which an index-less δ of as many entries may speak."""
        nets = [unit.net for unit in self.units.hidden if unit.net]
        return self._of(Found.list(nets)) if nets else None

    def _of(self, place: Found) -> Found:
        """The node errors of net inputs, in their layout."""
        return Found(tuple(tuple(partial(self.cost, net) for net in row) for row in place.rows), place.flat)

    def _places(self, index: str) -> Iterator[Found]:
        """The net inputs that an index may mean."""
        units = self.units
        outputs = [unit for unit in units.units if units.output_of(unit)]
        if not units.of(index):
            if not index or index in _OUTPUT or (index == "o" and len(outputs) == 1):
                if outputs:
                    yield Found.list(_net(unit) for unit in outputs)
                return
            if units.hidden and (index in _HIDDEN or (index == "h" and len(units.hidden) == 1)):
                yield Found.list(_net(unit) for unit in units.hidden)
                return
        for unit in units.of(index) or self._counted(index):
            if unit.net:
                yield Found.one(unit.net)
        for spelling in (index, *(stem + index for stem in sorted(self._stems))):
            found = self.vocabulary.spelt(spelling) if spelling else None
            if (
                found is not None
                and not (found.fused and index.isalpha())
                and all(name in units.by_quantity for name in found.names)
            ):
                nets = [units.by_quantity[name].net for name in found.names]
                if all(nets):
                    width = len(found.rows[0])
                    named = [net for net in nets if net]
                    rows = tuple(tuple(named[at : at + width]) for at in range(0, len(named), width))
                    yield Found(rows, found.flat)

    def _counted(self, index: str) -> tuple[Unit, ...]:
        """H2 and o1 where no unit bears that name: the second hidden unit, the first output."""
        match = _COUNTED.fullmatch(index)
        if match is None or self.from_zero:
            return ()
        outputs = tuple(unit for unit in self.units.units if self.units.output_of(unit))
        group = self.units.hidden if match[1] in "hH" else outputs
        return group[int(match[2]) - 1 : int(match[2])] if int(match[2]) else ()


def _net(unit: Unit) -> str:
    assert unit.net is not None
    return unit.net
