"""What the chain around a name tells of it."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.networks import problem_of


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"$z = \Theta_{10} x_0 + \Theta_{11} x_1$", Verdict.CORRECT),
        (r"$z = \Theta_{10} x_0 - \Theta_{11} x_1$", Verdict.WRONG),
        (r"$z = \Theta_{10} x_1 + \Theta_{11} x_0$", Verdict.UNDECIDED),
        (r"$h_\Theta(x) = \sigma(z)$", Verdict.CORRECT),
        (r"$J(\Theta) = -\log(h_\Theta(x))$", Verdict.CORRECT),
    ],
)
def test_the_constant_of_a_bias_and_the_hypothesis(text: str, verdict: Verdict) -> None:
    problem = problem_of(
        {"z": "Theta_10 + Theta_11*x_1", "a": "sigmoid(z)", "J": "-y*log(a) - (1 - y)*log(1 - a)"},
        cost="J",
        inputs={"x_1": "1.5"},
        targets={"y": "1"},
        parameters={"Theta_10": "0.2", "Theta_11": "-0.6"},
        learning_rate="1",
    )
    source, blocks = read_text(text, name="sheet.md")
    (claim,) = audit(source, blocks, problem).claims
    assert claim.verdict is verdict
