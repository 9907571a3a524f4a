"""Chains side by side: one where that is right, two where it is not."""

from __future__ import annotations

import mpmath
import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.auditing.naming.sheets import unit_numbers


def _sigmoid(z: mpmath.mpf) -> mpmath.mpf:
    return 1 / (1 + mpmath.exp(-z))


def _worked() -> tuple[mpmath.mpf, mpmath.mpf]:
    """O_4 and the node error of unit 6."""
    one = _sigmoid(mpmath.mpf("0.2") * 0.4 + mpmath.mpf("0.4") * 0.7 - 0.4)
    other = _sigmoid(mpmath.mpf("-0.3") * 0.4 + mpmath.mpf("0.15") * 0.7 + 0.2)
    last = _sigmoid(mpmath.mpf("-0.35") * one + mpmath.mpf("0.25") * other + 0.1)
    return one, (last - 0.9) * last * (1 - last)


DEFINED = "δ_6 = (O_6 - T_6) O_6 (1 - O_6)\n\n"


@pytest.mark.parametrize(
    "written", ["∂E/∂w_46 = O_4 δ_6 = {:.5f}", "∂E/∂w_46 = O_4 δ_6 = O_4 (O_6 - T_6) O_6 (1 - O_6)"]
)
def test_a_product_that_a_sign_follows_is_one(written: str) -> None:
    output, error = _worked()
    source, blocks = read_text(DEFINED + written.format(float(output * error)), name="sheet.txt")
    assert {claim.verdict for claim in audit(source, blocks, unit_numbers()).claims} == {Verdict.CORRECT}


def test_what_is_wrong_either_way_stays_wrong() -> None:
    output, error = _worked()
    source, blocks = read_text(f"{DEFINED}∂E/∂w_46 = O_5 δ_6 = {float(output * error):.5f}", name="sheet.txt")
    assert audit(source, blocks, unit_numbers()).faults


def test_equations_that_follow_each_other_stay_two() -> None:
    _, error = _worked()
    text = f"{DEFINED}∂E/∂theta_6 = δ_6 δ_6 = {float(error):.5f}"
    source, blocks = read_text(text, name="sheet.txt")
    assert {claim.verdict for claim in audit(source, blocks, unit_numbers()).claims} == {Verdict.CORRECT}
