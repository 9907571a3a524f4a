"""A layer -> definitions: each unit's net input and activation, in the names of a notation.

An activation is of a unit, a_k = f(z_k), or of the layer, a_k = f_k(z_1, ..., z_n); then all net inputs come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import sympy as sp

from symbackprop.errors import LimitError, NetworkError, did_you_mean
from symbackprop.expressions.functions import ACTIVATIONS, FUNCTIONS
from symbackprop.expressions.layerwise import LAYERWISE, shares
from symbackprop.expressions.tree import add, multiply, symbol
from symbackprop.network.graph import Definition, Graph, quoted, require_names
from symbackprop.network.losses import Loss, cost_definitions
from symbackprop.network.notation import Notation, Unit

ACTIVATIONS_OF_LAYERS = (*ACTIVATIONS, *LAYERWISE)
BIASES = ("each", "shared", "none")
EDGES = 1_000_000  # weights of one network
WIDEST = 100  # units of a layer whose activations rest on all of it: their partials grow with the square


@dataclass(frozen=True, slots=True)
class Dense:
    """A fully connected layer: `units` units with one activation.

    `bias` is "each" (every unit has its own), "shared" (one for the layer) or "none". Raises `NetworkError` for a
    number of units below 1, for an activation or a bias that is not in the table, and for fewer units than 2, or more
    than 100, where each one's activation rests on all of the layer.

    >>> Dense(2, "sigmoid", bias="shared")
    Dense(units=2, activation='sigmoid', bias='shared')
    """

    units: int
    activation: str = "sigmoid"
    bias: str = "each"

    def __post_init__(self) -> None:
        if isinstance(self.units, bool) or not isinstance(self.units, int) or self.units < 1:
            raise NetworkError(f"a layer of {self.units!r} units", hint="units is a whole number from 1")
        if self.activation not in ACTIVATIONS_OF_LAYERS:
            raise NetworkError(
                f"unknown activation {quoted(str(self.activation))}",
                hint=did_you_mean(str(self.activation), ACTIVATIONS_OF_LAYERS),
            )
        if self.activation in LAYERWISE and not 2 <= self.units <= WIDEST:
            raise NetworkError(
                f"{self.activation} of a layer of {self.units} unit{'s' if self.units > 1 else ''}",
                hint=f"it is of 2 to {WIDEST} units: each one's activation rests on all net inputs of its layer",
            )
        if self.bias not in BIASES:
            raise NetworkError(f"unknown bias {quoted(str(self.bias))}", hint="accepted: " + ", ".join(BIASES))


def weight_count(inputs: int, layers: Sequence[Dense]) -> int:
    """How many weights a fully connected network has.

    >>> weight_count(784, [Dense(30), Dense(10)])
    23820
    """
    widths = [inputs, *(layer.units for layer in layers)]
    return sum(before * after for before, after in pairwise(widths))


def dense_graph(inputs: Sequence[str] | int, layers: Sequence[Dense], loss: Loss, notation: Notation) -> Graph:
    """The graph of a fully connected network with its cost.

    Arguments: `inputs` is the number of inputs, or their names. Raises `NetworkError` for no inputs or no layers, and
    for names of inputs that are none or that the notation gives to another quantity; `LimitError` for more than a
    million weights.
    """
    number = inputs if isinstance(inputs, int) else len(inputs)
    if not layers or number < 1:
        raise NetworkError("a network has at least one input and one layer")
    if weight_count(number, layers) > EDGES:
        raise LimitError(f"a network of more than {EDGES} weights")
    names = tuple(notation.input(i + 1) for i in range(inputs)) if isinstance(inputs, int) else tuple(inputs)
    wide = max(number, *(layer.units for layer in layers)) > 9
    definitions: list[Definition] = []
    parameters: list[str] = []
    sources = _Sources(names)
    for index, layer in enumerate(layers):
        built = _layer(layer, index + 1, index == len(layers) - 1, sources, notation, wide=wide)
        definitions += built.definitions
        parameters += built.parameters
        sources = built.sources
    outputs = range(1, layers[-1].units + 1)
    targets = tuple(notation.target(number, len(outputs) == 1) for number in outputs)
    errors = [notation.error(number) for number in outputs]
    definitions += cost_definitions(loss, targets, sources.names, errors, notation.cost)
    require_names([*names, *targets, *parameters, *(definition.name for definition in definitions)])
    return Graph(names, targets, tuple(parameters), tuple(definitions))


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a layer is fed with, and how many units, weights and biases stand before it."""

    names: tuple[str, ...]
    units: int = 0
    weights: int = 0
    biases: int = 0


@dataclass(frozen=True, slots=True)
class _Built:
    """A layer's definitions and parameters, and what it feeds the next one with."""

    definitions: list[Definition]
    parameters: list[str]
    sources: _Sources


def _layer(layer: Dense, number: int, last: bool, sources: _Sources, notation: Notation, *, wide: bool) -> _Built:
    count, before = sources.weights, sources.biases
    weights: list[str] = []
    biases: list[str] = []
    nets: list[Definition] = []
    activations: list[str] = []
    for index in range(layer.units):
        unit = Unit(number, index + 1, sources.units + index + 1, last)
        own = [notation.weight(unit, source, count + source, wide) for source in range(1, len(sources.names) + 1)]
        count += len(own)
        weights += own
        if layer.bias == "each" or (layer.bias == "shared" and index == 0):
            biases.append(notation.bias(unit, before + len(biases) + 1, layer.bias == "shared"))
        total = _weighted_sum(own, sources.names, biases[-1:], notation)
        nets.append(Definition(notation.net_input(unit), total))
        activations.append(notation.activation(unit))
    fed = _Sources(tuple(activations), sources.units + layer.units, count, before + len(biases))
    return _Built(_activated(layer.activation, nets, activations), weights + biases, fed)


def _activated(activation: str, nets: Sequence[Definition], names: Sequence[str]) -> list[Definition]:
    """Net inputs with their activations under `names`: unit by unit, or all net inputs before all activations."""
    if activation in LAYERWISE:
        trees = shares(activation, [net.name for net in nets])
        return [*nets, *(Definition(name, tree) for name, tree in zip(names, trees, strict=True))]
    function = FUNCTIONS[activation].symbol
    trees = [function(symbol(net.name), evaluate=False) for net in nets]
    activated = [Definition(name, tree) for name, tree in zip(names, trees, strict=True)]
    return [definition for pair in zip(nets, activated, strict=True) for definition in pair]


def _weighted_sum(weights: Sequence[str], names: Sequence[str], bias: Sequence[str], notation: Notation) -> sp.Expr:
    """w·x + ... + b, each product in the order of the notation."""
    pairs = zip(weights, names, strict=True)
    products = [(w, x) if notation.weight_first else (x, w) for w, x in pairs]
    return add([*(multiply([symbol(a), symbol(b)]) for a, b in products), *map(symbol, bias)])
