"""The same kind of quantity with another index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.exchanges import one_leaf
from symbackprop.auditing.causes.relations import Relation, alike, index
from symbackprop.auditing.causes.wording import quantity_text
from symbackprop.auditing.causes.workings import written_values
from symbackprop.auditing.truth import Quantity

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


LIKELY = 0.9  # of a change: names of a kind differ in a character
PLAINLY = 0.5  # where the label names what has no place in the network


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from _label(inquiry)
    for kind in (Relation.KIN, Relation.TURNED):
        yield from one_leaf(inquiry, kind, "{taken} stands where {due} belongs")


def _label(inquiry: Inquiry) -> Iterator[Candidate]:
    """The formula is right for another quantity of the kind: what it is called is at fault."""
    due = inquiry.quantity
    values = written_values(inquiry) if inquiry.identity and due is not None else None
    if due is None or values is None or not any(values):
        return
    found = [one for one in inquiry.equal(values) if _is_indexed_otherwise(inquiry, due, one)]
    if found:
        meant, said = quantity_text(max(found, key=lambda one: alike(due, one))), quantity_text(due)
        sentence = f"This is {meant}, and not {said}: the label is what is wrong."
        yield Candidate(None, sentence, LIKELY if any(inquiry.known.vector(due) or ()) else PLAINLY)


def _is_indexed_otherwise(inquiry: Inquiry, due: Quantity, other: Quantity) -> bool:
    kin = inquiry.known.relation(due, other) in (Relation.KIN, Relation.TURNED)
    return kin and index(due.name) != index(other.name)


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
