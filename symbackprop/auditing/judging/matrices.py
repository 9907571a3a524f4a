"""What is wrong with a formula or a result in vectors and matrices: the one change that makes the whole of it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.identities import Holds, Side, identical
from symbackprop.auditing.judging.numbers import Signed
from symbackprop.auditing.judging.view import Used
from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Product,
    Transpose,
    rebuilt,
    walk,
)
from symbackprop.auditing.report import Explanation
from symbackprop.auditing.truth import Quantity
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.names import split_partial

CHANGES = 40  # of a formula that are tried
Rows = tuple[tuple[Quantity, ...], ...]


def told_of_formula(context: Context, own: Side, due: Side) -> tuple[Explanation, ...]:
    """The one change after which a formula of vectors is equal to the quantities that it is said to be."""
    if own.tree is None or sum(map(len, due.quantities)) < 2:
        return ()
    for tree, cause, sentence in islice(_changed(context, own.tree, due.quantities), CHANGES):
        if identical(context, replace(own, tree=tree), due, Used()) is Holds.YES:
            return (Explanation(cause, 1, sentence),)
    return ()


def told_of_matrix(printed: Sequence[Sequence[Signed]], exact: Sequence[Ball]) -> tuple[Explanation, ...]:
    """Whether a printed square matrix is the right one, its rows and columns exchanged."""
    size = len(printed)
    if size < 2 or any(len(row) != size for row in printed):
        return ()
    turned = [exact[column * size + row] for row in range(size) for column in range(size)]
    numbers = [number for row in printed for number in row]
    if not all(number.ball.overlaps(value) for number, value in zip(numbers, turned, strict=True)):
        return ()
    digits = min(number.significant for number in numbers)
    return (Explanation("transposed", digits, "The matrix is printed with its rows and columns exchanged."),)


def _changed(context: Context, tree: Node, rows: Rows) -> Iterator[tuple[Node, str, str]]:
    """(the tree with one change, the cause that this change would be, in words)."""
    yield Negative(tree, tree.span), "sign", "The sign of the whole is the wrong one."
    for part in walk(tree):
        match part:
            case Transpose(operand):
                yield _with(tree, part, operand), "transposed", f"{_text(operand)} is transposed, and should not be."
            case Name() | Entries() if not _is_turned(tree, part):
                turned = Transpose(part, part.span)
                yield _with(tree, part, turned), "transposed", f"{_text(part)} should be transposed."
            case Product(factors) if len(factors) > 1:
                for index, factor in enumerate(factors):
                    fewer = replace(part, factors=factors[:index] + factors[index + 1 :], starred=())
                    yield _with(tree, part, fewer), "extra-factor", f"{_text(factor)} does not belong there."
    if (slopes := _slopes(context, rows)) is not None:
        more = Product((tree, slopes), tree.span, elementwise=True)
        yield more, "missing-factor", "The derivative of the activation is missing, entry by entry."
    for count, cause, sentence in _conventions(context):
        scaled = Product((Number(str(count), count, Fraction(1), tree.span), tree), tree.span)
        yield scaled, cause, sentence


def _conventions(context: Context) -> Iterator[tuple[Fraction, str, str]]:
    """By what a convention changes a gradient, and how it is said."""
    yield Fraction(1, 2), "convention", "The whole is twice as large: the factor ½ is dropped."
    yield Fraction(2), "convention", "The whole is half as large: a factor ½ is added."
    graph = context.truth.problem.graph if context.truth is not None else None
    for count in range(3, min(len(graph.targets), CHANGES) + 1) if graph is not None else ():
        yield Fraction(1, count), "convention", f"The whole is {count} times as large: the mean is not taken."
        yield Fraction(count), "convention", f"The whole is divided by {count}: a mean is taken that is not due."


def _slopes(context: Context, rows: Rows) -> Node | None:
    """The slopes of the activations at the net inputs by which ∂C/∂z is meant, entry by entry."""
    if context.truth is None:
        return None
    slope: dict[str, str] = {}
    for definition in context.truth.problem.graph.definitions:
        if definition.activation is not None:
            slope[definition.uses[0]] = definition.name
    nets = [[(split_partial(quantity.name) or ("", ""))[1] for quantity in row] for row in rows]
    if not all(net in slope for row in nets for net in row):
        return None
    here = Span(0, 0)
    slopes = tuple(tuple(Partial(Name(slope[net], here), Name(net, here), here) for net in row) for row in nets)
    return Entries(slopes, here, flat=len(slopes) == 1)


def _is_turned(tree: Node, part: Node) -> bool:
    return any(isinstance(other, Transpose) and other.operand is part for other in walk(tree))


def _text(node: Node) -> str:
    match node:
        case Name():
            return node.text
        case Transpose(operand):
            return f"{_text(operand)}ᵀ"
        case Number():
            return node.text
    return "a factor"


def _with(tree: Node, part: Node, other: Node) -> Node:
    return other if tree is part else rebuilt(tree, lambda below: _with(below, part, other))
