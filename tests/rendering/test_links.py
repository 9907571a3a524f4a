"""A step's chain says each thing once, and no = in it is false."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy as sp

from symbackprop.derivation.steps import Kind, Step
from symbackprop.evaluation.worked import WorkedStep, Working
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import add, multiply, symbol, symbols_of, walk
from symbackprop.rendering.links import ELLIPSIS, Link, abridged, links, longest


def step_of(working: Working, name: str) -> WorkedStep:
    return next(worked for worked in working.steps if worked.step.name == name)


def chain(worked: WorkedStep) -> list[str]:
    return [("= " if link.exact else "≈ ") + text(link.tree, link.numbers) for link in links(worked)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("net_h1", ["= w_1*i_1 + w_2*i_2 + b_1", "= 0.15*0.05 + 0.20*0.10 + 0.35", "= 0.3775"]),
        ("out_h1", ["= sigmoid(net_h1)", "= 1/(1 + exp(-net_h1))", "= 1/(1 + exp(-0.3775))", "≈ 0.593269992"]),
        ("E_total", ["= E_o1 + E_o2", "≈ 0.274811083 + 0.023560026", "≈ 0.298371109"]),
        ("dE_total/dE_o1", ["= 1 + 0", "= 1"]),
        ("dnet_o1/dw_5", ["= out_h1 + 0 + 0", "= out_h1", "≈ 0.593269992"]),
        ("dnet_h1/dw_2", ["= 0 + i_2 + 0", "= i_2", "= 0.1"]),
        ("dnet_o1/db_2", ["= 0 + 0 + 1", "= 1"]),
        (
            "dE_total/dnet_o1",
            [
                "= (dE_total/dnet_o1)",
                "= (dE_total/dout_o1)*(dout_o1/dnet_o1)",
                "≈ 0.741365070*0.186815602",
                "≈ 0.138498562",
            ],
        ),
    ],
)
def test_chain(working: Callable[..., Working], name: str, shown: list[str]) -> None:
    assert chain(step_of(working("mazur"), name)) == shown


def test_a_chain_without_numbers_is_its_formulas(working: Callable[..., Working]) -> None:
    assert chain(step_of(working("symbols"), "net_h1")) == ["= w_1*i_1 + w_2*i_2 + b_1"]


@pytest.mark.parametrize("hand", [False, True])
@pytest.mark.parametrize("name", ["mazur", "sigmoid", "recurrent", "textbook"])
def test_no_equality_of_numbers_is_false(working: Callable[..., Working], name: str, hand: bool) -> None:
    exact = 0
    for worked in working(name, hand=hand, decimals=4).steps:
        numeric = [link for link in links(worked) if link.numbers]
        for link in numeric:
            if link.exact and not any(node.is_Function or node.is_Pow for node in walk(link.tree)):
                value = link.tree.xreplace({sp.Symbol(n): sp.Rational(v) for n, v in link.numbers.items()})
                assert abs(Fraction(str(sp.Rational(value))) - Fraction(worked.digits)) < Fraction(1, 10**25)
                exact += 1
    assert exact > 10


@pytest.mark.parametrize("name", ["mazur", "sigmoid", "deep"])
def test_no_link_repeats_the_one_before(working: Callable[..., Working], name: str) -> None:
    for worked in working(name).steps:
        shown = [piece[2:] for piece in chain(worked)]
        assert all(before != after for before, after in pairwise(shown)), worked.step.name


@pytest.mark.parametrize(
    ("name", "hand", "rounded"),
    [
        ("z0", True, set()),
        ("O0", True, {"O0"}),
        ("dCost/dz0", True, {"dCost/dz0", "dCost/dO0", "dO0/dz0"}),
        ("dz0/dw0", False, set()),
    ],
)
def test_rounded_names_the_decimals_that_are_not_the_value(
    working: Callable[..., Working], name: str, hand: bool, rounded: set[str]
) -> None:
    assert step_of(working("sigmoid", hand=hand, decimals=4), name).rounded == rounded


@pytest.mark.parametrize(
    ("terms", "shown"),
    [(12, [f"x{i}" for i in range(12)]), (13, ["x0", "x1", "x2", ELLIPSIS, "x11", "x12"])],
)
@pytest.mark.parametrize("build", [add, multiply])
def test_abridged(build: Callable[[list[sp.Expr]], sp.Expr], terms: int, shown: list[str]) -> None:
    assert [term.name for term in abridged(build([symbol(f"x{i}") for i in range(terms)])).args] == shown


def test_abridged_inside_a_fraction_and_a_function() -> None:
    names = {f"x{i}": symbol(f"x{i}") for i in range(20)}
    tree = parse(f"1/sigmoid(({' + '.join(names)})/2)", names)
    assert symbols_of(abridged(tree)) == ("x0", "x1", "x2", ELLIPSIS, "x18", "x19")


def test_longest_counts_terms(working: Callable[..., Working]) -> None:
    assert longest(step_of(working("wide"), "z30")) == 31
    assert longest(step_of(working("mazur"), "net_h1")) == 3


def test_a_link_is_exact_unless_it_is_said_otherwise() -> None:
    assert Link(symbol("x")).exact


@pytest.mark.parametrize(
    ("formula", "given", "value", "shown"),
    [
        ("-x", "-2", "2", ["= -x", "= -(-2)", "= 2"]),
        ("-x", "2", "-2", ["= -x", "= -2"]),
        ("x*y", "-2", "-2", ["= x*y", "= -2*1", "= -2"]),
    ],
)
def test_a_negative_number_is_negated(formula: str, given: str, value: str, shown: list[str]) -> None:
    tree = parse(formula, {name: symbol(name) for name in ("x", "y")})
    names = symbols_of(tree)
    step = Step("f", tree, Kind.DEFINITION, "error", "definition", "", names)
    worked = WorkedStep(step, (tree,), (), {"x": given, "y": "1"}, value, value, frozenset())
    assert chain(worked) == shown
