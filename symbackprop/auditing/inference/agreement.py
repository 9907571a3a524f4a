"""Whether a formula comes to the number that is printed for it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symbackprop.auditing.inference.evidence import Given
from symbackprop.auditing.inference.spelling import ascii_name, key
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Partial
from symbackprop.auditing.values import NoValueError, Value, ball, evaluate
from symbackprop.evaluation.enclosure import bounds
from symbackprop.expressions.numerals import last_place

_NOTHING = (NoValueError, ArithmeticError, TypeError, ValueError, AttributeError)


def agrees(
    formula: Node, values: Mapping[str, Fraction], printed: Given, share: Fraction = Fraction(1, 2000)
) -> bool | None:
    """Whether a formula comes to what is printed, to the last place or two or a `share` of it.

    None where that cannot be told.
    """
    try:
        value = _value(formula, values)
        slack = max(2 * last_place(printed.text), abs(printed.value) * share)
        return bool(abs(value - ball(printed.value)) < ball(slack))
    except _NOTHING:
        return None


def worth(formula: Node, values: Mapping[str, Fraction]) -> Fraction | None:
    """What a formula comes to, very nearly; None where that cannot be told."""
    try:
        return bounds(_value(formula, values))[0]
    except _NOTHING:
        return None


def _value(formula: Node, values: Mapping[str, Fraction]) -> Value:
    def leaf(node: Number | Name | Partial) -> object:
        if isinstance(node, Number):
            return ball(node.value)
        if isinstance(node, Name) and key(node) in values:
            return ball(values[key(node)])
        raise NoValueError(ascii_name(node) if isinstance(node, Name) else "")

    return evaluate(formula, leaf)
