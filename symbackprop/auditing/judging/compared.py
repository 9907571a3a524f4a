"""A printed number and what it is to be compared with: what is true, and what the numbers put in make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import flint

from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.identities import spread
from symbackprop.auditing.judging.numbers import Signed, hull
from symbackprop.auditing.judging.subject import Line, is_mixed
from symbackprop.auditing.judging.view import Lying, Used, View
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.report import Verdict
from symbackprop.auditing.truth import BITS, Quantity
from symbackprop.auditing.values import Grid, NoValueError, Value, evaluate
from symbackprop.evaluation.enclosure import Ball

Shape = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a result: the last formula in names, the expressions with numbers that hang together, what is
    at fault. `broken` is a formula that is not equal to what the chain is about.
    """

    formula: Node | None
    expressions: tuple[Node, ...] = ()
    accused: tuple[Draft, ...] = ()
    broken: Node | None = None

    @property
    def expression(self) -> Node | None:
        """The last expression with numbers put in."""
        return self.expressions[-1] if self.expressions else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed number of a result, with what it is to be compared with.

    `made` is what the numbers put in make, `faulty` the same where what was printed wrongly before is taken as such,
    and `blamed` the claims that this blames.
    """

    line: Line
    before: Before
    printed: Signed
    quantity: Quantity | None
    exact: Ball | None
    made: Ball | None
    literal: Ball | None
    faulty: Ball | None
    blamed: frozenset[int]
    index: int
    shape: Shape

    @property
    def follows(self) -> bool:
        """Whether the number follows from the numbers put in."""
        return self.made is not None and bool(self.made.overlaps(self.printed.ball))

    @property
    def follows_from_faults(self) -> bool:
        """Whether it follows from them once a wrongly printed one may be what it should be."""
        return bool(self.blamed) and self.faulty is not None and bool(self.faulty.overlaps(self.printed.ball))

    @property
    def righted(self) -> Ball | None:
        """What the numbers put in make where those that were printed wrongly are what they should be."""
        found, _ = made(self.line, self.before, self.shape, faults=True, righted=True)
        return found[self.index] if found else None

    @property
    def draft(self) -> Draft:
        """The draft that the verdict is put into."""
        quantity = self.quantity or self.line.subject.name
        result = self.printed
        return Draft(
            result.span,
            Verdict.UNDECIDED,
            "",
            result,
            quantity,
            exact=self.exact,
            from_printed=self.made,
            literal=self.literal,
        )

    @property
    def shown(self) -> Ball:
        """What the numbers put in make, for a message."""
        return self.literal if self.literal is not None else self.made

    @property
    def what(self) -> str:
        """What the number is printed for, in a message; of a vector or a matrix, which entry."""
        name, (rows, columns) = self.line.subject.name, self.shape
        if not name and self.quantity is not None and self.line.subject.rows:
            return self.quantity.name + ("" if not self.quantity.after else "+")
        if not name or self.shape == (1, 1):
            return name or "the exact value"
        row, column = divmod(self.index, columns)
        place = f"{row + 1}, {column + 1}" if rows > 1 and columns > 1 else f"{self.index + 1}"
        return f"entry {place} of {name}"


def entries(line: Line, before: Before, printed: tuple[tuple[Signed, ...], ...]) -> list[Entry]:
    """Every number of a result with what it is to be compared with, row by row."""
    shape = len(printed), len(printed[0])
    quantities = _quantities(line, shape)
    exacts = _exacts(line, before, shape, quantities)
    makes, _ = made(line, before, shape)
    literal = _literal(before, shape)
    faulty, used = made(line, before, shape, faults=True)
    return [
        Entry(
            line,
            before,
            number,
            quantities[index] if quantities else None,
            exacts[index] if exacts else None,
            makes[index] if makes else None,
            literal[index] if literal else None,
            faulty[index] if faulty else None,
            frozenset(used.blamed),
            index,
            shape,
        )
        for index, number in enumerate(number for row in printed for number in row)
    ]


def _quantities(line: Line, shape: Shape) -> Sequence[Quantity] | None:
    rows = line.subject.rows
    if not rows:
        return None
    own = len(rows), len(rows[0])
    flat = [quantity for row in rows for quantity in row]
    if own == shape or (1 in own and 1 in shape and len(flat) == shape[0] * shape[1]):
        return flat
    if own == shape[::-1]:
        return [quantity for column in zip(*rows, strict=True) for quantity in column]
    if shape == (1, 1):
        values = [line.context.exact(quantity) for quantity in flat]
        if all(value.overlaps(values[0]) for value in values):
            return flat[:1]
    return None


def _exacts(line: Line, before: Before, shape: Shape, quantities: Sequence[Quantity] | None) -> Sequence[Ball] | None:
    """The exact values of what is printed: of the quantities, or else of the formula."""
    context = line.context
    try:
        if quantities is not None:
            return [context.exact(quantity) for quantity in quantities if not context.is_taken(quantity)] or None
    except NoValueError:
        return None
    if line.subject.rows:
        return None
    for tree in (line.subject.tree, before.formula):
        if tree is not None and not is_mixed(tree):
            used = Used()
            found = _fitting(line.view, used, partial(_exactly, line, tree, used), shape)
            guessed = line.subject.defined_here and used.strength is Strength.GUESSED
            if found is not None and not (guessed and context.is_part):
                return found
    return None


def _fitting(view: View, used: Used, worth: Callable[[View], Value], shape: Shape) -> Sequence[Ball] | None:
    """The entries of a value for a result of a shape, vectors laid the first way in which it fits; None: in no way.

    One number is none for a list, where vectors may lie so that they make a list.
    """
    for lying in Lying:
        try:
            value = worth(replace(view, lying=lying))
            found = spread(value, shape) if isinstance(value, Grid) or shape == (1, 1) or not used.vectors else None
        except NoValueError:
            found = None
        if found is not None or not used.vectors:
            return found
    return None


def as_printed(node: Node) -> Value | None:
    """What numbers make as they are printed; None where a name stands among them."""
    try:
        with flint.ctx.workprec(BITS):
            return evaluate(node)
    except NoValueError:
        return None


def _literal(before: Before, shape: Shape) -> Sequence[Ball] | None:
    value = as_printed(before.expression) if before.expression is not None else None
    return spread(value, shape) if value is not None else None


def made(
    line: Line, before: Before, shape: Shape, *, faults: bool = False, righted: bool = False
) -> tuple[Sequence[Ball] | None, Used]:
    """(what the numbers put in make, entry by entry; what was made use of)."""
    used = Used()
    found: list[Sequence[Ball]] = []
    for behind, tree in pairwise((None, *(before.expressions or (before.formula,)))):
        if tree is not None:
            by_hand = partial(_by_hand, line, tree, used, faults=faults, righted=righted, behind=behind)
            entries = _fitting(line.view, used, by_hand, shape)
            found += [entries] if entries is not None else []
    if not found and before.expressions and before.formula is not None:
        return made(line, replace(before, expressions=()), shape, faults=faults, righted=righted)
    return ([hull(list(column)) for column in zip(*found, strict=True)] if found else None), used


def _exactly(line: Line, tree: Node, used: Used, view: View) -> Value:
    return line.context.exactly(tree, view, used)


def _by_hand(
    line: Line, tree: Node, used: Used, view: View, *, faults: bool, righted: bool, behind: Node | None
) -> Value:
    return replace(line, view=view).by_hand(tree, used, faults=faults, righted=righted, behind=behind)
