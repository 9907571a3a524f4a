"""A value of before the update stands where the one after it is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="stale-state",
    title="An old value is used",
    what="A value of before the update, or of the step before, stands where the present one is due.",
    why=(
        "After an update the forward pass is made anew: net inputs, activations and errors all change with the weights."
    ),
    example="E_total after the update = 0.298371109",
    right="E_total after the update = 0.291027774",
    search=_search,
)
