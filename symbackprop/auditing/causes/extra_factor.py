"""A factor is there that does not belong, or is taken twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.factors import left_out, named_factors

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for form in inquiry.forms:
        found = named_factors(inquiry, form) if form.forward else left_out(inquiry, form)
        for tree, factor, chance, changes in found:
            mistake = f"The factor {factor} does not belong there"
            yield from inquiry.confirmed(form, tree, mistake, chance=chance, changes=changes)


CAUSE = Cause(
    code="extra-factor",
    title="A factor too many",
    what="A product holds a factor that does not belong to it, or one of its factors twice.",
    why=(
        "Each local partial along a path counts once. A node error δ holds out·(1 - out) already: who multiplies "
        "by it again makes the gradient too small."
    ),
    example="∂E/∂w_5 = δ_o1 · 0.186815602 · 0.593269992 = 0.015350085, with δ_o1 = 0.138498562",
    right="∂E/∂w_5 = δ_o1 · 0.593269992 = 0.138498562 · 0.593269992 = 0.082167041",
    search=_search,
)
