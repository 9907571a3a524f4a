"""The operands are right, the result does not follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.wording import decimal, number, places_of

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


FEW = 9  # units of the last place, that a slip in the last digit makes
SLIP = 1.5  # changes, as which it counts: what explains every digit goes before it, if that is not by chance
_NEAR = 0.5  # of the larger of both: a result further away is another number, not a slip
_NEAR_ALONE = 0.05  # where nothing is put in from which the result is said to follow


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    if inquiry.identity or inquiry.written_wrong or inquiry.operand is not None:
        return
    if inquiry.made is not None and inquiry.fits(inquiry.made):
        return  # it does follow
    printed, case = inquiry.printed, inquiry.case
    near = _NEAR if case.expression is not None or case.formula is not None else _NEAR_ALONE
    worked = any(not form.own for form in inquiry.forms)
    for value, middle in inquiry.targets:
        largest = max(abs(middle), abs(printed.value))
        if inquiry.fits(value):
            continue
        turned = abs(middle + printed.value) < abs(middle - printed.value)
        if abs(abs(middle) - abs(printed.value)) > near * largest:
            continue
        places = places_of(printed.unit)
        due = decimal(middle, places)
        made = number(value, printed.unit)
        rounded = f"{made}, or {due} to the printed places" if made != due else due
        besides = ", and the sign is the other" if turned else ""
        sentence = f"What is put in makes {rounded}; {inquiry.written} does not follow from it{besides}."
        close = worked and not turned and abs(middle - printed.value) <= FEW * printed.unit
        yield Candidate(value, sentence, SLIP, last_resort=not close)


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
