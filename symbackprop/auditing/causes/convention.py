"""The ½ of a loss is dropped or added, a mean is taken for a sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="convention",
    title="Another convention for the loss",
    what=(
        "The result belongs to a loss that differs by a constant: the ½ is dropped or added, a mean over n outputs"
        " is taken for a sum or a sum for a mean."
    ),
    why=(
        "(t - y)² has the derivative -2(t - y), and ½(t - y)² has -(t - y). Either may be declared, but the loss, "
        "its gradient and the updates have to belong together."
    ),
    example="E = (0.01 - 0.75136507)² = 0.549622167, declared as ½(t - y)²",
    right="E = ½ · (0.01 - 0.75136507)² = 0.274811084",
    search=_search,
)
