"""Equations within sentences: where they begin, where they end, and what is none."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Kind, Mode
from tests.auditing.mathematics.writing import stated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("z0 = (x0 * w0) + b z0 = (2 * 0.15) + 0.5 = 0.8", ["z0 = (+ (* x0 w0) b)", "z0 = (+ (* 2 0.15) 0.5) = 0.8"]),
        ("O0 = sigmoid(z0) O0 = sigmoid(2.87) = 0.9463", ["O0 = sigmoid(z0)", "O0 = sigmoid(2.87) = 0.9463"]),
        (
            "-0.0631 * 0.9463 = -0.0597Step 5. Find dC/dw6Weight 6: dC/dw6 = dC/dz3 * O0",
            ["(* -0.0631 0.9463) = -0.0597", "mentions ∂(C, w6)", "∂(C, w6) = (* ∂(C, z3) O0)"],
        ),
        ("Step 8 : Finding dO0/dz0 dO0/dz0 = O0", ["mentions ∂(O0, z0)", "∂(O0, z0) = O0"]),
        ("1.5 = 3/10 * 10/2 1.5 = 30/20 1.5 = 1.5", ["1.5 = (/ (* (/ 3 10) 10) 2)", "1.5 = (/ 30 20)", "1.5 = 1.5"]),
        ("b0=0.5, b1=0.5, b3-02.", ["b0 = 0.5", "b1 = 0.5"]),
        ("wpr*Ap = (2.5)*(1) = 3.7, so Ar = 1.", ["(* wpr Ap) = (* 2.5 1) = 3.7", "Ar = 1"]),
        ("1.8,, so Ao = 1.", ["mentions 1.8", "Ao = 1"]),
        ("the error is 0.0759. Now w = 0.3. Then", ["mentions 0.0759", "w = 0.3"]),
        ("eo = target value - computed value = 1 - 0 = 1", ["eo = (+ target value -computed value) = (+ 1 -0) = 1"]),
        ("w = old_w - learning_rate(dC/dw_n) where dw_n is", ["w = (+ old w -(* learning_rate ∂(C, w_n)))"]),
        ("z3 = (00 * w6) + b", ["z3 = (+ (* 00 w6) b)"]),
        ("Forward pass – z1 = 0.3", ["z1 = 0.3"]),
        ("- z1 = 0.3", ["z1 = 0.3"]),
        ("delta = target-output = 0.4", ["delta = (+ target -output) = 0.4"]),
        ("x1, x2 = 0.05, 0.10", ["list[x1 x2] = list[0.05 0.10]"]),
        ("net = w1*i1 + b1 (net input of h1) = 0.3775", ["net = (+ (* w1 i1) b1) = 0.3775"]),
        ("Epoch 1: loss = 0.2984, Epoch 2 - loss = 0.2910", ["loss = 0.2984", "loss = 0.2910"]),
        ("Total Error = 0.25 + 0.5 = 0.75", ["Total Error = (+ 0.25 0.5) = 0.75"]),
        ("0,15 * 0,05 + 0,2 = 0,2075", ["(+ (* 0,15 0,05) 0,2) = 0,2075"]),
        ("0.1 and 0,15 = 0,15", ["mentions 0.1"]),
        ("z1 = w1 x = 0.4 * 1.5", ["z1 = (* w1 x) = (* 0.4 1.5)"]),
        ("net = v1 h1 + v2 h2 = 0.425", ["net = (+ (* v1 h1) (* v2 h2)) = 0.425"]),
        ("x = 2\nz = w x = 0.3\ny = v x = 0.4", ["x = 2", "z = (* w x) = 0.3", "y = (* v x) = 0.4"]),
        ("y = h  x = 0.5", ["y = h", "x = 0.5"]),
        ("dE/dy = y - t dE/dy = 0.5 - 0.1", ["∂(E, y) = (+ y -t)", "∂(E, y) = (+ 0.5 -0.1)"]),
        ("ddot = 0.2\ng = w0 ddot = 2 * 0.2", ["ddot = 0.2", "g = (* w0 ddot) = (* 2 0.2)"]),
        ("g = w0 ddot = 2 * 0.2", ["g = w0", "ddot = (* 2 0.2)"]),
        ("x = 2, y = h x = 0.5", ["x = 2", "y = h", "x = 0.5"]),
        ("dC/dz = dC/dy dy/dz = -0.5 * 0.2", ["∂(C, z) = (* ∂(C, y) ∂(y, z)) = (* -0.5 0.2)"]),
        ("∂C/∂z = ∂C/∂y ∂y/∂z = 0.1", ["∂(C, z) = (* ∂(C, y) ∂(y, z)) = 0.1"]),
        ("∂C/∂z = ∂C/∂y ∂y/∂z", ["∂(C, z) = (* ∂(C, y) ∂(y, z))"]),
        ("dC/dw = dC/dy dy/dz dz/dw = 0.1", ["∂(C, w) = (* ∂(C, y) ∂(y, z) ∂(z, w)) = 0.1"]),
        ("dC/dw = dC/dz x = 0.1", ["∂(C, w) = (* ∂(C, z) x) = 0.1"]),
        ("∂C/∂w1 = ∂C/∂z x1 = 0.1", ["∂(C, w1) = (* ∂(C, z) x1) = 0.1"]),
        ("∂C/∂b = ∂C/∂z ∂C/∂w = 0.1", ["∂(C, b) = ∂(C, z)", "∂(C, w) = 0.1"]),
        ("dC/db = dC/dz dC/dw = 0.1", ["∂(C, b) = ∂(C, z)", "∂(C, w) = 0.1"]),
        ("dC/dw = dC/dz a lot", ["∂(C, w) = ∂(C, z)"]),
        ("y = 1, dC/db = dC/dz y = 1", ["y = 1", "∂(C, b) = ∂(C, z)", "y = 1"]),
        ("x = the input", []),
        ("input → hidden → output", []),
        ("z = w1 times x1 = 0.3", ["unread"]),
        ("w_2' = w_2 + 0.1*d_4*x_2 w_2' = 0.5", ["w_2+ = (+ w_2 (* 0.1 d_4 x_2))", "w_2+ = 0.5"]),
        ("dU += (y-y_[t]) * dy.reshape(-1, 1) * h[t]   (code)", ["dU += (* (+ y -y__t) column(dy) h_t)"]),
        ("<<<<<<< HEAD\nx = 1.5\n=======\ny = 2", ["x = 1.5", "y = 2"]),
    ],
)
def test_a_sentence_gives_its_equations(text: str, found: list[str]) -> None:
    assert stated(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("total error from 0.298371109 to 0.291027924", ["mentions 0.298371109", "mentions 0.291027924"]),
        ("after 10000 steps 0.000035085 remains", ["mentions 0.000035085"]),
        ("Step 3 in 2015 with 2 inputs", []),
        ("Section 3.2 and Figure 1.5", []),
        ("it falls 1.259 → 1.052", ["mentions 1.259", "mentions 1.052"]),
        ("0.015912196 (vs 0.01 target)", ["mentions 0.015912196", "mentions 0.01"]),
        ("it is 92% sure of [0.1, 0.9]", ["mentions 92%", "mentions list[0.1 0.9]"]),
        ("the one at 1e-5", ["mentions 1e-5"]),
        ("version 1.2.3 of it", []),
    ],
)
def test_numbers_in_sentences_are_mentioned(text: str, found: list[str]) -> None:
    assert stated(text) == found


def test_a_display_without_a_sign_is_mentioned() -> None:
    assert stated(r"f_t * c_{t-1} + i_t", Mode.DISPLAY, Kind.DISPLAY) == ["mentions (+ (* f_t c_t-1) i_t)"]
