"""Weighted sums in numbers alone, by the names of the numbers."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted, inferred

FORWARD = """
x1 = 0.5, x2 = -0.6, w1 = 0.3, w2 = -0.2, w3 = 0.1, w4 = 0.4, w5 = 0.7, w6 = -0.9, b1 = 0.25, b2 = -0.15, b3 = 0.35

{first}

{second}

H1out = sigmoid(0.52) = 0.6271

H2out = sigmoid(-0.34) = 0.4158

Oin = 0.7*0.6271 - 0.9*0.4158 + 0.35 = 0.4147

Oout = sigmoid(0.4147) = 0.6022
"""
# 0.3*0.5 + (-0.2)(-0.6) + 0.25 = 0.52, 0.1*0.5 + 0.4*(-0.6) - 0.15 = -0.34, 0.43897 - 0.37422 + 0.35 = 0.41475
FIRST = "H1in = 0.3*0.5 + (-0.2)*(-0.6) + 0.25 = 0.52"
SECOND = "H2in = 0.1*0.5 + 0.4*(-0.6) - 0.15 = -0.34"
EQUATIONS = {
    "H1in": "w1*x1 + w2*x2 + b1",
    "H1out": "sigmoid(H1in)",
    "H2in": "w3*x1 + w4*x2 + b2",
    "H2out": "sigmoid(H2in)",
    "Oin": "w5*H1out + w6*H2out + b3",
    "Oout": "sigmoid(Oin)",
}


def test_every_number_of_a_sum_has_a_name() -> None:
    found = drafted(FORWARD.format(first=FIRST, second=SECOND))
    assert found.equations == EQUATIONS
    assert found.leaves["inputs"] == {"x1": "0.5", "x2": "-0.6"}
    assert found.values["w6"] == "-0.9"


def test_the_source_may_stand_before_the_weight() -> None:
    made = drafted(FORWARD.format(first="H1in = 0.5*0.3 + (-0.6)*(-0.2) + 0.25 = 0.52", second=SECOND)).equations
    assert made["H1in"] == "x1*w1 + x2*w2 + b1"


def test_a_number_without_a_name_is_no_formula_and_its_unit_is_missing() -> None:
    text = FORWARD.format(first="H1in = 0.33*0.5 + (-0.25)*(-0.6) + 0.1 = 0.415", second=SECOND)
    found = inferred(text.replace("(0.52) = 0.6271", "(0.415) = 0.6023").replace("0.7*0.6271", "0.7*0.6023"))
    assert found.missing == ("H1in",)


def test_the_wrong_weight_in_one_place_is_told_by_all_others() -> None:
    # 0.1*0.5 + (-0.2)*(-0.6) - 0.15 = 0.02: w2 stands where w4 belongs
    text = FORWARD.format(first=FIRST, second="H2in = 0.1*0.5 + (-0.2)*(-0.6) - 0.15 = 0.02")
    made = drafted(text.replace("sigmoid(-0.34) = 0.4158", "sigmoid(0.02) = 0.5050")).equations
    assert made["H2in"] == "w3*x1 + w4*x2 + b2"


def test_weights_with_the_same_number_are_told_by_their_indices() -> None:
    text = """
x_1 = 1, x_2 = 2, w_11 = 0.5, w_12 = 0.5, w_21 = 0.3, w_22 = 0.4

z_1 = 0.5*1 + 0.5*2 = 1.5

z_2 = 0.3*1 + 0.4*2 = 1.1
"""
    made = drafted(text).equations
    assert (made["z_1"], made["z_2"]) == ("w_11*x_1 + w_12*x_2", "w_21*x_1 + w_22*x_2")


def test_weights_that_nothing_tells_apart_are_not_guessed() -> None:
    text = "x_1 = 1, x_2 = 2, p = 3, w_a = 0.5, w_b = 0.5\n\nz = 0.5*1 + 0.5*2 = 1.5"
    assert "z" not in drafted(text).equations


SHARED = """
x_1 = 1, x_2 = 2, w_1 = 0.3, w_2 = 0.4, w_3 = 0.5, w_4 = 0.6, {biases}

net_h1 = 0.3*1 + 0.4*2 + 0.7 = 1.8

net_h2 = 0.5*1 + 0.6*2 + 0.7 = 2.4
"""


@pytest.mark.parametrize(
    ("biases", "used"),
    [
        ("b_1 = 0.7", ("b_1", "b_1")),
        ("b_1 = 0.7, b_2 = 0.7", ("b_1", "b_2")),
        ("c = 0.7", ("c", "c")),
        ("b_3 = 0.7, b_4 = 0.7", ("b_3", "b_4")),
    ],
)
def test_a_bias_is_shared_where_there_is_one(biases: str, used: tuple[str, str]) -> None:
    found = drafted(SHARED.format(biases=biases))
    assert [found.equations[head].rpartition(" + ")[2] for head in ("net_h1", "net_h2")] == [*used]


def test_activations_are_used_and_not_the_net_inputs_that_they_are_equal_to() -> None:
    text = """
w_1 = 0.6, w_2 = 0.4, v_1 = 0.2, v_2 = 0.3, x = 2

z_1 = 0.6*2 = 1.2

z_2 = 0.4*2 = 0.8

h_1 = max(0, z_1) = 1.2

h_2 = max(0, z_2) = 0.8

y = 0.2*1.2 + 0.3*0.8 = 0.48
"""
    assert drafted(text).equations["y"] == "v_1*h_1 + v_2*h_2"


def test_the_entries_of_a_vector_have_names() -> None:
    text = "x = (0.5, -2, 3), w_1 = 0.2, w_2 = 0.3, w_3 = 0.4\n\nz = 0.2*0.5 + 0.3*(-2) + 0.4*3 = 0.7"
    assert drafted(text, "sheet.md").equations["z"] == "w_1*x_1 + w_2*x_2 + w_3*x_3"


def test_gradients_are_no_weighted_sums() -> None:
    text = "x = 0.5, w_1 = 0.4, w_2 = 0.2\n\nz = 0.4*0.5 = 0.20\n\ndelta_1 = 0.2*0.5 = 0.1\n\nGRAD_1 = 0.2*0.5 = 0.1"
    assert [*drafted(text).equations] == ["z"]


def test_a_bias_of_the_other_sign_is_not_taken_where_some_have_the_one_that_is_written() -> None:
    text = "x_1 = 1, x_2 = 2, w_1 = 0.3, w_2 = -0.7, w_3 = 0.4, b_3 = 0.7, b_4 = 0.7\n\nz = 0.3*1 + 0.4*2 + 0.7 = 1.8"
    assert "z" not in drafted(text).equations


def test_an_entry_of_a_vector_that_has_a_formula_needs_none() -> None:
    text = "x = (1, 2), W = [[0.3, 0.4], [0.5, 0.6]]\n\nz = W x = [1.1, 1.7]\n\nz_1 = 0.3*1 + 0.4*2 = 1.1"
    assert drafted(text, "sheet.md").equations["z_1"] == "W_11*x_1 + W_12*x_2"
