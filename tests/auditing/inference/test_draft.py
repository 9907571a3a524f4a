"""The sections of a network file, as a document states them."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.draft import Draft
from tests.auditing.inference.sheets import MAZUR, drafted


def test_leaves_by_their_kinds() -> None:
    leaves = drafted(MAZUR).leaves
    assert set(leaves["inputs"]) == {"i1", "i2"}
    assert set(leaves["targets"]) == {"target_o1", "target_o2"}
    assert set(leaves["parameters"]) == {"w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "b1", "b2"}


def test_training() -> None:
    found = drafted(MAZUR)
    assert (found.cost, found.learning_rate, set(found.frozen), found.decimals) == ("E_total", "0.5", {"b1", "b2"}, 9)


def test_a_bias_that_is_updated_is_not_frozen() -> None:
    assert drafted(MAZUR + "\nb1+ = b1 - eta*dE_total/db1 = 0.35 - 0.5*0.01 = 0.345").frozen == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("z = w*x = 0.5*2 = 1.0", ()),
        ("z = w*x + b", ("w", "x", "b")),
        ("w = 0.5\n\nz = w*x", ("x",)),
        ("w = 0.5, x = 2, v = 1\n\na = sigmoid(z) = 0.7311\n\ny = v*a", ("z",)),
        ("w = 0.5, x = 2\n\nh = 0.8808 \n\ny = w*h = 0.5*0.8808 = 0.4404", ("h",)),
    ],
)
def test_what_is_missing_is_named(text: str, missing: tuple[str, ...]) -> None:
    assert drafted(text).missing == missing


def test_an_input_for_which_two_numbers_stand_is_not_stated() -> None:
    assert drafted("z1 = x*w1 = 0.1*2 = 0.2\n\nz2 = x*w2 = 0.3*2 = 0.6").missing == ("x",)


def test_lists_in_a_sentence() -> None:
    text = "given inputs 0.05 and 0.10.\n\nw1 = 0.15, w2 = 0.2\n\nz = w1*i1 + w2*i2 = 0.0275"
    assert drafted(text).leaves["inputs"] == {"i1": "0.05", "i2": "0.10"}


def test_notes_say_what_is_taken_from_elsewhere() -> None:
    notes = drafted(MAZUR).notes
    assert any("net_h2" in note and "net_h1" in note for note in notes)
    assert drafted("z = w*x = 0.5*2 = 1.0").notes == ()


def test_what_is_added_to_weighted_inputs_is_a_bias() -> None:
    given = "x = 2, w = 0.5, c = 0.05, t = 1\n\n"
    lines = "y = w*x + c = 0.5*2 + 0.05 = 1.05\n\nL = (y - t)^2 = (1.05 - 1)^2 = 0.0025\n\ndL/dy = 2*(y - t) = 0.10"
    assert drafted(given + lines).leaves["parameters"] == {"w": "0.5", "c": "0.05"}


def test_a_number_that_is_called_as_an_error_is_and_added_to_none() -> None:
    text = "x = 2, w = 0.5, c = 0.2\n\ny = w*x = 1.0\n\nE = (y - c)^2/2 = 0.32"
    assert drafted(text).values["c"] == "0.2"


@pytest.mark.parametrize(
    ("second", "meant"),
    [
        ("z_2 = w_3*x_1 + w_3*x_2 = 0.3*1 + 0.4*2", "w_3*x_1 + w_4*x_2"),  # w_4 is stated, and stands in no formula
        ("z_2 = w_3*x_1 + w_3*x_2 = 0.3*1 + 0.3*2", "w_3*x_1 + w_3*x_2"),
        ("z_2 = w_3*x_1 + w_1*x_2 = 0.3*1 + 0.2*2", "w_3*x_1 + w_1*x_2"),  # w_2 stands in z_1
    ],
)
def test_a_weight_whose_label_is_slipped_is_told_by_its_number(second: str, meant: str) -> None:
    text = f"x_1 = 1, x_2 = 2, w_1 = 0.1, w_2 = 0.2, w_3 = 0.3, w_4 = 0.4\n\nz_1 = w_1*x_1 + w_2*x_2 = 0.5\n\n{second}"
    assert drafted(text).equations["z_2"] == meant


def test_biases_that_are_called_as_weights_are_kept_where_the_words_say_so() -> None:
    text = (
        "z = x*w_1 + w_0 = 2*0.5 + 0.1 = 1.1\n\ny = sigmoid(z) = 0.7503\n\nE = (t - y)^2/2 = (1 - 0.7503)^2/2 = 0.0312"
    )
    update = "w_1+ = w_1 - eta*dE/dw_1 = 0.5 - 0.1*(-0.0936) = 0.5094"
    assert drafted(f"The biases stay as they are.\n\n{text}\n\n{update}").frozen == ("w_0",)
    assert drafted(f"{text}\n\n{update}").frozen == ("w_0",)  # weights are updated, it is not
    assert drafted(f"{text}\n\n{update}\n\nw_0+ = 0.1468").frozen == ()


def test_a_cost_that_is_supposed_and_left_out_is_not_spoken_of() -> None:
    assert Draft(supposed="L").notes == ()


def test_a_bias_under_any_name_is_updated_where_the_document_does_so() -> None:
    text = """
x = 2, w = 0.5, bo = 0.1, t = 1, eta = 0.5

y = w*x + bo = 0.5*2 + 0.1 = 1.1

E = (y - t)^2/2 = 0.005

w_new = 0.5 - 0.5*0.2 = 0.4

bo_new = 0.1 - 0.5*0.1 = 0.05
"""
    found = drafted(text)
    assert (found.leaves["parameters"], found.frozen) == ({"w": "0.5", "bo": "0.1"}, ())
