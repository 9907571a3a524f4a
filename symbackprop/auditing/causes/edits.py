"""Trees with something changed in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from symbackprop.auditing.causes.forms import LEAVES
from symbackprop.auditing.mathematics.tree import (
    Call,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    parts,
)


def with_parts(node: Node, below: Sequence[Node]) -> Node:
    """`node` with other parts."""
    match node:
        case Sum():
            return replace(node, terms=tuple(below))
        case Product():
            return replace(node, factors=tuple(below))
        case Call():
            return replace(node, arguments=tuple(below))
        case Negative():
            return replace(node, operand=below[0])
        case Quotient():
            return replace(node, numerator=below[0], denominator=below[1])
        case Power():
            return replace(node, base=below[0], exponent=below[1])
        case Total():
            return replace(node, body=below[0])
        case _:
            return node


def put(tree: Node, path: tuple[int, ...], new: Node) -> Node:
    """`tree` with `new` at `path`."""
    if not path:
        return new
    below = list(parts(tree))
    below[path[0]] = put(below[path[0]], path[1:], new)
    return with_parts(tree, below)


def renamed(tree: Node, change: Callable[[Node], Node]) -> Node:
    """`tree` with `change` made to each of its leaves."""
    if isinstance(tree, LEAVES):
        return change(tree)
    return with_parts(tree, [renamed(part, change) for part in parts(tree)])


def without(node: Sum | Product, index: int) -> Node:
    """A sum or product without one of its parts."""
    left = [part for place, part in enumerate(parts(node)) if place != index]
    return left[0] if len(left) == 1 else with_parts(node, left)
