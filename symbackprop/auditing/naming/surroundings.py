"""What the chain around a name tells of it: whose bias a b without an index is, and whether an x is a sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Negative,
    Node,
    Partial,
    Product,
    walk,
    whole_number,
)
from symbackprop.auditing.naming.definitions import Definitions
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.naming.spelling import keys_of, written
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.units import Unit, Units
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.expressions.names import split_partial

Meaning = tuple[Found | Node, Strength, Fraction]
"""(quantities or a tree, how sure, the scale of the quantities)."""

BEFORE = 12  # chains that are looked back on
_ONE = Fraction(1)
_BIASES = ("b", "bias", "theta", "threshold")


class Surroundings:
    """Names by the chains that they stand in; `candidates` are the node errors that a name may be."""

    def __init__(
        self,
        spellings: Spellings,
        definitions: Definitions,
        units: Units,
        candidates: Callable[[Name], tuple[Found, ...]],
    ) -> None:
        self.spellings = spellings
        self.definitions = definitions
        self.units = units
        self.candidates = candidates

    def stands_alone(self, name: Name) -> bool:
        """Whether `name` is a bias without an index among scalars, where it is that of one unit, not all of them."""
        return any(spelt.casefold() in _BIASES for spelt in keys_of(name)) and self._among_scalars(name)

    def is_times(self, name: Name) -> bool:
        """Whether `name` is the letter x between two factors that are no vectors: a sign of multiplication."""
        chain = self.definitions.chain_at(name.span.start)
        if name.text not in ("x", "X") or chain is None or not self._among_scalars(name):
            return False
        return any(
            isinstance(node, Product) and any(factor == name for factor in node.factors[1:-1])
            for member in chain.members
            for node in walk(member)
        )

    def _among_scalars(self, name: Name) -> bool:
        """Whether nothing else in the chain around a name is a vector or a matrix."""
        chain = self.definitions.chain_at(name.span.start)
        for member in chain.members if chain is not None else ():
            for node in walk(member):
                if isinstance(node, Entries):
                    return False
                if isinstance(node, Name) and written(node) != written(name):
                    match = self.spellings.of(node)
                    if match is not None and match.found.scalar is None:
                        return False
        return chain is not None

    def bias(self, name: Name) -> Iterator[Meaning]:
        """A bias without an index: that of the unit spoken of; 1 where a bias is multiplied by it, or by x_0."""
        constant = keys_of(name)[0].endswith("0")
        if not (constant or any(spelt.casefold() in _BIASES for spelt in keys_of(name))):
            return
        chain = self.definitions.chain_at(name.span.start)
        if chain is not None and any(self._feeds(member, name) for member in chain.members):
            yield whole_number(1, name.span), Strength.DEFINED if constant else Strength.GUESSED, _ONE
            return
        if constant:
            return
        for before in islice(self.definitions.before(name.span.start), BEFORE):
            unit = self._about(before.members[0])
            if unit is not None and unit.biases:
                strength = Strength.DEFINED if before is chain else Strength.GUESSED
                yield Found.one(unit.biases[0]), strength, _ONE
                return

    def _feeds(self, node: Node, name: Name) -> bool:
        """Whether `name` is multiplied by a bias, as the constant input of a unit is."""
        terms = getattr(node, "terms", (node,))
        biases = {bias for unit in self.units.units for bias in unit.biases}
        for term in terms:
            if isinstance(term, Product) and any(factor is name or factor == name for factor in term.factors):
                matches = [self.spellings.of(other) for other in term.factors if isinstance(other, Name)]
                if any(match is not None and match.found.scalar in biases for match in matches):
                    return True
        return False

    def _about(self, node: Node) -> Unit | None:
        """The unit that a chain with this subject is about."""
        if isinstance(node, Partial):
            return self._about(node.by)
        if isinstance(node, Negative):
            return self._about(node.operand)
        if not isinstance(node, Name):
            return None
        match = self.spellings.of(node)
        if match is None:
            found = self.candidates(node)
            name = (split_partial(found[0].names[0]) or ("", ""))[1] if found and found[0].scalar else None
        else:
            name = match.found.scalar
        if name is None:
            return None
        nets = [edge.target for edge in self.units.edges if edge.weight == name]
        nets += [unit.net for unit in self.units.units if name in unit.biases and unit.net]
        if len(nets) == 1:
            return self.units.by_net[nets[0]]
        return self.units.by_quantity.get(name)
