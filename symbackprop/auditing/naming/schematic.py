"""Rules for any unit: Δw_{ij} = η δ_j O_i, δ_h = (Σ_o δ_o w_{ho}) out_h (1 - out_h), at every place of a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    Transpose,
    walk,
)
from symbackprop.auditing.naming.roles import Role, Roles
from symbackprop.auditing.naming.spelling import key
from symbackprop.auditing.naming.units import Unit, Units

INSTANCES = 400  # of one rule
TRIED = 20_000  # assignments of units to letters
_INDEX = re.compile(r"(?:[ijklhonmtpqs](?:[+-]1)?){1,3}")
_LETTER = re.compile(r"([ijklhonmtpqs])([+-]1)?")
_FUSED = re.compile(r"([A-Za-z]+?)([ijkl]{1,2})")
WEIGHTS = frozenset({"w", "W", "v", "V", "weight", "theta", "Theta"})
GENERIC = frozenset(
    {"theta", "w", "W", "weight", "weights", "parameter", "param", "p", "b", "bias", "Theta", "weighti"}
)
EVERY = "*"  # the letter of a name that stands for any parameter


@dataclass(frozen=True, slots=True)
class Slot:
    """A schematic name: its base, and the letters of its index with what is added to each."""

    base: str
    letters: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Units for letters; in a weight's index the source comes first, or where `turned` the target.

    `numbers` holds what is put in for letters that count, such as a time step.
    """

    units: Mapping[str, Unit]
    turned: bool = False
    numbers: Mapping[str, int] | None = None
    parameter: str = ""


def slot(name: Name) -> Slot | None:
    """The slot that a name is, where its index consists of letters that stand for any unit.

    >>> from symbackprop.auditing.documents.source import Span
    >>> slot(Name("w", Span(0, 4), "ij")), slot(Name("h", Span(0, 4), "t-1")), slot(Name("w", Span(0, 3), "5"))
    (Slot(base='w', letters=(('i', 0), ('j', 0))), Slot(base='h', letters=(('t', -1),)), None)
    """
    base, index = key(name.base) + name.accent, key(name.superscript) + key(name.subscript)
    if not index:
        fused = _FUSED.fullmatch(base)
        if fused is None or not (fused[1] in WEIGHTS or len(fused[1]) == 1):
            return Slot(base, ()) if base in GENERIC and not name.accent else None
        base, index = fused[1], fused[2]
    if not _INDEX.fullmatch(index):
        return None
    return Slot(base, tuple((letter, int(shift or 0)) for letter, shift in _LETTER.findall(index)))


Resolve = Callable[[Name, Slot, Place], Node | None]
"""The tree over the network's names that a schematic name is at a place; None where it is nothing there."""


class Rules:
    """The places at which a rule may hold, and the rule there."""

    def __init__(self, roles: Roles, units: Units, known: Callable[[Name | Partial], bool], resolve: Resolve) -> None:
        self.roles = roles
        self.units = units
        self.known = known
        self.resolve = resolve

    def schematic(self, node: Name | Partial) -> bool:
        """Whether a name stands for no quantity by itself, and its index for any unit."""
        if isinstance(node, Partial):
            return any(isinstance(part, Name | Partial) and self.schematic(part) for part in (node.of, node.by))
        return slot(node) is not None and not self.known(node)

    def places(self, members: Sequence[Node]) -> Iterator[Place]:
        """All places at which every schematic name outside of a sum has a meaning."""
        free, bound = self._names(members)
        letters = tuple(dict.fromkeys(letter for one in free for letter, _ in self._slot(one).letters))
        turned = (False, True) if any(len(self._slot(one).letters) == 2 for one in (*free, *bound)) else (False,)
        found = 0
        for place in self._assigned(letters, free, turned):
            if all(self.resolve(one, self._slot(one), place) is not None for one in free):
                found += 1
                yield place
        if not found:
            for place in self._counted(letters, free):
                if all(self.resolve(one, self._slot(one), place) is not None for one in free):
                    yield place

    def unrolled(self, members: Sequence[Node]) -> Iterator[tuple[Node, ...]]:
        """The members over the network's own names, at each place; sums over units are written out."""
        for place in islice(self.places(members), INSTANCES):
            try:
                yield tuple(self._at(member, place) for member in members)
            except LookupError:
                continue

    def _slot(self, name: Name) -> Slot:
        found = slot(name)
        assert found is not None
        return found

    def _names(self, members: Sequence[Node]) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
        """(schematic names all of whose letters are free, those with a letter that a sum binds)."""
        free: dict[str, Name] = {}
        bound: dict[str, Name] = {}

        def visit(node: Node, letters: frozenset[str]) -> None:
            if isinstance(node, Total):
                letters |= {self._bound(node)}
            if isinstance(node, Name) and self.schematic(node):
                own = {letter for letter, _ in self._slot(node).letters}
                (bound if own & letters else free).setdefault(node.text, node)
            for below in _below(node):
                visit(below, letters)

        for member in members:
            visit(member, frozenset())
        return tuple(free.values()), tuple(bound.values())

    def _bound(self, total: Total) -> str:
        """The letter that a sum runs over: as written, else the one letter of an output among the letters below."""
        if match := _LETTER.match(key(total.index)):
            return match[1]
        counts: dict[str, int] = {}
        for node in walk(total.body):
            if isinstance(node, Name) and self.schematic(node):
                for letter, _ in self._slot(node).letters:
                    counts[letter] = counts.get(letter, 0) + 1
        return max(counts, key=lambda letter: counts[letter], default="")

    def _domain(self, letter: str) -> tuple[Unit, ...]:
        units = self.units
        if letter == "o" and (outputs := tuple(unit for unit in units.units if units.output_of(unit))):
            return outputs
        if letter == "h" and units.hidden:
            return units.hidden
        return (*units.inputs, *units.units)

    def _assigned(self, letters: Sequence[str], names: Sequence[Name], turned: Sequence[bool]) -> Iterator[Place]:
        """Units for letters, a letter at a time, given up as soon as a name of assigned letters means nothing."""
        if letters == () and any(not self._slot(one).letters for one in names):
            for parameter in self.roles.problem.trained_parameters():
                yield Place({}, parameter=parameter)
            return
        tried = 0
        for way in turned:
            waiting: list[dict[str, Unit]] = [{}]
            while waiting:
                done = waiting.pop()
                tried += 1
                if tried > TRIED:
                    return
                place = Place(done, way)
                ready = [one for one in names if {letter for letter, _ in self._slot(one).letters} <= {*done}]
                if any(self.resolve(one, self._slot(one), place) is None for one in ready):
                    continue
                if len(done) == len(letters):
                    yield place
                    continue
                letter = letters[len(done)]
                waiting.extend({**done, letter: unit} for unit in reversed(self._domain(letter)))

    def _counted(self, letters: Sequence[str], names: Sequence[Name]) -> Iterator[Place]:
        """Numbers for one letter, as of time steps."""
        if len(letters) == 1 and names:
            steps = len(self.units.graph.names)
            for number in range(min(steps, 100) + 1):
                yield Place({}, numbers={letters[0]: number})

    def _at(self, node: Node, place: Place) -> Node:
        """`node` at a place. Raises `LookupError` where a part of it means nothing there."""
        if isinstance(node, Name) and self.schematic(node):
            found = self.resolve(node, self._slot(node), place)
            if found is None:
                raise LookupError
            return found
        if isinstance(node, Total):
            return self._summed(node, place)
        return _rebuilt(node, lambda below: self._at(below, place))

    def _summed(self, total: Total, place: Place) -> Node:
        letter = self._bound(total)
        terms = []
        for unit in self._domain(letter):
            try:
                terms.append(self._at(total.body, replace(place, units={**place.units, letter: unit})))
            except LookupError:
                continue
        if not terms or not letter:
            raise LookupError
        return Sum(tuple(terms), total.span) if len(terms) > 1 else terms[0]


def role_at(roles: Roles, base: str, unit: Unit) -> str | None:
    """The quantity that a base means at a unit, by the first of its roles that the unit has."""
    for role in roles.of_base(base):
        for quantity in roles.at(role, unit):
            return quantity
        if role is Role.INPUT and unit.net is None:
            return unit.activation
    return None


def _below(node: Node) -> tuple[Node, ...]:
    from symbackprop.auditing.mathematics.tree import parts

    return parts(node)


def _rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """`node` with its parts changed."""
    match node:
        case Partial(of, by):
            return replace(node, of=change(of), by=change(by))
        case Negative(operand) | Transpose(operand):
            return replace(node, operand=change(operand))
        case Sum(terms):
            return replace(node, terms=tuple(map(change, terms)))
        case Product(factors):
            return replace(node, factors=tuple(map(change, factors)))
        case Call(_, arguments):
            return replace(node, arguments=tuple(map(change, arguments)))
        case Quotient(numerator, denominator):
            return replace(node, numerator=change(numerator), denominator=change(denominator))
        case Power(base, exponent):
            return replace(node, base=change(base), exponent=change(exponent))
        case Entries(rows):
            return replace(node, rows=tuple(tuple(map(change, row)) for row in rows))
        case _:
            return node
