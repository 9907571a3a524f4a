"""More digits are printed than the operands carry."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import renamed
from symbackprop.auditing.causes.forms import FAILURES, Basis
from symbackprop.auditing.causes.ownwork import numeral, quantity_of
from symbackprop.auditing.causes.wording import places_of
from symbackprop.auditing.mathematics.tree import Node, Number

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


_LEAST = 5  # digits that are printed


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    if inquiry.identity or inquiry.written_wrong or inquiry.digits < _LEAST:
        return
    given = inquiry.truth.given
    for form in inquiry.forms:
        own = form.own and form.basis is Basis.EXACT and form.root.below
        if not (own or (form.basis is Basis.WRITTEN and not form.repair)):
            continue
        for places in range(2, places_of(inquiry.printed.unit) - 1):

            def rounded(leaf: Node, places: int = places) -> Node:
                if isinstance(leaf, Number) and leaf.unit:
                    return numeral(_rounded(leaf.value, places))
                quantity = quantity_of(leaf)
                value = None if quantity is None or quantity.name in given else inquiry.known.number(quantity)
                return leaf if value is None else numeral(_rounded(value, places))

            tree = renamed(form.tree, rounded)
            try:
                values = inquiry.floats(tree, form.basis, 1)
            except FAILURES:
                continue
            if form.root.accepts(values):
                mistake = f"The operands were rounded to {places} decimals, and the result is printed to more"
                yield from inquiry.confirmed(form, tree, mistake, chance=_chance(inquiry))


def _rounded(value: Fraction | float, places: int) -> Fraction:
    return Fraction(round(value * 10**places), 10**places)


def _chance(inquiry: Inquiry) -> float:
    """Rounded operands move a result a little: how many such numbers of places hit one by chance that is near."""
    apart = min((abs(middle - inquiry.printed.value) for _, middle in inquiry.targets), default=inquiry.printed.unit)
    return float(2 * inquiry.printed.unit / apart) if apart else 1.0


CAUSE = Cause(
    code="false-precision",
    title="More digits than were carried",
    what=(
        "The operands were rounded before the result was worked, but the result is printed to more digits than "
        "such operands carry."
    ),
    why=(
        "With operands of three digits a product is known to about three digits. The rest of what a calculator "
        "shows is made of the rounding, not of the network."
    ),
    example="∂E/∂w_5 = 0.741 · 0.187 · 0.593 = 0.082170231",
    right="∂E/∂w_5 = 0.741 · 0.187 · 0.593 = 0.0822",
    search=_search,
)
