"""What may be wrong with a formula or a result in vectors and matrices, and not with one of single numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.numbers import Signed
from symbackprop.auditing.judging.repairs import Change
from symbackprop.auditing.mathematics.tree import Entries, Name, Node, Number, Partial, Product, rebuilt, walk
from symbackprop.auditing.report import Explanation
from symbackprop.auditing.truth import Quantity
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.names import split_partial

EXCHANGES = 100  # of one vector for another
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


def changes(context: Context, tree: Node, rows: Rows) -> Iterator[Change]:
    """A formula for the quantities `rows` with the slopes of their units, or under another convention of the cost."""
    if (found := slopes(context, rows)) is not None:
        more = Product((tree, found), tree.span, elementwise=True)
        yield more, "missing-factor", "The derivative of the activation is missing, entry by entry."
    yield from _of_others(context, tree)
    for count, sentence in _conventions(context):
        scaled = Product((Number(str(count), count, Fraction(1), tree.span), tree), tree.span)
        yield scaled, "convention", sentence


def _of_others(context: Context, tree: Node) -> Iterator[Change]:
    """The formula with another vector or matrix of the network in place of one, wherever that stands."""
    names = context.names
    written = list(dict.fromkeys(part.text for part in walk(tree) if isinstance(part, Name)))
    if names is None or len(written) * len(names.stems) > EXCHANGES:
        return
    for old in written:
        for new in names.stems:
            if new != old:
                yield _renamed(tree, old, new), "wrong-quantity", f"{old} stands where {new} belongs."


def _renamed(tree: Node, old: str, new: str) -> Node:
    if isinstance(tree, Name):
        return Name(new, tree.span) if tree.text == old else tree
    return rebuilt(tree, lambda part: _renamed(part, old, new))


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
