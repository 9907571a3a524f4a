"""One digit is wrong, missing or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.digits import accepted_instead, digits_of, one_digit_off
from symbackprop.auditing.causes.wording import decimal, places_of

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

APART = Fraction(3, 2)  # units of the last place: a digit left out is not looked for in what is nearer


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    if inquiry.written_wrong or any(form.repair for form in inquiry.forms):
        yield from accepted_instead(inquiry, _with_one_digit_changed)
    if inquiry.identity or inquiry.written_wrong or not inquiry.printed.unit:
        return
    printed, places = inquiry.printed, places_of(inquiry.printed.unit)
    written = decimal(printed.value, places)
    for value, middle in inquiry.targets:
        for count in (places, places + 1, places - 1):
            if count < 0:
                continue
            right = decimal(middle, count)
            slip = one_digit_off(written, right)
            if not slip:
                right = decimal(Fraction(int(middle * 10**count), 10**count), count)
                slip = one_digit_off(written, right)
            if slip:
                last = slip.startswith("the last")
                if last and inquiry.operand is None:
                    if abs(middle - printed.value) > APART * printed.unit:
                        continue
                    break  # of a result, that is a slip of calculation
                chance = 9 * inquiry.digits / 10.0**inquiry.digits
                sentence = f"The number is {right}, {slip}: {inquiry.written} is printed."
                alone = inquiry.operand is not None and inquiry.quantity is None
                yield Candidate(value, sentence, 3 if last and not alone else 1, 0.0 if alone else chance)
                break


def _with_one_digit_changed(value: Fraction, unit: Fraction) -> Iterator[tuple[Fraction, str]]:
    text = digits_of(value, unit)
    for place, digit in enumerate(text):
        for other in "0123456789":
            if other != digit:
                yield (
                    Fraction(int(text[:place] + other + text[place + 1 :])) * unit,
                    f"with {digit} in the place of {other}",
                )


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
