"""The operands are right, the result does not follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="arithmetic",
    title="A slip of calculation",
    what=(
        "The formula and the numbers put in are right, but the result does not follow from them, and no more "
        "definite mistake makes it."
    ),
    why="A result is to be the rounded value of what stands before it; everything that follows is worked with it.",
    example="h2 = 2 · 0.115 + 3 · 0.073 = 0.448",
    right="h2 = 2 · 0.115 + 3 · 0.073 = 0.449",
    search=_search,
)
