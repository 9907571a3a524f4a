"""What a name or a partial that a document writes stands for among the quantities of a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from symbackprop.auditing.mathematics.statements import Description, Statements
from symbackprop.auditing.mathematics.tree import Name, Node, Partial, walk, whole_number
from symbackprop.auditing.naming.definitions import Definitions
from symbackprop.auditing.naming.described import Descriptions
from symbackprop.auditing.naming.likeness import Likeness
from symbackprop.auditing.naming.meanings import Meanings
from symbackprop.auditing.naming.node_errors import LIKELY, SURE
from symbackprop.auditing.naming.notation import Spoken
from symbackprop.auditing.naming.numbered import Numbered
from symbackprop.auditing.naming.orientation import turned_names
from symbackprop.auditing.naming.partials import Partials
from symbackprop.auditing.naming.places import Placing
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.naming.roles import Roles
from symbackprop.auditing.naming.schematic import Rules, slot
from symbackprop.auditing.naming.spelling import key, keys_of, letter_of, trailing_digits
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.units import Units
from symbackprop.auditing.naming.vocabulary import Found, Vocabulary
from symbackprop.auditing.naming.worth import Worth
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.auditing.values import Value

INNER = 8  # definitions inside each other
FEW = 12  # parameters of a network that may be taken for one another


class Names:
    """The quantities of a network that the names of a document stand for.

    A name is read by its spelling, else by what the document defines it to be, else by its role or by its unit's
    index. What a name means may depend on where it stands: the last definition before it counts. Names that are
    `apart` are those of other quantities, which the document may define.
    """

    def __init__(self, truth: Truth, statements: Statements, apart: tuple[Name, ...] = ()) -> None:
        problem = truth.problem
        rate = [problem.learning_rate_name] if problem.learning_rate_name in truth.names else []
        units = Units(problem.graph)
        self.truth = truth
        self._partials = Partials(truth, lambda node, after: self.readings(node, after=after), self._quantity)
        self._units = units
        self._definitions = Definitions(statements)
        self._worth = Worth(truth, self.readings)
        vocabulary = Vocabulary([*problem.graph.names, *rate])
        spellings = Spellings(vocabulary, units)
        if turned := turned_names(problem.graph, spellings, self._definitions, self._worth):
            vocabulary = Vocabulary(vocabulary.names, turned)
            spellings = Spellings(vocabulary, units)
        self._spellings = spellings
        roles = Roles(problem, vocabulary, units)
        self._meanings = Meanings(roles, self._spellings, self._definitions, self._worth, self.ways)
        placing = Placing(roles, units, sign=self._sign_of, slope=self._meanings.slopes.by_activation)
        self._rules = Rules(
            roles, units, known=lambda node: bool(self.readings(node)), resolve=placing.resolve, vector=self._vector
        )
        self._numbered = Numbered(problem.graph.names, schematic=self.schematic, known=self._is_placed)
        self._likeness = Likeness(vocabulary.names)
        self._spoken = Spoken(statements, self.readings)
        self._descriptions = Descriptions(
            problem, units, lambda node, after: self.readings(node, after=after), self._reading
        )
        self._trained = frozenset(problem.trained_parameters())
        self._fixed = frozenset(problem.graph.leaves) - self._trained | {problem.learning_rate_name}
        self._apart = frozenset(keys_of(name)[0] for name in apart)
        self._cache: dict[object, tuple[Reading, ...]] = {}
        self._provisional: dict[object, tuple[Reading, ...]] = {}
        self._open: set[object] = set()

    def readings(self, node: Name | Partial, *, after: int = 0) -> tuple[Reading, ...]:
        """What `node` may stand for where the chain around it speaks of `after` updates, the likeliest first."""
        if isinstance(node, Partial):
            return tuple(dict.fromkeys(self._partials.of(node, after)))
        match = self._spellings.of(node)
        if (match is None or not match.found.scalar) and self._meanings.surroundings.is_times(node):
            return (Reading((), Strength.DEFINED, body=whole_number(1, node.span)),)
        if (own := self._spellings.marked(node)) is not None:
            return self._spelt(own.found, after, updated=own.updated)
        if match is None or (match.folded and self._meanings.is_defined_otherwise(node, match.found)):
            return self._meant(node, after)
        spelt = self._spelt(match.found, after, updated=node.updated or match.updated)
        if match.found.scalar is None and self._meanings.surroundings.stands_alone(node):
            return (*self._meant(node, after), *spelt)
        return spelt

    def described(self, description: Description, after: int) -> Iterator[Reading]:
        """What a list that words describe may hold after `after` updates, the likeliest first."""
        return self._descriptions.of(description, after)

    def beside(self, name: Name) -> Iterator[tuple[str, Quantity]]:
        """(the name as it is at another unit, the quantity that it is there) for a name that bears a unit's number."""
        stem, index = trailing_digits(name.subscript or name.base)
        if not index or not (stem or name.subscript):
            return
        for unit in self._units.units:
            for label in filter(str.isdecimal, unit.labels):
                spelt = replace(name, subscript=label) if name.subscript else replace(name, base=stem + label)
                for reading in self.readings(spelt)[:1] if stem == "" or not name.subscript else ():
                    if reading.scalar is not None and reading.strength > Strength.GUESSED:
                        yield spelt.text, reading.scalar

    def at_unit(self, label: str) -> Iterator[tuple[str, Quantity]]:
        """(label, quantity) for the net input, the activation and the node errors of a unit."""
        cost = self.truth.derivation.cost
        for unit in self._units.of(label):
            names = [unit.net, unit.activation] if unit.net else []
            found = [Quantity(name) for name in dict.fromkeys(names) if name is not None]
            if cost is not None and unit.net and (error := self.truth.partial(cost, unit.net)) is not None:
                found += [Quantity(error), -Quantity(error)]
            yield from ((label, quantity) for quantity in found)

    def at_units(self) -> Iterator[tuple[str, Quantity]]:
        """The same of all units that are known by a number."""
        for unit in self._units.units:
            for label in filter(str.isdecimal, unit.labels):
                yield from self.at_unit(label)

    def schematic(self, node: Name | Partial) -> bool:
        """Whether the index of `node` stands for any unit, as in w_{ij} and δ_j."""
        return not self._is_apart(node) and self._rules.schematic(node)

    def beside_schematic(self, name: Name) -> tuple[Name, ...]:
        """The other names of the document for any unit that bear the same letters as `name`, each once."""
        letters = _letters(name) if self.schematic(name) else None
        return tuple(one for one in self._schematic.get(letters, ()) if one.text != name.text) if letters else ()

    @cached_property
    def _schematic(self) -> dict[tuple[tuple[str, int], ...], tuple[Name, ...]]:
        """The names of the document for any unit, by their letters."""
        nodes = (node for chain in self._definitions.chains for member in chain.members for node in walk(member))
        found = {node.text: node for node in nodes if isinstance(node, Name) and _letters(node)}
        by_letters: dict[tuple[tuple[str, int], ...], tuple[Name, ...]] = {}
        for name in filter(self.schematic, found.values()):
            by_letters[_letters(name)] = (*by_letters.get(_letters(name), ()), name)
        return by_letters

    def ways(self, members: Sequence[Node]) -> Iterator[tuple[tuple[Node, ...], ...]]:
        """All ways to read a rule: with numbers put in for its letters, and then with units for them."""
        if found := self.numbered(members):
            yield found
        yield from self.unrolled(members)

    def is_known(self, name: Name) -> bool:
        """Whether a name stands for a quantity, or at some place of the network for that of a unit."""
        return bool(self.readings(name)) or (self.schematic(name) and any(True for _ in self.ways((name,))))

    def count(self, name: Name) -> int:
        """How often a name stands in the document's formulas."""
        return self._definitions.count(name)

    def numbered(self, members: Sequence[Node]) -> tuple[tuple[Node, ...], ...]:
        """A rule's members with all numbers for its letters with which its names are spelt as something known."""
        return self._numbered.instances(members)

    def unrolled(self, members: Sequence[Node]) -> Iterator[tuple[tuple[Node, ...], ...]]:
        """The ways to read a rule for any unit, each as its members at every place where all its names mean something.

        They are trees over the network's own names, sums written out: Δw_{ij} = η δ_j O_i is a member tuple for each
        edge, once with i as its source and once with j. A rule is wrong where it fails in each of the ways.
        """
        return self._rules.unrolled(members)

    def is_determinate(self, members: Sequence[Node]) -> bool:
        """Whether no name of a rule stands for any unit but under a sum, which runs over them."""
        return self._numbered.is_determinate(members)

    @cached_property
    def scalar_parameters(self) -> tuple[str, ...]:
        """The parameters of a network of few, any of which may be taken for another."""
        found = self.truth.problem.graph.parameters
        return tuple(found) if len(found) <= FEW else ()

    @cached_property
    def stems_of_parameters(self) -> tuple[str, ...]:
        """The names of the vectors and matrices of parameters: of w_11 to w_22, w."""
        stems = (trailing_digits(name)[0].rstrip("_") for name in self.truth.problem.graph.parameters)
        return tuple(dict.fromkeys(stem for stem in stems if stem))

    def alike(self, name: Name) -> tuple[Name, ...]:
        """The other vectors or matrices that are laid out as `name` is, as the document writes them where it does."""
        match = self._spellings.of(name)
        if match is None or match.found.scalar:
            return ()
        found = self._spellings.vocabulary.alike(match.found)
        return tuple(self._vectors.get(grid.rows) or Name(stem, name.span) for stem, grid in found.items())

    @cached_property
    def _vectors(self) -> dict[tuple[tuple[str, ...], ...], Name]:
        """How the document writes vectors and matrices."""
        written: dict[tuple[tuple[str, ...], ...], Name] = {}
        for chain in self._definitions.chains:
            for name in (part for member in chain.members for part in walk(member) if isinstance(part, Name)):
                match = self._spellings.of(name)
                if match is not None and not (match.found.scalar or match.updated or name.updated):
                    written.setdefault(match.found.rows, name)
        return written

    def has_open_sign(self, members: Sequence[Node]) -> bool:
        """Whether a node error stands in a rule whose sign the document does not show, or a change of a parameter."""
        names = {part.text: part for member in members for part in walk(member) if isinstance(part, Name)}
        kronecker = self._rules.kronecker(members)
        return any(
            self._is_change(name) or self._is_open(name) for text, name in names.items() if text not in kronecker
        )

    def _is_change(self, name: Name) -> bool:
        return key(name.base).startswith("Delta") and len(key(name.base)) > len("Delta")

    def _is_open(self, name: Name) -> bool:
        letter = letter_of(name)
        if letter.casefold() not in SURE + LIKELY or letter == "E":  # which is a cost
            return False
        convention = self._meanings.signs.convention(letter)
        return not convention.exact or bool(convention.both)

    def slips(self, node: Node) -> tuple[Reading, ...]:
        """What `node`, which matches nothing, would be but for one letter: guesses, for the number put in to decide."""
        return tuple(
            reading
            for name in self._likeness.slips(node)
            for reading in self._spelt(Found.one(name), 0, updated=False, strength=Strength.GUESSED)
        )

    def target_of(self, quantity: str) -> str | None:
        """The target that an output is compared with."""
        return self._units.targets.get(quantity)

    def equal(self, values: tuple[Value, ...]) -> tuple[Found, Fraction] | None:
        """(quantities, scale) that are worth `values`, at the given numbers and at all points near them."""
        return self._meanings.fingerprints.of(values)

    def nearest(self, node: Name | Partial) -> tuple[str, ...]:
        """The names of quantities that are spelt most like `node`, for a message."""
        if isinstance(node, Partial):
            for part in (node.of, node.by):
                if isinstance(part, Name) and not self.readings(part):
                    return self._likeness.nearest(keys_of(part)[0])
            return ()
        return self._likeness.nearest(keys_of(node)[0])

    def spelt(self, quantity: Quantity) -> str | None:
        """How the document writes a quantity, where it does."""
        return self._spoken.spelt(quantity)

    def _spelt(
        self, found: Found, after: int, *, updated: bool, strength: Strength = Strength.SPELT
    ) -> tuple[Reading, ...]:
        if updated and not self._trained:
            return ()
        lookup = (found, after, updated, strength)
        if lookup not in self._cache:
            self._cache[lookup] = (self._reading(found, after + updated, strength),)
        return self._cache[lookup]

    def _meant(self, name: Name, after: int) -> tuple[Reading, ...]:
        """Readings of what is not spelt as a quantity; they depend on where the name stands."""
        definition, chain = self._definitions.at(name), self._definitions.chain_at(name.span.start)
        here = (definition.start if definition else -1, chain.span.start if chain else -1)
        undecided = self._meanings.undecided
        lookup = (name.base, name.superscript, name.subscript, name.accent, name.updated, after, here, undecided)
        known = self._provisional if undecided else self._cache
        if lookup in known:
            return known[lookup]
        if lookup in self._open or len(self._open) >= INNER or (name.updated and not self._trained):
            return ()
        self._open.add(lookup)
        found = [
            self._reading(meaning, after + name.updated, strength, scale)
            if isinstance(meaning, Found)
            else Reading((), strength, body=meaning)
            for meaning, strength, scale in self._meanings.of(name)
        ]
        self._open.discard(lookup)
        if self._is_apart(name):
            found = [reading for reading in found if reading.body is not None]
        if known is self._cache and self._provisional:
            self._provisional.clear()
            self._worth.forget()
        known[lookup] = tuple(dict.fromkeys(found))
        return known[lookup]

    def _is_apart(self, node: Name | Partial) -> bool:
        return isinstance(node, Name) and keys_of(node)[0] in self._apart

    def _reading(self, found: Found, phase: int, strength: Strength, scale: Fraction = Fraction(1)) -> Reading:
        rows = tuple(tuple(self._quantity(name, phase, scale) for name in row) for row in found.rows)
        return Reading(rows, strength, flat=found.flat)

    def _quantity(self, name: str, phase: int, scale: Fraction) -> Quantity:
        return Quantity(name, phase if self._trained and name not in self._fixed else 0, scale)

    def _sign_of(self, letter: str) -> tuple[int, bool]:
        convention = self._meanings.signs.convention(letter)
        return convention.sign, convention.exact

    def _is_sure(self, name: Name) -> bool:
        readings = self.readings(name)
        return bool(readings) and (readings[0].strength > Strength.GUESSED or letter_of(name) in SURE)

    def _is_placed(self, name: Name) -> bool:
        """The same of a name with numbers put in, the one above before the one below: a^1_2 is not a2_1."""
        turned = (
            bool(name.superscript and name.subscript) and self._spellings.vocabulary.spelt(keys_of(name)[0]) is None
        )
        return self._is_sure(name) and (not turned or letter_of(name) in SURE)

    def _vector(self, name: Name) -> tuple[str, ...]:
        """The outputs or targets that a name stands for together."""
        readings = self.readings(name)
        if not readings or len(readings[0].rows) != 1 or len(readings[0].rows[0]) < 2:
            return ()
        found = tuple(quantity.name for quantity in readings[0].rows[0])
        return found if {*found} <= {*self._units.outputs, *self.truth.problem.graph.targets} else ()


def _letters(name: Name) -> tuple[tuple[str, int], ...]:
    found = slot(name)
    return found.letters if found is not None else ()
