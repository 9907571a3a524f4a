"""A printed number that is accused: the ways to look for its cause, and what should stand in its place."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.judging.compared import Entry
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.due import needless, repairs
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.report import Verdict
from symbackprop.auditing.values import ball
from symbackprop.evaluation.enclosure import Ball


def wrong(entry: Entry, due: Ball, text: str, cases: tuple[Case, ...] = (), *, doubtful: bool = False) -> Draft:
    """An accusation of a number, with what is due in its place."""
    line, printed = entry.line, entry.printed
    case = line.case(printed.number, expression=entry.before.expression, formula=entry.before.formula)
    case = replace(case, printed=printed.value, unit=printed.unit, due=due, quantity=entry.quantity)
    return replace(
        entry.draft,
        verdict=Verdict.WRONG,
        message=text,
        cases=(*cases, case),
        doubtful=doubtful or line.subject.strength is Strength.GUESSED or _is_restated(entry),
        guessed=line.subject.strength is Strength.GUESSED and entry.before.expression is None,
        repairs=repairs(entry, due),
        needless=needless(entry, due),
    )


def _is_restated(entry: Entry) -> bool:
    """Whether the quantity was printed otherwise before, and what came between could not be read or has no name."""
    context = entry.line.context
    if entry.quantity is None or context.truth is None or (context.truth.problem.training and not context.unread):
        return False
    return any(
        one.good and not entry.printed.ball.contains(ball(one.value)) for one in context.ledger.of(entry.quantity)
    )
