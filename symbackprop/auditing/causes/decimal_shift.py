"""The decimal point is in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.forms import Place
from symbackprop.auditing.causes.ownwork import numeral, times
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import Negative, Product, Quotient

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


INNER = 1.3  # changes, of a point that is shifted on the way, which a factor of 10 that is left out does too
EXACTLY = 1e-12
_SHIFTS = (1, -1, 2, -2, 3, -3)


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    if inquiry.identity:
        return
    for form in inquiry.forms:
        for place in form.places:
            if place.parent is not None and isinstance(place.parent.node, Product | Quotient | Negative):
                continue
            for shift in _SHIFTS:
                factor = Fraction(10) ** shift
                shifted = [value * float(factor) for value in place.values]
                if place.accepts(shifted) and (place.firm or _is_exactly(inquiry, place, shifted)):
                    tree = put(form.tree, place.path, times(numeral(factor), place.node))
                    count, side = abs(shift), "right" if shift > 0 else "left"
                    moved = f"{count} place{'s' * (count > 1)} to the {side}"
                    mistake = f"The decimal point of {tree_text(place.node)} is {moved} of where it belongs"
                    yield from inquiry.confirmed(form, tree, mistake, changes=1 if place.parent is None else INNER)


def _is_exactly(inquiry: Inquiry, place: Place, shifted: list[float]) -> bool:
    """Whether a number of few digits is exactly that which is due with its point shifted."""
    return place.parent is None and abs(shifted[0] - float(inquiry.printed.value)) < EXACTLY * abs(shifted[0])


CAUSE = Cause(
    code="decimal-shift",
    title="The decimal point is shifted",
    what="The digits are right, the decimal point is not: the value is off by a power of ten.",
    why="A product of small numbers has leading zeros that are easily miscounted.",
    example="δ_4 = 0.59 · (1 - 0.59) · (0.9 · -0.0376) = -0.0819",
    right="δ_4 = 0.59 · (1 - 0.59) · (0.9 · -0.0376) = -0.0082",
    search=_search,
)
