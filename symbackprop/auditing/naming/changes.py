"""Trees over the network's own names for what a document writes short: Δw, w - η·∂C/∂w."""

from __future__ import annotations

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Partial, Product
from symbackprop.auditing.naming.vocabulary import Found


def gradient(cost: str, parameters: Found, span: Span) -> Node:
    """∂cost/∂parameter, entry by entry."""
    rows = tuple(
        tuple(Partial(Name(cost, span), Name(parameter, span), span) for parameter in row) for row in parameters.rows
    )
    return rows[0][0] if parameters.scalar else Entries(rows, span, parameters.flat)


def change(rate: str, cost: str, parameters: Found, span: Span, sign: int = -1) -> Node:
    """-η·∂cost/∂parameter: what an update adds to a parameter; with sign 1 what it takes away."""
    factor = Name(rate, span)
    return Product((Negative(factor, span) if sign < 0 else factor, gradient(cost, parameters, span)), span)
