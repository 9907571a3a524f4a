"""Numbers without bound: towers of powers and exponentials neither hang nor crash, in any arithmetic."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

import mpmath
import pytest

from symbackprop.derivation.steps import Derivation
from symbackprop.errors import EvaluationError, LimitError
from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
from symbackprop.evaluation.enclosure import Enclosures, bounds
from symbackprop.evaluation.program import compile_program
from symbackprop.evaluation.rounding import by_hand, to_digits, to_places
from symbackprop.evaluation.training import enclosed_after, train
from tests.networks import derivation_of

SECONDS = 2


def tower(formula: str, value: str, height: int = 8) -> Derivation:
    """a1 = f(w), a2 = f(a1), ..., with all its partials."""
    equations = {f"a{n}": formula.format(f"a{n - 1}" if n > 1 else "w") for n in range(1, height + 1)}
    return derivation_of(equations, cost=f"a{height}", parameters={"w": value}, learning_rate="0.1")


TOWERS = {
    "powers up": ("{}**400", "1.5"),
    "powers down": ("{}**400", "0.5"),
    "reciprocal powers": ("{}**(-400)", "0.5"),
    "powers of an inexact number": ("sin({})**400 + 1.5", "1"),
    "exponentials": ("exp({})", "3"),
    "falling exponentials": ("exp(-exp({}))", "30"),
    "self-powers": ("{0}**{0}", "3.7"),
    "whole self-powers": ("{0}**{0}", "4"),
    "squares": ("{0}*{0}", "-7.25"),
    "sines of exponentials": ("sin(exp({0})) + exp(exp({0}*5))", "3"),
    "activations": ("exp(3*gelu({0})) + softplus({0}) + elu(-{0}) + tanh({0})", "4"),
}


@contextmanager
def quick(seconds: float = SECONDS) -> Iterator[None]:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < seconds


def outcome(task: Callable[[], object]) -> None:
    """Runs a task to its end, or to an error that names a quantity."""
    try:
        task()
    except (EvaluationError, LimitError) as error:
        said = error.message
    else:
        return
    assert re.search(r"\S+ (has no finite value |is a number of more than 4000 digits)", said)


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize("name", TOWERS)
def test_programs(name: str, arithmetic: Arithmetic) -> None:
    derivation = tower(*TOWERS[name])
    given = derivation.problem.exact_values()
    with quick():
        run = compile_program(derivation.sequence, list(given), [step.name for step in derivation.sequence], arithmetic)
        outcome(lambda: {name: PRIMITIVES[arithmetic].show(value) for name, value in run(given).items()})


@pytest.mark.parametrize("name", TOWERS)
def test_enclosures_by_hand_and_training(name: str) -> None:
    derivation = tower(*TOWERS[name])
    given = derivation.problem.exact_values()
    with quick():
        enclosures = Enclosures(derivation.sequence, given)
        outcome(lambda: [to_digits(enclosures, step.name) for step in derivation.sequence])
        outcome(lambda: [to_places(enclosures, step.name, 9) for step in derivation.sequence])
        outcome(lambda: by_hand(derivation.sequence, given, 9))
        outcome(lambda: list(train(derivation, 5)))
        outcome(lambda: list(enclosed_after(derivation, [5], 192)))


def test_the_first_quantity_beyond_the_range_is_named() -> None:
    derivation = tower("{}**400", "1.5")
    with pytest.raises(EvaluationError) as failure:
        Enclosures(derivation.sequence, derivation.problem.exact_values()).at(192)
    assert failure.value.message == "a3 has no finite value (of at most 1e78913)"
    assert failure.value.hint.startswith("it is a2**400 with a2 = 3.99438e+28174")


def test_exponentials_of_exponentials_in_balls_are_an_error_at_once() -> None:
    derivation = tower("exp({})", "3", height=30)
    with quick(), pytest.raises(EvaluationError, match="a3 has no finite value"):
        Enclosures(derivation.sequence, derivation.problem.exact_values()).at(192)


def test_a_tiny_number_is_enclosed_and_told_from_no_smaller_one() -> None:
    derivation = tower("{}**400", "0.5")
    enclosures = Enclosures(derivation.sequence, derivation.problem.exact_values())
    assert to_digits(enclosures, "a2", 8) == mpmath.nstr(mpmath.mpf(2) ** -160_000, 8, strip_zeros=False)
    low, high = bounds(enclosures.at(192)["a8"])
    assert low <= 0 <= high < Fraction(1, 10**78900)
    assert to_digits(enclosures, "a8") == "0"


def test_a_sum_of_many_exact_quotients() -> None:
    names = {f"x_{n}": f"{n}.{n * 7919 % 10007:040d}7" for n in range(1, 3000)}
    with quick(15):
        derivation = derivation_of({"y": " + ".join(f"1/{name}" for name in names)}, cost="y", inputs=names)
        enclosures = Enclosures(derivation.sequence[:1], derivation.problem.exact_values())
        digits = to_digits(enclosures, "y", 20)
    with mpmath.workdps(40):
        due = sum(1 / mpmath.mpf(value) for value in names.values())
        assert abs(mpmath.mpf(digits) - due) < 1e-17


def test_three_thousand_definitions() -> None:
    derivation = tower("{0}*{0}/4 + 1", "2", height=3000)
    with quick(20):
        run = compile_program(derivation.sequence, ["w", "eta"], ["a3000", "da3000/dw"])
        assert run(derivation.problem.exact_values()) == {"a3000": 2, "da3000/dw": 1}
