"""Formulas with nothing on their left: a quantity, one slip from a quantity, or nobody knows."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from symbackprop.network.problem import Problem
from tests.networks import example, problem_of

GATED = problem_of(
    {
        "f": "sigmoid(w_f*x)",
        "i": "sigmoid(w_i*x)",
        "g": "tanh(w_g*x)",
        "c": "f*c_0 + i*g",
        "h": "w_h*tanh(c)",
        "C": "(y - h)**2/2",
    },
    cost="C",
    inputs={"x": "0.5", "c_0": "0.3"},
    targets={"y": "0.4"},
    parameters={"w_f": "0.2", "w_i": "0.7", "w_g": "-0.6", "w_h": "1.3"},
)
MAZUR = example("mazur_2_2_2")

FORMULAS = [
    (GATED, "f c_0 + i g", Verdict.CORRECT, ""),
    (GATED, "f * c_0 + i + g", Verdict.WRONG, "wrong-formula"),
    (GATED, "f c_0 - i g", Verdict.WRONG, "sign"),
    (GATED, r"\sigma(w_f x) c_0 + \sigma(w_i x) \tanh(w_g x)", Verdict.CORRECT, ""),
    (GATED, r"\sigma(w_f x) c_0 + \sigma(w_i x) + \tanh(w_g x)", Verdict.WRONG, "wrong-formula"),
    (GATED, r"-(y - h) w_h (1 - \tanh^2(c)) i", Verdict.CORRECT, ""),
    (GATED, r"(y - h) w_h (1 - \tanh^2(c)) i", Verdict.CORRECT, ""),  # nobody says of what it is a part
    (GATED, "f c_0 + 3 i g - x", Verdict.UNDECIDED, ""),
    (GATED, "f c_0 + i q", Verdict.UNDECIDED, ""),
    (MAZUR, r"w_5 out_{h1} + w_6 out_{h2} + b_2", Verdict.CORRECT, ""),
    (MAZUR, r"w_5 out_{h1} + w_6 out_{h2} - b_2", Verdict.WRONG, "sign"),
    (MAZUR, r"w_5 out_{h1} + w_6 out_{h2}", Verdict.UNDECIDED, ""),  # a part of a net input
    (MAZUR, r"\delta_{o1} w_5 i_1 (1 - out_{h1})", Verdict.UNDECIDED, ""),  # a factor may stand before it
]


@pytest.mark.parametrize(("problem", "formula", "verdict", "cause"), FORMULAS)
def test_a_display_without_a_left_side(problem: Problem, formula: str, verdict: Verdict, cause: str) -> None:
    source, blocks = read_text(f"$$\n{formula}\n$$", name="sheet.md")
    (claim,) = audit(source, blocks, problem).claims
    assert (claim.verdict, claim.cause) == (verdict, cause)


@pytest.mark.parametrize(
    "formula", ["i g", "w_5 out_{h1}", "0.4 w_5 out_{h1} + w_6 out_{h2} + b_2", r"w_1, w_2, w_3, w_4"]
)
def test_what_may_be_anything_is_no_claim(formula: str) -> None:
    source, blocks = read_text(f"$$\n{formula}\n$$", name="sheet.md")
    assert not audit(source, blocks, MAZUR).claims


JOINED = [  # what a later block begins with may go on with the chain before it, or with one that is left out
    (r"= -(target_{o1} - out_{o1}) out_{o1} (1 - out_{o1}) out_{h1}", Verdict.CORRECT),  # ∂E/∂w_5, as the head says
    (r"= -(target_{o2} - out_{o2}) out_{o2} (1 - out_{o2}) out_{h1}", Verdict.CORRECT),  # ∂E/∂w_7
    (r"= -(target_{o1} - out_{o1}) out_{o1} (1 + out_{o1}) out_{h1}", Verdict.WRONG),
    (r"= 3 (target_{o2} - out_{o2}) out_{o2}^3 (1 - out_{o2}) out_{h1}", Verdict.UNDECIDED),
]


@pytest.mark.parametrize(("formula", "verdict"), JOINED)
def test_a_display_that_begins_with_a_sign(formula: str, verdict: Verdict) -> None:
    head = r"\frac{\partial E_{total}}{\partial w_5} = \delta_{o1} out_{h1}"
    source, blocks = read_text(f"$$\n{head}\n$$\n\n$$\n{formula}\n$$", name="sheet.md")
    first, second = audit(source, blocks, MAZUR).claims
    assert first.verdict is Verdict.CORRECT
    assert second.verdict is verdict


def test_a_display_that_begins_with_a_sign_and_follows_nothing() -> None:
    source, blocks = read_text("$$\n= w_5 out_{h1} + w_6 out_{h2} + b_2\n$$", name="sheet.md")
    (claim,) = audit(source, blocks, MAZUR).claims
    assert (claim.verdict, claim.quantity) == (Verdict.CORRECT, "net_o1")


def test_what_is_made_with_a_velocity_is_no_slip_of_the_gradient() -> None:
    """With momentum, v_{w_5} = 0.1 · ∂E/∂w_5 is what is taken away; a number that was printed for nothing is a slip."""
    velocity = r"$v_{w_5} = 0.9 \cdot 0 + 0.1 \cdot 0.0822 = 0.00822$"
    update = r"$w_5 := 0.4 - 0.5 \cdot 0.00822 = 0.3959$"
    found = audit(*read_text(f"{velocity}\n\n{update}", name="sheet.md"), MAZUR).claims
    assert not [claim for claim in found if claim.verdict is Verdict.WRONG]
    assert audit(*read_text(update, name="sheet.md"), MAZUR).claims[-1].verdict is Verdict.WRONG
