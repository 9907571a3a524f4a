"""Another kind of quantity is used, or named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.exchanges import all_at_once, one_leaf
from symbackprop.auditing.causes.relations import Relation
from symbackprop.auditing.naming.activations import is_function
from symbackprop.auditing.truth import Quantity

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from one_leaf(inquiry, Relation.OTHER, "{taken} stands where {due} belongs")
    graph = inquiry.truth.problem.graph
    after = inquiry.quantity.after if inquiry.quantity is not None else 0
    nets = {
        Quantity(definition.name, after): Quantity(definition.uses[0], after)
        for definition in graph.definitions
        if definition.activation or is_function(definition)
    }
    yield from all_at_once(inquiry, nets, "{taken}, which are net inputs, stand where the activations belong")


CAUSE = Cause(
    code="wrong-quantity",
    title="Another quantity is used",
    what=(
        "Another kind of quantity stands where this one belongs: ∂C/∂out for ∂C/∂net, a net input for an activation."
    ),
    why=(
        "∂C/∂b equals ∂C/∂net, which is ∂C/∂out times the slope of the activation. Without the slope it is a "
        "different number, even if it stands one line above."
    ),
    example="b_1+ = 0.5 - 0.5 · ∂C/∂out_h1 = 0.5 - 0.5 · 0.0316 = 0.4842",
    right="b_1+ = 0.5 - 0.5 · ∂C/∂b_1 = 0.5 - 0.5 · 0.0000 = 0.5000",
    search=_search,
)
