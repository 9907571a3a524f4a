"""Chains: signs, lines, rows of displays."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated

P, I, D = Mode.PROSE, Mode.INLINE, Mode.DISPLAY  # noqa: E741


@pytest.mark.parametrize(
    ("mode", "text", "chains"),
    [
        (I, r"a = b \approx 0.3 \simeq 0.4", ["a = b ≈ 0.3 ≈ 0.4"]),
        (P, "a ≈ 0.5 == 0.5", ["a ≈ 0.5 = 0.5"]),
        (P, "w := w - 0.1 = 0.3", ["w := (+ w -0.1) = 0.3"]),
        (I, r"w \leftarrow w - 0.1", ["w := (+ w -0.1)"]),
        (P, "w ← 0.3", ["w := 0.3"]),
        (P, "w11(new) = w11 + Delta w11 = 0.4", ["w11+ = (+ w11 Δw11) = 0.4"]),
        (P, "Δ w_5 = 0.4", ["Δw_5 = 0.4"]),
        (I, r"\mathcal{L}(\hat y, y) = -\log \hat y", ["L = -log(yhat)"]),
        (P, "C(a, y) = (a - y)^2", ["C = (^ (+ a -y) 2)"]),
        (I, r"w_2 \to -0.861", ["w_2 → -0.861"]),
        (I, "dW_{hh} += da_t h_{t-1}", ["dW_hh += (* da_t h_t-1)"]),
        (P, "w -= 0.5 * 0.1", ["w += -(* 0.5 0.1)"]),
        (P, "E=y−t => 0.5−0.67=−0.17", ["E = (+ y -t) → (+ 0.5 -0.67) = -0.17"]),
        (I, r"z_1 = 0.5 > 0 \Rightarrow h=0.5", ["z_1 = 0.5", "h = 0.5"]),
        (P, "=0.5−0.61=−0.11=0.5−0.61=−0.11", ["= (+ 0.5 -0.61) = -0.11 = (+ 0.5 -0.61) = -0.11"]),
        (P, "y = a·b\n= 0.2 · 0.3\n= **0.06**", ["y = (* a b) = (* 0.2 0.3) = 0.06"]),
        (P, "y5=0.61\n=0.5−0.61=−0.11", ["y5 = 0.61", "= (+ 0.5 -0.61) = -0.11"]),
        (P, "y = 0.123456\n≈ 0.123", ["y = 0.123456 ≈ 0.123"]),
        (D, r"\begin{aligned} z &= a \\ &= 0.5 \\ &\approx 1 \end{aligned}", ["z = a = 0.5 ≈ 1"]),
        (D, r"z&=a b\\&=0.15\times0.05", ["z = (* a b) = (* 0.15 0.05)"]),
        (D, r"a &= 1 \\ b &= 2", ["a = 1", "b = 2"]),
        (D, r"a &= b \\ &\quad + c", ["a = (+ b c)"]),
        (D, r"a = b + \\ c", ["a = (+ b c)"]),
        (D, r"a &= 1 & b &= 2", ["a = 1", "b = 2"]),
        (D, r"a &&&= 1", ["a = 1"]),
        (D, r"net &= ... & = 0.5 \\ & = 1.4", ["net = ... = 0.5 = 1.4"]),
        (D, r"a = 9.2, \quad L = 0.64", ["a = 9.2", "L = 0.64"]),
        (D, r"a = 1 \text{ and } b = 2", ["a = 1", "b = 2"]),
        (D, r"\C = 1 \tag{2} \\ b = 2 \label{eq}", ["C = 1", "b = 2"]),
        (D, r"\boxed{a = 3}", ["a = 3"]),
        (D, r"a \color{red}{= 3}", ["a = 3"]),
        (D, r"a = \frac{1}{2}.", ["a = (/ 1 2)"]),
        (I, "a = ", ["unread"]),
        (I, "w_6^+=0.4", ["w_6+ = 0.4"]),
    ],
)
def test_chains_are_read(mode: Mode, text: str, chains: list[str]) -> None:
    assert stated(text, mode) == chains


@pytest.mark.parametrize(
    ("mode", "text", "chains"),
    [
        (P, "h1 : i1 * w1 = 2 * 0.15 = 0.30", ["h1 : (* i1 w1) = (* 2 0.15) = 0.30"]),
        (P, "*out: h1 * w5 = 0.286", ["out+ : (* h1 w5) = 0.286"]),
        (P, "w1 : 0.15", ["w1 : 0.15"]),
        (I, "W_{xh}: 0.5 - 0.1(-0.48930)= 0.54893", ["W_xh : (+ 0.5 -(* 0.1 -0.48930)) = 0.54893"]),
        (P, "Step 3: x = 0.5", ["x = 0.5"]),
        (P, "Update: w5 = 0.5", ["w5 = 0.5"]),
        (P, "h1: net_h1 = 0.5", ["net_h1 = 0.5"]),
        (P, "So: 0.527.", ["mentions 0.527"]),
        (P, "Layer1: 0.5 + 0.25", ["mentions (+ 0.5 0.25)"]),
    ],
)
def test_a_colon_is_a_sign_only_after_a_name(mode: Mode, text: str, chains: list[str]) -> None:
    assert stated(text, mode) == chains


def test_a_chain_is_bounded() -> None:
    assert stated("a" + " = a" * 1000, I)[0] == "unread"
