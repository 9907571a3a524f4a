"""Expressions before and after reading; what stands left of the sign is always y."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated

P, I, C = Mode.PROSE, Mode.INLINE, Mode.CODE  # noqa: E741

FRACTIONS = [
    (I, r"\frac{a}{b}", "(/ a b)"),
    (I, r"\dfrac{1}{2} \tfrac{1}{2} \cfrac{1}{2}", "(* (/ 1 2) (/ 1 2) (/ 1 2))"),
    (I, r"\nicefrac{1}{2}", "(/ 1 2)"),
    (I, r"\frac12", "(/ 1 2)"),
    (I, r"\frac1{2+z}", "(/ 1 (+ 2 z))"),
    (I, r"{1 \over 2}", "(/ 1 2)"),
    (P, "/frac{1} {1 + e^0.7}", "(/ 1 (+ 1 exp(0.7)))"),
    (P, "a/b*c/d", "(/ (* (/ a b) c) d)"),
    (P, "1/2 * 0.3", "(* (/ 1 2) 0.3)"),
    (P, "½(t - o)²", "(* (/ 1 2) (^ (+ t -o) 2))"),
    (I, r"1/(1+e^{-x})", "(/ 1 (+ 1 exp(-x)))"),
]
PRODUCTS = [
    (P, "0.3*0.5", "(* 0.3 0.5)"),
    (P, "0.3 · 0.5 × 2 ∗ 4 ⋅ 5", "(* 0.3 0.5 2 4 5)"),
    (I, r"a \cdot b \times c \ast d", "(* a b c d)"),
    (P, "0.3 x 0.5", "(* 0.3 0.5)"),
    (C, "0.3x0.5", "(* 0.3 0.5)"),
    (P, "0.3(0.426)", "(* 0.3 0.426)"),
    (P, "(1)(-0.3) + (0.4750)(-0.1)", "(+ (* 1 -0.3) (* 0.4750 -0.1))"),
    (I, "2x", "(* 2 x)"),
    (I, r"\delta_{o1} out_{h1}", "(* δ_o1 out_h1)"),
    (C, "W1 x + b1", "(+ (* W1 x) b1)"),
    (C, "δ2 a1ᵀ", "(* δ2 a1ᵀ)"),
    (P, "w1 x1 + w2 x2 + b", "(+ (* w1 x1) (* w2 x2) b)"),
    (I, r"out_{h1}(1 - out_{h1})", "(* out_h1 (+ 1 -out_h1))"),
    (P, "0.525 _ (1 - 0.525) _ 0.1311", "(* 0.525 (+ 1 -0.525) 0.1311)"),
    (P, r"0.9 \_ ( - 0.0087 )", "(* 0.9 -0.0087)"),
    (P, "0.9 _ ( - 0.0065 ) (1)", "(* 0.9 -0.0065 1)"),
    (C, "(W2ᵀ δ2) ⊙ a", "(⊙ (* W2ᵀ δ2) a)"),
    (I, r"a \odot b \circ c", "(⊙ a b c)"),
    (C, "W @ x", "(* W x)"),
    (I, r"2 \text{softmax}(z)_1", "(* 2 softmax_1)"),
    (I, r"[-2(1 - u)]\cdot(1 - u)", "(* (* -2 (+ 1 -u)) (+ 1 -u))"),
    (I, r"\eta\delta_jx_i", "(* η δ_j x_i)"),
    (P, "ηδ_j", "(* η δ_j)"),
]
CROSSES = [
    (P, "w_2' x out_h1", "(* w_2+ out_h1)"),
    (P, "w_5+ x 0.3 + b", "(+ (* w_5+ 0.3) b)"),
    (P, "0.5² x 2", "(* (^ 0.5 2) 2)"),
    (P, "δ⁺ x w", "(* δ+ w)"),
    (P, "w_5+ * 0.3", "(* w_5+ 0.3)"),
    (P, "(a + b) x (c) x -0.2", "(* (+ a b) c -0.2)"),
    (P, "3 + x y", "(+ 3 (* x y))"),
    (I, "a x b", "(* a x b)"),
]
POWERS = [
    (P, "a**2 + a^2 + a² + a^(2 - 1)", "(+ (^ a 2) (^ a 2) (^ a 2) (^ a (+ 2 -1)))"),
    (I, "(t-o)^{2-1}", "(^ (+ t -o) (+ 2 -1))"),
    (I, "w_5^{(1-1)}", "(^ w_5 (+ 1 -1))"),
    (I, "a^m^n", "(^ a (^ m n))"),
    (P, "2^3^2 + x**2**3", "(+ (^ 2 (^ 3 2)) (^ x (^ 2 3)))"),
    (C, "9**9**9**9", "(^ 9 (^ 9 (^ 9 9)))"),
    (P, "2**-3**2", "(^ 2 -(^ 3 2))"),
    (P, "(0.92 - 0.6445) ** 2", "(^ (+ 0.92 -0.6445) 2)"),
    (I, "-a^2", "-(^ a 2)"),
    (P, "e⁻ˣ + e^-0.1 + e^0.7", "(+ exp(-x) exp(-0.1) exp(0.7))"),
    (I, "e^{-net_{h1}} + e^-I_{j}", "(+ exp(-net_h1) exp(-I_j))"),
    (I, r"\tanh^2(z)", "(^ tanh(z) 2)"),
    (I, r"\sqrt{2} + \sqrt x", "(+ sqrt(2) sqrt(x))"),
    (P, "√2 + sqrt(3)", "(+ sqrt(2) sqrt(3))"),
]
CALLS = [
    (P, "sigmoid(z1) + logistic(z1) + σ(z1)", "(+ sigmoid(z1) sigmoid(z1) sigmoid(z1))"),
    (I, r"\exp(-x) + \exp\left(-\frac{x}{2}\right)", "(+ exp(-x) exp(-(/ x 2)))"),
    (I, r"-\log(0.659) + \ln y", "(+ -log(0.659) log(y))"),
    (I, r"\max(0, z)", "max(0, z)"),
    (I, r"\operatorname{ReLU}(z)", "relu(z)"),
    (I, r"\sigma'(z_1) + \sigma^{\prime}(z) + g^\prime(c_t)", "(+ sigmoid'(z_1) sigmoid'(z) g'(c_t))"),
    (I, r"\sigma^{}(z)", "sigmoid(z)"),
    (I, "a^3_j + a^3 + a_j^3", "(+ a^3_j (^ a 3) (^ a_j 3))"),
    (I, r"\frac{\partial C}{\partial W^3} + \frac{C}{V^3}", "(+ ∂(C, W^3) (/ C (^ V 3)))"),
    (P, "-η o_i δ_j", "(* -η o_i δ_j)"),
    (I, r"\tanh\big(z^{(1)}\big)", "tanh(z^(1))"),
    (P, "F(0.21) + f(net)", "(+ F(0.21) f(net))"),
    (P, "S(1 - S)", "(* S (+ 1 -S))"),
    (C, "np.exp(-z)", "exp(-z)"),
    (C, "dsigmoid(z)", "dsigmoid(z)"),
    (P, "learning_rate(dC/dw)", "(* learning_rate ∂(C, w))"),
    (I, "|x|", "abs(x)"),
    (I, r"\tfrac{1}{2}\|y - u\|^2", "(* (/ 1 2) (^ norm((+ y -u)) 2))"),
    (P, "-[t log(p) + (1-t) log(1-p)]", "-(+ (* t log(p)) (* (+ 1 -t) log((+ 1 -p))))"),
    (I, r"J(\theta)", "J(θ)"),
]
SIGNS = [
    (P, "− 0.0065", "-0.0065"),
    (P, "0.5 – 0.67", "(+ 0.5 -0.67)"),
    (P, "- 0.3 + 0 + 0.2", "(+ -0.3 0 0.2)"),
    (P, "0.055 + -0.019", "(+ 0.055 -0.019)"),
    (P, "0.15 - (-0.0029)", "(+ 0.15 --0.0029)"),
    (P, "0.3 --0.2", "(+ 0.3 --0.2)"),
    (P, "-a*b", "(* -a b)"),
]
SUMS = [
    (I, r"\sum_o \delta_o w_{ho}", "Σ[o](* δ_o w_ho)"),
    (I, r"\sum_{i=1}^{n} w_i x_i + b", "(+ Σ[i=1](* w_i x_i) b)"),
    (I, r"(\sum_i\delta_i\times w_{hi})\times a", "(* Σ[i](* δ_i w_hi) a)"),
    (I, r"\sum \frac{1}{2}(target - output)^2", "Σ[](* (/ 1 2) (^ (+ target -output) 2))"),
    (I, r"\sum -(y - u) w", "Σ[](* -(+ y -u) w)"),
    (P, "Σ w_i * x_i", "Σ[](* w_i x_i)"),
    (I, r"\dots + \ldots \cdot 2", "(+ ... (* ... 2))"),
]
LAYOUT = [
    (I, r"\boxed{0.3775}", "0.3775"),
    (I, r"{\color{red} 0.5}", "0.5"),
    (I, r"\textcolor{red}{0.5} + \color{blue}{0.6}", "(+ 0.5 0.6)"),
    (I, r"\underbrace{0.3 \cdot 0.5}_{\text{= first}} + 1", "(+ (* 0.3 0.5) 1)"),
    (I, r"\cancel{2} \cdot a\,\hspace{1em} b", "(* 2 a b)"),
    (I, r"\left( a + b \right)\Big[ c \Big]", "(* (+ a b) c)"),
    (I, r"\overset{!}{b}", "b"),
    (P, "**0.4750**", "0.4750"),
    (P, "**-0.3 + 0.2**", "(+ -0.3 0.2)"),
]


@pytest.mark.parametrize(
    ("mode", "text", "tree"), [*FRACTIONS, *PRODUCTS, *CROSSES, *POWERS, *CALLS, *SIGNS, *SUMS, *LAYOUT]
)
def test_an_expression_is_read(mode: Mode, text: str, tree: str) -> None:
    assert stated(f"y = {text}", mode) == [f"y = {tree}"]


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{a}{b",
        r"(0.3 + 0.4",
        r"\foo{x}",
        r"0.3 0.4",
        r"\begin{cases} 1 & z > 0 \\ 0 & z < 0 \end{cases}",
        r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}",
        r"\frac{\partial E}{\partial z}\Big|_{z=1}",
        r"\prod_i x_i",
        r"\hat{3}",
        r"9^{9^{9^{9^{}}}}",
        "1e999999999",
        "0." + "1" * 80,
    ],
)
def test_what_cannot_be_read_is_unread(text: str) -> None:
    assert stated(f"y = {text}", I) == ["unread"]


def test_a_letter_that_stands_elsewhere_is_a_name_everywhere() -> None:
    assert stated("y = w_1' x + b and x = 0.3", P) == ["y = (+ (* w_1+ x) b)", "x = 0.3"]


UNREADABLE = [
    "w_5 = __import__('os').system('touch stolen') = 3",
    "w_5 = (1).__class__.__bases__[0]",
    "w_5 = open('file').read()",
    "w_5 = " + "-" * 100_000 + "1",
    "w_5 = exp(0.3 + = 2",
    "w_5 = 1.2.3",
    "w_5 = 0,40",
    "w_5 = *3",
]


@pytest.mark.parametrize("mode", [P, I])
@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: text[:30])
def test_a_symbol_with_what_is_no_sentence_is_unread(text: str, mode: Mode) -> None:
    if not (mode is I and "," in text):  # in mathematics a comma ends a formula
        assert stated(text, mode) == ["unread"]


def test_so_is_what_follows_a_result() -> None:
    assert stated("w_5 = 0.3 = (0.2 + = 4", P) == ["w_5 = 0.3", "unread"]


@pytest.mark.parametrize(
    "text", ["x = the input", "w_5 = our first weight", "w_5 = ____", "w_5 = ____.", "w_5 = ---", "w_5 = ?", "w_5 = ,"]
)
def test_a_sentence_and_a_blank_are_neither(text: str) -> None:
    assert stated(text, P) == []


def test_bold_type_may_end_after_the_sign() -> None:
    assert stated("**w_5 =** 0.4", P) == ["w_5 = 0.4"]


def test_a_brace_closes_a_bracket_that_was_forgotten() -> None:
    assert stated(r"y = \frac{\exp(-x)}{1 + \exp(-x}", I) == ["y = (/ exp(-x) (+ 1 exp(-x)))"]


@pytest.mark.parametrize("text", ["(" * 200 + "1" + ")" * 200, "-" * 300 + "1", "a" + "^{a" * 200 + "}" * 200])
def test_depth_is_bounded(text: str) -> None:
    assert set(stated(f"y = {text}", I)) == {"unread"}


def test_a_tower_of_divisions_is_refused() -> None:
    assert stated("y = " + "/".join("a" * 100), I) == ["unread"]
