"""Slips of the pen: numbers whose digits are not those that were meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.forms import Basis
from symbackprop.auditing.causes.wording import decimal, places_of
from symbackprop.auditing.causes.wording import middle as middle_of
from symbackprop.auditing.mathematics.tree import Number
from symbackprop.checking.printed import Printed
from symbackprop.evaluation.enclosure import bounds
from symbackprop.expressions.numerals import last_place

if TYPE_CHECKING:
    from symbackprop.auditing.causes.forms import Place
    from symbackprop.auditing.causes.inquiry import Inquiry

NEAR = 2  # units of the last place: what is further away is neither rounded nor cut off to a number

Slips = Callable[[Fraction, Fraction], Iterator[tuple[Fraction, str]]]
"""From a number and its unit to those that it would be with one slip, and what the slip is."""


def digits_of(value: Fraction, unit: Fraction) -> str:
    """The digits of a number, the point and the sign left out, zeros before the point too.

    >>> digits_of(Fraction(9, 100), Fraction(1, 1000))
    '0090'
    """
    return str(int(abs(value) / unit)).rjust(places_of(unit) + 1, "0")


def targets(inquiry: Inquiry) -> Iterator[tuple[Any, Fraction]]:
    """What the number may have been meant to be, with its middle: what is put in makes, then what is due."""
    seen: list[Fraction] = []
    values = [inquiry.reading(form) for form in inquiry.forms if not form.own or form.basis is Basis.CARRIED][:4]
    made = None if inquiry.written_wrong else inquiry.made
    for value in (made, *values, inquiry.due):
        if value is None:
            continue
        meant = middle_of(value)
        if all(abs(meant - other) * 1000 > inquiry.printed.unit for other in seen):
            seen.append(meant)
            yield value, meant


def printed_instead(inquiry: Inquiry, slips: Slips) -> Iterator[Candidate]:
    """The printed number is what is due with a slip in its digits."""
    printed = inquiry.printed
    if inquiry.identity or inquiry.written_wrong or not printed.unit:
        return
    found = list(slips(abs(printed.value), printed.unit))
    sign = -1 if printed.value < 0 else 1
    for value, middle in inquiry.targets:
        reach = NEAR * printed.unit + bounds(value)[1] - middle
        for meant, slip in found:
            if abs(sign * meant - middle) > reach:
                continue
            one = Printed(sign * meant, printed.unit)
            if one.holds(value) is not False or one.cuts(value):
                right = decimal(sign * meant, places_of(printed.unit))
                chance = len(found) / 10.0**inquiry.digits
                yield Candidate(value, f"The number is {right}; {inquiry.written} has {slip}.", 1, chance)


def accepted_instead(inquiry: Inquiry, slips: Slips) -> Iterator[Candidate]:
    """The printed number follows from an operand with a slip in its digits."""
    if inquiry.identity:
        return
    for form in inquiry.forms:
        for place in form.leaves:
            if not (place.firm and place.goals and place.parent):
                continue
            value, unit = _as_written(inquiry, place)
            if not unit:
                continue
            found = list(slips(abs(value), unit))
            for taken, slip in found:
                signed = -taken if value < 0 else taken
                if place.accepts([float(signed)]):
                    near = place.chance([abs(float(one)) for one, _ in found]) * len(form.leaves)
                    chance = 0.0 if inquiry.is_printed(taken) else near
                    places = places_of(unit)
                    new = Number(decimal(taken, places), taken, unit, place.node.span)
                    used, written = decimal(signed, places), decimal(value, places)
                    mistake = f"{used} was worked with for {written}, {slip}"
                    if not form.forward:
                        mistake = f"{written} stands for {used}, {slip}"
                    if signed >= 0:
                        yield from inquiry.confirmed(form, put(form.tree, place.path, new), mistake, chance=chance)


def _as_written(inquiry: Inquiry, place: Place) -> tuple[Fraction, Fraction]:
    """The number that a leaf is in the document, and its unit; unit 0 where it is not a decimal."""
    if isinstance(place.node, Number):
        return place.node.value, place.node.unit
    quantity = inquiry.quantity_at(place.node)
    given = inquiry.truth.problem.values
    if quantity is None or quantity.name not in given:
        return Fraction(0), Fraction(0)
    return inquiry.truth.given[quantity.name], last_place(given[quantity.name])


def one_digit_off(written: str, right: str) -> str:
    """How `written` comes of `right` by a slip in one digit; "" where it does not.

    >>> one_digit_off("0.80998", "0.809998"), one_digit_off("0.4732", "0.4752")
    ('with a 9 left out', 'with 3 in the place of 5')
    """
    if written.startswith("-") != right.startswith("-"):
        return ""
    if len(written) == len(right):
        return _one_changed(written, right)
    if len(written) + 1 == len(right):
        place = _left_out(right, written)
        return f"with a {right[place]} left out" if 0 <= place < len(right) - 1 and right[place].isdigit() else ""
    if len(written) == len(right) + 1:
        place = _left_out(written, right)
        doubled = place > 0 and written[place] in (written[place - 1], written[min(place + 1, len(written) - 1)])
        if 0 <= place < len(written) - 1 and written[place].isdigit():
            return f"with a {written[place]} {'twice' if doubled else 'too many'}"
    return ""


def _one_changed(written: str, right: str) -> str:
    places = [place for place, pair in enumerate(zip(written, right, strict=True)) if pair[0] != pair[1]]
    if len(places) != 1 or not (written[places[0]].isdigit() and right[places[0]].isdigit()):
        return ""
    (place,) = places
    change = f"{written[place]} in the place of {right[place]}"
    return f"the last digit {change}" if place == len(written) - 1 else f"with {change}"


def _left_out(longer: str, shorter: str) -> int:
    """Where one character of `longer` is to be left out to make `shorter`; -1 where none makes it."""
    place = next((index for index, letter in enumerate(shorter) if longer[index] != letter), len(shorter))
    return place if longer[:place] + longer[place + 1 :] == shorter else -1
