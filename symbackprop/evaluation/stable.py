"""Other forms for floating point, where a list's own overflow or meet log 0.

Two textbook identities for a = sigmoid(z), used wherever the list holds the left-hand side:

    log a = -softplus(-z),  log(1 - a) = -softplus(z)
    (t/a) · a(1 - a) = t(1 - a),  and likewise for 1 - a: the node error of the cross-entropy without a division

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), sections 4.2 and 4.3.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.tree import MINUS_ONE, ONE, add, multiply, negate, rebuild

Expressions = Mapping[str, sp.Expr]
_LOG, _SIGMOID, _SOFTPLUS = (FUNCTIONS[name].symbol for name in ("log", "sigmoid", "softplus"))


def stable_forms(expressions: Expressions) -> dict[str, sp.Expr]:
    """For each name of the list that needs one: an expression of the same value that stays finite where the value does.

    >>> a, z = sp.symbols("a z")
    >>> stable_forms({"a": _SIGMOID(z), "C": _LOG(a)})
    {'C': -softplus(-z)}
    """
    net_inputs = {name: tree.args[0] for name, tree in expressions.items() if isinstance(tree, _SIGMOID)}
    forms = {}
    for name, tree in expressions.items() if net_inputs else ():
        product = tree.is_Mul and all(factor.is_Symbol for factor in tree.args)
        form = _undivided(tree, expressions, net_inputs) if product else _logarithms(tree, net_inputs)
        if form is not tree:
            forms[name] = form
    return forms


def _logarithms(tree: sp.Expr, net_inputs: Expressions) -> sp.Expr:
    """`tree` with the logarithms of activations by softplus."""
    if not tree.args:
        return tree
    if isinstance(tree, _LOG):
        (argument,) = tree.args
        if argument.is_Symbol and argument.name in net_inputs:
            return negate(_SOFTPLUS(negate(net_inputs[argument.name]), evaluate=False))
        if (name := _complemented(argument)) in net_inputs:
            return negate(_SOFTPLUS(net_inputs[name], evaluate=False))
    arguments = [_logarithms(argument, net_inputs) for argument in tree.args]
    unchanged = all(new is old for new, old in zip(arguments, tree.args, strict=True))
    return tree if unchanged else rebuild(tree, arguments)


def _complemented(tree: sp.Expr) -> str:
    """The name a where the tree is 1 - a, else ""."""
    if tree.is_Add and len(tree.args) == 2 and tree.args[0] is ONE:
        last = tree.args[1]
        if last.is_Mul and len(last.args) == 2 and last.args[0] is MINUS_ONE and last.args[1].is_Symbol:
            return str(last.args[1].name)
    return ""


def _undivided(product: sp.Expr, expressions: Expressions, net_inputs: Expressions) -> sp.Expr:
    """∂C/∂a · ∂a/∂z with every 1/a and 1/(1 - a) cancelled against a(1 - a); as it is where that is not its form."""
    for place, factor in enumerate(product.args):
        slope = expressions.get(factor.name)
        if slope is None or not slope.is_Mul or len(slope.args) < 2 or not slope.args[0].is_Symbol:
            continue
        activation, complement, *inner = slope.args
        if activation.name not in net_inputs or _complemented(complement) != activation.name:
            continue
        others = _chain([*product.args[:place], *product.args[place + 1 :]], expressions)
        for index, (_, tree) in enumerate(others):
            cancelled = _cancelled(tree, activation, complement)
            if cancelled is not None:
                return multiply([*(other for other, _ in others[:index] + others[index + 1 :]), cancelled, *inner])
    return product


def _chain(factors: Sequence[sp.Expr], expressions: Expressions) -> list[tuple[sp.Symbol, sp.Expr]]:
    """(factor, what it stands for) for `factors`; one that stands for a product of names is replaced by these."""
    found: list[tuple[sp.Symbol, sp.Expr]] = []
    waiting = list(reversed(factors))
    while waiting:
        factor = waiting.pop()
        tree = expressions.get(factor.name, factor)
        if tree.is_Mul and all(inner.is_Symbol for inner in tree.args):
            waiting.extend(reversed(tree.args))
        else:
            found.append((factor, tree))
    return found


def _cancelled(tree: sp.Expr, activation: sp.Expr, complement: sp.Expr) -> sp.Expr | None:
    """The tree · a · (1 - a), where each summand of the tree has just one of the two as its divisor; else None."""
    summands = []
    for term in tree.args if tree.is_Add else (tree,):
        factors = term.args if term.is_Mul else (term,)
        divisors = [factor for factor in factors if factor.is_Pow and factor.exp is MINUS_ONE]
        match [divisor.base for divisor in divisors]:
            case [base] if base == activation:
                other = complement
            case [base] if base == complement:
                other = activation
            case _:
                return None
        summands.append(multiply([*(factor for factor in factors if factor not in divisors), other]))
    return add(summands)
