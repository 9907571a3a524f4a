"""Correspondence: which of a document's own names stands for which quantity, where a network file names them otherwise.

A document may call w_12 what the network calls w_21, or H1 what is there out_h1. Its given numbers and its formulas
show which name is which; a single slip of a name does not look so, for then another name is left without its quantity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice, product

from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, walk
from symbackprop.auditing.naming.facts import Fact, as_written, names_in
from symbackprop.auditing.naming.node_errors import SURE
from symbackprop.auditing.naming.renaming import OTHER_SIGN
from symbackprop.auditing.naming.roles import Role, Roles, roles
from symbackprop.auditing.naming.schematic import WEIGHTS, slot
from symbackprop.auditing.naming.spelling import keys_of, letter_of, split_index, trailing_digits
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.auditing.values import Grid, NoValueError, Value, ball, evaluate
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import Ball

WAYS = 64  # to read a formula
TRIED = 4_000  # formulas in one of their ways
PASSES = 6  # through the formulas
POINT = 1  # at which formulas are compared with quantities
KIN = 2  # names of one letter with their numbers, by which others like them are known
DIGITS = 100  # units of its last place that a printed number has at least by which a quantity is known


@dataclass(slots=True)
class Candidate:
    """A name, the quantities that it may stand for, and what is known of it.

    `own` is what the network spells so; `sure` that nothing speaks against that; `shown` that a formula holds in which
    the name stands for one of `may`.
    """

    fact: Fact
    own: str | None
    may: tuple[str, ...] = ()
    sure: bool = False
    shown: bool = False


class Correspondence:
    """The names of a document that do not follow the network's, each with its quantity."""

    def __init__(self, truth: Truth, roles_of: Roles, spellings: Spellings, known: Mapping[str, Fact]) -> None:
        self.truth = truth
        self.roles = roles_of
        self.graph = truth.problem.graph
        self.given = truth.given
        worths = ((name, self._worth(name, 0)) for name in self.graph.by_name)
        self._ordered = sorted((float(worth.mid()), name) for name, worth in worths if worth is not None)
        self.candidates = {key: self._candidate(fact, spellings) for key, fact in known.items() if not _is_rule(fact)}
        self.constants = {key: ball(value) for key, one in self.candidates.items() if (value := _constant(one))}
        self._take_away()
        self._tried = 0
        worths = ((name, self._worth(name, POINT)) for name in reversed([*self.graph.by_name]))
        self._defined = {_rounded(worth): name for name, worth in worths if worth is not None}

    def found(self) -> dict[str, str]:
        """Each quantity that the document names otherwise, with the name that the document gives it.

        Before a name that is the negative of its quantity stands `OTHER_SIGN`.
        """
        self._keep()
        if all(one.sure or not (one.may or one.fact.formulas) for one in self.candidates.values()):
            return {}
        for _ in range(PASSES):
            self._take_away()
            if not self._pass():
                break
        chosen = {key: one.may[0] for key, one in self.candidates.items() if self._is_settled(one)}
        return self._spelt(self._consistent(chosen))

    def _candidate(self, fact: Fact, spellings: Spellings) -> Candidate:
        match = spellings.of(fact.name)
        numbered = tuple(self._numbered(fact)) if fact.number is not None else ()
        if match is not None and match.found.scalar is None and self._changes(fact, match.found):
            return Candidate(replace(fact, formulas=[]), None)
        if match is not None and (match.updated or (match.found.scalar is None and not numbered)):
            return Candidate(fact, None)
        own = match.found.scalar if match is not None else None
        if own is not None:
            sure = not numbered or own in numbered
            return Candidate(fact, own, (own,) if sure else numbered, sure)
        if fact.formulas:
            return Candidate(fact, None)
        if fact.number is not None:
            return Candidate(fact, None, numbered)
        by_role = [found.scalar for found in self.roles.of(fact.name)]
        return Candidate(fact, None, tuple(name for name in by_role if name in self.graph.leaves))

    def _changes(self, fact: Fact, found: Found) -> bool:
        """Whether numbers for a name are those of several of a row: a y that is y_1 first, and then y_2."""
        met = (self._near(*_signed(number)) for number in fact.numbers)
        return len({name for names in met for name in names if name in found.names}) > 1

    def _numbered(self, fact: Fact) -> Iterator[str]:
        """The quantities that a number is given for: leaves exactly, by their letter if that tells, others rounded."""
        assert fact.number is not None
        value, unit = _signed(fact.number)
        if not fact.formulas:
            leaves = [name for name in self.given if self.given[name] == value]
            yield from [name for name in leaves if self._fits(fact.name, name)] or leaves
            yield from self._thresholds(fact.name, value)
        if abs(value) >= DIGITS * unit:
            yield from self._near(value, unit)

    def _near(self, value: Fraction, unit: Fraction) -> list[str]:
        """The computed quantities that are less than a unit from a number."""
        first = bisect_left(self._ordered, (float(value - unit), ""))
        last = bisect_left(self._ordered, (float(value + unit), ""))
        return [name for _, name in self._ordered[first:last]]

    def _thresholds(self, name: Name, value: Fraction) -> list[str]:
        """The biases that a threshold may be, which is taken away where a bias is added."""
        if Role.BIAS not in roles(split_index(name)[0]) or not value:
            return []
        biases = dict.fromkeys(bias for unit in self.roles.units.units for bias in unit.biases)
        return [OTHER_SIGN + bias for bias in biases if self.given[bias] == -value]

    def _worth(self, name: str, point: int) -> Value | None:
        if name.startswith(OTHER_SIGN):
            worth = self._worth(name.removeprefix(OTHER_SIGN), point)
            return -worth if worth is not None else None
        try:
            return self.truth.value(Quantity(name), point)
        except SymbackpropError:
            return None

    def _take_away(self) -> None:
        """Takes from each name the quantities that are surely those of others."""
        owned = {one.may[0] for one in self.candidates.values() if one.sure}
        for one in self.candidates.values():
            if not one.sure:
                one.may = tuple(name for name in one.may if name not in owned)

    def _keep(self) -> None:
        """Keeps to the network's names where more formulas hold under them than under the names' numbers."""
        votes: Counter[str] = Counter()
        for subject, formula, keys in self._told():
            own = {key: self.candidates[key].own or "" for key in keys}
            may = {key: self.candidates[key].may[0] for key in keys}
            if all(own.values()) and own != may:
                vote = 1 if self._holds(subject, formula, own) else -1 if self._holds(subject, formula, may) else 0
                votes.update(dict.fromkeys(keys, vote))
        for key, vote in votes.items():
            one = self.candidates[key]
            if vote > 0 and one.own is not None:
                one.may, one.sure = (one.own,), True

    def _holds(self, subject: Candidate, formula: Node, way: Mapping[str, str]) -> bool:
        quantity = self._equal(formula, way)
        return quantity is not None and (quantity in (subject.own, *subject.may) or not (subject.own or subject.may))

    def _told(self) -> Iterator[tuple[Candidate, Node, tuple[str, ...]]]:
        """(subject, formula, the names in it) of each formula over names that may stand for something."""
        for subject in self.candidates.values():
            for formula in subject.fact.formulas:
                keys = tuple(key for key in names_in(formula) if key not in self.constants)
                if not _is_partial(formula) and all(
                    key in self.candidates and self.candidates[key].may for key in keys
                ):
                    yield subject, formula, keys

    def _pass(self) -> bool:
        """Whether the formulas told anything new."""
        changed = False
        for subject, formula, keys in self._told():
            changed |= self._learn(subject, formula, keys)
        return changed

    def _learn(self, subject: Candidate, formula: Node, keys: Sequence[str]) -> bool:
        """Takes from a formula what its names and its subject may stand for."""
        inner = [self.candidates[key] for key in keys]
        if all(one.sure for one in (*inner, subject)) or self._tried > TRIED:
            return False
        held: list[tuple[str, tuple[str, ...]]] = []
        for way in islice(product(*(one.may for one in inner)), WAYS):
            self._tried += 1
            quantity = self._equal(formula, dict(zip(keys, way, strict=True))) if len({*way}) == len(way) else None
            if quantity is not None and (not subject.may or quantity in subject.may):
                held.append((quantity, way))
        if not held:
            return False
        before = [(one.may, one.shown) for one in (*inner, subject)]
        subject.may, subject.shown = tuple(dict.fromkeys(quantity for quantity, _ in held)), True
        for place, one in enumerate(inner):
            one.may, one.shown = tuple(dict.fromkeys(way[place] for _, way in held)), True
        return before != [(one.may, one.shown) for one in (*inner, subject)]

    def _equal(self, formula: Node, way: Mapping[str, str]) -> str | None:
        """The quantity that a formula is equal to where its names stand for `way`."""

        def leaf(node: Number | Name | Partial) -> Value:
            if isinstance(node, Number):
                return ball(node.value)
            (key,) = names_in(node)
            worth = self.constants.get(key) or self._worth(way[key], POINT)
            if worth is None:
                raise NoValueError("no value")
            return worth

        try:
            value = evaluate(formula, leaf)
        except NoValueError:
            return None
        return None if isinstance(value, Grid) else self._defined.get(_rounded(value))

    def _is_settled(self, one: Candidate) -> bool:
        """Whether one quantity is left for a name, and its formulas or its letter speak for it."""
        if len(one.may) != 1:
            return False
        if one.sure or one.shown:
            return True
        return one.own is None and (self._fits(one.fact.name, one.may[0]) or self._is_of_family(one))

    def _is_of_family(self, one: Candidate) -> bool:
        """Whether names that differ from it by their numbers alone stand for quantities that do so: α_1 and α_2."""
        return self._kinship(one) is not None and self._kinships[self._kinship(one)] >= KIN

    @cached_property
    def _kinships(self) -> Counter[tuple[str, str] | None]:
        return Counter(self._kinship(one) for one in self.candidates.values() if one.own is None and len(one.may) == 1)

    def _kinship(self, one: Candidate) -> tuple[str, str] | None:
        """The stems of a name and of its quantity, where both bear the same number."""
        (stem, number), (other, same) = trailing_digits(keys_of(one.fact.name)[0]), trailing_digits(one.may[0])
        return (stem, other) if number and number == same else None

    def _fits(self, name: Name, quantity: str) -> bool:
        """Whether a name without a formula may be that of a quantity which is worth its number, by its letter."""
        base = split_index(name)[0]
        usual = roles(base)
        quantity = quantity.removeprefix(OTHER_SIGN)
        if quantity in self.graph.parameters:
            return base in WEIGHTS or base in ("u", "U") or Role.BIAS in usual
        if quantity in self.graph.inputs:
            return Role.INPUT in usual
        if quantity in self.graph.targets:
            return Role.TARGET in usual
        if quantity in self.given:
            return Role.RATE in usual
        return Role.ACTIVATION in usual or Role.NET in usual

    def _consistent(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """What is left where no quantity has two names, and each of the network's that loses its own has another."""
        kept = {key: name for key, name in chosen.items() if self.candidates[key].sure}
        taken = {*kept.values()}
        for key, name in chosen.items():
            if key not in kept and name not in taken:
                kept[key] = name
                taken.add(name)
        while True:
            owners = {*kept.values()}
            lost = [key for key, name in kept.items() if self.candidates[key].own not in (None, name, *owners)]
            if not lost:
                return kept
            for key in lost:
                del kept[key]

    def _spelt(self, kept: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, name in kept.items():
            one = self.candidates[key]
            spelt, quantity = as_written(one.fact.name), name.removeprefix(OTHER_SIGN)
            if one.own == name or quantity not in self.graph.names or not spelt:
                continue
            if quantity not in found and spelt not in (new.removeprefix(OTHER_SIGN) for new in found.values()):
                found[quantity] = spelt if quantity == name else OTHER_SIGN + spelt
        return found


def _rounded(value: Ball) -> str:
    return f"{float(value.mid()):.12e}"


def _is_rule(fact: Fact) -> bool:
    """Whether a name is one of any unit, a node error, or a change."""
    letters = slot(fact.name)
    schematic = letters is not None and bool(letters.letters) and fact.number is None
    return schematic or letter_of(fact.name).casefold().startswith(SURE)


def _constant(one: Candidate) -> Fraction:
    """1 or -1 where a name is given as that and is none of the network's, as the x_0 of a bias w_0 is; else 0."""
    if one.own is not None or one.may or one.fact.formulas or one.fact.number is None:
        return Fraction(0)
    value, unit = _signed(one.fact.number)
    return value if unit == abs(value) == 1 else Fraction(0)


def _is_partial(node: Node) -> bool:
    return any(isinstance(part, Partial) for part in walk(node))


def _signed(number: Node) -> tuple[Fraction, Fraction]:
    """(value, unit) of a number with its sign."""
    match number:
        case Number(_, value, unit):
            return value, unit
        case Negative(Number(_, value, unit)):
            return -value, unit
    raise TypeError(number)
