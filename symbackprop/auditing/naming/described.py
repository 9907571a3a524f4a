"""What a list of numbers holds that words describe: the weights w5 and w6, the hidden activations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from symbackprop.auditing.mathematics.statements import Description, Noun
from symbackprop.auditing.mathematics.tree import Name, Node, Partial
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.naming.units import Unit, Units
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.truth import Quantity
from symbackprop.expressions.names import partial
from symbackprop.network.problem import Problem

READINGS = 4  # of a name that are looked at
_OF_UNITS = {Noun.DELTA: "δ", Noun.NET: "net"}


@dataclass(frozen=True)
class Descriptions:
    """Descriptions as quantities of a network.

    `readings` are those of a name after so many updates, `reading` makes one of the network's own names.
    """

    problem: Problem
    units: Units
    readings: Callable[[Name | Partial, int], tuple[Reading, ...]]
    reading: Callable[[Found, int, Strength], Reading]

    def of(self, description: Description, after: int) -> Iterator[Reading]:
        """What a description may mean after so many updates."""
        if description.names is not None:
            yield from self._named(description, after)
            return
        nouns = [noun for noun in description.nouns if noun is not Noun.GRADIENT]
        if len(nouns) > 1:
            return
        for found in self._called(nouns[0] if nouns else None, description.layers):
            if Noun.GRADIENT in description.nouns:
                found = self._gradient(found)
            if found.names and all(found.rows):
                yield self.reading(found, after, Strength.DEFINED if description.layers else Strength.GUESSED)
        if nouns == [Noun.DELTA]:
            index = "hidden" if "hidden" in description.layers else ""
            yield from self.readings(Name("δ", description.span, index), after)

    # ---- by names

    def _named(self, description: Description, after: int) -> Iterator[Reading]:
        assert description.names is not None
        rows: list[tuple[Quantity, ...]] = []
        strength = Strength.SPELT
        for row in description.names.rows:
            entries: list[Quantity] = []
            for node in row:
                found = self._entry(description, node, after)
                if found is None:
                    return
                quantity, sure = found
                entries.append(quantity)
                strength = min(strength, sure)
            rows.append(tuple(entries))
        yield Reading(tuple(rows), strength, flat=description.names.flat)

    def _entry(self, description: Description, node: Node, after: int) -> tuple[Quantity, Strength] | None:
        """The quantity that one name of a description means, and how sure that is."""
        assert isinstance(node, Name | Partial)
        if isinstance(node, Name):
            for noun, base in _OF_UNITS.items():
                if noun in description.nouns and node.base not in (base, "z"):
                    node = Name(base, node.span, node.base + node.superscript + node.subscript)
        for reading in self.readings(node, after)[:READINGS]:
            quantity = reading.scalar
            if quantity is None or not self._is_called(description, quantity):
                continue
            if Noun.GRADIENT in description.nouns and isinstance(node, Name):
                if quantity.name not in self._trained or self._cost is None:
                    return None
                found = self.reading(Found.one(partial(self._cost, quantity.name)), after, reading.strength)
                return (found.rows[0][0], reading.strength)
            return quantity, reading.strength
        return None

    def _is_called(self, description: Description, quantity: Quantity) -> bool:
        """Whether a quantity is what the nouns of a description call it."""
        nouns = {*description.nouns} - {Noun.GRADIENT, Noun.DELTA, Noun.NET}
        if not nouns and description.layers and not description.nouns:
            if "input" in description.layers:
                return quantity.name in self.problem.graph.inputs
            return quantity.name in self._activations
        kinds = {
            Noun.WEIGHT: self._trained - self.units.biases,
            Noun.BIAS: self.units.biases,
            Noun.PARAMETER: frozenset(self.problem.graph.parameters),
            Noun.ACTIVATION: self._activations,
            Noun.TARGET: frozenset(self.problem.graph.targets),
            Noun.COST: self.problem.graph.dependents(self.problem.graph.targets),
        }
        return all(quantity.name in kinds[noun] for noun in nouns if noun in kinds)

    # ---- by what it is called

    def _called(self, noun: Noun | None, layers: tuple[str, ...]) -> Iterator[Found]:
        """What a noun and the layers beside it mean."""
        graph = self.problem.graph
        match noun:
            case None | Noun.ACTIVATION if "hidden" in layers:
                yield Found.list(unit.activation for unit in self.units.hidden)
            case None | Noun.ACTIVATION if noun or "output" in layers:
                yield Found.list(self.units.outputs)
            case None if "input" in layers:
                yield Found.list(graph.inputs)
            case Noun.TARGET:
                yield Found.list(graph.targets)
            case Noun.NET:
                yield Found.list(unit.net for unit in self._group(layers) if unit.net)
            case Noun.BIAS:
                for group in (layers,) if layers else ((), ("hidden",), ("output",)):
                    yield Found.list(dict.fromkeys(bias for unit in self._group(group) for bias in unit.biases))
            case Noun.WEIGHT:
                yield from self._weights(layers)
                if not layers:
                    yield from (*self._weights(("hidden",)), *self._weights(("output",)))
            case Noun.PARAMETER:
                yield Found.list(graph.parameters)
            case Noun.COST if self._cost is not None and not layers:
                yield Found.one(self._cost)

    def _group(self, layers: tuple[str, ...]) -> tuple[Unit, ...]:
        """The units of the layers that are spoken of, the one behind the other where there are two."""
        if "output" in layers and ("hidden" not in layers or layers.index("hidden") < layers.index("output")):
            return tuple(unit for unit in self.units.units if unit not in self.units.hidden)
        return self.units.hidden if "hidden" in layers else self.units.units

    def _weights(self, layers: tuple[str, ...]) -> Iterator[Found]:
        nets = [unit.net for unit in self._group(layers) if unit.net]
        edges = [edge for edge in self.units.edges if edge.target in nets]
        at = {(edge.target, edge.source): edge.weight for edge in edges}
        sources = tuple(dict.fromkeys(edge.source for edge in edges))
        if len(at) == len(nets) * len(sources) and len(nets) > 1 and len(sources) > 1:
            rows = tuple(tuple(at[net, source] for source in sources) for net in nets)
            yield Found(rows)
            yield Found(tuple(zip(*rows, strict=True)))
        elif not layers:
            weights = frozenset(at.values())
            yield Found.list(name for name in self.problem.graph.parameters if name in weights)
        else:
            yield Found.list(dict.fromkeys(edge.weight for edge in edges))

    def _gradient(self, found: Found) -> Found:
        if self._cost is None or not self._trained.issuperset(found.names):
            return replace(found, rows=((),))
        cost = self._cost
        return replace(found, rows=tuple(tuple(partial(cost, name) for name in row) for row in found.rows))

    @property
    def _cost(self) -> str | None:
        return self.problem.training.cost if self.problem.training else None

    @cached_property
    def _trained(self) -> frozenset[str]:
        return frozenset(self.problem.graph.parameters)

    @cached_property
    def _activations(self) -> frozenset[str]:
        return frozenset((*self.units.outputs, *(unit.activation for unit in self.units.units)))


def arranged(reading: Reading, rows: int, columns: int) -> Iterator[tuple[tuple[Quantity, ...], ...]]:
    """The ways to lay what is read as so many rows and columns; where it says how it lies, that way."""
    entries = [entry for row in reading.rows for entry in row]
    own = len(reading.rows), len(reading.rows[0])
    if len(entries) != rows * columns:
        return
    if own == (rows, columns) or (1 in own and 1 in (rows, columns)):
        yield _chunks(entries, columns)
        return
    if own == (columns, rows):
        yield tuple(zip(*reading.rows, strict=True))
        return
    if 1 in own:
        yield _chunks(entries, columns)
        yield tuple(zip(*_chunks(entries, rows), strict=True))
    elif 1 in (rows, columns):
        yield _chunks(entries, columns)
        yield _chunks([entry for column in zip(*reading.rows, strict=True) for entry in column], columns)


def _chunks(entries: Iterable[Quantity], width: int) -> tuple[tuple[Quantity, ...], ...]:
    found = tuple(entries)
    return tuple(found[at : at + width] for at in range(0, len(found), width))
