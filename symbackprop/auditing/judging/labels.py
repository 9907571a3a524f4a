"""Labels that are the number of a unit: where there is no such unit, the numbers put in tell which one is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.numbers import Signed, is_result, signed
from symbackprop.auditing.judging.view import NOW
from symbackprop.auditing.mathematics.alignment import is_numeric
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, Node, Number, walk
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import NoValueError

ROWS = 2  # that bear the number of the unit they are about, before one that does not
SIGNIFICANT = 2  # digits of a number that tells what it is

Labelled = tuple[str, Quantity]
"""(the index of a unit, a quantity there)."""


def with_label(context: Context, chain: Chain, drafts: list[Draft]) -> list[Draft]:
    """The drafts on a chain, with a finding where its label is the number of no unit: in its name, or beside a row."""
    value = signed(chain.members[-1])
    if context.names is None or value is None or any(draft.verdict is Verdict.WRONG for draft in drafts):
        return drafts
    head, worked = chain.members[0], chain.members[:-1]
    if isinstance(head, Name):
        worked = worked[1:]
        known = any(reading.rows for reading in context.readings(head, NOW))
        if known or not _is_worked_out(context, worked, value):
            return drafts
        beside = list(context.names.beside(head))
        printed = any(one.good for _, quantity in beside for one in context.ledger.of(quantity))
        found = _fitting(context, value, beside)
        span = head.span if head.span.start < head.span.end else worked[0].span
        return _found(drafts, head.text, span, value, found) if printed and len(found) == 1 else drafts
    if len(chain.cells) != 1 or not chain.cells[0].isdecimal() or not _is_worked_out(context, worked, value):
        return drafts
    return _of_row(context, chain.cells[0], worked[0].span, value, drafts)


def _of_row(context: Context, label: str, span: Span, value: Signed, drafts: list[Draft]) -> list[Draft]:
    """A row of a table without heads, whose first cell is the number of a unit, as other rows have shown."""
    assert context.names is not None
    last, context.labels = context.labels, (*context.labels, label)
    own = list(context.names.at_unit(label))
    if own:
        found = _fitting(context, value, own)
        context.fitting.append(bool(found))
        return _about(drafts, value, found[0][1]) if found else drafts
    found = _fitting(context, value, context.names.at_units())
    counted = bool(last) and int(label) == int(last[-1]) + 1  # rows that are numbered one after another
    if counted or len(found) != 1 or len(context.fitting) < ROWS or not all(context.fitting):
        return drafts
    return _found(drafts, label, span, value, found)


def _is_worked_out(context: Context, worked: Iterable[Node], value: Signed) -> bool:
    """Whether a number of some digits stands behind numbers put in, all of which are given, printed, or of a unit."""
    members = [member for member in worked if is_numeric(member) and not is_result(member)]
    decimals = [part for member in members for part in walk(member) if isinstance(part, Number) and part.unit < 1]
    if not members or len(decimals) < 2 or value.significant < SIGNIFICANT:
        return False
    return all(_is_known(context, number) for number in decimals)


def _is_known(context: Context, number: Number) -> bool:
    assert context.names is not None
    if number.value in context.leaves or context.ledger.worth(number.value):
        return True
    printed = Signed(number.value, number.unit, number.span, number)
    return bool(_fitting(context, printed, context.names.at_units()))


def _fitting(context: Context, value: Signed, labelled: Iterable[Labelled]) -> list[Labelled]:
    """The quantities that a printed number may be that of, each once."""
    found: dict[Quantity, str] = {}
    for label, quantity in labelled:
        try:
            fits = value.ball.overlaps(context.exact(quantity)) or value.ball.overlaps(context.carried(quantity)[0])
        except NoValueError:
            continue
        if fits:
            found.setdefault(quantity, label)
    return [(label, quantity) for quantity, label in found.items()]


def _about(drafts: list[Draft], value: Signed, quantity: Quantity) -> list[Draft]:
    """The drafts, that on the printed number being about a quantity."""
    return [replace(draft, quantity=quantity) if draft.result == value else draft for draft in drafts]


def _found(drafts: list[Draft], label: str, span: Span, value: Signed, found: list[Labelled]) -> list[Draft]:
    ((right, quantity),) = found
    text = (
        f"{label} stands where {right} belongs: the numbers put in, and what they make, are those of {quantity.name}."
    )
    told = Explanation("typo", value.significant, text)
    message = f"there is no {label}; by the numbers put in, {right} is meant"
    wrong = Draft(span, Verdict.WRONG, message, quantity=quantity, told=(told,))
    about = [
        replace(draft, verdict=Verdict.CORRECT, message=f"it is that of {right}", quantity=quantity)
        if draft.result == value
        else draft
        for draft in drafts
    ]
    return [wrong, *about]
