"""Form: one way in which a value is worked, each node with its value and with the value that it would have to have.

The values are found from the leaves up, the goals from the root down: in a product the goal of a factor is the goal of
the product over the other factors. A mistake made at a node leads to what is printed exactly where what it makes of the
node lies in the node's goal, so that a mistake costs a comparison and no evaluation of the whole. All of this is in
floating point; what is found is confirmed by enclosures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from symbackprop.auditing.causes.tables import Vector
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    is_number,
    parts,
)

Goal = tuple[float, float]

SLACK = 1e-9

LEAVES = (Number, Name, Partial)
_INVERSE: dict[str, Callable[[float], float]] = {
    "identity": lambda a: a,
    "sigmoid": lambda a: math.log(a / (1 - a)),
    "tanh": math.atanh,
    "exp": math.log,
    "log": math.exp,
    "sqrt": lambda a: a * a,
    "relu": lambda a: a if a > 0 else math.nan,
}
APPLIED: dict[str, Callable[[float], float]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z)),
    "tanh": math.tanh,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "relu": lambda z: max(z, 0.0),
}
SLOPES: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: APPLIED["sigmoid"](z) * (1 - APPLIED["sigmoid"](z)),
    "tanh": lambda z: 1 - math.tanh(z) ** 2,
    "exp": math.exp,
    "relu": lambda z: float(z > 0),
}
FAILURES = (ArithmeticError, ValueError)


class Basis(StrEnum):
    """What the leaves of a form are worth."""

    WRITTEN = "written"  # the numbers in the document's own expression
    EXACT = "exact"
    CARRIED = "carried"  # as the document has printed them, where it has
    MEANT = "meant"  # the exact values of what the numbers of an expression are printed for elsewhere


@dataclass(slots=True)
class Place:
    """A node of a form with its value and its goal at each point; no `goals` where nothing put here reaches them."""

    node: Node
    path: tuple[int, ...]
    parent: Place | None
    values: Vector
    below: list[Place] = field(default_factory=list)
    goals: tuple[Goal, ...] | None = None

    def accepts(self, values: Sequence[float]) -> bool:
        """Whether the form comes to what is wanted with these values here."""
        if self.goals is None:
            return False
        return all(low <= value <= high for value, (low, high) in zip(values, self.goals, strict=True))

    @property
    def looseness(self) -> float:
        """How likely it is that a number of the right magnitude is accepted by chance; 0 where points confirm it."""
        if self.goals is None or len(self.goals) > 1:
            return 0.0
        low, high = self.goals[0]
        return min(1.0, (high - low) / max(abs(low), abs(high), 1e-300))

    @property
    def firm(self) -> bool:
        """Whether what is accepted here has to agree in a digit or more."""
        return self.looseness < 0.15

    def all_below(self) -> Iterator[Place]:
        """This place and those in it, each before its parts."""
        yield self
        for part in self.below:
            yield from part.all_below()

    def chance(self, values: Sequence[float]) -> float:
        """How many of numbers as far from the value as what is wanted are expected to be accepted by chance."""
        if self.goals is None or len(self.goals) > 1:
            return 0.0
        (low, high), value = self.goals[0], self.values[0]
        distance = abs((low + high) / 2 - value)
        near = sum(1 for one in values if distance / 3 <= abs(one - value) <= distance * 3)
        return near * min(1.0, (high - low) / (distance + 1e-300))

    def ratios(self) -> Vector | None:
        """By what the node would have to be multiplied, at each point."""
        if self.goals is None or not all(self.values):
            return None
        return tuple((low + high) / 2 / value for (low, high), value in zip(self.goals, self.values, strict=True))


@dataclass(slots=True)
class Form:
    """A tree with its places. `forward`: it is right, and a mistake in it makes what is written; else it is what is
    written, and is to be made right. `own` says that it is the network's work and not the document's, `repair` that
    the printed result follows from it, so that what is due is wanted of it.
    """

    tree: Node
    basis: Basis
    root: Place
    forward: bool
    own: bool
    repair: bool = False
    places: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        self.places = tuple(self.root.all_below())

    @property
    def leaves(self) -> list[Place]:
        """The places of numbers and names."""
        return [place for place in self.places if isinstance(place.node, LEAVES)]

    @property
    def nearness(self) -> float:
        """How likely it is that what moves the result as little as it is moved makes just what is printed."""
        if self.root.goals is None or len(self.root.goals) > 1 or self.repair:
            return 0.0
        (low, high), value = self.root.goals[0], self.root.values[0]
        return min(0.5, (high - low) / 2 / (abs((low + high) / 2 - value) + 1e-300))

    @property
    def operands(self) -> list[Place]:
        """The places of numbers, with their signs, and of names."""
        return [
            place
            for place in self.places
            if is_operand(place.node) and not (place.parent is not None and is_operand(place.parent.node))
        ]


def is_operand(node: Node) -> bool:
    """Whether a node is a leaf, or a number with its sign."""
    return isinstance(node, LEAVES) or is_number(node)


def build(tree: Node, worth: Callable[[Node], Vector], goals: tuple[Goal, ...]) -> Place | None:
    """The places of `tree`, its leaves as `worth` says; None where it has no value, or is at its goal already."""
    try:
        root = _place(tree, (), None, worth)
    except FAILURES:
        return None
    root.goals = goals
    if root.accepts(root.values):
        return None
    for place in root.all_below():
        _send_down(place)
    return root


def _place(node: Node, path: tuple[int, ...], parent: Place | None, worth: Callable[[Node], Vector]) -> Place:
    place = Place(node, path, parent, ())
    if isinstance(node, LEAVES):
        place.values = worth(node)
        return place
    place.below = [_place(part, (*path, index), place, worth) for index, part in enumerate(parts(node))]
    place.values = tuple(
        value_of(node, operands) for operands in zip(*(part.values for part in place.below), strict=True)
    )
    if not all(map(math.isfinite, place.values)) or not place.values:
        raise ValueError("no value")
    return place


def value_of(node: Node, operands: Sequence[float]) -> float:
    """The value of a node whose parts have the values `operands`. Raises `ValueError` for what is no number."""
    match node:
        case Negative():
            return -operands[0]
        case Sum():
            return math.fsum(operands)
        case Product():
            return math.prod(operands)
        case Quotient():
            return operands[0] / operands[1]
        case Power():
            raised = operands[0] ** operands[1]
            if isinstance(raised, complex):
                raise ValueError("no real power")
            return float(raised)
        case Total():
            return operands[0]
        case Call(function, _, _, 0) if function in APPLIED and len(operands) == 1:
            return APPLIED[function](operands[0])
        case Call(function, _, _, 1) if function in SLOPES and len(operands) == 1:
            return SLOPES[function](operands[0])
        case _:
            raise ValueError("not a number")


def _send_down(place: Place) -> None:
    """Gives the parts of a place their goals."""
    for index, part in enumerate(place.below):
        if place.goals is None:
            return
        found = []
        try:
            for point, goal in enumerate(place.goals):
                others = [other.values[point] for other in place.below]
                ends = [_required(place.node, index, others, end) for end in goal]
                if not all(map(math.isfinite, ends)):
                    raise ValueError("out of reach")
                found.append((min(ends), max(ends)))
        except FAILURES:
            continue
        part.goals = tuple(found)


def _required(node: Node, index: int, values: list[float], goal: float) -> float:
    """What part `index` of a node has to be for the node to be `goal`, the other parts as they are."""
    match node:
        case Negative():
            return -goal
        case Sum():
            return goal - math.fsum(values[:index] + values[index + 1 :])
        case Product():
            return goal / math.prod(values[:index] + values[index + 1 :])
        case Quotient():
            return goal * values[1] if index == 0 else values[0] / goal
        case Power() if index == 1:
            return math.log(goal) / math.log(values[0])
        case Power() if values[1] == 2:
            return math.copysign(math.sqrt(goal), values[0])
        case Power() if goal > 0:
            return float(goal ** (1 / values[1]))
        case Total():
            return goal
        case Call(function, _, _, 0) if function in _INVERSE:
            return _INVERSE[function](goal)
        case _:
            raise ValueError("no way back")


def narrow(values: Vector) -> tuple[Goal, ...]:
    """Goals that nothing but these values is to reach."""
    return tuple((value - SLACK * abs(value) - 1e-14, value + SLACK * abs(value) + 1e-14) for value in values)


def agree(values: Vector | None, goals: tuple[Goal, ...]) -> bool:
    """Whether each value lies in its goal."""
    return values is not None and all(low <= value <= high for value, (low, high) in zip(values, goals, strict=False))
