"""What a hand goes on with: digits that are not shown, and what was printed wrongly."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

NETWORK = problem_of(
    {"z": "w*x", "y": "relu(z)", "s": "v*y", "C": "(t - s)**2"},
    cost="C",
    inputs={"x": "1"},
    targets={"t": "0.76"},
    parameters={"w": "0.5", "v": "0.4"},
)


def _audit(text: str, problem: Problem = NETWORK) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem)


def test_what_was_printed_wrongly_for_a_quantity_goes_before_that_of_one_that_is_worth_the_same() -> None:
    found = _audit("`z = w*x = 0.5*1 = -0.5`\n\n`y = relu(z) = relu(-0.5) = 0.00`\n\n`ds/dv = y = 0.00`\n")
    assert [claim.printed for claim in found.faults] == ["-0.5"]
    assert found.claims[-1].verdict is Verdict.INHERITED


def test_a_wrong_number_may_have_been_cut_off_too() -> None:
    # s is 0.2; for one between 0.4953535 and 0.4953536, (0.76 - s)**2 is as little as 0.0700377158, cut off 0.07003771
    found = _audit("`s = 0.4953535`\n\n`C = 0.07003771`\n")
    assert [claim.printed for claim in found.faults] == ["0.4953535"]
    assert found.claims[-1].verdict is Verdict.INHERITED


def test_digits_that_are_not_shown_may_be_those_of_a_fault() -> None:
    # 0.4 * 0.5037 is 0.20148, and 0.5037 is 0.5 to one place
    found = _audit("`z = 0.5037`\n\n`y = relu(z) = 0.5`\n\n`s = v*y = 0.4*0.5 = 0.2015`\n")
    assert [claim.printed for claim in found.faults] == ["0.5037"]
    assert found.claims[-1].verdict is Verdict.INHERITED


# tanh(6.4) is 0.99999447847; with ten places, 0.9999944785, its slope is 0.000011042970, and exactly 0.000011043029
@pytest.mark.parametrize(("slope", "verdict"), [("0.00001104297", Verdict.CARRIED), ("0.00001104500", Verdict.WRONG)])
def test_a_hand_may_carry_some_digits_more_than_it_prints(slope: str, verdict: Verdict) -> None:
    problem = problem_of(
        {"z": "w*x", "y": "tanh(z)", "C": "(t - y)**2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "0.76"},
        parameters={"w": "6.4"},
    )
    found = _audit(f"`y = tanh(z) = 0.99999448`\n\n`dy/dz = 1 - y**2 = 1 - 0.99999448**2 = {slope}`\n", problem)
    assert found.claims[-1].verdict is verdict


def test_of_two_numbers_with_the_same_digits_one_may_have_been_worked_out() -> None:
    # 0.1 * 0.049 is 0.0049, cut off 0.004
    problem = problem_of(
        {"C": "g*w"}, cost="C", inputs={"g": "-0.049"}, targets={}, parameters={"w": "-0.004"}, learning_rate="0.1"
    )
    found = _audit("`w+ = w - eta*dC/dw = -0.004 - 0.1*(-0.049) = -0.004 - (-0.004) = 0.000`\n", problem)
    assert not found.faults


def test_a_learning_rate_that_lies_halfway_is_not_rounded() -> None:
    problem = problem_of(
        {"C": "g*w"}, cost="C", inputs={"g": "-0.00755675"}, targets={}, parameters={"w": "0.58"}, learning_rate="0.05"
    )
    found = _audit("`w+ = w - eta*dC/dw = 0.58 - 0.1*(-0.00755675) = 0.580755675`\n", problem)
    assert [(claim.printed, claim.cause) for claim in found.faults] == [("0.580755675", "wrong-constant")]
