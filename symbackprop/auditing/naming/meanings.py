"""What a name stands for that is not spelt as a quantity is: by its letter, by what the document defines, by role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Number, Partial, Sum, Total, walk
from symbackprop.auditing.naming.changes import change
from symbackprop.auditing.naming.constants import with_constant
from symbackprop.auditing.naming.definitions import Definition, Definitions
from symbackprop.auditing.naming.examples import Examples
from symbackprop.auditing.naming.gradients import Gradients, by_each
from symbackprop.auditing.naming.kinship import Kinship
from symbackprop.auditing.naming.node_errors import LIKELY, SURE, NodeErrors
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.naming.roles import RATES, Role, Roles, roles
from symbackprop.auditing.naming.schematic import slot
from symbackprop.auditing.naming.signs import Restatements, Signs, Unrolled
from symbackprop.auditing.naming.slopes import Slopes
from symbackprop.auditing.naming.spelling import key, keys_of, letter_of, split_index, written
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.surroundings import Meaning, Surroundings
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Fingerprints, Worth
from symbackprop.auditing.values import Grid
from symbackprop.expressions.names import split_partial

_PLUS, _MINUS = Fraction(1), Fraction(-1)
_FIRST = ("h0", "H0", "o0", "O0")  # indices of units where they are counted from 0


class Meanings:
    """The meanings of names, each asked for with its place in the document."""

    def __init__(
        self, role_table: Roles, spellings: Spellings, definitions: Definitions, worth: Worth, unrolled: Unrolled
    ) -> None:
        self.roles = role_table
        self.units = role_table.units
        self.spellings = spellings
        self.definitions = definitions
        self.worth = worth
        self.cost = cost = worth.truth.derivation.cost
        self.fingerprints = Fingerprints(worth.truth, worth)
        from_zero = any(split_index(one.subject)[1] in _FIRST for one in definitions.every())
        vocabulary = spellings.vocabulary
        self.node_errors = NodeErrors(cost, vocabulary, self.units, from_zero=from_zero) if cost else None
        self.slopes = Slopes(definitions, worth, self.units, self._by_net, unrolled)
        self.signs = Signs(definitions, worth, self._candidates, unrolled)
        self.ways = unrolled
        self.surroundings = Surroundings(spellings, definitions, self.units, self._candidates)
        self.restatements = Restatements(definitions.chains)
        self.gradients = Gradients(self.cost, definitions, spellings, worth)
        self.examples = Examples(role_table.problem, definitions, worth, self.gradients.of)
        self.kinship = Kinship(definitions, worth, self.fingerprints, vocabulary)
        self._added: int | None = None
        self._of_gradients: bool | None = None
        self._deciding = False
        self._looking = False

    @property
    def undecided(self) -> bool:
        """Whether it is just being found out what the document means by its letters: what is read now may change."""
        return (
            self._looking
            or self._deciding
            or any(one.looking for one in (self.signs, self.slopes, self.examples, self.gradients, self.kinship))
        )

    def of(self, name: Name) -> Iterator[Meaning]:
        """The meanings of a name, the likeliest first."""
        node_errors = list(self._node_errors(name))
        if node_errors:
            yield from node_errors
            return
        if meaning := self._formal(name) or self._change(name) or self.gradients.written_partial(name):
            yield meaning
            return
        gradient = self.gradients.of(name)
        if gradient is not None and self.gradients.is_descent(name):
            yield gradient, Strength.DEFINED, _MINUS
            return
        if gradient is not None and self.gradients.are_written:
            yield gradient, Strength.DEFINED, self.examples.scale(gradient)
            return
        spelt = keys_of(name)[0]
        lines = self.spellings.vocabulary.lines(spelt)
        if shown := [line for line in lines if any(self._shows_line(*one) for one in line.items())]:
            yield from ((line[spelt], Strength.DEFINED, _PLUS) for line in shown)
            return
        yield from self._defined(name)
        yield from ((line[spelt], Strength.GUESSED, _PLUS) for line in lines)
        if gradient is not None:
            yield gradient, Strength.GUESSED, _PLUS
        yield from self.surroundings.bias(name)
        yield from self.examples.count(name)
        by_role = [(found, self._confirmed(name, found), _PLUS) for found in self.roles.of(name)]
        yield from sorted(by_role, key=lambda meaning: -meaning[1])
        yield from self._likely_node_errors(name)

    def _shows_line(self, spelt: str, found: Found) -> bool:
        """Whether the numbers of a row or a column stand where the document says what a name is, or becomes."""
        return any(self.worth.agrees(entries, found) for entries in self.definitions.vectors(spelt))

    def _formal(self, name: Name) -> Meaning | None:
        """The x of σ(x) = 1/(1 + e^{-x}), 1 - tanh²(x) = (1 - tanh x)(1 + tanh x): any number.

        A quantity stands for it that is another at each point.
        """
        chain = self.definitions.chain_at(name.span.start)
        if chain is None or name.subscript or name.superscript:
            return None
        head = chain.members[0]
        if isinstance(head.of if isinstance(head, Partial) else head, Name):
            return None
        names = {written(node) for member in chain.members for node in walk(member) if isinstance(node, Name)}
        if names != {written(name)} or not self.units.units:
            return None
        return Found.one(self.units.units[0].net or self.units.units[0].activation), Strength.DEFINED, _PLUS

    def _candidates(self, name: Name) -> tuple[Found, ...]:
        """The node errors that a name may be, or the slopes by activations where the document's δ are these."""
        found = self._by_net(name)
        if found and self.slopes.by_activation(letter_of(name)):
            return tuple(map(self.slopes.of, found))
        return found

    def _by_net(self, name: Name) -> tuple[Found, ...]:
        if self.node_errors is None:
            return ()
        found = self.node_errors.of(name, SURE + LIKELY)
        definition = self.definitions.at(name) if len(found) == 1 and not (name.subscript or name.superscript) else None
        hidden = self.node_errors.hidden() if definition is not None else None
        if definition is None or hidden is None or not isinstance(definition.printed, Entries):
            return found
        count = sum(map(len, definition.printed.rows))
        return (hidden,) if count == len(hidden.names) != len(found[0].names) else found

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
        if (stated := self._stated(name)) is not None and stated not in found:
            yield stated, Strength.DEFINED, _PLUS
            found = tuple(one for one in found if one.shape == stated.shape)
        if not any(self._shows(name, one) for one in found):
            found = tuple(one for one in self.node_errors.of_output(name) if self._shows(name, one)) or found
        if len(found) > 1:
            found = tuple(sorted(found, key=lambda one: self._unlikeness(name, one)))
        sign = convention.sign * self.examples.of_node_errors(letter, self._candidates)
        for one in found:
            if sign == 0:
                yield one, Strength.GUESSED, _PLUS
                yield one, Strength.GUESSED, _MINUS
                continue
            first = -sign if self._restated(name, letter) else sign
            yield one, Strength.DEFINED, first
            if written(name) in convention.both:
                yield one, Strength.DEFINED, -first

    def _shows(self, name: Name, found: Found) -> bool:
        """Whether the formula or the number by which the document defines a node error is that of `found`."""
        definition = self.definitions.at(name)
        if definition is None:
            return False
        if definition.formula is not None and self.worth.ratio(definition.formula, found) in (_PLUS, _MINUS):
            return True
        printed = definition.printed
        turned = printed.operand if isinstance(printed, Negative) else printed and Negative(printed, printed.span)
        return any(number is not None and self.worth.agrees(number, found) for number in (printed, turned))

    def _unlikeness(self, name: Name, found: Found) -> tuple[bool, ...]:
        """How little these are the node errors of a name: by its formulas, its numbers, an index above for a layer."""
        definition = self.definitions.at(name)
        printed = definition.printed if definition is not None else None
        several = isinstance(printed, Entries) if printed is not None else bool(name.superscript)
        count = sum(map(len, printed.rows)) if isinstance(printed, Entries) else len(found.names)
        fits = several == (found.scalar is None) and count == len(found.names)
        near = printed is not None and self.worth.is_near(printed, found)
        return not self.signs.equal(name, found), not self._shows(name, found), not near, not fits

    def _stated(self, name: Name) -> Found | None:
        """The derivative of the cost that the document says a node error is: of δ_1 = ∂J/∂z_2, that by z_2."""
        definition = self.definitions.at(name)
        if definition is None or not isinstance(definition.formula, Partial):
            return None
        reading = next(iter(self.worth.readings(definition.formula)), None)
        if reading is None or not reading.rows or reading.strength < Strength.DEFINED:
            return None
        quantities = [quantity for row in reading.rows for quantity in row]
        if any(one.scale != 1 or (split_partial(one.name) or ("",))[0] != self.cost for one in quantities):
            return None
        return Found(tuple(tuple(quantity.name for quantity in row) for row in reading.rows), reading.flat)

    def _restated(self, name: Name, letter: str) -> bool:
        """Whether the chain around it holds with the other sign alone, and says so on purpose."""
        chain = self.definitions.chain_at(name.span.start)
        if self.undecided or chain is None or not self.restatements.holds(chain, letter):
            return False
        self._looking = True
        subject = self.worth.readings(chain.members[0]) if isinstance(chain.members[0], Partial) else ()
        quantity = subject[0].scalar if subject else None
        ratio = self.worth.ratio(chain.members[-1], Found.one(quantity.name)) if quantity else None
        self._looking = False
        return ratio == -1

    def _likely_node_errors(self, name: Name) -> Iterator[Meaning]:
        if self.node_errors is not None and letter_of(name) not in SURE:
            for found in self.node_errors.of(name, LIKELY):
                yield found, Strength.GUESSED, _PLUS
                yield found, Strength.GUESSED, _MINUS

    def _change(self, name: Name) -> Meaning | None:
        """Δw: what an update adds to w, as a tree."""
        found = self._changed(name)
        if found is None or self.cost is None:
            return None
        if self._changes_are_gradients:
            return by_each(self.cost, found), Strength.DEFINED, _PLUS
        rate = self.roles.problem.learning_rate_name
        return change(rate, self.cost, found, name.span, self._sign_of_changes()), Strength.SPELT, _PLUS

    @property
    def _changes_are_gradients(self) -> bool:
        """Whether δw is what the document calls ∂C/∂w, as its formulas show."""
        if self._of_gradients is None:
            self._of_gradients, self._deciding, before = False, True, self._deciding
            told = ((one.formula, self._changed(one.subject)) for one in self.definitions.every() if one.formula)
            pairs = [(formula, by_each(self.cost or "", found)) for formula, found in told if found is not None]
            self._of_gradients = any(self.worth.ratio(formula, found) == _PLUS for formula, found in pairs)
            self._deciding = before
        return self._of_gradients

    def _changed(self, name: Name) -> Found | None:
        """The parameters of whose change `name` speaks."""
        base = key(name.base)
        if not base.startswith(("Delta", "delta")) or len(base) == len("Delta"):
            return None
        match = self.spellings.of(replace(name, base=base[len("Delta") :]))
        trained = set(self.roles.problem.trained_parameters())
        return match.found if match is not None and set(match.found.names) <= trained else None

    def _sign_of_changes(self) -> int:
        """-1 where a change is added to its parameter, 1 where the document's numbers show that it is taken away."""
        if self._added is None:
            votes = 0
            for definition in self.definitions.every():
                found = self._changed(definition.subject) if self.cost else None
                if found is not None and definition.printed is not None and self.cost is not None:
                    votes += self.worth.sign_of(definition.printed, by_each(self.cost, found))
            self._added = 1 if votes > 0 else -1
        return self._added

    def _defined(self, name: Name) -> Iterator[Meaning]:
        """What the document defines the name to be: a quantity that its formula is equal to, or the formula itself."""
        definition = self.definitions.at(name)
        if definition is None:
            return
        if (vector := with_constant(name, definition.printed, self.worth)) is not None:
            yield vector, Strength.DEFINED, _PLUS
            return
        free = slot(name) is None and not any(True for _ in self.roles.of(name))
        formula = definition.formula or self._difference(definition)
        if formula is not None:
            formula = formula if _is_of_any(name) else self._written_out(formula)
            values = self.worth.everywhere(formula)
            found = self.fingerprints.of(values) if values is not None else None
            if found is not None:
                yield found[0], Strength.DEFINED, _PLUS if self._is_cost(name, *found) else found[1]
            elif values is not None and (kin := self.kinship.of(name)) is not None:
                yield kin, Strength.DEFINED, _PLUS
            elif values is not None or free:
                yield formula, Strength.DEFINED, _PLUS
        elif definition.working is not None and free:
            yield definition.working, Strength.DEFINED, _PLUS
        elif (
            isinstance(definition.printed, Entries)
            and (gradient := self.kinship.by_numbers(definition.printed)) is not None
        ):
            yield gradient, Strength.DEFINED, _PLUS
        elif definition.working is None and definition.printed is not None and _is_one(definition.printed):
            yield definition.printed, Strength.DEFINED, _PLUS  # the x_0 of a bias w_0

    def _written_out(self, formula: Node) -> Node:
        """A formula with its sums written out, where that can be done in one way alone."""
        if not any(isinstance(part, Total) for part in walk(formula)):
            return formula
        ways = [places[0][0] for places in self.ways((formula,)) if len(places) == 1]
        return ways[0] if ways else formula

    def _difference(self, definition: Definition) -> Node | None:
        """The t - y of "error = 1 - 0.627" in names, where the numbers put in are those of a target and its output."""
        if letter_of(definition.subject).casefold() not in LIKELY:
            return None  # a loss that has lost its square
        match definition.working:
            case Sum((first, Negative(Number() as last))) if isinstance(first, Number):
                numbers = first, last
            case _:
                return None
        for output, target in self.units.targets.items():
            for one, other in ((target, output), (output, target)):
                if all(map(self._is_worth, numbers, (one, other))):
                    names = Name(one, numbers[0].span), Name(other, numbers[1].span)
                    return Sum((names[0], Negative(names[1], names[1].span)), definition.working.span)
        return None

    def _is_worth(self, number: Node, name: str) -> bool:
        """Whether a number is that of a target or an output, which may be rounded on the way."""
        found = Found.one(name)
        return self.worth.agrees(number, found) or (name in self.units.targets and self.worth.is_near(number, found))

    def _is_cost(self, name: Name, found: Found, scale: Fraction) -> bool:
        """Whether a name means the cost: a multiple of what is differentiated does, a likelihood does not."""
        return found.scalar == self.cost and (scale > 0 or Role.ERROR in roles(split_index(name)[0]))

    def is_defined_otherwise(self, name: Name, found: Found) -> bool:
        """Whether the document defines a name to be no multiple of `found`: e = t - y beside a cost E, or a vector."""
        definition = self.definitions.of(name)[:1]
        if definition and isinstance(definition[0].printed, Entries) and found.scalar is not None:
            return sum(map(len, definition[0].printed.rows)) > 1
        if not definition or definition[0].formula is None or found.scalar is None or self._looking:
            return False
        self._looking = True
        values = self.worth.everywhere(definition[0].formula)
        self._looking = False
        if values is None or any(isinstance(value, Grid) for value in values):
            return False
        due = [self.worth.exact(found.scalar, point) for point in range(len(values))]
        return not all((value * due[0]).overlaps(values[0] * one) for value, one in zip(values, due, strict=True))

    def _confirmed(self, name: Name, found: Found) -> Strength:
        """Whether a number that the document gives for a name is that of the quantity it is guessed to be."""
        rate = self.roles.problem.learning_rate_name
        if found.scalar == rate and keys_of(name)[0].casefold() in RATES:
            return Strength.DEFINED
        if any(self.worth.agrees(number, found) for number in self.definitions.numbers(name)):
            return Strength.DEFINED
        return Strength.GUESSED


def _is_of_any(name: Name) -> bool:
    """Whether the index of a name may stand for any unit."""
    letters = slot(name)
    return letters is not None and bool(letters.letters)


def _is_one(node: Node) -> bool:
    """Whether a number is 1 or -1, without decimals."""
    number = node.operand if isinstance(node, Negative) else node
    return isinstance(number, Number) and number.value == number.unit == 1
