"""What should stand in the place of a wrong result, and of the numbers put in that lead to it."""

from __future__ import annotations

from collections.abc import Sequence

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.compared import Entry
from symbackprop.auditing.judging.numbers import as_written
from symbackprop.auditing.mathematics.tree import Node, walk
from symbackprop.evaluation.enclosure import Ball


def repairs(entry: Entry, due: Ball) -> tuple[tuple[Span, str], ...]:
    """The result as it should be, behind the numbers that are put in; none where nobody knows what is wrong with these.

    Behind numbers that are right it is what they make; where some are at fault, these are put right too.
    """
    written = entry.printed
    if entry.literal is None:
        return ((written.span, as_written(due, written)),)
    if entry.made is not None and entry.made.overlaps(due):
        return ((written.span, as_written(entry.literal, written)),)
    repaired, _ = _put_right(entry)
    return (*repaired, (written.span, as_written(due, written))) if repaired else ()


def _put_right(entry: Entry) -> tuple[tuple[tuple[Span, str], ...], Sequence[Node]]:
    """(how the first expression with numbers at fault is put right, the expressions that go on from it)."""
    repaired = tuple(repair for draft in entry.before.accused for repair in draft.repairs)
    for place, expression in enumerate(entry.before.expressions):
        spans = {part.span for part in walk(expression)}
        if own := tuple(repair for repair in repaired if repair[0] in spans):
            return own, entry.before.expressions[place + 1 :]
    return (), ()


def needless(entry: Entry, due: Ball) -> Span | None:
    """What goes on from numbers that are put right, up to the result; None where nothing does."""
    if entry.literal is None or (entry.made is not None and entry.made.overlaps(due)):
        return None
    _, behind = _put_right(entry)
    return Span(behind[0].span.start, entry.printed.span.start) if behind else None
