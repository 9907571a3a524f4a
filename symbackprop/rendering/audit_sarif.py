"""Audits as SARIF 2.1.0: one run, an artifact for each document, a rule for each cause."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from symbackprop import __version__
from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.audit_findings import correction, due, reason, region, root_of, stated, summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
UNEXPLAINED, INHERITED = "unexplained", "inherited"
_OTHER_RULES = {
    UNEXPLAINED: "A fault whose cause was not found",
    INHERITED: "A line that follows from an earlier one that is wrong",
}


def document(audits: Sequence[Audit]) -> str:
    """Root faults are errors; what inherits one is a note that is related to it."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(audits)]}
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _run(audits: Sequence[Audit]) -> dict[str, Any]:
    rules = _rules()
    indices = {rule["id"]: index for index, rule in enumerate(rules)}
    return {
        "tool": {"driver": {"name": "symbackprop", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": _artifact(audit, index), "properties": {"summary": summary(audit)}}
            for index, audit in enumerate(audits)
        ],
        "results": [result for index, audit in enumerate(audits) for result in _results(audit, index, indices)],
    }


def _rules() -> list[dict[str, Any]]:
    explained = [
        {
            "id": cause.code,
            "shortDescription": {"text": cause.title},
            "fullDescription": {"text": cause.what},
            "help": {"text": f"{cause.why}\n\nWrong:\n{cause.example}\n\nRight:\n{cause.right}"},
        }
        for cause in CAUSES.values()
    ]
    return [*explained, *({"id": code, "shortDescription": {"text": text}} for code, text in _OTHER_RULES.items())]


def _results(audit: Audit, artifact: int, indices: dict[str, int]) -> list[dict[str, Any]]:
    return [
        _result(audit, artifact, claim, indices)
        for claim in audit.claims
        if claim.verdict in (Verdict.WRONG, Verdict.INHERITED)
    ]


def _result(audit: Audit, artifact: int, claim: Judged, indices: dict[str, int]) -> dict[str, Any]:
    wrong = claim.verdict is Verdict.WRONG
    rule = (claim.cause if claim.cause in indices else UNEXPLAINED) if wrong else INHERITED
    result = {
        "ruleId": rule,
        "ruleIndex": indices[rule],
        "level": "error" if wrong else "note",
        "message": {"text": _message(audit, claim)},
        "locations": [_location(audit, artifact, claim)],
    }
    root = None if wrong else root_of(audit, claim)
    if root is not None:
        fault = audit.claims[root]
        related = _location(audit, artifact, fault) | {"message": {"text": f"the fault: {stated(fault)}"}}
        result["relatedLocations"] = [related]
    return result


def _message(audit: Audit, claim: Judged) -> str:
    parts = [
        stated(claim) + (f", due {due(claim)}" if claim.exact else ""),
        reason(claim),
        f"Should read: {correction(audit, claim)}" if claim.corrected else "",
    ]
    return "\n".join(part for part in parts if part)


def _location(audit: Audit, artifact: int, claim: Judged) -> dict[str, Any]:
    where = region(audit, claim.span)
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(audit, artifact),
            "region": {
                "startLine": where.line,
                "startColumn": where.column,
                "endLine": where.end_line,
                "endColumn": where.end_column,
            },
        }
    }


def _artifact(audit: Audit, index: int) -> dict[str, Any]:
    path = PurePath(audit.source.name)
    absolute = path.is_absolute()
    uri = quote(path.as_posix(), safe="/:" if absolute else "/", errors="surrogatepass")
    if absolute:
        uri = f"file://{'' if uri.startswith('/') else '/'}{uri}"
    return {"uri": uri, "index": index}
