"""The slope of a leaky ReLU below zero: 0.01 by custom, 0.1 or 0.2 where a network has it so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import sympy as sp

from symbackprop.auditing.mathematics.statements import Chain, Statement, Statements
from symbackprop.auditing.mathematics.tree import (
    Call,
    Negative,
    Node,
    Product,
    Quotient,
    Sum,
    rebuilt,
    whole_number,
)
from symbackprop.expressions.elementary import elementary
from symbackprop.network.graph import Definition, Graph

LEAKY = "leaky_relu"


def with_leaks(statements: Statements, graph: Graph) -> Statements:
    """The same statements with relu(z) - s·relu(-z) for LeakyReLU(z), s the slope that the network's own has."""
    slopes = {slope for definition in graph.definitions if (slope := _slope(definition)) is not None}
    if len(slopes) != 1:
        return statements
    slope = slopes.pop()
    return Statements(statements.blocks, tuple(_with(one, slope) for one in statements.statements))


def _slope(definition: Definition) -> Fraction | None:
    """The slope below zero of a function of one name that is z above zero and s·z below, 0 < s < 1; None else."""
    if len(definition.uses) != 1 or definition.activation or not definition.expression.atoms(sp.Function):
        return None
    variable = sp.Symbol(definition.uses[0])
    if variable not in definition.expression.free_symbols:
        variable = next(iter(definition.expression.free_symbols))
    at = {point: elementary(definition.expression.xreplace({variable: sp.Integer(point)})) for point in (1, -1, -2)}
    if not all(value.is_Rational for value in at.values()):
        return None
    slope = -at[-1]
    return Fraction(int(slope.p), int(slope.q)) if at[1] == 1 and at[-2] == -2 * slope and 0 < slope < 1 else None


def _with(statement: Statement, slope: Fraction) -> Statement:
    if not isinstance(statement, Chain):
        return statement
    return replace(statement, members=tuple(_leaking(member, slope) for member in statement.members))


def _leaking(tree: Node, slope: Fraction) -> Node:
    changed = rebuilt(tree, lambda part: _leaking(part, slope))
    if not (isinstance(changed, Call) and changed.function == LEAKY and len(changed.arguments) == 1):
        return changed
    [argument], span = changed.arguments, changed.span
    above = Call("relu", (argument,), span, changed.primes)
    below = Call("relu", (Negative(argument, span),), span, changed.primes)
    one, other = (whole_number(part, span) for part in (slope.numerator, slope.denominator))
    scaled = Product((Quotient(one, other, span), below), span)
    return Sum((above, scaled if changed.primes else Negative(scaled, span)), span)
