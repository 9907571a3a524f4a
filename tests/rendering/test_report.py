from __future__ import annotations

import json

from symbackprop.checking.claims import ClaimReport, Judgement
from symbackprop.checking.report import Report, StepReport
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.rendering.report import report_json, report_text

STEPS = (
    StepReport("z", Verdict.PROVED, (Finding("the graph", Verdict.PROVED, reason="by structure"),)),
    StepReport("dC/dz", Verdict.REFUTED, (Finding("chain rule", Verdict.REFUTED, reason="2 instead of 1"),)),
    StepReport("C", Verdict.CONFIRMED, (Finding("forward accumulation", Verdict.CONFIRMED, 8),)),
)
CLAIMS = (
    ClaimReport("z", 0, "0.50", "0.5", Judgement.CORRECT, "0.00", "the exact value rounds to it"),
    ClaimReport("a", 0, "0.67", "0.664", Judgement.CARRIED, "0.60", "it follows from the rounded numbers before it"),
    ClaimReport("C", 1, "0.3", "0.45", Judgement.WRONG, "1.50", "an enclosure of the exact value excludes it"),
    ClaimReport("w", 9, "0.3", "", Judgement.UNDECIDED, "", "9 updates are too many"),
)


def test_what_is_wrong_comes_first_then_the_counts() -> None:
    assert report_text(Report(STEPS, CLAIMS)) == (
        "refuted: the step dC/dz\n"
        "  chain rule: refuted (2 instead of 1)\n"
        "\n"
        "wrong: C after 1 update\n"
        "  printed 0.3\n"
        "  exact   0.45\n"
        "  1.50 units of the last place away; an enclosure of the exact value excludes it\n"
        "\n"
        "undecided: w after 9 updates\n"
        "  printed 0.3\n"
        "  9 updates are too many\n"
        "\n"
        "carried: a = 0.67, exactly 0.664; it follows from the rounded numbers before it\n"
        "\n"
        "3 steps: 1 proved, 1 confirmed, 1 refuted\n"
        "4 claims: 1 correct, 1 carried, 1 wrong, 1 undecided\n"
    )


def test_a_report_in_which_all_holds() -> None:
    assert report_text(Report(STEPS[:1], ())) == "1 step: 1 proved\n0 claims\n"


def test_the_json_has_steps_claims_and_a_summary() -> None:
    document = json.loads(report_json(Report(STEPS, CLAIMS)))
    assert document["ok"] is False
    assert document["steps"][2] == {
        "name": "C",
        "verdict": "confirmed",
        "points": 8,
        "findings": [{"route": "forward accumulation", "verdict": "confirmed", "points": 8, "reason": ""}],
    }
    assert document["claims"][1] == {
        "name": "a",
        "after": 0,
        "printed": "0.67",
        "exact": "0.664",
        "verdict": "carried",
        "ulps": "0.60",
        "note": "it follows from the rounded numbers before it",
    }
    assert document["summary"] == {
        "steps": {"proved": 1, "confirmed": 1, "refuted": 1, "undecided": 0},
        "claims": {"correct": 1, "carried": 1, "wrong": 1, "undecided": 1},
    }
