"""Decimals among the names of a formula that nobody has rounded: the 0.5 of 0.5·(t - y)², the rate of w - 0.5·∂C/∂w."""

from __future__ import annotations

from symbackprop.auditing.judging.context import EXACT, Context
from symbackprop.auditing.mathematics.tree import Name, Node, Number, rebuilt, walk
from symbackprop.expressions.numerals import fraction_of


def ways(context: Context, first: Node, member: Node) -> tuple[Node, ...]:
    """The formula as it stands, and with the learning rate for the decimals that are it; () where some are rounded.

    The rate goes first in a formula by which `first` gets another value: w = w - 0.5 * dw.
    """
    rate = _rate(context)
    decimals = [part for part in walk(member) if isinstance(part, Number) and part.unit < 1]
    if any(number.value not in EXACT and number.value != fraction_of(rate[1] or "0") for number in decimals):
        return ()
    if not rate[0] or all(number.value != fraction_of(rate[1]) for number in decimals):
        return (member,)

    def named(node: Node) -> Node:
        if isinstance(node, Number) and node.unit < 1 and node.value == fraction_of(rate[1]):
            return Name(rate[0], node.span)
        return rebuilt(node, named)

    again = any(isinstance(part, Name) and isinstance(first, Name) and part.text == first.text for part in walk(member))
    return (named(member), member) if again else (member, named(member))


def _rate(context: Context) -> tuple[str, str]:
    """(name, value) of the learning rate; empty where there is none."""
    problem = context.truth.problem if context.truth is not None else None
    if problem is None or problem.training is None or problem.training.learning_rate is None:
        return "", ""
    return problem.learning_rate_name, str(problem.training.learning_rate)
