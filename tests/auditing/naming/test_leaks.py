"""The slope of a leaky ReLU below zero."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from tests.networks import problem_of

# z = -0.4, h = -0.08, C = (1 + 0.08)^2/2 = 0.5832, dC/dz = 0.2(h - 1) = -0.216
RIGHT = [
    "`h = LeakyReLU(z) = LeakyReLU(-0.4) = 0.2*(-0.4) = -0.08`",
    "`dC/dz = (h - t)*LeakyReLU'(z) = (-0.08 - 1)*0.2 = -0.216`",
    "`LeakyReLU'(-0.4) = 0.2`",
]
WRONG = ["`h = LeakyReLU(-0.4) = -0.004`", "`LeakyReLU'(-0.4) = 0.01`", "`LeakyReLU(-0.4) = 0.02*(-0.4) = -0.008`"]
SPELT = ["relu(z) - 0.2*relu(-z)", "max(0.2*z, z)", "if_positive(z, z, 0.2*z)"]


@pytest.mark.parametrize("spelt", SPELT)
@pytest.mark.parametrize("text", [*RIGHT, *WRONG])
def test_it_is_that_of_the_network(text: str, spelt: str) -> None:
    problem = problem_of(
        {"z": "w*x", "h": spelt, "C": "(t - h)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "-0.2"},
        learning_rate="0.1",
    )
    source, blocks = read_text(text, name="sheet.md")
    assert bool(audit(source, blocks, problem).faults) is (text in WRONG)


def test_without_one_in_the_network_it_is_the_usual_one() -> None:
    problem = problem_of({"z": "w*x", "h": "leaky_relu(z)"}, cost="h", inputs={"x": "2"}, parameters={"w": "-0.2"})
    source, blocks = read_text("`h = LeakyReLU(-0.4) = -0.004`", name="sheet.md")
    assert not audit(source, blocks, problem).faults
