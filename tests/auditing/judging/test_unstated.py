"""Documents that leave out some numbers: what can be judged without them is, and nothing is held against the rest."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.auditing.inference.sheets import MAZUR

# Of the worked 2-2-2 example (Matt Mazur, A Step by Step Backpropagation Example) without four of its weights.
MORE = """
dE_total/dout_o1 = -(target_o1 - out_o1) = -(0.01 - 0.75136507) = 0.74136507
dout_o1/dnet_o1 = out_o1*(1 - out_o1) = 0.75136507*(1 - 0.75136507) = 0.186815602
dE_total/dw5 = dE_total/dout_o1*dout_o1/dnet_o1*dnet_o1/dw5 = 0.74136507*0.186815602*0.593269992 = 0.082167041
w6+ = 0.408666186
dE_total/dout_h1 = dE_o1/dout_h1 + dE_o2/dout_h1 = 0.055399425 + -0.019049119 = 0.036350306
w1+ = w1 - eta*dE_total/dw1 = 0.15 - 0.5*0.000438568 = 0.149780716
"""


def judged(text: str) -> dict[str, Judged]:
    return {claim.text: claim for claim in audit(*read_text(text, name="sheet.txt")).claims}


@pytest.mark.parametrize("number", ["1.105905967", "0.023560026", "0.298371109", "0.186815602", "0.408666186"])
def test_what_rests_on_printed_numbers_is_judged_by_them(number: str) -> None:
    assert judged(MAZUR + MORE)[number].verdict in (Verdict.CORRECT, Verdict.CARRIED)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("0.186815602\n", "0.186851602\n"),
        ("w6+ = 0.408666186", "w6+ = 0.491333814"),  # moved uphill
        ("dE_total/dout_o1*dout_o1/dnet_o1*dnet_o1/dw5", "dE_total/dout_o1*dnet_o1/dw5"),
        ("0.023560026\nE_total", "0.235600260\nE_total"),
    ],
)
def test_faults_are_found_without_what_is_left_out(right: str, wrong: str) -> None:
    text = MAZUR + MORE
    assert all(claim.verdict is not Verdict.WRONG for claim in judged(text).values())
    assert right in text
    found = [claim for claim in judged(text.replace(right, wrong)).values() if claim.verdict is Verdict.WRONG]
    assert len(found) == 1
    assert found[0].text in wrong


@pytest.mark.parametrize("number", ["0.596884378", "0.772928465", "0.036350306", "0.149780716", "0.24975114"])
def test_what_rests_on_what_is_left_out_is_undecided(number: str) -> None:
    claim = judged(MAZUR + MORE)[number]
    assert claim.verdict is Verdict.UNDECIDED
    assert "the document does not state" in claim.message


def test_numbers_of_which_nothing_is_known_are_not_accused() -> None:
    for other in ("0.036350307", "0.24975115"):
        text = (MAZUR + MORE).replace("0.24975114", "0.24975115").replace("0.036350306", "0.036350307")
        assert judged(text)[other].verdict is Verdict.UNDECIDED


def test_what_four_decimals_do_not_tell_is_not_accused() -> None:
    text = """
x = 0.5, w = 0.8, u = 3.9, t = 1

a = sigmoid(w*x) = 0.5987

h = sigmoid(v*x) = 0.5374

y = a + u*h = 2.694567

e = t - y = -1.694567
"""
    # u*h is known to 3.9 · 0.0001 alone
    found = judged(text)
    assert found["2.694567"].verdict is Verdict.UNDECIDED
    assert judged(text.replace("2.694567", "2.794567"))["2.794567"].verdict is Verdict.WRONG


def test_an_input_is_not_updated_so_something_else_is_meant() -> None:
    text = "x = 0.5, bias = 1, w = 0.8, v = 0.3, t = 1, eta = 0.1\n\nz = w*x + v*bias = 0.8*0.5 + 0.3*1 = 0.7\n\n"
    text += "y = sigmoid(z) = 0.6682\n\nE = 1/2*(t - y)^2 = 0.0550\n\ndE/dz = (y - t)*y*(1 - y) = -0.0736\n\n"
    claim = judged(text + "new bias = 0.3 + 0.1*0.0736*1 = 0.3074")["0.3074"]
    assert claim.verdict is not Verdict.WRONG
    assert judged(text + "new_v = v - eta*dE/dv = 0.3 + 0.1*0.0736*1 = 0.3174")["0.3174"].verdict is Verdict.WRONG


def test_a_name_that_is_guessed_is_not_held_against_a_document_whose_cost_is_not_known() -> None:
    text = "x1 = 1.12, w1 = 0.5, w2 = 0.3\n\nz1 = w1*x1 = 0.56\n\na1 = sigmoid(z1) = 0.6365\n\nz2 = w2*x1 = 0.336\n\n"
    text += "a2 = sigmoid(z2) = 0.5832\n\nL = L1 + L2 = 1.0120 + 0.5392 = 1.5512\n\n"
    own = "delta1 = y1 - a1 = {} - 0.6365 = -0.6365"
    assert all(claim.verdict is not Verdict.WRONG for claim in judged(text + own.format("0")).values())
    assert judged(text + own.format("1"))["-0.6365"].verdict is Verdict.WRONG  # 1 - 0.6365 is 0.3635


def test_a_formula_with_a_weight_whose_number_is_not_stated_is_put_right() -> None:
    claim = judged(MAZUR + MORE + "\nnet_h1 = w1*i1 + w3*i2 + b1\n")["w1*i1 + w3*i2 + b1"]
    assert claim.verdict is Verdict.WRONG
    assert claim.cause == "wrong-index"
    assert claim.corrected == "net_h1 = w1*i1 + w2*i2 + b1"


def test_what_the_network_is_without_is_none_of_its_quantities() -> None:
    given = "x_1 = 1, x_2 = 2, w_1 = 0.5, w_2 = 0.2, b = 0.1, v = 0.7, t = 1\n\n"
    text = given + "z = w_1*x_1 + w_2*x_2 + b = 1.00\n\nh = relu(z) = 1.00\n\ny = v*h + c = -0.65\n\nL = (y - t)^2\n"
    found = audit(*read_text(text))
    assert found.missing == ("c",)
    assert {one.text: one.quantity for one in found.claims}["0.7"] == "v"
    assert {one.verdict for one in found.claims} <= {Verdict.CORRECT, Verdict.UNDECIDED}


def test_an_output_without_a_formula_is_no_other_quantity() -> None:
    given = "x = 2, w = 0.5, t = 0.2\n\nnet_o = w*x = 1.00\n\nout_o = 0.4757\n\n"
    assert {one.text: one.quantity for one in audit(*read_text(given)).claims}["0.4757"] == "out_o"
