"""What six authors call the units of a network, their weights and what is worked with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


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


def _letter(unit: Unit) -> str:
    """The letter of the weights that lead to a unit."""
    return "w" if unit.output else "v" if unit.layer == 1 else "u"


def _out(unit: Unit) -> str:
    """The letter of what a unit puts out."""
    return "y" if unit.output else "z" if unit.layer == 1 else "h"


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
    Names(
        "incoming",
        input=lambda number: f"x_{number}",
        weight=lambda unit, source, _count: f"{_letter(unit)}_{source}{unit.number}",
        bias=lambda unit, _count, shared: f"b_{unit.layer}" if shared else f"{_letter(unit)}_0{unit.number}",
        net=lambda unit: f"{_out(unit)}_in{unit.number}",
        out=lambda unit: f"{_out(unit)}_{unit.number}",
        target=lambda unit, _single: f"t_{unit.number}",
        error=lambda unit: f"E_{unit.number}",
        cost="E",
        node=lambda unit: f"{'delta' if unit.output else 'Delta' if unit.layer == 1 else 'phi'}_{unit.number}",
        weight_first=False,
    ),
)
