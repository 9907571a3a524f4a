"""Other forms for floating point, where a list's own overflow or meet log 0.

Textbook identities for a = sigmoid(z), used wherever the list holds the left-hand side:

    log a = -softplus(-z),  log(1 - a) = -softplus(z)
    (t/a) · a(1 - a) = t(1 - a),  and likewise for 1 - a: the node error of the cross-entropy without a division

and for a = e^z/Σ_j e^(z_j), with m the largest of the z_j:

    a = e^(z - m)/s,  log a = z - m - log s,  s = Σ_j e^(z_j - m)
    (t/a) · a·b = t·b

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), sections 4.2, 4.3.2 and 4.3.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.layerwise import share
from symbackprop.expressions.tree import MINUS_ONE, ONE, add, multiply, negate, rebuild, reciprocal, symbol

Expressions = Mapping[str, sp.Expr]
_LOG, _SIGMOID, _SOFTPLUS, _EXP, _MAX = (
    FUNCTIONS[name].symbol for name in ("log", "sigmoid", "softplus", "exp", "max")
)
_ONCE = FUNCTIONS["identity"].symbol  # a compiled list computes the argument of a function once


@dataclass(frozen=True, slots=True)
class _Activation:
    """log a, log(1 - a) where there is a form for it, and a itself where it needs another form, over net inputs."""

    logarithm: sp.Expr
    of_complement: sp.Expr | None = None
    value: sp.Expr | None = None


_Activations = Mapping[str, _Activation]


def stable_forms(expressions: Expressions) -> dict[str, sp.Expr]:
    """For each name of the list that needs one: an expression of the same value that stays finite where the value does.

    >>> a, z = sp.symbols("a z")
    >>> stable_forms({"a": _SIGMOID(z), "C": _LOG(a)})
    {'C': -softplus(-z)}
    """
    activations = {name: found for name, tree in expressions.items() if (found := _activation(tree))}
    forms = {}
    for name, tree in expressions.items() if activations else ():
        form = _stable(name, tree, expressions, activations)
        if form is not tree:
            forms[name] = form
    return forms


def _activation(tree: sp.Expr) -> _Activation | None:
    if isinstance(tree, _SIGMOID):
        (net,) = tree.args
        logarithm, of_complement = (negate(_SOFTPLUS(z, evaluate=False)) for z in (negate(net), net))
        return _Activation(logarithm, of_complement)
    whole = share(tree)
    return _softmax(whole.own, whole.nets) if whole and whole.entry.name == "softmax" else None


def _softmax(own: str, nets: Sequence[str]) -> _Activation:
    largest = negate(_ONCE(_largest([symbol(net) for net in nets]), evaluate=False))
    powers = {net: _EXP(add([symbol(net), largest]), evaluate=False) for net in nets}
    total = _ONCE(add(list(powers.values())), evaluate=False)
    logarithm = add([symbol(own), largest, negate(_LOG(total, evaluate=False))])
    return _Activation(logarithm, value=multiply([powers[own], reciprocal(total)]))


def _largest(values: Sequence[sp.Expr]) -> sp.Expr:
    """max(max(a, b), max(c, d)): no deeper than need be."""
    if len(values) == 1:
        return values[0]
    half = len(values) // 2
    return _MAX(_largest(values[:half]), _largest(values[half:]), evaluate=False)


def _stable(name: str, tree: sp.Expr, expressions: Expressions, activations: _Activations) -> sp.Expr:
    if name in activations and (value := activations[name].value) is not None:
        return value
    terms = tree.args if tree.is_Add else (tree,)
    if not all(_is_product(term) for term in terms):
        return _logarithms(tree, activations)
    forms = [_undivided(term, expressions, activations) if term.is_Mul else term for term in terms]
    unchanged = all(new is old for new, old in zip(forms, terms, strict=True))
    return tree if unchanged else add(forms)


def _is_product(tree: sp.Expr) -> bool:
    return bool(tree.is_Symbol or (tree.is_Mul and all(factor.is_Symbol for factor in tree.args)))


def _logarithms(tree: sp.Expr, activations: _Activations) -> sp.Expr:
    """`tree` with the logarithms of activations over net inputs."""
    if not tree.args:
        return tree
    if isinstance(tree, _LOG):
        (argument,) = tree.args
        if argument.is_Symbol and argument.name in activations:
            return activations[argument.name].logarithm
        complement = activations.get(_complemented(argument))
        if complement and complement.of_complement is not None:
            return complement.of_complement
    arguments = [_logarithms(argument, activations) for argument in tree.args]
    unchanged = all(new is old for new, old in zip(arguments, tree.args, strict=True))
    return tree if unchanged else rebuild(tree, arguments)


def _complemented(tree: sp.Expr) -> str:
    """The name a where the tree is 1 - a, else ""."""
    if tree.is_Add and len(tree.args) == 2 and tree.args[0] is ONE:
        last = tree.args[1]
        if last.is_Mul and len(last.args) == 2 and last.args[0] is MINUS_ONE and last.args[1].is_Symbol:
            return str(last.args[1].name)
    return ""


def _undivided(product: sp.Expr, expressions: Expressions, activations: _Activations) -> sp.Expr:
    """∂C/∂a · ∂a/∂z with every 1/a and 1/(1 - a) cancelled against a(1 - a), or 1/a against a·b; else as it is."""
    for place, factor in enumerate(product.args):
        slope = expressions.get(factor.name)
        if slope is None or not slope.is_Mul:
            continue
        activation = next((one for one in slope.args if one.is_Symbol and one.name in activations), None)
        if activation is None:
            continue
        complement = next((one for one in slope.args if _complemented(one) == activation.name), ONE)
        inner = [one for one in slope.args if one is not activation and one is not complement]
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
    """The tree · a · (1 - a), where each summand of the tree has just one of the two as its divisor; else None.

    The second factor may be 1: then all of them have a as their divisor.
    """
    summands = []
    for term in tree.args if tree.is_Add else (tree,):
        factors = term.args if term.is_Mul else (term,)
        divisors = [factor for factor in factors if factor.is_Pow and factor.exp is MINUS_ONE]
        match [divisor.base for divisor in divisors]:
            case [base] if base == activation:
                other = complement
            case [base] if base == complement is not ONE:
                other = activation
            case _:
                return None
        left = [factor for factor in factors if factor not in divisors]
        summands.append(multiply(left if other is ONE else [*left, other]))
    return add(summands)
