"""Numbers that stand in a sentence: what they are said to be is told by the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.meant import FALLS, OUTPUT, costs_of, meant
from symbackprop.auditing.judging.numbers import BEYOND, WIDEST, Signed, as_written, is_extreme, results
from symbackprop.auditing.mathematics.statements import Mention
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import NoValueError, ball
from symbackprop.evaluation.enclosure import Ball

COARSE = Fraction(1, 1000)  # the last place of a number that may mean one of several by being near it
NEARLY = 2  # units of the last place that rounding over several updates may make
TELLING = 3  # significant digits that a contradiction of the document with itself takes
NEAR = Fraction(1, 50)  # of a quantity: how near a number has to be for the words to mean that one of several

_COUNT = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,7})\s*(?:\w+\s)?(?:times|iterations?|steps|epochs?|updates?|rounds|runs|repetitions|passes)\b",
    re.IGNORECASE,
)
_AFTER_COUNT = re.compile(
    r"\bafter\s+(\d{1,3}(?:,\d{3})+|\d{1,7})\s+(?:\w+\s)?(?:iterations?|steps|epochs?|updates?|rounds)(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)
_ONCE = r"after\s+(?:(?:the|this|that|one|a|first|single)\s+){0,3}(?:update|step|iteration|round|epoch)\b"
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
_ORDINAL = re.compile(
    rf"\bafter\s+(?:the\s+|this\s+|a\s+)?({'|'.join(_ORDINALS)})\s+(?:\w+\s+)?(?:update|step|iteration|round|epoch|pass)\b",
    re.IGNORECASE,
)
_SOME_TIME = re.compile(
    r"\bafter\s+(?:the\s+)?(?:another|next|last|more|several|many|all|some|a few|each|every|further|training)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]\s|[。！？]")
_ONE = re.compile(_ONCE, re.IGNORECASE)
_ONE_BEFORE = re.compile(_ONCE + r"(?:\W+\w+){0,4}\W*$", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:original(?:ly)?|initial(?:ly)?|at first|to begin with|in the beginning)\b", re.IGNORECASE)
_FALLING = re.compile(rf"(?:\b(?:{FALLS})|降到|降至|降低到|下降到|减小到)\W*\Z", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|below|above|under|over|versus|vs\.?|compared (?:to|with))\s*\Z", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:originally|initial(?:ly)?|at first|before|from|was)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:after|now|down to|reduces? to|reduced to|decreases? to|drops? to|falls? to|to|updated?|new)\b|→|->|⟶",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phase:
    """After how many updates a sentence speaks; `said` where it says so."""

    after: int
    said: bool


def judge_mention(context: Context, mention: Mention, phase: Phase) -> list[Draft]:
    """The verdicts on a number, or on each of a list of numbers, that stands in a sentence."""
    printed = results(mention.value)
    if printed is None:
        return []
    entries = [entry for row in printed for entry in row]
    if is_extreme(mention.value):
        return [_undecided(entry, BEYOND) for entry in entries]
    if context.truth is None:
        return [_undecided(entry, "there is no network to compare it with") for entry in entries]
    spoken_of = meant(context, context.truth, mention, len(entries))
    context.spoken = spoken_of[0] if len(spoken_of) == 1 else None
    if len(entries) > 1 and len(spoken_of) == len(entries):
        pairs = zip(entries, spoken_of, strict=True)
        drafts = [_compared(context, mention, entry, [quantity], phase) for entry, quantity in pairs]
        near = all(
            draft.exact is None or _is_near(entry, draft.exact) for entry, draft in zip(entries, drafts, strict=True)
        )
        if near or OUTPUT.search(mention.before) or not any(draft.verdict is Verdict.WRONG for draft in drafts):
            return drafts
        return [_compared(context, mention, entry, (), phase) for entry in entries]
    return [_compared(context, mention, entry, spoken_of, phase) for entry in entries]


def phase_of(context: Context, mention: Mention, known: Phase) -> Phase:
    """The phase that the words around a mention speak of; what was said last, where they say nothing.

    What something is less than is of no time that is said.
    """
    if _THAN.search(mention.before):
        return replace(known, said=False)
    clause = re.split(r"[.,;](?=\s|$)", mention.after, maxsplit=1)[0]
    counts = _COUNT.findall(mention.before) or _COUNT.findall(clause)
    if counts:
        return Phase(int(counts[-1].replace(",", "")), said=True)
    if ordinals := _ORDINAL.findall(mention.before) or _ORDINAL.findall(clause):
        return Phase(_ORDINALS[ordinals[-1].lower()], said=True)
    if _SOME_TIME.search(mention.before) or _SOME_TIME.search(clause):
        return replace(known, said=False)
    before = [match.start() for match in _BEFORE.finditer(mention.before)]
    after = [match.start() for match in _AFTER.finditer(mention.before)]
    if not before and not after:
        return known
    if after and (not before or after[-1] > before[-1]):
        told = bool(context.latest) or _ONE.search(mention.before) is not None
        told = told and _SENTENCE.search(mention.before, after[-1]) is None
        return Phase(max(1, known.after), said=told)
    return Phase(0, said=True)


def said(before: str, after: str) -> int | None:
    """After how many updates the words around a chain say that it holds; None where they say nothing."""
    counts = _COUNT.findall(after) if after.lstrip(" ,.(").lower().startswith("after") else ()
    counts = counts or [match[1] for match in [_AFTER_COUNT.search(before)] if match]
    if counts:
        return int(counts[0].replace(",", ""))
    return 1 if _ONE.match(after.lstrip(" ,.(")) or _ONE_BEFORE.search(before) else None


def _compared(context: Context, mention: Mention, entry: Signed, said_of: Sequence[Quantity], phase: Phase) -> Draft:
    assert context.truth is not None
    if entry.unit >= 1:
        return _undecided(entry, "a whole number says too little of what it is")
    tried = _worth(context, said_of, phase)
    for quantity, exact in tried:
        if entry.holds(exact) is not False:
            return Draft(entry.span, Verdict.CORRECT, f"it is {quantity.name}", entry, quantity, exact)
    if entry.value in context.leaves:
        return Draft(entry.span, Verdict.CORRECT, "it is a given number", entry, context.leaves[entry.value][0])
    for quantity, exact in tried:
        if (reason := _rounding(context, entry, quantity, exact)) is not None:
            return Draft(entry.span, Verdict.CARRIED, reason, entry, quantity, exact)
    if (contradicted := _contradicted(context, mention, entry, said_of)) is not None:
        return contradicted
    near = [(quantity, exact) for quantity, exact in tried if _is_near(entry, exact)]
    if phase.said and tried and (len(said_of) == 1 or said_of == costs_of(context.truth)):
        nearest = min(tried, key=lambda one: float(abs(one[1] - ball(entry.value)).mid()))
        return _not_exact(context, entry, *nearest, doubtful=not near)
    if len(near) != 1 or entry.unit > COARSE:
        return _undecided(entry, "what it is printed for is not said")
    return _not_exact(context, entry, *near[0], doubtful=True)


def _worth(context: Context, meant: Sequence[Quantity], phase: Phase) -> list[tuple[Quantity, Ball]]:
    """The quantities that may be meant, at the times that may be meant, with their exact values."""
    phases = dict.fromkeys([phase.after] if phase.said else [phase.after, *range(context.latest + 1)])
    found = []
    for after, quantity in product(phases, meant):
        with suppress(NoValueError):
            found.append((replace(quantity, after=after), context.exact(replace(quantity, after=after))))
    return found


def _rounding(context: Context, entry: Signed, quantity: Quantity, exact: Ball) -> str | None:
    """Which rounding makes the number from the exact value; None where none does."""
    if entry.cuts(exact):
        return "it is the exact value, cut off after the last place"
    if context.is_by_hand(quantity):
        made, _ = context.carried(quantity)
        if made.overlaps(entry.ball) and made.rad() <= WIDEST * ball(entry.unit):
            return "it follows from the rounded numbers before it"
    return None


def _not_exact(context: Context, entry: Signed, quantity: Quantity, exact: Ball, *, doubtful: bool) -> Draft:
    """A number that is none of the right ones: does it follow from what is wrong before it, or is it wrong itself."""
    assert context.truth is not None
    made, blamed = context.carried(quantity, faults=True) if context.is_by_hand(quantity) else (None, frozenset())
    if made is not None and blamed and made.overlaps(entry.ball):
        text = "it follows from what is wrong before it"
        return Draft(entry.span, Verdict.INHERITED, text, entry, quantity, exact, blamed=blamed)
    if context.rests_on_own_rule(quantity):
        return _undecided(entry, f"the updates go by {context.own_rule}, which is no quantity of the network")
    if abs(exact - ball(entry.value)) <= NEARLY * ball(entry.unit):
        return _undecided(entry, "rounding that is not shown may make as much of a difference")
    right = as_written(exact, entry)
    case = Case(
        context.truth,
        entry.number,
        entry.value,
        entry.unit,
        quantity,
        exact,
        after=quantity.after,
        carried=context.ledger.last(),
    )
    return Draft(
        entry.span,
        Verdict.WRONG,
        f"{quantity.name} is {right}" + _after(quantity.after),
        entry,
        quantity,
        exact,
        cases=(case,),
        doubtful=doubtful,
        repairs=((entry.span, right),),
    )


def _after(updates: int) -> str:
    return "" if not updates else " after 1 update" if updates == 1 else f" after {updates} updates"


def _contradicted(context: Context, mention: Mention, entry: Signed, meant: Sequence[Quantity]) -> Draft | None:
    """A draft where a sentence says otherwise of the beginning than the document has worked out.

    It may say that something falls to more than that.
    """
    if len(meant) != 1 or entry.significant < TELLING:
        return None
    if _FIRST.search(mention.before) and _is_worked_out(context, meant[0]):
        exact = context.exact(meant[0])
        told = f"here it says {entry.text}" if not entry.ball.overlaps(exact) else ""
    elif _FALLING.search(mention.before) and _is_printed(context, replace(meant[0], after=0)):
        exact = context.exact(replace(meant[0], after=0))
        told = f"it cannot fall to {entry.text}" if entry.ball > exact else ""
    else:
        return None
    if not told:
        return None
    right = as_written(exact, entry)
    sentence = f"By what the document works out {meant[0].name} is {right} at the beginning; {told}."
    return Draft(
        entry.span,
        Verdict.WRONG,
        f"{meant[0].name} is {right} at the beginning",
        entry,
        meant[0],
        exact,
        told=(Explanation("inconsistent-setup", entry.significant, sentence),),
        repairs=((entry.span, right),) if _FIRST.search(mention.before) else (),
    )


def _is_printed(context: Context, quantity: Quantity) -> bool:
    """Whether the document has a right number for a quantity, or for one that is always worth the same."""
    alike = context.alike.of(quantity.name)
    prints = (one for name in alike for one in context.ledger.of(replace(quantity, name=name)))
    return any(one.good and one.exact is not None for one in prints)


def _is_worked_out(context: Context, quantity: Quantity) -> bool:
    """Whether the document has a right number for a quantity, or for all that it is worked out from."""
    assert context.truth is not None
    graph = context.truth.problem.graph
    waiting, seen = [quantity.name], {quantity.name}
    while waiting:
        name = waiting.pop()
        if _is_printed(context, Quantity(name)):
            continue
        uses = [use for use in graph.by_name[name].uses if use in graph.by_name] if name in graph.by_name else []
        if not uses:
            return False
        waiting += [use for use in uses if use not in seen]
        seen.update(uses)
    return True


def _is_near(entry: Signed, exact: Ball) -> bool:
    return bool(abs(exact - ball(entry.value)) <= abs(exact) * ball(NEAR))


def _undecided(entry: Signed, text: str) -> Draft:
    return Draft(entry.span, Verdict.UNDECIDED, text, entry)
