"""Each step by the rule that its name calls for: a definition, a partial, an update, or a value after it.

A step is checked by itself, the names in it taken for what they stand for. If every step holds, so does the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from symbackprop.checking.descent import Descent, check_definition
from symbackprop.checking.paths import Meaning, Paths, meaning_of
from symbackprop.checking.symbolic import Partials
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.evaluation.program import Named
from symbackprop.expressions.names import partial, updated
from symbackprop.expressions.tree import ONE, substitute, symbol, symbols_of
from symbackprop.network.problem import Order, Problem


@dataclass(frozen=True, slots=True)
class Plain:
    """A step with the parameters of one update: where hidden gradients go through new weights, these are taken back."""

    name: str
    expression: sp.Expr
    uses: tuple[str, ...]


class Rules:
    """The rules for the steps of one problem."""

    def __init__(self, problem: Problem, steps: Sequence[Named]) -> None:
        self.problem = problem
        self.graph = problem.graph
        self.paths = Paths(problem.graph)
        self.partials = Partials(problem.graph)
        self.descent = Descent(problem)
        self.plain = {step.name: self._plain(step) for step in steps}
        self.faults = dict(self._faults(steps))

    def _plain(self, step: Named) -> Plain:
        training = self.problem.training
        if training is None or training.order is Order.SIMULTANEOUS or not meaning_of(step.name):
            return Plain(step.name, step.expression, step.uses)
        back = {updated(parameter): symbol(parameter) for parameter in self.descent.trained}
        expression = substitute(step.expression, back)
        return Plain(step.name, expression, symbols_of(expression))

    def _faults(self, steps: Sequence[Named]) -> Iterator[tuple[str, str]]:
        """(name, what is wrong) of the steps that do not rest on what stands before them, or do not say on what."""
        known = {*self.graph.leaves, self.problem.learning_rate_name}
        for step in steps:
            used = symbols_of(step.expression)
            missing = [name for name in used if name not in known]
            old = [name for name in used if updated(name) in known and name in self.descent.trained]
            if step.name in known:
                yield step.name, "it stands there twice"
            elif missing:
                yield step.name, f"{missing[0]} does not stand before it"
            elif set(used) != set(step.uses):
                yield step.name, "it does not use what it says it uses"
            elif old and meaning_of(step.name):
                yield step.name, f"{old[0]} is updated before it"
            known.add(step.name)

    def check(self, name: str) -> Finding:
        """Whether the step `name` holds, if those that it rests on do."""
        if name in self.faults:
            return Finding("order", Verdict.REFUTED, reason=self.faults[name])
        return self.check_expression(name, self.plain[name].expression)

    def check_expression(self, name: str, expression: sp.Expr) -> Finding:
        """Whether `expression` is what the name `name` stands for."""
        base = name.removesuffix("+")
        if meaning := meaning_of(name):
            return self._partial(meaning, expression)
        if base == name:
            return check_definition(self.graph, name, expression)
        if base in self.graph.parameters:
            return self.descent.check_update(base, expression)
        return self.descent.check_after(base, expression)

    def _partial(self, meaning: Meaning, expression: sp.Expr) -> Finding:
        of, by = meaning.of, meaning.by
        if of not in self.graph.by_name or by not in self.graph.names:
            return Finding("the graph", Verdict.REFUTED, reason=f"there is no partial of {of} by {by}")
        if of == by:
            verdict = Verdict.PROVED if expression == ONE else Verdict.REFUTED
            return Finding("the graph", verdict, reason="what is differentiated by itself")
        chained = any(map(meaning_of, symbols_of(expression)))
        if not chained and (not meaning.total or self.paths.only_direct(of, by)):
            return self.partials.local[of].check(by, self._over_uses(of, expression))
        by_paths = self.paths.check(of, by, expression) if meaning.total else None
        if by_paths is not None and by_paths.verdict is Verdict.PROVED:
            return by_paths
        finding = self.partials.check(expression, meaning)
        reasons = [found.reason for found in (by_paths, finding) if found is not None and found.reason]
        return Finding(finding.route, finding.verdict, finding.points, "; ".join(reasons))

    def _over_uses(self, of: str, expression: sp.Expr) -> sp.Expr:
        """`expression` with the definitions of quantities in it that rest on nothing but what the one of `of` uses."""
        known = {of, *self.graph.by_name[of].uses}
        others = [name for name in symbols_of(expression) if name in self.graph.by_name and name not in known]
        written = (self.graph.by_name[name] for name in others)
        return substitute(
            expression, {other.name: other.expression for other in written if known.issuperset(other.uses)}
        )

    def gradients(self) -> dict[str, Meaning]:
        """The steps that are partials over all paths: of the cost, or of a quantity that is reached through others."""
        if self.problem.training is None:
            return {}
        found = {}
        for name, plain in self.plain.items():
            meaning = meaning_of(name)
            through_others = any(map(meaning_of, plain.uses))
            if meaning and meaning.total and (meaning.of == self.problem.training.cost or through_others):
                found[name] = meaning
        return found

    def missing(self) -> list[str]:
        """What a derivation has to hold and this one does not."""
        wanted = list(self.graph.by_name)
        if self.problem.training is not None:
            cost = self.problem.training.cost
            reached = self.paths.way(cost)
            wanted += [partial(cost, name) for name in (*self.graph.parameters, *self.graph.inputs) if name in reached]
            wanted += [updated(name) for name in self.graph.names if self.descent.renews(name)]
        return [name for name in wanted if name not in self.plain]
