"""The auditor on documents that are made up, and the making of them: its numbers are right, its errors are errors."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import mpmath
import pytest

from symbackprop.auditing.causes.registry import CAUSES
from tests.auditing.generator import KINDS, honest, planted
from tests.auditing.generator.documents import draft
from tests.auditing.generator.hand import Hand, exactly
from tests.auditing.generator.layouts import LAYOUTS
from tests.auditing.generator.measure import Lot, Tally, report, tally_of
from tests.auditing.generator.networks import DECAY, Example
from tests.auditing.generator.training import numbers, one_pass, train

DOCUMENTS = 120


@cache
def tally() -> Tally:
    return tally_of(Lot(range(DOCUMENTS)))


def failures(what: str) -> str:
    return "\n".join(tally().failures[what][:5])


def test_no_document_ends_in_a_traceback() -> None:
    assert not tally().counts["crashed"], failures("crashed")


def test_no_honest_claim_is_accused() -> None:
    assert tally().counts["honest judged"] > 2000
    assert not tally().counts["falsely accused"], failures("falsely accused")


def test_nothing_beside_an_error_is_accused() -> None:
    assert not tally().counts["innocent accused"], failures("innocent accused")


def test_errors_are_found() -> None:
    assert tally().share("found sure", "planted sure") >= 0.97, failures("not found")
    assert tally().share("found", "planted") >= 0.93, failures("not found, small")


def test_the_right_cause_is_among_the_first() -> None:
    assert tally().share("cause among three", "found") >= 0.95, failures("cause not named")


def test_what_is_printed_is_read() -> None:
    assert tally().share("read", "printed") >= 0.97, failures("not read")


def test_the_report_gives_its_denominators() -> None:
    text = "\n".join(report(tally()))
    assert f"/{tally().counts['honest judged']} = " in text
    assert all(layout in text for layout in tally().layouts)


# The generator itself


def close(one: Fraction, other: mpmath.mpf) -> bool:
    with mpmath.workdps(50):
        return bool(abs(mpmath.mpf(one.numerator) / one.denominator - other) < mpmath.mpf(10) ** -25)


def slope(network: Example, parameter: str) -> mpmath.mpf:
    """∂cost/∂parameter by a central difference."""
    values, step = numbers(network), mpmath.mpf(10) ** -18
    costs = [one_pass(network, {**values, parameter: values[parameter] + sign * step}).cost for sign in (1, -1)]
    return (costs[0] - costs[1]) / (2 * step)


@pytest.mark.parametrize("seed", range(40))
def test_the_working_has_the_values_of_differences(seed: int) -> None:
    document = draft(seed)
    network = document.example
    exact = exactly(document.steps, {name: Fraction(text) for name, text in document.given.items()})
    with mpmath.workdps(60):
        now, after = one_pass(network, numbers(network)), train(network, 1)
        assert close(exact[network.names.cost], now.cost)
        for parameter in network.parameters:
            gradient = slope(network, parameter)
            assert abs(gradient - now.gradients[parameter]) < mpmath.mpf(10) ** -25
            name = f"d{network.names.cost}/d{parameter}"
            assert name not in exact or close(exact[name], now.gradients[parameter])
            if parameter in network.trained:
                value = numbers(network)[parameter]
                decays = network.decay and parameter in network.single_weights
                gradient += mpmath.mpf(network.decay) * value if decays else 0
                new = value - mpmath.mpf(network.rate) * gradient
                assert close(exact[f"{parameter}+"], new)
        if f"{network.names.cost}@1" in exact:
            assert close(exact[f"{network.names.cost}@1"], after.cost)


@pytest.mark.parametrize("seed", range(40))
def test_the_network_file_holds_the_same_network(seed: int) -> None:
    document = honest(seed)
    problem = document.problem
    assert set(problem.graph.parameters) - {DECAY} == set(document.example.parameters)
    assert problem.values == document.example.given
    assert problem.training is not None
    assert set(problem.training.frozen) - {DECAY} == set(document.example.frozen)


@pytest.mark.parametrize(
    ("rounding", "value", "printed"),
    [
        ("half-up", "0.12345", "0.1235"),
        ("half-even", "0.12345", "0.1234"),
        ("truncated", "0.12349", "0.1234"),
        ("half-up", "-0.12345", "-0.1235"),
        ("truncated", "-0.12349", "-0.1234"),
        ("half-up", "2", "2.0000"),
        ("half-even", "-0.00001", "0.0000"),
    ],
)
def test_rounding(rounding: str, value: str, printed: str) -> None:
    style = Hand(4, rounding, "exact", significant=False, short=False, between=False, signed_zero=False, brief=0)
    assert style.text(Fraction(value)) == printed


@pytest.mark.parametrize(("carry", "carried"), [("exact", "0.123456789"), ("guard", "0.123457"), ("stepped", "0.1235")])
def test_carrying(carry: str, carried: str) -> None:
    style = Hand(4, "half-up", carry, significant=False, short=True, between=False, signed_zero=False, brief=0)
    assert style.carried(Fraction("0.123456789")) == Fraction(carried)


def test_every_shape_style_and_layout_is_drawn() -> None:
    drafts = [draft(seed) for seed in range(400)]
    assert len({(len(one.example.inputs), *map(len, one.example.layers)) for one in drafts}) >= 8
    assert {one.example.loss for one in drafts} == {"half", "squared", "mean", "entropy", "softmax"}
    assert {name for one in drafts for name in one.example.activations} == {
        "sigmoid",
        "tanh",
        "relu",
        "leaky_relu",
        "linear",
        "softmax",
    }
    assert {one.hand.decimals for one in drafts} == set(range(3, 10))
    assert {one.hand.carry for one in drafts} == {"exact", "stepped", "guard"}
    assert {one.hand.rounding for one in drafts} == {"half-up", "half-even", "truncated"}
    assert {one.layout.name for one in drafts} == {layout.name for layout in LAYOUTS}
    assert {one.manner.backward for one in drafts} == {"chain", "node", "reversed"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_one(kind: str) -> None:
    document = planted(1, kind)
    assert document.size > 0
    assert document.text[document.error.start : document.error.end]
    assert document.error in document.claims
    honest_text = planted(1, kind).text
    assert honest_text == document.text, "the same seed, the same document"


def test_every_cause_is_planted() -> None:
    assert {kind.cause for kind in KINDS.values()} == set(CAUSES)
    assert {cause for kind in KINDS.values() for cause in kind.accepted} <= set(CAUSES)
