"""Audits -> a certificate: every verdict, the intervals that prove it, and the lists that make the exact values.

`symbackprop.auditing.recheck` checks it again, with exact fractions and the standard library alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import sympy as sp

from symbackprop.auditing.judging.conventions import ratios, rescaled
from symbackprop.auditing.recheck import REPLAY
from symbackprop.auditing.report import Audit, Interval, Judged
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.derivation.steps import Kind
from symbackprop.derivation.working import partial_steps
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import bounds
from symbackprop.expressions.names import split_partial, updated
from symbackprop.network.problem import Problem

LONG = 2000  # bits of an end of an interval, beyond which it is written with fewer, further out
KEPT = 1024
SCALES = (1, -1)  # a document's node error may be minus the derivative

Tree = str | list[Any]
Entry = tuple[str, Tree]


def certify(audits: Sequence[Audit]) -> str:
    """The certificate of audits, as JSON in ASCII.

    Trees are written [function, tree, ...], numbers as fractions "p/q", quantities by their names.
    """
    certificate = {"certificate": "symbackprop audit", "documents": [_document(audit) for audit in audits]}
    return json.dumps(certificate, ensure_ascii=True) + "\n"


def tree_of(expression: sp.Expr) -> Tree:
    """A SymPy tree in prefix form.

    >>> from symbackprop.expressions.functions import FUNCTIONS
    >>> from symbackprop.expressions.tree import add, number, symbol
    >>> tree_of(add([symbol("b"), FUNCTIONS["tanh"].symbol(symbol("z")), number(Fraction(1, 2))]))
    ['add', 'b', ['tanh', 'z'], '1/2']
    """
    if expression.is_Symbol:
        return str(expression.name)
    if expression.is_Rational:
        return f"{expression.p}/{expression.q}"
    heads = {sp.Add: "add", sp.Mul: "mul", sp.Pow: "pow"}
    return [heads.get(expression.func, expression.func.__name__), *map(tree_of, expression.args)]


class _Network:
    """A network and the lists that claims rest on: the derivation's, and one for each partial that it lacks."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.truth = Truth(problem)
        self._names: dict[str, None] = {}  # of the derivation's list, that are needed
        self._apart: dict[str, list[Entry]] = {}
        self._replayed = False

    def holds(self, claim: Judged, scale: int, exact: Interval) -> bool:
        """Whether `scale` times the quantity of a claim lies where its exact value is said to lie."""
        if not self.truth.knows(claim.quantity):
            return False
        try:
            value = bounds(self.truth.value(Quantity(claim.quantity, claim.after, Fraction(scale))))
        except SymbackpropError:
            return False
        return value[0] <= exact.high and exact.low <= value[1]

    def home(self, quantity: str, after: int) -> tuple[int, str]:
        """(the number of the list in which a quantity that is known stands, its name there)."""
        derivation = self.truth.derivation
        self._replayed = self._replayed or after > 0
        if quantity in self.truth.names:
            step = derivation.by_name.get(quantity)
            name = quantity if step is None else step.name
            self._names[name] = None
            return 0, name
        self._apart.setdefault(quantity, self._partial(quantity))
        return 1 + list(self._apart).index(quantity), quantity

    def _partial(self, name: str) -> list[Entry]:
        """The list for ∂of/∂by, for any two quantities."""
        pair, graph = split_partial(name), self.problem.graph
        assert pair is not None
        if pair[0] == pair[1]:
            return [(name, "1/1")]
        if pair[0] not in graph.by_name or pair[0] not in graph.dependents([pair[1]]):
            return [(name, "0/1")]
        forward = self.truth.derivation.of_kind(Kind.DEFINITION)
        steps = (*forward, *partial_steps(self.truth.derivation, *pair))
        return [(step.name, tree_of(step.expression)) for step in steps]

    def written(self) -> dict[str, Any]:
        """The numbers that are given, what an update changes, and the lists, the derivation's first."""
        trained = self.problem.trained_parameters() if self._replayed else ()
        changed = {name: updated(name) for name in trained}
        steps = self.truth.derivation.needed([*self._names, *changed.values()])
        return {
            "given": {name: _text(value) for name, value in self.problem.exact_values().items()},
            "updated": changed,
            "lists": [[(step.name, tree_of(step.expression)) for step in steps], *self._apart.values()],
        }


class _Networks:
    """The networks by which a document was judged: its own, then those of another multiple of the cost of each."""

    def __init__(self, audit: Audit) -> None:
        given = [problem for problem in (audit.problem, *audit.others) if problem is not None and problem.values]
        own = [problem for problem in given if set(problem.graph.leaves) <= {*problem.values}]
        trained = [problem for problem in own if problem.training is not None]
        self._problems = own + [rescaled(problem, ratio) for problem in trained for ratio in ratios(problem)]
        self._made: list[_Network] = []

    def home(self, claim: Judged) -> dict[str, Any]:
        """Where the exact value of a claim is made; nowhere, where it is not that of a quantity of the network."""
        exact = next((interval for interval in claim.evidence if interval.what == "exact"), None)
        if exact is not None and claim.after <= REPLAY:
            for index, scale in product(range(len(self._problems)), SCALES):
                network = self._network(index)
                if network.holds(claim, scale, exact):
                    number, name = network.home(claim.quantity, claim.after)
                    return {"network": index, "list": number, "name": name, "scale": str(scale)}
        return {"network": None, "list": None, "name": None, "scale": None}

    def _network(self, index: int) -> _Network:
        while len(self._made) <= index:
            self._made.append(_Network(self._problems[len(self._made)]))
        return self._made[index]

    def written(self) -> list[dict[str, Any]]:
        """Those that were needed."""
        return [network.written() for network in self._made]


def _document(audit: Audit) -> dict[str, Any]:
    networks = _Networks(audit)
    claims = [_claim(audit, claim, networks) for claim in audit.claims]
    return {"document": audit.source.name, "networks": networks.written(), "claims": claims}


def _claim(audit: Audit, claim: Judged, networks: _Networks) -> dict[str, Any]:
    line, column = audit.source.place(claim.span.start)
    return {
        "line": line,
        "column": column,
        "text": claim.text,
        "quantity": claim.quantity or None,
        "after": claim.after,
        **networks.home(claim),
        "printed": claim.printed or None,
        "verdict": claim.verdict.value,
        "root": claim.root,
        "intervals": [_interval(interval) for interval in claim.evidence],
    }


def _interval(interval: Interval) -> dict[str, str]:
    return {"what": interval.what, "low": _text(_outward(interval.low, -1)), "high": _text(_outward(interval.high, 1))}


def _text(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _outward(value: Fraction, direction: int) -> Fraction:
    """`value`, or where that takes too many digits a shorter number below it or, for direction 1, above it."""
    if value.numerator.bit_length() + value.denominator.bit_length() <= LONG:
        return value
    shift = KEPT - value.numerator.bit_length() + value.denominator.bit_length()
    scaled = value * Fraction(2) ** shift * direction
    return Fraction(-(-scaled.numerator // scaled.denominator) * direction) / Fraction(2) ** shift
