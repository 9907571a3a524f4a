"""Rewriting a list for floating point where its own forms overflow or meet log 0.

Two textbook identities for a = sigmoid(z), used wherever the list holds the left-hand side:

    log a = -softplus(-z),  log(1 - a) = -softplus(z)
    (t/a) · a(1 - a) = t(1 - a),  and likewise for 1 - a: the node error of the cross-entropy without a division
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.tree import ONE, add, multiply, negate, rebuild, symbol

Expressions = Mapping[str, sp.Expr]


def stable_expressions(expressions: Expressions) -> dict[str, sp.Expr]:
    """The list, each name with an expression of the same value that stays finite where the value does."""
    net_inputs = {
        name: expression.args[0]
        for name, expression in expressions.items()
        if expression.func.__name__ == "sigmoid" and expression.args[0].is_Symbol
    }
    if not net_inputs:
        return dict(expressions)
    return {name: _rewritten(expression, expressions, net_inputs) for name, expression in expressions.items()}


def _rewritten(expression: sp.Expr, expressions: Expressions, net_inputs: Expressions) -> sp.Expr:
    if expression.is_Mul and all(factor.is_Symbol for factor in expression.args):
        return _without_division(expression, expressions, net_inputs) or expression
    return _logarithms(expression, net_inputs)


def _logarithms(tree: sp.Expr, net_inputs: Expressions) -> sp.Expr:
    if not tree.args:
        return tree
    if tree.func.__name__ == "log":
        argument = tree.args[0]
        if argument.is_Symbol and argument.name in net_inputs:
            return negate(_softplus(negate(net_inputs[argument.name])))
        if (name := _complement(argument)) in net_inputs:
            return negate(_softplus(net_inputs[name]))
    arguments = [_logarithms(argument, net_inputs) for argument in tree.args]
    unchanged = all(new is old for new, old in zip(arguments, tree.args, strict=True))
    return tree if unchanged else rebuild(tree, arguments)


def _softplus(argument: sp.Expr) -> sp.Expr:
    return FUNCTIONS["softplus"].symbol(argument, evaluate=False)


def _complement(tree: sp.Expr) -> str:
    """a where the tree is 1 - a, else ""."""
    if tree.is_Add and len(tree.args) == 2 and tree.args[0] is ONE:
        last = tree.args[1]
        if last.is_Mul and len(last.args) == 2 and last.args[0] == -1 and last.args[1].is_Symbol:
            return str(last.args[1].name)
    return ""


def _without_division(product: sp.Expr, expressions: Expressions, net_inputs: Expressions) -> sp.Expr | None:
    """∂C/∂a · ∂a/∂z with every 1/a and 1/(1 - a) cancelled against a(1 - a); None where that is not its form."""
    factors = [factor.name for factor in product.args]
    for name in factors:
        slope = expressions.get(name)
        if slope is None or not (slope.is_Mul and len(slope.args) == 2 and slope.args[0].is_Symbol):
            continue
        activation, complement = slope.args
        if activation.name not in net_inputs or _complement(complement) != activation.name:
            continue
        others = _chain([factor for factor in factors if factor != name], expressions)
        for index, (_, tree) in enumerate(others):
            cancelled = _cancelled(tree, activation, complement)
            if cancelled is not None:
                rest = [symbol(other) for i, (other, _) in enumerate(others) if i != index]
                return multiply([*rest, cancelled])
    return None


def _chain(names: Sequence[str], expressions: Expressions) -> list[tuple[str, sp.Expr]]:
    """The factors behind `names`: a name that stands for a product of names is replaced by them."""
    found: list[tuple[str, sp.Expr]] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        tree = expressions.get(name, symbol(name))
        if tree.is_Mul and all(factor.is_Symbol for factor in tree.args):
            waiting = [factor.name for factor in tree.args] + waiting
        else:
            found.append((name, tree))
    return found


def _cancelled(tree: sp.Expr, activation: sp.Expr, complement: sp.Expr) -> sp.Expr | None:
    """tree · a · (1 - a), where each summand of the tree has just one of the two as its divisor; else None."""
    summands = []
    for term in sp.Add.make_args(tree):
        factors = list(term.args) if term.is_Mul else [term]
        divisors = [factor for factor in factors if factor.is_Pow and factor.exp == -1]
        match [divisor.base for divisor in divisors]:
            case [base] if base == activation:
                other = complement
            case [base] if base == complement:
                other = activation
            case _:
                return None
        summands.append(multiply([*(factor for factor in factors if factor not in divisors), other]))
    return add(summands)
