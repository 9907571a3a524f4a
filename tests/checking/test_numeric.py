from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest

from symbackprop.checking.numeric import Differences
from symbackprop.checking.verdict import Verdict
from symbackprop.network.problem import read_equations


def checked(cost: str, slope: Callable[[mpmath.mpf], mpmath.mpf], x: str, by: str = "x", **equations: str) -> Verdict:
    """Whether dC/dx = slope(x), or dC/dy for a defined y that has the value x."""
    graph = read_equations({**equations, "C": cost}, ["x"], [], [])
    differences = Differences(graph, {"x": Fraction(x)}, ["C"])

    def claimed(digits: int) -> mpmath.mpf:
        with mpmath.workdps(2 * digits):
            return slope(mpmath.mpf(Fraction(x).numerator) / Fraction(x).denominator)

    return differences.check("C", by, claimed).verdict


@pytest.mark.parametrize(
    ("cost", "slope", "x"),
    [
        ("x**3", lambda x: 3 * x**2, "0.3"),
        ("sigmoid(x)", lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2, "0.3"),
        ("sigmoid(x)", lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2, "80"),
        ("gelu(x)", lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x), "-1.7"),
        ("log(1 - sigmoid(x))", lambda x: -1 / (1 + mpmath.exp(-x)), "40"),
        ("abs(x)", lambda _: -1, "-0.001"),
        ("1/x", lambda x: -1 / x**2, "1e-12"),
        ("sin(1e6*x)", lambda x: 10**6 * mpmath.cos(10**6 * x), "0.7"),
        ("exp(1000*x)", lambda x: 1000 * mpmath.exp(1000 * x), "0.1"),
        ("x - x", lambda _: mpmath.mpf(0), "3"),
    ],
)
def test_a_gradient_is_confirmed_and_a_slightly_wrong_one_is_not(
    cost: str, slope: Callable[[mpmath.mpf], mpmath.mpf], x: str
) -> None:
    assert checked(cost, slope, x) is Verdict.CONFIRMED
    tiny = mpmath.mpf(10) ** -15
    assert checked(cost, lambda at: slope(at) * (1 + tiny) + tiny**2, x) is Verdict.REFUTED
    assert checked(cost, lambda at: -slope(at) - 1, x) is Verdict.REFUTED


def test_what_is_defined_is_differentiated_by_too() -> None:
    assert checked("y**2*x", lambda x: 2 * x**2 * x, "0.3", by="y", y="x**2") is Verdict.CONFIRMED
    assert checked("y**2*x", lambda x: 2 * x**2 * x + x**4, "0.3", by="y", y="x**2") is Verdict.REFUTED


@pytest.mark.parametrize(
    ("cost", "declared"),
    [
        ("relu(x)", 0),
        ("abs(x)", 0),
        ("leaky_relu(x)", "0.01"),
        ("max(x, 2*x)", 0),
        ("relu(x) + relu(-x)", 0),  # here both differences agree with the convention
        ("x + 1e-9*abs(x)", 1),
    ],
)
def test_at_a_kink_differences_decide_nothing(cost: str, declared: float | str) -> None:
    assert checked(cost, lambda _: mpmath.mpf(declared), "0") is Verdict.UNDECIDED


@pytest.mark.parametrize("cost", ["x*abs(x)", "relu(x)**2", "elu(x) - x", "huber(x - 1)"])
def test_a_smooth_joint_is_no_kink(cost: str) -> None:
    slope = -1 if cost.startswith("huber") else 0
    assert checked(cost, lambda _: mpmath.mpf(slope), "0") is Verdict.CONFIRMED
    assert checked(cost, lambda _: mpmath.mpf(slope) + 1, "0") is Verdict.REFUTED


def test_what_cannot_be_evaluated_is_undecided() -> None:
    assert checked("log(x - x)", lambda x: x, "1") is Verdict.UNDECIDED
    assert checked("exp(-x)", lambda x: -mpmath.exp(-x), "1e4") is Verdict.CONFIRMED
    assert checked("1 + exp(-x)", lambda x: -mpmath.exp(-x), "1e4") is Verdict.UNDECIDED


def test_large_networks_have_a_budget() -> None:
    small = read_equations({"C": "x**2"}, ["x"], [], [])
    large = read_equations({"C": " + ".join(["x**2"] * 5000)}, ["x"], [], [])
    given = {"x": Fraction(1)}
    assert Differences(small, given, ["C"]).affordable > 10_000 > 100 > Differences(large, given, ["C"]).affordable
