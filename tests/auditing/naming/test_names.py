"""What names as documents write them stand for: tables of what is written and what is meant, a network each."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Name, Number, Partial
from symbackprop.auditing.naming.names import Names
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.report import Verdict
from symbackprop.auditing.truth import Quantity
from tests.auditing.naming.sheets import HERE, NETWORKS, NOTHING, Sheet, name, node, shown, truth_of
from tests.networks import problem_of

SPELLINGS = [
    ("two_two_two", "w_5", "w_5"),
    ("two_two_two", "w5", "w_5"),
    ("two_two_two", "w₅", "w_5"),
    ("two_two_two", "out_{h1}", "out_h1"),
    ("two_two_two", "out_{h_1}", "out_h1"),
    ("two_two_two", "Out_{H1}", "out_h1"),
    ("two_two_two", "E_{total}", "E_total"),
    ("two_two_two", "η", "eta"),
    ("two_two_two", "w_5+", "w_5@1"),
    ("two_two_two", "b_1+", "b_1"),  # frozen
    ("two_two_two", "out_{o1}+", "out_o1@1"),
    ("two_two_two", "i_1+", "i_1"),
    ("two_two_two", "w_9", ""),
    ("unit_numbers", "w_{1,4}", "w_14"),
    ("unit_numbers", "θ_6", "theta_6"),
    ("unit_numbers", "Θ_6", "theta_6"),
    ("unit_numbers", "o_4", "O_4"),
    ("layered", "w^{(1)}_{12}", "W1_12"),
    ("layered", "W^{[2]}_1", "W2_1"),
    ("layered", "a^{(1)}_2", "a1_2"),
    ("layered", "z^{(2)}", "z2"),
    ("layered", "ŷ", "yhat"),
    ("ends", "Z_{1(in)}", "Z_1_in"),
    ("ends", "Z_{1in}", "Z_1_in"),
    ("ends", "w_{X_1→Z_2}", "w_12"),
    ("ends", "w_{X_1,Z_2}", "w_12"),
    ("ends", "w_{bias→Z_2}", "bias_2"),
    ("ends", "w_{Z2→Y}", "v_2"),
    ("ends", "newv_1", "v_1@1"),
    ("ends", "oldv_1", "v_1"),
]

VECTORS = [
    ("layered", "W^{(1)}", "W1_11 W1_12; W1_21 W1_22"),
    ("layered", "W_2", "W2_1 W2_2"),
    ("layered", "W1+", "W1_11@1 W1_12@1; W1_21@1 W1_22@1"),
    ("layered", "a^{(1)}", "a1_1 a1_2"),
    ("layered", "b1", "b1_1 b1_2"),
    ("layered", "x", "x_1 x_2"),
    ("unit_numbers", "θ", "theta_4 theta_5 theta_6"),
    ("ends", "Zin", "Z_1_in Z_2_in"),
    ("two_two_two", "out_h", ""),  # the out of any h
    ("two_two_two", "out", "out_o1 out_o2"),
    ("two_two_two", "target", "target_o1 target_o2"),
]

ROLES = [
    ("unit_numbers", "output", "O_6"),
    ("unit_numbers", "y_{pred}", "O_6"),
    ("unit_numbers", "ŷ", "O_6"),
    ("unit_numbers", "Predicted Output", "O_6"),
    ("unit_numbers", "y_{true}", "T_6"),
    ("unit_numbers", "desired", "T_6"),
    ("unit_numbers", "target_6", "T_6"),
    ("unit_numbers", "MSE", "E"),
    ("unit_numbers", "J", "E"),
    ("unit_numbers", "total error", "E"),
    ("unit_numbers", "α", "eta"),
    ("unit_numbers", "l", "eta"),
    ("unit_numbers", "net_5", "I_5"),
    ("unit_numbers", "z_5", "I_5"),
    ("unit_numbers", "out_5", "O_5"),
    ("unit_numbers", "b_5", "theta_5"),
    ("two_two_two", "H_1", "out_h1"),
    ("two_two_two", "z_{h2}", "net_h2"),
    ("two_two_two", "a_{o1}", "out_o1"),
    ("two_two_two", "t_{o2}", "target_o2"),
    ("two_two_two", "x_1", "i_1"),
    ("two_three_one", "Input0", "x0"),
    ("two_three_one", "Input1", "x1"),
]

PARTIALS = [
    ("two_two_two", "∂E_{total}/∂w5", "dE_total/dw_5"),
    ("two_two_two", "∂E_{o2}/∂out_{h1}", "dE_o2/dout_h1"),
    ("two_two_two", "∂out_{o1}/∂net_{o1}", "dout_o1/dnet_o1"),
    ("two_two_two", "∂E/∂w_5", "dE_total/dw_5"),
    ("two_two_two", "∂w_5/∂out_{o1}", ""),  # upside down
    ("two_two_two", "∂net_{h1}/∂w_5", "dnet_h1/dw_5"),  # none, but it may be said
    ("layered", "∂L/∂W^{(1)}", "dL/dW1_11 dL/dW1_12; dL/dW1_21 dL/dW1_22"),
    ("layered", "∂L/∂z^{(1)}", "dL/dz1_1 dL/dz1_2"),
    ("layered", "∂a^{(1)}/∂z^{(1)}", "da1_1/dz1_1 da1_2/dz1_2"),
    ("layered", "∂z^{(2)}/∂a^{(1)}", "dz2/da1_1 dz2/da1_2"),
]

NODE_ERRORS = [
    ("two_two_two", "δ_{o1}", "dE_total/dnet_o1"),
    ("two_two_two", "δ_{h_1}", "dE_total/dnet_h1"),
    ("two_two_two", "delta_h2", "dE_total/dnet_h2"),
    ("unit_numbers", "δ_5", "dE/dI_5"),
    ("unit_numbers", "δ", "dE/dI_6"),
    ("unit_numbers", "δ_o", "dE/dI_6"),
    ("two_two_two", "δ_o", ""),  # of any output
    ("layered", "δ^{(2)}", "dL/dz2"),
    ("layered", "δ2", "dL/dz2"),
    ("layered", "δ1", "dL/dz1_1 dL/dz1_2"),
    ("layered", "δ1_2", "dL/dz1_2"),
    ("ends", "δ_Y", "dE/dY_1_in"),
    ("ends", "δ_{Z₂}", "dE/dZ_2_in"),
]


@pytest.mark.parametrize(("network", "written", "meant"), SPELLINGS + VECTORS + ROLES + PARTIALS + NODE_ERRORS)
def test_names(network: str, written: str, meant: str) -> None:
    assert shown(Names(truth_of(network), NOTHING).readings(node(written))) == meant


@pytest.mark.parametrize(("network", "written", "meant"), SPELLINGS)
def test_a_spelling_is_sure(network: str, written: str, meant: str) -> None:
    readings = Names(truth_of(network), NOTHING).readings(node(written))
    assert [reading.strength for reading in readings] == ([Strength.SPELT] if meant else [])


@pytest.mark.parametrize(("network", "written"), [(network, written) for network, written, meant in ROLES if meant])
def test_a_role_is_a_guess(network: str, written: str) -> None:
    assert Names(truth_of(network), NOTHING).readings(node(written))[0].strength is Strength.GUESSED


@pytest.mark.parametrize("text", ["learning_rate", "lr", "learning rate"])
def test_a_learning_rate_is_nothing_else(text: str) -> None:
    (reading,) = Names(truth_of("unit_numbers"), NOTHING).readings(node(text))
    assert (shown((reading,)), reading.strength) == ("eta", Strength.DEFINED)


@pytest.mark.parametrize("network", NETWORKS)
def test_every_quantity_is_spelt_as_itself(network: str) -> None:
    names, graph = Names(truth_of(network), NOTHING), truth_of(network).problem.graph
    for quantity in graph.names:
        assert shown(names.readings(Name(quantity, HERE))) == quantity


def test_phases() -> None:
    names = Names(truth_of("two_two_two"), NOTHING)
    assert shown(names.readings(node("w_5"), after=2)) == "w_5@2"
    assert shown(names.readings(node("w_5+"), after=2)) == "w_5@3"
    assert shown(names.readings(node("target_{o1}"), after=2)) == "target_o1"
    assert shown(names.readings(node("∂E_{total}/∂w_5"), after=1)) == "dE_total/dw_5@1"


def test_a_role_is_sure_where_its_number_is_put_in() -> None:
    sheet = Sheet("unit_numbers", "$\\theta_6^+ = \\theta_6 - a (-0.5) = 0.1 - 0.9 (-0.5) = 0.55$")
    readings = sheet.names.readings(sheet.node("a"))
    assert (shown(readings), readings[0].strength) == ("eta", Strength.DEFINED)


def test_a_bias_without_an_index_is_that_of_the_unit() -> None:
    sheet = Sheet("two_three_one", "$z0 = x0*w0 + x1*w1 + b$\n\n$z3 = O0*w6 + O1*w7 + O2*w8 + b$")
    assert [sheet.reads("b", chain) for chain in (0, 1)] == ["b0", "b3"]


def test_a_bias_that_is_multiplied_by_a_bias_is_one() -> None:
    sheet = Sheet("ends", "$Y_{1in} = Z_1 v_1 + Z_2 v_2 + bias \\cdot v_0$")
    body = sheet.names.readings(sheet.node("bias"))[0].body
    assert isinstance(body, Number)
    assert body.value == 1


def test_the_argument_of_a_function_is_any_number() -> None:
    sheet = Sheet("layered", "$\\sigma(u) = \\frac{1}{1 + e^{-u}}$")
    assert sheet.names.readings(sheet.node("u"))[0].strength is Strength.DEFINED


def test_how_the_document_writes_a_quantity() -> None:
    text = r"""
$$\frac{\partial E_{total}}{\partial w_5} = \delta_{o1} \, out_{h1}$$

$$w_5^{+} = w_5 - \eta \frac{\partial E_{total}}{\partial w_5}$$
"""
    names = Sheet("two_two_two", text).names
    assert names.spelt(Quantity("w_5")) == "w_5"
    assert names.spelt(Quantity("w_5", 1)) == "w_5^{+}"
    assert names.spelt(Quantity("dE_total/dw_5")) == r"\frac{\partial E_{total}}{\partial w_5}"
    assert names.spelt(Quantity("w_6")) is None


SLIPS = [("00", "O0"), ("wl", "w1"), ("zO", "z0"), ("w33", "w3")]


@pytest.mark.parametrize(("written", "meant"), SLIPS)
def test_slips(written: str, meant: str) -> None:
    names = Names(truth_of("two_three_one"), NOTHING)
    assert names.readings(name(written)) == ()
    slips = names.slips(name(written))
    assert shown(slips) == meant
    assert {slip.strength for slip in slips} == {Strength.GUESSED}


def test_a_number_may_be_a_slip() -> None:
    names = Names(truth_of("two_three_one"), NOTHING)
    assert shown(names.slips(Number("00", Fraction(0), Fraction(1), HERE))) == "O0"


def test_nearest_names() -> None:
    names = Names(truth_of("two_two_two"), NOTHING)
    assert names.nearest(name("out_{h3}"))[0].startswith("out_h")
    assert names.nearest(Partial(name("E_{total}"), name("w_{15}"), HERE))[0].startswith("w_")
    assert names.nearest(name("zzzz")) == ()


@given(st.text(max_size=12), st.text(max_size=6), st.text(max_size=6), st.sampled_from(["", "hat", "tilde"]))
def test_any_name_is_answered(base: str, below: str, above: str, accent: str) -> None:
    names = Names(truth_of("layered"), NOTHING)
    written = Name(base, Span(0, 1), below, above, accent)
    readings = names.readings(written)
    assert all(reading.rows or reading.body is not None for reading in readings)
    names.schematic(written)
    names.slips(written)
    names.nearest(written)


def test_naming_takes_time_in_proportion() -> None:
    lines = [
        f"$\\delta_{{o1}} = (out_{{o1}} - target_{{o1}}) out_{{o1}} (1 - out_{{o1}}) = 0.13{n}$" for n in range(300)
    ]
    sheet = Sheet("two_two_two", "\n\n".join(lines))
    start = time.process_time()
    for chain in range(300):
        sheet.reads("δ_o1", chain)
    assert time.process_time() - start < 1


def test_definitions_inside_each_other_are_bounded() -> None:
    lines = [f"$q_{{{n}}} = q_{{{n - 1}}} q_{{{n - 1}}} + q_{{{n - 2}}}$" for n in range(60, 2, -1)]
    sheet = Sheet("unit_numbers", "\n\n".join(lines))
    start = time.process_time()
    for chain in range(len(lines)):
        sheet.names.readings(sheet.node(f"q_{60 - chain}", chain))
    assert time.process_time() - start < 2


def test_a_quantity_of_the_network_may_bear_the_mark_itself() -> None:
    problem = problem_of(
        {"y_before": "w*x", "E": "(t - y_before)**2/2"}, cost="E", inputs={"x": "2"}, targets={"t": "1"},
        parameters={"w": "0.3"}, learning_rate="0.1",
    )  # fmt: skip
    # w+ = 0.3 - 0.1 (0.6 - 1) 2 = 0.38
    source, blocks = read_text("$y_{before} = 0.6$\n\n$y_{after} = 0.76$\n\n$y_{after} = 0.67$\n", name="sheet.md")
    verdicts = [claim.verdict for claim in audit(source, blocks, problem).claims]
    assert verdicts == [Verdict.CORRECT, Verdict.CORRECT, Verdict.WRONG]
