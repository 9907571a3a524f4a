"""Layered networks with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from symbackprop.network.file import read_problem
from symbackprop.network.problem import Problem
from tests.auditing.generator.names import NAMES, Names, Unit

SHAPES = ((1, 1, 1), (2, 1), (1, 2, 1), (2, 2, 1), (2, 2, 2), (3, 2, 1), (2, 3, 1), (3, 2, 2), (2, 2, 2, 1), (4, 3, 2))
LOSSES = ("half", "half", "half", "squared", "mean", "entropy", "softmax")
DECAY = "lambda"  # the factor by which weights decay
RATES = ("0.5", "0.1", "0.05", "0.01", "0.25", "0.9", "1")


@dataclass(frozen=True)
class Example:
    """A network with its numbers as they are given; `weights[layer][unit][source]` are names."""

    names: Names
    inputs: tuple[str, ...]
    layers: tuple[tuple[Unit, ...], ...]
    activations: tuple[str, ...]
    weights: tuple[tuple[tuple[str, ...], ...], ...]
    biases: tuple[tuple[str, ...], ...]
    loss: str
    values: Mapping[str, str]
    rate: str
    frozen: tuple[str, ...]
    decay: str = ""

    @property
    def outputs(self) -> tuple[Unit, ...]:
        """The units of the last layer."""
        return self.layers[-1]

    @property
    def targets(self) -> tuple[str, ...]:
        """The name of each output's target."""
        return tuple(self.names.target(unit, len(self.outputs) == 1) for unit in self.outputs)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Weights and biases, layer by layer."""
        found: list[str] = []
        for weights, biases in zip(self.weights, self.biases, strict=True):
            found += [name for row in weights for name in row]
            found += list(dict.fromkeys(biases))
        return tuple(found)

    @property
    def given(self) -> dict[str, str]:
        """Every given number but the learning rate."""
        return {**self.values, **({DECAY: self.decay} if self.decay else {})}

    @property
    def single_weights(self) -> tuple[str, ...]:
        """The weights, each once."""
        return tuple(dict.fromkeys(name for layer in self.weights for row in layer for name in row))

    @property
    def trained(self) -> tuple[str, ...]:
        """The parameters that are updated."""
        return tuple(name for name in self.parameters if name not in self.frozen)

    def fed(self, layer: int) -> tuple[str, ...]:
        """What feeds a layer, counted from 0: the inputs, or the activations of the layer before."""
        return tuple(map(self.names.out, self.layers[layer - 1])) if layer else self.inputs

    def network_file(self) -> str:
        """The network as a network file."""
        decay = (DECAY,) if self.decay else ()
        leaves = {"inputs": self.inputs, "targets": self.targets, "parameters": (*self.parameters, *decay)}
        sections = [
            f"[{kind}]\n" + _entries({name: self.given[name] for name in names}) for kind, names in leaves.items()
        ]
        quoted = {name: f'"{text}"' for name, text in self._equations().items()}
        frozen = ", ".join(f'"{name}"' for name in (*self.frozen, *decay))
        cost = "J" if self.decay else self.names.cost
        training = f'[training]\ncost = "{cost}"\nlearning_rate = {self.rate}\nfrozen = [{frozen}]\n'
        return "\n".join([*sections, "[equations]\n" + _entries(quoted), training])

    def problem(self) -> Problem:
        """The network as the package reads it."""
        return read_problem(self.network_file())

    def _equations(self) -> dict[str, str]:
        equations: dict[str, str] = {}
        for index, (units, activation) in enumerate(zip(self.layers, self.activations, strict=True)):
            nets = list(map(self.names.net, units))
            for position, net in enumerate(nets):
                pairs = zip(self.weights[index][position], self.fed(index), strict=True)
                terms = [f"{weight}*{fed}" for weight, fed in pairs] + list(self.biases[index][position : position + 1])
                equations[net] = " + ".join(terms)
            whole = " + ".join(f"exp({net})" for net in nets)
            for unit, net in zip(units, nets, strict=True):
                texts = {"linear": net, "softmax": f"exp({net})/({whole})"}
                equations[self.names.out(unit)] = texts.get(activation, f"{activation}({net})")
        equations |= self._errors()
        if self.decay:
            squares = " + ".join(f"{weight}**2" for weight in self.single_weights)
            equations["J"] = f"{self.names.cost} + {DECAY}/2*({squares})"
        return equations

    def _errors(self) -> dict[str, str]:
        pairs = [(target, self.names.out(unit)) for target, unit in zip(self.targets, self.outputs, strict=True)]
        cost = self.names.cost
        if self.loss == "softmax":
            return {cost: "-(" + " + ".join(f"{target}*log({out})" for target, out in pairs) + ")"}
        texts = [_LOSS_TEXTS[self.loss].format(t=target, a=out) for target, out in pairs]
        if len(pairs) == 1:
            return {cost: texts[0]}
        errors = list(map(self.names.error, self.outputs))
        total = " + ".join(errors)
        return dict(zip(errors, texts, strict=True)) | {
            cost: f"({total})/{len(errors)}" if self.loss == "mean" else total
        }


_LOSS_TEXTS = {
    "half": "1/2*({t} - {a})**2",
    "squared": "({t} - {a})**2",
    "mean": "({t} - {a})**2",
    "entropy": "-({t}*log({a}) + (1 - {t})*log(1 - {a}))",
}


def _entries(values: Mapping[str, str]) -> str:
    return "".join(f"{name} = {text}\n" for name, text in values.items())


def example(random: Random) -> Example:
    """A network of any shape, with numbers of one to three decimals."""
    names, sizes, loss = random.choice(NAMES), random.choice(SHAPES), random.choice(LOSSES)
    layers = _units(sizes)
    single = len(layers[-1]) == 1
    if single:
        loss = {"mean": "squared", "softmax": "entropy"}.get(loss, loss)
    hidden = random.choice(("sigmoid", "sigmoid", "tanh", "relu", "leaky_relu"))
    activations = ("sigmoid", "sigmoid", "sigmoid", "tanh", "linear")
    last = {"entropy": "sigmoid", "softmax": "softmax"}.get(loss) or random.choice(activations)
    bias = random.choice(("each", "shared", "none"))
    weights, biases = _parameters(names, sizes, layers, bias)
    inputs = tuple(names.input(number + 1) for number in range(sizes[0]))
    places = random.choice((1, 2, 2, 3))
    targets = [names.target(unit, single) for unit in layers[-1]]
    values = {name: _decimal(random, -1.5, 2.5, places) for name in inputs}
    values |= dict(zip(targets, _targets(random, loss, last, len(targets), places), strict=True))
    signed = random.random() < 0.7
    for name in dict.fromkeys([name for rows in weights for row in rows for name in row]):
        values[name] = _decimal(random, -1 if signed else 0.05, 1, places)
    for name in dict.fromkeys([name for row in biases for name in row]):
        values[name] = _decimal(random, -0.5 if signed else 0.1, 0.7, places)
    frozen = tuple(dict.fromkeys(name for row in biases for name in row)) if random.random() < 0.3 else ()
    decay = random.choice(("0.01", "0.1", "0.001", "0.05")) if random.random() < 0.1 else ""
    functions = (*[hidden] * (len(layers) - 1), last)
    rate = random.choice(RATES)
    return Example(names, inputs, layers, functions, weights, biases, loss, values, rate, frozen, decay)


def _targets(random: Random, loss: str, activation: str, count: int, places: int) -> list[str]:
    """Targets that the outputs can reach; of a softmax, one of them 1."""
    match loss:
        case "softmax":
            right = random.randrange(count)
            return ["1" if place == right else "0" for place in range(count)]
        case "entropy":
            return [random.choice("01") for _ in range(count)]
        case _:
            low, high = {"sigmoid": (0, 1), "tanh": (-1, 1), "linear": (-2, 2)}[activation]
            return [_decimal(random, low, high, places) for _ in range(count)]


def _decimal(random: Random, low: float, high: float, places: int) -> str:
    """A decimal that is not zero."""
    scale = 10**places
    while True:
        whole = random.randint(round(low * scale), round(high * scale))
        if whole:
            return f"{whole / scale:.{places}f}"


def _units(sizes: Sequence[int]) -> tuple[tuple[Unit, ...], ...]:
    layers: list[tuple[Unit, ...]] = []
    running, first = 0, 1
    for index, (before, size) in enumerate(pairwise(sizes)):
        last = index == len(sizes) - 2
        layers.append(
            tuple(
                Unit(index + 1, number + 1, running + number + 1, first, first + before + number, last)
                for number in range(size)
            )
        )
        running, first = running + size, first + before
    return tuple(layers)


def _parameters(
    names: Names, sizes: Sequence[int], layers: Sequence[Sequence[Unit]], bias: str
) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], tuple[tuple[str, ...], ...]]:
    weights, biases, count = [], [], 0
    counted = 0
    for before, units in zip(sizes, layers, strict=False):
        rows = []
        for unit in units:
            rows.append(tuple(names.weight(unit, source + 1, count + source + 1) for source in range(before)))
            count += before
        weights.append(tuple(rows))
        shared = bias == "shared"
        row = [
            names.bias(unit, counted + (1 if shared else position + 1), shared) for position, unit in enumerate(units)
        ]
        counted += 1 if shared else len(units)
        biases.append(tuple(row) if bias != "none" else ())
    return tuple(weights), tuple(biases)
