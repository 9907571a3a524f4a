"""A worked step -> the links of its chain: name = form = form with numbers = value, each said once.

A link is exact (=) or rounded (≈): where a decimal that is put in, or the value, is printed rounded, equality would
be a false claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

import sympy as sp

from symbackprop.evaluation.worked import WorkedStep
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import rebuild, symbol, symbols_of, walk

LONGEST = 12  # terms of a sum or a product that are all shown
FIRST, LAST = 3, 2  # terms that are shown of a longer one
ELLIPSIS = "..."
_DECIMAL = re.compile(r"\(?-?\d+(?:\.\d+)?(?:e-?\d+)?\)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """One member of a chain: a tree, the decimals to put into it, and whether it equals what stands before it."""

    tree: sp.Expr
    numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    exact: bool = True


def links(worked: WorkedStep) -> tuple[Link, ...]:
    """The links of a step's chain after its first name; a node error is first said to be the partial that it is.

    >>> from symbackprop.derivation.steps import Kind, Step
    >>> from symbackprop.expressions.tree import add, symbol
    >>> tree = add([symbol("a"), symbol("b")])
    >>> step = Step("c", tree, Kind.DEFINITION, "forward pass", "definition", "", ("a", "b"))
    >>> worked = WorkedStep(step, (tree,), (), {"a": "1", "b": "0.67"}, "1.67", "1.66667", frozenset({"b", "c"}))
    >>> [(link.tree, link.exact) for link in links(worked)]
    [(a + b, True), (a + b, False), (c, False)]
    """
    step = worked.step
    found = [Link(symbol(step.name))] if step.node_error else []
    for form in worked.forms:
        if not found or found[-1].tree != form:
            found.append(Link(form))
    if not worked.value:
        return tuple(found)
    final = worked.forms[-1]
    names = symbols_of(final)
    rounded = not worked.rounded.isdisjoint(names)
    if names and not _is_number(text(final, worked.numbers), worked.value):
        found.append(Link(final, worked.numbers, not rounded))
    if names or text(final) != worked.value:
        exact = step.name not in worked.rounded and not rounded
        found.append(Link(symbol(step.name), {step.name: worked.value}, exact))
    return tuple(found)


def _is_number(shown: str, value: str) -> bool:
    """Whether a form with its numbers in is already the decimal `value`, if perhaps with other zeros at its end."""
    return bool(_DECIMAL.fullmatch(shown)) and Decimal(shown.strip("()")) == Decimal(value)


def longest(worked: WorkedStep) -> int:
    """The number of terms of the longest sum or product in a step."""
    forms = (*worked.forms, *worked.short)
    return max(len(node.args) for form in forms for node in walk(form) if not node.is_Function)


def abridged(tree: sp.Expr) -> sp.Expr:
    """`tree` with an ellipsis in every sum and product of more than 12 terms: the first 3 and the last 2 stay.

    >>> from symbackprop.expressions.tree import add, symbol
    >>> abridged(add([symbol(f"x{i}") for i in range(20)])).args
    (x0, x1, x2, ..., x18, x19)
    """
    if not any(len(node.args) > LONGEST for node in walk(tree)):
        return tree
    terms = list(tree.args)
    if len(terms) > LONGEST:
        terms[FIRST:-LAST] = [symbol(ELLIPSIS)]
    return rebuild(tree, [abridged(term) for term in terms]) if terms else tree
