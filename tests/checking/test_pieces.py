from __future__ import annotations

import mpmath
import pytest
import sympy as sp

from symbackprop.checking.pieces import Step, smooth
from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol, symbols_of

OPEN = [name for name, entry in FUNCTIONS.items() if entry.arguments]
MODULES = [{"Step": lambda z: 1 if z > 0 else 0}, "mpmath"]


def at(tree: sp.Expr, point: dict[str, str]) -> mpmath.mpf:
    names = [sp.Symbol(name) for name in point]
    return mpmath.mpf(sp.lambdify(names, tree, modules=MODULES)(*map(mpmath.mpf, point.values())))


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("point", [("0.3", "0.7", "-1.1"), ("2.5", "-0.4", "0.9")])
def test_the_value_is_that_of_the_elementary_formula(name: str, point: tuple[str, ...]) -> None:
    entry = FUNCTIONS[name]
    tree = entry.symbol(*map(symbol, entry.arguments), evaluate=False)
    values = dict(zip(entry.arguments, point, strict=False))
    with mpmath.workdps(30):
        assert abs(at(smooth(tree), values) - at(elementary(tree), values)) < mpmath.mpf(10) ** -28


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        ("tanh(w*x)", "x*(1 - tanh(w*x)**2)"),
        ("exp(w**2)", "2*w*exp(w**2)"),
        ("log(w + x)", "1/(w + x)"),
        ("sin(w)*cos(w)", "cos(w)**2 - sin(w)**2"),
        ("relu(w*x)", "if_positive(w*x, x, 0)"),
        ("abs(w - x)", "sign(w - x)"),
        ("normal_cdf(w)", "normal_pdf(w)"),
    ],
)
def test_diff_takes_it_as_it_takes_sympys_own(formula: str, slope: str) -> None:
    names = {"w": symbol("w"), "x": symbol("x")}
    derivative = sp.diff(smooth(parse(formula, names)), sp.Symbol("w"))
    point = {"w": "0.7", "x": "0.4"}
    with mpmath.workdps(30):
        assert abs(at(derivative, point) - at(elementary(parse(slope, names)), point)) < mpmath.mpf(10) ** -28


def test_the_argument_of_a_step_is_not_looked_into() -> None:
    x = sp.Symbol("x")
    assert sp.diff(Step(x**2), x) == 0
    assert sp.diff(x * Step(x**2), x) == Step(x**2)


def test_functions_inside_each_other_stay_small() -> None:
    tree = symbol("x")
    for _ in range(5):
        tree = parse("relu(y)", {"y": symbol("y")}).func(tree, evaluate=False)
    derivative = sp.diff(smooth(tree), sp.Symbol("x"))
    assert symbols_of(derivative) == ("x",)
    assert not derivative.has(sp.Piecewise)
