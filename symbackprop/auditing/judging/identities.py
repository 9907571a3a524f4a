"""Whether a formula is equal to a quantity: at the given numbers and at points near them, by enclosure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from symbackprop.auditing.grids import ShapesError
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.view import NOW, Lying, Used, View
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Partial, walk
from symbackprop.auditing.truth import POINTS, Quantity
from symbackprop.auditing.values import Grid, NoValueError, Value, scalars
from symbackprop.evaluation.enclosure import Ball


class Holds(Enum):
    """Whether two things are equal; UNKNOWN where one of them has no value."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an identity: quantities row by row, or a tree and how its names are read."""

    quantities: tuple[tuple[Quantity, ...], ...] = ()
    tree: Node | None = None
    view: View = NOW

    @property
    def is_vector(self) -> bool:
        """Whether it is several quantities."""
        return sum(map(len, self.quantities)) > 1

    def value(self, context: Context, used: Used, point: int) -> Value:
        """What it is worth at a point. Raises `NoValueError`."""
        if self.tree is not None:
            return context.exactly(self.tree, self.view, used, point)
        rows = tuple(tuple(context.exact(quantity, point) for quantity in row) for row in self.quantities)
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else Grid(rows)


def identical(context: Context, one: Side, other: Side, used: Used) -> Holds:
    """Whether two sides agree at every point, whichever way vectors lie.

    A contradiction is proved by enclosures that exclude each other.
    """
    found = Holds.UNKNOWN
    for lying in Lying:
        sides = [replace(side, view=replace(side.view, lying=lying)) for side in (one, other)]
        match _identical(context, sides[0], sides[1], used):
            case Holds.YES:
                return Holds.YES
            case Holds.NO:
                found = Holds.NO
        if not used.vectors:
            break
    return found


def _identical(context: Context, one: Side, other: Side, used: Used) -> Holds:
    met = Holds.UNKNOWN
    for point in range(1, POINTS + 1):
        try:
            left, right = one.value(context, used, point), other.value(context, used, point)
        except NoValueError as error:
            used.reason, used.misfit = str(error), used.misfit or isinstance(error, ShapesError)
            continue
        agree = same(left, right)
        if agree is None:
            used.misfit = True
            return Holds.UNKNOWN
        if not agree:
            return Holds.YES if _holds_as_given(context, one, other) else Holds.NO
        met = Holds.YES
    return met


def _holds_as_given(context: Context, one: Side, other: Side) -> bool:
    """Whether two sides agree at the given numbers alone, by a slope that is written as the number that it is there."""
    numbers = [part for side in (one, other) if side.tree for part in walk(side.tree) if isinstance(part, Number)]
    written = any(number.value in (0, 1) or number.unit < 1 for number in numbers)
    return written and context.has_kinks and holds_as_given(context, one, other)


def holds_as_given(context: Context, one: Side, other: Side) -> bool:
    """Whether two sides agree at the given numbers."""
    try:
        return same(one.value(context, Used(), 0), other.value(context, Used(), 0)) is True
    except NoValueError:
        return False


def free_variables(tree: Node) -> frozenset[str]:
    """The variables of a tree that is a function of them, or its derivative: of σ(x), x; else none."""
    match tree:
        case Call(_, arguments) if all(isinstance(argument, Name) for argument in arguments):
            return frozenset(argument.text for argument in arguments if isinstance(argument, Name))
        case Partial(Call(_, (Name() as argument,)), Name() as by) if argument.text == by.text:
            return frozenset({by.text})
    return frozenset()


def same(one: Value, other: Value) -> bool | None:
    """Whether the enclosures meet, entry by entry, a vector or matrix laid either way; None where the shapes differ."""
    match one, other:
        case Grid(), Grid():
            if one.shape == other.shape and _meet(one, other):
                return True
            turned = other.turned()
            if one.shape == turned.shape:
                return _meet(one, turned)
            return False if one.shape == other.shape else None
        case Grid(), _:
            return None if len(one.entries) != 1 else one.entries[0].overlaps(other)
        case _, Grid():
            return None if len(other.entries) != 1 else other.entries[0].overlaps(one)
    return bool(one.overlaps(other))


def _meet(one: Grid, other: Grid) -> bool:
    return all(a.overlaps(b) for a, b in zip(one.entries, other.entries, strict=True))


def spread(value: Value, shape: tuple[int, int]) -> Sequence[Ball] | None:
    """The entries of `value` for a result of a shape, laid either way, a number for each; None: it does not fit."""
    count = shape[0] * shape[1]
    if not isinstance(value, Grid):
        return (value,) * count
    if value.shape == shape:
        return value.entries
    if 1 in value.shape and 1 in shape and len(value.entries) == count:
        return value.entries
    if value.shape == shape[::-1]:
        return value.turned().entries
    return tuple(scalars(value)) * count if len(value.entries) == 1 else None
