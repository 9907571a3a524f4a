from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.checking.identity import POINTS, Sides, contradicted_at, identical, sampled
from symbackprop.checking.interpretation import Element, Interpretation
from symbackprop.checking.verdict import Verdict
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol

NAMES = ("x", "y", "z")
SYMBOLS = {name: symbol(name) for name in NAMES}


def read(claimed: str, due: str) -> Sides:
    left, right = parse(claimed, SYMBOLS, FUNCTIONS), parse(due, SYMBOLS, FUNCTIONS)

    def sides(interpretation: Interpretation) -> tuple[Element, Element]:
        return interpretation.value(left), interpretation.value(right)

    return sides


@pytest.mark.parametrize(
    ("claimed", "due"),
    [
        ("x*(y + z)", "x*y + x*z"),
        ("1/x + 1/y", "(x + y)/(x*y)"),
        ("(x**2 - y**2)/(x - y)", "x + y"),
        ("exp(2*z)", "exp(z)*exp(z)"),
        ("exp(z/2)**2", "exp(z)"),
        ("exp(z/6)**3*exp(z/4)**2", "exp(z)"),
        ("exp(-z)", "1/exp(z)"),
        ("exp(z)/(1 + exp(z))", "sigmoid(z)"),
        ("exp(-z)/(1 + exp(-z))**2", "sigmoid(z)*(1 - sigmoid(z))"),
        ("2*sigmoid(2*z) - 1", "tanh(z)"),
        ("tanh(-x*y)", "-tanh(y*x)"),
        ("sin(z)**2 + cos(z)**2", "1"),
        ("sin(-z)", "-sin(z)"),
        ("sin(z)/cos(z)*cos(-z)", "sin(z)"),
        ("sqrt(z)*sqrt(z)", "z"),
        ("sqrt(z)/z", "1/sqrt(z)"),
        ("z**(3/2)", "z*sqrt(z)"),
        ("sqrt(z)**3*z**(1/3)*z**(1/6)", "z**2"),
        ("y**(x - 1)*y", "y**x"),
        ("y**(2*x)", "(y**x)*(y**x)"),
        ("exp(log(x))", "x"),
        ("log(x + y) - log(y + x)", "0"),
        ("log(1)", "0"),
        ("normal_cdf(z) + normal_cdf(-z)", "1"),
        ("gelu(z)", "z*(1 - normal_cdf(-z))"),
        ("softplus(z)", "log(exp(z) + 1)"),
        ("abs(z)", "max(z, -z)"),
        ("max(x, y) + min(x, y)", "x + y"),
        ("max(x, y) - min(x, y)", "abs(x - y)"),
        ("relu(z) - relu(-z)", "z"),
        ("relu(z)*relu(-z)", "0"),
        ("huber(z)", "if_positive(abs(z) - 1, abs(z) - 0.5, 0.5*z**2)"),
        ("abs(x)*sign(x)", "x"),
        ("leaky_relu(z)", "0.99*relu(z) + 0.01*z"),
    ],
)
def test_an_identity_is_proved(claimed: str, due: str) -> None:
    assert identical(NAMES, read(claimed, due), "").verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("claimed", "due"),
    [
        ("x*y + z", "x*y - z"),
        ("x", "x + 1/10**100"),
        ("sigmoid(z)*(1 + sigmoid(z))", "sigmoid(z)*(1 - sigmoid(z))"),
        ("tanh(z)", "z"),
        ("sqrt(z)", "z"),
        ("exp(x + y)", "exp(x) + exp(y)"),
        ("log(x*x + 1)", "2*log(x + 1)"),
        ("relu(z)", "leaky_relu(z)"),
        ("abs(z)", "z"),
        ("max(x, y)", "x"),
        ("sin(z)", "z - z**3/6"),
        ("1/x", "y"),
        ("z**2", "2**z"),
        ("normal_cdf(z)", "sigmoid(z)"),
    ],
)
def test_what_differs_is_refuted_at_a_point(claimed: str, due: str) -> None:
    finding = identical(NAMES, read(claimed, due), "")
    assert finding.verdict is Verdict.REFUTED
    assert " instead of " in finding.reason
    assert " at x = " in finding.reason


@pytest.mark.parametrize(
    ("claimed", "due"),
    [
        ("exp(x + y)", "exp(x)*exp(y)"),
        ("log(exp(x))", "x"),
        ("log(x**2 + 1) + log(y**2 + 1)", "log((x**2 + 1)*(y**2 + 1))"),
        ("sin(2*x)", "2*sin(x)*cos(x)"),
        ("sqrt(4)", "2"),
    ],
)
def test_an_identity_of_kernels_that_is_not_known_is_never_refuted(claimed: str, due: str) -> None:
    assert identical(NAMES, read(claimed, due), "").verdict in (Verdict.UNDECIDED, Verdict.PROVED)


@pytest.mark.parametrize(("claimed", "due"), [("(x + y + z + 1)**30", "((x + y + z + 1)**2)**15")])
def test_what_is_too_large_for_a_proof_is_confirmed_at_points(claimed: str, due: str) -> None:
    finding = identical(NAMES, read(claimed, due), "")
    assert (finding.verdict, finding.points) == (Verdict.CONFIRMED, POINTS)
    assert identical(NAMES, read(claimed, due + " + x/10**9"), "").verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("claimed", "due"),
    [
        ("sigmoid(x*y)*z", "z/(1 + exp(-y*x))"),
        ("relu(x)*y", "y*relu(x)"),
        ("sqrt(x)*y/y", "sqrt(x)"),
        ("1/(x - y) + 1/(y - x)", "0"),
        ("tanh(z)**2", "tanh(-z)**2"),
    ],
)
def test_sampling_alone_confirms(claimed: str, due: str) -> None:
    finding = sampled(NAMES, read(claimed, due), "")
    assert (finding.verdict, finding.points) == (Verdict.CONFIRMED, POINTS)


@pytest.mark.parametrize("claimed", ["1/(x - x)", "log(x - x)", "1/relu(-x**2)"])
def test_what_is_nowhere_defined_is_undecided(claimed: str) -> None:
    assert identical(NAMES, read(claimed, "x"), "").verdict is Verdict.UNDECIDED


def test_what_a_point_cannot_tell_is_no_contradiction() -> None:
    origin = dict.fromkeys(NAMES, Fraction(0))
    assert contradicted_at(origin, read("sin(x)", "x")) is None
    assert contradicted_at(origin, read("1/x", "x")) is None
    found = contradicted_at(dict.fromkeys(NAMES, Fraction(1)), read("exp(x)", "2.7182818284590452353602874713526624"))
    assert found is not None
    assert found.claimed == found.due  # to the digits that are shown


def test_the_same_finding_is_made_again() -> None:
    assert identical(NAMES, read("tanh(z)", "z"), "") == identical(NAMES, read("tanh(z)", "z"), "")
