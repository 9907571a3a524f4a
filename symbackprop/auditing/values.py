"""What a tree that a document writes comes to: numbers as enclosures, vectors and matrices as grids of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Any

import flint

from symbackprop.auditing.grids import Grid, NoValueError, ShapesError, Value, finite, of_whole
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    Transpose,
    rebuilt,
)
from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation
from symbackprop.evaluation.enclosure import Ball, whole_power
from symbackprop.expressions.functions import FUNCTIONS, derivative
from symbackprop.expressions.tree import symbol

__all__ = ["Grid", "Leaf", "NoValueError", "Value", "ball", "between", "evaluate", "literal", "scalars", "unstarred"]

EXPONENT = 400  # the largest power


Leaf = Callable[[Number | Name | Partial], Value]
"""What a number, a name or a partial stands for. Raises `NoValueError` where it stands for nothing."""


def literal(node: Number | Name | Partial) -> Value:
    """A number as it is printed; no name has a value."""
    if isinstance(node, Number):
        return ball(node.value)
    raise NoValueError(f"{getattr(node, 'text', 'a partial')} stands for nothing here")


def ball(value: Fraction) -> Value:
    """The enclosure of an exact rational."""
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def between(low: Fraction, high: Fraction) -> Value:
    """A ball that holds [low, high]."""
    return ball(low).union(ball(high))


def evaluate(node: Node, leaf: Leaf = literal) -> Value:
    """The value of `node`, the leaves as `leaf` says. Raises `NoValueError`.

    Bounded: powers up to 400, and nothing that is no finite ball.
    """
    match node:
        case Number() | Name() | Partial():
            return leaf(node)
        case Negative(operand):
            return _each(lambda value: -value, evaluate(operand, leaf))
        case Sum(terms):
            return reduce(_plus, [evaluate(term, leaf) for term in terms])
        case Product(factors):
            values = [evaluate(factor, leaf) for factor in factors]
            whole = node.elementwise or _are_alike(values)
            product = values[0]
            for place, value in enumerate(values[1:], 1):
                times = _elementwise if whole else _starred if place in node.starred else _times
                product = times(product, value)
            return product
        case Quotient(numerator, denominator):
            return _elementwise(evaluate(numerator, leaf), _each(_reciprocal, evaluate(denominator, leaf)))
        case Power(base, exponent):
            return _power(evaluate(base, leaf), exponent, leaf)
        case Call():
            return _applied(node, leaf)
        case Entries(rows):
            return _grid([[evaluate(entry, leaf) for entry in row] for row in rows], node.flat)
        case Transpose(operand):
            value = evaluate(operand, leaf)
            return value.turned() if isinstance(value, Grid) else value
        case Total(_, body):
            return evaluate(body, leaf)
        case Omitted():
            raise NoValueError("a part is left out")


def unstarred(node: Node) -> Node:
    """`node` with every `*` as a product like any other."""
    if isinstance(node, Product) and node.starred:
        node = replace(node, starred=())
    return rebuilt(node, unstarred)


def scalars(value: Value) -> Iterator[Any]:
    """The entries of a value, row by row; of a number, itself."""
    yield from value.entries if isinstance(value, Grid) else (value,)


def _each(change: Callable[[Any], Any], value: Value) -> Value:
    return value.each(change) if isinstance(value, Grid) else change(value)


def _grid(rows: list[list[Any]], flat: bool) -> Value:
    if any(isinstance(entry, Grid) for row in rows for entry in row):
        if len(rows) == 1 and all(isinstance(entry, Grid) and len(entry.rows) == 1 for entry in rows[0]):
            rows = [list(entry.rows[0]) for entry in rows[0]]
        else:
            raise NoValueError("a matrix in a matrix")
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise NoValueError("rows of different lengths")
    return Grid(tuple(map(tuple, rows)), flat and len(rows) == 1)


def _reciprocal(value: Ball) -> Ball:
    return finite(1 / value) if not value.contains(0) else _undefined()


def _undefined() -> Ball:
    raise NoValueError("a division by what may be 0")


def _entrywise(one: Grid, other: Grid, change: Callable[[Any, Any], Any]) -> Grid:
    if one.shape != other.shape and 1 in one.shape and one.shape == other.shape[::-1] and (one.flat or other.flat):
        other = other.turned()
    if one.shape != other.shape:
        raise ShapesError(f"shapes {one.shape} and {other.shape}")
    rows = tuple(tuple(map(change, *pair)) for pair in zip(one.rows, other.rows, strict=True))
    return Grid(rows, one.flat and other.flat)


def _repeated(vector: Grid, shape: tuple[int, int]) -> Grid | None:
    """A vector as every row, or every column, of a matrix of a shape, the way it fits; None where it does not."""
    if 1 not in vector.shape or 1 in shape:
        return None
    rows, columns = shape
    lying, standing = (1, columns), (rows, 1)
    if vector.flat and rows == columns:
        raise NoValueError("it is not said whether a vector is added to the rows or to the columns")
    for found in (vector, vector.turned()) if vector.flat else (vector,):
        if found.shape == lying:
            return Grid(found.rows * rows)
        if found.shape == standing:
            return Grid(tuple(row * columns for row in found.rows))
    return None


def _broadcast(one: Value, other: Value, change: Callable[[Any, Any], Any]) -> Value:
    match one, other:
        case Grid(), Grid():
            return _entrywise(one, other, change)
        case Grid(), _:
            return one.each(lambda entry: change(entry, other))
        case _, Grid():
            return other.each(lambda entry: change(one, entry))
        case _:
            return change(one, other)


def _plus(one: Value, other: Value) -> Value:
    """The sum; a vector is added to every row or every column of a matrix, as a bias is for each of many examples."""
    if isinstance(one, Grid) and isinstance(other, Grid):
        one, other = _repeated(one, other.shape) or one, _repeated(other, one.shape) or other
    return _broadcast(one, other, lambda a, b: a + b)


def _elementwise(one: Value, other: Value) -> Value:
    return _broadcast(one, other, lambda a, b: a * b)


def _starred(one: Value, other: Value) -> Value:
    """The product by `*`: entry by entry of what is of one shape, else as without a sign."""
    if not (isinstance(one, Grid) and isinstance(other, Grid)):
        return _elementwise(one, other)
    if one.shaped or other.shaped:
        return _spread(one, other)
    alike = one.shape == other.shape or (1 in one.shape and one.shape == other.shape[::-1] and (one.flat or other.flat))
    return _elementwise(one, other) if alike else _times(one, other)


def _spread(one: Grid, other: Grid) -> Value:
    """The product entry by entry, a column spread over the columns and a row over the rows, as programs do it."""
    shape = max(one.shape[0], other.shape[0]), max(one.shape[1], other.shape[1])
    lying = [replace(grid, flat=False) for grid in (one, other)]
    left, right = (_repeated(grid, shape) or grid for grid in lying)
    return _elementwise(left, right)


def _times(one: Value, other: Value) -> Value:
    """The product; of matrices the matrix product, where one lies so that it fits, else entry by entry."""
    if not (isinstance(one, Grid) and isinstance(other, Grid)):
        return _elementwise(one, other)
    for left, right in _ways(one, other):
        if left.shape[1] == right.shape[0]:
            return _collapsed(_matrix_product(left, right))
    return _elementwise(one, other)


def _are_alike(factors: Sequence[Value]) -> bool:
    """Whether three or more factors are vectors of one length that do not say how they lie: δ a (1 - a)."""
    grids = [factor for factor in factors if isinstance(factor, Grid)]
    alike = len({len(grid.entries) for grid in grids}) == 1 and all(1 in grid.shape for grid in grids)
    return len(grids) > 2 and alike and not any(grid.shaped for grid in grids) and sum(grid.flat for grid in grids) > 1


def _ways(one: Grid, other: Grid) -> Iterator[tuple[Grid, Grid]]:
    """The ways that lists which do not say how they lie may lie: as columns behind a matrix, as rows before one."""
    if other.flat and one.shape[1] == other.shape[1]:
        yield one, other.turned()
    if one.flat and other.shape[0] == one.shape[1]:
        yield one, other
    yield one, other


def _matrix_product(one: Grid, other: Grid) -> Grid:
    columns = other.turned().rows
    return Grid(
        tuple(tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns) for row in one.rows)
    )


def _collapsed(grid: Grid) -> Value:
    return grid.rows[0][0] if grid.shape == (1, 1) else grid


def _power(base: Value, exponent: Node, leaf: Leaf) -> Value:
    if isinstance(exponent, Name) and exponent.text in ("T", "⊤") and isinstance(base, Grid):
        return base.turned()
    raised = evaluate(exponent, leaf)
    if isinstance(raised, Grid):
        raise NoValueError("a matrix as an exponent")
    whole = raised.unique_fmpz() if raised.is_exact() else None
    if whole is not None:
        if abs(int(whole)) > EXPONENT:
            raise NoValueError("too large an exponent")
        if whole < 0:
            return _each(lambda value: _reciprocal(whole_power(value, -int(whole))), base)
        return _each(lambda value: finite(whole_power(value, int(whole))), base)
    return _each(lambda value: finite(value**raised), base)


def _applied(node: Call, leaf: Leaf) -> Value:
    entry = FUNCTIONS.get(node.function)
    arguments = [evaluate(argument, leaf) for argument in node.arguments]
    if entry is None or len(entry.arguments) != len(arguments) or node.primes > 1:
        if len(arguments) == 1 and not node.primes:
            return of_whole(node.function, arguments[0])
        raise NoValueError(f"the function {node.function} is not known")
    whole = entry.symbol(*map(symbol, entry.arguments), evaluate=False)
    tree = derivative(whole, 0, whole) if node.primes else whole

    def applied(*values: Ball) -> Ball:
        if not all(value.is_finite() and abs(value) < 1e6 for value in values):
            raise NoValueError("too large an argument")
        try:
            return finite(Interpretation(Balls(), dict(zip(entry.arguments, values, strict=True))).value(tree))
        except (ZeroDivisionError, ValueError, KeyError):
            raise NoValueError(f"{node.function} has no value here") from None

    if len(arguments) == 1:
        return _each(applied, arguments[0])
    if len(arguments) == 2:
        return _broadcast(arguments[0], arguments[1], applied)
    if any(isinstance(argument, Grid) for argument in arguments):
        raise NoValueError(f"{node.function} of a matrix")
    return applied(*arguments)
