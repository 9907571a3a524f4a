"""The loss of the true class with the targets that a document gives."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.auditing.inference.sheets import drafted

SCORES = "z = [0.2, 0.6, -0.1]\n\np = softmax(z)\n\n"


@pytest.mark.parametrize(
    ("lines", "cost"),
    [
        ("t = [0, 1, 0]\n\nL = -log(p_2)", "-(t_1*log(p_1) + t_2*log(p_2) + t_3*log(p_3))"),
        ("t = [0, 1, 0]\n\nL = -log(p[1]) + 0*p[0]", "-log(p_1) + 0*p_0"),
        ("t = [0, 1, 0]\n\nL = -ln p[1]\n\ng = p[0] - t[0]", "-(t_0*log(p_0) + t_1*log(p_1) + t_2*log(p_2))"),
        ("t = [1, 0, 0]\n\nL = -log(p_2)", "-log(p_2)"),  # which is not that of the true class
        ("t = [0, 0.9, 0.1]\n\nL = -log(p_2)", "-log(p_2)"),
        ("L = -log(p_2)", "-log(p_2)"),
    ],
)
def test_the_loss_of_the_true_class(lines: str, cost: str) -> None:
    assert drafted(SCORES + lines).equations["L"] == cost


def test_gradients_by_the_targets_of_a_list() -> None:
    # exp(0.2), exp(0.6), exp(-0.1) over their sum are 0.3093, 0.4615, 0.2292
    given = SCORES + "t = [0, 1, 0]\n\nL = -log p_2\n\n"
    text = given + "dL/dz_1 = p_1 - t_1 = 0.3093\n\ndL/dz_2 = p_2 - t_2 = 0.4615 - 1 = -0.5385\n\ndL/dz = p - t"
    claims = audit(*read_text(text)).claims
    assert {one.verdict for one in claims} <= {Verdict.CORRECT, Verdict.CARRIED}
