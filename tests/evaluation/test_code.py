"""Trees as Python text of each arithmetic: brackets only where they are needed, and the value of the tree."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
from symbackprop.evaluation.code import code
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import add, multiply, negate, number, power, reciprocal

X = {name: sp.Symbol(name) for name in ("x0", "x1", "x2", "y0")}


@pytest.mark.parametrize(
    ("formula", "floats", "balls"),
    [
        ("x0*x1 + x2", "x0*x1 + x2", "x0*x1 + x2"),
        ("x0 - x1*x2", "x0 - x1*x2", "x0 - x1*x2"),
        ("x0 - (x1 - x2)", "x0 - (x1 - x2)", "x0 - (x1 - x2)"),
        ("x0*(1 - x0)", "x0*(1.0 - x0)", "x0*(1 - x0)"),
        ("-x0", "-x0", "-x0"),
        ("-(x0 + x1)*x2", "-(x0 + x1)*x2", "-(x0 + x1)*x2"),
        ("x0/x1/x2", "x0/(x1*x2)", "x0/(x1*x2)"),
        ("x0/(x1 + x2)", "x0/(x1 + x2)", "x0/(x1 + x2)"),
        ("1/x0", "1.0/x0", "1/x0"),
        ("x0**2", "x0*x0", "x0*x0"),
        ("(x0 + x1)**2", "(x0 + x1)**2", "power((x0 + x1), 2)"),
        ("1/(x0 + x1)**2", "1.0/(x0 + x1)**2", "1/power((x0 + x1), 2)"),
        ("1/x0**2", "1.0/(x0*x0)", "1/(x0*x0)"),
        ("x0**3*x1", "x0**3*x1", "power(x0, 3)*x1"),
        ("x0**0.5", "power(x0, 0.5)", "power(x0, rational(1, 2))"),
        ("x0**x1", "power(x0, x1)", "power(x0, x1)"),
        ("0.1*x0", "0.1*x0", "rational(1, 10)*x0"),
        ("-0.5*x0", "-0.5*x0", "rational(-1, 2)*x0"),
        ("x0 - 0.5", "x0 + -0.5", "x0 + rational(-1, 2)"),
        ("3*x0", "3.0*x0", "3*x0"),
        ("1e400*x0", "inf*x0", f"rational({10**400}, 1)*x0"),
        ("exp(-x0)", "exp(-x0)", "exp(-x0)"),
        (
            "if_positive(x0, x1, -x2)",
            "(x1 if x0 > 0 else -x2 if x0 <= 0 else undefined())",
            "choose(x0, lambda: x1, lambda: -x2)",
        ),
    ],
)
def test_text(formula: str, floats: str, balls: str) -> None:
    tree = parse(formula, X)
    assert code(tree, PRIMITIVES[Arithmetic.FLOAT]) == floats
    assert code(tree, PRIMITIVES[Arithmetic.BALL]) == balls


def trees(depth: int) -> st.SearchStrategy[sp.Expr]:
    """Trees as the builders make them, unevaluated."""
    leaves = st.sampled_from([*X.values(), *(number(Fraction(n, 6)) for n in (-12, -6, -3, 0, 4, 6, 18))])
    if depth == 0:
        return leaves
    inner = trees(depth - 1)
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        leaves,
        several.map(add),
        several.map(multiply),
        inner.map(negate),
        inner.map(reciprocal),
        st.tuples(inner, st.integers(-3, 3)).map(lambda pair: power(pair[0], sp.Integer(pair[1]))),
        st.tuples(inner, inner, inner).map(lambda three: FUNCTIONS["if_positive"].symbol(*three, evaluate=False)),
    )


FRACTIONS = replace(
    PRIMITIVES[Arithmetic.FLOAT],
    choose="({p} if {z} > 0 else {n})",
    constant=lambda value: f"Fraction({value.numerator}, {value.denominator})",
)
VALUES = {"x0": Fraction(3, 7), "x1": Fraction(-5, 3), "x2": Fraction(1), "y0": Fraction(11)}


def exact(tree: sp.Expr) -> Fraction:
    if tree.is_Symbol:
        return VALUES[tree.name]
    if tree.is_Rational:
        return Fraction(int(tree.p), int(tree.q))
    if tree.is_Function:
        condition, positive, otherwise = tree.args
        return exact(positive) if exact(condition) > 0 else exact(otherwise)
    arguments = [exact(argument) for argument in tree.args]
    if tree.is_Add:
        return sum(arguments, Fraction(0))
    if tree.is_Pow:
        return arguments[0] ** int(arguments[1])
    product = Fraction(1)
    for argument in arguments:
        product *= argument
    return product


@given(trees(4))
def test_law_the_text_has_the_value_of_the_tree(tree: sp.Expr) -> None:
    try:
        due = exact(tree)
    except ZeroDivisionError:
        assume(False)
    assert eval(code(tree, FRACTIONS), {"Fraction": Fraction, **VALUES}) == due  # noqa: S307 - our own text
