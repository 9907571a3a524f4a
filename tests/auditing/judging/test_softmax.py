"""Softmax with cross-entropy in documents: what its partials are at one unit and at two, and over all others."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

UNITS = (1, 2, 3)
WEIGHTS = {"w_11": "0.4", "w_12": "-0.2", "w_21": "-0.3", "w_22": "0.6", "w_31": "0.1", "w_32": "0.5"}
BIASES = {"b_1": "0.1", "b_2": "0.0", "b_3": "-0.2"}
TOTAL = "exp(z_1) + exp(z_2) + exp(z_3)"


def classes(targets: tuple[str, ...] = ("0", "0", "1")) -> Problem:
    """z = (0.52, -0.54, -0.37), p = (0.569116, 0.197173, 0.233711), L = 1.453671 by mpmath."""
    return problem_of(
        {f"z_{k}": f"w_{k}1*x_1 + w_{k}2*x_2 + b_{k}" for k in UNITS}
        | {f"p_{k}": f"exp(z_{k})/({TOTAL})" for k in UNITS}
        | {"L": "-(y_1*log(p_1) + y_2*log(p_2) + y_3*log(p_3))"},
        cost="L",
        inputs={"x_1": "0.8", "x_2": "-0.5"},
        targets={f"y_{k}": target for k, target in zip(UNITS, targets, strict=True)},
        parameters=WEIGHTS | BIASES,
    )


def claims(text: str, problem: Problem) -> tuple[Judged, ...]:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem).claims


P_Z = r"\frac{\partial p_i}{\partial z_j}"
L_Z = r"\frac{\partial L}{\partial z_i}"
RULES = [
    (r"p_i = \frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}}", [Verdict.CORRECT]),
    (r"p_i = \frac{e^{z_i}}{\sum_k e^{-z_k}}", [Verdict.WRONG]),
    (r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)", [Verdict.CORRECT]),
    (rf"{P_Z} = -p_i p_j", [Verdict.UNDECIDED]),  # where i and j are two
    (rf"{P_Z} = p_i (\delta_{{ij}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\delta_{{i,j}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_j (\delta_{{ij}} - p_i)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (1_{{i=j}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbb{{1}}_{{i=j}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbf{{1}}_{{\{{i=j\}}}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbb{{1}}[i=j] - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbb{{1}}\{{i = j\}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (I(i=j) - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\delta_{{ij}} + p_j)", [Verdict.WRONG]),
    (rf"{P_Z} = p_i (p_j - \delta_{{ij}})", [Verdict.WRONG]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k \neq i}} y_k p_i = p_i - y_i", [Verdict.CORRECT, Verdict.CORRECT]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k ≠ i}} y_k p_i", [Verdict.CORRECT]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k=1, k \ne i}}^{{3}} y_k p_i", [Verdict.CORRECT]),
    (rf"{L_Z} = -y_i (1 - p_i) - \sum_{{k \neq i}} y_k p_i", [Verdict.WRONG]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k < i}} y_k p_i", [Verdict.UNDECIDED]),
    (rf"{L_Z} = \sum_j \frac{{\partial L}}{{\partial p_j}} \frac{{\partial p_j}}{{\partial z_i}}", [Verdict.CORRECT]),
    (rf"{L_Z} = p_i - y_i", [Verdict.CORRECT]),
    (rf"{L_Z} = y_i - p_i", [Verdict.WRONG]),
    (r"\frac{\partial L}{\partial w_{ij}} = (p_i - y_i) x_j", [Verdict.CORRECT]),
    # δ with two letters is no Kronecker delta where nothing is differentiated by the one of the other
    (r"\frac{\partial L}{\partial w_{ij}} = \delta_{ij} x_j", [Verdict.UNDECIDED]),
]


@pytest.mark.parametrize(("text", "verdicts"), RULES)
@pytest.mark.parametrize("targets", [("0", "0", "1"), ("0.2", "0.3", "0.5")])
def test_rules(text: str, verdicts: list[Verdict], targets: tuple[str, ...]) -> None:
    found = claims(f"$${text}$$", classes(targets))
    assert [claim.verdict for claim in found] == verdicts, found
