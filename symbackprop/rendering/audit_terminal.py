"""An audit for a terminal: each root fault with its line, a caret, what is printed, what is due and why."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.audit_findings import (
    Finding,
    correction,
    due,
    few_digits,
    findings,
    inert,
    named,
    next_commands,
    place,
    pointed,
    region,
    root_of,
    stated,
    summary_lines,
    unrooted,
)
from symbackprop.rendering.escaping import visible

COLUMNS = 100  # of a line of prose, and of the window that is shown of a line of the document
LABEL = 14  # columns of what a value is

Paint = Callable[[str, str], str]
"""Gives a text the colour of its role: fault, heir, margin, corrected or heading."""


def plain(role: str, text: str) -> str:  # noqa: ARG001 - a paint takes the role
    """`text` without colour."""
    return text


def document(audits: Sequence[Audit], paint: Paint = plain) -> str:
    """What is said of each document, one after another."""
    return "\n".join("".join(f"{line.rstrip()}\n" for line in _audit(audit, paint)) for audit in audits)


def finding_text(audit: Audit, finding: Finding) -> str:
    """What is said of one root fault, or of one claim that inherits a fault."""
    return "\n".join(line.rstrip() for line in _finding(audit, finding, plain))


def _audit(audit: Audit, paint: Paint) -> Iterator[str]:
    for finding in findings(audit):
        yield from _finding(audit, finding, paint)
        yield ""
    for claim in unrooted(audit):
        yield from _finding(audit, Finding(claim, ()), paint)
        yield ""
    yield from _grouped(audit, Verdict.UNDECIDED, paint)
    yield from _grouped(audit, Verdict.UNREAD, paint)
    first, *others = summary_lines(audit)
    yield paint("heading", f"{inert(audit.source.name)}: {first}")
    for line in (*others, *next_commands(audit)):
        yield from _wrapped(line, "  ")


def _finding(audit: Audit, finding: Finding, paint: Paint) -> Iterator[str]:
    claim = finding.claim
    span = pointed(audit, claim)
    cause = f" ({inert(claim.cause)})" if claim.cause else ""
    yield paint("heading", f"{place(audit, span)}: ") + paint("fault", f"{claim.verdict}{cause}")
    yield from _excerpt(audit, claim, paint)
    for label, value in _values(claim):
        yield f"  {label.ljust(LABEL)} {value}"
    yield from _labelled("why", claim.message)
    for index, explanation in enumerate(claim.explanations):
        yield from _labelled("or" if index else "cause", f"{explanation.cause}: {explanation.sentence}")
    if claim.verdict is Verdict.WRONG and not claim.explanations:
        yield from _labelled("cause", "no explanation found")
    if claim.corrected:
        yield f"  {'should read'.ljust(LABEL)} {paint('corrected', correction(audit, claim))}"
    if claim.verdict is Verdict.INHERITED and (root := root_of(audit, claim)) is not None:
        yield f"  inherited from {place(audit, pointed(audit, audit.claims[root]))}"
    if finding.heirs:
        yield f"  inherited by {len(finding.heirs)}:"
    for heir in finding.heirs:
        wanted = f", due {due(heir)}" if heir.exact else ""
        yield paint("heir", f"    {place(audit, pointed(audit, heir))}: {stated(heir)}{wanted}")


def _values(claim: Judged) -> Iterator[tuple[str, str]]:
    """(what it is, the number) for each value that is known of a claim."""
    if quantity := named(claim):
        yield "quantity", quantity
    if claim.printed:
        yield "printed", inert(claim.printed)
    if claim.exact:
        yield "due", inert(due(claim))
    if claim.from_printed and claim.from_printed != claim.exact:
        yield "numbers make", inert(few_digits(claim.from_printed, claim.printed))


def _labelled(label: str, sentence: str) -> Iterator[str]:
    start = f"  {label.ljust(LABEL)} "
    yield from textwrap.wrap(
        inert(sentence),
        COLUMNS,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a line, and the columns of it that a caret stands under."""

    text: str
    indent: int
    width: int


def excerpt(line: str, start: int, end: int) -> Excerpt:
    """The part of `line` around [start, end) that a window has room for, nothing in it but what can be seen.

    >>> excerpt("a = 0.50, b = 0.61", 14, 18)
    Excerpt(text='a = 0.50, b = 0.61', indent=14, width=4)
    """
    end = max(end, start + 1)
    before = max((COLUMNS - (end - start)) // 2, 10)
    first = max(0, min(start - before, len(line) - COLUMNS))
    last = first + COLUMNS
    left, right = "…" if first else "", "…" if last < len(line) else ""
    shown, marked = visible(line[first:last]), visible(line[start : min(end, last)])
    indent = cell_len(left) + cell_len(shown[: start - first])
    return Excerpt(left + shown + right, indent, max(cell_len(marked), 1))


def _excerpt(audit: Audit, claim: Judged, paint: Paint) -> Iterator[str]:
    """The line of a claim as written, with carets below the printed number; of a long claim, its first line."""
    where = region(audit, pointed(audit, claim))
    line = audit.source.line(where.line)
    end = where.end_column - 1 if where.end_line == where.line else len(line)
    shown = excerpt(line, where.column - 1, end)
    number = str(where.line)
    empty = paint("margin", " " * len(number) + " |")
    yield empty
    yield paint("margin", f"{number} |") + f" {shown.text}"
    yield f"{empty} {' ' * shown.indent}" + paint("fault", "^" * shown.width)


def _grouped(audit: Audit, verdict: Verdict, paint: Paint) -> Iterator[str]:
    """The claims of a verdict in short, those for the same reason together."""
    groups: dict[str, list[Judged]] = {}
    for claim in audit.claims:
        if claim.verdict is verdict:
            groups.setdefault(inert(claim.message), []).append(claim)
    if not groups:
        return
    yield paint("heading", f"{verdict}: {audit.count(verdict)}")
    for reason, claims in groups.items():
        yield from _wrapped(reason or "no reason is known", "  ")
        for claim in claims:
            yield f"    {place(audit, claim.span)}: {stated(claim)}"
    yield ""


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, COLUMNS, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
