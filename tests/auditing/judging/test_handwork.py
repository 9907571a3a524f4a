"""Rounding that is not shown: products worked out on the way, and numbers that a hand goes on with."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.judging.handwork import Handwork
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.auditing.values import ball
from symbackprop.network.problem import Problem
from tests.networks import problem_of

# z is 0.993*1.015 + 0.323*2.036 - 0.429 = 1.007895 + 0.657628 - 0.429 = 1.236523;
# with each product cut off, 1.007 + 0.657 - 0.429 = 1.235
NETWORK = problem_of(
    {"z": "w1*x1 + w2*x2 + b", "y": "z**2", "C": "(t - y)**2/2"},
    cost="C",
    inputs={"x1": "1.015", "x2": "2.036"},
    targets={"t": "1.5"},
    parameters={"w1": "0.993", "w2": "0.323", "b": "-0.429"},
    learning_rate="0.05",
)


def _claims(text: str, problem: Problem) -> tuple[Judged, ...]:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, replace(problem, decimals=3)).claims


def test_every_product_and_sum_on_the_way_may_be_cut_off() -> None:
    a, b, c = sp.symbols("a b c")
    names = {"a": ball(Fraction("0.993")), "b": ball(Fraction("1.015")), "c": ball(Fraction("-0.429"))}
    made = Handwork(names, lambda _: Fraction(1, 1000)).whole(a * b + c)
    assert made.contains(ball(Fraction("1.007") + Fraction("-0.429")))
    assert not made.contains(ball(Fraction("1.005") + Fraction("-0.429")))
    assert Handwork(names, lambda _: Fraction(0)).whole(a * b + c).rad() < 1e-12


@pytest.mark.parametrize(("printed", "verdict"), [("1.235", Verdict.UNDECIDED), ("1.232", Verdict.WRONG)])
def test_products_that_are_not_shown_may_have_been_cut_off(printed: str, verdict: Verdict) -> None:
    (claim,) = _claims(f"`z = {printed}`", NETWORK)
    assert claim.verdict is verdict


def test_what_follows_from_such_a_number_is_carried() -> None:
    # 1.235**2 is 1.525225, the exact square 1.528989
    claims = _claims("`z = 1.235`\n\n`y = z**2 = 1.235**2 = 1.525`", NETWORK)
    assert [claim.verdict for claim in claims if claim.printed] == [Verdict.UNDECIDED, Verdict.CARRIED]


def test_what_follows_from_a_fault_by_products_that_were_cut_off_inherits_it() -> None:
    # dC/dw is (0.41 - 0.4132)*1 = -0.0032; with 0.1276, 0.25*0.1276 = 0.0319, cut off 0.031, and 0.41 - 0.031 = 0.379
    problem = problem_of(
        {"y": "w*x", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "0.4132"},
        parameters={"w": "0.41"},
        learning_rate="0.25",
    )
    claims = _claims("`dC/dw = 0.1276`\n\n`w+ = 0.379`", problem)
    assert [claim.verdict for claim in claims] == [Verdict.WRONG, Verdict.INHERITED]


@pytest.mark.parametrize(("printed", "verdict"), [("-0.0083231", Verdict.UNDECIDED), ("-0.0083131", Verdict.WRONG)])
def test_the_digits_that_all_numbers_have_are_kept_on_the_way_not_the_decimals_that_most_have(
    printed: str, verdict: Verdict
) -> None:
    # d*w is -0.0122894, in five digits -0.012289; (-0.012289 + 0.001)*(1 - 0.26272) is -0.00832315, exactly -0.00832347
    own = {"p": "d*a", "q": "k*w", "r": "k*d", "s": "k*d*a", "u": "k*d*w"}
    problem = problem_of(
        {"y": "(d*w + e)*(1 - a**2)", **own},
        cost="y",
        inputs={"d": "-0.02858", "a": "0.51256", "e": "0.001", "k": "0.1234"},
        parameters={"w": "0.43"},
    )
    shown = {"p": "-0.014649", "q": "0.053062", "r": "-0.0035268", "s": "-0.0018077", "u": "-0.0015165", "y": printed}
    text = "\n\n".join(f"`{name} = {number}`" for name, number in shown.items())
    claims = audit(*read_text(text, name="sheet.md"), problem).claims
    assert [claim.verdict for claim in claims] == [Verdict.CORRECT] * 5 + [verdict]


def test_a_zero_that_was_cut_off_may_have_been_of_either_sign() -> None:
    # 0.25 * -0.0032 is -0.0008, cut off 0.000; w+ is 0.4108
    problem = problem_of(
        {"y": "w*x", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "0.4132"},
        parameters={"w": "0.41"},
        learning_rate="0.25",
    )
    claims = _claims("`w+ = w - eta*dC/dw = 0.41 - 0.25*(-0.0032) = 0.41 - 0.000 = 0.410`", problem)
    assert not [claim for claim in claims if claim.verdict is Verdict.WRONG]
    found = _claims("`w+ = w - eta*dC/dw = 0.41 - 0.25*(-0.0032) = 0.41 - 0.002 = 0.408`", problem)
    assert [claim for claim in found if claim.verdict is Verdict.WRONG]


def test_a_second_iteration_that_goes_on_from_a_fault_of_the_first_inherits_it() -> None:
    # y = 0.5, dE/dw = (0.5 - 1)*0.5 = -0.25 and dE/db = -0.5; with -0.35 for the first, w+ is 0.575
    problem = problem_of(
        {"y": "w*x + b", "E": "(t - y)**2/2"},
        cost="E",
        inputs={"x": "0.5"},
        targets={"t": "1"},
        parameters={"w": "0.4", "b": "0.3"},
    )
    faulty = ["dE/dw = -0.3500", "w+ = w - 0.5*dE/dw = 0.4 - 0.5*(-0.3500) = 0.5750"]
    right = ["dE/db = -0.5000", "b+ = b - 0.5*dE/db = 0.3 - 0.5*(-0.5000) = 0.5500"]
    second = ["y = w*x + b = 0.5750*0.5 + 0.5500 = 0.8375", "E = (t - y)^2/2 = (1 - 0.8375)^2/2 = 0.0132"]
    update = ["dE/dw = (y - t)*x = (0.8375 - 1)*0.5 = -0.0813", "w+ = 0.6156", "b+ = 0.6313"]
    lines = ["y = w*x + b = 0.4*0.5 + 0.3 = 0.5000", *faulty, *right, *second, *update]
    claims = [claim for claim in _claims("\n\n".join(f"`{line}`" for line in lines), problem) if claim.printed]
    assert [claim.printed for claim in claims if claim.verdict is Verdict.WRONG] == ["-0.3500"]
    inherited = [claim.printed for claim in claims if claim.verdict is Verdict.INHERITED]
    assert inherited == ["0.5750", "0.8375", "0.0132", "-0.0813", "0.6156", "0.6313"]
