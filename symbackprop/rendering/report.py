"""A report -> JSON, and text that reads like a good compiler's: what is wrong first, then the counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from symbackprop.checking.claims import ClaimReport, Judgement
from symbackprop.checking.report import PASSED, Report, StepReport


def report_json(report: Report) -> str:
    """The report as JSON: `ok`, `steps`, `claims`, and a `summary` of counts."""
    document = {
        "ok": report.ok,
        "steps": [_step_object(step) for step in report.steps],
        "claims": [_claim_object(claim) for claim in report.claims],
        "summary": report.summary,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _step_object(step: StepReport) -> dict[str, object]:
    return {
        "name": step.name,
        "verdict": step.verdict.value,
        "points": step.points,
        "findings": [
            {
                "route": finding.route,
                "verdict": finding.verdict.value,
                "points": finding.points,
                "reason": finding.reason,
            }
            for finding in step.findings
        ],
    }


def _claim_object(claim: ClaimReport) -> dict[str, object]:
    return {
        "name": claim.name,
        "after": claim.after,
        "printed": claim.printed,
        "exact": claim.exact,
        "verdict": claim.verdict.value,
        "ulps": claim.ulps,
        "note": claim.note,
    }


def report_text(report: Report) -> str:
    """The report as text: steps that have not passed, claims that are wrong or undecided, those carried, the counts."""
    parts = [
        *("\n".join(_step_lines(step)) for step in report.steps if step.verdict not in PASSED),
        *("\n".join(_claim_lines(claim)) for claim in _of(report, Judgement.WRONG)),
        *("\n".join(_claim_lines(claim)) for claim in _of(report, Judgement.UNDECIDED)),
    ]
    carried = "\n".join(_carried_line(claim) for claim in _of(report, Judgement.CARRIED))
    counts = [_counted("step", report.summary["steps"]), _counted("claim", report.summary["claims"])]
    return "\n\n".join(part for part in (*parts, carried, "\n".join(counts)) if part) + "\n"


def _of(report: Report, verdict: Judgement) -> list[ClaimReport]:
    return [claim for claim in report.claims if claim.verdict is verdict]


def _step_lines(step: StepReport) -> Iterator[str]:
    yield f"{step.verdict}: the step {step.name}"
    for finding in step.findings:
        yield f"  {finding}"


def _claim_lines(claim: ClaimReport) -> Iterator[str]:
    yield f"{claim.verdict}: {_named(claim)}"
    yield f"  printed {claim.printed}"
    if claim.exact:
        yield f"  exact   {claim.exact}"
    distance = f"{claim.ulps} units of the last place away; " if claim.ulps else ""
    yield f"  {distance}{claim.note}"


def _carried_line(claim: ClaimReport) -> str:
    return f"{claim.verdict}: {_named(claim)} = {claim.printed}, exactly {claim.exact}; {claim.note}"


def _named(claim: ClaimReport) -> str:
    if not claim.after:
        return claim.name
    return f"{claim.name} after {claim.after} update{'s' if claim.after > 1 else ''}"


def _counted(noun: str, counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    found = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    return f"{total} {noun}{'' if total == 1 else 's'}" + (f": {found}" if found else "")
