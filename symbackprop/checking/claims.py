"""Every number that a document prints against the exact value, judged with enclosures.

A printed v, its last place u, stands for [v - u/2, v + u/2]. It is *correct* if the exact value lies there. It is
*carried* if it follows from the numbers printed before it: if it comes, rounded, of values of what it rests on that
lie between the exact ones and the printed ones, where what is not printed may have been rounded to the document's
decimals; or if it is the exact value cut off. It is *wrong* if enclosures exclude all of these, and else *undecided*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from symbackprop.checking.hand import Hand, Place
from symbackprop.checking.printed import Printed
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.derivation.working import partial_steps
from symbackprop.errors import LimitError, SymbackpropError
from symbackprop.evaluation.enclosure import Ball, Enclosures
from symbackprop.evaluation.rounding import half_up, to_digits
from symbackprop.evaluation.training import enclosed_after
from symbackprop.expressions.names import split_partial
from symbackprop.expressions.numerals import fixed_text
from symbackprop.network.problem import Claim

WORK = 3_000_000_000  # updates · steps · bits of a replay
BY_HAND = 50  # updates that a hand may have carried
WIDEST = 5  # units of the last place: where rounding alone moves a number further, that it fits says little


EXCLUDED = "an enclosure of the exact value excludes it"


class Judgement(StrEnum):
    """What a printed number is."""

    CORRECT = "correct"
    CARRIED = "carried"
    WRONG = "wrong"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """The verdict on a claim.

    `exact` is the exact value to 30 significant digits; `ulps` is how far the printed one is from it, in units of its
    last place, to two decimals. Both are empty where the exact value could not be had.
    """

    name: str
    after: int
    printed: str
    exact: str
    verdict: Judgement
    ulps: str
    note: str


def undecided(claim: Claim, note: str) -> ClaimReport:
    """The report on a claim that cannot be judged, and why."""
    return _report(claim, Judgement.UNDECIDED, note)


def judge_claims(derivation: Derivation) -> tuple[ClaimReport, ...]:
    """The verdict on every claim of the derivation's problem, in the order of the document.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.network.problem import Problem, read_equations
    >>> graph = read_equations({"y": "x/3"}, ["x"], [], [])
    >>> problem = Problem(graph, {"x": "2"}, claims=(Claim("y", "0.667"), Claim("y", "0.666"), Claim("y", "0.665")))
    >>> [(claim.printed, claim.verdict.value, claim.ulps) for claim in judge_claims(derive(problem))]
    [('0.667', 'correct', '0.33'), ('0.666', 'carried', '0.67'), ('0.665', 'wrong', '1.67')]
    """
    document = _Document(derivation)
    return tuple(document.judged(claim) for claim in derivation.problem.claims)


class _AfterUpdates(Enclosures):
    """The values of a list with the parameters that so many updates make."""

    def __init__(
        self, steps: Sequence[Step], given: Mapping[str, Fraction], parameters: Callable[[int], Mapping[str, Ball]]
    ) -> None:
        super().__init__((), given)
        self._steps = steps
        self._parameters = parameters
        self._found: dict[int, Mapping[str, Ball]] = {}

    def at(self, bits: int) -> Mapping[str, Ball]:
        """Every quantity, at a working precision of at least `bits` in all updates."""
        if bits not in self._found:
            self._found[bits] = Enclosures(self._steps, {**self.given, **self._parameters(bits)}).at(bits)
        return self._found[bits]


class _Document:
    """The claims of a problem, with the exact values and the working by hand that they are judged by."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.problem = derivation.problem
        self.hand = Hand(self)
        self._reports: dict[Claim, ClaimReport] = {}
        self._claims: dict[tuple[int, str], list[Claim]] = {}
        for claim in self.problem.claims:
            self._claims.setdefault((claim.after, self._home(claim)[1]), []).append(claim)
        self._lists: dict[tuple[str, str] | None, Sequence[Step]] = {None: derivation.sequence}
        self._values: dict[Place, Enclosures] = {}

    def _home(self, claim: Claim) -> tuple[Place, str]:
        """(the list in which the quantity of a claim stands, its name there)."""
        step = self.derivation.by_name.get(claim.name)
        if claim.name in self.problem.graph.leaves or step is not None:
            return Place(None, claim.after), claim.name if step is None else step.name
        return Place(split_partial(claim.name), claim.after), claim.name

    def steps(self, place: Place) -> Sequence[Step]:
        """The steps of a list."""
        if place.pair not in self._lists:
            assert place.pair is not None
            forward = self.derivation.of_kind(Kind.DEFINITION)
            self._lists[place.pair] = (*forward, *partial_steps(self.derivation, *place.pair))
        return self._lists[place.pair]

    def exact(self, place: Place) -> Enclosures:
        """Their exact values."""
        if place not in self._values:
            steps, given = self.steps(place), self.problem.exact_values()
            if place.after:
                self._values[place] = _AfterUpdates(steps, given, lambda bits: self._updated(place.after, bits))
            else:
                self._values[place] = Enclosures(steps, given)
        return self._values[place]

    def _updated(self, updates: int, bits: int) -> Mapping[str, Ball]:
        """The trained parameters after so many updates. Raises `LimitError` where that takes too long."""
        if updates * len(self.derivation.sequence) * bits > WORK:
            raise LimitError(f"{updates} updates of {len(self.derivation.sequence)} steps are too many to enclose")
        return next(enclosed_after(self.derivation, [updates], bits))[1]

    def kept(self, after: int, name: str) -> list[Printed]:
        """The numbers that are printed for a quantity and not wrong: those that a hand goes on with."""
        passed = (Judgement.CORRECT, Judgement.CARRIED)
        claims = [claim for claim in self._claims.get((after, name), []) if self.judged(claim).verdict in passed]
        return [Printed.of(claim.printed) for claim in claims]

    def judged(self, claim: Claim) -> ClaimReport:
        """The verdict on `claim`: against the exact value, then, unless it agrees, against the working by hand."""
        if claim not in self._reports:
            try:
                self._reports[claim] = self._judged(claim)
            except SymbackpropError as error:
                self._reports[claim] = undecided(claim, error.message)
        return self._reports[claim]

    def _judged(self, claim: Claim) -> ClaimReport:
        place, name = self._home(claim)
        printed, exact = Printed.of(claim.printed), self.exact(place)
        holds, digits = exact.decide(name, printed.holds), to_digits(exact, name)
        distance = exact.decide(name, printed.distance)
        if distance is None:
            return undecided(claim, f"the value of {name} cannot be enclosed")
        ulps = fixed_text(half_up(distance, 2), 2)
        if holds is not False:
            note = "the exact value rounds to it" if holds else "the exact value is a tie, as far as any digits tell"
            return _report(claim, Judgement.CORRECT, note, digits, ulps)
        verdict, note = self._by_hand(place, name, printed) if place.after <= BY_HAND else (Judgement.WRONG, EXCLUDED)
        if verdict is not Judgement.CARRIED:
            match exact.decide(name, printed.cuts):
                case True:
                    verdict, note = Judgement.CARRIED, "it is the exact value, cut off after the last place"
                case None:
                    verdict, note = Judgement.UNDECIDED, "the exact value is one unit away, as far as any digits tell"
        return _report(claim, verdict, note, digits, ulps)

    def _by_hand(self, place: Place, name: str, printed: Printed) -> tuple[Judgement, str]:
        """Whether a number that is not the exact value comes of rounding before it."""
        bounds = self.hand.comes_to(place, name)
        fits = bounds is not None and printed.follows(*bounds)
        narrow = bounds is not None and bounds[1] - bounds[0] <= 2 * WIDEST * printed.unit
        if (fits and narrow) or self.hand.reproduces(place, name, printed):
            return Judgement.CARRIED, "it follows from the rounded numbers before it"
        if bounds is None:
            return Judgement.UNDECIDED, "the working by hand cannot be enclosed"
        if fits:
            return Judgement.UNDECIDED, "the rounding of what is not printed may make as much of a difference"
        return Judgement.WRONG, f"{EXCLUDED}; the numbers before it make {float(sum(bounds) / 2):.10g}"


def _report(claim: Claim, verdict: Judgement, note: str, exact: str = "", ulps: str = "") -> ClaimReport:
    return ClaimReport(claim.name, claim.after, claim.printed, exact, verdict, ulps, note)
