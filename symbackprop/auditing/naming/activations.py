"""The functions that a network applies to its net inputs: of the table, or written out in its equations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.expressions import exactly, tree_of
from symbackprop.auditing.mathematics.tree import Call, Node
from symbackprop.derivation.partials import local_partials
from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.expressions.tree import substitute, symbol, walk
from symbackprop.network.graph import Definition, Graph, net_inputs

LEAKY = "leaky_relu"
_ARGUMENT, _VALUE = "z", "a"


@dataclass(frozen=True, slots=True)
class Activation:
    """A function of one number: by its `name` in the table, or as the `formula` a := ... of z that a network has."""

    name: str
    formula: Definition | None = None

    def of(self, argument: Node, span: Span, primes: int = 0) -> Node:
        """The function, or with a prime its derivative, of an argument; what stands at `span` is that."""
        if self.formula is None or primes > 1:
            return Call(self.name, (argument,), span, primes)
        if not primes:
            return _tree(self.formula.expression, {_ARGUMENT: argument}, span)
        slope = local_partials(self.formula)[_ARGUMENT].expression
        return _tree(slope, {_ARGUMENT: argument, _VALUE: self.of(argument, span)}, span)


TABLE = tuple(map(Activation, ACTIVATIONS))


def activations_by_net(graph: Graph) -> Mapping[str, Activation]:
    """The activation of each net input; the identity of one that is given out as it is."""
    found = {net: Activation("identity") for net in net_inputs(graph)}
    for definition in graph.definitions:
        for activation in _activation(definition) if definition.uses[:1] and definition.uses[0] in found else ():
            found[definition.uses[0]] = activation
    return found


def activations(graph: Graph) -> tuple[Activation, ...]:
    """The activations of a network, each once.

    >>> from symbackprop.expressions.parser import parse
    >>> leaky = Definition("h", parse("max(0.2*net, net)", {"net": symbol("net")}))
    >>> activations(Graph(("net",), (), (), (leaky,)))[0].name
    'leaky_relu'
    """
    return tuple(dict.fromkeys(_activations(graph)))


def _activations(graph: Graph) -> Iterator[Activation]:
    error = graph.dependents(graph.targets)
    for definition in graph.definitions:
        if definition.activation or definition.name not in error:
            yield from _activation(definition)


def _activation(definition: Definition) -> Iterator[Activation]:
    """The activation by which a quantity is defined; none where it is defined by no function of one name."""
    if definition.activation:
        yield Activation(definition.activation)
    elif is_function(definition):
        formula = substitute(definition.expression, {definition.uses[0]: symbol(_ARGUMENT)})
        yield Activation(LEAKY if _is_leaky(formula) else "", Definition(_VALUE, formula))


def is_function(definition: Definition) -> bool:
    """Whether it is a function of its one name; an exponential by itself is a part of a softmax."""
    expression = definition.expression
    alone = expression.func.__name__ == "exp" and expression.args[0].is_Symbol
    return len(definition.uses) == 1 and not alone and any(node.is_Function for node in walk(expression))


def _is_leaky(formula: sp.Expr) -> bool:
    """Whether a function of z is z above zero and s·z below, 0 < s < 1."""
    at = {point: elementary(formula.xreplace({symbol(_ARGUMENT): sp.Integer(point)})) for point in (1, -1, -2)}
    if not all(value.is_Rational for value in at.values()):
        return False
    return bool(at[1] == 1 and at[-2] == 2 * at[-1] and -1 < at[-1] < 0)


def _tree(expression: sp.Expr, names: Mapping[str, Node], span: Span) -> Node:
    """`expression` at `span`, with trees for its names."""
    return tree_of(expression, lambda leaf: names[leaf] if isinstance(leaf, str) else exactly(leaf, span), span)
