"""Documents whose updates go by a name that the network does not have: a rate of decay, a momentum."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import problem_of

# y = 0.8*0.5 = 0.4, dE/dy = -0.6, dE/dw = -0.3, so that w+ is 0.95; with a decay of 0.1 it is
# 0.8 - 0.5*(-0.3 + 0.1*0.8) = 0.91, and then y = 0.455, E = 0.1485
PROBLEM = problem_of(
    {"y": "w*x", "E": "(t - y)**2/2"},
    cost="E",
    inputs={"x": "0.5"},
    targets={"t": "1"},
    parameters={"w": "0.8"},
)
RULE = ["lambda = 0.1", "w+ = w - eta*(dE/dw + lambda*w)"]
AFTER = ["y = w+*x = 0.9100*0.5 = 0.4550", "E = (t - y)**2/2 = (1 - 0.4550)**2/2 = 0.1485"]


def _claims(*lines: str) -> tuple[Judged, ...]:
    return audit(*read_text("\n\n".join(f"`{line}`" for line in lines), name="sheet.md"), PROBLEM).claims


@pytest.mark.parametrize(
    "lines",
    [
        [*RULE, "w+ = 0.9100"],
        [*RULE, "w+ = 0.8 - 0.5*(-0.3000 + 0.1*0.8) = 0.9100", *AFTER],
        [*RULE, "w+ = 0.9100", *AFTER, "y+ = 0.4550"],
        [*RULE, "w+ = 0.9100", "After this first update the error is 0.1485."],
        [f"{RULE[1]} = 0.8 - 0.5*(-0.3000 + 0.1*0.8) = 0.9100"],
        ["mu = 0.9", "v_0 = 0.1", "w+ = w - eta*dE/dw + mu*v_0 = 0.8 - 0.5*(-0.3000) + 0.9*0.1 = 1.0400"],
    ],
)
def test_what_comes_of_such_an_update_is_left_open(lines: list[str]) -> None:
    assert not [claim for claim in _claims(*lines) if claim.verdict in (Verdict.WRONG, Verdict.INHERITED)]


@pytest.mark.parametrize(
    "lines",
    [
        ["w+ = 0.9100"],
        [*RULE, "w+ = 0.8 - 0.5*(-0.3000 + 0.1*0.8) = 0.9500"],  # arithmetic
        [*RULE, "dE/dw = -0.2200"],  # before the update
        ["w+ = w - eta*(dE/dw + lambda*w) = 0.9100"],  # lambda is nowhere said to be anything
    ],
)
def test_all_else_is_judged(lines: list[str]) -> None:
    assert [claim for claim in _claims(*lines) if claim.verdict is Verdict.WRONG]
