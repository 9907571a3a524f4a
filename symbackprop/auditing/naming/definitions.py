"""What a document itself defines its names to be: chains `name = formula`, in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from symbackprop.auditing.mathematics.alignment import align
from symbackprop.auditing.mathematics.statements import Chain, Sign, Statements
from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Partial,
    Transpose,
    parts,
    walk,
)
from symbackprop.auditing.naming.spelling import keys_of, written

LOOKED_AT = 4  # numbers of a name
HEIGHT = 14  # of a formula that a name may be defined by
_DEFINING = frozenset({Sign.EQUAL, Sign.APPROXIMATE, Sign.DEFINED, Sign.COLON})


@dataclass(frozen=True, slots=True)
class Definition:
    """`subject = ...` at the offset `start`: its first member in names, or else in numbers; its last, if a number."""

    start: int
    subject: Name
    formula: Node | None
    working: Node | None
    printed: Node | None
    chain: Chain


class Definitions:
    """The definitions of a document, by the key of the name that is defined."""

    def __init__(self, statements: Statements) -> None:
        self.chains = tuple(statement for statement in statements.statements if isinstance(statement, Chain))
        self._table: dict[str, list[Definition]] = {}
        for chain in self.chains:
            if (definition := _definition(chain)) is not None:
                self._table.setdefault(keys_of(definition.subject)[0], []).append(definition)
        for found in self._table.values():
            found.sort(key=lambda definition: definition.start)
        pairs = zip((None, *self.chains), self.chains, strict=False)
        self.put_in = tuple(found for before, chain in pairs for found in _put_in(chain, before))
        self._put_in: dict[str, list[Node]] = {}
        for name, number in self.put_in:
            self._put_in.setdefault(written(name), []).append(number)
        self._starts = sorted((chain.span.start, place) for place, chain in enumerate(self.chains))

    def of(self, name: Name) -> tuple[Definition, ...]:
        """All definitions of a name."""
        return tuple(self._table.get(keys_of(name)[0], ()))

    def numbers(self, name: Name) -> tuple[Node, ...]:
        """Numbers that the document gives for a name: printed as its value, or put in for it."""
        printed = [one.printed for one in self.of(name)[:LOOKED_AT] if one.printed is not None]
        return (*printed, *self._put_in.get(written(name), ())[:LOOKED_AT])

    def at(self, name: Name) -> Definition | None:
        """The last definition of a name that does not stand behind it; before all of them, the first.

        What numbers make that are assigned to a name does not tell what it was before.
        """
        found = self._table.get(keys_of(name)[0], ())
        place = bisect_right(found, name.span.start, key=lambda definition: definition.start)
        if place:
            return found[place - 1]
        return next((one for one in found[:1] if one.formula or one.chain.signs[0] is not Sign.DEFINED), None)

    def vectors(self, spelt: str) -> tuple[Entries, ...]:
        """The vectors and matrices that stand where the document says what the name with a key is, or becomes."""
        return tuple(self._vectors.get(spelt, ()))

    @cached_property
    def _vectors(self) -> dict[str, list[Entries]]:
        found: dict[str, list[Entries]] = {}
        for chain in self.chains:
            first = chain.members[0]
            if isinstance(first, Name):
                nodes = (node for member in chain.members[1:] for node in walk(member))
                found.setdefault(keys_of(first)[0], []).extend(node for node in nodes if isinstance(node, Entries))
        return found

    def count(self, name: Name) -> int:
        """How often a name stands in the chains."""
        return self._counts[written(name)]

    @cached_property
    def _counts(self) -> Counter[str]:
        nodes = (node for chain in self.chains for member in chain.members for node in walk(member))
        return Counter(written(node) for node in nodes if isinstance(node, Name))

    def every(self) -> tuple[Definition, ...]:
        """All definitions in reading order."""
        return tuple(sorted((one for found in self._table.values() for one in found), key=lambda one: one.start))

    def chain_at(self, offset: int) -> Chain | None:
        """The chain that holds an offset of the source."""
        place = bisect_right(self._starts, (offset, len(self._starts)))
        if not place:
            return None
        chain = self.chains[self._starts[place - 1][1]]
        return chain if offset < chain.span.end else None

    def before(self, offset: int) -> Iterator[Chain]:
        """The chains that begin before an offset, the last first."""
        place = bisect_right(self._starts, (offset, len(self._starts)))
        return (self.chains[self._starts[index][1]] for index in range(place - 1, -1, -1))


def height(node: Node) -> int:
    """How many nodes stand inside each other."""
    levels, level = 0, [node]
    while level:
        level = [part for above in level for part in parts(above)]
        levels += 1
    return levels


def in_names(node: Node) -> bool:
    """Whether a tree holds a name or a partial, and nothing that is left out."""
    nodes = list(walk(node))
    return any(isinstance(part, Name | Partial) for part in nodes) and not any(
        isinstance(part, Omitted) for part in nodes
    )


def is_printed(node: Node) -> bool:
    """Whether a member is a result: a number with its sign, or a vector or matrix of them."""
    match node:
        case Number() | Negative(Number()):
            return True
        case Entries(rows):
            return all(is_printed(entry) for row in rows for entry in row)
        case Transpose(Entries() as operand):
            return is_printed(operand)
    return False


def _definition(chain: Chain) -> Definition | None:
    first = chain.members[0]
    if chain.headless or not isinstance(first, Name) or first.updated or chain.signs[0] not in _DEFINING:
        return None
    if any(
        isinstance(node, Name) and written(node) == written(first) for part in chain.members[1:] for node in walk(part)
    ):
        return None  # w = w - ...
    rest = [member for member in chain.members[1:] if height(member) <= HEIGHT]
    if not rest:
        return None
    formula = next((member for member in rest if in_names(member)), None)
    working = next((m for m in rest if not in_names(m) and not is_printed(m) and not isinstance(m, Omitted)), None)
    printed = rest[-1] if is_printed(rest[-1]) else None
    return Definition(chain.span.start, first, formula, working, printed, chain)


def _put_in(chain: Chain, before: Chain | None) -> Iterator[tuple[Name, Node]]:
    """(name, number) where a formula is followed by the same formula with numbers, in a chain or in the next one."""
    subject = not chain.headless and isinstance(chain.members[0], Name | Partial)
    members = list(chain.members[1 if subject else 0 :])
    if before is not None and len(before.members) == 2 and _same_subject(before, chain):
        members.insert(0, before.members[1])
    for one, other in pairwise(members):
        for pair in (align(one, other) if in_names(one) else None) or ():
            if isinstance(pair.name, Name) and is_printed(pair.numbers):
                yield pair.name, pair.numbers


def _same_subject(one: Chain, other: Chain) -> bool:
    first, second = one.members[0], other.members[0]
    return isinstance(first, Name | Partial) and type(first) is type(second) and written(first) == written(second)
