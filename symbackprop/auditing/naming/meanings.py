"""What a name stands for that is not spelt as a quantity is: by its letter, by what the document defines, by role."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, Product
from symbackprop.auditing.naming.changes import change
from symbackprop.auditing.naming.definitions import Definition, Definitions
from symbackprop.auditing.naming.node_errors import LIKELY, SURE, NodeErrors
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.naming.roles import Role, Roles, roles
from symbackprop.auditing.naming.signs import Signs, letter_of, restated
from symbackprop.auditing.naming.spelling import key, keys_of, written
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.units import Unit
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Fingerprints, Worth
from symbackprop.expressions.names import partial, split_partial

Meaning = tuple[Found | Node, Strength, Fraction]
"""(quantities or a tree, how sure, the scale of the quantities)."""

_PLUS, _MINUS = Fraction(1), Fraction(-1)
_GRADIENTS = ("d", "grad", "nabla", "gradient", "gradof")
_BIASES = ("b", "bias", "theta", "threshold")


class Meanings:
    """The meanings of names, each asked for with its place in the document."""

    def __init__(
        self, role_table: Roles, spellings: Spellings, definitions: Definitions, worth: Worth, cost: str | None
    ) -> None:
        self.roles = role_table
        self.units = role_table.units
        self.spellings = spellings
        self.definitions = definitions
        self.worth = worth
        self.cost = cost
        self.fingerprints = Fingerprints(worth.truth, worth)
        self.node_errors = NodeErrors(cost, spellings.vocabulary, self.units) if cost else None
        self.signs = Signs(definitions, worth, self._candidates)
        self._gradient_style: bool | None = None
        self._looking = False

    @property
    def undecided(self) -> bool:
        """Whether it is just being found out what the document means by its letters: what is read now may change."""
        return self._looking or self.signs.looking

    def of(self, name: Name) -> Iterator[Meaning]:
        """The meanings of a name, the likeliest first."""
        node_errors = list(self._node_errors(name))
        if node_errors:
            yield from node_errors
            return
        yield from self._change(name)
        if meaning := self._written_partial(name):
            yield meaning
            return
        gradient = self._gradient(name)
        if gradient is not None and self._writes_gradients():
            yield gradient, Strength.DEFINED, _PLUS
            return
        yield from self._defined(name)
        if gradient is not None:
            yield gradient, Strength.GUESSED, _PLUS
        yield from self._bias_here(name)
        for found in self.roles.of(name):
            yield found, self._confirmed(name, found), _PLUS
        yield from self._likely_node_errors(name)

    def _candidates(self, name: Name) -> tuple[Found, ...]:
        return self.node_errors.of(name, SURE + LIKELY) if self.node_errors else ()

    def _node_errors(self, name: Name) -> Iterator[Meaning]:
        """What begins with δ; Err, e and the like where the document's formulas show that they are node errors."""
        if self.node_errors is None:
            return
        letter = letter_of(name)
        found = self._candidates(name)
        if not found:
            return
        convention = self.signs.convention(letter)
        if letter not in SURE and not convention.exact:
            return
        if len(found) > 1:
            found = tuple(sorted(found, key=lambda one: not self.signs.equal(name, one)))
        sign = convention.sign
        for one in found:
            if sign == 0:
                yield one, Strength.GUESSED, _PLUS
                yield one, Strength.GUESSED, _MINUS
                continue
            first = Fraction(-sign if self._restated(name, letter) else sign)
            yield one, Strength.DEFINED, first
            if written(name) in convention.both:
                yield one, Strength.DEFINED, -first

    def _restated(self, name: Name, letter: str) -> bool:
        chain = self.definitions.chain_at(name.span.start)
        return chain is not None and restated(chain, self.definitions.chains, letter)

    def _likely_node_errors(self, name: Name) -> Iterator[Meaning]:
        if self.node_errors is not None and letter_of(name) not in SURE:
            for found in self.node_errors.of(name, LIKELY):
                yield found, Strength.GUESSED, _PLUS
                yield found, Strength.GUESSED, _MINUS

    def _change(self, name: Name) -> Iterator[Meaning]:
        """Δw: what an update adds to w, as a tree."""
        base, problem = key(name.base), self.roles.problem
        if not base.startswith(("Delta", "delta")) or len(base) == 5 or self.cost is None:
            return
        rest = base[5:]
        match = self.spellings.of(Name(rest, name.span, name.subscript, name.superscript, name.accent))
        if match is not None and set(match.found.names) <= set(problem.trained_parameters()):
            yield change(problem.learning_rate_name, self.cost, match.found, name.span), Strength.SPELT, _PLUS

    def _written_partial(self, name: Name) -> Meaning | None:
        """dL_dw5 and the like, which programs write for a partial."""
        spelt = keys_of(name)[0]
        if not spelt.startswith("d"):
            return None
        for at in range(2, len(spelt) - 1):
            if spelt[at] == "d":
                of, by = (self._spelt(part, name) for part in (spelt[1:at], spelt[at + 1 :]))
                if of is None and Role.ERROR in roles(spelt[1:at]) and self.cost:
                    of = Found.one(self.cost)
                if of is not None and by is not None and of.scalar:
                    return _by_each(of.scalar, by), Strength.DEFINED, _PLUS
        return None

    def _gradient(self, name: Name) -> Found | None:
        """∂C/∂X for dX, grad_X and ∇X."""
        if self.cost is None:
            return None
        for spelt in keys_of(name):
            for word in _GRADIENTS:
                by = self._spelt(spelt[len(word) :], name) if spelt.startswith(word) else None
                if by is not None and self.cost not in by.names:
                    return _by_each(self.cost, by)
        return None

    def _spelt(self, spelt: str, name: Name) -> Found | None:
        match = self.spellings.of(Name(spelt, name.span)) if spelt else None
        return match.found if match else None

    def _writes_gradients(self) -> bool:
        """Whether a formula or a number of the document shows that its dX are ∂C/∂X."""
        if self._gradient_style is None:
            self._gradient_style, self._looking = False, True
            self._gradient_style = any(map(self._shows_gradient, self.definitions.every()))
            self._looking = False
        return self._gradient_style

    def _shows_gradient(self, definition: Definition) -> bool:
        found = self._gradient(definition.subject) if key(definition.subject.base)[:1] in "dg∇" else None
        if found is None:
            return False
        if definition.formula is not None and self.worth.ratio(definition.formula, found) == 1:
            return True
        return definition.printed is not None and self.worth.agrees(definition.printed, found)

    def _defined(self, name: Name) -> Iterator[Meaning]:
        """What the document defines the name to be: a quantity that its formula is equal to, or the formula itself."""
        definition = self.definitions.at(name)
        if definition is None:
            return
        if definition.formula is not None:
            values = self.worth.everywhere(definition.formula)
            found = self.fingerprints.of(values) if values is not None else None
            if found is not None:
                yield found[0], Strength.DEFINED, found[1]
                return
            if values is not None or not any(True for _ in self.roles.of(name)):
                yield definition.formula, Strength.DEFINED, _PLUS
        elif definition.working is not None and not any(True for _ in self.roles.of(name)):
            yield definition.working, Strength.DEFINED, _PLUS

    def _confirmed(self, name: Name, found: Found) -> Strength:
        """Whether the number that the document prints for a name is that of the quantity it is guessed to be."""
        for definition in self.definitions.of(name)[:4]:
            if definition.printed is not None and self.worth.agrees(definition.printed, found):
                return Strength.DEFINED
        return Strength.GUESSED

    def _bias_here(self, name: Name) -> Iterator[Meaning]:
        """A bias without an index: that of the unit which is spoken of; 1 where a bias is multiplied by it."""
        if not any(spelt.casefold() in _BIASES for spelt in keys_of(name)):
            return
        chain = self.definitions.chain_at(name.span.start)
        if chain is not None and any(self._feeds(member, name) for member in chain.members):
            yield Number("1", Fraction(1), Fraction(1), name.span), Strength.GUESSED, _PLUS
            return
        for before in self.definitions.before(name.span.start)[:12]:
            unit = self._about(before.members[0])
            if unit is not None and unit.biases:
                yield Found.one(unit.biases[0]), Strength.GUESSED, _PLUS
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
            found = self._candidates(node)
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


def _by_each(of: str, by: Found) -> Found:
    return Found(tuple(tuple(partial(of, name) for name in row) for row in by.rows), by.flat)
