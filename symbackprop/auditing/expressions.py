"""Expressions of a network as the trees that documents are read as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import sympy as sp

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Call, Negative, Node, Power, Product, Quotient, Sum, whole_number
from symbackprop.expressions.tree import MINUS_ONE, inverted, is_divisor

Leaf = Callable[[str | Fraction], Node]
"""What stands for a name of the network, or for a number, which has no sign."""


def exactly(value: Fraction, span: Span) -> Node:
    """A number without a sign that stands nowhere, as whole numbers.

    >>> exactly(Fraction(1, 2), Span(0, 0)).denominator.text
    '2'
    """
    whole = whole_number(value.numerator, span)
    return whole if value.denominator == 1 else Quotient(whole, whole_number(value.denominator, span), span)


def times(factors: tuple[Node, ...], span: Span) -> Node:
    """A product; of one factor, the factor."""
    return factors[0] if len(factors) == 1 else Product(factors, span)


def tree_of(expression: sp.Expr, leaf: Leaf, span: Span) -> Node:
    """`expression` as a tree that stands at `span`; products within products are one, and ones are left out."""
    if expression.is_Symbol:
        return leaf(expression.name)
    if expression.is_Rational:
        return _signed(Fraction(int(expression.p), int(expression.q)), leaf, span)
    if expression.is_Mul:
        return _product(expression, leaf, span)
    if expression.is_Pow:
        return Power(tree_of(expression.base, leaf, span), tree_of(expression.exp, leaf, span), span)
    below = tuple(tree_of(argument, leaf, span) for argument in expression.args)
    if expression.is_Add:
        return Sum(below, span)
    return Call(expression.func.__name__, below, span)


def _signed(value: Fraction, leaf: Leaf, span: Span) -> Node:
    return leaf(value) if value >= 0 else Negative(leaf(-value), span)


def _factors(expression: sp.Expr) -> Iterator[sp.Expr]:
    for factor in expression.args:
        if factor.is_Mul:
            yield from _factors(factor)
        else:
            yield factor


def _product(expression: sp.Expr, leaf: Leaf, span: Span) -> Node:
    above: list[Node] = []
    below: list[Node] = []
    negative = False
    for factor in _factors(expression):
        if factor is MINUS_ONE:
            negative = not negative
        elif is_divisor(factor):
            below.append(tree_of(inverted(factor), leaf, span))
        elif factor != 1:
            above.append(tree_of(factor, leaf, span))
    tree = times(tuple(above), span) if above else leaf(Fraction(1))
    if below:
        tree = Quotient(tree, times(tuple(below), span), span)
    return Negative(tree, span) if negative else tree
