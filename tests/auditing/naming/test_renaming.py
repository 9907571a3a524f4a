"""A problem under other names."""

from __future__ import annotations

from symbackprop.auditing.naming.renaming import complete, renamed
from symbackprop.auditing.truth import Quantity, Truth
from tests.networks import example, problem_of


def test_a_network_is_worth_the_same_under_other_names() -> None:
    problem = example("mazur_2_2_2")
    names = {"w_5": "w_6", "w_6": "w_5", "out_o1": "a_1", "E_total": "C"}
    own, other = Truth(problem), Truth(renamed(problem, names))
    for old, new in (("dE_total/dw_5", "dC/dw_6"), ("dE_total/dw_1", "dC/dw_1"), ("out_o1", "a_1")):
        assert own.value(Quantity(old)).overlaps(other.value(Quantity(new)))
    assert own.value(Quantity("w_6", after=2)).overlaps(other.value(Quantity("w_5", after=2)))


def test_a_name_that_is_taken_makes_room() -> None:
    problem = problem_of({"z": "w*x + b"}, cost="z", inputs={"x": "1"}, parameters={"w": "2", "b": "3"})
    assert complete(problem, {"w": "b"}) == {"w": "b", "b": "b_"}
    assert complete(problem, {"w": "b", "b": "w"}) == {"w": "b", "b": "w"}
    assert complete(problem, {}) == {}


def test_a_minus_sign_turns_a_bias_into_a_threshold() -> None:
    problem = problem_of({"z": "w*x + b"}, cost="z", inputs={"x": "1"}, parameters={"w": "2", "b": "3"})
    other = renamed(problem, complete(problem, {"b": "-theta"}))
    assert other.values["theta"] == "-3"
    truth = Truth(other)
    assert truth.value(Quantity("z")) == 5
    assert truth.value(Quantity("dz/dtheta")) == -1
