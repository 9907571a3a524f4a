"""Partials against SymPy's `diff`: a local one of its definition, and a gradient of the whole cost.

`diff` is given the definitions in SymPy's own elementary functions, so that nothing of the table of derivatives, nor
of the chain rule over the graph, is used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import sympy as sp

from symbackprop.checking.identity import Sides, identical, sampled
from symbackprop.checking.interpretation import Element, Interpretation, needed
from symbackprop.checking.paths import Meaning, meaning_of
from symbackprop.checking.pieces import smooth
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.errors import LimitError
from symbackprop.evaluation.program import Named
from symbackprop.expressions.tree import ZERO, add, height, rebuild, substitute, symbol, symbols_of, walk
from symbackprop.network.graph import Definition, Graph

DIFF, WHOLE = "diff of the definition", "diff of the whole cost"
WHOLE_SIZE = 800  # nodes of a whole cost that is differentiated
HEIGHT = 24  # operations inside each other in a definition: `diff` goes down into a tree by recursion
BUDGET = 12_000  # nodes, in all such costs together


class LocalPartials:
    """∂definition/∂x of one definition, the other names in it held fixed, by `diff` of what holds x."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        terms = definition.expression.args if definition.expression.is_Add else (definition.expression,)
        self._terms: dict[str, list[sp.Expr]] = {}
        for term in terms:
            for name in symbols_of(term):
                self._terms.setdefault(name, []).append(term)

    def check(self, by: str, claimed: sp.Expr) -> Finding:
        """Whether `claimed`, in which the definition's own name stands for its value, is ∂definition/∂by."""
        if max(height(self.definition.expression), height(claimed)) > HEIGHT:
            return Partials(_in_parts(self.definition)).check(claimed, Meaning(self.definition.name, by, total=True))
        own = self.definition.name
        holds_value = own in symbols_of(claimed)
        body = self.definition.expression if holds_value else self.part(by)
        others = dict.fromkeys((*symbols_of(body), *symbols_of(claimed)))
        names = [by, *(name for name in others if name not in (by, own))]
        # Units of a layer differ in their names alone: under common names most partials have been met before.
        common = {name: symbol(f"x{index}") for index, name in enumerate(names)} | {own: symbol("a")}
        finding = _local(substitute(body, common), substitute(claimed, common), len(names))
        if finding.verdict is Verdict.PROVED:
            return finding
        return identical(names, _sides(own, body, by, claimed), DIFF)

    def part(self, by: str) -> sp.Expr:
        """The summands of the definition that hold `by`."""
        return add(self._terms.get(by, []))

    def derivative(self, by: str) -> sp.Expr:
        """∂definition/∂by, in SymPy's functions."""
        return _diff(self.part(by), by)


@lru_cache(maxsize=4096)
def _local(body: sp.Expr, claimed: sp.Expr, count: int) -> Finding:
    whole = smooth(substitute(claimed, {"a": body}))
    if whole == _diff(body, "x0"):
        return Finding(DIFF, Verdict.PROVED, reason="by structure")
    return identical([f"x{index}" for index in range(count)], _sides("a", body, "x0", claimed), DIFF)


@lru_cache(maxsize=4096)
def _diff(body: sp.Expr, by: str) -> sp.Expr:
    return sp.diff(smooth(body), sp.Symbol(by))


def _sides(own: str, body: sp.Expr, by: str, claimed: sp.Expr) -> Sides:
    derivative = _diff(body, by)

    def sides(interpretation: Interpretation) -> tuple[Element, Element]:
        if own in symbols_of(claimed):
            interpretation.define(own, body)
        return interpretation.value(claimed), interpretation.value(derivative)

    return sides


def whole(graph: Graph, of: str, by: str, name: str, steps: Sequence[Named]) -> Finding:
    """Whether the step `name`, read with all that it rests on, is ∂of/∂by; `by` stays a symbol.

    Arguments: `steps` holds the derivation's steps and the definitions they rest on, in order.
    """
    try:
        cost = graph.expression(of, keep=[by], limit=WHOLE_SIZE) if of != by else symbol(of)
        derivative = sp.diff(smooth(cost), sp.Symbol(by))
    except LimitError as error:
        return Finding(WHOLE, Verdict.UNDECIDED, reason=error.message)
    except RecursionError:
        return Finding(WHOLE, Verdict.UNDECIDED, reason="the expression is too deep")
    read = needed(steps, [name], stop=by)
    defined = {step.name for step in read}
    used = dict.fromkeys(used for step in read for used in step.uses if used not in defined)
    names = list(dict.fromkeys([by, *used, *symbols_of(cost)]))

    def sides(interpretation: Interpretation) -> tuple[Element, Element]:
        for step in read:
            interpretation.define(step.name, step.expression)
        return interpretation.names[name], interpretation.value(derivative)

    return identical(names, sides, WHOLE)


def affordable(graph: Graph, of: str) -> int:
    """How many gradients of `of` are to be checked against `diff` of the whole; 0 where it is too large for one."""
    try:
        return BUDGET // sum(1 for _ in walk(smooth(graph.expression(of, limit=WHOLE_SIZE))))
    except LimitError:
        return 0


def _in_parts(definition: Definition) -> Graph:
    """The graph of one definition, cut into parts that are no higher than `HEIGHT`."""
    parts: list[Definition] = []

    def cut(tree: sp.Expr) -> tuple[sp.Expr, int]:
        if not tree.args:
            return tree, 1
        pieces = [cut(argument) for argument in tree.args]
        whole, levels = rebuild(tree, [piece for piece, _ in pieces]), 1 + max(below for _, below in pieces)
        if levels < HEIGHT:
            return whole, levels
        parts.append(Definition(f"part {len(parts)}", whole))
        return symbol(parts[-1].name), 1

    top, _ = cut(definition.expression)
    return Graph(definition.uses, (), (), (*parts, Definition(definition.name, top)))


class Partials:
    """The partials of a graph by forward accumulation of `diff`s: the chain rule, taken from the other end.

    dv/dx = Σ ∂v/∂u · du/dx, over the names u in v's definition.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.local = {definition.name: LocalPartials(definition) for definition in graph.definitions}

    def total(self, interpretation: Interpretation, of: str, by: str) -> Element:
        """d(of)/d(by) over all paths, in an interpretation of all quantities."""
        zero = interpretation.value(ZERO)
        slopes = {by: interpretation.value(sp.S.One)}
        for definition in self.graph.needed([of]):
            if definition.name != by and any(name in slopes for name in definition.uses):
                slope = zero
                for name in definition.uses:
                    if name in slopes:
                        slope = slope + self.direct(interpretation, definition.name, name) * slopes[name]
                slopes[definition.name] = slope
        return slopes.get(of, zero)

    def direct(self, interpretation: Interpretation, of: str, by: str) -> Element:
        """∂of/∂by in the definition of `of` alone."""
        return interpretation.value(self.local[of].derivative(by))

    def check(self, claimed: sp.Expr, meaning: Meaning) -> Finding:
        """Whether `claimed`, in which names of partials stand for what they mean, is the partial that is meant."""
        graph = self.graph
        foreign = [name for name in symbols_of(claimed) if name not in graph.names and not meaning_of(name)]

        def sides(interpretation: Interpretation) -> tuple[Element, Element]:
            for definition in graph.definitions:
                interpretation.define(definition.name, definition.expression)
            for name in symbols_of(claimed):
                if meant := meaning_of(name):
                    interpretation.names[name] = self._meant(interpretation, meant)
            return interpretation.value(claimed), self._meant(interpretation, meaning)

        return sampled([*graph.leaves, *foreign], sides, "forward accumulation")

    def _meant(self, interpretation: Interpretation, meaning: Meaning) -> Element:
        taken = self.total if meaning.total else self.direct
        return taken(interpretation, meaning.of, meaning.by)
