"""What stands side by side: products without a sign, fused names, functions without brackets."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, walk
from tests.auditing.mathematics.writing import shown, stated, statements

P, I, C = Mode.PROSE, Mode.INLINE, Mode.CODE  # noqa: E741
GIVEN = "w = 0.5, x = 2, b = 1, "


DOTTED = [
    ("v1 = w1.x + b1", ["v1 = (+ (* w1 x) b1)"]),
    ("δ3 = e.y3.(1 - y3)", ["δ3 = (* e y3 (+ 1 -y3))"]),
    ("a2 = 1/2.d²", ["a2 = (* (/ 1 2) (^ d 2))"]),
    ("v2(2) = w2.y1", ["v2 = (* w2 y1)"]),
    ("e(1) = d - y", ["e = (+ d -y)"]),
    ("e = d - y\n\nc = 1/2.e²", ["e = (+ d -y)", "c = (* (/ 1 2) (^ e 2))"]),
    ("y = (-0.4) x 0.5 x (1 - 0.5)", ["y = (* -0.4 0.5 (+ 1 -0.5))"]),
]


@pytest.mark.parametrize(("text", "read"), DOTTED)
def test_points_and_crosses_that_multiply(text: str, read: list[str]) -> None:
    assert stated(text) == read


@pytest.mark.parametrize(
    "text", ["It ends with a1.The next is b", "See z.B. this and e.g. that", "w1.shape and h1.backward()"]
)
def test_points_that_do_not(text: str) -> None:
    assert not any("*" in one for one in stated(text))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("z = w₁x₁ + w₂x₂ = 0.3·1 + 0.1·2", "z = (+ (* w_1 x_1) (* w_2 x_2)) = (+ (* 0.3 1) (* 0.1 2))"),
        ("y = v₁h₁ + v₂h₂ + c", "y = (+ (* v_1 h_1) (* v_2 h_2) c)"),
        ("y = w₁x + c", "y = (+ (* w_1 x) c)"),
        ("z = w₁'x₁ + b", "z = (+ (* w_1+ x_1) b)"),
        ("z = w_{1}x_{1} + b", "z = (+ (* w_1 x_1) b)"),
        ("z = w_1x_1 + w_2x_2", "z = (+ (* w_1 x_1) (* w_2 x_2))"),
        ("g = (y-t)y(1-y)x1 = -0.0887", "g = (* (+ y -t) y (+ 1 -y) x1) = -0.0887"),
        ("g = (y - t) y (1 - y) x1 = -0.0887", "g = (* (+ y -t) y (+ 1 -y) x1) = -0.0887"),
        ("g = (y-t)y(1-y)*x", "g = (* (+ y -t) y (+ 1 -y) x)"),
        ("g = (y - t) x1.", "g = (* (+ y -t) x1)"),
        ("g = (y - t) x1 = -0.2", "g = (* (+ y -t) x1) = -0.2"),
        ("w_5' = w_5 - 0.5 dE/dw_5 = 0.3", "w_5+ = (+ w_5 -(* 0.5 ∂(E, w_5))) = 0.3"),
        ("E = 0.5 d^2 = 0.3", "E = (* 0.5 (^ d 2)) = 0.3"),
        ("g = 2(1 - y)² x", "g = (* 2 (^ (+ 1 -y) 2) x)"),
        ("g = -δ_1 h_1 = 0.03", "g = (* -δ_1 h_1) = 0.03"),
        ("g = -δ_1 A ≈ 0.03", "g = (* -δ_1 A) ≈ 0.03"),
        ("g = (y - t) w is small", "g = (+ y -t)"),
        ("g = (y - t) as above", "g = (+ y -t)"),
    ],
)
def test_products_of_a_sentence(text: str, due: str) -> None:
    assert stated(text) == [due]


@pytest.mark.parametrize("text", ["g = (y-t)out(1-out)", "g = (y - t)  x1 = -0.2"])
def test_a_member_never_ends_within_such_a_run(text: str) -> None:
    assert stated(text)[0] == "unread"


def test_two_equations_of_one_name_are_no_product() -> None:
    assert stated("g_1 = a*(b + c) g_1 = 2*(1 + 3) = 8") == ["g_1 = (* a (+ b c))", "g_1 = (* 2 (+ 1 3)) = 8"]
    assert stated("dy2/ds2 = y2 * (1 - y2) dy2/ds2 = 0.8 * (1 - 0.8) = 0.16") == [
        "∂(y2, s2) = (* y2 (+ 1 -y2))",
        "∂(y2, s2) = (* 0.8 (+ 1 -0.8)) = 0.16",
    ]
    assert stated("w' = w + e*d*x w' = 0.5 + 0.1 = 0.6") == ["w+ = (+ w (* e d x))", "w+ = (+ 0.5 0.1) = 0.6"]
    assert stated("δ4 = o4 - y1 δ4 = 0.9 - 1 = -0.1") == ["δ4 = (+ o4 -y1)", "δ4 = (+ 0.9 -1) = -0.1"]


@pytest.mark.parametrize("mode", [P, I, C])
def test_fused_names_fall_apart_into_names_that_the_document_gives(mode: Mode) -> None:
    assert stated(f"{GIVEN}z = wx + b = 2", mode)[-1] == "z = (+ (* w x) b) = 2"
    assert stated("v1 = 1, h1 = 1, h2 = 3, v2 = 1, y = 2v1h1 + v2h2", mode)[-1] == "y = (+ (* 2 v1 h1) (* v2 h2))"


def test_fused_names_of_a_list() -> None:
    assert stated("(w, x) = (0.5, 2), z = wx", I)[-1] == "z = (* w x)"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("wx = 3, w = 0.5, x = 2, z = wx", "z = wx"),  # known itself
        ("w = 0.5, z = wx", "z = wx"),
        ("n = 1, e = 2, t = 3, z = net", "z = net"),
        ("d = 1, w = 2, z = dw", "z = dw"),
        ("l = 1, r = 2, z = lr", "z = lr"),
    ],
)
def test_other_names_stay_whole(text: str, due: str) -> None:
    assert stated(text, I)[-1] == due


def test_the_parts_of_a_fused_name_stand_where_they_are_written() -> None:
    text = "w1 = 0.5, x1 = 2, z = w1x1"
    chain = statements(text)[-1]
    assert isinstance(chain, Chain)
    names = [node for node in walk(chain.members[1]) if isinstance(node, Name)]
    assert [text[name.span.start : name.span.end] for name in names] == ["w1", "x1"]


@pytest.mark.parametrize("mode", [P, I, C])
def test_functions_without_brackets(mode: Mode) -> None:
    due = "E = -(+ (* t log(y)) (* (+ 1 -t) log((+ 1 -y))))"
    assert stated("E = -(t ln y + (1-t) ln(1-y))", mode) == [due]
    assert stated("E = (1 - t) ln y", mode) == ["E = (* (+ 1 -t) log(y))"]
    assert stated("E = -ln y = 0.3", mode) == ["E = -log(y) = 0.3"]
    assert stated("h = tanh z + exp x_1", mode) == ["h = (+ tanh(z) exp(x_1))"]


@pytest.mark.parametrize("mode", [P, C])
def test_a_function_with_an_underscore_in_its_name(mode: Mode) -> None:
    assert stated("a_1 = leaky_relu(z_1) = leaky_relu(-0.5) = -0.005", mode) == [
        "a_1 = leaky_relu(z_1) = leaky_relu(-0.5) = -0.005"
    ]


def test_functions_and_words() -> None:
    assert stated("E = -ln of y") == []
    assert stated("c = t log loss") != ["c = (* t log(loss))"]


@pytest.mark.parametrize("mode", [P, I, C])
@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("y'(z) = y(1-y)", "∂(y, z) = (* y (+ 1 -y))"),
        ("C'(y) = y - 1", "∂(C, y) = (+ y -1)"),
        ("y' = y(1-y)", "y^' = (* y (+ 1 -y))"),
        ("f'(z) = 1", "f'(z) = 1"),
        ("C(y) = (1 - y)^2", "C = (^ (+ 1 -y) 2)"),
        ("E(w_1) = 0.3", "E = 0.3"),
        ("C(0.6225) = 0.07", "C(0.6225) = 0.07"),
        ("Loss(y_1) = (1 - y_1)^2", "Loss = (^ (+ 1 -y_1) 2)"),
        ("Cost(w_1) = 0.3", "Cost = 0.3"),
        ("Error(o1) = 0.3", "Error_o1 = 0.3"),
        ("g = (E(w_1+0.001) - E(w_1))/0.001", "g = (/ (+ E((+ w_1 0.001)) -E(w_1)) 0.001)"),
        ("g = C(1 - C)", "g = (* C (+ 1 -C))"),
        ("w1(t+1) = w1(t) - 0.1", "w1+ = (+ w1 -0.1)"),
    ],
)
def test_functions_of_quantities(text: str, due: str, mode: Mode) -> None:
    assert stated(text, mode) == [due]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("grad w1 = 0.3", "grad w1 = 0.3"),
        ("The gradient of w = 0.3", "grad w = 0.3"),
        ("Loss gradient w.r.t. w = 0.3", "grad w = 0.3"),
        ("the gradient with respect to w_5 = 0.3", "grad w_5 = 0.3"),
        ("w.grad = 0.3", "w_grad = 0.3"),
        ("∇_w E = 0.3", "∂(E, w) = 0.3"),
    ],
)
def test_gradients_in_words(text: str, due: str) -> None:
    assert stated(text) == [due]
    if text.startswith(("grad", "w.", "∇")):
        assert stated(text, C) == [due]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("delta w35 = 0.3", "Δw35 = 0.3"),
        ("Δ w35 = 0.3", "Δw35 = 0.3"),
        ("delta w_35 = alpha delta_3 y5 = 0.3", "Δw_35 = (* alpha delta_3 y5) = 0.3"),
        ("delta_5 = delta w35 = 0.3", "delta_5 = (* delta w35) = 0.3"),
        ("The change in the weight w_5 = 0.3", "Δw_5 = 0.3"),
        ("Error signal of H1 = 0.3", "δ_H1 = 0.3"),
        ("the error term for the hidden neuron h_2 = 0.3", "δ_h2 = 0.3"),
        ("Loss gradient w.r.t. w: (y - t)*x = 0.12", "grad w : (* (+ y -t) x) = 0.12"),
        ("The gradient with respect to w_5: 0.5*0.2 = 0.1", "grad w_5 : (* 0.5 0.2) = 0.1"),
        ("The error signal of h1: 0.5*0.2 = 0.1", "δ_h1 : (* 0.5 0.2) = 0.1"),
        ("The signal of h1: 0.5*0.2 = 0.1", "(* 0.5 0.2) = 0.1"),
        ("The change to w_5 = 0.3", "w_5 = 0.3"),
        ("The signal of H1 = 0.3", "H1 = 0.3"),
    ],
)
def test_changes_and_node_errors_in_words(text: str, due: str) -> None:
    assert stated(text) == [due]


def test_a_change_that_an_equation_begins_with_is_one_name_wherever_it_stands() -> None:
    assert stated("delta w1 = 0.3; w1(new) = w1 + delta w1") == ["Δw1 = 0.3", "w1+ = (+ w1 Δw1)"]


@pytest.mark.parametrize(
    ("text", "mode", "due"),
    [
        ("delta_1 (hidden) = 0.3", P, "delta_1 = 0.3"),
        ("delta_1 (output unit) = 0.3", P, "delta_1 = 0.3"),
        ("z_1 (hidden layer) = 0.3", P, "z_1 = 0.3"),
        ("w1 (new) = 0.3", P, "w1+ = 0.3"),
        ("c = a_1 (1 - a_1) = 0.3", P, "c = (* a_1 (+ 1 -a_1)) = 0.3"),
        (r"\delta_1 \text{ (hidden)} = 0.3", I, "δ_1 = 0.3"),
        (r"\delta_1 (\text{hidden}) = 0.3", I, "δ_1 = 0.3"),
        (r"\mathbf{e}^{[2]} = \mathbf{y}", I, "e^[2] = y"),
        ("e = yd,5 - y5 = -0.3", P, "e = (+ yd_5 -y5) = -0.3"),
        ("z = w1,1*x1 + w1,2*x2", P, "z = (+ (* w1_1 x1) (* w1_2 x2))"),
        ("Delta output = Error * slope = 0.3", P, "delta output = (* Error slope) = 0.3"),
        ("v1_nowe = 0.3", P, "v1+ = 0.3"),
        ("Errj = Oj(1 - Oj) Σk Errk wjk", P, "Errj = (* Oj (+ 1 -Oj) Σ[k](* Errk wjk))"),
    ],
)
def test_names_and_what_is_said_of_them(text: str, mode: Mode, due: str) -> None:
    assert stated(text, mode) == [due]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("δ_k = (t_k - y_k) f'(z_k) = 0.1", "δ_k = (* (+ t_k -y_k) f'(z_k)) = 0.1"),
        ("δ_j = r_j f'(z_j) = (0.4)(0.2)", "δ_j = (* r_j f'(z_j)) = (* 0.4 0.2)"),
        ("δ = (t - y) f'(z) and so on", "δ = (* (+ t -y) f'(z))"),
    ],
)
def test_a_slope_multiplies_what_stands_before_it(text: str, due: str) -> None:
    assert stated(text) == [due]


@pytest.mark.parametrize("mode", [P, I, C])
def test_a_square_of_what_the_document_calls_e(mode: Mode) -> None:
    assert stated("e = t - y = 0.7, E = 1/2 e^2 = 0.245", mode)[-1] == "E = (* (/ 1 2) (^ e 2)) = 0.245"
    assert stated("e = t - y, s = 1/(1 + e^{-2})", mode)[-1] == "s = (/ 1 (+ 1 exp(-2)))"
    assert stated("z = t - y, s = e^2", mode)[-1] == "s = exp(2)"
    assert stated("e_1 = t - y, E = 1/2 e_1^2 = 0.1", mode)[-1] == "E = (* (/ 1 2) (^ e_1 2)) = 0.1"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("w+ = w + eta delta y", ["w+ = (+ w (* eta delta y))"]),
        ("learning rate eta = 0.5, delta = 0.3", ["eta = 0.5", "delta = 0.3"]),
        ("d = e [1 - y^2] = (0.3)(1 - 0.5^2)", ["d = (* e (+ 1 -(^ y 2))) = (* 0.3 (+ 1 -(^ 0.5 2)))"]),
        ("d = e [0.1, 0.3]", ["d = e", "mentions list[0.1 0.3]"]),
        ("v = w + η δ y = 0.9 + (0.1)(-0.7)(0.2)", ["v = (+ w (* η δ y)) = (+ 0.9 (* 0.1 -0.7 0.2))"]),
    ],
)
def test_products_of_names_in_a_sentence(text: str, due: list[str]) -> None:
    assert stated(text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (r"W = W - $\alpha$ dW2 = `[0.5, 0.25]`", "W = (+ W -(* α dW2)) = list[0.5 0.25]"),
        (r"w_5 = w_5 - 0.5 $\delta$", "w_5 = (+ w_5 -(* 0.5 δ))"),
    ],
)
def test_a_rate_and_what_it_scales_in_and_out_of_mathematics(text: str, due: str) -> None:
    found = read_statements(read_text(text, "sheet.md")[1]).statements
    assert [" = ".join(map(shown, one.members)) for one in found if isinstance(one, Chain)] == [due]


def test_a_new_line_is_no_product() -> None:
    found = read_statements(read_text("W = W - $\\alpha$\ndW2 = 0.5", "sheet.md")[1]).statements
    assert len(found) == 2


def test_a_word_behind_a_formula_of_a_sentence_is_no_factor() -> None:
    text = "Seja $o = 0.5$ e $e = d - o$ o erro, com $w = w - 0.5$ ∂E/∂w."
    source, blocks = read_text(text, "sheet.md")
    chains = [one for one in read_statements(blocks).statements if isinstance(one, Chain)]
    assert [type(one.members[1]).__name__ for one in chains] == ["Number", "Sum", "Sum"]
    assert source.text[chains[1].span.start : chains[1].span.end] == "e = d - o"
    assert source.text[chains[2].span.start : chains[2].span.end].endswith("∂E/∂w")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Errj = Oj (1 – Oj)(Tj – Oj)", "Errj = (* Oj (+ 1 -Oj) (+ Tj -Oj))"),
        ("Ij = Σi wij Oi + θj", "Ij = (+ Σ[i](* wij Oi) θj)"),
        ("wij = wij + (l) Errj Oi", "wij = (+ wij (* l Errj Oi))"),
    ],
)
def test_rules_as_slides_are_copied(text: str, due: str) -> None:
    assert stated(text) == [due]
