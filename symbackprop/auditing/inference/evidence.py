"""What a document states of its network: formulas, numbers, and which number stands for which name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from symbackprop.auditing.inference.alignment import Pair, pairs
from symbackprop.auditing.inference.forms import (
    is_number,
    numeral_of,
    value_of,
)
from symbackprop.auditing.inference.spelling import ascii_name, key, key_of, numbered, pattern
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Sum,
)

OPERANDS = 50  # numbers that are kept of one name


@dataclass(frozen=True, slots=True)
class Given:
    """A number as a network file writes it; `start` is the offset at which the document has it, where it is known."""

    text: str
    value: Fraction
    start: int | None = field(default=None, compare=False)


def figures(text: str) -> int:
    """The significant digits of a decimal: four of 0.05030."""
    return len(text.replace("-", "").replace(".", "").lstrip("0"))


def given(node: Node) -> Given | None:
    """The number that `node` is; None where it is none that a network file can hold."""
    text, value = numeral_of(node), value_of(node)
    return None if text is None or value is None else Given(text, value, node.span.start)


@dataclass(slots=True)
class Evidence:
    """What the statements of one example say, by the keys of names, in the order in which it is said.

    `formulas` and `numeric` are what is said to equal a name, in names and in numbers alone; `printed` the number that
    is printed for it first; `stated` what is plainly assigned; `operands` the numbers that stand for it in formulas,
    `doubtful` those that stand for it where the arithmetic does not hold;
    `functions` are letters for functions of the table, `defined` are others with the key of the argument and what they
    make of it;
    `restated` are parameters that are assigned another number later;
    `grids` its vectors and matrices of numbers, `results` those that come of a formula; `earlier` what an update starts
    from; `assigned` what programs give it, `varying` those to which they give several numbers; `decimals` and `figures`
    count the printed places and significant digits of results.
    """

    spellings: dict[str, Name] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)
    formulas: dict[str, list[Node]] = field(default_factory=dict)
    numeric: dict[str, list[Node]] = field(default_factory=dict)
    printed: dict[str, Given] = field(default_factory=dict)
    stated: dict[str, Given] = field(default_factory=dict)
    operands: dict[str, list[Given]] = field(default_factory=dict)
    doubtful: dict[str, list[Given]] = field(default_factory=dict)
    earlier: dict[str, Given] = field(default_factory=dict)
    assigned: dict[str, Given] = field(default_factory=dict)
    varying: set[str] = field(default_factory=set)
    grids: dict[str, Entries] = field(default_factory=dict)
    results: dict[str, Entries] = field(default_factory=dict)
    backward: list[tuple[Node, Node]] = field(default_factory=list)
    functions: dict[str, str] = field(default_factory=dict)
    defined: dict[str, tuple[str, Node]] = field(default_factory=dict)
    trained: set[str] = field(default_factory=set)
    restated: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)
    differentiated: Counter[str] = field(default_factory=Counter)
    rates: dict[int, list[Given]] = field(default_factory=dict)
    rate_names: set[str] = field(default_factory=set)
    decimals: Counter[int] = field(default_factory=Counter)
    figures: Counter[int] = field(default_factory=Counter)

    def name(self, key: str) -> str:
        """The ASCII name of a key: its first spelling in the document."""
        return ascii_name(self.spellings[key]) if key in self.spellings else key

    def unit(self, key: str) -> tuple[str, int | None]:
        """(pattern, number) of the name of a key."""
        return pattern(self.name(key))

    def whole(self, key: str) -> str:
        """The key of the vector or matrix of which a name is an entry: x of x_2, W1 of W1_12."""
        return key_of(numbered(self.name(key))[0].rstrip("_"))

    def value(self, key: str) -> Given | None:
        """What a leaf is worth: what the document says, else what a program assigns.

        What is worked out from numbers is no leaf.
        """
        if key in self.numeric and key not in self.trained:
            return None
        return self._said(key) or self._of_program(key)

    def _said(self, key: str) -> Given | None:
        """What is stated of a leaf, else the number that most often stands for it in formulas.

        Where two stand equally often the first is taken; else what an update starts from.
        """
        if key in self.stated:
            return self.stated[key]
        if found := self.operands.get(key) or self.doubtful.get(key):
            counts = Counter(one.value for one in found)
            return max(found, key=lambda one: counts[one.value])
        return self.earlier.get(key)

    def _of_program(self, key: str) -> Given | None:
        """The one number that programs assign to a name."""
        return self.assigned.get(key) if key not in self.varying else None

    def result(self, key: str) -> Given | None:
        """The number that is printed for what is worked out; None where another one is put in for it."""
        number = self.printed.get(key)
        others = self.operands.get(key, ())
        return number if number is not None and all(one.value == number.value for one in others) else None

    def put_in(self, key: str, number: Given, into: dict[str, list[Given]] | None = None) -> None:
        """Takes in a number that stands for a name in a formula, of one name at most 50."""
        found = (self.operands if into is None else into).setdefault(key, [])
        if len(found) < OPERANDS:
            found.append(number)

    def disputed(self, key: str) -> bool:
        """Whether two numbers stand equally often for a name that is not plainly assigned: no input changes."""
        found = self.operands.get(key) or self.doubtful.get(key) or ()
        counts = Counter(one.value for one in found).most_common(2)
        return key not in self.stated and len(counts) == 2 and counts[0][1] == counts[1][1]

    def rate(self) -> Given | None:
        """The learning rate: as it is named, as updates are written, as words say it, as programs assign it."""
        names = sorted(self.rate_names, key=lambda name: -self.count[name])
        for name in names:
            if name not in self.numeric and (found := self._said(name)):
                return found
        for strength in sorted(self.rates):
            counts = Counter(one.value for one in self.rates[strength])
            return max(self.rates[strength], key=lambda one: counts[one.value])
        return next(filter(None, map(self._of_program, names)), None)


def agree(one: Node, other: Node) -> bool:
    """Whether a number of a formula is the one that stands in its place; 00 is a slip for a name."""
    return not isinstance(one, Number) or value_of(other) == one.value or slipped(one)


def slipped(node: Node) -> bool:
    """Whether a number is written as no number is: 00, a slip for the letter O with a 0."""
    return isinstance(node, Number) and len(node.text) > 1 and set(node.text) == {"0"}


def aligned(formula: Node, written: Node) -> tuple[Pair, ...]:
    """The pairs of a formula and its numbers, () where they have not the same shape."""
    found = pairs(formula, written)
    return found if found and all(agree(one, other) for one, other in found) else ()


def is_slope(factors: tuple[Node, ...]) -> bool:
    """Whether a product holds a(1 - a), a bare 1 - a^2 or f'(z): the derivative of an activation."""
    held = {key(factor) for factor in factors if isinstance(factor, Name)}
    worth = {factor.value for factor in factors if isinstance(factor, Number)}
    for factor in factors:
        match factor:
            case Call(_, _, _, primes) if primes:
                return True
            case Sum((one, Negative(Name() as name))) if is_number(one, Fraction(1)) and key(name) in held:
                return True
            case Sum((one, Negative(Number(_, value)))) if is_number(one, Fraction(1)) and value in worth:
                return True
            case Sum((one, Negative(Power(Name(), two)))) if is_number(one, Fraction(1)) and is_number(two):
                return True
    return False
