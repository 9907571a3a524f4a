"""Case: a root fault, as the search for its cause sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Name, Node, Partial
from symbackprop.auditing.truth import Quantity, Truth


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a fault.

    `printed` and `unit` are the value at fault and the unit of its last place: the printed result, or (where the
    result is right and an operand is not) what the expression makes; both None where an identity is at fault.
    `quantity` is what should have been printed, `due` its enclosure (or of what the numbers before it make). `wrong` is
    the node at fault. `expression` is the member with the numbers put in from which the value is said to follow,
    `formula` the member in names, either None where there is none. `stands_for` says which quantity a number of the
    expression is put in for, by the number's span, as far as it is known. `value(node, point)` is what a name or a
    partial of the formula is worth at the given numbers (point 0) or at a point near them, `carried` what the document
    has printed for a quantity so far (its last number). `after` is how many updates came before.
    """

    truth: Truth
    wrong: Node
    printed: Fraction | None = None
    unit: Fraction | None = None
    quantity: Quantity | None = None
    due: Any = None
    expression: Node | None = None
    formula: Node | None = None
    stands_for: Mapping[Span, Quantity] = field(default_factory=dict)
    value: Callable[[Name | Partial, int], Any] | None = None
    carried: Mapping[Quantity, Fraction] = field(default_factory=dict)
    after: int = 0
