"""What may be wrong with a formula or a result in vectors and matrices, and not with one of single numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.identities import spread
from symbackprop.auditing.judging.numbers import Signed
from symbackprop.auditing.judging.paths import one_path_less
from symbackprop.auditing.judging.repairs import Change, occurrences
from symbackprop.auditing.judging.subject import Line
from symbackprop.auditing.judging.view import Lying, Used
from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Node,
    Number,
    Partial,
    Product,
    Sum,
    Transpose,
    rebuilt,
    walk,
)
from symbackprop.auditing.naming.spelling import trailing_digits
from symbackprop.auditing.report import Explanation
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import Grid, NoValueError, ball
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.names import split_partial

TELLING = 3  # digits of an entry that tell which quantity it is
OUTPUTS = 40  # of a network for which a mean is tried
Rows = tuple[tuple[Quantity, ...], ...]


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


def told_of_entry(context: Context, printed: Signed, index: int) -> tuple[Explanation, ...]:
    """Whether a printed entry of a vector is that of another vector of the network."""
    if context.truth is None or printed.significant < TELLING:
        return ()
    for name in context.truth.problem.graph.names:
        if trailing_digits(name)[1] == str(index + 1) and printed.holds(context.known(Quantity(name))):
            text = f"{name} stands there."
            return (Explanation("wrong-quantity", printed.significant, text),)
    return ()


def told_of_product(line: Line, tree: Node, printed: tuple[tuple[Signed, ...], ...]) -> tuple[Explanation, ...]:
    """Whether a vector is that of the same product with a matrix the other way round: U δ where U^T δ is meant."""
    numbers = [number for row in printed for number in row]
    for part, within in occurrences(tree):
        other = part.operand if isinstance(part, Transpose) else Transpose(part, part.span)
        if not isinstance(part, Name | Transpose):
            continue
        for lying in Lying:
            with suppress(NoValueError):
                value = line.context.exactly(within(other), replace(line.view, lying=lying), Used())
                made = spread(value, (len(printed), len(printed[0]))) if isinstance(value, Grid) else None
                if made and all(
                    abs(one - ball(two.value)) < ball(two.unit) for one, two in zip(made, numbers, strict=True)
                ):
                    text = f"These are the numbers of the product with {_shown(part)} the other way round."
                    return (Explanation("transposed", min(number.significant for number in numbers), text),)
    return ()


def _shown(part: Node) -> str:
    """The name of a matrix, with what transposes it."""
    match part:
        case Transpose(Name() as name):
            return f"{name.text}^T"
        case Name():
            return part.text
    return "a matrix"


def makes_transpose(line: Line, formula: Node, shape: tuple[int, int]) -> bool:
    """Whether a formula makes a matrix whose rows are as many as the columns of what is printed, and otherwise too.

    That is sure where the document says by a transpose how its matrices lie, and in whatever way vectors lie.
    """
    if 1 in shape or shape[0] == shape[1] or not any(isinstance(part, Transpose) for part in walk(formula)):
        return False
    shapes = set()
    for lying in Lying:
        with suppress(NoValueError):
            value = line.context.exactly(formula, replace(line.view, lying=lying), Used())
            shapes.add(value.shape if isinstance(value, Grid) else (1, 1))
    return shapes == {shape[::-1]}


def changes(context: Context, tree: Node, rows: Rows) -> Iterator[Change]:
    """A formula for the quantities `rows` with what it may lack, with another name, under another convention."""
    if (found := slopes(context, rows)) is not None:
        more = Product((tree, found), tree.span, elementwise=True)
        yield more, "missing-factor", "The derivative of the activation is missing, entry by entry."
    for paths, sentence in one_path_less(context.truth.problem.graph, rows) if context.truth is not None else ():
        yield Sum((tree, paths), tree.span), "missing-paths", sentence
    for part, within in occurrences(tree):
        if isinstance(part, Partial):
            yield within(Transpose(part, part.span)), "transposed", "A derivative has to be transposed."
        for other, sentence in _multiplied_otherwise(part):
            yield within(other), "transposed", sentence
    for name in dict.fromkeys(part.text for part in walk(tree) if isinstance(part, Name)):
        yield from _with_another(context, tree, name)
    for count, sentence in _conventions(context):
        scaled = Product((Number(str(count), count, Fraction(1), tree.span), tree), tree.span)
        yield scaled, "convention", sentence


def _multiplied_otherwise(part: Node) -> Iterator[tuple[Node, str]]:
    """A product of matrices the other way round, its factors as they stand, or one of them transposed."""
    if not isinstance(part, Product) or part.elementwise or len(part.factors) != 2:
        return
    last, first = part.factors
    yield replace(part, factors=(first, last)), "The factors stand in the wrong order."
    for pair in ((_turned(first), last), (first, _turned(last)), (_turned(first), _turned(last))):
        yield replace(part, factors=pair), "The factors stand in the wrong order, or are transposed wrongly."


def _turned(node: Node) -> Node:
    return node.operand if isinstance(node, Transpose) else Transpose(node, node.span)


def _with_another(context: Context, tree: Node, name: str) -> Iterator[Change]:
    """A formula with another vector or matrix of the same shape in place of one, wherever that stands."""

    def put(node: Node, other: Name) -> Node:
        if isinstance(node, Name):
            return replace(other, span=node.span) if node.text == name else node
        return node if isinstance(node, Partial) else rebuilt(node, lambda below: put(below, other))

    first = next(part for part in walk(tree) if isinstance(part, Name) and part.text == name)
    for other in context.names.alike(first) if context.names is not None else ():
        yield put(tree, other), "wrong-quantity", f"{name} stands where {other.text} belongs."


def _conventions(context: Context) -> Iterator[tuple[Fraction, str]]:
    """By what a convention changes a gradient, and how it is said."""
    yield Fraction(1, 2), "The whole is twice as large: the factor ½ is dropped."
    yield Fraction(2), "The whole is half as large: a factor ½ is added."
    graph = context.truth.problem.graph if context.truth is not None else None
    for count in range(3, min(len(graph.targets), OUTPUTS) + 1) if graph is not None else ():
        yield Fraction(1, count), f"The whole is {count} times as large: the mean is not taken."
        yield Fraction(count), f"The whole is divided by {count}: a mean is taken that is not due."


def slopes(context: Context, rows: Rows) -> Entries | None:
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
    found = tuple(tuple(Partial(Name(slope[net], here), Name(net, here), here) for net in row) for row in nets)
    return Entries(found, here, flat=len(found) == 1)
