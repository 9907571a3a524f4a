"""A cost that adds a penalty on the weights to an error: documents speak of the error, and of its derivatives."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import problem_of

# y = 0.8*0.5 = 0.4, E = (1 - 0.4)^2/2 = 0.18, J = 0.18 + 0.05*0.64 = 0.212; dE/dy = -0.6, dE/dw = -0.3;
# w+ = 0.8 - 0.5*(-0.3 + 0.1*0.8) = 0.91, y = 0.455, E = 0.1485125, J = 0.1485125 + 0.05*0.8281 = 0.1899175
PROBLEM = problem_of(
    {"y": "w*x", "E": "(t - y)**2/2", "J": "E + lambda/2*w**2"},
    cost="J",
    inputs={"x": "0.5"},
    targets={"t": "1"},
    parameters={"w": "0.8", "lambda": "0.1"},
    frozen=["lambda"],
)


def _claims(text: str) -> tuple[Judged, ...]:
    return audit(*read_text(text, name="sheet.md"), PROBLEM).claims


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("0.1485", Verdict.CORRECT), ("0.1899", Verdict.CORRECT), ("0.1585", Verdict.WRONG), ("0.1999", Verdict.WRONG)],
)
def test_the_error_is_that_with_or_without_the_penalty(printed: str, verdict: Verdict) -> None:
    (claim,) = _claims(f"After this first update the error is ${printed}$.")
    assert claim.verdict is verdict


def test_what_follows_from_a_wrong_derivative_of_the_error_inherits_it() -> None:
    claims = _claims("`dE/dy = -0.8000`\n\n`dE/dw = -0.4000`\n\n`w+ = 0.9600`")  # 0.8 - 0.5*(-0.4 + 0.08)
    assert [claim.verdict for claim in claims] == [Verdict.WRONG, Verdict.INHERITED, Verdict.INHERITED]
