"""Activations that a network writes out, and the letters that a document has for them."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

BIPOLAR = "2/(1 + exp(-z)) - 1"


def network(activation: str) -> Problem:
    return problem_of(
        {"z": "w*x", "h": activation, "C": "(t - h)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "0.2"},
        learning_rate="0.1",
    )


# z = 0.4, h = tanh(0.2) = 0.197375320, slope (1 - h²)/2 = 0.480521491, dC/dz = (h - 1)·slope = -0.385678408
RIGHT = [
    "`f(x) = 2/(1 + exp(-x)) - 1`",
    "`f'(x) = 0.5 (1 + f(x)) (1 - f(x))`",
    "`f(x) = tanh(x/2)`\n\n`h = f(z) = f(0.4) = 0.197375320`",
    "`h = f(z) = f(0.4) = 0.197375320`",
    "`dC/dz = (h - t) f'(z) = -0.385678408`",
    "`f'(0.4) = 0.480521491`",
]
WRONG = [
    "`f'(x) = f(x) (1 + f(x))`",
    "`h = f(z) = f(0.4) = 0.379948962`",
    "`dC/dz = (h - t) (1 - h) (1 + h) = -0.771356820`",
]


@pytest.mark.parametrize("text", [*RIGHT, *WRONG])
def test_a_function_that_the_network_writes_out_is_an_activation(text: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    found = audit(source, blocks, network(BIPOLAR))
    assert bool(found.faults) is (text in WRONG)
    if text in RIGHT:
        assert {claim.verdict for claim in found.claims} == {Verdict.CORRECT}


# z = -0.4, h = -0.08, C = (1 + 0.08)^2/2 = 0.5832, dC/dz = 0.2(h - 1) = -0.216
LEAKY_RIGHT = [
    "`h = LeakyReLU(z) = LeakyReLU(-0.4) = 0.2*(-0.4) = -0.08`",
    "`dC/dz = (h - t)*LeakyReLU'(z) = (-0.08 - 1)*0.2 = -0.216`",
    "`LeakyReLU'(-0.4) = 0.2`",
]
LEAKY_WRONG = [
    "`h = LeakyReLU(-0.4) = -0.004`",
    "`LeakyReLU'(-0.4) = 0.01`",
    "`LeakyReLU(-0.4) = 0.02*(-0.4) = -0.008`",
]
SPELT = ["relu(z) - 0.2*relu(-z)", "max(0.2*z, z)", "if_positive(z, z, 0.2*z)"]


@pytest.mark.parametrize("spelt", SPELT)
@pytest.mark.parametrize("text", [*LEAKY_RIGHT, *LEAKY_WRONG])
def test_a_leaky_relu_is_that_of_the_network(text: str, spelt: str) -> None:
    problem = problem_of(
        {"z": "w*x", "h": spelt, "C": "(t - h)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "-0.2"},
        learning_rate="0.1",
    )
    source, blocks = read_text(text, name="sheet.md")
    assert bool(audit(source, blocks, problem).faults) is (text in LEAKY_WRONG)


def test_without_a_leaky_relu_in_the_network_it_is_the_usual_one() -> None:
    problem = problem_of({"z": "w*x", "h": "leaky_relu(z)"}, cost="h", inputs={"x": "2"}, parameters={"w": "-0.2"})
    source, blocks = read_text("`h = LeakyReLU(-0.4) = -0.004`", name="sheet.md")
    assert not audit(source, blocks, problem).faults
