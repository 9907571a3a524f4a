"""explain: which mistakes make what a document prints."""

from __future__ import annotations

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.report import Explanation


def explain(case: Case) -> tuple[Explanation, ...]:
    """The causes that make what is printed, ranked."""
    return ()
