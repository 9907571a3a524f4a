"""The sign of node errors, where a document prints some of them wrongly."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from tests.networks import example, problem_of


def test_a_node_error_that_is_near_says_more_of_the_sign_than_one_that_is_wrong() -> None:
    # dE/dnet_o1 is 0.138498562, dE/dnet_h1 0.008771354
    source, blocks = read_text("`delta_o1 = -0.138498`\n\n`delta_h1 = 0.0363`\n", name="sheet.md")
    found = audit(source, blocks, example("mazur_2_2_2"))
    assert [claim.printed for claim in found.faults] == ["0.0363"]


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("0.081068", Verdict.CORRECT), ("0.081168", Verdict.WRONG)],
)
def test_of_units_with_one_number_that_is_meant_whose_number_is_printed(printed: str, verdict: Verdict) -> None:
    # y_1 = 1/(1 + exp(-0.6)) = 0.645656, so (1 - y_1)*y_1*(1 - y_1) = 0.081068, and 0.081068*0.4 = 0.032427
    layers = {"z_in1": "v_11*x_1", "z_1": "relu(z_in1)", "y_in1": "w_11*z_1", "y_1": "sigmoid(y_in1)"}
    problem = problem_of(
        {**layers, "E": "(t_1 - y_1)**2/2"},
        cost="E",
        inputs={"x_1": "3"},
        targets={"t_1": "1"},
        parameters={"v_11": "0.5", "w_11": "0.4"},
    )
    text = f"`delta_1 = {printed}`\n\n`Delta_1 = delta_1*w_11*1 = 0.081068*0.4 = 0.032427`\n"
    found = audit(*read_text(text, name="sheet.md"), problem)
    assert [(claim.quantity, claim.verdict) for claim in found.claims if claim.printed] == [
        ("dE/dy_in1", verdict),
        ("dE/dz_in1", Verdict.CORRECT),
    ]


def test_node_errors_of_hidden_units_have_the_sign_of_those_that_they_are_made_with() -> None:
    # y_1 = 1/(1 + exp(-0.6)) = 0.645656, (0.2 - y_1)*y_1*(1 - y_1) = -0.101959; times 0.4, -0.040783
    layers = {"z_in1": "v_11*x_1", "z_1": "relu(z_in1)", "y_in1": "w_11*z_1", "y_1": "sigmoid(y_in1)"}
    problem = problem_of(
        {**layers, "E": "(t_1 - y_1)**2/2"},
        cost="E",
        inputs={"x_1": "3"},
        targets={"t_1": "0.2"},
        parameters={"v_11": "0.5", "w_11": "0.4"},
    )
    own = "`delta_1 = -0.101959`\n\n`w_11+ = w_11 + eta*delta_1*z_1`"
    text = f"{own}\n\n`Delta_1 = delta_1*w_11*1 = -0.101959*0.4*1 = -0.040783`\n\n`v_11+ = v_11 + eta*Delta_1*x_1`\n"
    assert not audit(*read_text(text, name="sheet.md"), problem).faults
