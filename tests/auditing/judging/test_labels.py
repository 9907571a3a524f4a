"""Rows and names that bear the number of a unit: one that no unit has is the finding, where the numbers tell whose.

The 3-2-1 network of the textbook by Han and Kamber: O_4 0.332, O_5 0.525, O_6 0.474; -dE/dI 0.1311 at 6, -0.0065 at 5,
-0.0087 at 4.
"""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import problem_of

NETWORK = problem_of(
    {
        "I_4": "w_14*x_1 + w_24*x_2 + w_34*x_3 + theta_4",
        "O_4": "sigmoid(I_4)",
        "I_5": "w_15*x_1 + w_25*x_2 + w_35*x_3 + theta_5",
        "O_5": "sigmoid(I_5)",
        "I_6": "w_46*O_4 + w_56*O_5 + theta_6",
        "O_6": "sigmoid(I_6)",
        "E": "(T_6 - O_6)**2/2",
    },
    cost="E",
    inputs={"x_1": "1", "x_2": "0", "x_3": "1"},
    targets={"T_6": "1"},
    parameters={"w_14": "0.2", "w_15": "-0.3", "w_24": "0.4", "w_25": "0.1", "w_34": "-0.5", "w_35": "0.2"}
    | {"w_46": "-0.3", "w_56": "-0.2", "theta_4": "-0.4", "theta_5": "0.2", "theta_6": "0.1"},
    learning_rate="0.9",
)
ROWS = [
    "| {} | 0.474 * (1 - 0.474) * (1 - 0.474) = 0.1311 |",
    "| {} | 0.525 * (1 - 0.525) * 0.1311 * (-0.2) = -0.0065 |",
    "| {} | 0.332 * (1 - 0.332) * 0.1311 * (-0.3) = -0.0087 |",
]
RULE = "Err_j = O_j (1 - O_j) (T_j - O_j)\n\n"


def claims(text: str) -> list[Judged]:
    return list(audit(*read_text(text, name="sheet.md"), NETWORK).claims)


def faults(text: str) -> list[tuple[str, str | None]]:
    return [(claim.quantity, claim.cause) for claim in claims(text) if claim.verdict is Verdict.WRONG]


def rows(*labels: str) -> str:
    return "\n\n".join(row.format(label) for row, label in zip(ROWS, labels, strict=True))


def test_rows_are_about_the_units_whose_numbers_they_bear() -> None:
    worked = [claim for claim in claims(rows("6", "5", "4")) if claim.verdict is Verdict.CORRECT]
    assert [claim.quantity for claim in worked] == ["dE/dI_6", "dE/dI_5", "dE/dI_4"]


def test_a_row_with_the_number_of_no_unit_is_told_so() -> None:
    found = claims(rows("6", "5", "7"))
    assert [(claim.quantity, claim.cause) for claim in found if claim.verdict is Verdict.WRONG] == [("dE/dI_4", "typo")]
    assert found[-1].verdict is Verdict.CORRECT  # the value stays right


@pytest.mark.parametrize("labels", [("1", "2", "3"), ("5", "6", "7"), ("6", "8", "7"), ("6", "4", "7")])
def test_rows_that_only_count_are_left_alone(labels: tuple[str, str, str]) -> None:
    assert faults(rows(*labels)) == []


def test_a_name_with_the_number_of_no_unit_is_told_so() -> None:
    text = RULE + "Err_6 = 0.474 (1 - 0.474)(1 - 0.474) = 0.1311\n\n"
    assert faults(text + "Err_7 = 0.332 (1 - 0.332)(0.1311)(-0.3) = -0.0087") == [("dE/dI_4", "typo")]
    assert faults(text + "Err_7 = 0.332 (1 - 0.332)(0.1311)(-0.7) = -0.0203") == []  # of no unit either
    table = "| Unit, j | Err_j |\n|---|---|\n"
    inside = "".join(f"{row.format(label)}\n" for row, label in zip(ROWS, "657", strict=True))
    assert faults(RULE + table + inside) == [("dE/dI_4", "typo")]
    assert faults(RULE + table + inside.replace("| 7 |", "| 4 |")) == []
