"""Gradient descent against the graph: what is updated and how, and which definitions change with it."""

from __future__ import annotations

import sympy as sp

from symbackprop.checking.identity import identical
from symbackprop.checking.interpretation import Element, Interpretation
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.expressions.names import partial, updated
from symbackprop.expressions.tree import add, multiply, negate, substitute, symbol, symbols_of
from symbackprop.network.graph import Graph
from symbackprop.network.problem import Problem


class Descent:
    """The updates that the training of a problem prescribes, and the pass after them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.trained = problem.trained_parameters()
        self.changed = problem.graph.dependents(self.trained)
        self._renewed = {name: symbol(updated(name)) for name in (*self.trained, *self.changed)}

    def renews(self, name: str) -> bool:
        """Whether a quantity has another value after the update."""
        return name in self._renewed

    def check_update(self, parameter: str, claimed: sp.Expr) -> Finding:
        """Whether `claimed` is parameter - η · dC/d(parameter), for a parameter that is trained."""
        training = self.problem.training
        if training is None or parameter not in self.trained:
            return Finding("gradient descent", Verdict.REFUTED, reason=f"{parameter} is not trained")
        gradient = symbol(partial(training.cost, parameter))
        change = multiply([symbol(self.problem.learning_rate_name), gradient])
        return _same(claimed, add([symbol(parameter), negate(change)]), "gradient descent")

    def check_after(self, name: str, claimed: sp.Expr) -> Finding:
        """Whether `claimed` is the definition of `name`, with the updated values of all that changes."""
        if name not in self.changed:
            return Finding("the graph after the update", Verdict.REFUTED, reason=f"no update changes {name}")
        due = substitute(self.problem.graph.by_name[name].expression, self._renewed)
        return _same(claimed, due, "the graph after the update")


def check_definition(graph: Graph, name: str, claimed: sp.Expr) -> Finding:
    """Whether `claimed` is the graph's own definition of `name`."""
    if name not in graph.by_name:
        return Finding("the graph", Verdict.REFUTED, reason=f"the graph does not define {name}")
    return _same(claimed, graph.by_name[name].expression, "the graph")


def _same(claimed: sp.Expr, due: sp.Expr, route: str) -> Finding:
    if claimed == due:
        return Finding(route, Verdict.PROVED, reason="by structure")

    def sides(interpretation: Interpretation) -> tuple[Element, Element]:
        return interpretation.value(claimed), interpretation.value(due)

    return identical(list(dict.fromkeys((*symbols_of(due), *symbols_of(claimed)))), sides, route)
