"""Vectors and matrices of enclosures, and the functions that take one whole: softmax, diag, sums along an axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any


class NoValueError(Exception):
    """A tree has no value here: a name that stands for nothing, shapes that do not fit, a division by 0."""


Value = Any
"""A `flint.arb`, or a `Grid` of them."""


class ShapesError(NoValueError):
    """Vectors or matrices of shapes that do not fit each other."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A vector or matrix of enclosures, row by row; `flat` where it does not say which way it lies.

    `shaped` where a program says how it lies, by which a `*` spreads it over the rows or the columns of the other.
    """

    rows: tuple[tuple[Any, ...], ...]
    flat: bool = False
    shaped: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> tuple[Any, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    def turned(self) -> Grid:
        """The transpose."""
        return replace(self, rows=tuple(zip(*self.rows, strict=True)))

    def each(self, change: Callable[[Any], Any]) -> Grid:
        """`change` of every entry."""
        return replace(self, rows=tuple(tuple(map(change, row)) for row in self.rows))


def of_whole(function: str, value: Value) -> Value:
    """What a function that takes a vector or a matrix whole makes of it. Raises `NoValueError`."""
    name, _, axis = function.partition("_")
    if not isinstance(value, Grid):
        if name in ("sum", "mean", "column", "row"):
            return value
        raise NoValueError(f"the function {function} is not known")
    match name:
        case "softmax" if 1 not in value.shape:
            raise NoValueError("it is not said whether softmax is taken of the rows or of the columns")
        case "softmax":
            powers = value.each(lambda entry: finite(entry.exp()))
            total = sum(powers.entries)
            return powers.each(lambda entry: entry / total)
        case "max":
            return reduce(lambda a, b: a.max(b), value.entries)
        case "norm" if not axis:  # of a matrix that of Frobenius, as in a penalty on weights
            return sum(entry * entry for entry in value.entries).sqrt()
        case "diag" if 1 in value.shape:
            return _diagonal(value.entries)
        case "sum" | "mean":
            return _along(value, axis, mean=name == "mean")
        case "column" | "row" if 1 in value.shape:
            lying = Grid((value.entries,), shaped=True)
            return lying.turned() if name == "column" else lying
    raise NoValueError(f"the function {function} is not known")


def _diagonal(entries: tuple[Any, ...]) -> Grid:
    """The matrix with these entries from its first corner to its last, and 0 elsewhere."""
    places = range(len(entries))
    return Grid(
        tuple(tuple(entries[row] if row == column else entries[row] * 0 for column in places) for row in places)
    )


def _along(grid: Grid, axis: str, *, mean: bool) -> Value:
    """The sum, or the mean, along an axis, or of all entries.

    The entries of a vector that does not say how it lies are those of one example, of which there is one along an axis.
    """
    if axis and grid.flat:
        return grid
    if not axis:
        return _of(grid.entries, mean=mean)
    lines = grid.turned().rows if axis == "0" else grid.rows
    found = tuple(_of(line, mean=mean) for line in lines)
    return found[0] if len(found) == 1 else Grid((found,), flat=True)


def _of(entries: tuple[Any, ...], *, mean: bool) -> Value:
    total = sum(entries)
    return total / len(entries) if mean else total


def finite(value: Value) -> Value:
    """`value` itself. Raises `NoValueError` where it is no finite ball."""
    if not value.is_finite():
        raise NoValueError("no finite value")
    return value
