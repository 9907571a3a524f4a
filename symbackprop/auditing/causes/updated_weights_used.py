"""Updated weights stand where those of before the update are due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


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
