"""Which node errors names are: by rules, by the numbers printed for them, by their formulas."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of


def sheet(text: str, problem: Problem) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem)


def numbered() -> Problem:
    """Units 2 and 3 one behind the other, Err = -∂E/∂I."""
    return problem_of(
        {
            "I_2": "w_12*x_1 + theta_2",
            "O_2": "sigmoid(I_2)",
            "I_3": "w_23*O_2 + theta_3",
            "O_3": "sigmoid(I_3)",
            "E": "(T_3 - O_3)**2/2",
        },
        cost="E",
        inputs={"x_1": "1"},
        targets={"T_3": "1"},
        parameters={"w_12": "0.4", "theta_2": "-0.1", "w_23": "0.7", "theta_3": "0.2"},
        learning_rate="0.9",
    )


# O_2 = 0.574443, O_3 = 0.646139, -dE/dI_3 = 0.0809080, -dE/dI_2 = 0.0138450
SHOWN = [
    "Errj = Oj(1 - Oj)(Tj - Oj), Errj = Oj(1 - Oj) Σk Errk wjk",
    "Err_3 = (0.646)(1 - 0.646)(1 - 0.646) = 0.0810",
    "Err3 = 0.0809",
]


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize(("printed", "faults"), [("0.0138", 0), ("0.0238", 1)])
def test_a_word_is_that_of_node_errors_where_a_rule_or_a_number_shows_it(shown: str, printed: str, faults: int) -> None:
    found = sheet(f"{shown}\n\nErr2 = {printed}\n", numbered())
    assert [claim.verdict is Verdict.WRONG for claim in found.claims].count(True) == faults
    assert found.claims[-1].quantity == "dE/dI_2"


def test_what_is_added_to_the_number_of_a_weight_makes_its_next_value() -> None:
    # 0.4 + 0.9 * 0.0138 * 1 = 0.41242; the other has lost its rate
    found = sheet("Err3 = 0.0809\n\nErr2 = 0.0138\n\nw12 = 0.4 + (0.9)(0.0138)(1) = 0.412\n", numbered())
    assert not found.faults
    found = sheet("Err3 = 0.0809\n\nw12 = 0.4 + (0.0138)(1) = 0.4138\n", numbered())
    assert [(claim.quantity, claim.after) for claim in found.faults] == [("w_12", 1)]


def test_an_output_and_a_hidden_unit_may_bear_the_same_number() -> None:
    problem = problem_of(
        {
            "z_in1": "v_1*x",
            "z_1": "tanh(z_in1)",
            "y_in": "w_1*z_1",
            "y": "2/(1 + exp(-y_in)) - 1",
            "E": "(t - y)**2/2",
        },
        cost="E",
        inputs={"x": "1"},
        targets={"t": "1"},
        parameters={"v_1": "0.5", "w_1": "0.8"},
        learning_rate="0.2",
    )
    # z_1 = 0.46211716, y = tanh(0.4·z_1) = 0.18276994, delta of y 0.39497 = (1 - y)(1 - y²)/2,
    # delta_in1 = 0.31597, delta of z_1 0.24850, changes 0.03650 and 0.04970
    found = sheet(
        "delta_1 = (t - y)(1 + y)(1 - y)/2 = 0.3950\n\ndelta w1 = alpha delta_1 z1 = 0.0365\n\n"
        "delta_in1 = delta_1 w1 = (0.3950)(0.8) = 0.3160\n\n"
        "delta_1 (hidden) = delta_in1 (1 - z1^2) = 0.2485\n\ndelta v1 = alpha delta_1 x = 0.0497\n",
        problem,
    )
    assert not found.faults
    assert {claim.verdict for claim in found.claims} <= {Verdict.CORRECT, Verdict.CARRIED}


def test_the_delta_of_a_layer_by_its_word() -> None:
    found = sheet("Delta output = 0.0809\n\nw23 = w23 + 0.9 * O2 * Delta output = 0.742\n", numbered())
    assert not found.faults
    assert found.claims[0].quantity == "dE/dI_3"
    assert sheet("Delta output = 0.0909\n", numbered()).faults


def test_the_sign_of_node_errors_is_found_with_the_error_as_the_document_defines_it() -> None:
    # e = t - y beside a cost E: 0.353861, delta 0.0809080, change 0.9·0.574443·0.0809
    found = sheet("e = T3 - O3 = 0.3539\n\nδ3 = O3(1 - O3)e = 0.0809\n\nΔw23 = 0.9 × O2 × δ3 = 0.0418\n", numbered())
    assert {claim.verdict for claim in found.claims} <= {Verdict.CORRECT, Verdict.CARRIED}
