"""One digit is wrong, missing or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="typo",
    title="A digit is wrong, missing or doubled",
    what="One digit of a number is another one, is left out, or stands there twice.",
    why=(
        "A slip in copying, not in the mathematics. What follows is right if the true number was used, and "
        "inherits the fault if the printed one was."
    ),
    example="out = σ(1.45) = 0.80998",
    right="out = σ(1.45) = 0.809998",
    search=_search,
)
