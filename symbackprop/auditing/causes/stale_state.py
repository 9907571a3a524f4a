"""A value of before the update stands where the one after it is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.exchanges import all_at_once, one_leaf
from symbackprop.auditing.causes.relations import Relation
from symbackprop.auditing.causes.retraining import retrained
from symbackprop.auditing.truth import Quantity

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from one_leaf(inquiry, Relation.EARLIER, "{taken} is used where {due} is due, the value after the update")
    renewed = [name for name in inquiry.truth.derivation.by_name if name.endswith("+")]
    parameters = {f"{name}+" for name in inquiry.truth.problem.trained_parameters()}
    for names in (
        [name for name in renewed if name not in parameters],
        [name for name in renewed if name in parameters],
    ):
        old = {Quantity(name): Quantity(name[:-1]) for name in names}
        yield from all_at_once(inquiry, old, "The old values {taken} are used where those after the update are due")
    yield from retrained(inquiry, "stale-state")


CAUSE = Cause(
    code="stale-state",
    title="An old value is used",
    what="A value of before the update, or of the step before, stands where the present one is due.",
    why=(
        "After an update the forward pass is made anew: net inputs, activations and errors all change with the weights."
    ),
    example="E_total after the update = 0.298371109",
    right="E_total after the update = 0.291027774",
    search=_search,
)
