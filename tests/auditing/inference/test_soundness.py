"""Networks that the printed numbers bear out, and those that they contradict."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.soundness import bears_out
from symbackprop.network.file import read_problem
from tests.auditing.inference.sheets import evidence

PROBLEM = read_problem(
    "inputs.x = 2\nparameters.w = 0.5\nparameters.v = 3\n"
    'equations.z = "w*x"\nequations.a = "sigmoid(z)"\nequations.y = "v*a"'
)


VECTORS = read_problem(
    "inputs.x_1 = 2\nparameters.w_1 = 0.5\nparameters.w_2 = 3\n"
    'equations.z_1 = "w_1*x_1"\nequations.z_2 = "w_2*x_1"\nequations.y = "z_1 + z_2"'
)


@pytest.mark.parametrize(
    ("z", "sound"),
    [("[1.0, 6.0]", True), ("[1.0, 9.0]", True), ("[3.0, 5.0]", False)],  # y is 7 of the first
)
def test_entries_of_a_vector_are_held_against_their_equations(z: str, sound: bool) -> None:
    text = f"$w = [0.5, 3]$, $x = 2$, $z = w x = {z}$, $y = 7.0$"
    assert bears_out(evidence(text, "sheet.md"), VECTORS) is sound


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("z = 1.0\n\na = 0.7311\n\ny = 2.1932", True),
        ("z = 1.0\n\na = 0.7312\n\ny = 2.1936", True),
        ("z = 1.5\n\na = 0.8176\n\ny = 2.4528", True),
        ("z = 1.5\n\na = 0.7311", True),  # one error, from which nothing follows
        ("z = 4.0\n\na = 0.1\n\ny = 7.5", False),
        ("z = 1.0\n\na = 0.1\n\ny = 7.5", False),
        ("q = 1", True),
    ],
)
def test_printed_numbers_decide(text: str, sound: bool) -> None:
    assert bears_out(evidence(text), PROBLEM) is sound


def test_activations_do_not_bear_out_weights_that_no_sum_agrees_with() -> None:
    problem = read_problem(
        "inputs.x = 2\nparameters.w = 0.5\nparameters.v = 3\n"
        'equations.z = "w*x"\nequations.a = "sigmoid(z)"\nequations.s = "v*x"\nequations.b = "tanh(s)"'
    )
    # sigmoid(0.6) = 0.6457, tanh(0.4) = 0.3799; with the weights z is 1 and s is 6
    assert not bears_out(evidence("z = 0.600\n\na = 0.6457\n\ns = 0.400\n\nb = 0.3799"), problem)
    assert bears_out(evidence("z = 1.000\n\na = 0.7311\n\ns = 0.400\n\nb = 0.3799"), problem)
