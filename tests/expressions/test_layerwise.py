"""Activations of a whole layer: what is recognised as one, and the table's derivatives against SymPy's `diff`."""

from __future__ import annotations

import pytest
import sympy as sp

from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.layerwise import LAYERWISE, share, shares
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import symbol

NETS = ("z_1", "z_2", "z_3")


def read(formula: str) -> sp.Expr:
    return parse(formula, {name: symbol(name) for name in (*NETS, "w", "x")})


def test_softmax_as_textbooks_write_it() -> None:
    assert [*map(text, shares("softmax", ["z_1", "z_2"]))] == [
        "exp(z_1)/(exp(z_1) + exp(z_2))",
        "exp(z_2)/(exp(z_1) + exp(z_2))",
    ]


@pytest.mark.parametrize(
    ("formula", "own"),
    [
        ("exp(z_1)/(exp(z_1) + exp(z_2))", "z_1"),
        ("exp(z_2)/(exp(z_3) + exp(z_2) + exp(z_1))", "z_2"),
        ("(exp(z_3))/(exp(z_1) + exp(z_3))", "z_3"),
    ],
)
def test_recognised(formula: str, own: str) -> None:
    found = share(read(formula))
    assert found is not None
    assert (found.entry.name, found.own) == ("softmax", own)
    assert found.of(own) == read(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "exp(z_1)/exp(z_1)",
        "exp(z_1)/(exp(z_2) + exp(z_3))",  # not a share of the whole
        "exp(z_1)/(exp(z_1) + exp(z_1))",
        "exp(z_1)/(exp(z_1) + 1)",
        "exp(z_1)/(exp(z_1) + exp(2*z_2))",
        "exp(w*x)/(exp(w*x) + exp(z_2))",  # over other than names
        "exp(z_1)/(exp(z_1) - exp(z_2))",
        "exp(z_1)/(exp(z_1) + exp(z_2))**2",
        "w*exp(z_1)/(exp(z_1) + exp(z_2))",
        "z_1/(z_1 + z_2)",
        "tanh(z_1)/(tanh(z_1) + tanh(z_2))",
        "exp(z_1)",
        "z_1",
    ],
)
def test_not_recognised(formula: str) -> None:
    assert share(read(formula)) is None


@pytest.mark.parametrize("name", LAYERWISE)
def test_every_derivative_and_each_form_on_the_way_to_it(name: str) -> None:
    trees = shares(name, NETS)
    for place, tree in enumerate(trees):
        found = share(tree)
        assert found is not None
        for other, net in enumerate(NETS):
            due = sp.diff(elementary(tree), sp.Symbol(net))
            slope = found.slope(net, tree, trees[other])
            for form in (slope, *found.stages(net)):
                assert sp.simplify(elementary(form) - due) == 0, (name, place, net, form)


def test_the_activations_of_a_layer_add_up_to_1() -> None:
    assert sp.simplify(sum(map(elementary, shares("softmax", NETS)))) == 1
