"""Which sign a document gives to its node errors: ∂C/∂z, or minus it, as where δ = (t - y)·y(1 - y)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice

from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, Product, Sum, negated, walk
from symbackprop.auditing.naming.changes import change
from symbackprop.auditing.naming.definitions import Definition, Definitions, in_names
from symbackprop.auditing.naming.spelling import bears, letter_of, written
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Worth
from symbackprop.expressions.names import partial

LOOKED_AT = 24  # definitions
PLACES = 3  # units at which a rule is looked at
DIGITS = 100  # units of the last place of a number of three digits
# the weight of a formula that is equal, of one of the same sign or a number that is near, of another number
_EXACT, _NEAR, _PRINTED = 3, 2, 1

Candidates = Callable[[Name], tuple[Found, ...]]
Unrolled = Callable[[Sequence[Node]], Iterator[tuple[tuple[Node, ...], ...]]]


@dataclass(frozen=True, slots=True)
class Convention:
    """The sign of a letter's node errors; 0 where nothing shows it.

    It is `exact` where a formula shows it, of them or with them, or a number.

    `both` holds the names that the document defines with either sign.
    """

    sign: int
    exact: bool
    both: frozenset[str] = frozenset()


class Signs:
    """The conventions of a document, by the letters of its node errors."""

    def __init__(self, definitions: Definitions, worth: Worth, candidates: Candidates, unrolled: Unrolled) -> None:
        self.definitions = definitions
        self.worth = worth
        self.candidates = candidates
        self.unrolled = unrolled
        self._conventions: dict[str, Convention] = {}
        self.looking = False

    def convention(self, letter: str) -> Convention:
        """What the document takes node errors of this letter to be."""
        if letter not in self._conventions:
            self._conventions[letter] = Convention(0, exact=True)
            self.looking, before = True, self.looking
            self._conventions[letter] = self._found(letter)
            self.looking = before
        return self._conventions[letter]

    def _found(self, letter: str) -> Convention:
        votes: Counter[int] = Counter()
        exact: dict[str, set[int]] = {}
        own = [one for one in self.definitions.every() if letter_of(one.subject) == letter]
        first = [one for one in own if one.formula is None or not bears(one.formula, letter)]
        for definition in (first or own)[:LOOKED_AT]:  # what rests on others of its kind has their sign
            for sign, weight in self._votes(definition):
                votes[sign] += weight
                if weight == _EXACT:
                    exact.setdefault(written(definition.subject), set()).add(sign)
        if not votes:
            votes.update(islice(self._put_in(letter), LOOKED_AT))
        shown = Counter(sign for signs in exact.values() for sign in signs)
        if not shown:
            shown.update(islice(self._made_with(letter), LOOKED_AT))
        if not votes and not shown:
            return Convention(0, exact=False)
        if shown[1] != shown[-1]:  # a formula in names may be slipped, but no number or near formula is as good
            votes = shown
        sign = 1 if votes[1] >= votes[-1] else -1
        both = frozenset(name for name, signs in exact.items() if len(signs) == 2)
        shows = shown[sign] > 0 or any(self._prints(one, sign) for one in own)
        return Convention(sign, shows, both)

    def _prints(self, definition: Definition, sign: int) -> bool:
        """Whether a number is printed for node errors that is theirs, in three digits or more, with this sign."""
        match definition.printed:
            case Number(_, value, unit) | Negative(Number(_, value, unit)) if value >= DIGITS * unit:
                found = self.candidates(definition.subject)[:1]
                printed = definition.printed if sign > 0 else negated(definition.printed)
                return any(self.worth.agrees(printed, one) for one in found)
        return False

    def _votes(self, definition: Definition) -> Iterator[tuple[int, int]]:
        found = self.candidates(definition.subject)
        if definition.formula is not None:
            ratios = [self.worth.ratio(definition.formula, one) for one in found]
            ratios = ratios or list(islice(self._anywhere(definition.subject, definition.formula), PLACES))
            equal = next((ratio for ratio in ratios if ratio in (1, -1)), None)
            if equal is not None:
                yield int(equal), _EXACT
                return
            if ratios and ratios[0] is not None:
                yield (1 if ratios[0] > 0 else -1), _NEAR
        if definition.printed is None or not found:
            return
        near = next((one for one in found if self.worth.is_near(definition.printed, one)), None)
        if sign := self.worth.sign_of(definition.printed, near or found[0]):
            yield sign, _NEAR if near else _PRINTED

    def _put_in(self, letter: str) -> Iterator[int]:
        """The signs of the numbers that are put in for node errors of this letter, against theirs."""
        for name, number in self.definitions.put_in:
            found = self.candidates(name) if letter_of(name) == letter else ()
            if found and (sign := self.worth.sign_of(number, found[0])):
                yield sign

    def _made_with(self, letter: str) -> Iterator[int]:
        """The signs with which node errors of this letter make the derivatives and the new parameters that they should.

        Until the sign is known they are read as ∂C/∂z.
        """
        for one in self.definitions.chains:
            first = one.members[0]
            formula = next((m for m in one.members[1:] if in_names(m) and bears(m, letter)), None)
            if one.headless or formula is None or not isinstance(first, Name | Partial):
                continue
            sides = (formula, first) if isinstance(first, Partial) else self._changes(first, formula)
            if sides is not None and (sign := self.worth.sign_between(*sides)):
                yield sign

    def _changes(self, first: Name, formula: Node) -> tuple[Node, Node] | None:
        """(what a formula adds to a parameter, what should be added); None where nothing says that it is updated."""
        again = any(isinstance(part, Name) and written(part) == written(first) for part in walk(formula))
        if not (first.updated or again):
            return None  # nor asked what it stands for, which may be a node error of another letter
        problem, cost = self.worth.truth.problem, self.worth.truth.derivation.cost
        readings = self.worth.readings(first)
        quantity = readings[0].scalar if readings else None
        if quantity is None or cost is None or quantity.name not in problem.trained_parameters():
            return None
        taken = Negative(Name(quantity.name, first.span), first.span)
        due = change(problem.learning_rate_name, cost, Found.one(quantity.name), first.span)
        return Sum((formula, taken), formula.span), due

    def _anywhere(self, subject: Name, formula: Node) -> Iterator[Fraction | None]:
        """The ratios of a formula for any unit to the node error, at the units for which it says something."""
        for node_error, there in chain.from_iterable(self.unrolled((subject, formula))):
            match node_error:
                case Partial(Name(of), Name(by)):
                    yield self.worth.ratio(there, Found.one(partial(of, by)))
                case Name():
                    yield from (self.worth.ratio(there, found) for found in self.candidates(node_error))

    def equal(self, name: Name, found: Found) -> bool:
        """Whether a definition of `name` makes it ± these node errors."""
        return any(
            one.formula is not None and self.worth.ratio(one.formula, found) in (Fraction(1), Fraction(-1))
            for one in self.definitions.of(name)[:4]
        )


class Restatements:
    """Equations in names alone that a document writes with either sign, and means both.

    As where an author writes ∂E/∂w = δ·x, and then that others write it ∂E/∂w = -δ·x.
    """

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._signs: dict[tuple[str, str], set[bool]] = {}
        for one in chains:
            for member in one.members[1:]:
                if isinstance(one.members[0], Partial) and in_names(member):
                    negative, rest = _unsigned(member)
                    self._signs.setdefault((written(one.members[0]), rest), set()).add(negative)

    def holds(self, one: Chain, letter: str) -> bool:
        """Whether `one` is such an equation, with node errors of this letter."""
        first, last = one.members[0], one.members[-1]
        if not isinstance(first, Partial) or not bears(last, letter):
            return False
        return len(self._signs.get((written(first), _unsigned(last)[1]), ())) == 2


def _unsigned(node: Node) -> tuple[bool, str]:
    """(whether a minus sign stands before it, the rest as a text)."""
    negative = False
    while isinstance(node, Negative):
        negative, node = not negative, node.operand
    if isinstance(node, Product) and isinstance(node.factors[0], Negative):
        first = node.factors[0].operand
        return not negative, _text(Product((first, *node.factors[1:]), node.span))
    return negative, _text(node)


def _text(node: Node) -> str:
    parts = []
    for part in walk(node):
        match part:
            case Name() | Partial():
                parts.append(written(part))
            case Number(text):
                parts.append(text)
            case Product(factors):
                parts.append(f"*{len(factors)}")
            case Sum(terms):
                parts.append(f"+{len(terms)}")
            case _:
                parts.append(type(part).__name__)
    return " ".join(parts)
