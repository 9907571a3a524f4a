"""Gradient descent: what moves, by which gradient, and what the pass after it holds."""

from __future__ import annotations

from dataclasses import replace

import mpmath
import pytest
from hypothesis import assume, given, settings

from symbackprop.derivation.steps import Derivation, Kind
from symbackprop.derivation.working import derive
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import compile_program
from symbackprop.expressions.names import updated
from symbackprop.expressions.text import text
from symbackprop.network.problem import Order, Problem
from tests.networks import Oracle, close, example, problem_of, random_problems, two_two_two


def names(derivation: Derivation, kind: Kind) -> list[str]:
    return [step.name for step in derivation.of_kind(kind)]


def value(derivation: Derivation, name: str) -> mpmath.mpf:
    given = derivation.problem.exact_values()
    with mpmath.workdps(50):
        return compile_program(derivation.sequence, list(given), [name], Arithmetic.MPMATH)(given)[name]


def test_a_parameter_moves_against_its_gradient() -> None:
    step = two_two_two().by_name["w_5+"]
    assert text(step.expression) == "w_5 - eta*(dE_total/dw_5)"
    assert (step.uses, step.rule, step.section) == (("w_5", "eta", "dE_total/dw_5"), "gradient descent", "updates")


def test_frozen_parameters_stay_put() -> None:
    derivation = two_two_two()
    assert names(derivation, Kind.UPDATE) == [f"w_{n}+" for n in range(1, 9)]
    assert text(derivation.by_name["net_o1+"].expression) == "(w_5+)*(out_h1+) + (w_6+)*(out_h2+) + b_2"
    assert "dE_total/db_1" in derivation.by_name, "its gradient is shown all the same"


def test_the_pass_after_holds_what_the_update_changes() -> None:
    problem = problem_of(
        {"f": "x**2", "z": "w*f", "u": "2*t", "C": "(u - z)**2"}, cost="C", inputs="x", targets="t", parameters="w"
    )
    derivation = derive(problem)
    assert names(derivation, Kind.AFTER) == ["z+", "C+"]
    assert text(derivation.by_name["C+"].expression) == "(u - (z+))**2"
    assert (derivation.final_name("C"), derivation.final_name("u")) == ("C+", "u")


def test_without_a_learning_rate_there_is_no_update() -> None:
    problem = problem_of({"C": "(w - 1)**2"}, cost="C", parameters="w", learning_rate=None)
    assert [step.kind for step in derive(problem).sequence] == [Kind.DEFINITION, Kind.PARTIAL]


def test_the_learning_rate_has_another_name_where_eta_is_a_quantity() -> None:
    problem = problem_of({"C": "(w - eta)**2"}, cost="C", inputs=["eta"], parameters=["w"])
    assert text(derive(problem).by_name["w+"].expression) == "w - learning_rate*(dC/dw)"


@pytest.mark.parametrize(
    ("order", "cost"),
    # 0.291027924 is what the article prints; it comes of the hidden gradients through the new output weights.
    [(Order.SIMULTANEOUS, "0.291027774"), (Order.OUTPUT_FIRST, "0.29102792391")],
)
def test_the_order_of_the_updates_of_the_2_2_2_network(order: Order, cost: str) -> None:
    places = len(cost) - 2
    assert mpmath.nstr(value(two_two_two(order), "E_total+"), places) == cost


def test_output_first_takes_the_hidden_gradients_through_the_new_weights() -> None:
    derivation = two_two_two(Order.OUTPUT_FIRST)
    assert text(derivation.by_name["dnet_o2/dout_h1"].expression) == "(w_7+)"
    assert text(derivation.by_name["dnet_o1/dw_5"].expression) == "out_h1"
    order = [step.name for step in derivation.sequence]
    assert order.index("dE_total/dw_8") < order.index("w_5+") < order.index("dnet_o1/dout_h1") < order.index("w_1+")
    plain = two_two_two()
    gradients = {name for name in plain.by_name if name.startswith("dE_total/d")}
    changed = {name for name in gradients if value(plain, name) != value(derivation, name)}
    assert (
        changed
        == {
            *(f"dE_total/d{by}" for by in ("out_h1", "out_h2", "net_h1", "net_h2", "i_1", "i_2", "b_1")),
            *(f"dE_total/dw_{n}" for n in (1, 2, 3, 4)),
            *("delta_h1", "delta_h2"),
        }
        & gradients
    )


def test_output_first_by_hand() -> None:
    """The hidden gradients of the 2-2-2 network through new weights, written out once more."""
    derivation = two_two_two(Order.OUTPUT_FIRST)
    known = {name: mpmath.mpf(text) for name, text in derivation.problem.values.items()}
    with mpmath.workdps(50):
        known = {name: mpmath.mpf(text) for name, text in derivation.problem.values.items()}
        out = {unit: value(derivation, f"out_{unit}") for unit in ("h1", "h2", "o1", "o2")}
        delta = {o: -(known[f"target_{o}"] - out[o]) * out[o] * (1 - out[o]) for o in ("o1", "o2")}
        new_5 = known["w_5"] - mpmath.mpf("0.5") * delta["o1"] * out["h1"]
        new_7 = known["w_7"] - mpmath.mpf("0.5") * delta["o2"] * out["h1"]
        hidden = (delta["o1"] * new_5 + delta["o2"] * new_7) * out["h1"] * (1 - out["h1"])
        assert close(value(derivation, "dE_total/dw_1"), hidden * known["i_1"], digits=45)


def test_a_recurrence_output_first_stays_acyclic() -> None:
    derivation = derive(example("recurrent", Order.OUTPUT_FIRST))
    order = {step.name: place for place, step in enumerate(derivation.sequence)}
    assert sorted(names(derivation, Kind.UPDATE)) == ["W_hh+", "W_hy+", "W_xh+"]
    for step in derivation.sequence:
        assert all(order.get(use, -1) < order[step.name] for use in step.uses), step.name


@settings(deadline=None, max_examples=30)
@given(random_problems(Order.SIMULTANEOUS))
def test_law_one_update_and_the_pass_after_it(problem: Problem) -> None:
    derivation = derive(problem)
    assert problem.training is not None
    kinked = [d for d in problem.graph.definitions if d.activation in ("relu", "leaky_relu")]
    assume(all(value(derivation, d.uses[0]) != 0 for d in kinked))  # differences know nothing of the convention there
    oracle = Oracle(problem.graph, problem.values)
    rate = mpmath.mpf(problem.training.learning_rate)
    with mpmath.workdps(50):
        moved = {
            name: mpmath.mpf(problem.values[name]) - rate * oracle.slope("C", name)
            for name in problem.trained_parameters()
        }
    assert names(derivation, Kind.UPDATE) == [updated(name) for name in moved]
    for name, due in moved.items():
        assert close(value(derivation, updated(name)), due)
    if moved:
        assert close(value(derivation, "C+"), oracle.value("C", **moved), digits=15)


@settings(deadline=None, max_examples=30)
@given(random_problems())
def test_law_the_order_changes_no_partial_of_the_last_layer(problem: Problem) -> None:
    assert problem.training is not None
    first, together = (derive(replace(problem, training=replace(problem.training, order=order))) for order in Order)
    for one in first.sequence:
        if one.section in ("forward pass", "error", "backward pass: output layer"):
            assert together.by_name[one.name] == one
