"""The rule of gradient descent, said of a letter that stands for any parameter."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import example


def judged(text: str) -> Judged:
    source, blocks = read_text(text, name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).claims
    return claim


@pytest.mark.parametrize(
    "rule",
    [
        r"$$W^{[l]} \leftarrow W^{[l]} - \eta \frac{\partial E_{total}}{\partial W^{[l]}}$$",
        r"$$w := w - \eta \frac{\partial E_{total}}{\partial w}$$",
        r"$$\theta = \theta + (-\eta) \frac{\partial E_{total}}{\partial \theta}$$",
        r"$$w^{new} = w^{old} - 0.5 \frac{\partial E_{total}}{\partial w}$$",
        r"$$w^+ = -\eta \frac{\partial E_{total}}{\partial w} + w$$",
        r"$$\theta = \theta - \frac{\eta}{m} \frac{\partial E_{total}}{\partial \theta}$$",
    ],
)
def test_what_goes_downhill_is_right(rule: str) -> None:
    assert judged(rule).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("rule", "right"),
    [
        (
            r"$$W^{[l]} \leftarrow W^{[l]} + \eta \frac{\partial E_{total}}{\partial W^{[l]}}$$",
            r"$$W^{[l]} \leftarrow W^{[l]} - \eta \frac{\partial E_{total}}{\partial W^{[l]}}$$",
        ),
        (
            r"$$w := w + \eta \frac{\partial E_{total}}{\partial w}$$",
            r"$$w := w - \eta \frac{\partial E_{total}}{\partial w}$$",
        ),
    ],
)
def test_what_goes_uphill_is_wrong(rule: str, right: str) -> None:
    claim = judged(rule)
    assert (claim.verdict, claim.cause, claim.corrected) == (Verdict.WRONG, "sign", right)


@pytest.mark.parametrize(
    "rule",
    [
        r"$$w := w + \eta \frac{\partial \ell}{\partial w}$$",  # a likelihood is to grow
        r"$$w := w + \eta \frac{\partial E_{total}}{\partial v}$$",
        r"$$w := w + \eta \delta \frac{\partial E_{total}}{\partial w}$$",
        r"$$\theta := 2\theta + \eta \frac{\partial E_{total}}{\partial \theta}$$",
    ],
)
def test_what_may_be_something_else_is_not_judged(rule: str) -> None:
    assert judged(rule).verdict is Verdict.UNDECIDED
