"""A minus sign is lost, or there is one too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="sign",
    title="A sign is wrong",
    what="A minus sign is lost, there is one too many, or a difference is taken the other way round.",
    why=(
        "The derivative of (t - y)²/2 is -(t - y): the minus comes from the inner derivative. With the wrong sign "
        "every gradient that follows points uphill, and the update makes the error larger."
    ),
    example="∂E/∂out = -(0.6 - 0.544556) = 0.055444",
    right="∂E/∂out = -(0.6 - 0.544556) = -0.055444",
    search=_search,
)
