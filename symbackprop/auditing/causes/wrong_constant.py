"""A number is put in that is not the one given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="wrong-constant",
    title="Another number than the one given",
    what=(
        "A number is put in that is neither the one given nor the one found before: another learning rate, another"
        " weight."
    ),
    why=(
        "The data of an example are exact. A result with other data in it may be right arithmetic, but belongs to "
        "another example."
    ),
    example="w_5+ = 0.40 - 0.05 · 0.082167041 = 0.39589165, with η = 0.5 given",
    right="w_5+ = 0.40 - 0.5 · 0.082167041 = 0.35891648",
    search=_search,
)
