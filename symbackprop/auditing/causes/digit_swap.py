"""Two digits are exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.digits import accepted_instead, digits_of, printed_instead

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from printed_instead(inquiry, _swapped)
    yield from accepted_instead(inquiry, _swapped)


def _swapped(value: Fraction, unit: Fraction) -> Iterator[tuple[Fraction, str]]:
    """The number with two neighbouring digits exchanged, each such pair; then with any two.

    Of a number with one digit but for zeros, the point is moved and nothing exchanged.
    """
    text = digits_of(value, unit)
    if len(text.strip("0")) < 2:
        return
    pairs = [(one, other) for one in range(len(text)) for other in range(one + 1, len(text))]
    for one, other in sorted(pairs, key=lambda pair: (pair[1] - pair[0], pair)):
        if text[one] != text[other] and (other - one == 1 or len(text) > 3):
            swapped = list(text)
            swapped[one], swapped[other] = text[other], text[one]
            yield Fraction(int("".join(swapped))) * unit, f"the digits {text[one]} and {text[other]} exchanged"


CAUSE = Cause(
    code="digit-swap",
    title="Two digits are exchanged",
    what="Two digits of a number stand in each other's place.",
    why=(
        "Copied by hand, neighbouring digits change places; the number looks right at a glance, and what follows "
        "is worked with it."
    ),
    example="∂E/∂w_5 = 0.081267041",
    right="∂E/∂w_5 = 0.082167041",
    search=_search,
)
