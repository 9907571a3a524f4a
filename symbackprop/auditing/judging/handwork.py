"""What a hand makes of a formula, every product, sum and function value on the way rounded or cut off as it may."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from symbackprop.auditing.values import between
from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Element, Interpretation
from symbackprop.evaluation.enclosure import Ball

Unit = Callable[[Ball], Fraction]
"""The last place to which a number is worked out; 0 where it is not rounded."""


class Handwork(Interpretation):
    """Balls that hold whatever a hand may have that writes down each part of a formula to its last place.

    The whole is left as it comes out: it is rounded where it is printed.
    """

    def __init__(self, names: dict[str, Element], unit: Unit) -> None:
        super().__init__(Balls(), names)
        self.unit = unit

    def whole(self, tree: sp.Expr) -> Element:
        """What the whole of a formula comes to."""
        return super().value(tree)

    def value(self, tree: sp.Expr) -> Element:
        """The element of a part of a formula, as it may be written down."""
        made = super().value(tree)
        if not _is_worked_out(tree) or not made.is_finite():
            return made
        unit = self.unit(made)
        return made + between(-unit, unit)


def _is_worked_out(tree: sp.Expr) -> bool:
    """Whether a part is more than a number, a name, or one of them with its sign."""
    if tree.is_Mul and len(tree.args) == 2 and tree.args[0] == -1:
        return _is_worked_out(tree.args[1])
    return not (tree.is_Symbol or tree.is_Rational)
