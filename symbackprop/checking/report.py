"""The verdicts on every step of a derivation and on every number that its document prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import mpmath
import sympy as sp

from symbackprop.checking.claims import ClaimReport, Judgement, judge_claims, undecided
from symbackprop.checking.numeric import ROUTE as DIFFERENCES
from symbackprop.checking.numeric import Differences
from symbackprop.checking.paths import Meaning
from symbackprop.checking.rules import Plain, Rules
from symbackprop.checking.steps import ROUTE as CONSISTENCY
from symbackprop.checking.steps import Consistency
from symbackprop.checking.symbolic import WHOLE, affordable, whole
from symbackprop.checking.verdict import Finding, Verdict, combined, spaced
from symbackprop.derivation.steps import Derivation, Step
from symbackprop.derivation.working import partial_steps
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import Enclosures, bounds
from symbackprop.evaluation.worked import work
from symbackprop.expressions.names import split_partial
from symbackprop.expressions.tree import symbols_of

PASSED = (Verdict.PROVED, Verdict.CONFIRMED)
TOO_LARGE = "the network is too large for this to be done for every gradient"
EXACT = 512  # bits at which gradients are compared with differences


@dataclass(frozen=True, slots=True)
class StepReport:
    """The verdict on a step, and what each route found."""

    name: str
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def points(self) -> int:
        """At how many points a step that is confirmed, and not proved, is so."""
        return max(finding.points for finding in self.findings) if self.verdict is Verdict.CONFIRMED else 0

    @property
    def how(self) -> str:
        """The findings in one line."""
        return "; ".join(str(finding) for finding in self.findings)


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What is known of a derivation: nothing that could not be decided counts as passed."""

    steps: tuple[StepReport, ...]
    claims: tuple[ClaimReport, ...]

    def __repr__(self) -> str:
        shown = (
            f"{kind}: " + (", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count) or "none")
            for kind, counts in self.summary.items()
        )
        return f"Report({'; '.join(shown)})"

    @property
    def ok(self) -> bool:
        """Whether every step is proved or confirmed, and every claim correct or carried."""
        return all(step.verdict in PASSED for step in self.steps) and all(
            claim.verdict in (Judgement.CORRECT, Judgement.CARRIED) for claim in self.claims
        )

    @property
    def summary(self) -> dict[str, dict[str, int]]:
        """How many steps and claims there are of each verdict."""
        steps = Counter(step.verdict for step in self.steps)
        claims = Counter(claim.verdict for claim in self.claims)
        return {
            "steps": {verdict.value: steps[verdict] for verdict in Verdict},
            "claims": {judgement.value: claims[judgement] for judgement in Judgement},
        }


def verify(derivation: Derivation) -> Report:
    """Every step of `derivation` confirmed by independent routes, and every claim of its problem judged.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.network.problem import Problem, Training, read_equations
    >>> graph = read_equations({"z": "w*x", "C": "(t - z)**2"}, ["x"], ["t"], ["w"])
    >>> report = verify(derive(Problem(graph, {"x": "2", "t": "1", "w": "0.3"}, Training("C", "0.1"))))
    >>> report.ok, report.summary["steps"]
    (True, {'proved': 10, 'confirmed': 0, 'refuted': 0, 'undecided': 0})
    """
    verification = _Verification(derivation)
    steps = tuple(verification.reports())
    if not all(step.verdict in PASSED for step in steps):
        note = "the derivation is not confirmed"
        return Report(steps, tuple(undecided(claim, note) for claim in derivation.problem.claims))
    claims = judge_claims(derivation)
    return Report(steps, tuple(verification.founded(claim) for claim in claims))


class _Verification:
    """The oracles for one derivation, and which of its steps have passed so far."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.graph = derivation.problem.graph
        self.rules = Rules(derivation.problem, derivation.sequence)
        self.plain = list(self.rules.plain.values())
        self.passed: dict[str, bool] = {}
        self.gradients = self.rules.gradients()
        cost = derivation.cost
        self.against_whole = set(spaced(list(self.gradients), affordable(self.graph, cost) if cost else 0))
        self.values = _Values(derivation, self.plain, self.gradients) if not self.rules.faults else None

    def reports(self) -> Iterator[StepReport]:
        """A report on each step, in order, and on each that is missing."""
        for step in self.derivation.sequence:
            report = self._report(step)
            self.passed[step.name] = report.verdict in PASSED
            yield report
        for name in self.rules.missing():
            finding = Finding("order", Verdict.REFUTED, reason="the derivation has no such step")
            yield StepReport(name, Verdict.REFUTED, (finding,))

    def _report(self, step: Step) -> StepReport:
        findings = [self.rules.check(step.name)]
        needed: list[Finding] = []
        if findings[0].verdict in PASSED:
            rests_on = (*step.uses, *(self.values.shown(step.name) if self.values else ()))
            premise = next((name for name in rests_on if not self.passed.get(name, True)), None)
            if premise is not None:
                needed.append(Finding("premises", Verdict.UNDECIDED, reason=f"it rests on {premise}"))
            else:
                findings += self._as_gradient(step.name)
                needed += self.values.consistent(step.name) if self.values else []
        everything = (*findings, *needed)
        verdict = combined([*findings, *(finding for finding in needed if finding.verdict is Verdict.REFUTED)])
        if verdict in PASSED and any(finding.verdict is Verdict.UNDECIDED for finding in needed):
            verdict = Verdict.UNDECIDED
        return StepReport(step.name, verdict, everything)

    def _as_gradient(self, name: str) -> list[Finding]:
        """What the routes find that look at a gradient as a whole."""
        meaning = self.gradients.get(name)
        if meaning is None:
            return []
        if name in self.against_whole:
            findings = [whole(self.graph, meaning.of, meaning.by, name, self.plain)]
        else:
            findings = [Finding(WHOLE, Verdict.UNDECIDED, reason=TOO_LARGE)]
        return findings + (self.values.differences(name, meaning) if self.values else [])

    def founded(self, claim: ClaimReport) -> ClaimReport:
        """The report on a claim, undecided where a partial that it is about is in no step and is not confirmed."""
        pair = split_partial(claim.name)
        if pair is None or claim.name in self.derivation.by_name:
            return claim
        for step in partial_steps(self.derivation, *pair):
            if self.rules.check_expression(step.name, step.expression).verdict not in PASSED:
                return replace(
                    claim, verdict=Judgement.UNDECIDED, note=f"it rests on {step.name}, which is not confirmed"
                )
        return claim


class _Values:
    """The steps with their numbers; without any, or where some quantity has none, no more than why."""

    def __init__(self, derivation: Derivation, plain: Sequence[Plain], gradients: Mapping[str, Meaning]) -> None:
        self.reason = ""
        self.compared: Differences | None = None
        self.forms: dict[str, list[sp.Expr]] = {}
        if derivation.problem.values:
            try:
                self._evaluate(derivation, plain, gradients)
            except SymbackpropError as error:
                self.reason = error.message

    def _evaluate(self, derivation: Derivation, plain: Sequence[Plain], gradients: Mapping[str, Meaning]) -> None:
        problem = derivation.problem
        given = problem.exact_values()
        enclosures = Enclosures(derivation.sequence, given)
        self.exact = Enclosures(plain, given)
        worked = work(derivation).steps
        leaves = dict(problem.values)
        if problem.training and problem.training.learning_rate is not None:
            leaves[problem.learning_rate_name] = problem.training.learning_rate
        self.forms = {step.step.name: [*step.forms, *step.short] for step in worked}
        self.first_names = {step.step.node_error: step.step.name for step in worked if step.step.node_error}
        self.consistency = Consistency(
            enclosures,
            leaves | {step.step.name: step.digits for step in worked},
            leaves | {step.step.name: step.value for step in worked},
            self.first_names,
        )
        if gradients:
            self.compared = Differences(
                problem.graph, given, list({meaning.of: None for meaning in gradients.values()})
            )
            self.selected = set(spaced(list(gradients), self.compared.affordable))

    def shown(self, name: str) -> list[str]:
        """The steps that stand in the forms of a step, be it under the name of a node error."""
        names = (used for form in self.forms.get(name, []) for used in symbols_of(form))
        return [self.first_names.get(used, used) for used in names]

    def consistent(self, name: str) -> list[Finding]:
        """Whether the formula, the numbers and the value of a step agree."""
        if self.reason:
            return [Finding(CONSISTENCY, Verdict.UNDECIDED, reason=self.reason)]
        return [self.consistency.check(name, self.forms[name])] if name in self.forms else []

    def differences(self, name: str, meaning: Meaning) -> list[Finding]:
        """Whether the value of a gradient is what differences of the cost make it."""
        if self.compared is None:
            return []
        if name not in self.selected:
            return [Finding(DIFFERENCES, Verdict.UNDECIDED, reason=TOO_LARGE)]

        def claimed(digits: int) -> Any:  # noqa: ANN401 - an mpf
            low, high = bounds(self.exact.at(EXACT)[name])
            middle = (low + high) / 2
            with mpmath.workdps(digits):
                return mpmath.mpf(middle.numerator) / middle.denominator

        return [self.compared.check(meaning.of, meaning.by, claimed)]
