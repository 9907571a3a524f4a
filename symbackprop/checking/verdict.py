"""What an oracle finds, and how the findings of several make one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")


class Verdict(StrEnum):
    """Proved for all values; confirmed at some; refuted by one; or undecided, which never counts as passed."""

    PROVED = "proved"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one `route` found: the verdict, at how many `points` where it is no proof, and the reason in a few words."""

    route: str
    verdict: Verdict
    points: int = 0
    reason: str = ""

    def __str__(self) -> str:
        count = f" at {self.points} point{'s' if self.points > 1 else ''}" if self.points else ""
        return f"{self.route}: {self.verdict}{count}" + (f" ({self.reason})" if self.reason else "")


def combined(findings: Sequence[Finding]) -> Verdict:
    """The strongest of the findings, where none refutes; without any, undecided.

    >>> combined([Finding("differences", Verdict.CONFIRMED, 1), Finding("diff", Verdict.PROVED)])
    <Verdict.PROVED: 'proved'>
    """
    found = {finding.verdict for finding in findings}
    for verdict in (Verdict.REFUTED, Verdict.PROVED, Verdict.CONFIRMED):
        if verdict in found:
            return verdict
    return Verdict.UNDECIDED


def spaced(items: Sequence[Item], count: int) -> Sequence[Item]:
    """At most `count` of `items`, evenly spaced: what a budget allows to look at.

    >>> spaced("abcdefgh", 3)
    'adg'
    """
    return items[:: max(-(-len(items) // max(count, 1)), 1)]
