"""Rules whose letters count, with numbers put in: h_t = tanh(u h_{t-1}), δ^l_j = Σ_k w^{l+1}_{kj} δ^{l+1}_k σ'(z_j)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from symbackprop.auditing.mathematics.tree import Name, Node, Sum, Total, parts, rebuilt
from symbackprop.auditing.naming.schematic import LAST, LETTER, excepted, slot
from symbackprop.auditing.naming.spelling import key

INSTANCES = 64  # of one rule
TRIED = 4_000  # numbers for a letter
LARGEST = 100  # number that is put in
TERMS = 400  # of a sum
TWO_DIGITS = 10
_DIGITS = re.compile(r"\d+", re.ASCII)
_RANGE = re.compile(r"([A-Za-z](?:,[A-Za-z])*)(?:(?:=|∈)(.+))?")

Numbers = Mapping[str, int]


class Numbered:
    """Rules at all numbers for their letters at which each of their names is the name of something.

    What `known` is asked for is a name with numbers in place of letters: of h_{t-1} at t = 3, h_2.
    """

    def __init__(
        self, names: Sequence[str], *, schematic: Callable[[Name], bool], known: Callable[[Name], bool]
    ) -> None:
        found = [digits for name in names for digits in _DIGITS.findall(name)]
        several = {int(digits) for digits in found if len(digits) <= len(str(LARGEST))}
        single = {int(digit) for digits in found for digit in digits}
        self.domain = tuple(sorted(number for number in several | single | {0} if number <= LARGEST))
        self.schematic = schematic
        self.known = known

    def instances(self, members: Sequence[Node]) -> tuple[tuple[Node, ...], ...]:
        """The members at every place where all of their names mean something; () where there is none."""
        return tuple(islice(self._instances(members), INSTANCES))

    def is_determinate(self, members: Sequence[Node]) -> bool:
        """Whether no letter is left to put numbers in for, but under sums."""
        return not any(True for _ in self._free(members))

    def _instances(self, members: Sequence[Node]) -> Iterator[tuple[Node, ...]]:
        free = tuple(self._free(members))
        letters = tuple(dict.fromkeys(letter for name in free for letter in _letters(name)))
        last = [letter for letter in letters if letter in LAST]
        for ends in product(*(reversed(self.domain) for _ in last)):
            met = False
            for numbers in self._assigned(
                [one for one in letters if one not in LAST], free, dict(zip(last, ends, strict=True))
            ):
                try:
                    yield tuple(self._at(member, numbers) for member in members)
                    met = True
                except LookupError:
                    continue
            if met:
                return

    def _free(self, members: Sequence[Node]) -> Iterator[Name]:
        """The names for any unit none of whose letters a sum runs over."""
        waiting: list[tuple[Node, frozenset[str] | None]] = [(member, frozenset()) for member in reversed(members)]
        while waiting:
            node, bound = waiting.pop()
            if isinstance(node, Total):
                own = _bound(node)
                bound = None if bound is None or own is None else bound | {*own}
            if (
                isinstance(node, Name)
                and bound is not None
                and self.schematic(node)
                and bound.isdisjoint(_letters(node))
            ):
                yield node
            waiting.extend((below, bound) for below in reversed(parts(node)))

    def _assigned(self, letters: Sequence[str], names: Sequence[Name], start: Numbers) -> Iterator[Numbers]:
        """Numbers for letters, a letter at a time, given up as soon as a name without letters left means nothing."""
        waiting: list[Numbers] = [start]
        for _ in range(TRIED):
            if not waiting:
                return
            done = waiting.pop()
            ready = (name for name in names if {*_letters(name)} <= {*done})
            if not all(self._means(name, done) for name in ready):
                continue
            letter = next((letter for letter in letters if letter not in done), None)
            if letter is None:
                yield done
            else:
                waiting.extend({**done, letter: number} for number in reversed(self.domain))

    def _means(self, name: Name, numbers: Numbers) -> bool:
        return (there := _numbered(name, numbers)) is not None and self.known(there)

    def _at(self, node: Node, numbers: Numbers) -> Node:
        """`node` with its numbers. Raises `LookupError` where a part of it means nothing with them."""
        if isinstance(node, Name) and self.schematic(node):
            there = _numbered(node, numbers)
            if there is None or not self.known(there):
                raise LookupError
            return there
        if isinstance(node, Total):
            return self._summed(node, numbers)
        return rebuilt(node, lambda below: self._at(below, numbers))

    def _summed(self, total: Total, numbers: Numbers) -> Node:
        letters = _bound(total)
        if letters is None:
            names = self._free((total.body,))
            letters = tuple(
                dict.fromkeys(letter for name in names for letter in _letters(name) if letter not in numbers)
            )
        low, high = _ends(total, numbers)
        domain = [
            number for number in self.domain if (low is None or low <= number) and (high is None or number <= high)
        ]
        apart = excepted(total)
        terms = []
        last = LARGEST
        for values in islice(product(domain, repeat=len(letters)), TERMS):
            there = {**numbers, **dict(zip(letters, values, strict=True))}
            if apart and there[apart[0]] == there[apart[1]]:
                continue
            if last + 1 < max(values, default=0) and last < TWO_DIGITS <= max(values):
                continue  # the row u_2 of a matrix, and then its entry u_12
            try:
                terms.append(self._at(total.body, there))
                last = max(values, default=LARGEST)
            except LookupError:
                if low is not None and high is not None:
                    raise
        if not terms or (low is not None and high is not None and len(domain) != high - low + 1):
            raise LookupError
        return Sum(tuple(terms), total.span) if len(terms) > 1 else terms[0]


def _letters(name: Name) -> tuple[str, ...]:
    found = slot(name)
    return tuple(letter for letter, _ in found.letters) if found is not None else ()


def _numbered(name: Name, numbers: Numbers) -> Name | None:
    """A name with numbers for its letters; None where a letter has none, or comes to less than 0."""
    raised, lowered = (_with(part, numbers) for part in (name.superscript, name.subscript))
    if raised is None or lowered is None:
        return None
    return replace(name, superscript=raised, subscript=lowered)


def _with(index: str, numbers: Numbers) -> str | None:
    """An index with numbers for its letters: of t-1 at t = 3, 2."""
    below = False

    def put_in(match: re.Match[str]) -> str:
        nonlocal below
        number = numbers.get(match[1], -1) + int(match[2] or 0)
        below = below or match[1] not in numbers or number < 0
        return str(number)

    put = LETTER.sub(put_in, key(index))
    return None if below else put


def _bound(total: Total) -> tuple[str, ...] | None:
    """The letters that a sum runs over; None where it does not say."""
    match = _RANGE.fullmatch(total.index.replace(" ", ""))
    return tuple(match[1].split(",")) if match else None


def _ends(total: Total, numbers: Numbers) -> tuple[int | None, int | None]:
    """The first and the last number of a sum, None where it does not say. Raises `LookupError` for what else."""
    match = _RANGE.fullmatch(total.index.replace(" ", ""))
    first = match[2] if match else None
    return _end(first, numbers), _end(total.upper, numbers)


def _end(text: str | None, numbers: Numbers) -> int | None:
    spelt = key(text or "")
    if not spelt or spelt in LAST or (spelt.isalpha() and spelt not in numbers):
        return None
    put = _with(spelt, numbers)
    if put is None or not put.isdecimal() or len(put) > len(str(LARGEST)):
        raise LookupError
    return int(put)
