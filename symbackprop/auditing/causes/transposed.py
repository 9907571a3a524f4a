"""A weight matrix is used where its transpose is due, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.exchanges import all_at_once, one_leaf, turned_weights
from symbackprop.auditing.causes.relations import Relation

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from one_leaf(inquiry, Relation.TURNED, "{taken} stands where {due} belongs: row and column are exchanged")
    for turned in turned_weights(inquiry.truth.problem):
        mistake = "The weights {taken} stand as in the transposed matrix"
        yield from all_at_once(inquiry, turned, mistake)


CAUSE = Cause(
    code="transposed",
    title="Rows and columns are exchanged",
    what="A weight matrix is used where its transpose is due, or the other way round: w_12 stands for w_21.",
    why=(
        "Forward, unit j adds up w_ji over its inputs i; backward, the error of unit i adds up w_ji over the units"
        " j that it feeds. The backward sum runs down a column where the forward sum runs along a row."
    ),
    example="∂E/∂out_h1 = w_5·δ_o1 + w_6·δ_o2 = 0.0554 - 0.0171 = 0.0383",
    right="∂E/∂out_h1 = w_5·δ_o1 + w_7·δ_o2 = 0.0554 - 0.0190 = 0.0364",
    search=_search,
)
