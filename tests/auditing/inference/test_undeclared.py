"""Costs that a document does not declare."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted

FORWARD = "w = 0.5, x = 2, t = 1\n\nz = w*x = 1.0\n\na = sigmoid(z) = 0.73106\n\n"


@pytest.mark.parametrize(
    ("line", "equation"),
    [
        ("E = 0.03616", "(t - a)**2/2"),
        ("E = 0.07233", "(t - a)**2"),
        ("E = 0.31326", "-(t*log(a) + (1 - t)*log(1 - a))"),
        ("dE/da = -(t - a) = -0.26894", "(t - a)**2/2"),
        ("dE/da = 2*(a - t) = -0.53788", "(t - a)**2"),
        ("delta = (t - a)*a*(1 - a) = 0.05288", "(t - a)**2/2"),
        ("delta = (t - a)*f'(z) = 0.05288", "(t - a)**2/2"),
        ("dE/dz = a - t = -0.26894", "-(t*log(a) + (1 - t)*log(1 - a))"),
    ],
)
def test_the_cost_that_the_document_uses(line: str, equation: str) -> None:
    found = drafted(FORWARD + line)
    assert found.cost == "E"
    assert found.supposed == "E"
    assert found.equations["E"] == equation


@pytest.mark.parametrize("line", ["E = 0.55555", "dE/da = 3*(a - t) = -0.80682", "delta = 0.05288"])
def test_none_is_supposed_without_ground(line: str) -> None:
    assert drafted(FORWARD + line).cost is None


def test_a_declared_cost_is_kept_as_it_is_declared() -> None:
    found = drafted(FORWARD + "Cost = (t - a)^2 = 0.07233\n\ndCost/da = a - t = -0.26894")
    assert (found.cost, found.supposed) == ("Cost", None)
    assert found.equations["Cost"] == "(t - a)**2"


def test_the_target_of_an_output_by_its_number() -> None:
    text = "w = 0.5, x = 2, t1 = 1\n\ny1 = sigmoid(w*x) = 0.73106\n\ndE/dy1 = y1 - t1 = -0.26894"
    assert drafted(text).equations["E"] == "(t1 - y1)**2/2"


def test_the_error_by_which_a_node_error_is_multiplied_has_a_name() -> None:
    text = """
x1 = 1, w13 = 0.3, w35 = -0.9, yd = 1

y3 = sigmoide(x1*w13) = 0.5744

y5 = sigmoide(y3*w35) = 0.3735

e = yd - y5 = 0.6265

delta5 = y5*(1 - y5)*e = 0.1466
"""
    found = drafted(text)
    assert (found.supposed, found.equations["E"]) == ("E", "(yd - y5)**2/2")
