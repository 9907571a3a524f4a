"""Numbers that are put in for names: whether they belong there, and what they stand for further on."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import example

# Of the 2-2-2 example (Matt Mazur, A Step by Step Backpropagation Example): w_7 is 0.50 and w_8 is 0.55.
NUMBERS = "0.138498562*0.40 + (-0.038098237)*{} = 0.036350306"


def faults(text: str) -> list[Judged]:
    source, blocks = read_text(text, name="sheet.md")
    return list(audit(source, blocks, example("mazur_2_2_2")).faults)


@pytest.mark.parametrize("between", [" = ", "`\n\n`dE_total/dout_h1 = "])
def test_right_numbers_are_not_held_against_a_formula_that_is_wrong(between: str) -> None:
    formula = "delta_o1*w_5 + delta_o2*w_8"
    (fault,) = faults(f"`dE_total/dout_h1 = {formula}{between}{NUMBERS.format('0.50')}`")
    assert (fault.text, fault.cause) == (formula, "wrong-index")


def test_what_is_put_in_for_a_right_formula_is_at_fault() -> None:
    (fault,) = faults(f"`dE_total/dout_h1 = delta_o1*w_5 + delta_o2*w_7 = {NUMBERS.format('0.55')}`")
    assert (fault.printed, fault.verdict) == ("0.55", Verdict.WRONG)


def test_what_the_change_of_a_weight_should_be_is_told() -> None:
    stated = r"$\delta_{o1} = (out_{o1} - target_{o1}) out_{o1} (1 - out_{o1}) = 0.138498562$"
    (fault,) = faults(stated + "\n\n" + r"$\Delta w_6 = -\eta \delta_{o1} out_{h1}$")
    assert (fault.cause, fault.corrected) == ("wrong-index", r"$\Delta w_6 = -\eta \delta_{o1} out_{h2}$")
