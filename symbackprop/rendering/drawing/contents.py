"""What vertices and links show on the two faces of a drawing: names and printed decimals of one working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from symbackprop.evaluation.worked import Working
from symbackprop.expressions.names import partial
from symbackprop.network.graph import node_error_names
from symbackprop.rendering.drawing.lettering import Line, Name, Number, Words, equation
from symbackprop.rendering.drawing.outline import Kind, Link, Vertex
from symbackprop.rendering.drawing.shapes import Rows, stacked

WEIGHTS = 2  # of one link that are all named


class Face(StrEnum):
    """Which of a drawing's two faces is shown: quantities and weights, or node errors and gradients."""

    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Contents:
    """The numbers of a working, by name, and the node error's name of each net input that the cost depends on."""

    cost: str
    values: Mapping[str, str]
    known: frozenset[str]
    node_errors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def rows(self, vertex: Vertex, face: Face) -> Rows:
        """What stands in a vertex."""
        if vertex.kind is Kind.GAP:
            return stacked([])
        if face is Face.BACKWARD:
            return stacked(self._backward(vertex))
        return stacked([(name, self.values.get(name, "")) for name in vertex.names])

    def _backward(self, vertex: Vertex) -> list[tuple[str, str]]:
        first = vertex.names[0]
        gradient = partial(self.cost, first)
        if gradient not in self.known or vertex.kind is Kind.INPUT:
            return [(name, "") for name in vertex.names]
        return [(self.node_errors.get(first, gradient), self.values.get(gradient, ""))]

    def attached(self, vertex: Vertex, face: Face) -> tuple[Line, ...]:
        """What stands under a vertex: a line for each bias and target, and how many more there are."""
        lines = [equation(*self._leaf(name, face)) for name in vertex.attached]
        if vertex.left_out and vertex.kind is not Kind.GAP:
            lines.append((Words(f"and {vertex.left_out} more"),))
        return tuple(lines)

    def label(self, link: Link, face: Face) -> tuple[Line, ...]:
        """The lines of a link's label: its weight, or the gradient by it over its value."""
        lines: list[Line] = []
        for weight in link.weights[:WEIGHTS]:
            name, value = self._leaf(weight, face)
            stacks = face is Face.BACKWARD and value
            lines += [(Name(name),), (Number(value),)] if stacks else [equation(name, value)]
        return (*lines, (Words("…"),)) if len(link.weights) > WEIGHTS else tuple(lines)

    def amount(self, link: Link, face: Face) -> str:
        """The printed number that a link is drawn by, its colour and how thick; "" where there is not just one."""
        return self._leaf(link.weights[0], face)[1] if len(link.weights) == 1 else ""

    def _leaf(self, name: str, face: Face) -> tuple[str, str]:
        gradient = partial(self.cost, name)
        shown = gradient if face is Face.BACKWARD and gradient in self.known else name
        return shown, self.values.get(shown, "")


def contents(working: Working) -> Contents:
    """What a working has to show."""
    derivation = working.derivation
    values = {**derivation.problem.values, **{worked.step.name: worked.value for worked in working.steps}}
    return Contents(
        derivation.cost or "",
        MappingProxyType(values),
        frozenset(derivation.by_name),
        MappingProxyType(node_error_names(derivation.problem.graph)),
    )


def sign(amount: str) -> int:
    """1, -1 or 0 for a printed decimal; 0 for none.

    >>> sign("-0.05"), sign("-0.000"), sign("3.5e-12"), sign("")
    (-1, 0, 1, 0)
    """
    if not amount.partition("e")[0].strip("-0."):
        return 0
    return -1 if amount.startswith("-") else 1


def thicknesses(amounts: Sequence[str], thinnest: float, thickest: float) -> list[float]:
    """How thick each number is drawn, the largest as `thickest`; to one decimal.

    >>> thicknesses(["0.5", "-1", ""], 1.0, 3.0)
    [2.0, 3.0, 1.0]
    """
    sizes = [abs(Decimal(amount or 0)) for amount in amounts]  # a decimal may be larger than every float
    largest = max(sizes, default=Decimal(0)) or Decimal(1)
    return [round(thinnest + (thickest - thinnest) * float(size / largest), 1) for size in sizes]
