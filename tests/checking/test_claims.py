from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import mpmath
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symbackprop.checking.claims import ClaimReport, Judgement, judge_claims
from symbackprop.derivation.working import derive
from symbackprop.errors import EvaluationError
from symbackprop.evaluation.rounding import carried, half_up
from symbackprop.expressions.numerals import fixed_text, fraction_of, last_place
from symbackprop.network.problem import Claim, Order, Problem
from tests.networks import Oracle, example, problem_of, random_problems

CORRECT, CARRIED, WRONG, UNDECIDED = Judgement


Claims = Sequence[tuple[str, str] | tuple[str, str, int]]


def judged(
    equations: Mapping[str, str], claims: Claims, decimals: int | None = None, **leaves: str
) -> list[ClaimReport]:
    """The verdicts on `claims`, of a network whose cost is its last equation; leaves w are parameters."""
    parameters = {name: value for name, value in leaves.items() if name.startswith("w")}
    inputs = {name: value for name, value in leaves.items() if name not in parameters}
    cost = list(equations)[-1]
    problem = problem_of(equations, cost=cost, inputs=inputs, parameters=parameters, learning_rate="0.3")
    made = tuple(Claim(*claim) for claim in claims)
    return list(judge_claims(derive(replace(problem, claims=made, decimals=decimals))))


def verdicts(
    equations: Mapping[str, str], claims: Claims, decimals: int | None = None, **leaves: str
) -> list[Judgement]:
    return [report.verdict for report in judged(equations, claims, decimals, **leaves)]


@pytest.mark.parametrize(
    ("exact", "printed", "verdict", "ulps"),
    [
        ("0.12344", "0.1234", CORRECT, "0.40"),
        ("0.12345", "0.1234", CORRECT, "0.50"),  # a tie, either way
        ("0.12345", "0.1235", CORRECT, "0.50"),
        ("0.12346", "0.1234", CARRIED, "0.60"),  # cut off
        ("0.12349999", "0.1234", CARRIED, "1.00"),
        ("0.1235", "0.1234", WRONG, "1.00"),
        ("0.1234", "0.1235", WRONG, "1.00"),
        ("0.1234", "0.1236", WRONG, "2.00"),
        ("0.1234", "0.1239", WRONG, "5.00"),
        ("0.1234", "-0.1234", WRONG, "2468.00"),
        ("-0.12346", "-0.1234", CARRIED, "0.60"),
        ("-0.12346", "-0.1235", CORRECT, "0.40"),
        ("-0.000004", "0.0000", CORRECT, "0.04"),
        ("-0.000004", "-0.0000", CORRECT, "0.04"),
        ("0", "0.0001", WRONG, "1.00"),
        ("0.5113012", "0.51130", CORRECT, "0.12"),
        ("0.5113012", "0.511300", WRONG, "1.20"),
        ("0.404", "0.40", CORRECT, "0.40"),
        ("0.404", "0.400", WRONG, "4.00"),
        ("0.4", "0.400", CORRECT, "0.00"),
        ("1249", "1.2e3", CORRECT, "0.49"),
        ("0.0000351", "3.5e-5", CORRECT, "0.10"),
    ],
)
def test_against_an_exact_value(exact: str, printed: str, verdict: Judgement, ulps: str) -> None:
    (report,) = judged({"y": "x + 0"}, [("y", printed)], x=exact)
    assert (report.verdict, report.ulps, report.printed) == (verdict, ulps, printed)
    assert Fraction(report.exact) == Fraction(exact)


def test_thirty_digits_of_the_exact_value() -> None:
    (report,) = judged({"y": "tanh(x)"}, [("y", "0.29")], x="0.3")
    with mpmath.workdps(60):
        due = mpmath.tanh(mpmath.mpf(3) / 10)
        assert abs(mpmath.mpf(report.exact) / due - 1) < mpmath.mpf(10) ** -29
    assert len(report.exact.removeprefix("0.")) == 30


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("0.15", CORRECT),
        ("0.2", CORRECT),  # a tie, but by way of a logarithm and an exponential, of which balls are all that is had
        ("0.1", CORRECT),
        ("0.14", UNDECIDED),  # it may be less than one unit away, and cut off
        ("0.16", WRONG),
        ("0.13", WRONG),
    ],
)
def test_a_value_that_balls_do_not_tell_from_an_edge(printed: str, verdict: Judgement) -> None:
    assert verdicts({"y": "exp(log(3*x))/20"}, [("y", printed)], x="1") == [verdict]


CHAIN = {"a": "x/3", "b": "9*a", "y": "b**2"}  # exactly 2/3, 6 and 36


@pytest.mark.parametrize(
    ("claims", "decimals", "expected"),
    [
        ([("a", "0.67"), ("b", "6.03")], None, [CORRECT, CARRIED]),
        ([("a", "0.67"), ("b", "6.03"), ("y", "36.36")], None, [CORRECT, CARRIED, CARRIED]),
        ([("a", "0.67"), ("b", "6.00"), ("y", "36.00")], None, [CORRECT, CORRECT, CORRECT]),
        ([("a", "0.67"), ("b", "6.01")], None, [CORRECT, CARRIED]),  # from a number between 0.6667 and 0.67
        ([("a", "0.66"), ("b", "5.94")], None, [CARRIED, CARRIED]),  # cut off
        ([("a", "0.67"), ("b", "6.05")], None, [CORRECT, WRONG]),
        ([("a", "0.67"), ("b", "5.97")], None, [CORRECT, WRONG]),
        ([("a", "0.70"), ("b", "6.30")], None, [WRONG, WRONG]),  # it follows from a number that is wrong
        ([("a", "0.70"), ("b", "6.00")], None, [WRONG, CORRECT]),
        ([("b", "6.03")], None, [WRONG]),
        ([("b", "6.03")], 2, [CARRIED]),  # a carried at two decimals
        ([("y", "36.36")], 2, [CARRIED]),  # a and b both
        ([("y", "36.37")], 2, [WRONG]),
        ([("y", "36.20")], 2, [UNDECIDED]),  # not what rounding makes, but it makes as much of a difference
        ([("y", "40.00")], 2, [WRONG]),
        ([("y", "36.36")], 6, [WRONG]),
        ([("y", "36.36"), ("b", "6.03"), ("a", "0.67")], None, [CARRIED, CARRIED, CORRECT]),
    ],
)
def test_what_follows_from_rounded_numbers(
    claims: list[tuple[str, str]], decimals: int | None, expected: list[Judgement]
) -> None:
    assert verdicts(CHAIN, claims, decimals, x="2") == expected


@pytest.mark.parametrize("printed", ["1.20", "1.30"])
def test_a_tie_by_hand_goes_either_way(printed: str) -> None:
    assert verdicts({"a": "x/2", "y": "10*a"}, [("y", printed)], 2, x="0.25") == [CARRIED]  # a = 0.125


DECAY = {"C": "1/2*w**2"}  # w+ = 0.7·w, so that after n updates w is 0.7^n of what it was


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([("w+", "0.259")], [CORRECT]),
        ([("w", "0.37")], [CORRECT]),
        ([("w", "0.38")], [WRONG]),
        ([("w", "0.259", 1), ("C", "0.0335", 1)], [CORRECT, CORRECT]),
        ([("dC/dw", "0.1813", 2)], [CORRECT]),
        ([("w+", "0.12691", 2)], [CORRECT]),
        ([("w", "0.26", 1), ("w", "0.182", 2)], [CORRECT, CARRIED]),  # 0.26 · 0.7; exactly 0.1813
        ([("w+", "0.26"), ("w", "0.182", 2)], [CORRECT, CARRIED]),
        ([("w+", "0.26"), ("w", "0.182", 1)], [CORRECT, WRONG]),
        ([("w", "0.27", 1), ("w", "0.189", 2)], [WRONG, WRONG]),
        ([("w", "0.182", 2)], [WRONG]),
        ([("w", "0.0104516", 10), ("w", "0.00000834", 30)], [CORRECT, CORRECT]),
        ([("w", "0.000000006656", 50), ("w", "0.000000006656", 51)], [WRONG, WRONG]),
        ([("w", "0.0000", 10_000), ("w", "0.001", 10_000)], [CORRECT, WRONG]),
    ],
)
def test_after_updates(claims: list[tuple[str, str, int]], expected: list[Judgement]) -> None:
    assert verdicts(DECAY, claims, w="0.37") == expected


def test_after_many_updates_to_thirty_digits() -> None:
    (report,) = judged(DECAY, [("w", "1", 1000)], w="0.37")
    with mpmath.workdps(60):
        due = mpmath.mpf("0.37") * mpmath.mpf("0.7") ** 1000
        assert abs(mpmath.mpf(report.exact) / due - 1) < mpmath.mpf(10) ** -29


def test_too_many_updates_are_undecided_with_the_reason() -> None:
    (report,) = judged(DECAY, [("w", "0", 10_000_000)], w="0.37")
    assert report.verdict is UNDECIDED
    assert "too many" in report.note


def test_a_partial_that_is_no_step_of_the_derivation() -> None:
    equations = {"z": "w*x", "a": "z**2", "b": "3*a", "C": "b + a"}
    claims = [("db/dz", "3.6"), ("db/dw", "7.2"), ("db/dw", "7.3"), ("da/dx", "0.36"), ("dz/db", "0")]
    reports = judged(equations, claims, x="2", w="0.3")
    assert [report.verdict for report in reports] == [CORRECT, CORRECT, WRONG, CORRECT, CORRECT]
    assert "db/dw" not in derive(problem_of(equations, cost="C", inputs=["x"], parameters=["w"])).by_name


def test_a_node_error_under_its_own_name() -> None:
    problem = example("recurrent")
    claims = (Claim("delta_3", "-0.069675"), Claim("dL/dz_3", "-0.069675"), Claim("delta_3", "-0.0697"))
    assert {report.verdict for report in judge_claims(derive(replace(problem, claims=claims)))} == {CORRECT}


@pytest.mark.parametrize(
    ("equations", "x"),
    [
        ({"y": "log(x)"}, "0"),
        ({"y": "1/(x - x)"}, "1"),
        ({"y": "if_positive(exp(log(3*x)) - 3, 1, 0)"}, "1"),  # an argument of which balls cannot tell that it is 0
    ],
)
def test_what_has_no_value_that_can_be_enclosed_is_undecided(equations: Mapping[str, str], x: str) -> None:
    (report,) = judged(equations, [("y", "0.5")], x=x)
    assert (report.verdict, report.exact, report.ulps) == (UNDECIDED, "", "")


@pytest.mark.parametrize(
    ("name", "wrong", "carried"),
    [
        (
            "mazur_2_2_2",
            {("E_total", 1), ("E_total", 10_000), ("out_o1", 10_000), ("out_o2", 10_000)},
            {"dE_o2/dout_h1"},
        ),
        (
            "sigmoid_2_3_1",
            {("b1+", 0), ("b2+", 0)},
            {"dCost/dw1", "dCost/dO2", "dCost/dz2", "dCost/db2", "dCost/dw4", "dCost/dw5"}
            | {"w1+", "w4+", "w5+", "w7+", "w8+", "b0+", "b3+"},
        ),
        ("layers_textbook", set(), set()),
        ("recurrent", set(), set()),
        ("softmax_2_3", set(), set()),
    ],
)
def test_the_documents(name: str, wrong: set[tuple[str, int]], carried: set[str]) -> None:
    reports = judge_claims(derive(example(name)))
    assert {(report.name, report.after) for report in reports if report.verdict is WRONG} == wrong
    assert {report.name for report in reports if report.verdict is CARRIED} == carried
    assert not [report for report in reports if report.verdict is UNDECIDED]


def test_output_first_makes_what_the_document_prints_after_its_updates() -> None:
    reports = judge_claims(derive(example("mazur_2_2_2", Order.OUTPUT_FIRST)))
    after = {(report.name, report.after): report.verdict for report in reports if report.after}
    assert after == {
        ("E_total", 1): CORRECT,
        ("E_total", 10_000): WRONG,  # it is taken after 9,999 updates, in the other order
        ("out_o1", 10_000): CORRECT,
        ("out_o2", 10_000): CORRECT,
    }


@pytest.mark.parametrize("units", [-5, -2, 2, 5])
def test_every_number_of_the_document_that_is_moved_is_accused(units: int) -> None:
    problem = example("mazur_2_2_2")
    first = [claim for claim in problem.claims if not claim.after]
    for index, claim in enumerate(first):
        moved = fraction_of(claim.printed) + units * last_place(claim.printed)
        places = len(claim.printed.partition(".")[2])
        claims = [
            *first[:index],
            replace(claim, printed=fixed_text(half_up(moved, places), places)),
            *first[index + 1 :],
        ]
        found = judge_claims(derive(replace(problem, claims=tuple(claims))))
        assert {report.name for report in found if report.verdict in (WRONG, UNDECIDED)} == {claim.name}


def honest(problem: Problem, places: int) -> list[Claim]:
    """The forward pass and the gradients of the parameters, rounded from 80-digit values."""
    oracle = Oracle(problem.graph, problem.values)
    cost = "C"
    values = {name: oracle.value(name) for name in problem.graph.by_name}
    values |= {f"d{cost}/d{name}": oracle.slope(cost, name) for name in problem.graph.parameters}
    with mpmath.workdps(80):
        return [Claim(name, _rounded(value, places)) for name, value in values.items()]


def _rounded(value: mpmath.mpf, places: int) -> str:
    assume(abs(value) < 10**6)
    return fixed_text(int(mpmath.nint(value * 10**places)), places)


SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SETTINGS
@given(random_problems(order=Order.SIMULTANEOUS), st.integers(3, 7))
def test_an_honest_document_is_never_accused(problem: Problem, places: int) -> None:
    claims = honest(problem, places)
    reports = judge_claims(derive(replace(problem, claims=tuple(claims), decimals=places)))
    assert {report.verdict for report in reports} == {CORRECT}


@SETTINGS
@given(random_problems(), st.integers(3, 7), st.randoms(use_true_random=False))
def test_an_honest_working_by_hand_is_never_accused(problem: Problem, places: int, chance: random.Random) -> None:
    printed: dict[str, str] = {}

    def settle(name: str, value: Fraction) -> Fraction:
        """The number that is printed, or the one that the calculator still shows."""
        assume(abs(value) < 10**6)
        printed[name] = fixed_text(half_up(value, places), places)
        return chance.choice((fraction_of(printed[name]), value))

    derivation = derive(problem)
    try:
        carried(derivation.sequence, problem.exact_values(), settle)
    except EvaluationError:
        assume(False)
    claims = tuple(Claim(name, text) for name, text in printed.items() if chance.random() < 0.8)
    reports = judge_claims(derive(replace(problem, claims=claims, decimals=places)))
    assert WRONG not in {report.verdict for report in reports}


@SETTINGS
@given(random_problems(), st.data())
def test_a_number_that_is_five_units_off_is_accused(problem: Problem, data: st.DataObject) -> None:
    claim = data.draw(st.sampled_from(honest(problem, 6)))
    moved = fraction_of(claim.printed) + data.draw(st.sampled_from([-5, 5])) * last_place(claim.printed)
    changed = replace(claim, printed=fixed_text(half_up(moved, 6), 6))
    (report,) = judge_claims(derive(replace(problem, claims=(changed,), decimals=16)))
    assert report.verdict is WRONG
