"""One digit is wrong, missing or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.digits import one_digit_off, targets
from symbackprop.auditing.causes.wording import decimal, places_of

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    if inquiry.identity or not inquiry.printed.unit:
        return
    printed, places = inquiry.printed, places_of(inquiry.printed.unit)
    written = decimal(printed.value, places)
    for value, middle in targets(inquiry):
        for count in (places, places + 1, places - 1):
            right = decimal(middle, count) if count >= 0 else ""
            slip = one_digit_off(written, right)
            if slip:
                last = slip.startswith("the last")
                chance = 9 * inquiry.digits / 10.0**inquiry.digits if count == places else 0.0
                sentence = f"The number is {right}, {slip}: {inquiry.written} is printed."
                yield Candidate(value, sentence, 3 if last else 1, chance)
                break


CAUSE = Cause(
    code="typo",
    title="A digit is wrong, missing or doubled",
    what="One digit of a number is another one, is left out, or stands there twice.",
    why=(
        "A slip in copying, not in the mathematics. What follows is right if the true number was used, and "
        "inherits the fault if the printed one was."
    ),
    example="out = σ(1.45) = 0.80998",
    right="out = σ(1.45) = 0.809998",
    search=_search,
)
