"""Activations of a whole layer: each unit's rests on all net inputs of the layer. One table entry each.

    softmax   a_k = e^(z_k) / Σ_j e^(z_j),   ∂a_k/∂z_k = a_k(1 - a_k),   ∂a_k/∂z_j = -a_k a_j

A unit's activation is its share: of what the entry's part is for the unit's net input, in the sum of the parts of all
units. A graph holds it written out, so that it is recognised however it came there.

Source: J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs (1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sympy as sp

from symbackprop.expressions.functions import template
from symbackprop.expressions.tree import MINUS_ONE, add, multiply, reciprocal, substitute, symbol


@dataclass(frozen=True, slots=True)
class LayerActivation:
    """a = part(z)/s with s the sum of the parts of all units; see the table `LAYERWISE`.

    In the texts z is the unit's own net input and a its activation, y another's net input and b its activation.
    `own` and `other` are ∂a/∂z and ∂a/∂y in textbook form; the stages lead there from the quotient rule.
    """

    name: str
    part: str
    own: str
    other: str
    own_stages: tuple[str, ...]
    other_stages: tuple[str, ...]


_ENTRIES = (
    LayerActivation(
        "softmax",
        part="exp(z)",
        own="a*(1 - a)",
        other="-a*b",
        own_stages=("(exp(z)*s - exp(z)*exp(z))/s**2", "exp(z)/s*(1 - exp(z)/s)"),
        other_stages=("(0*s - exp(z)*exp(y))/s**2", "-exp(z)/s*(exp(y)/s)"),
    ),
)

Unit = tuple[str, str, frozenset[str]]
"""The entry's name, the unit's own net input, all net inputs of its layer."""

LAYERWISE: dict[str, LayerActivation] = {entry.name: entry for entry in _ENTRIES}


@dataclass(frozen=True, slots=True)
class Share:
    """What is known of part(own)/(part(z_1) + ... + part(z_n)): the entry, and the names of the net inputs."""

    entry: LayerActivation
    own: str
    nets: tuple[str, ...]
    total: sp.Expr

    def unit(self, net: str) -> Unit:
        """What tells the activation of the unit with the net input `net` from all others, in whatever order it adds."""
        return self.entry.name, net, frozenset(self.nets)

    def of(self, net: str) -> sp.Expr:
        """The activation of the unit with the net input `net`, written out."""
        return multiply([_part(self.entry.name, net), reciprocal(self.total)])

    def slope(self, by: str, activation: sp.Expr, other: sp.Expr) -> sp.Expr:
        """∂a/∂by in textbook form, `activation` standing for a and `other` for the activation of the unit of `by`."""
        text = self.entry.own if by == self.own else self.entry.other
        return substitute(template(text), {"a": activation, "b": other})

    def stages(self, by: str) -> list[sp.Expr]:
        """∂a/∂by by the quotient rule, and the forms on the way from it to the textbook's."""
        texts = self.entry.own_stages if by == self.own else self.entry.other_stages
        names = {"z": symbol(self.own), "y": symbol(by), "s": self.total}
        return [substitute(template(text), names) for text in texts]


def shares(name: str, nets: Sequence[str]) -> list[sp.Expr]:
    """The activations of a layer with these net inputs, by the entry `name` of the table.

    >>> shares("softmax", ["z_1", "z_2"])[0]
    exp(z_1)/(exp(z_1) + exp(z_2))
    """
    parts = [_part(name, net) for net in nets]
    below = reciprocal(add(parts))
    return [multiply([part, below]) for part in parts]


def share(tree: sp.Expr) -> Share | None:
    """`tree` as the activation of one unit of a layer: part(z)/(part(z) + part(y) + ...) over names, all different.

    >>> found = share(shares("softmax", ["z_1", "z_2", "z_3"])[1])
    >>> found.own, found.nets
    ('z_2', ('z_1', 'z_2', 'z_3'))
    """
    if not (tree.is_Mul and len(tree.args) == 2 and tree.args[1].is_Pow and tree.args[1].exp is MINUS_ONE):
        return None
    above, total = tree.args[0], tree.args[1].base
    if not total.is_Add:
        return None
    for entry in _ENTRIES:
        nets = tuple(_argument(term, entry.name) for term in total.args)
        own = _argument(above, entry.name)
        if own in nets and "" not in nets and len(set(nets)) == len(nets):
            return Share(entry, own, nets, total)
    return None


def _argument(tree: sp.Expr, name: str) -> str:
    """The name x where the tree is part(x) of an entry, else ""."""
    if not (tree.is_Function and len(tree.args) == 1 and tree.args[0].is_Symbol):
        return ""
    net = str(tree.args[0].name)
    return net if tree == _part(name, net) else ""


@cache
def _part(name: str, net: str) -> sp.Expr:
    return substitute(template(LAYERWISE[name].part), {"z": symbol(net)})
