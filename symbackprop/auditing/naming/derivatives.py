"""What sigmoid_derivative(a) is: the derivative of what it is taken of, or, taken of an output, a(1 - a)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Partial,
    Power,
    Product,
    Sum,
    rebuilt,
    walk,
    whole_number,
)
from symbackprop.auditing.mathematics.vocabulary import derivative_of
from symbackprop.auditing.naming.functions import agree
from symbackprop.auditing.naming.reading import Reading
from symbackprop.network.graph import Graph

Readings = Callable[[Name | Partial], tuple[Reading, ...]]


def has_derivatives(statements: Statements) -> bool:
    """Whether a function stands in a document that is named as the derivative of another."""
    chains = (one for one in statements.statements if isinstance(one, Chain))
    return any(_is_derivative(part) for chain in chains for member in chain.members for part in walk(member))


def with_derivatives(statements: Statements, readings: Readings, graph: Graph) -> Statements:
    """The statements with such functions as what they are.

    What the document defines one to be goes before what it is applied to: by x(1 - x) it is one of outputs. Where it
    is not defined it is taken of the output where an output is put in, else of the net input.
    """
    defined = dict(found for one in statements.statements for found in _defined(one))

    def of_output(call: Call) -> bool:
        if call.function in defined:
            return defined[call.function]
        argument = call.arguments[0]
        found = readings(argument) if isinstance(argument, Name) else ()
        names = [quantity.name for row in found[0].rows for quantity in row] if found else []
        return bool(names) and all(_is_output(name, graph) for name in names)

    def changed(node: Node) -> Node:
        node = rebuilt(node, changed)
        if not (_is_derivative(node) and isinstance(node, Call)):
            return node
        function = derivative_of(node.function) or ""
        if of_output(node) and (slope := _by_output(function, node.arguments[0], node.span)) is not None:
            return slope
        return Call(function, node.arguments, node.span, 1)

    return Statements(statements.blocks, tuple(_with(one, changed) for one in statements.statements))


def _is_derivative(node: Node) -> bool:
    return isinstance(node, Call) and len(node.arguments) == 1 and derivative_of(node.function) is not None


def _with(statement: Statement, changed: Callable[[Node], Node]) -> Statement:
    match statement:
        case Chain(members):
            return replace(statement, members=tuple(map(changed, members)))
        case Mention(value):
            return replace(statement, value=changed(value))
    return statement


def _defined(statement: Statement) -> tuple[tuple[str, bool], ...]:
    """(function, whether it is one of outputs) where a chain defines it."""
    match statement:
        case Chain((Call(name, (Name() as x,)), *formulas)) if derivative_of(name) is not None:
            function = derivative_of(name) or ""
            own, of_output = Call(function, (x,), x.span, 1), _by_output(function, x, x.span)
            for formula in formulas:
                if agree(formula, own, x.text):
                    return ((name, False),)
                if of_output is not None and agree(formula, of_output, x.text):
                    return ((name, True),)
    return ()


def _is_output(name: str, graph: Graph) -> bool:
    """Whether a quantity is what a unit gives out, be it under another name."""
    definition = graph.by_name.get(name)
    while definition is not None and definition.activation is None:
        if not definition.expression.is_Symbol:
            return False
        definition = graph.by_name.get(definition.uses[0])
    return definition is not None


def _by_output(function: str, output: Node, span: Span) -> Node | None:
    """The derivative of an activation by what it gives out; None where that is not enough."""
    one, two = whole_number(1, span), whole_number(2, span)
    match function:
        case "sigmoid":
            return Product((output, Sum((one, Negative(output, span)), span)), span, elementwise=True)
        case "tanh":
            return Sum((one, Negative(Power(output, two, span), span)), span)
    return None
