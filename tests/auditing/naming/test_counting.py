"""Square brackets that count from 0, in documents of a network that counts from 1."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

LAYER = {
    "z_1": "W_11*x_1 + W_12*x_2",
    "z_2": "W_21*x_1 + W_22*x_2",
    "h_1": "sigmoid(z_1)",
    "h_2": "sigmoid(z_2)",
    "y": "v_1*h_1 + v_2*h_2",
    "L": "(y - t)**2/2",
}
PARAMETERS = {"W_11": "0.5", "W_12": "-1", "W_21": "1", "W_22": "0.5", "v_1": "0.4", "v_2": "-0.6"}
FROM_ONE = problem_of(LAYER, cost="L", inputs={"x_1": "1", "x_2": "2"}, targets={"t": "1"}, parameters=PARAMETERS)
STEPS = problem_of(
    {"h_1": "tanh(w*x_1)", "h_2": "tanh(w*x_2 + u*h_1)", "L": "(h_2 - t)**2/2"},
    cost="L",
    inputs={"x_1": "1", "x_2": "2"},
    targets={"t": "1"},
    parameters={"w": "0.5", "u": "0.3"},
)


def claims(text: str, problem: Problem) -> tuple[Judged, ...]:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem).claims


# z = (-1.5, 2), h = (0.1824, 0.8808), y = -0.4555, y - t = -1.4555
@pytest.mark.parametrize(
    "text",
    [
        "`z[0] = W[0][0] * x[0] + W[0][1] * x[1] = -1.5`\n\n`z[1] = W[1][0] * x[0] + W[1][1] * x[1] = 2.0`",
        "`h[0] = 0.1824`\n\n`h[1] = 0.8808`",
        "`h[0] = 0.1824`\n\n`dv[1] = dy * h[1] = -1.4555 * 0.8808 = -1.2820`",
        "`dh[0] = dy * v[0] = -0.5822`\n\n`dh[1] = dy * v[1] = 0.8733`",
        "`h[0] = 0.1824`, and h_2 = 0.8808 with h_1 = 0.1824",
    ],
)
def test_brackets_count_from_0(text: str) -> None:
    assert {claim.verdict for claim in claims(text, FROM_ONE)} == {Verdict.CORRECT}


def test_another_entry_is_accused() -> None:
    fault = claims("`h[0] = 0.1824`\n\n`dh[1] = dy * v[1] = -1.4555 * 0.6 = -0.8733`", FROM_ONE)[-1]
    assert (fault.verdict, fault.quantity, fault.cause) == (Verdict.WRONG, "dL/dh_2", "sign")


def test_brackets_that_count_from_1_stay() -> None:
    assert {claim.verdict for claim in claims("`h[1] = 0.1824`\n\n`h[2] = 0.8808`", FROM_ONE)} == {Verdict.CORRECT}


def test_what_was_before_the_first_step_is_no_first_entry() -> None:
    # tanh(0.5) = 0.4621, tanh(1 + 0.3·0.4621) = tanh(1.1386) = 0.8140
    text = "`h[0] = 0`\n\n`h[1] = 0.4621`\n\n`h[2] = 0.8140`"
    assert not [claim for claim in claims(text, STEPS) if claim.verdict is Verdict.WRONG]
