"""What ∂of/∂by stands for: the quantities that are its two sides, entry by entry, or all of one by all of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from symbackprop.auditing.mathematics.tree import Call, Name, Partial
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.truth import Quantity, Truth

PAIRS = 3  # readings of each side of a partial that are put together


@dataclass(frozen=True, slots=True)
class Partials:
    """What the partials of a document stand for, each by what its two sides do.

    `readings` are those of a name after so many updates; `quantity` is one by its name, the phase and the scale.
    """

    truth: Truth
    readings: Callable[[Name, int], tuple[Reading, ...]]
    quantity: Callable[[str, int, Fraction], Quantity]

    def of(self, node: Partial, after: int) -> Iterator[Reading]:
        """What a partial may stand for where the chain around it speaks of `after` updates, the likeliest first."""
        if isinstance(node.of, Call) and node.of.arguments == (node.by,) and not node.of.primes:
            yield Reading((), Strength.DEFINED, body=replace(node.of, primes=1))
        if isinstance(node.of, Name) and isinstance(node.by, Name):
            for of in self.readings(node.of, after)[:PAIRS]:
                for by in self.readings(node.by, after)[:PAIRS]:
                    if (reading := self._partial(of, by)) is not None:
                        yield reading
                    yield from self._jacobians(of, by)

    def _partial(self, of: Reading, by: Reading) -> Reading | None:
        """∂of/∂by entry by entry: of a scalar by each entry, of each entry by a scalar, of a vector by its like."""
        if not of.rows or not by.rows:
            return None
        if of.scalar is not None:
            pairs = [[(of.scalar, entry) for entry in row] for row in by.rows]
        elif by.scalar is not None:
            pairs = [[(entry, by.scalar) for entry in row] for row in of.rows]
        elif [*map(len, of.rows)] == [*map(len, by.rows)]:
            pairs = [list(zip(*both, strict=True)) for both in zip(of.rows, by.rows, strict=True)]
        else:
            return None
        found = [[self._ratio(*pair) for pair in row] for row in pairs]
        rows = tuple(tuple(entry for entry in row if entry is not None) for row in found)
        if [*map(len, found)] != [*map(len, rows)]:
            return None
        strength = min(of.strength, by.strength)
        if of.scalar and of.scalar.name == self.truth.derivation.cost and by.strength > Strength.GUESSED:
            strength = max(strength, Strength.DEFINED)  # what is differentiated is the cost, whatever it is called
        return Reading(rows, strength, flat=by.flat if by.scalar is None else of.flat)

    def _jacobians(self, of: Reading, by: Reading) -> Iterator[Reading]:
        """The matrix of all ∂of_i/∂by_j of two vectors, a row for each entry of the first, or of the second."""
        if not (of.is_vector and by.is_vector):
            return
        rows = [[self._ratio(entry, other) for other in by.entries] for entry in of.entries]
        found = tuple(tuple(entry for entry in row if entry is not None) for row in rows)
        if all(len(row) == len(by.entries) for row in found):
            strength = min(of.strength, by.strength)
            yield Reading(found, strength)
            yield Reading(tuple(zip(*found, strict=True)), strength)

    def _ratio(self, of: Quantity, by: Quantity) -> Quantity | None:
        graph = self.truth.problem.graph
        if of.name != by.name and (of.name in graph.leaves or by.name in graph.dependents([of.name])):
            return None  # nobody differentiates by what comes later
        name = self.truth.partial(of.name, by.name)
        return self.quantity(name, max(of.after, by.after), of.scale / by.scale) if name else None
