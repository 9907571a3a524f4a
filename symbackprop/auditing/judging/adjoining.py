"""Chains side by side in a sentence: ∂E/∂w = o_3 δ_5 = -0.06 is one, though o_3 may end a formula and δ_5 begin one."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.mathematics.statements import Chain, Statement
from symbackprop.auditing.mathematics.tree import Name, Node, Product, Sum


def adjoined(one: Statement, other: Statement, between: str) -> Chain | None:
    """Both chains as one whose last factor before the sign is the head of the second; None where they stand apart."""
    if not (isinstance(one, Chain) and isinstance(other, Chain)) or between.strip() or "\n" in between:
        return None
    last, head = one.members[-1], other.members[0]
    if one.headless or other.headless or one.block != other.block or not isinstance(head, Name):
        return None
    if not isinstance(_end(last), Name):
        return None
    members = (*one.members[:-1], _times(last, head), *other.members[1:])
    return replace(one, members=members, signs=one.signs + other.signs, span=one.span.to(other.span), after=other.after)


def _end(node: Node) -> Node:
    """The last factor of the last term."""
    match node:
        case Sum(terms):
            return _end(terms[-1])
        case Product(factors):
            return factors[-1]
    return node


def _times(node: Node, factor: Node) -> Node:
    match node:
        case Sum(terms):
            return replace(node, terms=(*terms[:-1], _times(terms[-1], factor)), span=node.span.to(factor.span))
        case Product(factors):
            return replace(node, factors=(*factors, factor), span=node.span.to(factor.span))
    return Product((node, factor), node.span.to(factor.span))
