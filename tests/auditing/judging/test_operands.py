"""Numbers that are put in for names: whether they belong there, and what they stand for further on."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.network.file import read_problem
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


THRESHOLDS = read_problem(
    """
[inputs]
x_1 = 1
x_2 = 0
[targets]
t = 1
[parameters]
w_1 = 0.8
w_2 = -0.4
theta = 0.1
[equations]
y = "sigmoid(x_1*w_1 + x_2*w_2 - theta)"
E = "(t - y)**2 / 2"
[training]
cost = "E"
learning_rate = 0.2
"""
)


def test_a_sign_may_stand_before_a_product_that_is_nought() -> None:
    text = "`y = sigmoid(x_1*w_1 + x_2*w_2 - theta) = 1/(1 + exp(-(1*0.8 - 0*0.4 - 0.1))) = 0.6682`"
    assert not audit(*read_text(text, name="sheet.md"), THRESHOLDS).faults


def test_the_change_of_a_weight_has_the_input_of_another() -> None:
    text = "`delta = y*(1 - y)*(t - y) = 0.0736`\n\n`Delta w_2 = 0.2*x_1*delta`"
    (fault,) = audit(*read_text(text, name="sheet.md"), THRESHOLDS).faults
    assert (fault.cause, fault.corrected) == ("wrong-index", "`Delta w_2 = 0.2*x_2*delta`")


def test_a_quantity_of_a_numbered_pass_is_no_function() -> None:
    text = "`E(1) = 1/2 * (1 - 0.6682)^2 = 0.0550`"
    assert not audit(*read_text(text, name="sheet.md"), THRESHOLDS).faults
