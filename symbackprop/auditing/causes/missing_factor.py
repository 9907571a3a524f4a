"""A factor of a product, or a divisor, is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.factors import left_out, named_factors

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for form in inquiry.forms:
        found = left_out(inquiry, form) if form.forward else named_factors(inquiry, form)
        for tree, factor, chance, changes in found:
            mistake = f"The factor {factor} is missing"
            yield from inquiry.confirmed(form, tree, mistake, chance=chance, changes=changes)


CAUSE = Cause(
    code="missing-factor",
    title="A factor is missing",
    what=(
        "A factor of a product, or a divisor, is left out: a local partial of the chain rule, the learning rate, "
        "an input."
    ),
    why=(
        "By the chain rule the partials along a path are all multiplied. Without out·(1 - out) = 0.186815602 the "
        "gradient is five times too large."
    ),
    example="∂E/∂w_5 = 0.74136507 · 0.593269992 = 0.439829649",
    right="∂E/∂w_5 = 0.74136507 · 0.186815602 · 0.593269992 = 0.082167041",
    search=_search,
)
