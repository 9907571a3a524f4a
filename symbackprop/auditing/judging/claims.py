"""A draft as the audit says it: with its causes, what it should read, and the numbers that prove it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symbackprop.auditing.causes.search import Search
from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.numbers import digits
from symbackprop.auditing.judging.rewriting import rewritten
from symbackprop.auditing.report import Explanation, Interval, Judged, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.evaluation.enclosure import bounds

CAUSES = 5
LAST_RESORTS = ("arithmetic", "wrong-constant", "inconsistent-setup")
SIGNS = ("=", "≈", "≃", "\\approx", "\\simeq")  # between the parts of a chain
_COMMA = re.compile(r"[-−–]?\s*\d+,\d+")
_OPERATOR = re.compile(r"(?:[-+−–*×·⋅/]|\\times|\\cdot)\s*\Z")  # behind which a minus takes brackets


def claimed(source: Source, context: Context, search: Search, draft: Draft, root: int | None) -> Judged:
    """What the audit says of a draft; `root` is the claim before it that is at fault, where it inherits from one."""
    explanations = _explained(draft, search)
    verdict, message = draft.verdict, draft.message
    if verdict is Verdict.WRONG and draft.doubtful and not _decisive(explanations, guessed=draft.guessed):
        verdict, explanations = Verdict.UNDECIDED, ()
        message = f"{message}; but it is not sure that this is what is meant"
    quantity = draft.quantity
    blamed = sorted(index for index in draft.blamed if index >= 0)
    return Judged(
        span=draft.span,
        text=source.text[draft.span.start : draft.span.end],
        verdict=verdict,
        message=message,
        quantity=quantity.name if isinstance(quantity, Quantity) else quantity,
        after=quantity.after if isinstance(quantity, Quantity) else 0,
        printed=draft.result.text if draft.result is not None else "",
        exact=digits(draft.exact) if draft.exact is not None else "",
        from_printed=_made(draft),
        explanations=explanations,
        root=(blamed[0] if blamed else root) if verdict is Verdict.INHERITED else None,
        corrected=_corrected(source, context, draft, explanations) if verdict is Verdict.WRONG else "",
        evidence=tuple(_evidence(draft)),
    )


def _explained(draft: Draft, search: Search) -> tuple[Explanation, ...]:
    if draft.verdict is not Verdict.WRONG:
        return ()
    found = {explanation.cause: explanation for explanation in draft.told}
    for case in draft.cases:
        for explanation in search.explain(case):
            found.setdefault(explanation.cause, explanation)
    return tuple(found.values())[:CAUSES]


def _corrected(source: Source, context: Context, draft: Draft, explanations: Sequence[Explanation]) -> str:
    """The line as it should read; "" where that takes changes on several lines, or none is known."""
    changes: Sequence[tuple[Span, str]] = draft.repairs
    if not changes and draft.formula is not None and explanations and (right := explanations[0].right) is not None:
        names = context.names
        spelt = names.spelt if names is not None else lambda _: None
        changes = rewritten(source.text, draft.formula, right, spelt)
    left_out = [(_from_sign_to_sign(source.text, draft.needless), "")] if changes and draft.needless else []
    repairs = sorted([*changes, *left_out], key=lambda repair: repair[0].start, reverse=True)
    lines = {source.place(place)[0] for span, _ in repairs for place in (span.start, span.end)}
    if len(lines) != 1:
        return ""
    (line,) = lines
    text = source.line(line)
    for span, written in repairs:
        first = span.start - source.starts[line - 1]
        if _COMMA.fullmatch(text[first : first + span.end - span.start]):
            written = written.replace(".", ",")
        written = f"({written})" if written.startswith("-") and _OPERATOR.search(text[:first]) else written
        text = text[:first] + written + text[first + span.end - span.start :]
    return text


def _from_sign_to_sign(text: str, between: Span) -> Span:
    """What begins with the sign before a part of a chain, and ends before the sign in front of another part."""
    start, end = (max(text.rfind(sign, 0, place) for sign in SIGNS) for place in (between.start, between.end))
    return Span(start, end)


def _made(draft: Draft) -> str:
    """What the numbers put in make, as they are printed where that is known."""
    value = draft.literal if draft.literal is not None else draft.from_printed
    return digits(value) if value is not None else ""


def _decisive(explanations: Sequence[Explanation], *, guessed: bool) -> bool:
    """Whether some cause other than a last resort makes the printed digits."""
    resorts = (*LAST_RESORTS, "wrong-quantity") if guessed else LAST_RESORTS
    return any(explanation.cause not in resorts for explanation in explanations)


def _evidence(draft: Draft) -> list[Interval]:
    found = []
    if draft.result is not None:
        low, high = draft.result.value - draft.result.unit / 2, draft.result.value + draft.result.unit / 2
        found.append(Interval("printed", low, high))
    for what, value in (("exact", draft.exact), ("from printed", draft.from_printed)):
        if value is not None and hasattr(value, "rad"):
            found.append(Interval(what, *bounds(value)))
    return found
