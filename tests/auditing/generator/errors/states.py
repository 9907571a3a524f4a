"""Errors of time: old weights for new ones, new ones for old ones, another number of updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import mpmath

from tests.auditing.generator.errors.kinds import (
    HIDDEN,
    Scene,
    kind,
    renamed,
)
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    named,
)
from tests.auditing.generator.steps import AGAIN, Role, updated
from tests.auditing.generator.training import RUN_AWAY, train


@kind("through new weights", "updated-weights-used")
def _new_weights(scene: Scene) -> Iterator[tuple[int, Formula]]:
    new = {name: updated(name) for name in scene.example.trained}
    for index, step in scene.at(Role.BY_OUT, Role.BY_NET):
        if set(new) & set(named(step.formula)):
            yield index, renamed(step.formula, new)


@kind("trained through new weights", "updated-weights-used", showing=("result",))
def _trained_in_order(scene: Scene) -> Iterator[tuple[int, Formula]]:
    yield from _trained(scene, scene.manner.updates, output_first=True)


@kind("old value after the update", "stale-state", "wrong-quantity", showing=HIDDEN, worked=True)
def _stale(scene: Scene) -> Iterator[tuple[int, Formula]]:
    # A line that is the old one word for word may be meant as that: something new has to stand in it, or a mark.
    for index, step in scene.at(Role.NET, Role.ERROR, Role.COST):
        if step.name.endswith(AGAIN):
            old = {name: name.removesuffix(AGAIN).removesuffix("+") for name in named(step.formula)}
            changed = {new: was for new, was in old.items() if new != was}
            marked = any(name.endswith("+") for name in changed)
            if len(changed) > 1 or marked:
                yield from ((index, renamed(step.formula, {new: was})) for new, was in changed.items())
            if len(changed) > 1 and marked:
                yield index, renamed(step.formula, changed)


@kind("one update more or less", "off-by-one-iteration", showing=("result",))
def _off_by_one(scene: Scene) -> Iterator[tuple[int, Formula]]:
    if scene.manner.updates > 1:
        yield from _trained(scene, scene.manner.updates - 1)
        yield from _trained(scene, scene.manner.updates + 1)


@kind("biases kept in training", "frozen-parameter", showing=("result",))
def _kept(scene: Scene) -> Iterator[tuple[int, Formula]]:
    biases = tuple(dict.fromkeys(name for row in scene.example.biases for name in row))
    if biases:
        yield from _trained(scene, scene.manner.updates, frozen=() if scene.example.frozen else biases)


@kind("old bias after the update", "frozen-parameter", "stale-state", showing=HIDDEN, worked=True)
def _old_bias(scene: Scene) -> Iterator[tuple[int, Formula]]:
    biases = {updated(name): name for row in scene.example.biases for name in row}
    for index, step in scene.at(Role.NET):
        if set(biases) & set(named(step.formula)):
            yield index, renamed(step.formula, biases)


def _trained(
    scene: Scene, updates: int, *, output_first: bool = False, frozen: Sequence[str] | None = None
) -> Iterator[tuple[int, Formula]]:
    """What training comes to by another program; nothing where it runs away."""
    found = list(scene.at(Role.TRAINED))
    if not found:
        return
    last = train(scene.example, updates, output_first=output_first, frozen=frozen)
    results = (last.cost, *last.outs[-1])
    if any(abs(value) > RUN_AWAY for value in results):
        return
    for (index, _), value in zip(found, results, strict=False):
        yield index, Constant(mpmath.nstr(value, 35, min_fixed=-60, max_fixed=60))
