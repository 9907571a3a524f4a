"""The network's own work for a quantity, as trees: by its step, and with the partials and definitions written out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from symbackprop.auditing import expressions
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Power, Sum, walk
from symbackprop.auditing.truth import Quantity
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.expressions.tree import substitute, symbols_of

NOWHERE = Span(0, 0)
NODES = 90  # of a tree that is searched
LEVELS = 4  # of definitions put into each other


def named(quantity: Quantity) -> Name:
    """The leaf that stands for a quantity of the network."""
    return Name(quantity.name, NOWHERE, superscript=str(quantity.after))


def quantity_of(leaf: Node) -> Quantity | None:
    """The quantity for which such a leaf stands; None for names and numbers that a document writes."""
    if isinstance(leaf, Name) and leaf.span is NOWHERE:
        return Quantity(leaf.base, int(leaf.superscript))
    return None


def numeral(value: Fraction | int) -> Node:
    """A number that stands nowhere in the document."""
    value = Fraction(value)
    if value < 0:
        return Negative(numeral(-value), NOWHERE)
    text = f"{float(value):.12g}" if value.denominator != 1 else str(value)
    return Number(text, value, Fraction(0), NOWHERE)


def times(*factors: Node) -> Node:
    """A product; of one factor, the factor."""
    return expressions.times(factors, NOWHERE)


def minus(one: Node, other: Node) -> Node:
    """One - other."""
    return Sum((one, Negative(other, NOWHERE)), NOWHERE)


def square(node: Node) -> Node:
    """node²."""
    return Power(node, numeral(2), NOWHERE)


def own_work(derivation: Derivation, quantity: Quantity) -> Iterator[Node]:
    """Trees for `quantity`: its step, then with the steps of its names put in, level by level, while that is short."""
    step = derivation.by_name.get(quantity.name)
    if step is None:
        return
    expression = _plainly(step.expression, derivation)
    last = None
    for _ in range(LEVELS):
        tree = tree_of(expression, quantity.after)
        if sum(1 for _ in walk(tree)) > NODES:
            return
        if tree != last:
            yield tree
        last = tree
        expression = _written_out(expression, derivation)


def _written_out(expression: sp.Expr, derivation: Derivation) -> sp.Expr:
    """`expression` with the steps of its names in place of these; where partials stand in it, only of partials."""
    names = symbols_of(expression)
    partials = [name for name in names if "/" in name]
    chosen = [name for name in partials or names if name in derivation.by_name]
    return _plainly(substitute(expression, {name: derivation.by_name[name].expression for name in chosen}), derivation)


def _plainly(expression: sp.Expr, derivation: Derivation) -> sp.Expr:
    """`expression` with the local partials in it that are but a name or a number as these: w_5 for ∂net_o1/∂out_h1."""
    simple = {name: step.expression for name in symbols_of(expression) if (step := alias(name, derivation)) is not None}
    return substitute(expression, simple) if simple else expression


def alias(name: str, derivation: Derivation) -> Step | None:
    """The step of a local partial that is but a name or a number; None for all else."""
    step = derivation.by_name.get(name)
    if step is None or step.kind is not Kind.PARTIAL or not (step.expression.is_Symbol or step.expression.is_Rational):
        return None
    return step


def tree_of(expression: sp.Expr, after: int = 0) -> Node:
    """The tree of a step's expression; products within products are one product, and ones are left out."""

    def leaf(found: str | Fraction) -> Node:
        return named(Quantity(found, after)) if isinstance(found, str) else numeral(found)

    return expressions.tree_of(expression, leaf, NOWHERE)
