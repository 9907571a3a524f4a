"""A parameter is kept fixed that is trained, or trained that is kept fixed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="frozen-parameter",
    title="A parameter is trained or not, against what is declared",
    what=(
        "The value comes of training in which a parameter is kept fixed that is said to be trained, or the other "
        "way round: often the biases."
    ),
    why=(
        "Each parameter that moves changes the forward pass. Whether the biases are trained makes a difference "
        "from the first update on."
    ),
    example="b_2+ = b_2 = 0.60, though the biases are trained",
    right="b_2+ = 0.60 - 0.5 · ∂E/∂b_2",
    search=_search,
)
