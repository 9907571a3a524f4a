"""A parameter is kept fixed that is trained, or trained that is kept fixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.known import plain

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from inquiry.programs("frozen-parameter")
    quantity = inquiry.quantity
    if quantity is None or inquiry.identity or inquiry.written_wrong or plain(quantity) == quantity.name:
        return
    if plain(quantity) in inquiry.truth.problem.graph.parameters:
        before = inquiry.truth.value(replace(quantity, name=plain(quantity)))
        if inquiry.fits(before):
            yield inquiry.candidate(before, f"{plain(quantity)} is kept as it was, though it is trained", changes=2)


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
