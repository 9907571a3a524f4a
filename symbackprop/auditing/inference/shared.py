"""What one formula works out within another has a name: h = tanh(w x + b) beside a = w x + b is tanh(a)."""

from __future__ import annotations

from collections.abc import Mapping

from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.forms import replaced
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Product, Sum, own, parts

Shape = tuple[object, ...]


def by_name(formulas: Mapping[str, Node], evidence: Evidence) -> dict[str, Node]:
    """The formulas, each with the names of those that stand in it as a part of it.

    Then derivatives go by way of these, as those of the document do. Of two names for the same, none stands for the
    other.
    """
    named: dict[Shape, str] = {}
    for head, formula in formulas.items():
        if isinstance(formula, Sum | Product):
            named.setdefault(_shape(formula), head)

    def change(node: Node, whole: Node) -> Node | None:
        if node is whole or not isinstance(node, Sum | Product):
            return None
        head = named.get(_shape(node))
        return made(evidence.name(head)) if head is not None else None

    return {head: replaced(formula, lambda node: change(node, formula)) for head, formula in formulas.items()}  # noqa: B023


def _shape(node: Node) -> Shape:
    """What a tree says, wherever it stands: alike for trees that say the same."""
    match node:
        case Name():
            return (Name, key(node))
        case Number(_, value):
            return (Number, value)
        case _:
            return (type(node), *own(node), *map(_shape, parts(node)))
