"""More digits are printed than the operands carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="false-precision",
    title="More digits than were carried",
    what=(
        "The operands were rounded before the result was worked, but the result is printed to more digits than "
        "such operands carry."
    ),
    why=(
        "With operands of three digits a product is known to about three digits. The rest of what a calculator "
        "shows is made of the rounding, not of the network."
    ),
    example="∂E/∂w_5 = 0.741 · 0.187 · 0.593 = 0.082170231",
    right="∂E/∂w_5 = 0.741 · 0.187 · 0.593 = 0.0822",
    search=_search,
)
