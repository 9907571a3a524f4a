"""Listings: of programs the assignments are claims, and so are their comments and outputs."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Kind, Mode
from tests.auditing.mathematics.writing import stated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import numpy as np\nw = np.array([0.1, 0.2])\nx = 0.5\n", []),
        ("import jax.numpy as jnp\nw = jnp.array([0.1, 0.2])\n", []),
        ("w = np.dot(a, b)\nprint(w)  # 0.4750\n", ["w = (* a b)", "w = 0.4750"]),
        ("w = np.dot(a, b)  # 0.4750\nw -= lr * dw  # the new weights", ["w = (* a b) = 0.4750", "w += -(* lr dw)"]),
        ("self.z = self.w * self.x  # z = 0.2 * 3 = 0.6\n", ["z = (* w x)", "z = (* 0.2 3) = 0.6"]),
        ("const h = 1 / (1 + Math.exp(-z));\nlet err = 0;\n", ["h = (/ 1 (+ 1 exp(-z)))"]),
        ("for i in range(9):\n    p = {'a': b}\n    f = open(x\n    s = 'w = 0.5 * x'\n", []),
        ("print(w)\n# [[ 0.1 0.2]\n# [ 0.3 0.4]]\n", ["mentions [0.1 0.2; 0.3 0.4]"]),
        (">>> f(w)\n0.35891648\n", ["mentions 0.35891648"]),
        (">>> print(h)\n[ 0.1877  0.2069]\n", ["h = list[0.1877 0.2069]"]),
        ("print(W)\n[[0.1 0.2]\n [0.3 0.4]]\n>>> print(b)\n0.5\n", ["W = [0.1 0.2; 0.3 0.4]", "b = 0.5"]),
        ("print(W)\nw = v * x\n", ["w = (* v x)"]),
        ("z1 = 0.1*0.2 = 0.02\nh1 = σ(z1)\n", ["z1 = (* 0.1 0.2) = 0.02", "h1 = sigmoid(z1)"]),
        ('print("#0.5")\n', []),
        ("for i in range(9):\n    if i % 1000 == 0:\n        pass\n", []),
        ("sigma = lambda z: 1/(1 + np.exp(-z))\n", []),
        ("% z = 0.2 * 3 = 0.6\nfunction f()\n", ["z = (* 0.2 3) = 0.6"]),
        ("w -= lr * net.weight * x\nimport torch\n", []),
    ],
)
def test_of_a_program_assignments_comments_and_outputs_are_read(text: str, found: list[str]) -> None:
    assert stated(text, Mode.CODE, Kind.CODE) == found


@pytest.mark.parametrize(
    "text",
    [
        "d = t - y;\nd = d * y * (1 - y);\nw = d * x;\n",
        "d = t - y;\nd = t + y;\n",
        "def forward(w, x):\n    z = w * x\n    return z\n",
        "double forward(double w, double x) {\n    double z = w * x;\n}\n",
    ],
)
def test_what_a_name_stands_for_there_may_change(text: str) -> None:
    assert stated(text, Mode.CODE, Kind.CODE) == []


def test_a_method_has_the_names_of_its_object() -> None:
    text = "def backward(self):\n    self.d = self.y - self.t\n"
    assert stated(text, Mode.CODE, Kind.CODE) == ["d = (+ y -t)"]
