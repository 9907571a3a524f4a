"""Quantities without a formula."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.auditing.inference.agreement import agrees
from symbackprop.auditing.inference.choice import choose
from symbackprop.auditing.inference.evidence import Given
from symbackprop.auditing.inference.forms import shape
from tests.auditing.inference.sheets import drafted, evidence, formula


def test_a_formula_comes_to_what_is_printed() -> None:
    values = {"z": Fraction("0.3775")}
    assert agrees(formula("a = sigmoid(z)"), values, Given("0.5933", Fraction("0.5933"))) is True
    assert agrees(formula("a = tanh(z)"), values, Given("0.5933", Fraction("0.5933"))) is False
    assert agrees(formula("a = sigmoid(q)"), values, Given("0.5933", Fraction("0.5933"))) is None


def test_the_net_input_is_known_by_its_printed_value() -> None:
    made = choose(evidence("a_1 = 0.2*0.35 + 0.2*0.7 = 0.21\n\ny_3 = sigmoid(0.21) = 0.5523"), None).formulas
    assert shape(made["y3"]) == shape(formula("q = sigmoid(a_1)"))


def test_the_activation_of_a_layer_is_the_one_that_its_numbers_show() -> None:
    text = """
net_h1 = w1*i1 + b1 = 0.1*2.3 + -0.3 = -0.0700000

out_h1 = tanh(net_h1) = -0.0698859

net_o1 = w2*out_h1 + b2 = -0.7*(-0.0698859) + -0.5 = -0.4510799

out_o1 = 0.3891040
"""
    assert shape(choose(evidence(text), None).formulas["outo1"]) == shape(formula("q = sigmoid(net_o1)"))


def test_an_activation_that_the_numbers_do_not_tell_is_not_guessed() -> None:
    text = "w = 0.5, x = {}\n\nz = w*x = {}\n\na = {}\n\ny = v*a"
    assert "a" not in choose(evidence(text.format("0.1056", "0.0528", "0.0528")), None).formulas
    assert "a" in choose(evidence(text.format("2", "1.0", "0.7311")), None).formulas


def test_similarly() -> None:
    text = """
x_1 = 1, x_2 = 0.5

net_1 = w_11*x_1 + w_12*x_2 = 0.2*1 + 0.4*0.5 = 0.4

net_2 = -0.3*1 + 0.1*0.5 = -0.25
"""
    found = drafted(text)
    assert found.equations["net_2"] == "w_21*x_1 + w_22*x_2"
    assert found.values["w_21"] == "-0.3"
    assert found.like == {}


def test_every_unit_has_its_own_bias_where_one_has() -> None:
    text = """
z_1 = x_1*w_11 + x_2*w_21 + b_1 = 1*(-0.3) + 1*0.2 + (-0.1) = -0.2

z_2 = 1*0.3 + 1*(-0.2) + 0.3 = 0.4

z_3 = 1*(-0.3) + 1*0.3 + (-0.1) = -0.1
"""
    made = drafted(text).equations
    assert made["z_2"] == "x_1*w_12 + x_2*w_22 + b_2"
    assert made["z_3"] == "x_1*w_13 + x_2*w_23 + b_3"


def test_an_analogy_that_the_printed_value_contradicts_is_none() -> None:
    text = "w1 = 0.1, w2 = 0.2, x = 3\n\nnet_h1 = w1*x = 0.3\n\nnet_h2 = {}"
    assert "net_h2" in drafted(text.format("0.6")).equations
    assert "net_h2" not in drafted(text.format("0.9")).equations


SUMMED = """
z1 = w1*x = 0.5*2 = 1.0, z2 = w2*x = 0.3*2 = 0.6, t1 = 1, t2 = 0

y1 = sigmoid(z1) = 0.7311, y2 = sigmoid(z2) = 0.6457

E1 = 1/2*(t1 - y1)^2 = 0.0362

E2 = 0.2805

$E = {}E1 + E2$
"""


def test_an_error_of_a_sum_over_all_outputs_is_like_its_siblings_whatever_is_printed_for_it() -> None:
    # half the square of 0.6457 is 0.2085
    assert "E2" in drafted(SUMMED.format("\\sum_i \\frac{1}{2}(t_i - y_i)^2 = "), "sheet.md").equations
    assert "E2" not in drafted(SUMMED.format(""), "sheet.md").equations


def test_a_unit_inside_a_name_and_a_label_that_is_used_loosely() -> None:
    text = """
x = 0.5, w1 = 0.6, w2 = -0.4, w3 = 0.8, w4 = 0.2, b = 0.1

H1 = x*w1 + b = 0.5*0.6 + 0.1 = 0.4

H1final = 1/(1+e^(-H1)) = 0.59869

H2 = x*w2 + b = 0.5*(-0.4) + 0.1 = -0.1

H2final = 0.47502

y1 = H1*w3 + H2*w4 = 0.59869*0.8 + 0.47502*0.2 = 0.57396

y1final = 0.63968
"""
    made = drafted(text).equations
    assert made["H2final"] == "sigmoid(H2)"
    assert made["y1"] == "H1final*w3 + H2final*w4"
    assert made["y1final"] == "sigmoid(y1)"


def test_a_function_that_the_document_defines_is_what_it_says() -> None:
    text = r"""
$f(x) = \frac{2}{1 + e^{-x}} - 1$, $x_1 = 2$, $v_1 = 0.3$, $w_1 = 0.5$

$z_{in} = 0.3 \cdot 2 = 0.6$

$z = \mathrm{f}(0.6) = 0.2913$

$y_{in} = 0.5 \cdot 0.2913 = 0.1457$

$y = f(0.1457) = 0.0727$
"""
    assert drafted(text, "sheet.md").equations == {
        "z_in": "v_1*x_1",
        "z": "2/(1 + exp(-z_in)) - 1",
        "y_in": "w_1*z",
        "y": "2/(1 + exp(-y_in)) - 1",
    }


def test_a_unit_of_a_layer_of_its_own_is_not_like_the_one_before_it() -> None:
    text = """
x = 0.5, w_1 = 0.6, w_2 = -0.4, w_3 = 0.8

u_1 = w_1*x = 0.5*0.6 = 0.3

z_1 = tanh(u_1) = 0.2913

u_2 = w_2*z_1 = -0.4*0.2913 = -0.1165

z_2 = tanh(u_2) = -0.1160

{}
"""
    # w_3 z_2 = -0.0928
    assert "u_3" not in drafted(text.format("y = tanh(u_3)")).equations
    assert drafted(text.format("y = u_3 = w_3*z_2 = 0.8*(-0.1160) = -0.0928")).equations["u_3"] == "w_3*z_2"


@pytest.mark.parametrize(("share", "found"), [("0.8176", True), ("0.8716", False)])
def test_numbers_that_are_the_softmax_of_others(share: str, found: bool) -> None:
    text = f"""
x = 1, w_1 = 0.6, w_2 = -0.9

z_1 = w_1*x = 0.6

z_2 = w_2*x = -0.9

p_1 = 1.8221/2.2287 = {share}

p_2 = 0.4066/2.2287 = 0.1824
"""
    assert (drafted(text).equations.get("p_1") == "exp(z_1)/(exp(z_1) + exp(z_2))") is found
