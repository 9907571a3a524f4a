"""Expressions as programs write them; what stands left of the sign is always y."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated

PROGRAMS = [
    ("np.dot(W1, x) + b1", "(+ (* W1 x) b1)"),
    ("W2.T.dot(d2) * a1", "(* (* W2ᵀ d2) a1)"),
    ("torch.matmul(x, W.t())", "(* x Wᵀ)"),
    ("np.dot(d, a.transpose())", "(* d aᵀ)"),
    ("np.outer(d, x)", "(* column(d) row(x))"),
    ("np.multiply(d, a)", "(⊙ d a)"),
    ("1 - np.power(a, 2)", "(+ 1 -(^ a 2))"),
    ("1 - np.square(a)", "(+ 1 -(^ a 2))"),
    ("Math.pow(t - o, 2) / 2", "(/ (^ (+ t -o) 2) 2)"),
    ("1 / (1 + Math.exp(-z))", "(/ 1 (+ 1 exp(-z)))"),
    ("np.subtract(a, t)", "(+ a -t)"),
    ("np.sum(d)", "sum(d)"),
    ("np.sum(d, axis=1, keepdims=True)", "sum_1(d)"),
    ("d.sum(axis=0)", "sum_0(d)"),
    ("np.sum(d, 0)", "sum_0(d)"),
    ("np.mean((t - o)**2)", "mean((^ (+ t -o) 2))"),
    ("d.reshape(-1, 1) * a.reshape(1, -1)", "(* column(d) row(a))"),
    ("d[:, None] * a[None, :]", "(* column(d) row(a))"),
    ("d[:, np.newaxis] * a", "(* column(d) a)"),
    ("d.copy() + a.detach().numpy()", "(+ d a)"),
    ("np.maximum(0, z)", "relu(z)"),
    ("d * (z > 0)", "(* d relu'(z))"),
    ("np.where(z > 0, 1, 0)", "relu'(z)"),
    ("np.where(z > 0, z, 0)", "relu(z)"),
    ("self.w5 - self.lr * this.d5", "(+ w5 -(* lr d5))"),
    ("params['W1'] - lr * grads['dW1']", "(+ W1 -(* lr dW1))"),
    ('grads["W1"] * 2', "(* grad W1 2)"),
    ("weights['h1'] * 2", "(* weights_'h1' 2)"),
    ("d * sigmoid_derivative(a1)", "(* d sigmoid_derivative(a1))"),
    ("d * tanhPrime(z)", "(* d tanhPrime(z))"),
]


@pytest.mark.parametrize("mode", [Mode.PROSE, Mode.CODE])
@pytest.mark.parametrize(("text", "tree"), PROGRAMS)
def test_an_expression_of_a_program_is_read(mode: Mode, text: str, tree: str) -> None:
    assert stated(f"y = {text}", mode) == [f"y = {tree}"]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (r"db = np.sum(dZ^{[2]}, axis = 1, keepdims = True)", "db = sum_1(dZ^[2])"),
        (r"Z = np.dot(W, X) + b", "Z = (+ (* W X) b)"),
    ],
)
def test_a_function_of_a_module_is_read_in_tex_too(text: str, tree: str) -> None:
    assert stated(text, Mode.DISPLAY) == [tree]


@pytest.mark.parametrize("text", ["(z > 0.5) * d", "np.where(z > 0, 1, 0.01)", "np.foo(a, axis=2)", "np.sum(d, axis="])
def test_what_programs_may_say_besides_is_not_guessed(text: str) -> None:
    assert not any("relu" in found for found in stated(f"y = {text}"))


def test_a_bracket_after_a_letter_is_a_factor_though_a_method_is_called_so() -> None:
    assert stated("y = t(1 - t)") == ["y = (* t (+ 1 -t))"]
