"""A layer -> definitions: each unit's net input and activation, in the names of a notation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symbackprop.errors import LimitError, NetworkError, did_you_mean
from symbackprop.expressions.functions import ACTIVATIONS, FUNCTIONS
from symbackprop.expressions.tree import add, multiply, symbol
from symbackprop.network.graph import Definition, Graph
from symbackprop.network.losses import Loss, cost_definitions
from symbackprop.network.notation import Notation, Unit

BIASES = ("each", "shared", "none")
EDGES = 1_000_000  # weights of one network


@dataclass(frozen=True, slots=True)
class Dense:
    """A fully connected layer: `units` units with one activation.

    `bias` is "each" (every unit has its own), "shared" (one for the layer) or "none". Raises `NetworkError` for a
    number of units below 1, and for an activation or a bias that is not in the table.

    >>> Dense(2, "sigmoid", bias="shared")
    Dense(units=2, activation='sigmoid', bias='shared')
    """

    units: int
    activation: str = "sigmoid"
    bias: str = "each"

    def __post_init__(self) -> None:
        if isinstance(self.units, bool) or not isinstance(self.units, int) or self.units < 1:
            raise NetworkError(f"a layer of {self.units!r} units", hint="units is a whole number from 1")
        if self.activation not in ACTIVATIONS:
            raise NetworkError(
                f"unknown activation {self.activation!r}", hint=did_you_mean(str(self.activation), ACTIVATIONS)
            )
        if self.bias not in BIASES:
            raise NetworkError(f"unknown bias {self.bias!r}", hint="accepted: " + ", ".join(BIASES))


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a layer is fed with, and how many units and parameters stand before it."""

    names: tuple[str, ...]
    units: int = 0
    weights: int = 0
    biases: int = 0


def dense_graph(inputs: Sequence[str] | int, layers: Sequence[Dense], loss: Loss, notation: Notation) -> Graph:
    """The graph of a fully connected network with its cost.

    Arguments: `inputs` is the number of inputs, or their names.
    """
    names = tuple(notation.input(i + 1) for i in range(inputs)) if isinstance(inputs, int) else tuple(inputs)
    if not layers or not names:
        raise NetworkError("a network has at least one input and one layer")
    widths = [len(names), *(layer.units for layer in layers)]
    if sum(a * b for a, b in zip(widths, widths[1:], strict=False)) > EDGES:
        raise LimitError(f"a network of more than {EDGES} weights")
    definitions: list[Definition] = []
    parameters: list[str] = []
    sources = _Sources(names)
    for index, layer in enumerate(layers):
        last = index == len(layers) - 1
        sources = _layer(layer, index + 1, last, sources, notation, max(widths) > 9, definitions, parameters)
    outputs = range(1, layers[-1].units + 1)
    targets = tuple(notation.target(number, len(outputs) == 1) for number in outputs)
    errors = [notation.error(number) for number in outputs]
    definitions += cost_definitions(loss, targets, sources.names, errors, notation.cost)
    return Graph(names, targets, tuple(parameters), tuple(definitions))


def _layer(
    layer: Dense,
    number: int,
    last: bool,
    sources: _Sources,
    notation: Notation,
    wide: bool,
    definitions: list[Definition],
    parameters: list[str],
) -> _Sources:
    weights, biases = sources.weights, sources.biases
    activations = []
    pending: list[str] = []
    for index in range(layer.units):
        unit = Unit(number, index + 1, sources.units + index + 1, last)
        own = [
            notation.weight(unit, source + 1, weights + source + 1, wide) for source in range(len(sources.names))
        ]
        weights += len(own)
        parameters += own
        terms = [
            multiply([symbol(w), symbol(x)] if notation.weight_first else [symbol(x), symbol(w)])
            for w, x in zip(own, sources.names, strict=True)
        ]
        if layer.bias != "none":
            shared = layer.bias == "shared"
            biases += 0 if shared and index else 1
            bias = notation.bias(unit, biases, shared)
            pending += [] if bias in pending else [bias]
            terms.append(symbol(bias))
        net, activation = notation.net_input(unit), notation.activation(unit)
        definitions.append(Definition(net, add(terms)))
        definitions.append(Definition(activation, FUNCTIONS[layer.activation].symbol(symbol(net), evaluate=False)))
        activations.append(activation)
    parameters += pending
    return _Sources(tuple(activations), sources.units + layer.units, weights, biases)
