"""After how many updates a chain is meant."""

from __future__ import annotations

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.network.problem import Problem
from tests.networks import example, problem_of

# y is 0.2, dC/dw -1.12 * 0.4 and dC/dv -1.12 * 0.5, so that w becomes 0.724 and v 0.68
NETWORK = problem_of(
    {"z": "w*x", "h": "relu(z)", "y": "v*h", "C": "(t - y)**2"},
    cost="C",
    inputs={"x": "1"},
    targets={"t": "0.76"},
    parameters={"w": "0.5", "v": "0.4"},
)
UPDATED = "`z = w*x = 0.5`\n\n`h = relu(z) = 0.5`\n\n`y = v*h = 0.2`\n\n`w+ = 0.724`\n\n`v+ = 0.68`\n\n"


def _audit(text: str, problem: Problem = NETWORK) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem)


def test_a_gradient_is_none_of_after_an_update_that_is_not_finished() -> None:
    text = "`w_5+ = 0.35891648`\n\n`w_7+ = 0.511301270`\n\n"
    text += "`dE_total/dout_h1 = dE_total/dnet_o1 * w_5+ + dE_total/dnet_o2 * w_7+`"
    found = _audit(text, example("mazur_2_2_2"))
    assert [claim.cause for claim in found.faults] == ["updated-weights-used"]


def test_a_gradient_through_new_weights_is_right_once_all_are_new() -> None:
    text = UPDATED + "`dC/dh = dC/dy * v+`"
    assert not _audit(text).faults


def test_a_wrong_number_behind_a_right_formula_with_new_weights_is_the_number() -> None:
    found = _audit(UPDATED + "`z = w+*x = 0.724`\n\n`h = relu(z) = 0.724`\n\n`y = v+*h = 0.4*0.724 = 0.2896`")
    (fault,) = found.faults
    assert fault.printed == "0.2896"
    assert "stale-state" in (fault.cause, *fault.alternatives)


def test_a_formula_with_new_weights_tells_that_the_second_pass_begins() -> None:
    found = _audit(UPDATED + "`z = w+*x`\n\n`z = 0.724*1 = 0.742`")
    assert [(claim.printed, claim.after) for claim in found.faults] == [("0.742", 1)]


def test_what_goes_on_from_an_old_value_inherits() -> None:
    text = "`z = w+*x = 0.724*1 = 0.5`\n\n`h = relu(z) = relu(0.5) = 0.5`\n\n`y = v+*h = 0.68*0.5 = 0.34`"
    found = _audit(UPDATED + text)
    assert [claim.printed for claim in found.faults] == ["0.5"]
    assert [claim.verdict for claim in found.claims if claim.printed][-2:] == [Verdict.INHERITED, Verdict.INHERITED]


def test_what_is_printed_again_with_another_number_may_be_of_the_next_pass() -> None:
    """After one update out_o1 is 0.742088 (mpmath); 0.742 is printed without a word."""
    network = example("mazur_2_2_2")
    assert not _audit("`out_o1 = 0.751365`\n\n`out_o1: 0.742088`", network).faults
    (fault,) = _audit("`out_o1 = 0.751365`\n\n`out_o1: 0.743088`", network).faults
    assert fault.printed == "0.743088"
