from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.checking.steps import Consistency, ball, readable, reread_fault
from symbackprop.checking.verdict import Verdict
from symbackprop.evaluation.enclosure import Enclosures, bounds
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import add, multiply, power, symbol
from symbackprop.network.graph import Definition

SYMBOLS = {name: symbol(name) for name in ("x", "y", "delta_1", "dE/dx", "w+")}
GIVEN = {"x": Fraction(3, 10), "w+": Fraction(-1, 2)}
FORMULA = parse("sigmoid(x)*(1 - x)", SYMBOLS)
DIGITS = "0.402109761768161291006449885664"  # from (1 - x)/(1 + e^-x) at x = 0.3, by 60-digit arithmetic


def consistency(digits: str = DIGITS, printed: str = "0.4021", x: str = "0.3") -> Consistency:
    enclosures = Enclosures([Definition("y", FORMULA)], GIVEN)
    return Consistency(enclosures, {"x": "0.3", "y": digits}, {"x": x, "y": printed}, {"delta_1": "y"})


def test_a_step_that_agrees_with_itself() -> None:
    other = parse("(1 - x)/(1 + exp(-x))", SYMBOLS)
    assert consistency().check("y", [FORMULA, other, SYMBOLS["delta_1"]]).verdict is Verdict.CONFIRMED


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (consistency(digits="0.402109761768161291006449885667"), "not 0.402109761768161291006449885667"),
        (consistency(printed="0.4023"), "sigmoid(0.3)*(1 - 0.3) is 0.402109761768, not 0.4023"),
        (consistency(x="0.4"), "sigmoid(0.4)*(1 - 0.4) is"),
    ],
)
def test_a_wrong_number_is_named(case: Consistency, reason: str) -> None:
    finding = case.check("y", [FORMULA])
    assert finding.verdict is Verdict.REFUTED
    assert reason in finding.reason


@pytest.mark.parametrize("formula", ["sigmoid(x)*(1 + x)", "sigmoid(x) - x", "x"])
def test_a_form_of_another_value_is_not_confirmed(formula: str) -> None:
    assert consistency().check("y", [FORMULA, parse(formula, SYMBOLS)]).verdict is not Verdict.CONFIRMED


def test_a_value_that_is_exactly_zero() -> None:
    difference = Definition("y", parse("x - 0.3", SYMBOLS))
    case = Consistency(Enclosures([difference], GIVEN), {"x": "0.3", "y": "0"}, {"x": "0.3", "y": "0"}, {})
    assert case.check("y", [difference.expression]).verdict is Verdict.CONFIRMED


def test_a_number_beyond_what_the_parser_reads() -> None:
    tiny = Definition("y", parse("exp(-1/x**20)", SYMBOLS))
    enclosures = Enclosures([tiny], {"x": Fraction(1, 2)})
    digits = "1.69567967974683518361922920385e-455391"
    case = Consistency(enclosures, {"x": "0.5", "y": digits}, {"x": "0.5", "y": "0.0000"}, {})
    assert case.check("y", [tiny.expression]).verdict is Verdict.CONFIRMED


@pytest.mark.parametrize(
    "formula",
    ["x - (y - x)", "-x**2", "(-x)**2", "x/(y*x)", "(dE/dx)*(w+)", "-(x*y)", "1/x/y", "(x**2)**3", "x**-2", "2*(-3)"],
)
def test_text_is_read_back_as_it_is(formula: str) -> None:
    assert reread_fault(parse(formula, SYMBOLS)) == ""


def test_text_that_is_read_back_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symbackprop.checking.steps.parse", lambda *_: parse("y - x", SYMBOLS))
    assert reread_fault(parse("x - y", SYMBOLS)) == "x - y is read back as y - x"


def test_text_that_the_parser_refuses_is_undecided() -> None:
    deep = parse("x", SYMBOLS)
    for _ in range(80):
        deep = power(add([deep, SYMBOLS["x"]]), parse("2", {}))
    finding = consistency().check("y", [deep])
    assert finding.verdict is Verdict.UNDECIDED
    assert "inside each other" in finding.reason


def test_exponents_are_worked_out_before_they_are_read() -> None:
    taken = multiply([symbol("x"), power(symbol("y"), add([parse("2", {}), parse("-1", {})]))])
    assert text(taken) == "x*y**(2 - 1)"
    assert text(readable(taken)) == "x*y**1"


@pytest.mark.parametrize(("decimal", "low", "high"), [("0.40", "0.395", "0.405"), ("-3e2", "-350", "-250")])
def test_a_printed_number_stands_for_half_a_unit_either_way(decimal: str, low: str, high: str) -> None:
    lowest, highest = bounds(ball(decimal))
    assert abs(lowest - Fraction(low)) + abs(highest - Fraction(high)) < Fraction(1, 10**9) * abs(Fraction(low))
    assert lowest <= Fraction(low) < Fraction(high) <= highest
