"""Each step by itself: a fault is found in the step that has it, and in no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbackprop.checking.rules import Rules
from symbackprop.checking.verdict import Verdict
from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.network.problem import Order
from tests.checking.mutations import corrupted, without
from tests.networks import derivation_of, example, two_two_two

ROUNDABOUT = {"y": "x**2", "z": "x*y", "E_1": "z*t", "E_2": "3*x", "C": "E_1 + E_2"}


def refuted(derivation: Derivation) -> set[str]:
    """The steps that are refuted; all others hold."""
    rules = Rules(derivation.problem, derivation.sequence)
    found = {step.name: rules.check(step.name).verdict for step in derivation.sequence}
    assert set(found.values()) <= {Verdict.PROVED, Verdict.CONFIRMED, Verdict.REFUTED}
    return {name for name, verdict in found.items() if verdict is Verdict.REFUTED}


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("name", ["mazur_2_2_2", "sigmoid_2_3_1", "layers_textbook", "recurrent", "softmax_2_3"])
def test_no_step_of_the_examples_is_refuted(name: str, order: Order) -> None:
    assert refuted(derive(example(name, order))) == set()


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("dE_total/dout_h1", "(dE_o1/dout_h1)"),  # a path is dropped
        ("dE_total/dout_h1", "(dE_o1/dout_h1) + (dE_o2/dout_h1) + (dE_o2/dout_h1)"),  # one counts twice
        ("dE_total/dout_h1", "(dE_o1/dout_h1) - (dE_o2/dout_h1)"),  # a sign is flipped
        ("dE_total/dout_h1", "(dE_o1/dout_h1) + (dE_o1/dout_h1)"),
        ("dE_total/db_2", "(dE_total/dnet_o1)*(dnet_o1/db_2)"),
        ("dE_total/dw_5", "-(dE_total/dnet_o1)*(dnet_o1/dw_5)"),
        ("dE_total/dw_5", "(dE_total/dnet_o1)"),  # a factor is missing
        ("dE_total/dw_5", "(dE_total/dnet_o1)*out_h2"),
        ("dE_total/dw_5", "2*(dE_total/dnet_o1)*(dnet_o1/dw_5)"),
        ("dE_total/dw_5", "0"),
        ("dE_total/dnet_h1", "(dE_total/dout_h1)"),
        ("dout_o1/dnet_o1", "out_o1*(1 + out_o1)"),  # a wrong local partial
        ("dout_o1/dnet_o1", "1 - out_o1**2"),
        ("dout_o1/dnet_o1", "out_o2*(1 - out_o2)"),
        ("dnet_o1/dout_h2", "w_7"),  # a transposed weight
        ("dnet_o2/dout_h1", "w_6"),
        ("dnet_o1/dw_5", "i_1"),
        ("dE_o1/dout_o1", "target_o1 - out_o1"),
        ("dE_o1/dout_o1", "-2*(target_o1 - out_o1)"),
        ("w_5+", "w_5 + eta*(dE_total/dw_5)"),  # a wrong update
        ("w_5+", "w_5 - (dE_total/dw_5)"),
        ("w_5+", "w_5 - eta*(dE_total/dw_6)"),
        ("w_5+", "w_6 - eta*(dE_total/dw_5)"),
        ("out_h1", "tanh(net_h1)"),  # another network
        ("net_o1", "w_5*out_h1 + w_7*out_h2 + b_2"),
        ("out_h1+", "sigmoid(net_h1)"),  # the old value after the update
        ("net_o1+", "(w_5+)*(out_h1+) + w_6*(out_h2+) + b_2"),
    ],
)
def test_the_step_at_fault_and_no_other(name: str, formula: str) -> None:
    assert refuted(corrupted(two_two_two(), name, formula)) == {name}


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("dE_total/dout_h1", "(dE_o2/dout_h1) + (dE_o1/dout_h1)"),
        ("dE_total/dw_5", "out_h1*(dE_total/dnet_o1)"),
        ("dout_o1/dnet_o1", "out_o1 - out_o1**2"),
        ("dE_o1/dout_o1", "out_o1 - target_o1"),
        ("dE_total/dnet_o1", "(out_o1 - target_o1)*out_o1*(1 - out_o1)"),
        ("w_5+", "-eta*(dE_total/dw_5) + w_5"),
        ("net_o1", "b_2 + out_h1*w_5 + out_h2*w_6"),
        ("E_o1", "0.5*(out_o1 - target_o1)**2"),
    ],
)
def test_another_form_of_the_same_is_no_fault(name: str, formula: str) -> None:
    assert refuted(corrupted(two_two_two(), name, formula)) == set()


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("dz/dx", "(dz/dy)*(dy/dx)"),
        ("dz/dx", "(dz/dx (direct))"),
        ("dz/dx", "y"),
        ("dz/dx (direct)", "3*x**2"),
        ("dC/dx", "(dC/dy)*(dy/dx) + (dC/dE_2)*(dE_2/dx) + (dC/dz)*(dz/dx)"),  # the path through y counts twice
        ("dC/dx", "(dC/dy)*(dy/dx) + (dC/dz)*(dz/dx (direct))"),
    ],
)
def test_a_quantity_that_is_reached_directly_and_through_another(name: str, formula: str) -> None:
    derivation = derivation_of(ROUNDABOUT, cost="C", inputs=["x"], targets=["t"], learning_rate=None)
    assert refuted(derivation) == set()
    if name in derivation.by_name:
        with_total = derivation if name != "dC/dx" else _with(derivation, "dz/dx", "3*x**2", before="dC/dx")
        assert refuted(corrupted(with_total, name, formula)) == {name}


def _with(derivation: Derivation, name: str, formula: str, before: str) -> Derivation:
    """`derivation` with one more partial."""
    place = [step.name for step in derivation.sequence].index(before)
    model = next(step for step in derivation.sequence if step.is_local)
    steps = [*derivation.sequence[:place], replace(model, name=name), *derivation.sequence[place:]]
    return corrupted(replace(derivation, sequence=tuple(steps)), name, formula)


@pytest.mark.parametrize("name", ["net_h1", "dE_total/dw_3", "dE_total/di_1", "w_3+", "E_total+"])
def test_what_is_missing_is_named(name: str) -> None:
    derivation = without(two_two_two(), name)
    assert Rules(derivation.problem, derivation.sequence).missing() == [name]


def test_a_step_rests_on_what_stands_before_it() -> None:
    derivation = two_two_two()
    first, second, *others = derivation.sequence
    swapped = replace(derivation, sequence=(second, first, *others))
    assert Rules(swapped.problem, swapped.sequence).faults == {"out_h1": "net_h1 does not stand before it"}
    twice = replace(derivation, sequence=(first, *derivation.sequence))
    assert Rules(twice.problem, twice.sequence).faults == {"net_h1": "it stands there twice"}
    silent = replace(derivation, sequence=(replace(first, uses=first.uses[1:]), second, *others))
    assert Rules(silent.problem, silent.sequence).faults == {"net_h1": "it does not use what it says it uses"}


def test_new_weights_belong_to_the_order_that_takes_them() -> None:
    first = two_two_two(Order.OUTPUT_FIRST)
    assert str(first.by_name["dnet_o1/dout_h1"].expression) == "w_5+"
    assert refuted(corrupted(first, "dnet_o1/dout_h1", "w_5")) == {"dnet_o1/dout_h1"}
    assert refuted(corrupted(first, "dnet_o1/dout_h1", "(w_6+)")) == {"dnet_o1/dout_h1"}
    assert refuted(corrupted(two_two_two(), "dnet_o1/dout_h1", "(w_5+)")) == {"dnet_o1/dout_h1"}


def test_names_of_nothing_are_refuted() -> None:
    derivation = two_two_two()
    rules = Rules(derivation.problem, derivation.sequence)
    expression = derivation.by_name["dE_total/dw_5"].expression
    for name in ("dE_total/dw_9", "dE/dw_5", "w_9+", "b_1+", "net_9", "i_1+"):
        assert rules.check_expression(name, expression).verdict is Verdict.REFUTED
    assert rules.check_expression("dE_o1/dE_o1", expression).verdict is Verdict.REFUTED
