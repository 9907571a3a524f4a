"""Audits as JUnit XML: a test suite for each document, a test case for each claim."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.audit_findings import (
    correction,
    due,
    inert,
    place,
    reason,
    region,
    root_of,
    shortened,
    stated,
    summary,
)

FAILED = (Verdict.WRONG, Verdict.INHERITED)
WIDEST = 200  # characters of a claim as written
SKIPPED = (Verdict.UNDECIDED, Verdict.UNREAD)


def document(audits: Sequence[Audit]) -> str:
    """A claim passes that is correct or carried, fails that is wrong or inherited, and else is skipped."""
    suites = ElementTree.Element("testsuites", {"name": "symbackprop", **_counts(audits)})
    for audit in audits:
        name = inert(audit.source.name)
        suite = ElementTree.SubElement(suites, "testsuite", {"name": name, **_counts([audit])})
        for claim in audit.claims:
            _case(suite, audit, claim)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _counts(audits: Sequence[Audit]) -> dict[str, str]:
    counts = [summary(audit) for audit in audits]

    def total(*keys: str) -> str:
        return str(sum(count[key] for count in counts for key in keys))

    return {"tests": total("total"), "failures": total(*FAILED), "errors": "0", "skipped": total(*SKIPPED)}


def _case(suite: ElementTree.Element, audit: Audit, claim: Judged) -> None:
    where = region(audit, claim.span)
    name = f"{where.line}:{where.column} {stated(claim)}"
    attributes = {"classname": inert(audit.source.name), "name": name, "file": inert(audit.source.name)}
    case = ElementTree.SubElement(suite, "testcase", attributes | {"line": str(where.line)})
    if claim.verdict in FAILED:
        kind = inert(claim.cause) or claim.verdict.value
        failure = ElementTree.SubElement(case, "failure", {"message": reason(claim), "type": kind})
        failure.text = _details(audit, claim)
    elif claim.verdict in SKIPPED:
        ElementTree.SubElement(case, "skipped", {"message": f"{claim.verdict}: {inert(claim.message)}"})


def _details(audit: Audit, claim: Judged) -> str:
    root = root_of(audit, claim) if claim.verdict is Verdict.INHERITED else None
    lines = [
        f"{place(audit, claim.span)}: {shortened(inert(claim.text), WIDEST)}",
        f"printed {inert(claim.printed)}" if claim.printed else "",
        f"due {due(claim)}" if claim.exact else "",
        f"should read: {correction(audit, claim)}" if claim.corrected else "",
        f"inherited from {place(audit, audit.claims[root].span)}" if root is not None else "",
    ]
    return "\n".join(line for line in lines if line)
