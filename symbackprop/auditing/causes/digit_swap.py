"""Two digits are exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="digit-swap",
    title="Two digits are exchanged",
    what="Two digits of a number stand in each other's place.",
    why=(
        "Copied by hand, neighbouring digits change places; the number looks right at a glance, and what follows "
        "is worked with it."
    ),
    example="∂E/∂w_5 = 0.081267041",
    right="∂E/∂w_5 = 0.082167041",
    search=_search,
)
