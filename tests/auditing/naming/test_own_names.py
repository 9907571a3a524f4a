"""Documents whose names are not those of the network file: which is which, and what is left as it is."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.naming.own_names import own_names
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of


def two_two_one() -> Problem:
    """w_12 leads from the input 1 to the unit 2."""
    return problem_of(
        {
            "z_1": "w_11*x_1 + w_21*x_2 + b_1",
            "z_2": "w_12*x_1 + w_22*x_2 + b_2",
            "h_1": "sigmoid(z_1)",
            "h_2": "sigmoid(z_2)",
            "z": "v_1*h_1 + v_2*h_2",
            "o": "sigmoid(z)",
            "E": "(y - o)**2/2",
        },
        cost="E",
        inputs={"x_1": "0.6", "x_2": "0.9"},
        targets={"y": "0.7"},
        parameters={
            "w_11": "0.2",
            "w_12": "-0.3",
            "w_21": "0.4",
            "w_22": "0.1",
            "b_1": "0.1",
            "b_2": "-0.2",
            "v_1": "0.5",
            "v_2": "-0.6",
        },
        learning_rate="0.5",
    )


GIVEN = "$w_{11} = 0.2, w_{12} = 0.4, w_{21} = -0.3, w_{22} = 0.1$\n\n"
TURNED = (
    GIVEN
    + r"""
$z_1 = w_{11} x_1 + w_{12} x_2 + b_1 = 0.2 \cdot 0.6 + 0.4 \cdot 0.9 + 0.1 = 0.58$

$z_2 = w_{21} x_1 + w_{22} x_2 + b_2 = -0.3 \cdot 0.6 + 0.1 \cdot 0.9 - 0.2 = -0.29$
"""
)
OTHERS = r"""
$i_1 = 0.6$, $i_2 = 0.9$, $t = 0.7$, $\theta_3 = 0.1$, $\theta_4 = -0.2$

$net_3 = w_1 i_1 + w_2 i_2 + \theta_3 = 0.2 \cdot 0.6 + 0.4 \cdot 0.9 + 0.1 = 0.58$

$net_4 = w_3 i_1 + w_4 i_2 + \theta_4 = -0.3 \cdot 0.6 + 0.1 \cdot 0.9 - 0.2 = -0.29$

$out_3 = \sigma(net_3)$, $out_4 = \sigma(net_4)$

$net_5 = w_5 out_3 + w_6 out_4 = 0.5 \cdot 0.6411 - 0.6 \cdot 0.428 = 0.0637$

$out_5 = \sigma(net_5)$
"""
FOLLOWS = [
    "$z_1 = w_{11} x_1 + w_{21} x_2 + b_1 = 0.2 \\cdot 0.6 + 0.4 \\cdot 0.9 + 0.1 = 0.58$",
    "$z_1 = w_{11} x_1 + w_{21} x_2 + b_1 = 0.6 \\cdot 0.2 + 0.9 \\cdot 0.4 + 0.1 = 0.58$",  # factors in another order
    "$z_1 = w_{11} x_1 + w_{12} x_2 + b_1 = 0.2 \\cdot 0.6 + 0.4 \\cdot 0.9 + 0.1 = 0.58$",  # one slip of an index
    "$z_2 = w_{11} x_1 + w_{21} x_2 + b_1 = 0.2 \\cdot 0.6 + 0.4 \\cdot 0.9 + 0.1 = 0.58$",  # a slip of the label
    # of a number
    "$w_{12} = 0.4$\n\n$z_2 = w_{12} x_1 + w_{22} x_2 + b_2 = 0.4 \\cdot 0.6 + 0.1 \\cdot 0.9 - 0.2 = 0.13$",
    GIVEN + "$z_1 = w_{11} x_1 + w_{21} x_2 + b_1 = 0.2 \\cdot 0.6 - 0.3 \\cdot 0.9 + 0.1 = -0.05$",  # of both numbers
]


def _names(text: str) -> dict[str, str]:
    return own_names(two_two_one(), read_statements(read_text(text, "sheet.md")[1]))


def _audit(text: str) -> Audit:
    return audit(*read_text(text, "sheet.md"), two_two_one())


def test_an_order_of_indices_is_another_one_as_a_whole() -> None:
    assert _names(TURNED) == {"w_12": "w_21", "w_21": "w_12"}


def test_other_names_are_known_by_their_numbers_and_formulas() -> None:
    assert _names(OTHERS) == {
        "x_1": "i_1",
        "x_2": "i_2",
        "y": "t",
        "b_1": "theta_3",
        "b_2": "theta_4",
        "w_11": "w_1",
        "w_21": "w_2",
        "w_12": "w_3",
        "w_22": "w_4",
        "v_1": "w_5",
        "v_2": "w_6",
        "z_1": "net_3",
        "z_2": "net_4",
        "h_1": "out_3",
        "h_2": "out_4",
        "z": "net_5",
        "o": "out_5",
    }


@pytest.mark.parametrize("text", FOLLOWS)
def test_a_single_slip_is_no_other_convention(text: str) -> None:
    assert _names(text) == {}


def test_a_bias_is_a_weight_of_an_input_that_is_1() -> None:
    formula = "w_{10} x_0 + w_{11} x_1 + w_{21} x_2 = 0.1 \\cdot 1 + 0.2 \\cdot 0.6 + 0.4 \\cdot 0.9"
    text = f"$x_0 = 1$\n\n$z_1 = {formula} = 0.58$"
    assert _names(text) == {"b_1": "w_10"}
    assert {claim.verdict for claim in _audit(text).claims} == {Verdict.CORRECT}


# 0.6411 (1 - 0.6411) 0.5 delta x_2, delta = (o - y) o (1 - o) at o = 0.5159: -0.00476
def test_lines_in_the_other_order_are_right() -> None:
    found = _audit(TURNED + "\n$w_{12} = 0.4 - 0.5 \\cdot (-0.0048) = 0.4024$\n")
    assert not found.faults
    assert found.count(Verdict.UNDECIDED) == 0


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("$\\frac{\\partial z_1}{\\partial w_{12}} = x_1$", "x_1"),
        ("$z_1 = w_{11} x_1 + w_{21} x_2 + b_1$", "w_{11} x_1 + w_{21} x_2 + b_1"),
        ("$z_1 = 0.68$", "0.68"),
    ],
)
def test_a_slip_among_lines_in_the_other_order_is_found(line: str, wrong: str) -> None:
    found = _audit(f"{TURNED}\n{line}\n")
    assert [claim.text for claim in found.faults] == [wrong]


def test_quantities_of_claims_bear_the_names_of_the_network() -> None:
    assert _audit(TURNED + "\n$w_{12} = 0.4$\n").claims[-1].quantity == "w_21"


THRESHOLDS = r"""
$\theta_1 = -0.1$, $\theta_2 = 0.2$

$s_1 = w_{11} x_1 + w_{21} x_2 - \theta_1 = 0.2 \cdot 0.6 + 0.4 \cdot 0.9 + 0.1 = 0.58$

$s_2 = w_{12} x_1 + w_{22} x_2 - \theta_2 = -0.3 \cdot 0.6 + 0.1 \cdot 0.9 - 0.2 = -0.29$
"""


def test_a_threshold_is_the_negative_of_a_bias() -> None:
    assert _names(THRESHOLDS) == {"z_1": "s_1", "z_2": "s_2", "b_1": "-theta_1", "b_2": "-theta_2"}
    assert {claim.verdict for claim in _audit(THRESHOLDS).claims} == {Verdict.CORRECT}
    (fault,) = _audit(THRESHOLDS + r"$\frac{\partial s_1}{\partial \theta_1} = 1$").faults
    assert fault.text == "1"
    assert fault.cause == "sign"


def test_a_bias_is_no_threshold_because_of_its_sign_alone() -> None:
    assert _names("$b_1 = -0.1$\n\n$z_1 = w_{11} x_1 + w_{21} x_2 + b_1 = 0.12 + 0.36 - 0.1 = 0.38$") == {}


def test_a_letter_in_an_index_is_a_name_where_a_number_is_given_for_it() -> None:
    assert _names(r"$net_o = v_1 h_1 + v_2 h_2 = 0.0637$") == {"z": "net_o"}
    assert _names(r"$net_o = v_1 h_1 + v_2 h_2$") == {}


def test_a_vector_is_not_the_quantity_that_has_no_value() -> None:
    problem = problem_of(
        {"z": "w*x", "u": "log(z - 5)", "E": "(t - z)**2/2 + 0*u"},
        cost="E",
        inputs={"x": "0.6"},
        targets={"t": "0.7"},
        parameters={"w": "0.2"},
    )
    text = "`i = 0.6`, `k = 0.2`\n\n`q = [i k, i]`\n\n`g = k i = 0.12`\n"
    assert own_names(problem, read_statements(read_text(text, "sheet.md")[1])) == {"x": "i", "w": "k", "z": "g"}
