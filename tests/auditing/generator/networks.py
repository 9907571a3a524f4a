"""Layered networks with their numbers, in the names of five authors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from symbackprop.network.file import read_problem
from symbackprop.network.problem import Problem

SHAPES = ((1, 1, 1), (2, 1), (1, 2, 1), (2, 2, 1), (2, 2, 2), (3, 2, 1), (2, 3, 1), (3, 2, 2), (2, 2, 2, 1), (4, 3, 2))
LOSSES = ("half", "half", "half", "squared", "mean", "entropy")
RATES = ("0.5", "0.1", "0.05", "0.01", "0.25", "0.9", "1")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `layer` and `number` in it count from 1, `running` over all layers from 1; `first` is the running number,
    inputs counted too, of the first unit that feeds it, `own` its own."""

    layer: int
    number: int
    running: int
    first: int
    own: int
    output: bool

    @property
    def tag(self) -> str:
        """o1, h1, h2 ..."""
        return f"o{self.number}" if self.output else f"h{self.running}"


@dataclass(frozen=True, slots=True)
class Names:
    """What an author calls things; sources and counts of weights and biases are from 1."""

    title: str
    input: Callable[[int], str]
    weight: Callable[[Unit, int, int], str]
    bias: Callable[[Unit, int, bool], str]
    net: Callable[[Unit], str]
    out: Callable[[Unit], str]
    target: Callable[[Unit, bool], str]
    error: Callable[[Unit], str]
    cost: str
    node: Callable[[Unit], str]
    weight_first: bool = True


NAMES = (
    Names(
        "running",
        input=lambda number: f"i_{number}",
        weight=lambda _unit, _source, count: f"w_{count}",
        bias=lambda _unit, count, _shared: f"b_{count}",
        net=lambda unit: f"net_{unit.tag}",
        out=lambda unit: f"out_{unit.tag}",
        target=lambda unit, _single: f"target_{unit.tag}",
        error=lambda unit: f"E_{unit.tag}",
        cost="E_total",
        node=lambda unit: f"delta_{unit.tag}",
    ),
    Names(
        "numbered",
        input=lambda number: f"x{number - 1}",
        weight=lambda _unit, _source, count: f"w{count - 1}",
        bias=lambda _unit, count, _shared: f"b{count - 1}",
        net=lambda unit: f"z{unit.running - 1}",
        out=lambda unit: f"O{unit.running - 1}",
        target=lambda unit, single: "y_true" if single else f"y{unit.number - 1}",
        error=lambda unit: f"Cost{unit.number - 1}",
        cost="Cost",
        node=lambda unit: f"delta{unit.running - 1}",
        weight_first=False,
    ),
    Names(
        "layered",
        input=lambda number: f"x_{number}",
        weight=lambda unit, source, _count: f"w{unit.layer}_{unit.number}{source}",
        bias=lambda unit, _count, shared: f"b{unit.layer}_1" if shared else f"b{unit.layer}_{unit.number}",
        net=lambda unit: f"z{unit.layer}_{unit.number}",
        out=lambda unit: f"a{unit.layer}_{unit.number}",
        target=lambda unit, single: "y" if single else f"y_{unit.number}",
        error=lambda unit: f"L_{unit.number}",
        cost="L",
        node=lambda unit: f"delta{unit.layer}_{unit.number}",
    ),
    Names(
        "paired",
        input=lambda number: f"x_{number}",
        weight=lambda unit, source, _count: f"w_{unit.first + source - 1}{unit.own}",
        bias=lambda unit, _count, shared: f"theta_{unit.layer}" if shared else f"theta_{unit.own}",
        net=lambda unit: f"s_{unit.own}",
        out=lambda unit: f"y_{unit.own}",
        target=lambda unit, _single: f"t_{unit.own}",
        error=lambda unit: f"E_{unit.own}",
        cost="E",
        node=lambda unit: f"delta_{unit.own}",
    ),
    Names(
        "errors",
        input=lambda number: f"x_{number}",
        weight=lambda unit, source, _count: f"w_{unit.first + source - 1}{unit.own}",
        bias=lambda unit, _count, shared: f"theta_{unit.layer}" if shared else f"theta_{unit.own}",
        net=lambda unit: f"I_{unit.own}",
        out=lambda unit: f"O_{unit.own}",
        target=lambda unit, _single: f"T_{unit.own}",
        error=lambda unit: f"E_{unit.own}",
        cost="E",
        node=lambda unit: f"Err_{unit.own}",
    ),
)


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
    def trained(self) -> tuple[str, ...]:
        """The parameters that are updated."""
        return tuple(name for name in self.parameters if name not in self.frozen)

    def fed(self, layer: int) -> tuple[str, ...]:
        """What feeds a layer, counted from 0: the inputs, or the activations of the layer before."""
        return tuple(map(self.names.out, self.layers[layer - 1])) if layer else self.inputs

    def network_file(self) -> str:
        """The network as a network file."""
        leaves = {"inputs": self.inputs, "targets": self.targets, "parameters": self.parameters}
        sections = [
            f"[{kind}]\n" + _entries({name: self.values[name] for name in names}) for kind, names in leaves.items()
        ]
        quoted = {name: f'"{text}"' for name, text in self._equations().items()}
        frozen = ", ".join(f'"{name}"' for name in self.frozen)
        training = f'[training]\ncost = "{self.names.cost}"\nlearning_rate = {self.rate}\nfrozen = [{frozen}]\n'
        return "\n".join([*sections, "[equations]\n" + _entries(quoted), training])

    def problem(self) -> Problem:
        """The network as the package reads it."""
        return read_problem(self.network_file())

    def _equations(self) -> dict[str, str]:
        equations: dict[str, str] = {}
        for index, (units, activation) in enumerate(zip(self.layers, self.activations, strict=True)):
            for position, unit in enumerate(units):
                pairs = zip(self.weights[index][position], self.fed(index), strict=True)
                terms = [f"{weight}*{fed}" for weight, fed in pairs] + list(self.biases[index][position : position + 1])
                net = self.names.net(unit)
                equations[net] = " + ".join(terms)
                equations[self.names.out(unit)] = net if activation == "linear" else f"{activation}({net})"
        single = len(self.outputs) == 1
        errors = [self.names.cost if single else self.names.error(unit) for unit in self.outputs]
        for error, target, unit in zip(errors, self.targets, self.outputs, strict=True):
            equations[error] = _LOSS_TEXTS[self.loss].format(t=target, a=self.names.out(unit))
        if not single:
            total = " + ".join(errors)
            equations[self.names.cost] = f"({total})/{len(errors)}" if self.loss == "mean" else total
        return equations


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
    if loss == "mean" and single:
        loss = "squared"
    hidden = random.choice(("sigmoid", "sigmoid", "tanh", "relu", "leaky_relu"))
    last = "sigmoid" if loss == "entropy" else random.choice(("sigmoid", "sigmoid", "sigmoid", "tanh", "linear"))
    bias = random.choice(("each", "shared", "none"))
    weights, biases = _parameters(names, sizes, layers, bias)
    inputs = tuple(names.input(number + 1) for number in range(sizes[0]))
    places = random.choice((1, 2, 2, 3))
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1), "linear": (-2, 2)}[last]
    values = {name: _decimal(random, -1.5, 2.5, places) for name in inputs}
    for unit in layers[-1]:
        values[names.target(unit, single)] = (
            random.choice("01") if loss == "entropy" else _decimal(random, low, high, places)
        )
    signed = random.random() < 0.7
    for name in dict.fromkeys([name for rows in weights for row in rows for name in row]):
        values[name] = _decimal(random, -1 if signed else 0.05, 1, places)
    for name in dict.fromkeys([name for row in biases for name in row]):
        values[name] = _decimal(random, -0.5 if signed else 0.1, 0.7, places)
    frozen = tuple(dict.fromkeys(name for row in biases for name in row)) if random.random() < 0.3 else ()
    activations = (*[hidden] * (len(layers) - 1), last)
    return Example(names, inputs, layers, activations, weights, biases, loss, values, random.choice(RATES), frozen)


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
