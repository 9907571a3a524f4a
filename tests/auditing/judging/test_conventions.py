"""Gradients of a multiple of the declared cost: one fault, and what is judged by it."""

from __future__ import annotations

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.networks import problem_of


def test_one_gradient_that_is_twice_what_it_should_be_behind_a_right_one_is_no_convention() -> None:
    # dC/dw = 2 * dC/dy = -0.8028, and twice that is printed
    problem = problem_of(
        {"y": "w*x", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1.4260"},
        parameters={"w": "0.5123"},
        learning_rate="0.1",
    )
    text = "`dC/dy = y - t = 1.0246 - 1.4260 = -0.4014`\n\n`dC/dw = dC/dy*x = -1.6056`\n"
    source, blocks = read_text(text, name="sheet.md")
    (fault,) = audit(source, blocks, problem).faults
    assert fault.printed == "-1.6056"
    assert "all gradients that follow" not in fault.explanations[0].sentence


def test_a_mean_of_one_is_no_cost_that_has_lost_its_half() -> None:
    problem = problem_of(
        {"y": "w*x", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "1"},
        parameters={"w": "0.6"},
        learning_rate="0.1",
    )
    for text, faults in (("`Error = ((1 - 0.6)^2)/1 = 0.16`", 0), ("`Error = (1 - 0.6)^2 = 0.16`", 1)):
        source, blocks = read_text(text, name="sheet.md")
        assert len(audit(source, blocks, problem).faults) == faults


def test_the_declared_cost_after_such_an_update_inherits() -> None:
    # dC/dy is 2 * (0.5123 - 0.9137) = -0.8028; with half of it w+ is 0.55244, and the declared cost 0.36126**2
    problem = problem_of(
        {"y": "w*x", "C": "(t - y)**2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "0.9137"},
        parameters={"w": "0.5123"},
        learning_rate="0.1",
    )
    text = (
        "`dC/dy = y - t = 0.5123 - 0.9137 = -0.4014`\n\n`dC/dw = dC/dy*x = -0.4014`\n\n"
        "`w+ = w - eta*dC/dw = 0.5123 - 0.1*(-0.4014) = 0.55244`\n\n`y+ = 0.55244`\n\n`C+ = 0.130509`\n"
    )
    source, blocks = read_text(text, name="sheet.md")
    found = audit(source, blocks, problem)
    assert [claim.cause for claim in found.faults] == ["convention"]
    assert found.claims[-1].quantity == "C"
    assert found.claims[-1].verdict is Verdict.INHERITED
