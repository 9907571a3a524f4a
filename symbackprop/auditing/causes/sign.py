"""A minus sign is lost, or there is one too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.ownwork import NOWHERE
from symbackprop.auditing.causes.retraining import retrained
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import Negative, Product, Quotient

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

LOOSE = 0.5  # goal of a term that the document shows, above which its sign makes no difference


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for form in inquiry.forms:
        for place in form.places:
            if place.parent is not None and isinstance(place.parent.node, Product | Quotient | Negative):
                continue  # the sign of a factor is that of the product
            certain = place.firm or place.parent is None
            if not (certain or (not form.own and place.looseness < LOOSE)):
                continue
            if not place.accepts([-value for value in place.values]):
                continue
            if isinstance(place.node, Negative):
                new, mistake = place.node.operand, f"The minus before {tree_text(place.node.operand)} is lost"
                if not form.forward:
                    mistake = f"There is a minus too many before {tree_text(place.node.operand)}"
            else:
                new = Negative(place.node, NOWHERE)
                mistake = f"The sign of {tree_text(place.node)} is the wrong one"
            chance = 0.0 if certain else place.looseness
            yield from inquiry.confirmed(form, put(form.tree, place.path, new), mistake, chance=chance)
    yield from retrained(inquiry, "sign")


CAUSE = Cause(
    code="sign",
    title="A sign is wrong",
    what="A minus sign is lost, there is one too many, or a difference is taken the other way round.",
    why=(
        "The derivative of (t - y)²/2 is -(t - y): the minus comes from the inner derivative. With the wrong sign "
        "every gradient that follows points uphill, and the update makes the error larger."
    ),
    example="∂E/∂out = -(0.6 - 0.544556) = 0.055444",
    right="∂E/∂out = -(0.6 - 0.544556) = -0.055444",
    search=_search,
)
