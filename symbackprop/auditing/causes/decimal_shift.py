"""The decimal point is in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="decimal-shift",
    title="The decimal point is shifted",
    what="The digits are right, the decimal point is not: the value is off by a power of ten.",
    why="A product of small numbers has leading zeros that are easily miscounted.",
    example="δ_4 = 0.59 · (1 - 0.59) · (0.9 · -0.0376) = -0.0819",
    right="δ_4 = 0.59 · (1 - 0.59) · (0.9 · -0.0376) = -0.0082",
    search=_search,
)
