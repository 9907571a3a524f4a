"""What a hand goes on with where something was printed wrongly."""

from __future__ import annotations

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from tests.networks import problem_of

NETWORK = problem_of(
    {"z": "w*x", "y": "relu(z)", "s": "v*y", "C": "(t - s)**2"},
    cost="C",
    inputs={"x": "1"},
    targets={"t": "0.76"},
    parameters={"w": "0.5", "v": "0.4"},
)


def _audit(text: str) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, NETWORK)


def test_what_was_printed_wrongly_for_a_quantity_goes_before_that_of_one_that_is_worth_the_same() -> None:
    found = _audit("`z = w*x = 0.5*1 = -0.5`\n\n`y = relu(z) = relu(-0.5) = 0.00`\n\n`ds/dv = y = 0.00`\n")
    assert [claim.printed for claim in found.faults] == ["-0.5"]
    assert found.claims[-1].verdict is Verdict.INHERITED


def test_a_wrong_number_may_have_been_cut_off_too() -> None:
    # s is 0.2; for one between 0.4953535 and 0.4953536, (0.76 - s)**2 is as little as 0.0700377158, cut off 0.07003771
    found = _audit("`s = 0.4953535`\n\n`C = 0.07003771`\n")
    assert [claim.printed for claim in found.faults] == ["0.4953535"]
    assert found.claims[-1].verdict is Verdict.INHERITED
