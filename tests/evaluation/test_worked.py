"""The working with its numbers: the forms of each step, what is put into them, and what comes of it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings

from symbackprop.derivation.steps import Derivation, Kind
from symbackprop.derivation.working import derive
from symbackprop.errors import EvaluationError, NetworkError, SymbackpropError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import bounds
from symbackprop.evaluation.program import compile_program
from symbackprop.evaluation.rounding import half_up
from symbackprop.evaluation.worked import WorkedStep, Working, work
from symbackprop.expressions.text import text
from symbackprop.network.graph import Definition
from symbackprop.network.problem import Order, Problem
from tests.networks import close, derivation_of, example, problem_of, random_problems, two_two_two


def step_of(working: Working, name: str) -> WorkedStep:
    (found,) = (worked for worked in working.steps if worked.step.name == name)
    return found


def shown(working: Working, name: str) -> list[str]:
    """The right-hand sides of a step as texts: its forms, the last one with its numbers, its value."""
    worked = step_of(working, name)
    return [*map(text, worked.forms), text(worked.forms[-1], worked.numbers), worked.value]


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("net_h1", ["w_1*i_1 + w_2*i_2 + b_1", "0.15*0.05 + 0.20*0.10 + 0.35", "0.3775"]),
        ("out_h1", ["sigmoid(net_h1)", "1/(1 + exp(-net_h1))", "1/(1 + exp(-0.3775))", "0.593269992"]),
        (
            "E_o1",
            ["1/2*(target_o1 - out_o1)**2", "1/2*(0.01 - 0.751365070)**2", "0.274811083"],
        ),
        (
            "dE_o1/dout_o1",
            [
                "1/2*2*(target_o1 - out_o1)**(2 - 1)*(0 - 1)",
                "-(target_o1 - out_o1)",
                "-(0.01 - 0.751365070)",
                "0.741365070",
            ],
        ),
        (
            "dout_o1/dnet_o1",
            [
                "exp(-net_o1)/(1 + exp(-net_o1))**2",
                "1/(1 + exp(-net_o1))*(1 - 1/(1 + exp(-net_o1)))",
                "out_o1*(1 - out_o1)",
                "0.751365070*(1 - 0.751365070)",
                "0.186815602",
            ],
        ),
        ("dout_h1/dnet_h1", ["out_h1*(1 - out_h1)", "0.593269992*(1 - 0.593269992)", "0.241300709"]),
        ("dnet_o1/dw_5", ["out_h1 + 0 + 0", "out_h1", "0.593269992", "0.593269992"]),
        (
            "dE_total/dw_5",
            [
                "(dE_total/dout_o1)*(dout_o1/dnet_o1)*(dnet_o1/dw_5)",
                "(dE_total/dnet_o1)*(dnet_o1/dw_5)",
                "0.138498562*0.593269992",
                "0.082167041",
            ],
        ),
        ("w_5+", ["w_5 - eta*(dE_total/dw_5)", "0.40 - 0.5*0.082167041", "0.358916480"]),
        ("dE_o2/dout_h1", ["(dE_o2/dnet_o2)*(dnet_o2/dout_h1)", "-0.038098237*0.5", "-0.019049118"]),
        ("E_total+", ["(E_o1+) + (E_o2+)", "0.267976501 + 0.023051272", "0.291027774"]),
    ],
)
def test_the_2_2_2_network(name: str, due: list[str]) -> None:
    assert shown(work(two_two_two()), name) == due


def test_short_forms_and_thirty_digits_stand_beside_them() -> None:
    working = work(two_two_two())
    gradient = step_of(working, "dE_total/dw_5")
    assert [*map(text, gradient.short)] == ["delta_o1*out_h1"]
    assert gradient.digits == "0.0821670405642307788464190335541"
    assert step_of(working, "net_o1").short == ()


def test_costs_before_and_after() -> None:
    assert work(two_two_two()).costs == ("0.298371109", "0.291027774")
    assert work(two_two_two(Order.OUTPUT_FIRST)).costs == ("0.298371109", "0.291027924")
    still = problem_of({"C": "(w - 1)**2"}, cost="C", parameters={"w": "3"}, learning_rate=None)
    assert work(derive(still)).costs is None


def test_only_what_a_partial_needs() -> None:
    working = work(two_two_two(), wrt=["w_5"])
    assert [worked.step.name for worked in working.steps] == [
        *("net_h1", "out_h1", "net_h2", "out_h2", "net_o1", "out_o1"),
        *("dE_total/dE_o1", "dE_o1/dout_o1", "dE_total/dout_o1", "dout_o1/dnet_o1", "dE_total/dnet_o1"),
        *("dnet_o1/dw_5", "dE_total/dw_5"),
    ]
    assert [section.title for section in working.sections] == ["forward pass", "backward pass: output layer"]
    assert working.costs is None


def test_several_quantities_in_any_spelling() -> None:
    both = {worked.step.name for worked in work(two_two_two(), wrt=["w₅", "δ_h1"]).steps}
    assert {"dE_total/dw_5", "dE_total/dnet_h1", "dnet_o2/dout_h1"} <= both
    assert "dE_total/dw_6" not in both
    with pytest.raises(SymbackpropError, match="did you mean 'w_5'"):
        work(two_two_two(), wrt=["w_55"])


@pytest.mark.parametrize("decimals", [0, 2, 6, 15])
def test_decimals(decimals: int) -> None:
    for worked in work(two_two_two(), decimals=decimals).steps:
        exact = Decimal(worked.digits)
        due = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        assert Decimal(worked.value) == due, worked.step.name
        assert len(worked.value.partition(".")[2]) in {decimals, len(f"{exact.normalize():f}".partition(".")[2])}


def test_numbers_too_small_for_the_places_are_shown_with_an_exponent() -> None:
    derivation = derivation_of({"C": "x/1000000"}, cost="C", inputs={"x": "0.3"}, learning_rate=None)
    tiny = derivation_of({"C": "exp(-x)"}, cost="C", inputs={"x": "30"}, learning_rate=None)
    assert step_of(work(derivation), "C").value == "0.0000003"
    assert step_of(work(tiny), "C").value == "9.358e-14"
    assert step_of(work(tiny, decimals=9), "C").value == "0.000000000"


def test_the_working_by_hand_of_the_2_3_1_network() -> None:
    working = work(derive(example("sigmoid_2_3_1")), hand=True)
    assert (working.decimals, working.hand) == (4, True)
    due = {
        "dCost/dO2": ["(dCost/dO3)*(dO3/dz3)*(dz3/dO2)", "(dCost/dz3)*(dz3/dO2)", "-0.0631*0.08", "-0.0050"],
        "dCost/dz2": ["(dCost/dO2)*(dO2/dz2)", "-0.0050*0.2486", "-0.0012"],
        "dCost/dw1": ["(dCost/dO0)*(dO0/dz0)*(dz0/dw1)", "(dCost/dz0)*(dz0/dw1)", "-0.0029*9", "-0.0261"],
        "w5+": ["w5 - eta*(dCost/dw5)", "-0.05 - 0.5*(-0.0108)", "-0.0446"],
    }
    assert {name: shown(working, name) for name in due} == due


def test_by_hand_the_numbers_put_in_give_the_value() -> None:
    """Every product and sum that is printed comes, rounded, to what is printed after it."""
    working = work(derive(example("sigmoid_2_3_1")), hand=True)
    for worked in working.steps:
        if worked.step.kind in (Kind.PARTIAL, Kind.UPDATE):
            numbers = {name: Fraction(value) for name, value in worked.numbers.items()}
            definition = Definition("value", worked.step.expression)
            value = compile_program([definition], list(numbers), ["value"], Arithmetic.BALL)(numbers)["value"]
            assert half_up(bounds(value)[0], 4) == Fraction(worked.value) * 10**4, worked.step.name


def test_which_printed_decimals_are_rounded() -> None:
    working = work(two_two_two())
    assert step_of(working, "net_h1").rounded == frozenset()
    assert step_of(working, "out_h1").rounded == {"out_h1"}
    assert step_of(working, "dnet_h1/dw_1").rounded == frozenset()
    assert step_of(working, "w_5+").rounded == {"w_5+", "dE_total/dw_5"}


def test_without_numbers_the_working_is_in_symbols_alone() -> None:
    derivation = derivation_of(
        {"z": "w*x", "a": "tanh(z)", "C": "(t - a)**2"}, cost="C", inputs="x", targets="t", parameters="w"
    )
    working = work(derivation)
    for worked in working.steps:
        assert (worked.value, worked.digits, dict(worked.numbers), worked.rounded) == ("", "", {}, frozenset())
    assert list(map(text, step_of(working, "da/dz").forms)) == ["1 - tanh(z)**2", "1 - a**2"]
    assert working.costs is None
    with pytest.raises(NetworkError, match="working by hand needs numbers"):
        work(derivation, hand=True)


def test_an_activation_is_differentiated_where_it_is_first_met() -> None:
    working = work(derive(example("recurrent")))
    stages = [len(worked.forms) for worked in working.steps if worked.step.rule == "derivative of tanh"]
    assert stages == [2, 1, 1]


def test_a_quantity_without_a_value_is_named() -> None:
    derivation = derivation_of({"d": "x - 1", "C": "1/d"}, cost="C", inputs={"x": "1"})
    with pytest.raises(EvaluationError, match="C has no finite value"):
        work(derivation)


def require_equal_forms(derivation: Derivation) -> None:
    given = derivation.problem.exact_values()
    working = work(derivation)
    forms = [
        Definition(f"form {number} of {worked.step.name}", form)
        for worked in working.steps
        for number, form in enumerate(worked.forms)
    ]
    names = [*(step.name for step in derivation.sequence), *(form.name for form in forms)]
    with mpmath.workdps(50):
        values = compile_program([*derivation.sequence, *forms], list(given), names, Arithmetic.MPMATH)(given)
    for form in forms:
        assert close(values[form.name], values[form.name.partition(" of ")[2]], digits=40), form


@pytest.mark.parametrize("name", ["mazur_2_2_2", "sigmoid_2_3_1", "layers_textbook", "recurrent", "softmax_2_3"])
@pytest.mark.parametrize("order", Order)
def test_all_forms_of_a_step_have_its_value(name: str, order: Order) -> None:
    require_equal_forms(derive(example(name, order)))


@settings(deadline=None, max_examples=30)
@given(random_problems())
def test_law_all_forms_of_a_step_have_its_value(problem: Problem) -> None:
    require_equal_forms(derive(problem))
