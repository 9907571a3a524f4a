"""What quantities are worth: against the printed numbers of the worked 2-2-2 example, and against plain Python."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from symbackprop.auditing.truth import POINTS, Quantity, Truth
from symbackprop.errors import SymbackpropError
from symbackprop.network.file import read_problem
from symbackprop.network.problem import Claim
from tests.networks import example

PRINTED = {
    Quantity("out_h1"): 0.593269992,
    Quantity("dE_total/dw_5"): 0.082167041,
    Quantity("delta_o1"): 0.138498562,
    Quantity("delta_o1", scale=Fraction(-1)): -0.138498562,
    Quantity("w_5", after=1): 0.35891648,
    Quantity("dE_o1/dout_h1"): 0.055399425,
    Quantity("dnet_h1/dw_3"): 0.0,
    Quantity("eta"): 0.5,
}


def trained(updates: int) -> float:
    """The cost after so many updates of the weights, in plain Python."""
    w, x, t = [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55], [0.05, 0.1], [0.01, 0.99]

    def unit(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    for done in range(updates + 1):
        h = [unit(w[2 * j] * x[0] + w[2 * j + 1] * x[1] + 0.35) for j in (0, 1)]
        o = [unit(w[4 + 2 * k] * h[0] + w[5 + 2 * k] * h[1] + 0.6) for k in (0, 1)]
        if done == updates:
            break
        d = [(o[k] - t[k]) * o[k] * (1 - o[k]) for k in (0, 1)]
        e = [(d[0] * w[4 + j] + d[1] * w[6 + j]) * h[j] * (1 - h[j]) for j in (0, 1)]
        gradient = [e[0] * x[0], e[0] * x[1], e[1] * x[0], e[1] * x[1], *(d[k] * h[j] for k in (0, 1) for j in (0, 1))]
        w = [weight - 0.5 * slope for weight, slope in zip(w, gradient, strict=True)]
    return sum((t[k] - o[k]) ** 2 / 2 for k in (0, 1))


@pytest.mark.parametrize(("quantity", "value"), PRINTED.items())
def test_values_are_those_of_the_document(quantity: Quantity, value: float) -> None:
    assert abs(float(Truth(example("mazur_2_2_2")).value(quantity).mid()) - value) < 6e-10


@pytest.mark.parametrize("updates", [0, 1, 2, 5, 300])
def test_values_after_updates_are_those_of_plain_python(updates: int) -> None:
    found = float(Truth(example("mazur_2_2_2")).value(Quantity("E_total", after=updates)).mid())
    assert abs(found - trained(updates)) < 1e-11


def test_numbers_that_are_0_or_1_are_left_where_they_are() -> None:
    truth = Truth(example("recurrent"))
    given = truth.problem.exact_values()
    for name, value in given.items():
        near = [float(truth.value(Quantity(name), point).mid()) for point in range(1, POINTS + 1)]
        assert all((one == value) == (value in (0, 1, -1)) for one in near)


def test_what_is_no_quantity_has_no_value() -> None:
    with pytest.raises(SymbackpropError):
        Truth(example("mazur_2_2_2")).value(Quantity("q_7"))


OPEN = read_problem(
    "inputs.x = 0.5\ntargets.t = 1\nparameters.w = 0.8\nparameters.v = 0.3\nparameters.u = 0.9\n"
    'equations.a = "sigmoid(w*x)"\nequations.h = "sigmoid(v*x)"\n'
    'equations.y = "a + u*h"\nequations.E = "(t - y)**2/2"\n'
    'training.cost = "E"\ntraining.learning_rate = 0.5'
)
WITHOUT_V = replace(OPEN, values={name: text for name, text in OPEN.values.items() if name != "v"})


def test_what_rests_on_a_leaf_without_a_value_has_none() -> None:
    truth = Truth(WITHOUT_V)
    assert truth.open == ("v",)
    assert abs(float(truth.value(Quantity("a")).mid()) - 1 / (1 + math.exp(-0.4))) < 1e-12
    for quantity in (
        Quantity("v"),
        Quantity("h"),
        Quantity("E"),
        Quantity("dE/dw"),
        Quantity("w", 1),
        Quantity("v", 1),
    ):
        with pytest.raises(SymbackpropError, match="rests on v, which the document does not state"):
            truth.value(quantity)
    assert truth.value(Quantity("dy/dh"), 1).is_finite()  # at the points near the given numbers all is known
    assert truth.value(Quantity("E"), 1).is_finite()


def test_what_is_printed_stands_for_what_has_no_value_until_the_first_update() -> None:
    h = 1 / (1 + math.exp(-0.15))
    truth = Truth(replace(WITHOUT_V, claims=(Claim("h", "0.5374"),)))
    exact = Truth(OPEN)
    for name in ("h", "y", "E", "dE/du", "dh/dv", "u+"):
        found = truth.value(Quantity(name))
        assert found.contains(exact.value(Quantity(name)).mid())
        assert 0 < float(found.rad()) < 3e-4
    assert abs(float(truth.value(Quantity("h")).mid()) - h) < 1e-4
    with pytest.raises(SymbackpropError, match="v"):
        truth.value(Quantity("h", after=1))  # w and u are known then, v is not
    assert truth.value(Quantity("u", after=1)).is_finite()
    with pytest.raises(SymbackpropError):
        truth.value(Quantity("u", after=2))


def test_claims_say_nothing_where_all_is_given() -> None:
    truth = Truth(replace(OPEN, claims=(Claim("h", "0.9"),)))
    assert abs(float(truth.value(Quantity("h")).mid()) - 1 / (1 + math.exp(-0.15))) < 1e-12
