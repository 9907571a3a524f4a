from __future__ import annotations

from fractions import Fraction

import flint
import pytest
import sympy as sp

from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation, needed
from symbackprop.checking.rational_functions import RationalFunctions, in_all_cases
from symbackprop.checking.samples import Samples
from symbackprop.errors import LimitError
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import add, multiply, power, symbol
from symbackprop.network.graph import Definition

X = sp.Symbol("x")


def of_ball(tree: sp.Expr, x: str) -> flint.arb:
    domain = Balls()
    return Interpretation(domain, {"x": domain.number(Fraction(x))}).value(tree)


@pytest.mark.parametrize(
    ("condition", "holds_at"),
    [
        (X > 1, {"2"}),
        (X >= 1, {"1", "2"}),
        (X < 1, {"0"}),
        (X <= 1, {"0", "1"}),
        (sp.And(X > 0, X < 2), {"1"}),
        (sp.Or(X > 1, X < 1), {"0", "2"}),
        (sp.Not(sp.And(X > 0, X < 2)), {"0", "2"}),
        (sp.true, {"0", "1", "2"}),
    ],
)
def test_conditions(condition: sp.Basic, holds_at: set[str]) -> None:
    tree = sp.Piecewise((5, condition), (7, True))
    assert {x for x in ("0", "1", "2") if of_ball(tree, x) == 5} == holds_at


def test_where_a_ball_does_not_tell_the_sign_both_branches_are_held() -> None:
    domain = Balls()
    wide = Interpretation(domain, {"x": domain.number(Fraction(-1)).union(domain.number(Fraction(2)))})
    value = wide.value(parse("relu(x)", {"x": symbol("x")}))
    assert value.contains(0)
    assert value.contains(2)


def test_the_branch_that_is_not_taken_is_not_read() -> None:
    tree = parse("if_positive(x, 1/x, 1/(x - x))", {"x": symbol("x")})
    assert of_ball(tree, "4") == flint.arb(1) / 4
    point = Samples(("x",), {}, 1)
    point.leaves["x"] = flint.fmpq(4)
    assert Interpretation(point, point.leaves).value(tree) == flint.fmpq(1, 4)


@pytest.mark.parametrize("tree", [sp.gamma(X), sp.zoo, sp.I, sp.Derivative(sp.Function("f")(X), X)])
def test_what_is_not_elementary_is_refused(tree: sp.Expr) -> None:
    with pytest.raises(ValueError, match="no elementary function"):
        of_ball(tree, "1")


def test_a_power_with_a_zero_base() -> None:
    lowered = power(symbol("x"), add([sp.Integer(2), sp.Integer(-1)]))
    assert of_ball(lowered, "0") == 0


def test_what_a_list_needs() -> None:
    names = {name: symbol(name) for name in "abcd"}
    steps = [Definition(name, parse(text, names)) for name, text in {"b": "a", "c": "b*b", "d": "c + b"}.items()]
    assert [step.name for step in needed(steps, ["c"])] == ["b", "c"]
    assert [step.name for step in needed(steps, ["d"], stop="c")] == ["b", "d"]


def test_a_point_at_a_kink_is_replaced() -> None:
    with pytest.raises(ZeroDivisionError):
        Interpretation(Samples((), {}, 0), {}).value(parse("relu(1 - 1)", {}))


def test_the_same_points_are_drawn_again_and_others_for_another_draw() -> None:
    assert Samples(("x", "y"), {}, 3).leaves == Samples(("x", "y"), {}, 3).leaves
    assert Samples(("x", "y"), {}, 3).leaves != Samples(("x", "y"), {}, 4).leaves


@pytest.mark.parametrize(
    "tree",
    [
        power(add([symbol("x"), symbol("y")]), sp.Integer(65)),
        multiply([power(add([symbol("x"), symbol("y"), symbol("z"), sp.S.One]), sp.Integer(20))] * 2),
        add([parse(f"exp(x*y**{n})", {"x": symbol("x"), "y": symbol("y")}) for n in range(2, 40)]),
        parse("*".join(f"abs(x + {n}*y)" for n in range(8)), {"x": symbol("x"), "y": symbol("y")}),
    ],
)
def test_a_proof_has_limits(tree: sp.Expr) -> None:
    def question(domain: RationalFunctions) -> bool:
        names = dict(zip("xyz", domain.leaves, strict=True))
        value = Interpretation(domain, names).value(tree)
        return domain.is_zero(value - value)

    with pytest.raises(LimitError):
        in_all_cases(3, question)


def test_signs_that_contradict_each_other_are_no_case() -> None:
    met = []

    def question(domain: RationalFunctions) -> bool:
        x = domain.leaves[0]
        met.append(tuple(domain.positive(x - domain.number(Fraction(n))) for n in (2, 0, 1)))
        return True

    assert in_all_cases(1, question)
    assert sorted(met) == [(False, False, False), (False, True, False), (False, True, True), (True, True, True)]
