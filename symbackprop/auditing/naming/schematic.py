"""Rules for any unit: Δw_{ij} = η δ_j O_i, δ_h = (Σ_o δ_o w_{ho}) out_h (1 - out_h), at every place of a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from symbackprop.auditing.mathematics.tree import (
    Name,
    Node,
    Partial,
    Sum,
    Total,
    parts,
    rebuilt,
    walk,
    whole_number,
)
from symbackprop.auditing.naming.roles import Roles, roles
from symbackprop.auditing.naming.spelling import key
from symbackprop.auditing.naming.units import Unit, Units

PAIR = 2  # letters of a δ_ij
INSTANCES = 200  # of one rule, read one way
WAYS = 64  # to read a rule
TRIED = 5_000  # assignments of units to letters
LAYERS = ("h", "o")
LAST = frozenset("LT")  # letters that stand for the last layer, the last step
_APART = re.compile(r"(?:([A-Za-z])=[0-9]+,)?([A-Za-z])(?:≠|!=|not=)([A-Za-z])")
_RELATION = re.compile(r"[<>≤≥≠!]|leq|geq|le(?![a-z])|ge(?![a-z])|not")
LETTER = re.compile(r"([ijklhonmtpqsLT])([+-]1)?")
_INDEX = re.compile(rf"(?:[0-9]*{LETTER.pattern}){{1,3}}")
_NUMBER = re.compile(r"[0-9]+")
_FUSED = re.compile(r"([A-Za-z]+?)([ijkl]{1,2})")
WEIGHTS = frozenset({"w", "W", "v", "V", "weight", "theta", "Theta"})
GENERIC = frozenset(
    {"theta", "w", "W", "weight", "weights", "parameter", "param", "p", "b", "bias", "Theta", "weighti"}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A schematic name: its base, the letters of its index with what is added to each, and numbers among them.

    `layer` is h or o where that stands above the letters, as in w^o_{kj}: hidden units or outputs.
    Letters of which some count no units, as the layer of a^l_j and the last of a^L_j does, mean no place by themselves.
    """

    base: str
    letters: tuple[tuple[str, int], ...]
    number: str = ""
    layer: str = ""

    @property
    def counts(self) -> bool:
        """Whether part of the index is a number or the last of something."""
        return bool(self.number) or any(letter in LAST for letter, _ in self.letters)


@dataclass(frozen=True, slots=True)
class Place:
    """Units for letters; in a weight's index the source comes first, or where `turned` the target.

    `same` are the names that are 1 where both of their letters stand for the same unit, else 0: Kronecker's δ_ij.
    """

    units: Mapping[str, Unit]
    turned: bool = False
    parameter: str = ""
    same: frozenset[str] = frozenset()


def slot(name: Name) -> Slot | None:
    """The slot that a name is, where its index consists of letters that stand for any unit.

    >>> from symbackprop.auditing.documents.source import Span
    >>> slot(Name("w", Span(0, 4), "ij", "o"))
    Slot(base='w', letters=(('i', 0), ('j', 0)), number='', layer='o')
    >>> slot(Name("h", Span(0, 4), "t-1")).letters, slot(Name("w", Span(0, 3), "5"))
    ((('t', -1),), None)
    """
    base, index = key(name.base) + name.accent, key(name.superscript) + key(name.subscript)
    if not index:
        fused = _FUSED.fullmatch(base)
        if fused is None or not (fused[1] in WEIGHTS or len(fused[1]) == 1 or roles(fused[1])):
            return Slot(base, ()) if base in GENERIC and not name.accent else None
        base, index = fused[1], fused[2]
    parts_of_index = [part for part in (key(name.superscript), key(name.subscript)) if part] or [index]
    if not any(map(_INDEX.fullmatch, parts_of_index)):
        return None
    if not all(_INDEX.fullmatch(part) or _NUMBER.fullmatch(part) for part in parts_of_index):
        return None
    layer = parts_of_index[0] if len(parts_of_index) == PAIR and parts_of_index[0] in LAYERS else ""
    index = index[len(layer) :]
    letters = tuple((letter, int(shift or 0)) for letter, shift in LETTER.findall(index))
    return Slot(base, letters, LETTER.sub("", index), layer)


def excepted(total: Total) -> tuple[str, str] | None:
    """(k, i) of a sum over all k but i, as it is written below the sign; None of a sum over all.

    Raises `LookupError` for a condition of another kind.
    """
    written = total.index.replace(" ", "")
    match = _APART.fullmatch(written)
    if match and match[1] in (None, match[2]):
        return match[2], match[3]
    if _RELATION.search(written):
        raise LookupError
    return None


Resolve = Callable[[Name, Slot, Place], Node | None]
"""The tree over the network's names that a schematic name is at a place; None where it is nothing there."""


class Rules:
    """The places at which a rule may hold, and the rule there."""

    def __init__(
        self,
        roles: Roles,
        units: Units,
        *,
        known: Callable[[Name | Partial], bool],
        resolve: Resolve,
        vector: Callable[[Name], tuple[str, ...]],
    ) -> None:
        self.roles = roles
        self.units = units
        self.known = known
        self.resolve = resolve
        self.vector = vector

    def schematic(self, node: Name | Partial) -> bool:
        """Whether a name stands for no quantity by itself, and its index for any unit."""
        if isinstance(node, Partial):
            return any(isinstance(part, Name | Partial) and self.schematic(part) for part in (node.of, node.by))
        return slot(node) is not None and not self.known(node)

    def unrolled(self, members: Sequence[Node]) -> Iterator[tuple[tuple[Node, ...], ...]]:
        """The ways to read a rule, each as the members at every place, over the network's own names.

        There are two ways where weights bear two letters, either of which may be the source; and one for each unit
        that a letter may mean which stands within a sum alone, as h in the sum over o of δ_o w_{ho}.
        """
        same = self.kronecker(members)
        names, loose = self._names(members, same)
        letters = tuple(dict.fromkeys(letter for one in names for letter, _ in self._slot(one).letters))
        loose = tuple(letter for letter in loose if letter not in letters)
        for begun in islice(self._starts(members, loose), WAYS):
            start = replace(begun, same=same)
            instances = tuple(islice(self._at_all(members, self._assigned(letters, names, start)), INSTANCES))
            if instances:
                yield instances

    def _at_all(self, members: Sequence[Node], places: Iterator[Place]) -> Iterator[tuple[Node, ...]]:
        for place in places:
            try:
                yield tuple(self._at(member, place) for member in members)
            except LookupError:
                continue

    def _starts(self, members: Sequence[Node], loose: Sequence[str]) -> Iterator[Place]:
        """The ways to begin: which end of an edge comes first, and units for the letters that stand in sums alone."""
        nodes = [node for member in members for node in walk(member)]
        edges = any(
            isinstance(node, Name) and self.schematic(node) and len(self._slot(node).letters) == 2 for node in nodes
        )
        for turned in (False, True) if edges else (False,):
            for units in product(*(self._domain(letter) for letter in loose)):
                yield Place(dict(zip(loose, units, strict=True)), turned)

    def _slot(self, name: Name) -> Slot:
        found = slot(name)
        assert found is not None
        return found

    def kronecker(self, members: Sequence[Node]) -> frozenset[str]:
        """The names δ_ij in a rule in which something with the letter i is differentiated by something with j."""
        nodes = [node for member in members for node in walk(member)]
        pairs = {(*self._letters(node.of), *self._letters(node.by)) for node in nodes if isinstance(node, Partial)}
        return frozenset(
            node.text
            for node in nodes
            if isinstance(node, Name) and node.base in ("δ", "delta") and not node.superscript and self.schematic(node)
            if len(own := self._letters(node)) == PAIR and (own in pairs or own[::-1] in pairs)
        )

    def _letters(self, node: Node) -> tuple[str, ...]:
        """The letters of the schematic names in a tree that are not counted on from, each once."""
        names = [part for part in walk(node) if isinstance(part, Name) and self.schematic(part)]
        return tuple(dict.fromkeys(letter for one in names for letter, shift in self._slot(one).letters if not shift))

    def _names(self, members: Sequence[Node], same: frozenset[str]) -> tuple[tuple[Name, ...], tuple[str, ...]]:
        """(schematic names outside of sums or with no letter that a sum binds, letters that stand in sums alone)."""
        free: dict[str, Name] = {}
        loose: dict[str, None] = {}
        waiting = [(member, frozenset[str]()) for member in reversed(members)]
        while waiting:
            node, bound = waiting.pop()
            if isinstance(node, Total):
                bound |= {self._bound(node)}
            if isinstance(node, Name) and self.schematic(node) and node.text not in same:
                own = [letter for letter, _ in self._slot(node).letters]
                if bound.isdisjoint(own):
                    free.setdefault(node.text, node)
                loose.update(dict.fromkeys(letter for letter in own if bound and letter not in bound))
            waiting.extend((below, bound) for below in reversed(parts(node)))
        return tuple(free.values()), tuple(loose)

    def _bound(self, total: Total) -> str:
        """The letter that a sum runs over: as written, else the one letter of an output among the letters below."""
        if match := LETTER.match(key(total.index)):
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

    def _assigned(self, letters: Sequence[str], names: Sequence[Name], start: Place) -> Iterator[Place]:
        """Units for letters, a letter at a time, given up as soon as a name of assigned letters means nothing."""
        if any(not self._slot(one).letters for one in names):
            for parameter in self.roles.problem.trained_parameters():
                yield replace(start, parameter=parameter)
            return
        waiting = [dict(start.units)]
        for _ in range(TRIED):
            if not waiting:
                return
            done = waiting.pop()
            place = replace(start, units=done)
            ready = [one for one in names if {letter for letter, _ in self._slot(one).letters} <= {*done}]
            if any(self.resolve(one, self._slot(one), place) is None for one in ready):
                continue
            letter = next((letter for letter in letters if letter not in done), None)
            if letter is None:
                yield place
            else:
                waiting.extend({**done, letter: unit} for unit in reversed(self._domain(letter)))

    def _at(self, node: Node, place: Place) -> Node:
        """`node` at a place. Raises `LookupError` where a part of it means nothing there."""
        if isinstance(node, Name) and node.text in place.same:
            one, other = (place.units.get(letter) for letter in self._letters(node))
            return whole_number(int(one == other), node.span)
        if isinstance(node, Name) and self.schematic(node):
            found = self.resolve(node, self._slot(node), place)
            if found is None:
                raise LookupError
            return found
        if isinstance(node, Total):
            return self._summed(node, place)
        return rebuilt(node, lambda below: self._at(below, place))

    def _summed(self, total: Total, place: Place) -> Node:
        apart = excepted(total)
        letter = apart[0] if apart else self._bound(total)
        if not letter:
            return self._over_outputs(total, place)
        but = place.units[apart[1]] if apart else None
        terms = []
        for unit in self._domain(letter):
            if unit == but:
                continue
            try:
                terms.append(self._at(total.body, replace(place, units={**place.units, letter: unit})))
            except LookupError:
                continue
        if not terms:
            raise LookupError
        return Sum(tuple(terms), total.span) if len(terms) > 1 else terms[0]

    def _over_outputs(self, total: Total, place: Place) -> Node:
        """A sum without an index, over the outputs: in Σ ½(target - output)² both names are vectors."""
        body = self._at(total.body, place)
        vectors = {node.text: found for node in walk(body) if isinstance(node, Name) and (found := self.vector(node))}
        counts = {len(found) for found in vectors.values()}
        if len(counts) != 1:
            return body
        return Sum(tuple(_entry(body, vectors, at) for at in range(counts.pop())), total.span)


def _entry(node: Node, vectors: Mapping[str, tuple[str, ...]], at: int) -> Node:
    """`node` with the entry `at` of each vector in its place."""
    if isinstance(node, Name):
        found = vectors.get(node.text)
        return Name(found[at], node.span) if found else node
    return rebuilt(node, lambda below: _entry(below, vectors, at))
