"""What a hand goes on with: digits that are not shown, and what was printed wrongly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.ledger import Print
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.evaluation.enclosure import Ball
from symbackprop.expressions.numerals import fraction_of, last_place
from symbackprop.network.problem import Problem
from tests.networks import example, problem_of

NETWORK = problem_of(
    {"z": "w*x", "y": "relu(z)", "s": "v*y", "C": "(t - s)**2"},
    cost="C",
    inputs={"x": "1"},
    targets={"t": "0.76"},
    parameters={"w": "0.5", "v": "0.4"},
)


def _audit(text: str, problem: Problem = NETWORK) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem)


def test_what_was_printed_wrongly_for_a_quantity_goes_before_that_of_one_that_is_worth_the_same() -> None:
    found = _audit("`z = w*x = 0.5*1 = -0.5`\n\n`y = relu(z) = relu(-0.5) = 0.00`\n\n`ds/dv = y = 0.00`\n")
    assert [claim.printed for claim in found.faults] == ["-0.5"]
    assert found.claims[-1].verdict is Verdict.INHERITED


def test_a_wrong_number_may_have_been_cut_off_too() -> None:
    # s is 0.2; for one between 0.4953535 and 0.4953536, (0.76 - s)**2 is as little as 0.0700377158, cut off 0.07003771
    found = _audit("`s = 0.4953535`\n\n`C = 0.07003771`\n")
    assert [claim.printed for claim in found.faults] == ["0.4953535"]
    assert found.claims[-1].verdict is Verdict.INHERITED


def test_digits_that_are_not_shown_may_be_those_of_a_fault() -> None:
    # 0.4 * 0.5037 is 0.20148, and 0.5037 is 0.5 to one place
    found = _audit("`z = 0.5037`\n\n`y = relu(z) = 0.5`\n\n`s = v*y = 0.4*0.5 = 0.2015`\n")
    assert [claim.printed for claim in found.faults] == ["0.5037"]
    assert found.claims[-1].verdict is Verdict.INHERITED


# tanh(6.4) is 0.99999447847; with ten places, 0.9999944785, its slope is 0.000011042970, and exactly 0.000011043029
@pytest.mark.parametrize(("slope", "verdict"), [("0.00001104297", Verdict.CARRIED), ("0.00001104500", Verdict.WRONG)])
def test_a_hand_may_carry_some_digits_more_than_it_prints(slope: str, verdict: Verdict) -> None:
    problem = problem_of(
        {"z": "w*x", "y": "tanh(z)", "C": "(t - y)**2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "0.76"},
        parameters={"w": "6.4"},
    )
    found = _audit(f"`y = tanh(z) = 0.99999448`\n\n`dy/dz = 1 - y**2 = 1 - 0.99999448**2 = {slope}`\n", problem)
    assert found.claims[-1].verdict is verdict


def test_of_two_numbers_with_the_same_digits_one_may_have_been_worked_out() -> None:
    # 0.1 * 0.049 is 0.0049, cut off 0.004
    problem = problem_of(
        {"C": "g*w"}, cost="C", inputs={"g": "-0.049"}, targets={}, parameters={"w": "-0.004"}, learning_rate="0.1"
    )
    found = _audit("`w+ = w - eta*dC/dw = -0.004 - 0.1*(-0.049) = -0.004 - (-0.004) = 0.000`\n", problem)
    assert not found.faults


def test_a_learning_rate_that_lies_halfway_is_not_rounded() -> None:
    problem = problem_of(
        {"C": "g*w"}, cost="C", inputs={"g": "-0.00755675"}, targets={}, parameters={"w": "0.58"}, learning_rate="0.05"
    )
    found = _audit("`w+ = w - eta*dC/dw = 0.58 - 0.1*(-0.00755675) = 0.580755675`\n", problem)
    assert [(claim.printed, claim.cause) for claim in found.faults] == [("0.580755675", "wrong-constant")]


TWO = Truth(example("mazur_2_2_2"))
PRINTED = st.tuples(
    st.sampled_from(["net_h1", "out_h1", "out_o1", "E_o1", "dE_total/dw_5", "dE_o1/dnet_o1", "w_5+"]),
    st.sampled_from(["0.3775", "0.3785", "0.59327", "0.7514", "0.2748", "0.0822", "0.1385", "0.3589"]),
    st.booleans(),
)


def _carried(context: Context, name: str, *, faults: bool) -> tuple[str, frozenset[int]]:
    value, blamed = context.carried(Quantity(name), faults)
    return value.mid().str(40), blamed


@given(prints=st.lists(PRINTED, min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_what_is_remembered_is_what_would_be_found_anew(prints: list[tuple[str, str, bool]]) -> None:
    context = Context.of(TWO, None, 4)
    for count, (name, text, good) in enumerate(prints):
        quantity = Quantity(name)
        one = Print(quantity, fraction_of(text), last_place(text), good, count, TWO.value(quantity))
        context.note(one)
        fresh = Context.of(TWO, None, 4)
        fresh.ledger, fresh.alike = context.ledger, context.alike
        for asked in ("E_total", "w_5+", "w_1+", "out_o1", "dE_total/dw_5", "dE_total/dnet_o1"):
            for faults in (False, True):
                assert _carried(context, asked, faults=faults) == _carried(fresh, asked, faults=faults)


def test_what_does_not_rest_on_what_was_printed_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    context = Context.of(TWO, None, 4)
    context.carried(Quantity("E_total"))
    worked: list[Quantity] = []
    carry = Context._carry

    def counted(self: Context, quantity: Quantity, faults: bool) -> tuple[Ball, frozenset[int]]:
        worked.append(quantity)
        return carry(self, quantity, faults)

    monkeypatch.setattr(Context, "_carry", counted)
    context.note(Print(Quantity("out_o2"), fraction_of("0.7729"), last_place("0.7729"), good=True, claim=0))
    context.carried(Quantity("E_total"))
    assert {quantity.name for quantity in worked} == {"out_o2", "E_o2", "E_total"}
