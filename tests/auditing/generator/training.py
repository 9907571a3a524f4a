"""Forward and backward in plain arithmetic, with no formula in it: many updates, and a check on the working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath

from tests.auditing.generator.formulas import SLOPES_BELOW
from tests.auditing.generator.networks import Example

Number = Any  # an mpmath number
DIGITS = 40

RUN_AWAY = 10**9  # a result of training that diverges


@dataclass(frozen=True, slots=True)
class Pass:
    """Net inputs and activations layer by layer, the cost, and its derivative by each parameter."""

    nets: Sequence[Sequence[Number]]
    outs: Sequence[Sequence[Number]]
    cost: Number
    gradients: Mapping[str, Number]


def numbers(example: Example) -> dict[str, Number]:
    """Every given number."""
    return {name: mpmath.mpf(text) for name, text in example.values.items()}


def one_pass(example: Example, values: Mapping[str, Number], hidden: Mapping[str, Number] | None = None) -> Pass:
    """A forward and a backward pass; `hidden` holds the weights through which errors are carried back, if others."""
    back = hidden or values
    outs, nets = [[values[name] for name in example.inputs]], []
    for weights, biases, activation in zip(example.weights, example.biases, example.activations, strict=True):
        net = [mpmath.fdot(map(values.__getitem__, row), outs[-1]) for row in weights]
        net = [z + (values[biases[j]] if biases else 0) for j, z in enumerate(net)]
        nets.append(net)
        outs.append(_softmax(net) if activation == "softmax" else [_function(activation, z) for z in net])
    targets = [values[name] for name in example.targets]
    cost, errors = _loss(example.loss, targets, outs[-1])
    gradients: dict[str, Number] = dict.fromkeys(example.parameters, mpmath.mpf(0))
    for index in reversed(range(len(example.layers))):
        nodes = _nodes(example.activations[index], errors, nets[index], outs[index + 1])
        for j, row in enumerate(example.weights[index]):
            for k, name in enumerate(row):
                gradients[name] += nodes[j] * outs[index][k]
            if example.biases[index]:
                gradients[example.biases[index][j]] += nodes[j]
        rows = example.weights[index]
        errors = [
            mpmath.fsum(node * back[row[k]] for node, row in zip(nodes, rows, strict=True)) for k in range(len(rows[0]))
        ]
    return Pass(nets, outs[1:], cost, gradients)


def train(example: Example, updates: int, *, output_first: bool = False, frozen: Sequence[str] | None = None) -> Pass:
    """The pass after so many updates.

    `output_first`: each layer's errors are carried back through weights that are already new. `frozen`: what is not
    updated, where it is not what the example says.
    """
    with mpmath.workdps(DIGITS):
        values, rate = numbers(example), mpmath.mpf(example.rate)
        kept = example.frozen if frozen is None else frozen
        for _ in range(updates):
            values = _updated(example, values, rate, kept, output_first)
        return one_pass(example, values)


def _updated(
    example: Example, values: dict[str, Number], rate: Number, kept: Sequence[str], output_first: bool
) -> dict[str, Number]:
    back = dict(values)
    new = dict(values)
    for index in reversed(range(len(example.layers))):
        gradients = one_pass(example, values, back).gradients
        weights = [name for row in example.weights[index] for name in row]
        layer = [*weights, *example.biases[index]]
        for name in layer:
            if name not in kept:
                decayed = mpmath.mpf(example.decay) * values[name] if example.decay and name in weights else 0
                new[name] = values[name] - rate * (gradients[name] + decayed)
        if not output_first:
            continue
        back = {**back, **{name: new[name] for name in layer}}
    return new


def _function(name: str, z: Number) -> Number:
    match name:
        case "sigmoid":
            return 1 / (1 + mpmath.exp(-z))
        case "tanh":
            return mpmath.tanh(z)
        case "relu" | "leaky_relu":
            return z if z > 0 else z * _below(name)
        case _:
            return z


def _softmax(nets: Sequence[Number]) -> list[Number]:
    powers = [mpmath.exp(z) for z in nets]
    return [power / mpmath.fsum(powers) for power in powers]


def _nodes(name: str, errors: Sequence[Number], nets: Sequence[Number], outs: Sequence[Number]) -> list[Number]:
    """The derivatives by the net inputs of a layer, of those by its activations."""
    if name == "softmax":
        mean = mpmath.fdot(errors, outs)
        return [a * (error - mean) for error, a in zip(errors, outs, strict=True)]
    return [error * _slope(name, z, a) for error, z, a in zip(errors, nets, outs, strict=True)]


def _slope(name: str, z: Number, a: Number) -> Number:
    match name:
        case "sigmoid":
            return a * (1 - a)
        case "tanh":
            return 1 - a * a
        case "relu" | "leaky_relu":
            return mpmath.mpf(1) if z > 0 else _below(name)
        case _:
            return mpmath.mpf(1)


def _below(name: str) -> Number:
    """The slope of an activation with a kink at 0 below it."""
    return mpmath.mpf(SLOPES_BELOW[name].numerator) / SLOPES_BELOW[name].denominator


def _loss(name: str, targets: Sequence[Number], outs: Sequence[Number]) -> tuple[Number, list[Number]]:
    """The cost, and its derivative by each output."""
    differences = [a - t for a, t in zip(outs, targets, strict=True)]
    squares = mpmath.fsum(d * d for d in differences)
    match name:
        case "half":
            return squares / 2, differences
        case "squared":
            return squares, [2 * d for d in differences]
        case "mean":
            return squares / len(outs), [2 * d / len(outs) for d in differences]
        case "softmax":
            pairs = list(zip(targets, outs, strict=True))
            return -mpmath.fsum(t * mpmath.log(a) for t, a in pairs), [-t / a for t, a in pairs]
        case _:
            pairs = list(zip(targets, outs, strict=True))
            cost = -mpmath.fsum(t * mpmath.log(a) + (1 - t) * mpmath.log(1 - a) for t, a in pairs)
            return cost, [-t / a + (1 - t) / (1 - a) for t, a in pairs]
