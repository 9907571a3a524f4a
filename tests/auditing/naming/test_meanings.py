"""Names that a document defines: node errors with their signs, changes, gradients, names of its own."""

from __future__ import annotations

import pytest

from symbackprop.auditing.mathematics.tree import Name, Negative, Partial, Product
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.truth import Quantity
from tests.auditing.naming.sheets import Sheet, shown

SIGNS = [
    (r"$\delta_6 = O_6 (1 - O_6)(T_6 - O_6)$", "-dE/dI_6"),
    (r"$\delta_6 = O_6 (1 - O_6)(O_6 - T_6)$", "dE/dI_6"),
    (r"$\delta_6 = -(T_6 - O_6) O_6 (1 - O_6)$", "dE/dI_6"),
    (r"$\delta_6 = T_6 - O_6$", "-dE/dI_6"),  # not equal to it, but of its sign
    (r"$\delta_6 = 2 (T_6 - O_6)$", "-dE/dI_6"),  # not equal to it, but of its sign
    (r"$\delta_6 = (0.9 - 0.51) \cdot 0.25 = 0.0975$", "-dE/dI_6"),  # by its number
    (r"$\delta_6 = (0.51 - 0.9) \cdot 0.25 = -0.0975$", "dE/dI_6"),
]


@pytest.mark.parametrize(("text", "meant"), SIGNS)
def test_the_sign_of_a_node_error(text: str, meant: str) -> None:
    sheet = Sheet("unit_numbers", text)
    readings = sheet.names.readings(sheet.node("δ_6"))
    assert shown(readings) == meant
    assert len(readings) == 1
    assert readings[0].strength is Strength.DEFINED


def test_a_formula_that_is_equal_tells_the_sign_whatever_slipped_ones_say() -> None:
    slipped = "$\\delta_4 = O_4 (1 - O_4) = 0.24$\n\n$\\delta_5 = -O_5 (1 - O_5) = -0.25$\n\n"
    text = f"{slipped}$\\delta_6 = O_6 (1 - O_6)(T_6 - O_6)$"
    assert Sheet("unit_numbers", text).reads("δ_6") == "-dE/dI_6"


MADE_WITH = [
    (r"$\frac{\partial E}{\partial w_{46}} = Err_6 \cdot O_4$", "dE/dI_6"),
    (r"$\frac{\partial E}{\partial w_{46}} = -Err_6 \cdot O_4$", "-dE/dI_6"),
    (r"$w_{46}^{new} = w_{46} - \eta \cdot Err_6 \cdot O_4$", "dE/dI_6"),
    (r"$w_{46}^{new} = w_{46} + \eta \cdot Err_6 \cdot O_4$", "-dE/dI_6"),
    (r"$w_{46} = w_{46} + \eta \cdot Err_6 \cdot O_4$", "-dE/dI_6"),
]


@pytest.mark.parametrize(("made", "meant"), MADE_WITH)
@pytest.mark.parametrize("own", ["Err_6 = 0.321", "Err_6 = O_6 (1 - O_6)"])
def test_what_is_made_with_node_errors_says_that_they_are_some_and_their_sign(made: str, meant: str, own: str) -> None:
    sheet = Sheet("unit_numbers", f"${own}$\n\n{made}")
    readings = sheet.names.readings(sheet.node("Err_6"))
    assert shown(readings) == meant
    assert readings[0].strength is Strength.DEFINED


def test_what_is_made_wrongly_with_a_name_does_not_say_that_it_is_a_node_error() -> None:
    made = r"$\frac{\partial E}{\partial w_{46}} = Err_6 \cdot x_1$"
    assert Sheet("unit_numbers", f"$Err_6 = T_6 - O_6$\n\n{made}").reads("Err_6") == "-dE/dO_6"


def test_a_name_that_is_defined_both_ways_is_a_node_error() -> None:
    text = "$\\delta_6 = O_6 - T_6$\n\n$\\delta_6 = (O_6 - T_6) O_6 (1 - O_6)$"
    assert Sheet("unit_numbers", text).reads("δ_6") == "dE/dI_6"


@pytest.mark.parametrize("text", ["grad w_46 = 0.1", "gradient of w_46 = 0.1", "w_46.grad = 0.1", "grad_w_46 = 0.1"])
def test_the_gradient_of_a_weight_is_not_the_weight(text: str) -> None:
    sheet = Sheet("unit_numbers", text)
    name = sheet.chains[0].members[0]
    assert isinstance(name, Name | Partial)
    assert shown(sheet.names.readings(name)) == "dE/dw_46"


def test_the_sign_is_one_for_all_node_errors() -> None:
    text = r"""
$$\delta_6 = O_6 (1 - O_6)(T_6 - O_6)$$

$$\delta_5 = O_5 (1 - O_5) w_{56} \delta_6$$

$$\delta_4 = 0.0123$$
"""
    sheet = Sheet("unit_numbers", text)
    assert [sheet.reads(f"δ_{6 - n}", n) for n in range(3)] == ["-dE/dI_6", "-dE/dI_5", "-dE/dI_4"]


def test_a_sign_that_slipped_once_does_not_change_what_the_letter_means() -> None:
    text = r"""
$$\delta_{o1} = (out_{o1} - target_{o1}) out_{o1} (1 - out_{o1})$$

$$\delta_{o2} = (out_{o2} - target_{o2}) out_{o2} (1 - out_{o2})$$

$$\delta_{h1} = -(\delta_{o1} w_5 + \delta_{o2} w_7) out_{h1} (1 - out_{h1})$$
"""
    assert Sheet("two_two_two", text).reads("δ_h1") == "dE_total/dnet_h1"


def test_both_signs_where_the_document_defines_both() -> None:
    text = r"""
$$\delta_6 = O_6 (1 - O_6)(O_6 - T_6)$$

$$\delta_6 = O_6 (1 - O_6)(T_6 - O_6)$$
"""
    sheet = Sheet("unit_numbers", text)
    readings = sheet.names.readings(sheet.node("δ_6"))
    assert {shown((reading,)) for reading in readings} == {"dE/dI_6", "-dE/dI_6"}


def test_an_equation_said_again_with_the_other_sign_means_the_other_sign() -> None:
    text = r"""
$$\delta_{o1} = -(target_{o1} - out_{o1}) out_{o1} (1 - out_{o1})$$

$$\frac{\partial E_{total}}{\partial w_5} = \delta_{o1} \, out_{h1}$$

$$\frac{\partial E_{total}}{\partial w_5} = -\delta_{o1} \, out_{h1}$$

$$\frac{\partial E_{total}}{\partial w_6} = -\delta_{o1} \, out_{h2}$$
"""
    sheet = Sheet("two_two_two", text)
    meant = [sheet.reads("δ_o1", chain) for chain in range(4)]
    assert meant == ["dE_total/dnet_o1", "dE_total/dnet_o1", "-dE_total/dnet_o1", "dE_total/dnet_o1"]


def test_another_letter_is_a_node_error_where_a_rule_for_any_unit_says_so() -> None:
    text = r"""
$$Err_j = O_j (1 - O_j)(T_j - O_j)$$

$$Err_6 = 0.12$$
"""
    sheet = Sheet("unit_numbers", text)
    readings = sheet.names.readings(sheet.node("Err_6"))
    assert (shown(readings), readings[0].strength) == ("-dE/dI_6", Strength.DEFINED)


DEFINED = [
    ("unit_numbers", r"$\Delta = O_6 - T_6$", "Δ", "dE/dO_6"),
    ("unit_numbers", r"$gap = T_6 - O_6$", "gap", "-dE/dO_6"),
    ("unit_numbers", r"$h_9 = \frac{1}{1 + e^{-I_4}}$", "h_9", "O_4"),
    ("unit_numbers", r"$loss = (T_6 - O_6)^2$", "loss", "E"),  # the cost, whose half is forgotten
    ("unit_numbers", r"$Error_j = T_6 - O_6$", "Error_j", "-dE/dO_6"),
    ("unit_numbers", r"$q = O_4 + 3 O_5$", "q", "a tree"),
    ("layered", r"$g = (\hat{y} - y)(1 - \hat{y}^2)$", "g", "1/2*dL/dz2"),
    ("layered", r"$grad = 2(\hat{y} - y)(1 - \hat{y}^2) W^{(2)}$", "grad", "dL/da1_1 dL/da1_2"),
]


@pytest.mark.parametrize(("network", "text", "written", "meant"), DEFINED)
def test_what_the_document_defines(network: str, text: str, written: str, meant: str) -> None:
    sheet = Sheet(network, text)
    readings = sheet.names.readings(sheet.node(written))
    assert (shown(readings), readings[0].strength) == (meant, Strength.DEFINED)


def test_a_definition_is_itself_the_tree() -> None:
    sheet = Sheet("unit_numbers", "$q = O_4 + 3 O_5 = 1.9$")
    assert sheet.names.readings(sheet.node("q"))[0].body is sheet.chains[0].members[1]


def test_the_last_definition_before_a_name_counts() -> None:
    sheet = Sheet("unit_numbers", "$q = O_4 + 2$\n\n$r = q + 1$\n\n$q = O_5 + 2$\n\n$r = q + 1$")
    chains = sheet.chains
    bodies = [sheet.names.readings(sheet.node("q", chain))[0].body for chain in (1, 3)]
    assert [body.span.start for body in bodies if body] == [
        chains[0].members[1].span.start,
        chains[2].members[1].span.start,
    ]


def test_no_definition_says_what_a_quantity_of_the_network_is() -> None:
    assert Sheet("unit_numbers", "$O_4 = 1 - I_4$").reads("O_4") == "O_4"


GRADIENTS = r"""
$$dy_2 = y_2 - t_2$$

$$da_2 = dy_2 W_{hy} (1 - h_2^2)$$

$$dW_{hy} = 0.1$$
"""


def test_dx_is_the_gradient_where_a_formula_shows_it() -> None:
    sheet = Sheet("steps", GRADIENTS)
    found = [sheet.names.readings(sheet.node(text, n)) for n, text in enumerate(("dy_2", "da_2", "dW_hy"))]
    assert [(shown(one), one[0].strength) for one in found] == [
        ("dL/dy_2", Strength.DEFINED),
        ("dL/da_2", Strength.DEFINED),
        ("dL/dW_hy", Strength.DEFINED),
    ]


def test_dx_is_a_guess_where_nothing_shows_it() -> None:
    sheet = Sheet("steps", "$dW_{hy} = 7$")
    readings = sheet.names.readings(sheet.node("dW_hy"))
    assert (shown(readings), readings[0].strength) == ("dL/dW_hy", Strength.GUESSED)


@pytest.mark.parametrize(("number", "added"), [("-0.02", True), ("0.02", False)])
def test_a_change_is_what_an_update_adds_or_takes_away(number: str, *, added: bool) -> None:
    sheet = Sheet("unit_numbers", rf"$\Delta w_{{46}} = {number}$")
    gradient = sheet.names.truth.value
    body = sheet.names.readings(sheet.node("Δw_46"))[0].body
    assert isinstance(body, Product)
    falls = float(gradient(Quantity("dE/dw_46")).mid()) < 0  # then the change that is added is positive
    assert isinstance(body.factors[0], Negative) == (added != falls)


SLOPES = [
    (r"$\frac{\partial E}{\partial w_{46}} = \delta_6 O_6 (1 - O_6) O_4$", "dE/dO_6"),
    (r"$\delta_4 = \delta_6 O_6 (1 - O_6) w_{46}$", "dE/dO_6"),
    (r"$\Delta w_{46} = -\eta \delta_6 O_6 (1 - O_6) O_4$", "dE/dO_6"),
    # a factor is left out in the first formula: the others take it for a node error
    (r"$\frac{\partial E}{\partial w_{46}} = \delta_6 O_4$", "dE/dI_6"),
    (r"$\delta_4 = \delta_6 w_{46} O_4 (1 - O_4)$", "dE/dI_6"),
    (r"$\frac{\partial E}{\partial w_{46}} = 0.1$", "dE/dI_6"),
]


@pytest.mark.parametrize(("use", "meant"), SLOPES)
def test_a_delta_is_a_slope_by_an_activation_where_it_is_used_so(use: str, meant: str) -> None:
    assert Sheet("unit_numbers", f"$\\delta_6 = O_6 - T_6$\n\n{use}").reads("δ_6", 0) == meant


def test_one_formula_without_its_factor_does_not_make_slopes_node_errors() -> None:
    text = r"""
$\delta_6 = O_6 - T_6$

$\frac{\partial E}{\partial w_{46}} = \delta_6 O_6 (1 - O_6) O_4$

$\delta_4 = \delta_6 O_6 (1 - O_6) w_{46}$

$\frac{\partial E}{\partial w_{56}} = \delta_6 O_5$
"""
    assert Sheet("unit_numbers", text).reads("δ_6", 3) == "dE/dO_6"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$e = T_6 - O_6$", "-dE/dO_6"),
        ("$e = (T_6 - O_6)^2$", "E"),  # a multiple of the cost
        ("$e = 0.3$", "E"),
    ],
)
def test_a_small_letter_is_not_the_large_one_where_it_is_defined_otherwise(text: str, meant: str) -> None:
    assert Sheet("unit_numbers", text).reads("e") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"$\delta_{h2} = 0.01$", "dE/dZ_2_in"),
        (r"$\delta_{H1} = 0.01$", "dE/dZ_1_in"),
        (r"$\delta_{o1} = 0.01$", "dE/dY_1_in"),
        (r"$\delta_{h3} = 0.01$", ""),
        ("$\\delta_{h0} = 0.02$\n\n$\\delta_{h1} = 0.01$", ""),  # counted from 0
    ],
)
def test_units_are_counted_where_none_bears_the_index(text: str, meant: str) -> None:
    sheet = Sheet("ends", text)
    subject = sheet.chains[-1].members[0]
    assert isinstance(subject, Name)
    assert shown(sheet.names.readings(subject)).removeprefix("-") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("δ_in₁ = 0.0476", "dE/dZ_1"),  # Fausett's: what the unit takes in from behind it
        (r"$\delta\_in_2 = \delta_{o1} v_2$", "dE/dZ_2"),
        ("delta_in_2 = 0.0119", "dE/dZ_2"),
    ],
)
def test_what_a_hidden_unit_takes_in_from_behind_it(text: str, meant: str) -> None:
    sheet = Sheet("ends", f"δ_o1 = (Y_1 - t) f'(Y_1_in)\n\n{text}")
    subject = sheet.chains[-1].members[0]
    assert isinstance(subject, Name)
    assert shown(sheet.names.readings(subject)).removeprefix("-") == meant


def test_an_index_of_what_there_is_only_one_of() -> None:
    sheet = Sheet("one_output", "s = t_1 + y_1 + z_3")
    assert [sheet.reads(text) for text in ("t_1", "y_1", "z_3")] == ["t", "y", ""]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("δ_1 = (y_1 - t_1) y_1 (1 - y_1)", "dE/dy_in"),  # of the first of the outputs
        ("δ_1 = z_1 (1 - z_1) w_1 δ", "dE/dz_in_1"),
        ("δ_1 = 0.1405", "dE/dy_in"),  # y²(1 - y), y = 0.574643
        ("δ_1 = 0.0129", "dE/dz_in_1"),
        ("δ_1 = 0.5", "dE/dz_in_1"),
    ],
)
def test_a_node_error_is_that_of_the_unit_of_this_number_that_its_formula_or_its_value_shows(
    text: str, meant: str
) -> None:
    assert Sheet("one_output", f"δ = (y - t) y (1 - y)\n\n{text}").reads("δ_1") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("error = 0.9 - 0.51 = 0.39", "-dE/dO_6"),
        ("error = 0.51 - 0.9 = -0.39", "dE/dO_6"),
        ("error = 0.9 - 0.509 = 0.39", "-dE/dO_6"),  # after a rounding on the way
        ("error = 0.9 - 0.57 = 0.33", "E"),  # of no output
        ("error = (0.9 - 0.51)^2/2 = 0.076", "E"),
        ("loss = 0.9 - 0.51 = 0.39", "E"),  # which has lost its square
    ],
)
def test_an_error_that_is_a_difference_in_numbers_is_no_cost(text: str, meant: str) -> None:
    sheet = Sheet("unit_numbers", text)
    subject = sheet.chains[0].members[0]
    assert isinstance(subject, Name)
    assert shown(sheet.names.readings(subject)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("GRADw_46 = 0.05 * 0.3 = 0.015\n\nGRADw_56 = 0.02", "-dE/dw_46"),
        ("GRADw_46 = -0.05\n\nGRADw_56 = -0.05", "dE/dw_46"),
        ("GRADw_46 = 0.05\n\nGRADw_56 = -0.05", "dE/dw_46"),
        ("GRADw_46 = 0.05", "dE/dw_46"),
        ("dw_46 = 0.05\n\ndw_56 = 0.05", "dE/dw_46"),
    ],
)
def test_gradients_in_words_and_their_sign(text: str, meant: str) -> None:
    sheet = Sheet("unit_numbers", text)
    subject = sheet.chains[0].members[0]
    assert isinstance(subject, Name)
    assert shown(sheet.names.readings(subject)) == meant
