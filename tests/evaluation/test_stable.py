"""Forms that neither overflow nor meet log 0: where they are taken, and that the value stays."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.evaluation.stable import stable_forms
from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import substitute, symbol

LEAVES = ("z", "z_2", "t", "x", "w", "b", "g")
SLOPE = {"a": "sigmoid(z)", "s": "a*(1 - a)"}
SOFTMAX = {"a": "exp(z)/(exp(z) + exp(z_2))", "b_2": "exp(z_2)/(exp(z) + exp(z_2))"}
LARGEST = "identity(max(z, z_2))"
SHIFTED = f"identity(exp(z - {LARGEST}) + exp(z_2 - {LARGEST}))"
STABLE = {"a": f"exp(z - {LARGEST})/{SHIFTED}", "b_2": f"exp(z_2 - {LARGEST})/{SHIFTED}"}

Equations = dict[str, str]

REPLACED: list[tuple[Equations, Equations]] = [
    ({"a": "sigmoid(z)", "C": "log(a)"}, {"C": "-softplus(-z)"}),
    ({"a": "sigmoid(z)", "C": "log(1 - a)"}, {"C": "-softplus(z)"}),
    (
        {"a": "sigmoid(z)", "C": "-(t*log(a) + (1 - t)*log(1 - a))"},
        {"C": "-(t*(-softplus(-z)) + (1 - t)*(-softplus(z)))"},
    ),
    ({"a": "sigmoid(w*x + b)", "C": "log(a)"}, {"C": "-softplus(-(w*x + b))"}),
    ({**SLOPE, "d": "-t/a + (1 - t)/(1 - a)", "n": "d*s"}, {"n": "-t*(1 - a) + (1 - t)*a"}),
    ({**SLOPE, "d": "-t/a + (1 - t)/(1 - a)", "e": "g*d", "n": "e*s"}, {"n": "g*(-t*(1 - a) + (1 - t)*a)"}),
    ({**SLOPE, "d": "t/(1 - a)", "n": "s*d*g"}, {"n": "g*(t*a)"}),
    ({"a": "sigmoid(w*x)", "s": "a*(1 - a)*x", "d": "t/a", "n": "d*s"}, {"n": "t*(1 - a)*x"}),
    ({**SLOPE, "d": "t/a", "n": "d*s + g"}, {"n": "t*(1 - a) + g"}),
    (SOFTMAX, STABLE),
    (SOFTMAX | {"C": "-t*log(b_2)"}, STABLE | {"C": f"-t*(z_2 - {LARGEST} - log({SHIFTED}))"}),
    (
        SOFTMAX | {"s": "b_2*(1 - b_2)", "r": "-a*b_2", "d": "-t/b_2", "e": "-x/a", "n": "e*r + d*s"},
        STABLE | {"n": "-x*(-1)*b_2 - t*(1 - b_2)"},
    ),
]
LEFT: list[Equations] = [
    {"a": "tanh(z)", "C": "log(a)"},  # no sigmoid
    {"a": "sigmoid(z)", "C": "log(2 - a) + log(a*a) + log(1 - z)"},
    {**SLOPE, "d": "-(t - a)", "n": "d*s"},  # nothing to divide by
    {**SLOPE, "d": "t/(a*(1 - a))", "n": "d*s"},  # both at once
    {**SLOPE, "d": "t/a**2", "n": "d*s"},
    {**SLOPE, "a_2": "sigmoid(z_2)", "d": "t/a_2", "n": "d*s"},  # of another unit
    {"a": "exp(z)/(exp(z) + exp(z_2) + 1)", "C": "log(a)"},  # no softmax: a number is no net input
    {"a": "exp(z)/(exp(z) + exp(z))"},
    {"a": "exp(z)/exp(z)"},
]


def read(equations: Equations) -> dict[str, object]:
    names = {name: symbol(name) for name in (*LEAVES, *equations)}
    return {name: parse(formula, names) for name, formula in equations.items()}


@pytest.mark.parametrize(("equations", "replaced"), REPLACED)
def test_replaced(equations: Equations, replaced: Equations) -> None:
    forms = stable_forms(read(equations))
    assert {name: text(form) for name, form in forms.items()} == replaced


@pytest.mark.parametrize("equations", LEFT)
def test_left_as_it_is(equations: Equations) -> None:
    assert stable_forms(read(equations)) == {}


@pytest.mark.parametrize("equations", [equations for equations, _ in REPLACED])
@given(values=st.tuples(*[st.decimals("0.05", "3", places=3) for _ in LEAVES]))
def test_law_the_value_stays(equations: Equations, values: tuple[object, ...]) -> None:
    expressions = read(equations)
    forms = stable_forms(expressions)
    with mpmath.workdps(50):
        point = {symbol(name): mpmath.mpf(str(value)) for name, value in zip(LEAVES, values, strict=True)}
        for name, form in forms.items():
            own, other = (
                elementary(_whole(tree, expressions)).evalf(40, subs=point) for tree in (expressions[name], form)
            )
            assert abs(own - other) < 1e-30 * max(1, abs(own))


def _whole(tree: object, expressions: dict[str, object]) -> object:
    for name, inner in reversed(expressions.items()):
        tree = substitute(tree, {name: inner})
    return tree
