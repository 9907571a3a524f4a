"""Enclosures: they hold the true value, they get as tight as is asked for, and they say when they cannot."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import flint
import mpmath
import pytest
from hypothesis import given, settings

from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import RANGE, Arithmetic
from symbackprop.evaluation.enclosure import LIMIT, START, Ball, Enclosures, bounds, run
from symbackprop.evaluation.program import compile_program
from symbackprop.network.problem import Problem
from tests.networks import Oracle, derivation_of, random_problems, two_two_two


def enclosures_of(derivation: Derivation) -> Enclosures:
    return Enclosures(derivation.sequence, derivation.problem.exact_values())


def of_equations(equations: Mapping[str, str], **given: str) -> Enclosures:
    return enclosures_of(derivation_of(equations, cost=list(equations)[-1], inputs=given, learning_rate=None))


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (flint.fmpq(1, 4), Fraction(1, 4), Fraction(1, 4)),
        (flint.fmpq(0), 0, 0),
        (3, 3, 3),
        (flint.arb(0.5), Fraction(1, 2), Fraction(1, 2)),
        (flint.arb(-6), -6, -6),
        (flint.arb(2) ** 1000, 2**1000, 2**1000),
        (flint.arb(2) ** -1000, Fraction(1, 2**1000), Fraction(1, 2**1000)),
    ],
)
def test_bounds(value: Ball, low: Fraction, high: Fraction) -> None:
    assert bounds(value) == (low, high)


def test_bounds_of_a_ball_hold_all_of_it() -> None:
    low, high = bounds(flint.arb(1, 0.25))
    assert Fraction(3, 4) - Fraction(1, 10**8) < low <= Fraction(3, 4)
    assert Fraction(5, 4) <= high < Fraction(5, 4) + Fraction(1, 10**8)


def test_bounds_of_what_is_smaller_than_any_number_shown() -> None:
    tiny = Fraction(1, 2**RANGE)
    assert bounds(flint.arb(2) ** (-RANGE - 9)) == (-tiny, tiny)
    assert bounds(flint.arb(1, flint.arb(2) ** (-(10**9)))) == (1 - tiny, 1 + tiny)
    assert bounds((-(flint.arb(10) ** 9)).exp())[1] <= 2 * tiny


@settings(deadline=None, max_examples=30)
@given(random_problems())
def test_law_an_enclosure_holds_the_true_value(problem: Problem) -> None:
    enclosures = enclosures_of(derive(problem))
    oracle = Oracle(problem.graph, problem.values)
    with mpmath.workdps(60):
        for definition in problem.graph.definitions:
            low, high = bounds(enclosures.at(START)[definition.name])
            due = Fraction(*map(int, mpmath.libmp.to_rational(oracle.value(definition.name)._mpf_)))
            slack = Fraction(1, 10**60) * (1 + abs(high))
            assert low - slack <= due <= high + slack, definition.name
            assert high - low < Fraction(1, 10**40) * (1 + abs(high))


def test_exact_numbers_stay_exact() -> None:
    values = enclosures_of(two_two_two()).at(START)
    assert values["net_h1"] == flint.fmpq(3775, 10000)
    assert values["w_5"] == flint.fmpq(2, 5)
    assert values["dnet_h1/dw_2"] == flint.fmpq(1, 10)
    assert isinstance(values["out_h1"], flint.arb)


def test_more_bits_enclose_more_tightly() -> None:
    enclosures = enclosures_of(two_two_two())
    widths = [enclosures.at(bits)["E_total"].rad() for bits in (192, 384, 768)]
    assert widths[0] > widths[1] > widths[2]
    assert widths[0] < 1e-50


def test_the_precision_around_is_left_as_it_was() -> None:
    before = flint.ctx.prec
    enclosures_of(two_two_two()).at(500)
    with pytest.raises(EvaluationError):
        of_equations({"y": "log(x)"}, x="-1").at(START)
    assert flint.ctx.prec == before


def test_questions_are_asked_with_growing_precision() -> None:
    asked: list[int] = []

    def question(value: Ball) -> str | None:
        asked.append(-int(value.rad().log().floor().unique_fmpz()))
        return "enough" if value.rad() < flint.arb("1e-400") else None

    assert enclosures_of(two_two_two()).decide("E_total", question) == "enough"
    assert asked == sorted(asked)
    assert len(asked) == 4  # 192, 384, 768 and 1536 bits


def test_a_question_without_an_answer_ends_at_the_limit() -> None:
    asked: list[int] = []
    assert of_equations({"y": "exp(x)"}, x="1").decide("y", lambda _: asked.append(1)) is None
    assert len(asked) == 8
    assert START * 2**7 == LIMIT


def test_an_exact_value_is_asked_about_once() -> None:
    asked: list[int] = []
    assert of_equations({"y": "x*x"}, x="3").decide("y", lambda _: asked.append(1)) is None
    assert len(asked) == 1


def test_cancellation_is_met_with_more_bits() -> None:
    """1/(exp(1e-90) - 1 - 1e-90) needs some 600 bits before its divisor is known not to be 0."""
    enclosures = of_equations({"e": "exp(x)", "d": "e - 1 - x", "y": "1/d"}, x="1e-90")
    with mpmath.workdps(400):
        x = mpmath.mpf("1e-90")
        due = 1 / (mpmath.exp(x) - 1 - x)
    assert float(enclosures.at(START)["y"].log()) == pytest.approx(float(mpmath.log(due)), rel=1e-12)


@pytest.mark.parametrize(
    ("equations", "message"),
    [
        ({"d": "x - 1", "y": "1/d"}, "y has no finite value (of at most 1e78913)"),
        ({"d": "exp(log(x)) - 1", "y": "1/d"}, "y has no finite value (of at most 1e78913)"),
        ({"y": "log(x - 1)"}, "y has no finite value (of at most 1e78913)"),
    ],
)
def test_what_cannot_be_enclosed_is_named(equations: dict[str, str], message: str) -> None:
    with pytest.raises(EvaluationError) as failure:
        of_equations(equations, x="1").at(START)
    assert failure.value.message == message


def test_given_balls_are_taken_as_they_are() -> None:
    derivation = two_two_two()
    given = derivation.problem.exact_values()
    program = compile_program(derivation.sequence, list(given), ["E_total"], Arithmetic.BALL)
    wide = run(program, {**given, "w_5": flint.arb(0.4, 1e-3)}, START)["E_total"]
    assert wide.contains(run(program, given, START)["E_total"])
    assert 1e-6 < float(wide.rad()) < 1e-3
