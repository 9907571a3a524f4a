"""The value is that after one update fewer or more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.retraining import retrained

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from retrained(inquiry, "off-by-one-iteration")


CAUSE = Cause(
    code="off-by-one-iteration",
    title="One update too few or too many",
    what="The value is right, but after one update fewer or more than is said.",
    why=(
        "After N updates means that the parameters have changed N times. A loop that prints the error before it "
        "updates shows, in its N-th round, the error after N - 1."
    ),
    example="E_total after 10000 updates = 0.0000351086, which it is after 9999",
    right="E_total after 10000 updates = 0.0000351019",
    search=_search,
)
