"""Updated weights stand where those of before the update are due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.exchanges import all_at_once, one_leaf
from symbackprop.auditing.causes.relations import Relation
from symbackprop.auditing.causes.retraining import other_order, retrained
from symbackprop.auditing.causes.wording import quantity_text
from symbackprop.auditing.truth import Quantity
from symbackprop.expressions.names import updated

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from one_leaf(inquiry, Relation.LATER, "The new {taken} is used where the old one is due")
    trained = inquiry.truth.problem.trained_parameters()
    new = {Quantity(name): Quantity(updated(name)) for name in trained}
    yield from all_at_once(inquiry, new, "The new weights {taken} are used where the old ones are due")
    yield from retrained(inquiry, "updated-weights-used")
    if inquiry.quantity is not None and not inquiry.identity:
        outcome = other_order(inquiry)
        if outcome is not None and inquiry.fits(outcome.value):
            through = f"{outcome.variant.mistake}, for {quantity_text(inquiry.quantity)}"
            yield inquiry.candidate(outcome.value, through)


CAUSE = Cause(
    code="updated-weights-used",
    title="Updated weights are used too early",
    what="A gradient is taken through weights that have been updated already.",
    why=(
        "All partials of one step are taken at the same point. If the output weights move first and the hidden "
        "gradients go through the new ones, the result is the gradient of no function at any one point."
    ),
    example="∂E/∂out_h1 = δ_o1·w_5+ + δ_o2·w_7+ = 0.030229739",
    right="∂E/∂out_h1 = δ_o1·w_5 + δ_o2·w_7 = 0.036350306",
    search=_search,
)
