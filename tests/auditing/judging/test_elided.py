"""Products of which the rest is left out: what is shown may begin the chain rule with the other sign."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.networks import example

W5 = r"\frac{\partial E_{total}}{\partial w_5} = "
W1 = r"\frac{\partial E_{total}}{\partial w_1} = "
O1 = r"(target_{o1} - out_{o1})"
S1 = r"out_{o1}(1 - out_{o1})"

TURNED = [  # the slope of the cost and at least one partial more are shown
    W5 + O1 + S1 + r" * ...",
    W5 + O1 + r"\cdot " + S1 + r"\cdot \dots",
    W5 + r"-(out_{o1} - target_{o1}) " + S1 + r" * ...",
    W1 + O1 + S1 + r" w_5 * ...",  # along one of the paths
]
OPEN = [
    W5 + "-" + O1 + S1 + r" * ...",
    W5 + r"(out_{o1} - target_{o1}) " + S1 + r" * ...",
    W5 + O1 + r" * ...",  # the inner derivative, -1, may be left out
    W5 + O1 + r" (-1) " + S1 + r" * ...",
    W5 + O1 + r"\cdot out_{h1} * ...",  # the minus may stand in the slopes between
    W5 + S1 + r" * ...",
    W5 + "..." + O1 + S1,
    W5 + r"\frac{\partial E_{total}}{\partial out_{o1}} * ...",
    r"\delta_{o1} = " + O1 + S1 + r" * ...",  # of a node error the sign is a convention
    r"-\frac{\partial E_{total}}{\partial w_5} = " + O1 + S1 + r" * ...",
]


@pytest.mark.parametrize("formula", TURNED)
def test_the_sign_of_what_is_shown(formula: str) -> None:
    source, blocks = read_text(f"${formula}$", name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).claims
    assert (claim.verdict, claim.cause) == (Verdict.WRONG, "sign")


@pytest.mark.parametrize("formula", OPEN)
def test_what_may_be_made_good_in_what_is_left_out(formula: str) -> None:
    source, blocks = read_text(f"${formula}$", name="sheet.md")
    assert not audit(source, blocks, example("mazur_2_2_2")).faults
