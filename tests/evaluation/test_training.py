"""Many updates replayed: the published numbers of the 2-2-2 network, what stays put, and where it diverges."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import flint
import pytest

from symbackprop.errors import EvaluationError, NetworkError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.training import KEPT, Record, Replay, enclosed_after, train
from symbackprop.network.problem import Order
from tests.networks import derivation_of, two_two_two


def by_hand(order: Order, steps: int) -> tuple[float, list[float]]:
    """(the error, the eight weights) of the 2-2-2 network after `steps` updates, in plain Python."""
    i, t, b = (0.05, 0.10), (0.01, 0.99), (0.35, 0.60)
    w = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]

    def forward(w: Sequence[float]) -> tuple[list[float], list[float]]:
        h = [1 / (1 + math.exp(-(w[n] * i[0] + w[n + 1] * i[1] + b[0]))) for n in (0, 2)]
        return h, [1 / (1 + math.exp(-(w[n] * h[0] + w[n + 1] * h[1] + b[1]))) for n in (4, 6)]

    for _ in range(steps):
        h, o = forward(w)
        delta = [(o[k] - t[k]) * o[k] * (1 - o[k]) for k in (0, 1)]
        new = [w[4 + n] - 0.5 * delta[n // 2] * h[n % 2] for n in range(4)]
        through = new if order is Order.OUTPUT_FIRST else w[4:]
        hidden = [(delta[0] * through[j] + delta[1] * through[2 + j]) * h[j] * (1 - h[j]) for j in (0, 1)]
        w = [w[n] - 0.5 * hidden[n // 2] * i[n % 2] for n in range(4)] + new
    _, o = forward(w)
    return sum((t[k] - o[k]) ** 2 / 2 for k in (0, 1)), w


def last(records: Sequence[Record]) -> Record:
    return records[-1]


@pytest.mark.parametrize(
    ("order", "printed"), [(Order.SIMULTANEOUS, "3.510187783e-05"), (Order.OUTPUT_FIRST, "3.508478630e-05")]
)
def test_ten_thousand_updates_of_the_2_2_2_network(order: Order, printed: str) -> None:
    record = last(list(train(two_two_two(order), 10_000, every=10_000)))
    cost, weights = by_hand(order, 10_000)
    assert f"{record.cost:.9e}" == printed
    assert record.cost == pytest.approx(cost, rel=1e-11)
    assert [record.parameters[f"w_{n}"] for n in range(1, 9)] == pytest.approx(weights, rel=1e-11)


def test_frozen_parameters_stay_put() -> None:
    for record in train(two_two_two(), 50, every=10):
        assert (record.parameters["b_1"], record.parameters["b_2"]) == (0.35, 0.60)
    assert record.parameters["w_1"] != 0.15


@pytest.mark.parametrize(
    ("steps", "every", "noted"),
    [(5, 1, [0, 1, 2, 3, 4, 5]), (10, 4, [0, 4, 8, 10]), (3, 100, [0, 3]), (0, 1, [0]), (4, 2, [0, 2, 4])],
)
def test_what_is_noted(steps: int, every: int, noted: list[int]) -> None:
    progress: list[int] = []
    records = list(train(two_two_two(), steps, every=every, progress=progress.append))
    assert [record.step for record in records] == noted == progress
    for record in records:
        assert record.cost == pytest.approx(by_hand(Order.SIMULTANEOUS, record.step)[0], rel=1e-12)


def test_the_error_falls() -> None:
    costs = [record.cost for record in train(two_two_two(), 1000, every=100)]
    assert costs == sorted(costs, reverse=True)


def test_a_network_whose_parameters_are_all_frozen_stands_still() -> None:
    derivation = derivation_of({"C": "(w - 3)**2"}, cost="C", parameters={"w": "1"}, frozen=["w"])
    assert [record.cost for record in train(derivation, 2)] == [4, 4, 4]


@pytest.mark.parametrize(
    ("equation", "cost", "slope"),
    [
        ("w**4", lambda w: w**4, lambda w: 4 * w**3),
        ("-exp(w)", lambda w: -math.exp(w), lambda w: -math.exp(w)),
        ("w*w*w", lambda w: w * w * w, lambda w: 3 * w * w),
        ("sqrt(w - 3)", lambda w: math.sqrt(w - 3), lambda w: 1 / (2 * math.sqrt(w - 3))),
    ],
)
@pytest.mark.parametrize("every", [1, 7, 1000])
def test_divergence_is_found_at_its_step(
    equation: str, cost: Callable[[float], float], slope: Callable[[float], float], every: int
) -> None:
    w, steps = 10.0, 0
    try:
        while math.isfinite(cost(w)):
            w -= 0.5 * slope(w)
            steps += 1
    except (ArithmeticError, ValueError):
        pass
    derivation = derivation_of({"C": equation}, cost="C", parameters={"w": "10"}, learning_rate="0.5")
    with pytest.raises(EvaluationError, match=f"after {steps} updates .* has no finite value in floating point"):
        list(train(derivation, 2000, every=every))


def test_what_cannot_be_trained() -> None:
    without = derivation_of({"C": "w*w"}, cost="C", parameters={"w": "1"}, learning_rate=None)
    with pytest.raises(NetworkError, match="this network has no learning rate"):
        train(without, 1)
    with pytest.raises(NetworkError, match="this network has no numbers"):
        train(derivation_of({"C": "w*w"}, cost="C", parameters=["w"]), 1)
    for steps, every in ((-1, 1), (1, 0)):
        with pytest.raises(NetworkError, match=f"{steps} updates, noted every {every}"):
            train(two_two_two(), steps, every=every)


@pytest.mark.parametrize("order", Order)
def test_balls_hold_what_floats_come_to(order: Order) -> None:
    floats = {record.step: record.parameters for record in train(two_two_two(order), 2000, every=1000)}
    for step, balls in enclosed_after(two_two_two(order), [2000, 1000, 1000], 192):
        for name, ball in balls.items():
            assert float(ball.rad()) < 1e-45
            assert float(ball) == pytest.approx(floats[step][name], rel=1e-12)
    assert step == 2000


def test_an_enclosure_holds_that_of_more_bits() -> None:
    rough, fine = (dict(enclosed_after(two_two_two(), [200], bits))[200] for bits in (96, 400))
    for name in rough:
        assert rough[name].contains(fine[name])
        assert rough[name].rad() > fine[name].rad()


def test_the_precision_around_is_left_as_it_was() -> None:
    before = flint.ctx.prec
    for _ in enclosed_after(two_two_two(), [1, 2], 500):
        assert flint.ctx.prec == before


def test_divergence_in_balls_is_found_at_its_step() -> None:
    derivation = derivation_of({"C": "w**4"}, cost="C", parameters={"w": "10"})
    with pytest.raises(EvaluationError, match="after 9 updates C has no finite value"):
        list(enclosed_after(derivation, [100], 192))


def test_a_replay_goes_on_from_what_it_has_made() -> None:
    replay = Replay(two_two_two(), Arithmetic.FLOAT)
    wanted = [1000, 1001, 999, 2000, 2000, 0]
    found = {steps: replay.after(steps) for steps in wanted}
    assert replay.made < 2000 + len(wanted) * KEPT
    records = {record.step: record.parameters for record in train(two_two_two(), 2000)}
    for steps, parameters in found.items():
        assert all(parameters[name] == pytest.approx(records[steps][name], rel=1e-12) for name in parameters)


def test_a_replay_that_failed_fails_again_at_once() -> None:
    replay = Replay(derivation_of({"C": "w**4"}, cost="C", parameters={"w": "10"}), Arithmetic.FLOAT)
    for steps in (300, 300, 400):
        with pytest.raises(EvaluationError, match=r"after \d updates"):
            replay.after(steps)
    assert replay.made <= KEPT
    assert replay.after(1)["w"] == -1990
