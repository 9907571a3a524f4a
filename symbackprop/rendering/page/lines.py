"""A document line by line, what is said of each in the margin, its claims marked where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from symbackprop.auditing.report import Judged, Verdict
from symbackprop.rendering.audit_findings import pointed, reason
from symbackprop.rendering.page.elements import Content, Element, element
from symbackprop.rendering.page.paper import Paper

LINES = 1_500  # of a longer document those with claims and those beside them are shown; without claims, so many
LONGEST = 1_000  # characters of a line that are shown
SIGNS = {
    Verdict.WRONG: "✗", Verdict.INHERITED: "↳", Verdict.UNREAD: "…", Verdict.UNDECIDED: "?", Verdict.CARRIED: "≈",
    Verdict.CORRECT: "✓",
}  # fmt: skip
"""The sign of each verdict, the gravest first."""

_GRAVITY = list(SIGNS)


def document_table(paper: Paper) -> Element:
    """The lines of the document, the claims in them marked."""
    claims: dict[int, list[Judged]] = {}
    for claim in paper.audit.claims:
        claims.setdefault(paper.line(claim), []).append(claim)
    rows: list[Element] = []
    count = len(paper.audit.source.starts)
    for before, line in pairwise([0, *_shown(count, claims), count + 1]):
        if line > before + 1:
            rows.append(element("tr", element("td", "⋮", colspan="3"), class_="gap"))
        if line <= count:
            rows.append(_row(paper, line, claims.get(line, [])))
    return element("table", element("tbody", rows), class_="document")


def badge(verdict: Verdict) -> Element:
    """A verdict with its sign."""
    return element("span", f"{SIGNS[verdict]} {verdict}", class_=f"badge {verdict}")


def _shown(count: int, claims: Mapping[int, object]) -> Sequence[int]:
    if count <= LINES or not claims:
        return range(1, min(count, LINES) + 1)
    return sorted({near for line in claims for near in (line - 1, line, line + 1) if 1 <= near <= count})


def _row(paper: Paper, line: int, claims: Sequence[Judged]) -> Element:
    return element(
        "tr",
        element("td", str(line), class_="line"),
        element("td", _margin(paper, claims), class_="margin"),
        element("td", element("code", _text(paper, line, claims))),
        id=paper.identifier("line", line),
    )


def _margin(paper: Paper, claims: Sequence[Judged]) -> Content:
    if not claims:
        return None
    gravest = min(claims, key=lambda one: _GRAVITY.index(one.verdict))
    number = paper.number(gravest)
    shown = badge(gravest.verdict)
    return shown if number is None else element("a", shown, href=f"#{paper.identifier('finding', number)}")


def _text(paper: Paper, line: int, claims: Sequence[Judged]) -> Iterator[Content]:
    """The line, each claim that begins in it marked, as far as it stands in it; of claims in each other the gravest."""
    begin = paper.audit.source.starts[line - 1]
    text = paper.audit.source.line(line)
    position = 0
    for start, end, claim in _apart(paper, claims, begin, min(len(text), LONGEST)):
        yield text[position:start]
        yield element("mark", text[start:end], class_=claim.verdict, title=reason(claim) or None)
        position = end
    yield text[position:LONGEST] + ("…" if len(text) > LONGEST else "")


def _apart(paper: Paper, claims: Sequence[Judged], begin: int, length: int) -> list[tuple[int, int, Judged]]:
    """(start, end, claim) in the order of the line, without those that overlap a graver one."""
    kept: list[tuple[int, int, Judged]] = []
    for claim in sorted(claims, key=lambda one: _GRAVITY.index(one.verdict)):
        span = pointed(paper.audit, claim)
        start, end = span.start - begin, min(span.end - begin, length)
        if start < end and all(end <= first or last <= start for first, last, _ in kept):
            kept.append((start, end, claim))
    return sorted(kept, key=lambda mark: mark[0])
