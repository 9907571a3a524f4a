"""Listings: programs are no claims, their comments and outputs are."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Kind, Mode
from tests.auditing.mathematics.writing import stated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import numpy as np\nw = np.array([0.1, 0.2])\nx = 0.5\n", []),
        ("w = np.dot(a, b)\nprint(w)  # 0.4750\n", ["mentions 0.4750"]),
        ("print(w)\n# [[ 0.1 0.2]\n# [ 0.3 0.4]]\n", ["mentions [0.1 0.2; 0.3 0.4]"]),
        (">>> f(w)\n0.35891648\n", ["mentions 0.35891648"]),
        ("z1 = 0.1*0.2 = 0.02\nh1 = σ(z1)\n", ["z1 = (* 0.1 0.2) = 0.02", "h1 = sigmoid(z1)"]),
        ('print("#0.5")\n', []),
    ],
)
def test_of_a_program_only_comments_and_outputs_are_read(text: str, found: list[str]) -> None:
    assert stated(text, Mode.CODE, Kind.CODE) == found
