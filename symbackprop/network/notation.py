"""How inputs, units and parameters of layers are named: one table entry a notation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a unit stands: its layer and its number in it count from 1, `running` counts over all layers from 1."""

    layer: int
    number: int
    running: int
    output: bool


@dataclass(frozen=True, slots=True)
class Notation:
    """The names of one notation. Numbers given to the functions count from 1.

    `weight(unit, source, count, wide)`: from unit `source` of the layer before, the `count`-th weight of the network;
    `wide` where a layer has ten units or more. `bias(unit, count, shared)`: the `count`-th bias.
    `weight_first` is the order inside a product, w·x or x·w.
    """

    name: str
    input: Callable[[int], str]
    weight: Callable[[Unit, int, int, bool], str]
    bias: Callable[[Unit, int, bool], str]
    net_input: Callable[[Unit], str]
    activation: Callable[[Unit], str]
    target: Callable[[int, bool], str]
    error: Callable[[int], str]
    cost: str
    weight_first: bool = True


def _mazur_unit(unit: Unit) -> str:
    return f"o{unit.number}" if unit.output else f"h{unit.running}"


def _textbook_weight(unit: Unit, source: int, _count: int, wide: bool) -> str:
    return f"w{unit.layer}_{unit.number}_{source}" if wide else f"w{unit.layer}_{unit.number}{source}"


def _textbook_bias(unit: Unit, _count: int, shared: bool) -> str:
    return f"b_{unit.layer}" if shared else f"b{unit.layer}_{unit.number}"


_ENTRIES = (
    Notation(
        "mazur",
        input=lambda number: f"i_{number}",
        weight=lambda _unit, _source, count, _wide: f"w_{count}",
        bias=lambda _unit, count, _shared: f"b_{count}",
        net_input=lambda unit: f"net_{_mazur_unit(unit)}",
        activation=lambda unit: f"out_{_mazur_unit(unit)}",
        target=lambda number, _single: f"target_o{number}",
        error=lambda number: f"E_o{number}",
        cost="E_total",
    ),
    Notation(
        "numbered",
        input=lambda number: f"x{number - 1}",
        weight=lambda _unit, _source, count, _wide: f"w{count - 1}",
        bias=lambda _unit, count, _shared: f"b{count - 1}",
        net_input=lambda unit: f"z{unit.running - 1}",
        activation=lambda unit: f"O{unit.running - 1}",
        target=lambda number, single: "y_true" if single else f"y_true{number - 1}",
        error=lambda number: f"Cost{number - 1}",
        cost="Cost",
        weight_first=False,
    ),
    Notation(
        "textbook",
        input=lambda number: f"x_{number}",
        weight=_textbook_weight,
        bias=_textbook_bias,
        net_input=lambda unit: f"z{unit.layer}_{unit.number}",
        activation=lambda unit: f"a{unit.layer}_{unit.number}",
        target=lambda number, _single: f"y_{number}",
        error=lambda number: f"C_{number}",
        cost="C",
    ),
)

NOTATIONS: dict[str, Notation] = {entry.name: entry for entry in _ENTRIES}
