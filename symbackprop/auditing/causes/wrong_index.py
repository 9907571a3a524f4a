"""The same kind of quantity with another index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.exchanges import one_leaf
from symbackprop.auditing.causes.known import Relation

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for relation in (Relation.KIN, Relation.TURNED):
        yield from one_leaf(inquiry, relation, "{taken} stands where {due} belongs")


CAUSE = Cause(
    code="wrong-index",
    title="Another index",
    what=(
        "The kind of quantity is right, its index is not: the weight, the unit or the step of another place is "
        "used or named."
    ),
    why=(
        "The index says between which units a weight stands. w_3 leads from i_1 to h2; in the net input of h1 it "
        "has no place."
    ),
    example="net_h1 = w_1·i_1 + w_3·i_2 + b_1 = 0.3825",
    right="net_h1 = w_1·i_1 + w_2·i_2 + b_1 = 0.3775",
    search=_search,
)
