"""Letters that are stuck to a name: at fault where the formula is right without them, or wrong however it is read."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.networks import example

STUCK = [
    r"$I_j = \sum_i w_{ij} kO_i + \theta_j$",
    r"$I_j = \sum_i (w_{ij} jO_i + \theta_j)$",
    r"$\Delta w_{ij} = -\eta \delta_j qO_i$",
    r"$net_{h1} = w_1 ji_1 + w_2 i_2 + b_1$",
]
OPEN = [
    r"$I_j = \sum_i w_{ij} kO_i + \theta_j$ and $kO_j = kO_i$",  # a name of the document's own
    r"$I_j = \sum_i w_{ij} dO_i + \theta_j$",  # a differential
    r"$I_j = \sum_i w_{ij}^2 qO_i$",
    r"$net_{h1} = w_1 xi_1 + w_2 i_2 + b_1$",  # a sign of multiplication
    r"$net_{h1} = w_3 ji_1 + w_2 i_2 + b_1$",  # nobody knows what is meant
]


@pytest.mark.parametrize("text", STUCK)
def test_a_letter_that_is_stuck_to_a_name(text: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).claims
    assert (claim.verdict, claim.cause) == (Verdict.WRONG, "typo")


@pytest.mark.parametrize("text", OPEN)
def test_what_may_be_a_name_of_its_own(text: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    assert not audit(source, blocks, example("mazur_2_2_2")).faults
