"""A loss -> definitions: the error of each output, and the cost that is differentiated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from symbackprop.expressions.functions import template
from symbackprop.expressions.tree import add, multiply, reciprocal, substitute, symbol
from symbackprop.network.graph import Definition


@dataclass(frozen=True, slots=True)
class Loss:
    """The loss of one output with activation a and target t, in the language of equations.

    `derivative` is ∂/∂a in textbook form. `mean` divides the sum over the outputs by their number. `logit` and
    `logit_derivative` are the loss and its derivative by z for a = sigmoid(z), in forms that stay finite where
    the logarithms do not.
    """

    name: str
    formula: str
    derivative: str
    title: str
    mean: bool = False
    kink: str = ""
    logit: str = ""
    logit_derivative: str = ""


_ENTRIES = (
    Loss("half_squared_error", "1/2*(t - a)**2", "-(t - a)", "half the squared error, summed over the outputs"),
    Loss("squared_error", "(t - a)**2", "-2*(t - a)", "the squared error, summed over the outputs"),
    Loss("mean_squared_error", "(t - a)**2", "-2*(t - a)", "the squared error, averaged over the outputs", mean=True),
    Loss(
        "binary_cross_entropy",
        "-(t*log(a) + (1 - t)*log(1 - a))",
        "-t/a + (1 - t)/(1 - a)",
        "the binary cross-entropy, summed over the outputs",
        logit="softplus(z) - t*z",
        logit_derivative="a - t",
    ),
    Loss("cross_entropy", "-t*log(a)", "-t/a", "the cross-entropy, summed over the outputs"),
    Loss(
        "absolute_error",
        "abs(t - a)",
        "-sign(t - a)",
        "the absolute error, summed over the outputs",
        kink="at a = t the derivative is taken as 0",
    ),
    Loss(
        "huber",
        "huber(t - a)",
        "-if_positive(abs(t - a) - 1, sign(t - a), t - a)",
        "the Huber loss with threshold 1, summed over the outputs",
    ),
)

LOSSES: dict[str, Loss] = {entry.name: entry for entry in _ENTRIES}


def error(loss: Loss, target: str, activation: str) -> sp.Expr:
    """The loss of one output as a tree over its target and its activation.

    >>> error(LOSSES["squared_error"], "target_o1", "out_o1")
    (-out_o1 + target_o1)**2
    """
    return substitute(template(loss.formula), {"t": symbol(target), "a": symbol(activation)})


def cost_definitions(
    loss: Loss, targets: Sequence[str], activations: Sequence[str], errors: Sequence[str], cost: str
) -> list[Definition]:
    """E_o1, E_o2, ... and E_total; with one output the cost is that output's error and needs no name of its own."""
    if len(targets) == 1:
        return [Definition(cost, error(loss, targets[0], activations[0]))]
    each = [
        Definition(name, error(loss, target, activation))
        for name, target, activation in zip(errors, targets, activations, strict=True)
    ]
    total = add([symbol(name) for name in errors])
    return [*each, Definition(cost, multiply([total, reciprocal(sp.Integer(len(errors)))]) if loss.mean else total)]
