"""Vectors and matrices of trees, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS, WRITABLE
from symbackprop.expressions.tree import add, multiply, reciprocal


class ShapeError(Exception):
    """A formula that cannot be written out: shapes that do not fit, a function that is not known."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Trees, row by row; `flat` where a vector does not say which way it lies."""

    rows: tuple[tuple[sp.Expr, ...], ...]
    flat: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> tuple[sp.Expr, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    def turned(self) -> Grid:
        """The transpose."""
        return Grid(tuple(zip(*self.rows, strict=True)), self.flat)

    def each(self, change: Callable[[sp.Expr], sp.Expr]) -> Grid:
        """`change` of every entry."""
        return Grid(tuple(tuple(map(change, row)) for row in self.rows), self.flat)


Value = Any
"""A SymPy tree, or a `Grid` of them."""


def entry_names(name: str, shape: tuple[int, int], first: int = 1) -> tuple[tuple[str, ...], ...]:
    """What the entries of a vector or matrix are called, counted from `first`.

    >>> entry_names("b1", (2, 1)), entry_names("W1", (1, 2)), entry_names("W1", (2, 2), first=0)
    ((('b1_1',), ('b1_2',)), (('W1_1', 'W1_2'),), (('W1_00', 'W1_01'), ('W1_10', 'W1_11')))
    """
    rows, columns = shape
    if rows == columns == 1:
        return ((name,),)
    if 1 in shape:
        every = [f"{name}_{index + first}" for index in range(rows * columns)]
    else:
        joint = "_" if max(shape) > 9 else ""
        places = [(row + first, column + first) for row in range(rows) for column in range(columns)]
        every = [f"{name}_{row}{joint}{column}" for row, column in places]
    return tuple(tuple(every[row * columns : (row + 1) * columns]) for row in range(rows))


def each(change: Callable[[sp.Expr], sp.Expr], value: Value) -> Value:
    """`change` of a number, or of every entry of a grid."""
    return value.each(change) if isinstance(value, Grid) else change(value)


def fitted(value: Value, shape: tuple[int, int]) -> Grid:
    """`value` in a shape: a number in every entry, a vector turned where it may lie so."""
    if not isinstance(value, Grid):
        return Grid(((value,) * shape[1],) * shape[0])
    if value.shape == shape:
        return value
    if value.shape == shape[::-1] and 1 in shape:
        return value.turned()
    raise ShapeError


def ways(one: Grid, other: Grid) -> list[tuple[Grid, Grid]]:
    """The ways that vectors which do not say how they lie may lie: as columns behind a matrix, as rows before one."""
    ways = []
    if other.flat:
        ways.append((one, other.turned()))
    if one.flat and one.shape[1] == other.shape[0]:
        ways.append((one, other))
    return [*ways, (one, other)]


def entrywise(one: Value, other: Value) -> Value:
    """The products of entries, a number going with each."""
    if isinstance(one, Grid) and isinstance(other, Grid):
        rows = tuple(
            tuple(multiply([a, b]) for a, b in zip(*pair, strict=True))
            for pair in zip(one.rows, other.rows, strict=True)
        )
        return Grid(rows, one.flat and other.flat)
    if isinstance(one, Grid):
        return one.each(lambda entry: multiply([entry, other]))
    if isinstance(other, Grid):
        return other.each(lambda entry: multiply([one, entry]))
    return multiply([one, other])


def divided(one: Value, other: Value) -> Value:
    """The quotients of entries."""
    if isinstance(other, Grid):
        return entrywise(one, other.each(reciprocal))
    if isinstance(one, Grid):
        return one.each(lambda entry: multiply([entry, reciprocal(other)]))
    return multiply([*(one.args if one.is_Mul else (one,)), reciprocal(other)])


def called(function: str, arguments: list[Value]) -> Value:
    """A function of a number, or of every entry of a vector; softmax and sum take a vector whole."""
    if len(arguments) == 1 and isinstance(arguments[0], Grid) and function in ("softmax", "sum"):
        grid = arguments[0]
        if function == "sum":
            return add(grid.entries)
        exponential = FUNCTIONS["exp"].symbol
        total = add([exponential(entry, evaluate=False) for entry in grid.entries])
        return grid.each(lambda entry: multiply([exponential(entry, evaluate=False), reciprocal(total)]))
    entry = FUNCTIONS.get(function)
    if entry is None or function not in WRITABLE or len(entry.arguments) != len(arguments):
        raise ShapeError
    applied = entry.symbol
    if len(arguments) == 1:
        return each(lambda argument: applied(argument, evaluate=False), arguments[0])
    if any(isinstance(argument, Grid) for argument in arguments):
        raise ShapeError
    return applied(*arguments, evaluate=False)
