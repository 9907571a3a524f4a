"""Errors in what is put in: another quantity, another index, another label."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.errors.kinds import (
    KINDS,
    Kind,
    Scene,
    kind,
    renamed,
)
from tests.auditing.generator.formulas import (
    Formula,
    named,
    replaced,
)
from tests.auditing.generator.hand import Fault
from tests.auditing.generator.steps import AGAIN, Role, partial, q


@kind("net input for activation", "wrong-quantity", "wrong-index", "wrong-formula")
def _net_for_out(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    nets = {names.out(unit): names.net(unit) for units in scene.example.layers for unit in units}
    for index, step in scene.at(Role.GRADIENT, Role.ERROR, Role.SLOPE):
        for name in dict.fromkeys(named(step.formula)):
            if name in nets:
                yield index, replaced(step.formula, q(name), q(nets[name]))


@kind("dout for dnet", "wrong-quantity", "missing-factor")  # which is ∂out/∂net
def _before_the_slope(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    for index, step in scene.at(Role.GRADIENT, Role.UPDATE):
        if step.unit:
            node, by_out = partial(names.cost, names.net(step.unit)), partial(names.cost, names.out(step.unit))
            if node in named(step.formula) and scene.known(by_out):
                yield index, replaced(step.formula, q(node), q(by_out))


@kind("gradient of another weight", "wrong-index", "wrong-quantity")
def _other_gradient(scene: Scene) -> Iterator[tuple[int, Formula]]:
    gradients = {step.name for _, step in scene.at(Role.GRADIENT)}
    for index, step in scene.at(Role.UPDATE):
        for name in named(step.formula):
            if name in gradients:
                yield from ((index, replaced(step.formula, q(name), q(other))) for other in sorted(gradients - {name}))


@kind("weight of another edge", "wrong-index", "wrong-quantity", "transposed")
def _other_weight(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.BY_OUT, Role.BY_NET):
        for layer in scene.example.weights:
            names = [name for row in layer for name in row]
            for name in dict.fromkeys(named(step.formula)):
                if name in names:
                    others = [other for other in names if other not in named(step.formula)]
                    yield from ((index, replaced(step.formula, q(name), q(other))) for other in others)


@kind("activation of another unit", "wrong-index", "wrong-quantity")
def _other_unit(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    layers = [scene.example.inputs, *([names.out(unit) for unit in units] for units in scene.example.layers)]
    for index, step in scene.at(Role.GRADIENT, Role.SLOPE, Role.ERROR):
        for layer in layers:
            for name in dict.fromkeys(named(step.formula)):
                if name in layer:
                    yield from ((index, replaced(step.formula, q(name), q(other))) for other in layer if other != name)


@kind("matrix transposed", "transposed", "wrong-index")
def _transposed(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.BY_OUT, Role.BY_NET):
        for rows in scene.example.weights:
            if len(rows) > 1 and len(rows) == len(rows[0]):
                flipped = {
                    rows[i][k]: rows[k][i]
                    for i in range(len(rows))
                    for k in range(len(rows))
                    if rows[i][k] != rows[k][i]
                }
                if set(flipped) & set(named(step.formula)):
                    yield index, renamed(step.formula, flipped)


@kind("weight of another layer", "wrong-index", "wrong-quantity")
def _other_layer(scene: Scene) -> Iterator[tuple[int, Formula]]:
    layers = [[name for row in layer for name in row] for layer in scene.example.weights]
    for index, step in scene.at(Role.NET, Role.BY_OUT, Role.BY_NET):
        for own, other in permutations(layers, 2):
            for name in dict.fromkeys(named(step.formula)):
                if name in own[: len(other)]:
                    yield index, replaced(step.formula, q(name), q(other[own.index(name)]))


@kind("target of another output", "wrong-index", "wrong-quantity")
def _other_target(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.ERROR, Role.BY_OUT, Role.BY_NET):
        for one, other in permutations(scene.example.targets, 2):
            if one in named(step.formula):
                yield index, replaced(step.formula, q(one), q(other))


@kind("node error of another unit", "wrong-index", "wrong-quantity")
def _other_node(scene: Scene) -> Iterator[tuple[int, Formula]]:
    nodes = {step.name for _, step in scene.at(Role.BY_NET)}
    for index, step in scene.at(Role.GRADIENT, Role.UPDATE, Role.BY_OUT, Role.BY_NET):
        for name in dict.fromkeys(named(step.formula)):
            if name in nodes:
                yield from ((index, replaced(step.formula, q(name), q(other))) for other in sorted(nodes - {name}))


def _labelled(scene: Scene, random: Random) -> Iterator[Fault]:
    for role in (Role.NET, Role.OUT, Role.BY_OUT, Role.SLOPE, Role.LOCAL, Role.GRADIENT, Role.UPDATE):
        steps = [(index, step) for index, step in scene.at(role) if AGAIN not in step.name]
        for (index, _), (_, other) in permutations(steps, 2):
            yield Fault("label of another quantity", index, label=other.name, worked=flip(random, 0.8))


KINDS["label of another quantity"] = Kind(
    "label of another quantity", "wrong-index", _labelled, ("wrong-quantity", "typo", "transposed")
)
