"""Formulas put right in their author's own notation."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from tests.auditing.judging.test_nameless import GATED
from tests.networks import example

OUT = r"\frac{\partial out_{o1}}{\partial net_{o1}} = "
CORRECTED = [
    (r"net_{h1} = w_1 i_1 + w_3 i_2 + b_1", r"net_{h1} = w_1 i_1 + w_2 i_2 + b_1"),
    (r"net_{h1} = w_1 i_1 + w_2 i_2 - b_1", r"net_{h1} = w_1 i_1 + w_2 i_2 + b_1"),
    (r"net_{h1} = w_1 i_1 + b_1", r"net_{h1} = w_1 i_1 + b_1 + w_2 \cdot i_2"),
    (r"net_h1 = w1*i1 + b1", r"net_h1 = w1*i1 + b1 + w_2 * i_2"),
    (r"out_{h1} = \frac{1}{1+e^{net_{h1}}}", r"out_{h1} = \frac{1}{1+e^{-net_{h1}}}"),
    (r"\frac{\partial E_{total}}{\partial out_{o1}} = target_{o1} - out_{o1}",
     r"\frac{\partial E_{total}}{\partial out_{o1}} = -(target_{o1} - out_{o1})"),
    (r"\frac{\partial E_{total}}{\partial out_{o1}} = \left(target_{o1} - out_{o1}\right)",
     r"\frac{\partial E_{total}}{\partial out_{o1}} = -\left(target_{o1} - out_{o1}\right)"),
    (OUT + r"out_{o1}(1 + out_{o1})", OUT + r"out_{o1}(1 - out_{o1})"),
    (OUT + r"1 - out_{o1}", OUT + r"(1 - out_{o1}) \cdot out_{o1}"),
    (OUT + r"out_{o1}(1 - out_{o1})w_5", OUT + r"out_{o1}(1 - out_{o1})"),
    (OUT + r"w_5(1 - out_{o1})out_{o1}", OUT + r"(1 - out_{o1})out_{o1}"),
    (r"O_j = \frac{1}{1 + e^{I_j}}", r"O_j = \frac{1}{1 + e^{-I_j}}"),
    (r"\Delta w_{ij} = -\eta \delta_j qO_i", r"\Delta w_{ij} = -\eta \delta_j O_i"),
    (r"\frac{\partial E_{total}}{\partial w_5} = (target_{o1} - out_{o1})out_{o1}(1 - out_{o1}) * ...",
     r"\frac{\partial E_{total}}{\partial w_5} = -(target_{o1} - out_{o1})out_{o1}(1 - out_{o1}) * ..."),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "right"), CORRECTED)
def test_a_formula_is_put_right_as_its_author_writes(formula: str, right: str) -> None:
    source, blocks = read_text(f"$${formula}$$", name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).faults
    assert claim.corrected == f"$${right}$$"


@pytest.mark.parametrize("right", [right for _, right in CORRECTED])
def test_what_is_put_right_is_accused_no_more(right: str) -> None:
    source, blocks = read_text(f"$${right}$$", name="sheet.md")
    assert not audit(source, blocks, example("mazur_2_2_2")).faults


def test_what_no_sign_stands_before() -> None:
    source, blocks = read_text("$$\nf * c_0 + i + g\n$$", name="sheet.md")
    (claim,) = audit(source, blocks, GATED).faults
    assert claim.corrected == "f * c_0 + i * g"


@pytest.mark.parametrize("formula", [r"net_{h1} = w_1^2 i_1^3", r"net_{h1} = 5 w_8 i_1 - b_2"])
def test_what_is_wrong_altogether_is_not_put_right(formula: str) -> None:
    source, blocks = read_text(f"$${formula}$$", name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).faults
    assert not claim.corrected


def test_decimals_are_put_right_with_the_comma_of_their_author() -> None:
    source, blocks = read_text("0,05 0,15\n\nnet_h1 = 0,15*0,05 + 0,2*0,1 + 0,35 = –0,3757", name="sheet.txt")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).faults
    assert claim.corrected == "net_h1 = 0,15*0,05 + 0,2*0,1 + 0,35 = 0,3775"


def test_an_index_is_put_right_within_its_markup() -> None:
    line = "<p>net<sub>h1</sub> = w<sub>1</sub>i<sub>1</sub> + w<sub>{}</sub>i<sub>2</sub> + b<sub>1</sub></p>"
    source, blocks = read_text(line.format(3), name="page.html")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).faults
    assert claim.corrected == line.format(2)
