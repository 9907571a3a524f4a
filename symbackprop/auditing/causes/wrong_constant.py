"""A number is put in that is not the one given."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.forms import Form, Place
from symbackprop.auditing.causes.ownwork import numeral
from symbackprop.auditing.causes.retraining import retrained
from symbackprop.auditing.causes.wording import number, quantity_text, tree_text
from symbackprop.auditing.mathematics.tree import Number, walk
from symbackprop.auditing.truth import Quantity

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


RATES = ("1", "0.9", "0.5", "0.3", "0.25", "0.2", "0.1", "0.05", "0.02", "0.01", "0.005", "0.001")
SEEN = 0.8  # changes, as which a wrong number counts that stands there
UNSEEN = 1.1  # and one that does not
_RARE = 0.02  # so many short decimals are expected where one is needed


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from retrained(inquiry, "wrong-constant")
    if inquiry.identity:
        return
    yield from _unknown(inquiry)
    given = inquiry.truth.given
    for form in inquiry.forms:
        for place in form.leaves:
            quantity = inquiry.quantity_at(place.node)
            if place.goals is None or quantity is None or quantity.name not in given or quantity.after:
                continue
            if quantity.name == inquiry.truth.problem.learning_rate_name:
                yield from _usual_rate(inquiry, form, place, given[quantity.name])
            yield from _another(inquiry, form, place, quantity, given[quantity.name])
    if inquiry.operand is not None and inquiry.quantity is not None and inquiry.quantity.name in given:
        value = inquiry.printed.value
        due = "" if inquiry.due is None else f", which is {number(inquiry.due, inquiry.printed.unit)}"
        sentence = f"{inquiry.written} is put in for {quantity_text(inquiry.quantity)}{due}."
        yield Candidate(value, sentence, last_resort=True)


def _unknown(inquiry: Inquiry) -> Iterator[Candidate]:
    """A number that is neither given nor found before stands where a quantity belongs."""
    for one in inquiry.replacements:
        if one.form.repair and one.taken is None and one.due is not None:
            unit = next((part.unit for part in walk(one.place.node) if isinstance(part, Number)), None)
            due = f"{quantity_text(one.due)} = {number(Fraction(one.worth.number), unit)}"
            mistake = f"{tree_text(one.place.node)} stands where {due} belongs"
            yield from inquiry.confirmed(
                one.form, put(one.form.tree, one.place.path, one.tree), mistake, chance=one.chance, changes=SEEN
            )


def _usual_rate(inquiry: Inquiry, form: Form, place: Place, given: Fraction) -> Iterator[Candidate]:
    """Another learning rate that examples often have."""
    for rate in map(Fraction, RATES):
        if rate != given and place.accepts([float(rate)]):
            mistake = f"{float(rate):g} is put in for the learning rate, which is {float(given):g}"
            tree = put(form.tree, place.path, numeral(rate))
            chance = 0.0 if place.parent is None else place.looseness
            yield from inquiry.confirmed(form, tree, mistake, chance=chance)


def _another(inquiry: Inquiry, form: Form, place: Place, quantity: Quantity, given: Fraction) -> Iterator[Candidate]:
    """The shortest decimal that leads to what is printed, where it is too short to be there by chance."""
    assert place.goals is not None
    low, high = place.goals[0]
    for places in range(5):
        unit = 10.0**-places
        chance = (high - low) / unit * max(1, len(form.leaves))
        if chance > _RARE:
            return
        nearest = round((low + high) / 2 / unit)
        if low <= nearest * unit <= high:
            value = Fraction(nearest, 10**places)
            if value and value != given and abs(value) != abs(given):
                mistake = f"{float(value):g} is put in for {quantity_text(quantity)}, which is {float(given):g}"
                yield from inquiry.confirmed(
                    form, put(form.tree, place.path, numeral(value)), mistake, chance=chance, changes=UNSEEN
                )
            return


CAUSE = Cause(
    code="wrong-constant",
    title="Another number than the one given",
    what=(
        "A number is put in that is neither the one given nor the one found before: another learning rate, another"
        " weight."
    ),
    why=(
        "The data of an example are exact. A result with other data in it may be right arithmetic, but belongs to "
        "another example."
    ),
    example="w_5+ = 0.40 - 0.05 · 0.082167041 = 0.39589165, with η = 0.5 given",
    right="w_5+ = 0.40 - 0.5 · 0.082167041 = 0.35891648",
    search=_search,
)
