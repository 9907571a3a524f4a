"""A term of a sum is left out: a path of the chain rule, a bias."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="missing-paths",
    title="A path is missing",
    what=(
        "A term of a sum is left out: one of the paths along which a quantity reaches the cost, one of several "
        "errors, a bias."
    ),
    why=(
        "A hidden activation feeds every unit of the next layer. By the chain rule the products along all these "
        "paths are added."
    ),
    example="∂E_total/∂out_h1 = ∂E_o1/∂out_h1 = 0.055399425",
    right="∂E_total/∂out_h1 = ∂E_o1/∂out_h1 + ∂E_o2/∂out_h1 = 0.055399425 - 0.019049119 = 0.036350306",
    search=_search,
)
