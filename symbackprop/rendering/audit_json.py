"""An audit -> JSON: every claim with its place, its values and its verdict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from symbackprop.auditing.report import Audit, Judged
from symbackprop.expressions.text import text
from symbackprop.network.problem import Problem
from symbackprop.rendering.audit_findings import reason, region, summary


def document(audits: Sequence[Audit]) -> str:
    """The audit of one document; of several, {"documents": [...]}. In ASCII, keys in a fixed order."""
    records = [record(audit) for audit in audits]
    whole = records[0] if len(records) == 1 else {"documents": records}
    return json.dumps(whole, indent=2, ensure_ascii=True) + "\n"


def record(audit: Audit) -> dict[str, Any]:
    """What the JSON of an audit says, as Python objects."""
    return {
        "document": audit.source.name,
        "claims": [_claim(audit, claim) for claim in audit.claims],
        "network": {
            "title": (audit.problem.title or None) if audit.problem else None,
            "inferred": audit.inferred,
            "missing": list(audit.missing),
            "notes": list(audit.notes),
            "read": [_network(problem) for problem in (audit.problem, *audit.others) if problem and audit.inferred],
        },
        "summary": summary(audit),
    } | ({"limit": audit.limit} if audit.limit else {})


def _network(problem: Problem) -> dict[str, Any]:
    """A network that was read from a document."""
    training = problem.training
    return {
        "equations": {one.name: text(one.expression) for one in problem.graph.definitions},
        "values": dict(problem.values),
        "cost": training.cost if training else None,
        "learning_rate": training.learning_rate if training else None,
        "frozen": list(training.frozen) if training else [],
    }


def _claim(audit: Audit, claim: Judged) -> dict[str, Any]:
    where = region(audit, claim.span)
    return {
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "text": claim.text,
        "quantity": claim.quantity or None,
        "after": claim.after,
        "printed": claim.printed or None,
        "exact": claim.exact or None,
        "from_printed": claim.from_printed or None,
        "verdict": claim.verdict.value,
        "cause": claim.cause or None,
        "alternatives": list(claim.alternatives),
        "root": claim.root,
        "message": reason(claim),
        "corrected": claim.corrected or None,
    }
