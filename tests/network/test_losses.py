"""Every loss against a formula written here by hand, differentiated by SymPy, at 50 digits."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.functions import template
from symbackprop.expressions.text import text
from symbackprop.network.losses import LOSSES, cost_definitions, error

t, a, z = sp.symbols("t a z")

HUBER = sp.Piecewise(
    (t - a - sp.Rational(1, 2), t - a > 1), (a - t - sp.Rational(1, 2), a - t > 1), ((t - a) ** 2 / 2, True)
)
FORMULAS = {
    "half_squared_error": (t - a) ** 2 / 2,
    "squared_error": (t - a) ** 2,
    "mean_squared_error": (t - a) ** 2,
    "binary_cross_entropy": -(t * sp.log(a) + (1 - t) * sp.log(1 - a)),
    "cross_entropy": -t * sp.log(a),
    "absolute_error": sp.sqrt((t - a) ** 2),
    "huber": HUBER,
}
MEAN = {"mean_squared_error"}
KINKS = {"absolute_error": 0}
LOGITS = {"binary_cross_entropy"}

DECIMALS = st.integers(1, 9_999).map(lambda n: sp.Rational(n, 10_000))  # of an activation, or a target, of a sigmoid
DIGITS = 50


def at(tree: sp.Expr, **values: sp.Rational) -> mpmath.mpf:
    with mpmath.workdps(DIGITS):
        numbers = [mpmath.mpf(int(value.p)) / int(value.q) for value in values.values()]
        return mpmath.mpf(sp.lambdify([sp.Symbol(name) for name in values], tree, "mpmath")(*numbers))


def agree(one: mpmath.mpf, other: mpmath.mpf, digits: int = 45) -> bool:
    with mpmath.workdps(DIGITS):
        return bool(abs(one - other) <= mpmath.mpf(10) ** -digits * max(1, abs(one), abs(other)))


def test_every_loss_has_a_formula_here() -> None:
    assert set(FORMULAS) == set(LOSSES)
    assert {name for name, loss in LOSSES.items() if loss.mean} == MEAN
    assert {name for name, loss in LOSSES.items() if loss.kink} == set(KINKS)
    assert {name for name, loss in LOSSES.items() if loss.logit or loss.logit_derivative} == LOGITS
    assert all(loss.name == name and loss.title for name, loss in LOSSES.items())


@pytest.mark.parametrize("name", FORMULAS)
@given(target=DECIMALS | st.sampled_from([sp.Integer(0), sp.Integer(1)]), activation=DECIMALS, far=st.integers(-2, 2))
def test_value_and_derivative(name: str, target: sp.Rational, activation: sp.Rational, far: int) -> None:
    if not name.endswith("cross_entropy"):
        target += far
    formula = elementary(template(LOSSES[name].formula))
    derivative = elementary(template(LOSSES[name].derivative))
    point = {"t": target, "a": activation}
    assert agree(at(formula, **point), at(FORMULAS[name], **point))
    if abs(target - activation) == 1 or target == activation:
        return  # a corner of the formulas by parts; see the kinks
    assert agree(at(derivative, **point), at(sp.diff(FORMULAS[name], a), **point))


@pytest.mark.parametrize(("name", "slope"), KINKS.items())
def test_at_the_kink_the_derivative_is_the_declared_one(name: str, slope: int) -> None:
    half = sp.Rational(1, 2)
    assert at(elementary(template(LOSSES[name].derivative)), t=half, a=half) == slope
    assert f"taken as {slope}" in LOSSES[name].kink


@pytest.mark.parametrize("side", [-1, 1])
def test_huber_is_smooth_where_its_parts_meet(side: int) -> None:
    derivative = elementary(template(LOSSES["huber"].derivative))
    assert at(derivative, t=sp.Integer(side), a=sp.Integer(0)) == -side
    assert at(elementary(template(LOSSES["huber"].formula)), t=sp.Integer(side), a=sp.Integer(0)) == 0.5


@pytest.mark.parametrize("name", LOGITS)
@given(target=DECIMALS | st.sampled_from([sp.Integer(0), sp.Integer(1)]), net=st.integers(-200, 200))
def test_the_forms_over_the_net_input_of_a_sigmoid(name: str, target: sp.Rational, net: int) -> None:
    sigmoid = 1 / (1 + sp.exp(-z))
    whole = FORMULAS[name].subs(a, sigmoid)
    point = {"t": target, "z": sp.Rational(net, 10)}
    logit = elementary(template(LOSSES[name].logit))
    slope = elementary(template(LOSSES[name].logit_derivative)).subs(a, sigmoid)
    # 1 - a cancels up to nine digits at z = 20.
    assert agree(at(logit, **point), at(whole, **point), digits=38)
    assert agree(at(slope, **point), at(sp.diff(whole, z), **point), digits=38)


@pytest.mark.parametrize("name", LOGITS)
@pytest.mark.parametrize("net", [-1000, 1000])
def test_the_form_over_the_net_input_is_finite_where_the_logarithms_are_not(name: str, net: int) -> None:
    logit = elementary(template(LOSSES[name].logit))
    assert agree(at(logit, t=sp.Rational(1, 4), z=sp.Integer(net)), mpmath.mpf(max(net, 0) - net / 4), digits=40)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("half_squared_error", "1/2*(target_o1 - out_o1)**2"),
        ("squared_error", "(target_o1 - out_o1)**2"),
        ("mean_squared_error", "(target_o1 - out_o1)**2"),
        ("binary_cross_entropy", "-(target_o1*log(out_o1) + (1 - target_o1)*log(1 - out_o1))"),
        ("cross_entropy", "-target_o1*log(out_o1)"),
        ("absolute_error", "abs(target_o1 - out_o1)"),
        ("huber", "huber(target_o1 - out_o1)"),
    ],
)
def test_the_error_of_an_output_keeps_the_textbook_order(name: str, expected: str) -> None:
    assert text(error(LOSSES[name], "target_o1", "out_o1")) == expected


@pytest.mark.parametrize(
    ("name", "outputs", "expected"),
    [
        ("squared_error", 1, {"C": "(t1 - a1)**2"}),
        ("mean_squared_error", 1, {"C": "(t1 - a1)**2"}),
        ("squared_error", 2, {"E1": "(t1 - a1)**2", "E2": "(t2 - a2)**2", "C": "E1 + E2"}),
        ("mean_squared_error", 2, {"E1": "(t1 - a1)**2", "E2": "(t2 - a2)**2", "C": "(E1 + E2)/2"}),
        (
            "huber",
            3,
            {"E1": "huber(t1 - a1)", "E2": "huber(t2 - a2)", "E3": "huber(t3 - a3)", "C": "E1 + E2 + E3"},
        ),
    ],
)
def test_the_cost_is_the_sum_or_the_mean_of_the_errors(name: str, outputs: int, expected: dict[str, str]) -> None:
    numbers = range(1, outputs + 1)
    targets, activations, errors = ([f"{letter}{n}" for n in numbers] for letter in "taE")
    definitions = cost_definitions(LOSSES[name], targets, activations, errors, "C")
    assert {definition.name: text(definition.expression) for definition in definitions} == expected
