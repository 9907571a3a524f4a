"""What other programs of training make of the quantity of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.programs import Outcome
from symbackprop.auditing.causes.relations import stage
from symbackprop.derivation.steps import Kind

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def outcomes(inquiry: Inquiry) -> Iterator[Outcome]:
    """The outcomes of other programs that are printed as the number at fault, where it is one of after an update."""
    quantity = inquiry.quantity
    if quantity is None or inquiry.identity or inquiry.written_wrong or inquiry.operand is not None:
        return
    step = inquiry.truth.derivation.by_name.get(quantity.name)
    if not quantity.after and (step is None or step.kind is not Kind.AFTER):
        return
    near, reach = float(inquiry.printed.value), 3 * float(inquiry.printed.unit)
    for outcome in inquiry.programs.outcomes(quantity, near, reach):
        if inquiry.fits(outcome.value):
            yield outcome


def retrained(inquiry: Inquiry, cause: str) -> Iterator[Candidate]:
    """What other programs of training make that is printed, where `cause` says what is done otherwise."""
    for outcome in inquiry.outcomes:
        variant, mistake, changes = outcome.variant, outcome.variant.mistake, outcome.variant.changes
        told = variant.cause
        assert inquiry.quantity is not None
        if outcome.after != stage(inquiry.quantity):
            count = f"{outcome.after} update{'s' * (outcome.after != 1)}" if outcome.after else "no update"
            mistake = f"{mistake}, and it is the value after {count}" if mistake else f"It is the value after {count}"
            told = "off-by-one-iteration" if outcome.after else "stale-state"
            changes += bool(variant.cause)
        if cause in (told, variant.cause):
            yield inquiry.candidate(outcome.value, mistake, changes=changes)


def other_order(inquiry: Inquiry) -> Outcome | None:
    """What the quantity is with the other order of updates, where it is one of before an update, or an update."""
    if inquiry.quantity is None:
        return None
    step = inquiry.truth.derivation.by_name.get(inquiry.quantity.name)
    if inquiry.quantity.after or step is None or step.kind not in (Kind.PARTIAL, Kind.UPDATE):
        return None
    return inquiry.programs.of_order(inquiry.quantity)
