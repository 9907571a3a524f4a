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


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("z = 1.0\n\na = 0.7311\n\ny = 2.1932", True),
        ("z = 1.0\n\na = 0.7312\n\ny = 2.1936", True),
        ("z = 1.5\n\na = 0.8176\n\ny = 2.4528", True),
        ("z = 4.0\n\na = 0.1\n\ny = 7.5", False),
        ("z = 1.0\n\na = 0.1\n\ny = 7.5", False),
        ("q = 1", True),
    ],
)
def test_printed_numbers_decide(text: str, sound: bool) -> None:
    assert bears_out(evidence(text), PROBLEM) is sound
