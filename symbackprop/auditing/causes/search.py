"""explain: which mistakes make what a document prints."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.inquiry import Inquiry
from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.mathematics.tree import Number, walk
from symbackprop.auditing.report import Explanation

LARGEST = 10**60  # with which the search still works
MOST = 5  # explanations
FEW = 4  # digits, on which a slip of calculation is named too
UNLIKELY = 0.5  # coincidences expected, above which a fit says nothing


def explain(case: Case) -> tuple[Explanation, ...]:
    """The causes that make all the printed digits (or, of an identity, the whole formula), the simplest first.

    At most five, each with its simplest mistake. Nothing is said that enclosures do not confirm, nor what fits one
    number in so many that some fit by chance. Where nothing else is found, or there are but four digits, what
    is near is named as a slip of calculation too, at the end. No explanation is an answer too: there is none for
    numbers beyond `LARGEST`.
    """
    if any(part.value > LARGEST for part in _numbers(case)) or not abs(case.due or 0) < LARGEST:
        return ()
    inquiry = Inquiry(case)
    found: list[tuple[tuple[bool, float, int], str, Candidate]] = []
    for place, cause in enumerate(CAUSES.values()):
        candidates = [candidate for candidate in cause.search(inquiry) if candidate.chance <= UNLIKELY]
        if candidates:
            best = min(candidates, key=_rank)
            found.append(((*_rank(best)[:2], place), cause.code, best))
    found.sort(key=lambda entry: entry[0])
    certain = [entry for entry in found if not entry[2].last_resort]
    if not certain or inquiry.digits <= FEW:
        certain = found
    return tuple(Explanation(code, inquiry.digits, best.sentence, best.right) for _, code, best in certain[:MOST])


def _numbers(case: Case) -> Iterator[Number]:
    for tree in (case.wrong, case.expression, case.formula):
        if tree is not None:
            yield from (part for part in walk(tree) if isinstance(part, Number))


def _rank(candidate: Candidate) -> tuple[bool, float, float]:
    """Fewer changes first; what may well be chance after what takes one change more."""
    return (
        candidate.last_resort,
        candidate.changes + (candidate.chance > 0.05) + (candidate.chance > 0.2),
        candidate.chance,
    )
