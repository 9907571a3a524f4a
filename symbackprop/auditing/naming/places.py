"""What a schematic name is at a place of the network, as a tree over the network's own names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Partial
from symbackprop.auditing.naming.changes import change
from symbackprop.auditing.naming.node_errors import LIKELY, SURE
from symbackprop.auditing.naming.roles import Role, Roles
from symbackprop.auditing.naming.schematic import GENERIC, WEIGHTS, Place, Slot
from symbackprop.auditing.naming.spelling import key
from symbackprop.auditing.naming.units import Units
from symbackprop.auditing.naming.vocabulary import Found

_BIASES = ("b", "bias", "theta", "Theta")


class Placing:
    """Schematic names at places; `sign` tells the sign of a letter's node errors, 0 where none is known.

    `slope` tells whether these are slopes by activations.
    """

    def __init__(
        self,
        roles: Roles,
        units: Units,
        *,
        sign: Callable[[str], tuple[int, bool]],
        slope: Callable[[str], bool],
    ) -> None:
        self.roles = roles
        self.units = units
        self.sign = sign
        self.slope = slope
        self.cost = roles.problem.training.cost if roles.problem.training else None

    def resolve(self, name: Name, slot: Slot, place: Place) -> Node | None:
        """What `name` is at a place, None where it is nothing there."""
        if slot.counts:
            return None
        if not slot.letters or place.parameter:
            return self._any(name, slot.base, place.parameter)
        if any(shift for _, shift in slot.letters) or not all(letter in place.units for letter, _ in slot.letters):
            return None
        if slot.layer and not self._is_of(slot, place):
            return None
        base = slot.base
        if base.startswith("Delta") and len(base) > 5:
            parameter = self._parameter(base[5:], slot, place)
            return self._change(name, parameter) if parameter else None
        if (parameter := self._parameter(base, slot, place)) is not None:
            return replace(name, base=parameter, subscript="", superscript="", accent="")
        if len(slot.letters) != 1:
            return None
        unit = place.units[slot.letters[0][0]]
        sign, exact = self.sign(base)
        if base in SURE or (base.casefold() in LIKELY and exact):
            if unit.net is None or self.cost is None:
                return None
            by = unit.activation if self.slope(base) else unit.net
            error = Partial(Name(self.cost, name.span), Name(by, name.span), name.span)
            return Negative(error, name.span) if sign < 0 else error
        for role in self.roles.usual(base):
            for quantity in self.roles.at(role, unit):
                return replace(name, base=quantity, subscript="", superscript="", accent="")
        return None

    def _is_of(self, slot: Slot, place: Place) -> bool:
        """Whether the unit, or the one that a weight leads to, is of the layer that stands above the letters."""
        units = [place.units[letter] for letter, _ in slot.letters]
        unit = units[0] if place.turned else units[-1]
        if slot.layer == "h":
            return unit in self.units.hidden
        return self.units.output_of(unit) is not None

    def _any(self, name: Name, base: str, parameter: str) -> Node | None:
        """Any parameter, or any bias: θ of θ - η·∂C/∂θ."""
        if not parameter or base not in GENERIC or (base in ("b", "bias")) > (parameter in self.units.biases):
            return None
        return replace(name, base=parameter, subscript="", superscript="", accent="")

    def _parameter(self, base: str, slot: Slot, place: Place) -> str | None:
        """The weight on the edge between the units of two letters, or the bias at the unit of one."""
        units = [place.units[letter] for letter, _ in slot.letters]
        if len(units) == 2 and (base in WEIGHTS or base in self._weight_stems):
            source, target = reversed(units) if place.turned else units
            return self._edges.get((source.activation, target.net or ""))
        if len(units) == 1 and (base in _BIASES or Role.BIAS in self.roles.of_base(base)):
            return units[0].biases[0] if len(units[0].biases) == 1 else None
        return None

    def _change(self, name: Name, parameter: str) -> Node | None:
        problem = self.roles.problem
        if self.cost is None or parameter not in problem.trained_parameters():
            return None
        return change(problem.learning_rate_name, self.cost, Found.one(parameter), name.span)

    @cached_property
    def _edges(self) -> dict[tuple[str, str], str]:
        edges = {}
        for edge in self.units.edges:
            unit = self.units.by_quantity.get(edge.source)
            edges[unit.activation if unit else edge.source, edge.target] = edge.weight
        return edges

    @cached_property
    def _weight_stems(self) -> frozenset[str]:
        return frozenset(key(edge.weight).rstrip("0123456789") for edge in self.units.edges)
