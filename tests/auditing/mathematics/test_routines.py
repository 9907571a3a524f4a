"""Functions that programs define."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated


@pytest.mark.parametrize("mode", [Mode.PROSE, Mode.CODE])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def sigmoid(x): return 1 / (1 + np.exp(-x))", ["sigmoid(x) = (/ 1 (+ 1 exp(-x)))"]),
        ("def sigmoid(x):\n    return 1 / (1 + np.exp(-x))", ["sigmoid(x) = (/ 1 (+ 1 exp(-x)))"]),
        ("def sigmoid_prime(z):\n    s = sigmoid(z)\n    return s * (1 - s)",
         ["sigmoid_prime(z) = (* sigmoid(z) (+ 1 -sigmoid(z)))"]),
        ("function dSigmoid(y) { return y * (1 - y); }", ["dSigmoid(y) = (* y (+ 1 -y))"]),
        ("def train(x, y): return x * y", []),
        ("return x * (1 - x)", []),
    ],
)  # fmt: skip
def test_a_function_of_one_variable_is_an_equation(text: str, found: list[str], mode: Mode) -> None:
    assert stated(text, mode) == found
