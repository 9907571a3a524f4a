"""sigmoid_derivative(a): of an output a(1 - a), of a net input the derivative there; what a document defines counts."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

BY_OUTPUT, BY_NET = "`sigmoid_derivative(x) = x * (1 - x)`", "`sigmoid_derivative(x) = sigmoid(x)*(1 - sigmoid(x))`"


def network(activation: str = "sigmoid") -> Problem:
    return problem_of(
        {"z": "w*x", "out": f"{activation}(z)", "C": "(t - out)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "0.2"},
        learning_rate="0.1",
    )


def verdicts(text: str, problem: Problem) -> list[Verdict]:
    source, blocks = read_text(text, name="sheet.md")
    return [claim.verdict for claim in audit(source, blocks, problem).claims]


@pytest.mark.parametrize("argument", ["z", "out"])
def test_without_a_definition_either_is_right(argument: str) -> None:
    right = f"`dC/dz = (out - t) * sigmoid_derivative({argument})`"
    assert verdicts(right, network()) == [Verdict.CORRECT]
    assert verdicts(f"`dC/dz = (t - out) * sigmoid_derivative({argument})`", network()) == [Verdict.WRONG]


@pytest.mark.parametrize(
    ("definition", "argument", "verdict"),
    [
        (BY_OUTPUT, "out", Verdict.CORRECT),
        (BY_OUTPUT, "z", Verdict.WRONG),
        (BY_NET, "z", Verdict.CORRECT),
        (BY_NET, "out", Verdict.WRONG),
    ],
)
def test_by_its_definition_it_is_right_of_one_alone(definition: str, argument: str, verdict: Verdict) -> None:
    text = f"{definition}\n\n`dC/dz = (out - t) * sigmoid_derivative({argument})`"
    assert verdicts(text, network()) == [Verdict.CORRECT, verdict]


def test_of_tanh_it_is_one_less_the_square() -> None:
    assert verdicts("`dC/dz = (out - t) * dtanh(out)`\n\n`dC/dz = (out - t) * (1 - out**2)`", network("tanh")) == [
        Verdict.CORRECT,
        Verdict.CORRECT,
    ]
