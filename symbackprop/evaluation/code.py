"""Tree over generated symbols -> the Python text of one arithmetic, for `lambdify`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from symbackprop.evaluation.arithmetic import Primitives
from symbackprop.expressions.tree import MINUS_ONE, inverted, is_divisor, multiply


def code(tree: sp.Expr, primitives: Primitives) -> str:
    """The Python expression of `tree`, fully bracketed where precedence would matter.

    >>> from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
    >>> x0, x1 = sp.symbols("x0 x1")
    >>> code(x0 - x1, PRIMITIVES[Arithmetic.FLOAT])
    'x0 - x1'
    """
    if tree.is_Symbol:
        return str(tree.name)
    if tree.is_Rational:
        text = primitives.constant(Fraction(int(tree.p), int(tree.q)))
        return f"({text})" if text.startswith("-") else text
    if tree.is_Add:
        return _sum(tree.args, primitives)
    if tree.is_Mul:
        return _product(tree.args, primitives)
    if tree.is_Pow:
        return _power(tree, primitives)
    arguments = [code(argument, primitives) for argument in tree.args]
    name = tree.func.__name__
    if name == "if_positive":
        condition, positive, otherwise = arguments
        return primitives.choose.format(z=_operand(condition), p=positive, n=otherwise)
    return f"{name}({', '.join(arguments)})"


def _sum(terms: Sequence[sp.Expr], primitives: Primitives) -> str:
    text = code(terms[0], primitives)
    for term in terms[1:]:
        if term.is_Mul and term.args[0] is MINUS_ONE:
            text += f" - {_operand(code(multiply(term.args[1:]), primitives))}"
        else:
            text += f" + {code(term, primitives)}"
    return text


def _product(factors: Sequence[sp.Expr], primitives: Primitives) -> str:
    if factors[0] is MINUS_ONE:
        return f"(-{_operand(code(multiply(factors[1:]), primitives))})"
    above = [_operand(code(factor, primitives)) for factor in factors if not is_divisor(factor)]
    below = [_operand(code(inverted(factor), primitives)) for factor in factors if is_divisor(factor)]
    top = "*".join(above) or primitives.constant(Fraction(1))
    return primitives.quotient.format(a=top, b=_operand("*".join(below))) if below else top


def _power(tree: sp.Expr, primitives: Primitives) -> str:
    if is_divisor(tree):
        return primitives.quotient.format(
            a=primitives.constant(Fraction(1)), b=_operand(code(inverted(tree), primitives))
        )
    base = _operand(code(tree.base, primitives))
    if tree.exp == 2 and tree.base.is_Symbol:
        return f"{base}*{base}"
    exponent = str(tree.exp) if tree.exp.is_Integer else code(tree.exp, primitives)
    return primitives.power.format(a=base, b=_operand(exponent))


def _operand(text: str) -> str:
    """`text` in brackets unless it is one name, number or call."""
    if text.isidentifier() or text.replace(".", "", 1).isdigit():
        return text
    closes_last = text.endswith(")") and text.split("(", 1)[0].replace("_", "a").isalnum() and _one_call(text)
    return text if closes_last else f"({text})"


def _one_call(text: str) -> bool:
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and character == ")":
            return index == len(text) - 1
    return False
