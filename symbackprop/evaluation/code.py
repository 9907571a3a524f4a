"""Tree over generated symbols -> the Python text of one arithmetic, for `lambdify`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from symbackprop.evaluation.arithmetic import Primitives
from symbackprop.expressions.tree import MINUS_ONE, inverted, is_divisor, multiply

_SUM, _PRODUCT, _SIGNED, _POWER, _ATOM = range(5)  # how tightly a text binds
_Text = tuple[str, int]


def code(tree: sp.Expr, primitives: Primitives) -> str:
    """The Python expression of `tree`, in brackets only where precedence asks for them.

    >>> from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
    >>> x0, x1 = sp.symbols("x0 x1")
    >>> code((x0 - x1) / x1, PRIMITIVES[Arithmetic.FLOAT])
    '(x0 - x1)/x1'
    """
    return _text(tree, primitives)[0]


def _text(tree: sp.Expr, primitives: Primitives) -> _Text:
    if tree.is_Symbol:
        return tree.name, _ATOM
    if tree.is_Rational:
        return primitives.constant(Fraction(int(tree.p), int(tree.q))), _SIGNED if tree.p < 0 else _ATOM
    if tree.is_Add:
        return _sum(tree.args, primitives), _SUM
    if tree.is_Mul:
        return _product(tree.args, primitives), _PRODUCT
    if tree.is_Pow:
        return _power(tree, primitives)
    arguments = [code(argument, primitives) for argument in tree.args]
    name = tree.func.__name__
    if name == "if_positive":
        condition, positive, otherwise = arguments
        return primitives.choose.format(z=condition, p=positive, n=otherwise), _ATOM
    return f"{name}({', '.join(arguments)})", _ATOM


def _bound(tree: sp.Expr, primitives: Primitives, least: int) -> str:
    """The text of `tree`, in brackets unless it binds as tightly as `least`."""
    text, binding = _text(tree, primitives)
    return text if binding >= least else f"({text})"


def _sum(terms: Sequence[sp.Expr], primitives: Primitives) -> str:
    text = code(terms[0], primitives)
    for term in terms[1:]:
        if term.is_Mul and term.args[0] is MINUS_ONE:
            text += f" - {_bound(multiply(term.args[1:]), primitives, _PRODUCT)}"
        else:
            text += f" + {_bound(term, primitives, _PRODUCT)}"
    return text


def _product(factors: Sequence[sp.Expr], primitives: Primitives) -> str:
    if factors[0] is MINUS_ONE:
        return f"-{_bound(multiply(factors[1:]), primitives, _PRODUCT)}"
    above = [_bound(factor, primitives, _SIGNED) for factor in factors if not is_divisor(factor)]
    below = [_bound(inverted(factor), primitives, _SIGNED) for factor in factors if is_divisor(factor)]
    top = "*".join(above) or primitives.constant(Fraction(1))
    match below:
        case []:
            return top
        case [single]:
            return f"{top}/{single}"
        case _:
            return f"{top}/({'*'.join(below)})"


def _power(tree: sp.Expr, primitives: Primitives) -> _Text:
    if is_divisor(tree):
        return _product([tree], primitives), _PRODUCT
    base = _bound(tree.base, primitives, _ATOM)
    if tree.exp == 2 and tree.base.is_Symbol:
        return f"{base}*{base}", _PRODUCT
    if tree.exp.is_Integer:
        return primitives.whole_power.format(a=base, n=tree.exp), _POWER
    return f"power({code(tree.base, primitives)}, {code(tree.exp, primitives)})", _ATOM
