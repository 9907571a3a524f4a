"""Equal faults are explained once, wherever they stand; and a search ends where the effort of an audit is spent."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.search import Search
from symbackprop.auditing.effort import MOST, Effort
from symbackprop.auditing.mathematics.tree import walk
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.network.problem import Order
from tests.auditing.causes.cases import case, less, name, number, over, plus, times
from tests.networks import example


def search(effort: Effort | None = None) -> Search:
    return Search(effort or Effort())


def update(text: str, gradient: str = "0.082167041", carried: dict[str, str] | None = None) -> Case:
    made = plus(number("0.40"), less(times(number("0.5"), number(gradient))))
    return case("w_5+", text, expression=made, carried=carried)


def difference() -> Case:
    """The formula of target - out for that of ∂E/∂out, with its sign the other way round."""
    return case("dE_total/dout_o1", formula=plus(name("target_o1"), less(name("out_o1"))))


def test_equal_faults_are_explained_once_wherever_they_stand() -> None:
    one = search()
    first, second = (one.explain(update("0.44108352")) for _ in range(2))
    assert one.searches == 1
    assert first == second
    assert first[0].cause == "sign"


def test_a_formula_put_right_stands_where_its_own_does() -> None:
    one, (first, second) = search(), (difference(), difference())
    assert second.wrong.span.start > first.wrong.span.start
    for each in (first, second):
        right, wrong = one.explain(each)[0].right, each.formula
        assert right is not None
        assert wrong is not None
        assert right == search().explain(each)[0].right
        named = [part.span for part in walk(right) if part.span in {own.span for own in walk(wrong)}]
        assert named, "nothing of what is put right stands in the formula"
    assert one.searches == 1


@pytest.mark.parametrize(
    "other",
    [
        update("0.44108353"),
        update("0.44108352", gradient="0.082167042"),
        update("0.44108352", carried={"w_6": "0.4"}),
        replace(update("0.44108352"), quantity=Quantity("w_6+")),
        replace(update("0.44108352"), due=Fraction(1, 3)),
        replace(update("0.44108352"), after=1),
        replace(update("0.44108352"), truth=Truth(example("mazur_2_2_2", Order.OUTPUT_FIRST))),
        case("w_5+", "0.44108352", expression=over(number("0.40"), number("0.5"))),
    ],
    ids=["printed", "put in", "carried", "quantity", "due", "after", "network", "expression"],
)
def test_what_decides_tells_faults_apart(other: Case) -> None:
    one = search()
    one.explain(update("0.44108352"))
    one.explain(other)
    assert one.searches == 2


def test_no_cause_is_searched_for_where_the_effort_is_spent() -> None:
    effort = Effort()
    one = search(effort)
    assert one.explain(update("0.44108352"))
    assert 0 < effort.spent < MOST / 50, "fifty faults of a document are to be explained"
    effort.spent = MOST
    later = update("0.44108352")
    assert one.explain(later) == ()
    assert one.explain(update("0.44108352")) == ()
    assert one.searches == 1
    assert effort.stopped == later.wrong.span.start
