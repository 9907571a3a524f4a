"""Judged and Audit: what is said of every claim of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.network.problem import Problem


class Verdict(StrEnum):
    """What a claim is."""

    CORRECT = "correct"
    CARRIED = "carried"
    INHERITED = "inherited"
    WRONG = "wrong"
    UNDECIDED = "undecided"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Interval:
    """[low, high], exact rationals that hold a value, and what value it is."""

    what: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause, how many of the printed digits it explains, and one or two sentences with the numbers that decide it.

    `right` is the formula that is at fault as it should be; None where a number is, or where that is not known.
    """

    cause: str
    digits: int
    sentence: str
    right: Node | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one printed number, or on one identity.

    `quantity` is the name in the network ("" where none is matched); `printed` the number as written ("" for an
    identity); `exact` the exact value of the quantity, `from_printed` what the numbers printed before it make, both to
    30 significant digits ("" where they are not known). `explanations` are ranked, ties side by side; `root` is the
    index in the audit of the claim from which an inherited one has its fault; `corrected` the line as it should read,
    in the author's notation; `evidence` the intervals that prove the verdict.
    """

    span: Span
    text: str
    verdict: Verdict
    message: str
    quantity: str = ""
    after: int = 0
    printed: str = ""
    exact: str = ""
    from_printed: str = ""
    explanations: tuple[Explanation, ...] = ()
    root: int | None = None
    corrected: str = ""
    evidence: tuple[Interval, ...] = ()

    @property
    def cause(self) -> str:
        """The first-ranked cause; "" where no explanation was found."""
        return self.explanations[0].cause if self.explanations else ""

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The other causes, ranked."""
        return tuple(explanation.cause for explanation in self.explanations[1:])


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything that is said of a document; `problem` is the network it was judged by, None where there is none.

    `inferred` says that the network was read from the document; `others` are the further ones of a document of several
    examples; `missing` names what the document does not state, and `notes` say what was taken from elsewhere than a
    plain statement. `limit` says where a limit was reached, and what was not done from there on. `lines` are those in
    which what is missing is named first.
    """

    source: Source
    claims: tuple[Judged, ...]
    problem: Problem | None
    inferred: bool = False
    missing: tuple[str, ...] = ()
    others: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    limit: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def count(self, verdict: Verdict) -> int:
        """How many claims have a verdict."""
        return sum(1 for claim in self.claims if claim.verdict is verdict)

    @property
    def faults(self) -> tuple[Judged, ...]:
        """The root faults, in reading order."""
        return tuple(claim for claim in self.claims if claim.verdict is Verdict.WRONG)
