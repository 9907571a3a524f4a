"""Names become generated symbols; numbers are multiplied out, functions expanded, and nothing is computed twice."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint
import pytest
import sympy as sp

from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import bounds
from symbackprop.evaluation.program import compile_program
from symbackprop.evaluation.translation import WIDTH, Translation
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import symbol
from symbackprop.network.graph import Definition
from symbackprop.network.problem import read_equations


def translated(equations: dict[str, str], inputs: Sequence[str], *, keep: bool = False) -> tuple[list[str], list[str]]:
    """(the statements, what each name stands for), as texts."""
    translation = Translation(inputs, keep=keep)
    names = {name: symbol(name) for name in (*inputs, *equations)}
    for name, formula in equations.items():
        translation.define(name, parse(formula, names))
    statements = [f"{target} = {text(tree)}" for target, tree in translation.statements]
    return statements, [text(translation.known[name]) for name in equations]


@pytest.mark.parametrize(
    ("equations", "statements", "known"),
    [
        ({"z": "w*x + b"}, ["y0 = x0*x1 + x2"], ["y0"]),
        ({"z": "w", "y": "z*x"}, ["y0 = x0*x1"], ["x0", "y0"]),
        ({"k": "1/2", "z": "k*4*w"}, ["y0 = 2*x0"], ["0.5", "y0"]),
        ({"k": "1", "z": "k*w", "y": "z + 0"}, [], ["1", "x0", "x0"]),
        ({"k": "0", "z": "k*exp(w)"}, [], ["0", "0"]),
        ({"k": "2 + 3", "y": "k**2*w"}, ["y0 = 25*x0"], ["5", "y0"]),
        ({"k": "2", "y": "w**(k - 1)"}, [], ["2", "x0"]),
        ({"a": "w*x", "b_2": "w*x", "c": "a + b_2"}, ["y0 = x0*x1", "y1 = y0 + y0"], ["y0", "y0", "y1"]),
        (
            {"a": "sigmoid(w)"},
            ["y0 = if_positive(x0, 1/(1 + exp(-x0)), exp(x0)/(1 + exp(x0)))"],
            ["y0"],
        ),
        (
            {"a": "relu(w*x)", "b_2": "relu(w*x)"},
            ["y0 = x0*x1", "y1 = if_positive(y0, y0, 0)"],
            ["y1", "y1"],
        ),
        ({"a": "max(w, x)"}, ["y0 = x0 - x1", "y1 = if_positive(y0, x0, x1)"], ["y1"]),
    ],
)
def test_statements(equations: dict[str, str], statements: list[str], known: list[str]) -> None:
    assert translated(equations, ["w", "x", "b"]) == (statements, known)


def test_every_definition_is_a_statement_where_that_is_asked_for() -> None:
    statements, known = translated({"a": "w", "b": "a", "c": "2"}, ["w"], keep=True)
    assert statements == ["y0 = x0", "y1 = y0", "y2 = 2"]
    assert known == ["y0", "y1", "y2"]


def test_what_a_branch_needs_is_computed_only_where_it_holds() -> None:
    statements, _ = translated({"y": "if_positive(w, sigmoid(log(w)), relu(w*x))"}, ["w", "x"])
    assert statements == [
        "y0 = if_positive(x0, log(x0), 0)",
        "y1 = if_positive(x0, 0, x0*x1)",
        "y2 = if_positive(x0, if_positive(y0, 1/(1 + exp(-y0)), exp(y0)/(1 + exp(y0))), if_positive(y1, y1, 0))",
    ]


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_the_branch_that_does_not_hold_need_have_no_value(arithmetic: Arithmetic) -> None:
    equations = {"y": "if_positive(x, sigmoid(log(x)), if_positive(x + 2, softplus(1/(x + 1)), sqrt(-x)))"}
    graph = read_equations(equations, ["x"], [], [])
    run = compile_program(graph.definitions, ["x"], ["y"], arithmetic)
    assert float(run({"x": 1})["y"]) == 0.5
    assert float(run({"x": -4})["y"]) == 2


def test_long_sums_are_computed_in_parts() -> None:
    names = [f"x_{n}" for n in range(5 * WIDTH + 7)]
    total = Definition("y", parse(" + ".join(names), {name: symbol(name) for name in names}))
    translation = Translation(names)
    translation.define("y", total.expression)
    assert max(len(tree.args) for _, tree in translation.statements) == WIDTH
    run = compile_program([total], names, ["y"])
    assert run(dict.fromkeys(names, 0.5))["y"] == len(names) / 2


@pytest.mark.parametrize("above", ["x", "1", "3", "1 + 2"])
def test_numbers_that_get_long_stay_exact_in_balls(above: str) -> None:
    graph = read_equations({"y": f"({above})/(" + "*".join(["1e300"] * 20) + ")"}, ["x"], [], [])
    with flint.ctx.workprec(200):
        (value,) = compile_program(graph.definitions, ["x"], ["y"], Arithmetic.BALL)({"x": 3}).values()
    low, high = (bound * Fraction(10) ** 6000 for bound in bounds(value))
    assert low <= (1 if above == "1" else 3) <= high
    assert high - low < Fraction(1, 10**40)


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_long_numbers_are_given_up_in_floating_point_alone(arithmetic: Arithmetic) -> None:
    graph = read_equations({"k": "*".join(["1e300"] * 20), "y": "k/k + x/k"}, ["x"], [], [])
    run = compile_program(graph.definitions, ["x"], ["y"], arithmetic)
    if arithmetic in (Arithmetic.FLOAT, Arithmetic.ARRAY):
        with pytest.raises(EvaluationError, match="k has no finite value in floating point"):
            run({"x": 1})
    else:
        assert float(run({"x": 1})["y"]) == 1


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize(
    "formula",
    [
        "*".join(["x"] * 400),
        "(" * 60 + "x" + "*2 - x)" * 60,
        "-(" * 60 + "x" + ")" * 60,
        "sin(" * 60 + "x" + ")" * 60,
        "1/(1 + " * 40 + "x" + ")" * 40,
        "silu(" * 60 + "x" + ")" * 60,
        "x" + "/2*x" * 60,
        "if_positive(x, " * 60 + "x" + ", 1)" * 60,
    ],
)
def test_long_and_deep_formulas_compile(formula: str, arithmetic: Arithmetic) -> None:
    graph = read_equations({"y": formula}, ["x"], [], [])
    found = compile_program(graph.definitions, ["x"], ["y"], arithmetic)({"x": 1})["y"]
    due = compile_program(graph.definitions, ["x"], ["y"], Arithmetic.MPMATH)({"x": 1})["y"]
    assert float(found) == pytest.approx(float(due), rel=1e-9)


def test_generated_names_are_new_symbols() -> None:
    translation = Translation(["y0", "x1", "x0"])
    translation.define("y1", symbol("y0") * symbol("x0"))
    assert translation.arguments == list(sp.symbols("x0 x1 x2"))
    assert [str(part) for part in translation.statements[0]] == ["y0", "x0*x2"]
