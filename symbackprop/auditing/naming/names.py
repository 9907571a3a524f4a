"""What a name or a partial that a document writes stands for among the quantities of a network."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symbackprop.auditing.mathematics.statements import Statements
from symbackprop.auditing.mathematics.tree import Name, Partial
from symbackprop.auditing.naming.node_errors import LIKELY, NodeErrors
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.naming.roles import Roles
from symbackprop.auditing.naming.spelling import key, keys_of
from symbackprop.auditing.naming.units import Units
from symbackprop.auditing.naming.vocabulary import Found, Vocabulary
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.errors import did_you_mean

_MARKED = ("new", "updated")
_UNMARKED = ("old",)


class Names:
    """The quantities that the names of a document stand for."""

    def __init__(self, truth: Truth, statements: Statements) -> None:
        self.truth = truth
        self.statements = statements
        problem = truth.problem
        rate = [problem.learning_rate_name] if problem.learning_rate_name in truth.names else []
        self.vocabulary = Vocabulary([*problem.graph.names, *rate])
        self.units = Units(problem.graph)
        self.roles = Roles(problem, self.vocabulary, self.units)
        cost = truth.derivation.cost
        self.node_errors = NodeErrors(cost, self.vocabulary, self.units) if cost else None
        self._trained = frozenset(problem.trained_parameters())
        self._fixed = frozenset(problem.graph.leaves) - self._trained | {problem.learning_rate_name}
        self._cache: dict[object, tuple[Reading, ...]] = {}

    def readings(self, node: Name | Partial, *, after: int = 0) -> tuple[Reading, ...]:
        """What `node` may stand for where the chain around it speaks of `after` updates, the likeliest first."""
        if isinstance(node, Partial):
            return tuple(dict.fromkeys(self._partials(node, after)))
        lookup = (node.base, node.superscript, node.subscript, node.accent, node.updated, node.old, after)
        if lookup not in self._cache:
            self._cache[lookup] = tuple(dict.fromkeys(self._found(node, after)))
        return self._cache[lookup]

    def nearest(self, node: Name | Partial) -> tuple[str, ...]:
        """The names of quantities that are spelt most like `node`, for a message."""
        return ()

    def spelt(self, quantity: Quantity) -> str | None:
        """How the document writes a quantity, where it does."""
        return None

    def _found(self, name: Name, after: int) -> Iterator[Reading]:
        if name.updated and not self._trained:
            return
        phase = after + name.updated if self._trained else 0
        strength = Strength.SPELT
        for spelt in keys_of(name):
            if found := self.vocabulary.spelt(spelt):
                yield self._reading(found, phase, strength)
                return
        for spelt in keys_of(name):
            if found := self.vocabulary.folded(spelt):
                yield self._reading(found, phase, strength)
                return
        if self.node_errors:
            found_any = False
            for found in self.node_errors.of(name):
                found_any = True
                yield self._reading(found, phase, Strength.DEFINED)
                yield self._reading(found, phase, Strength.DEFINED, Fraction(-1))
            if found_any:
                return
        for found in self.roles.of(name):
            yield self._reading(found, phase, Strength.GUESSED)
        if self.node_errors:
            for found in self.node_errors.of(name, LIKELY):
                yield self._reading(found, phase, Strength.GUESSED)
                yield self._reading(found, phase, Strength.GUESSED, Fraction(-1))

    def _reading(self, found: Found, phase: int, strength: Strength, scale: Fraction = Fraction(1)) -> Reading:
        rows = tuple(tuple(self._quantity(name, phase, scale) for name in row) for row in found.rows)
        return Reading(rows, strength, flat=found.flat)

    def _quantity(self, name: str, phase: int, scale: Fraction = Fraction(1)) -> Quantity:
        return Quantity(name, 0 if name in self._fixed else phase, scale)

    def _partials(self, node: Partial, after: int) -> Iterator[Reading]:
        if not isinstance(node.of, Name) or not isinstance(node.by, Name):
            return
        for of in self.readings(node.of, after=after)[:3]:
            for by in self.readings(node.by, after=after)[:3]:
                if (reading := self._partial(of, by)) is not None:
                    yield reading

    def _partial(self, of: Reading, by: Reading) -> Reading | None:
        """∂of/∂by entry by entry: of a scalar by each entry, of each entry by a scalar, of a vector by its like."""
        if not of.rows or not by.rows:
            return None
        if of.scalar is None and by.scalar is not None:
            rows = tuple(tuple(self._ratio(entry, by.scalar) for entry in row) for row in of.rows)
            flat = of.flat
        elif of.scalar is not None:
            rows = tuple(tuple(self._ratio(of.scalar, entry) for entry in row) for row in by.rows)
            flat = by.flat
        elif (len(of.rows), len(of.rows[0])) == (len(by.rows), len(by.rows[0])):
            rows = tuple(
                tuple(self._ratio(*pair) for pair in zip(*both, strict=True))
                for both in zip(of.rows, by.rows, strict=True)
            )
            flat = by.flat
        else:
            return None
        found = [[entry for entry in row if entry is not None] for row in rows]
        if [*map(len, found)] != [*map(len, rows)]:
            return None
        strength = min(of.strength, by.strength)
        if of.scalar and of.scalar.name == self.truth.derivation.cost and by.strength > Strength.GUESSED:
            strength = max(strength, Strength.DEFINED)  # what is differentiated is the cost, whatever it is called
        return Reading(tuple(map(tuple, found)), strength, flat=flat)

    def _ratio(self, of: Quantity, by: Quantity) -> Quantity | None:
        graph = self.truth.problem.graph
        if of.name != by.name and (of.name in graph.leaves or by.name in graph.dependents([of.name])):
            return None  # no derivative of what comes later is meant
        name = self.truth.partial(of.name, by.name)
        return Quantity(name, max(of.after, by.after), of.scale / by.scale) if name else None
