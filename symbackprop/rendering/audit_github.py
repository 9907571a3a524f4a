"""An audit as GitHub's workflow commands: an annotation for each fault, at its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbackprop.auditing.report import Audit, Judged
from symbackprop.rendering.audit_findings import (
    correction,
    due,
    findings,
    inert,
    next_commands,
    place,
    reason,
    region,
    stated,
    summary_lines,
    unrooted,
)


def document(audits: Sequence[Audit]) -> str:
    """An error for each root fault, a notice for each claim that inherits one, and the summary of each document."""
    return "".join(f"{line}\n" for audit in audits for line in _lines(audit))


def _lines(audit: Audit) -> Iterator[str]:
    for finding in findings(audit):
        claim = finding.claim
        title = f"wrong ({claim.cause})" if claim.cause else "wrong"
        yield _annotation("error", audit, claim, title, _message(audit, claim))
        for heir in finding.heirs:
            message = f"{stated(heir)} inherits the fault at {place(audit, claim.span)}"
            yield _annotation("notice", audit, heir, "inherited", message)
    for claim in unrooted(audit):
        yield _annotation("notice", audit, claim, "inherited", _message(audit, claim))
    # Not at the beginning of a line: there, what a file is called might be a command.
    said = "; ".join((*summary_lines(audit), *next_commands(audit)))
    yield f"symbackprop: {inert(audit.source.name)}: {said}"


def _message(audit: Audit, claim: Judged) -> str:
    lines = [
        stated(claim) + (f", due {due(claim)}" if claim.exact else ""),
        reason(claim),
        f"should read: {correction(audit, claim)}" if claim.corrected else "",
    ]
    return "\n".join(line for line in lines if line)


def _annotation(level: str, audit: Audit, claim: Judged, title: str, message: str) -> str:
    where = region(audit, claim.span)
    properties = {"file": inert(audit.source.name), "line": where.line, "endLine": where.end_line, "col": where.column}
    if where.end_line == where.line:  # GitHub takes an end column within one line only
        properties["endColumn"] = where.end_column
    properties["title"] = inert(title)
    return (
        f"::{level} {','.join(f'{key}={_property(str(value))}' for key, value in properties.items())}::{_data(message)}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
