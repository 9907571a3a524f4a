"""Rules for any unit: what holds at every unit is right, what one change makes hold is wrong, the rest is open."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.networks import example

RULES = [
    ("$\\Delta w_{ij} = -\\eta \\delta_j O_i$", Verdict.CORRECT, ""),
    ("$\\Delta w_{ij} = \\eta \\delta_j O_j$", Verdict.WRONG, "wrong-index"),
    ("$I_j = \\sum_i w_{ij} O_i + \\theta_j$", Verdict.CORRECT, ""),
    ("$I_j = \\sum_i (w_{ij} O_i + \\theta_j)$", Verdict.WRONG, "wrong-formula"),
    ("$O_j = \\frac{1}{1 + e^{-I_j}}$", Verdict.CORRECT, ""),
    ("$O_j = \\frac{1}{1 + e^{I_j}}$", Verdict.WRONG, "sign"),
    ("$\\Delta w_{ij} = q (r_j)^3$", Verdict.UNDECIDED, ""),
]


@pytest.mark.parametrize(("text", "verdict", "cause"), RULES)
def test_a_rule_is_tried_at_every_unit(text: str, verdict: Verdict, cause: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).claims
    assert (claim.verdict, claim.cause) == (verdict, cause)


@pytest.mark.parametrize("text", ["$w_{ij} = w_{ij} - \\eta \\delta_j O_i$", "$\\Delta w_{ij} += \\eta \\delta_j O_j$"])
def test_what_a_quantity_becomes_is_not_taken_for_what_it_is(text: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    assert not audit(source, blocks, example("mazur_2_2_2")).faults
