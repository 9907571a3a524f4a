"""Formulas with one slip, which their numbers show."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.auditing.inference.sheets import drafted

GIVEN = "x1 = 0.3, x2 = 0.7, w1 = 0.12, w2 = 0.22, w3 = 0.31, w4 = 0.42\n\n"
FIRST = "z1 = w1*x1 + w2*x2 = 0.1900\n\n"


@pytest.mark.parametrize(
    ("line", "equation"),
    [
        ("z2 = w3*x1 + w2*x2 = 0.3870", "w3*x1 + w4*x2"),  # 0.31*0.3 + 0.42*0.7
        ("z2 = w3*x1 + w4*x2 = 0.3870", "w3*x1 + w4*x2"),
        ("z2 = w3*x1 + w4*x2 = 0.3780", "w3*x1 + w4*x2"),  # no weight makes that
        ("z2 = w3*x1 + w2*x2 = 0.2470", "w3*x1 + w2*x2"),  # which it is
        ("z2 = w3*x1 + w2*x2 = 0.4", "w3*x1 + w2*x2"),  # too few digits
    ],
)
def test_the_weight_that_stands_in_no_formula(line: str, equation: str) -> None:
    assert drafted(GIVEN + FIRST + line).equations["z2"] == equation


@pytest.mark.parametrize(
    ("line", "equation"),
    [
        ("z2 = w3*x1 - w4*x2 = 0.3870", "w3*x1 + w4*x2"),
        ("z2 = w3*x1 + w4*x1 = 0.3870", "w3*x1 + w4*x2"),
        ("z2 = w3*x1 - w4*x2 = -0.201", "w3*x1 - w4*x2"),  # 0.31*0.3 - 0.42*0.7
        ("z2 = w3*x1 - w4*x2 = 0.5", "w3*x1 - w4*x2"),
    ],
)
def test_a_sign_or_an_index_that_alone_makes_the_number(line: str, equation: str) -> None:
    assert drafted(GIVEN + FIRST + line).equations["z2"] == equation


def test_what_rests_on_such_a_formula_is_not_accused() -> None:
    text = "x = 0.3, w = 0.8, t = 0.2\n\nz = w*x = 0.24\n\na = sigmoid(z) = 0.5597\n\n"
    text += "C = 0.5*(a + t)^2 = 0.0647\n\ndC/da = a - t = 0.3597"
    claims = {one.text: one.verdict for one in audit(*read_text(text)).claims}
    assert [text for text, verdict in claims.items() if verdict is Verdict.WRONG] == ["0.5*(a + t)^2"]


def test_the_formula_is_what_is_wrong() -> None:
    text = GIVEN + FIRST + "z2 = w3*x1 + w2*x2 = 0.3870\n\na2 = sigmoid(z2) = 0.5956"
    claims = {one.text: one for one in audit(*read_text(text)).claims}
    assert [text for text, one in claims.items() if one.verdict is Verdict.WRONG] == ["w3*x1 + w2*x2"]
    assert claims["w3*x1 + w2*x2"].cause == "wrong-index"


@pytest.mark.parametrize(
    ("a", "z"),
    [
        ("-0.5597", "0.24"),  # from which (a + t)^2 would make 0.0647
        ("0.5597", "0.42"),
    ],
)
def test_a_number_that_is_wrong_itself_puts_no_formula_right(a: str, z: str) -> None:
    text = f"x = 0.3, w = 0.8, t = 0.2, v = 1.4\n\nz = w*x = {z}\n\na = sigmoid(z) = {a}\n\nC = 0.5*(a - t)^2 = 0.0647"
    equations = drafted(text).equations
    assert (equations["z"], equations["C"]) == ("w*x", "0.5*(a - t)**2")
