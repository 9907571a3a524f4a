"""Audits as Markdown errata, as an editor of the document takes them in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.audit_findings import (
    correction,
    due,
    findings,
    inert,
    next_commands,
    reason,
    region,
    root_of,
    shortened,
    stated,
    summary_lines,
)
from symbackprop.rendering.escaping import markdown_text, visible


def document(audits: Sequence[Audit]) -> str:
    """The errata of each document: a table of root faults, the lines to change with them, and what is left open."""
    return "\n".join("".join(f"{line}\n" for line in _errata(audit)) for audit in audits)


def _errata(audit: Audit) -> Iterator[str]:
    yield f"# Errata: {_escaped(audit.source.name)}"
    yield ""
    found = findings(audit)
    if found:
        yield "| line | printed | should read | why |"
        yield "|---:|---|---|---|"
    for finding in found:
        claim = finding.claim
        printed, right = _as_code(_printed(claim)), _as_code(correction(audit, claim) or due(claim))
        cells = (str(_line(audit, claim)), printed, right, _escaped(_why(claim)))
        yield f"| {' | '.join(cells)} |"
    if found:
        yield ""
    yield from _listed("These lines follow from them and change with them:", audit, Verdict.INHERITED)
    yield from _listed("These could not be decided:", audit, Verdict.UNDECIDED)
    yield from _listed("These look like claims and could not be read:", audit, Verdict.UNREAD)
    yield _escaped("; ".join((*summary_lines(audit), *next_commands(audit)))) + "."


def _printed(claim: Judged) -> str:
    return claim.printed or shortened(inert(claim.text))


def _why(claim: Judged) -> str:
    return f"{reason(claim)} ({claim.cause})" if claim.cause else reason(claim)


def _line(audit: Audit, claim: Judged) -> int:
    return region(audit, claim.span).line


def _listed(title: str, audit: Audit, verdict: Verdict) -> Iterator[str]:
    claims = [claim for claim in audit.claims if claim.verdict is verdict]
    if not claims:
        return
    yield title
    yield ""
    for claim in claims:
        yield f"- line {_line(audit, claim)}: {_escaped(_remark(audit, claim))}"
    yield ""


def _remark(audit: Audit, claim: Judged) -> str:
    if claim.verdict is not Verdict.INHERITED:
        return f"{stated(claim)}: {claim.message}"
    root = root_of(audit, claim)
    parts = [
        stated(claim),
        f"due {due(claim)}" if claim.exact else "",
        f"from line {_line(audit, audit.claims[root])}" if root is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def _escaped(text: str) -> str:
    return visible(markdown_text(text))


def _as_code(text: str) -> str:
    """A code span of a table cell: in it, every mark stands as it is written."""
    shown = visible(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    apart = " " if shown[:1] in ("`", " ") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{apart}{shown.replace('|', chr(92) + '|')}{apart}{fence}" if shown.strip() else "—"
