from __future__ import annotations

import pytest

from symbackprop.checking.paths import Meaning, Paths, meaning_of
from symbackprop.checking.verdict import Verdict
from symbackprop.expressions.names import partial
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol
from symbackprop.network.problem import read_equations

GRAPH = read_equations(
    {
        "y": "x**2",
        "z": "x*y",
        "u": "w*y",
        "E_1": "(z - u)**2",
        "E_2": "u*x",
        "E_3": "w",
        "C": "E_1 + E_2 + E_3",
    },
    ["x"],
    [],
    ["w"],
)
NAMES = [partial(of, by, direct=direct) for of in GRAPH.names for by in GRAPH.names for direct in (True, False)]
SYMBOLS = {name: symbol(name) for name in (*GRAPH.names, *NAMES)}


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("dC/dz", "(dC/dE_1)*(dE_1/dz)"),
        ("dC/dz", "(dE_1/dz)"),
        ("dC/dz", "(dE_1/dz)*(dC/dE_1)"),
        ("dC/du", "(dC/dE_1)*(dE_1/du) + (dC/dE_2)*(dE_2/du)"),
        ("dC/du", "(dE_2/du) + (dE_1/du)"),
        ("dC/dy", "(dC/dz)*(dz/dy) + (dC/du)*(du/dy)"),
        ("dz/dx", "(dz/dy)*(dy/dx) + (dz/dx (direct))"),
        ("dE_2/dy", "(dE_2/du)*(du/dy)"),
        ("dC/dw", "(dC/du)*(du/dw) + (dC/dE_3)*(dE_3/dw)"),
        ("dC/dw", "(dE_1/dw) + (dE_2/dw) + (dE_3/dw)"),
    ],
)
def test_a_sum_over_all_paths_is_proved(name: str, formula: str) -> None:
    meaning = meaning_of(name)
    assert meaning is not None
    finding = Paths(GRAPH).check(meaning.of, meaning.by, parse(formula, SYMBOLS))
    assert finding.verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("name", "formula", "reason"),
    [
        ("dC/du", "(dC/dE_1)*(dE_1/du)", "the path through E_2 is not there"),
        ("dC/du", "(dE_1/du)", "through E_1"),
        ("dC/du", "(dE_1/du) + (dE_1/du)", "is not there"),
        ("dC/du", "(dE_1/du) + (dE_2/du) + (dE_2/du)", "is not there"),
        ("dC/du", "(dE_1/du) - (dE_2/du)", "no sum of products"),
        ("dC/du", "(dC/dE_1)*(dE_1/du) + (dC/dE_2)*(dE_2/dx)", "the path through E_2 is not there"),
        ("dC/dz", "(dC/dE_1)", "the path through E_1 is not there"),
        ("dC/dz", "(dC/dE_1)*(dE_1/dz)*(dE_1/dz)", "is not there"),
        ("dz/dx", "(dz/dy)*(dy/dx) + (dz/dx)", "is not there"),
        ("dC/dx", "(dC/dy)*(dy/dx) + (dC/dz)*(dz/dx) + (dC/dE_2)*(dE_2/dx)", "is not there"),
        ("dC/dy", "(dC/dz)*(dz/dy) + (dC/du)*(du/dy) + (dE_1/dy)", "a product in it is on no path"),
        ("dC/dw", "w*(dC/du)*(du/dw)", "is not there"),
        ("dE_2/dx", "(dE_2/du)*(du/dx) + (dE_2/dx (direct))", "the path through y is not there"),  # true, by grouping
    ],
)
def test_what_a_sum_lacks_is_named(name: str, formula: str, reason: str) -> None:
    meaning = meaning_of(name)
    assert meaning is not None
    finding = Paths(GRAPH).check(meaning.of, meaning.by, parse(formula, SYMBOLS))
    assert finding.verdict is Verdict.UNDECIDED
    assert reason in finding.reason


def test_a_mean_is_no_plain_sum() -> None:
    graph = read_equations({"a": "x", "E_1": "a", "E_2": "a**2", "C": "(E_1 + E_2)/2"}, ["x"], [], [])
    names = {name: symbol(name) for name in ("dE_1/da", "dE_2/da")}
    finding = Paths(graph).check("C", "a", parse("(dE_1/da) + (dE_2/da)", names))
    assert finding.verdict is Verdict.UNDECIDED


def test_the_meaning_of_names() -> None:
    assert meaning_of("dE/dw (direct)") == Meaning("E", "w", total=False)
    assert meaning_of("w+") is None
    assert Paths(GRAPH).only_direct("z", "y")
    assert not Paths(GRAPH).only_direct("z", "x")
    assert Paths(GRAPH).way("E_2") == {"E_2", "u", "y", "x", "w"}
