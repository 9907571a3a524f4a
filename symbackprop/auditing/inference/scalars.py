"""Definitions over vectors and matrices, written out as definitions of numbers: z_1 = W_11*x_1 + W_12*x_2 + b_1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import sympy as sp

from symbackprop.auditing.inference.choice import instantiated, is_generic
from symbackprop.auditing.inference.evidence import Evidence, Given, given
from symbackprop.auditing.inference.forms import ONE, is_number, names
from symbackprop.auditing.inference.grids import (
    Grid,
    ShapeError,
    Value,
    called,
    divided,
    each,
    entrywise,
    fitted,
    ways,
)
from symbackprop.auditing.inference.indices import Indices, indexed
from symbackprop.auditing.inference.spelling import key, numbered
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    Transpose,
)
from symbackprop.expressions.tree import add, multiply, negate, number, power, symbol

ENTRIES = 2500  # of one vector or matrix
WORK = 200_000  # entries of all of them together
EXPONENT = 400


class Writer:
    """Writes formulas out. `equations` are what came of them, `values` the numbers of vectors and matrices of leaves.

    Arguments: `formulas` by key, `evidence` for the numbers of vectors and matrices, and how names are spelt.
    """

    def __init__(self, formulas: Mapping[str, Node], evidence: Evidence) -> None:
        self.formulas = formulas
        self.grids = evidence.grids
        self.spelt = evidence.name
        self.whole = evidence.whole
        self.indices = Indices(evidence)
        self.equations: dict[str, sp.Expr] = {}
        self.order: list[str] = []  # their names
        self.values: dict[str, Given] = {}
        self.written: dict[str, Value] = {}
        self.leaves: dict[str, str] = {}  # the ASCII name of each leaf, and its key
        self.work = 0
        self.failed: set[str] = set()
        self.entries: dict[str, list[str]] = {}  # the formulas of y_1, y_2 ... under y
        for head in formulas:
            if numbered(head)[1] is not None:
                self.entries.setdefault(self.whole(head), []).append(head)

    def write(self, head: str) -> bool:
        """Writes out `head` and all that it rests on; False where it goes round in a circle or does not fit."""
        path = {head: iter(self._uses(head))}
        while path:
            last = next(reversed(path))
            use = next((use for use in path[last] if use not in self.written), None)
            if use is not None:
                if use in path or use in self.failed:
                    self.failed.update(path)
                    return False
                path[use] = iter(self._uses(use))
                continue
            try:
                self._define(last)
            except ShapeError:
                self.failed.update(path)
                return False
            path.popitem()
        return True

    def _uses(self, head: str) -> list[str]:
        found = []
        for name in names(self.formulas[head]):
            held = key(name)
            stem = self.whole(held)
            if held in self.formulas:
                found.append(held)
            elif held not in self.grids:
                whole = key(_unindexed(name))
                found += [one for one in (stem, whole) if one in self.formulas and one != head]
                found += self.entries.get(whole, ()) if is_generic(name) and whole not in self.formulas else ()
        return list(dict.fromkeys(found))

    def _define(self, head: str) -> None:
        value = self.value(self.formulas[head])
        name = self.spelt(head)
        if isinstance(value, Grid):
            self._count(value)
            texts = self.indices.names(head, value.shape)
            for row, entries in zip(texts, value.rows, strict=True):
                self.equations.update(zip(row, entries, strict=True))
                self.order += row
            value = Grid(tuple(tuple(map(symbol, row)) for row in texts), value.flat)
        else:
            self.equations[name] = value
            self.order.append(name)
            value = symbol(name)
        self.written[head] = value

    def _count(self, grid: Grid) -> None:
        rows, columns = grid.shape
        self.work += rows * columns
        if rows * columns > ENTRIES or self.work > WORK:
            raise ShapeError

    def value(self, node: Node) -> Value:
        """`node` as a tree over numbers, or a grid of them. Raises `ShapeError`."""
        match node:
            case Number():
                return number(node.value)
            case Name():
                return self._named(node)
            case Negative(operand):
                return each(negate, self.value(operand))
            case Sum(terms):
                return self._sum([self.value(term) for term in terms])
            case Product(factors):
                bare = [factor for factor in factors if not is_number(factor, ONE)] or factors[:1]
                return self._product([self.value(factor) for factor in bare], elementwise=node.elementwise)
            case Quotient(numerator, denominator):
                return divided(self.value(numerator), self.value(denominator))
            case Power(base, exponent):
                return self._power(self.value(base), exponent)
            case Call(function, arguments):
                return called(function, [self.value(argument) for argument in arguments])
            case Entries(rows):
                return self._entries(rows, node.flat)
            case Transpose(operand):
                value = self.value(operand)
                return value.turned() if isinstance(value, Grid) else value
            case Total(index, body):
                return self._total(index, body)
            case _:
                raise ShapeError

    def _named(self, name: Name) -> Value:
        held = key(name)
        if held in self.written:
            return self.written[held]
        if held in self.grids:
            return self._leaf_grid(held)
        for stem, index in indexed(name):
            whole = self.written[stem] if stem in self.written else self.grids.get(stem) and self._leaf_grid(stem)
            if isinstance(whole, Grid) and (place := self.indices.place(stem, whole.shape, index)) is not None:
                return whole.rows[place[0]][place[1]]
        text = self.spelt(held)
        self.leaves.setdefault(text, held)
        return symbol(text)

    def _leaf_grid(self, held: str) -> Value:
        entries = self.grids[held]
        numbers = [[given(entry) for entry in row] for row in entries.rows]
        if not numbers or not numbers[0] or len({len(row) for row in numbers}) != 1:
            raise ShapeError
        if len(numbers) * len(numbers[0]) > ENTRIES:
            raise ShapeError
        texts = self.indices.names(held, (len(numbers), len(numbers[0])))
        for row, given_row in zip(texts, numbers, strict=True):
            for text, one in zip(row, given_row, strict=True):
                self.leaves.setdefault(text, held)
                if one is not None:
                    self.values.setdefault(text, one)
        grid = Grid(tuple(tuple(map(symbol, row)) for row in texts), entries.flat and len(texts) == 1)
        value: Value = grid.entries[0] if grid.shape == (1, 1) else grid
        self.written[held] = value
        return value

    def _entries(self, rows: tuple[tuple[Node, ...], ...], flat: bool) -> Value:
        read = [[self.value(entry) for entry in row] for row in rows]
        if not read or not read[0] or len({len(row) for row in read}) != 1:
            raise ShapeError
        if any(isinstance(entry, Grid) for row in read for entry in row):
            raise ShapeError
        grid = Grid(tuple(map(tuple, read)), flat and len(read) == 1)
        self._count(grid)
        return grid.entries[0] if grid.shape == (1, 1) else grid

    def _sum(self, terms: Sequence[Value]) -> Value:
        grids = [term for term in terms if isinstance(term, Grid)]
        if not grids:
            return add(terms)
        shape = next((grid.shape for grid in grids if not grid.flat), grids[0].shape)
        alike = [fitted(term, shape) for term in terms]
        self._count(alike[0])
        rows = [
            tuple(_joined([grid.rows[row][column] for grid in alike]) for column in range(shape[1]))
            for row in range(shape[0])
        ]
        return Grid(tuple(rows), all(grid.flat for grid in grids))

    def _product(self, factors: Sequence[Value], *, elementwise: bool) -> Value:
        if not any(isinstance(factor, Grid) for factor in factors):
            return multiply(factors)

        def times(one: Value, other: Value) -> Value:
            if not (isinstance(one, Grid) and isinstance(other, Grid)):
                return entrywise(one, other)
            if not elementwise:
                for left, right in ways(one, other):
                    if left.shape[1] == right.shape[0]:
                        return self._matrix(left, right)
            return entrywise(one, fitted(other, one.shape))

        return reduce(times, factors)

    def _matrix(self, one: Grid, other: Grid) -> Value:
        self.work += one.shape[0] * one.shape[1] * other.shape[1]
        columns = other.turned().rows
        rows = tuple(
            tuple(add([multiply([a, b]) for a, b in zip(row, column, strict=True)]) for column in columns)
            for row in one.rows
        )
        grid = Grid(rows)
        self._count(grid)
        return grid.entries[0] if grid.shape == (1, 1) else grid

    def _power(self, base: Value, exponent: Node) -> Value:
        raised = self.value(exponent)
        if isinstance(raised, Grid) or (raised.is_Rational and abs(raised) > EXPONENT):
            raise ShapeError
        return each(lambda entry: power(entry, raised), base)

    def _total(self, index: str, body: Node) -> Value:
        """A sum over the entries of vectors: of each where it names them by an index, else of what the body makes."""
        letter = index[:1]
        if letter.isalpha():
            sizes = {size for name in names(body) if name.subscript == letter and (size := self._size(name))}
            if len(sizes) == 1:
                terms = [instantiated(body, letter, str(entry + 1)) for entry in range(sizes.pop())]
                return self._sum([self.value(term) for term in terms if term is not None])
        value = self.value(body)
        if not isinstance(value, Grid):
            raise ShapeError
        return add(value.entries)

    def _size(self, name: Name) -> int | None:
        """How many entries the vector has whose entries `name` names."""
        held = key(_unindexed(name))
        if held in self.grids and held not in self.written:
            self._leaf_grid(held)
        whole = self.written.get(held)
        return len(whole.entries) if isinstance(whole, Grid) and 1 in whole.shape else None


def _unindexed(name: Name) -> Name:
    """The vector of which `name` is an entry."""
    return Name(name.base, name.span, "", name.superscript, name.accent)


def _joined(terms: Sequence[sp.Expr]) -> sp.Expr:
    """A sum, sums in it taken up."""
    return add([part for term in terms for part in (term.args if term.is_Add else (term,))])
