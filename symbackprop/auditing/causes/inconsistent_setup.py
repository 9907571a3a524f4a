"""The number belongs to another set-up than the one declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.wording import number, quantity_text

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    case, quantity = inquiry.case, inquiry.quantity
    if (
        inquiry.identity
        or inquiry.written_wrong
        or inquiry.operand is not None
        or case.expression is not None
        or quantity is None
    ):
        return
    before = inquiry.carried.get(quantity)
    if before is None or inquiry.due is None or abs(before - inquiry.printed.value) <= inquiry.printed.unit:
        return
    name, first = quantity_text(quantity), number(before, inquiry.printed.unit)
    sentence = f"The document finds {name} to be {first}, and prints {inquiry.written} here: it is of another run."
    yield Candidate(before, sentence, last_resort=True)


CAUSE = Cause(
    code="inconsistent-setup",
    title="The number belongs to another set-up",
    what=(
        "The number contradicts what the document itself prints for the same quantity: it comes of another run, or"
        " of other data."
    ),
    why="One example has one set of numbers. Results of two runs side by side cannot both be checked.",
    example="The error falls from 0.0317292, where it was found to be 0.001537 above",
    right="The error falls from 0.001537",
    search=_search,
)
