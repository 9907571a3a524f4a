"""Another formula is used: another activation's derivative, a sum for a product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from ()


CAUSE = Cause(
    code="wrong-formula",
    title="Another formula is used",
    what=(
        "The formula is another one: the derivative of another activation, out for out·(1 - out), a sum for a "
        "product, 1 - σ for σ."
    ),
    why="Each activation has its own derivative: σ' = a(1 - a), tanh' = 1 - a². They agree nowhere but by accident.",
    example="∂out/∂net = 1 - 0.75136507² = 0.435450532, though out is a sigmoid",
    right="∂out/∂net = 0.75136507 · (1 - 0.75136507) = 0.186815602",
    search=_search,
)
