"""Search: which mistakes make what a document prints."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.inquiry import Inquiry
from symbackprop.auditing.causes.known import Known
from symbackprop.auditing.causes.programs import Programs
from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.causes.sameness import decided_by, moved, origin_of
from symbackprop.auditing.effort import Effort
from symbackprop.auditing.mathematics.tree import Number, walk
from symbackprop.auditing.report import Explanation
from symbackprop.auditing.truth import Quantity, Truth

LARGEST = 10**60  # with which the search still works
MOST = 5  # explanations
FEW = 4  # digits, on which a slip of calculation is named too
UNLIKELY = 0.5  # coincidences expected, above which a fit says nothing


class Search:
    """The search for causes: what is known of a network is shared, and equal faults are explained once.

    It ends where the effort of the audit is spent; `searches` counts those that were made.
    """

    def __init__(self, effort: Effort) -> None:
        self.searches = 0
        self.effort = effort
        self._of: dict[Truth, tuple[Known, Programs]] = {}
        self._found: dict[Hashable, tuple[int, tuple[Explanation, ...]]] = {}
        self._carried: Mapping[Quantity, Fraction] = {}
        self._states: dict[Hashable, int] = {(): 0}
        self._state = 0

    def explain(self, case: Case) -> tuple[Explanation, ...]:
        """The causes that make all the printed digits (or, of an identity, the whole formula), the simplest first.

        At most five, each with its simplest mistake. Nothing is said that enclosures do not confirm, nor what fits one
        number in so many that some fit by chance. Where nothing else is found, or there are but four digits, what
        is near is named as a slip of calculation too, at the end. No explanation is an answer too: there is none for
        numbers beyond `LARGEST`, and none where nothing more is searched for.
        """
        if any(part.value > LARGEST for part in _numbers(case)) or not abs(case.due or 0) < LARGEST:
            return ()
        if self.effort.is_spent:
            self.effort.stop(case.wrong.span.start)
            return ()
        key, origin = (case.truth, self._printed(case.carried), decided_by(case)), origin_of(case)
        if key not in self._found:
            self._found[key] = origin, self._searched(case)
        first, found = self._found[key]
        return found if first == origin else tuple(_moved(one, origin - first) for one in found)

    def _printed(self, carried: Mapping[Quantity, Fraction]) -> int:
        """Which of the states met so far it is that the document has printed so much."""
        if carried is not self._carried:
            self._carried = carried
            self._state = self._states.setdefault(tuple(carried.items()), len(self._states))
        return self._state

    def _searched(self, case: Case) -> tuple[Explanation, ...]:
        self.searches += 1
        if case.truth not in self._of:
            self._of[case.truth] = Known(case.truth), Programs(case.truth)
        inquiry = Inquiry(case, *self._of[case.truth])
        found: list[tuple[tuple[bool, float, int], str, Candidate]] = []
        for place, cause in enumerate(CAUSES.values()):
            candidates = [candidate for candidate in cause.search(inquiry) if candidate.chance <= UNLIKELY]
            if candidates:
                best = min(candidates, key=_rank)
                found.append(((*_rank(best)[:2], place), cause.code, best))
        self.effort.search(sum(len(form.places) for form in inquiry.forms))
        found.sort(key=lambda entry: entry[0])
        certain = [entry for entry in found if not entry[2].last_resort]
        if not certain or inquiry.digits <= FEW:
            certain = found
        return tuple(Explanation(code, inquiry.digits, best.sentence, best.right) for _, code, best in certain[:MOST])


def _numbers(case: Case) -> Iterator[Number]:
    for tree in (case.wrong, case.expression, case.formula):
        if tree is not None:
            yield from (part for part in walk(tree) if isinstance(part, Number))


def _moved(explanation: Explanation, by: int) -> Explanation:
    """What is said of an equal fault further on in the document."""
    right = explanation.right
    return explanation if right is None else replace(explanation, right=moved(right, by))


def _rank(candidate: Candidate) -> tuple[bool, float, float]:
    """Fewer changes first; what may well be chance after what takes one change more."""
    return (
        candidate.last_resort,
        candidate.changes + (candidate.chance > 0.05) + (candidate.chance > 0.2),
        candidate.chance,
    )
