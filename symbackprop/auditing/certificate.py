"""Audits -> a certificate: every verdict, the intervals that prove it, and the list that makes the exact values.

`symbackprop.auditing.recheck` checks it again, with exact fractions and the standard library alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from symbackprop.auditing.report import Audit, Interval, Judged
from symbackprop.derivation.steps import Derivation, Kind
from symbackprop.derivation.working import derive, partial_steps
from symbackprop.expressions.names import split_partial, updated

LONG = 2000  # bits of an end of an interval, beyond which it is written with fewer, further out
KEPT = 1024

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


class _Lists:
    """The lists that the claims of a document rest on: the derivation's, and one for each partial that it lacks."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.names: dict[str, None] = {}  # of the derivation's list, that are needed
        self.apart: dict[str, list[Entry]] = {}
        self.replayed = False

    def home(self, quantity: str, after: int) -> tuple[int, str] | None:
        """(the number of the list in which a quantity stands, its name there); None where it stands in none."""
        self.replayed = self.replayed or after > 0
        step = self.derivation.by_name.get(quantity)
        if step is not None or quantity in self.derivation.problem.exact_values():
            name = step.name if step is not None else quantity
            self.names[name] = None
            return 0, name
        if quantity not in self.apart:
            entries = self._partial(quantity)
            if entries is None:
                return None
            self.apart[quantity] = entries
        return 1 + list(self.apart).index(quantity), quantity

    def _partial(self, name: str) -> list[Entry] | None:
        """The list for ∂of/∂by, for any two quantities."""
        pair, graph = split_partial(name), self.derivation.problem.graph
        if pair is None or not {*pair} <= {*graph.names}:
            return None
        if pair[0] == pair[1]:
            return [(name, "1/1")]
        if pair[0] not in graph.by_name or pair[0] not in graph.dependents([pair[1]]):
            return [(name, "0/1")]
        forward = self.derivation.of_kind(Kind.DEFINITION)
        return [(step.name, tree_of(step.expression)) for step in (*forward, *partial_steps(self.derivation, *pair))]

    def written(self) -> list[list[Entry]]:
        """All lists, the derivation's first."""
        names = [*self.names, *(self.updates().values() if self.replayed else ())]
        steps = self.derivation.needed(names)
        return [[(step.name, tree_of(step.expression)) for step in steps], *self.apart.values()]

    def updates(self) -> dict[str, str]:
        """The name of the updated value of each trained parameter."""
        return {name: updated(name) for name in self.derivation.problem.trained_parameters()}


def _document(audit: Audit) -> dict[str, Any]:
    lists = _Lists(derive(audit.problem)) if audit.problem and audit.problem.values else None
    claims = [_claim(audit, claim, lists) for claim in audit.claims]
    given: Mapping[str, Fraction] = audit.problem.exact_values() if audit.problem and lists else {}
    return {
        "document": audit.source.name,
        "given": {name: _text(value) for name, value in given.items()},
        "updated": lists.updates() if lists and lists.replayed else {},
        "lists": lists.written() if lists else [],
        "claims": claims,
    }


def _claim(audit: Audit, claim: Judged, lists: _Lists | None) -> dict[str, Any]:
    line, column = audit.source.place(claim.span.start)
    home = lists.home(claim.quantity, claim.after) if lists and claim.quantity else None
    return {
        "line": line,
        "column": column,
        "text": claim.text,
        "quantity": claim.quantity or None,
        "after": claim.after,
        "scale": "1",
        "list": home[0] if home else None,
        "name": home[1] if home else None,
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
