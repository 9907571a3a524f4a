"""Letters that stand for functions."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

# tanh(0.4) = 0.379948962, 1 - tanh(0.4)**2 = 0.855638786; sigmoid(0.4) = 0.598687660
SHEETS = [
    ("`f(x) = tanh(x)`\n\n`h = f(0.4) = 0.379948962`", "tanh"),
    ("`h = f(z) = f(0.4) = 0.379948962`", "tanh"),
    ("$\\frac{\\partial g(x)}{\\partial x} = 1 - g(x)^2$\n\n$h = g(0.4) = 0.379948962$", "tanh"),
    ("`h = f(z) = f(0.4) = 0.598687660`", "sigmoid"),
]
WRONG = ["$\\sigma(x) = \\frac{e^{-x}}{1 + e^{-x}}$", "$\\sigma'(x) = \\sigma(x)(1 + \\sigma(x))$"]


def network(activation: str) -> Problem:
    return problem_of(
        {"z": "w*x", "h": f"{activation}(z)", "C": "(t - h)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "0.2"},
        learning_rate="0.1",
    )


@pytest.mark.parametrize(("text", "activation"), SHEETS)
def test_a_letter_is_the_function_that_it_is_defined_to_be_or_the_only_one_there_is(text: str, activation: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    found = audit(source, blocks, network(activation))
    assert not found.faults
    assert found.claims[-1].verdict is Verdict.CORRECT


@pytest.mark.parametrize("text", WRONG)
def test_what_is_false_of_a_function_is_a_fault(text: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    assert audit(source, blocks, network("sigmoid")).faults


def test_a_letter_for_several_functions_is_not_that_of_the_network() -> None:
    source, blocks = read_text("$f(x) = \\frac{1}{x}$\n\n$f(x) = e^x$\n\n`h = f(0.4) = 0.598687660`", name="sheet.md")
    assert not audit(source, blocks, network("sigmoid")).faults


# z_1 = 0.4, h = tanh(0.4) = 0.379948962, z_2 = -0.189974481, y = 0.1·z_2, z_3 = y·2, o = z_3
SEVERAL = [
    ("`h = f(z_1) = f(0.4)`", 0),
    ("$f^{\\prime}(z_2) = 0.1$", 0),
    ("$g'(z_3) = 1$, $g(z_3) = o$", 0),
    ("`h = tanh(z_1)`\n\n$f_{act}'(z_2) = 0.1$", 0),
    ("$dC/dz_2 = 2 (o - t) f'(z_2)$", 0),
    ("$f'(z_2) = 0.4$", 1),
    ("$dC/dz_2 = 2 (o - t) f'(z_1)$", 1),
    ("$g'(z_3) = 0$", 1),
]


@pytest.mark.parametrize(("text", "faults"), SEVERAL)
def test_among_several_a_letter_is_the_activation_of_the_net_input_that_it_is_taken_of(text: str, faults: int) -> None:
    problem = problem_of(
        {
            "z_1": "w*x",
            "h": "tanh(z_1)",
            "z_2": "v*h",
            "y": "max(0.1*z_2, z_2)",
            "z_3": "u*y",
            "o": "z_3",
            "C": "(t - o)**2/2",
        },
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "0.2", "v": "-0.5", "u": "2"},
        learning_rate="0.1",
    )
    source, blocks = read_text(text, name="sheet.md")
    assert len(audit(source, blocks, problem).faults) == faults
