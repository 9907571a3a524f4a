from __future__ import annotations

import pytest

from symbackprop.checking.verdict import Finding, Verdict, combined, spaced

PROVED, CONFIRMED, REFUTED, UNDECIDED = Verdict


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ([], UNDECIDED),
        ([UNDECIDED], UNDECIDED),
        ([UNDECIDED, CONFIRMED], CONFIRMED),
        ([CONFIRMED, PROVED, UNDECIDED], PROVED),
        ([PROVED, REFUTED], REFUTED),
    ],
)
def test_one_refutation_outweighs_all(found: list[Verdict], verdict: Verdict) -> None:
    assert combined([Finding("", each) for each in found]) is verdict


@pytest.mark.parametrize(
    ("count", "chosen"), [(0, "a"), (1, "a"), (2, "ad"), (3, "ace"), (5, "ace"), (6, "abcdef"), (99, "abcdef")]
)
def test_what_a_budget_allows_is_evenly_spaced(count: int, chosen: str) -> None:
    assert spaced("abcdef", count) == chosen


def test_a_finding_in_one_line() -> None:
    assert str(Finding("diff", CONFIRMED, 8)) == "diff: confirmed at 8 points"
    assert str(Finding("diff", REFUTED, reason="1 instead of 2")) == "diff: refuted (1 instead of 2)"
