"""The chain rule as a theorem: a sum over all paths, each of proved partials, is the gradient.

    dC/dx = Σ over the definitions d in which x stands, on the way to C, of dC/dd · ∂d/∂x
    d(E_1 + ... + E_n)/dx = dE_1/dx + ... + dE_n/dx

A step that has one of these forms, with every d or every E_k there, is proved whatever the size of the network. What
is checked against is the graph alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

import sympy as sp

from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.expressions.names import split_partial
from symbackprop.network.graph import Definition, Graph

ROUTE = "chain rule"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The partial that a name stands for: over all paths from `by` to `of`, or in the definition of `of` alone."""

    of: str
    by: str
    total: bool


@lru_cache(maxsize=65536)
def meaning_of(name: str) -> Meaning | None:
    """What the name of a partial stands for: dY/dx the total one, dY/dx (direct) the local one; None for other names.

    >>> meaning_of("dE/dw")
    Meaning(of='E', by='w', total=True)
    """
    pair = split_partial(name)
    return Meaning(*pair, total=not name.endswith("(direct)")) if pair else None


class Paths:
    """The paths of a graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._consumers: dict[str, list[Definition]] = {}
        for definition in graph.definitions:
            for name in definition.uses:
                self._consumers.setdefault(name, []).append(definition)
        self.way = cache(self._way)

    def _way(self, of: str) -> frozenset[str]:
        """What `of` rests on, itself included."""
        needed = self.graph.needed([of])
        return frozenset(name for definition in needed for name in (definition.name, *definition.uses))

    def consumers(self, of: str, by: str) -> list[Definition]:
        """The definitions in which `by` stands, on the way to `of`."""
        way = self.way(of)
        return [definition for definition in self._consumers.get(by, []) if definition.name in way]

    def only_direct(self, of: str, by: str) -> bool:
        """Whether `by` reaches `of` in the definition of `of` alone, if at all: the partial is then the total one."""
        return all(definition.name == of for definition in self.consumers(of, by))

    def check(self, of: str, by: str, expression: sp.Expr) -> Finding:
        """Whether `expression` is the sum over all paths from `by` to `of`; what it lacks where it is not."""
        claimed = _paths_of(expression)
        if claimed is None:
            return Finding(ROUTE, Verdict.UNDECIDED, reason="it is no sum of products of partials")
        read = Counter(self._read(path, of, by) for path in claimed)
        for due in (self._through_definitions(of, by), self._through_summands(of, by)):
            if due and read == Counter(due):
                count = f"{len(due)} paths" if len(due) > 1 else "the one path"
                return Finding(ROUTE, Verdict.PROVED, reason=f"over {count}")
        missing = [path for path in self._through_definitions(of, by) if path not in read]
        shown = " and ".join(f"through {through}" for through, _ in missing[:3])
        reason = f"the path {shown} is not there" if missing else "a product in it is on no path"
        return Finding(ROUTE, Verdict.UNDECIDED, reason=reason)

    def _through_definitions(self, of: str, by: str) -> list[tuple[str, str]]:
        return [(definition.name, "product") for definition in self.consumers(of, by)]

    def _through_summands(self, of: str, by: str) -> list[tuple[str, str]]:
        """The summands of a plain sum of defined quantities that `by` reaches."""
        definition = self.graph.by_name.get(of)
        if definition is None or not definition.expression.is_Add or by in definition.uses:
            return []
        terms = definition.expression.args
        if not all(term.is_Symbol and term.name in self.graph.by_name for term in terms):
            return []
        if len(set(terms)) < len(terms):
            return []
        return [(term.name, "summand") for term in terms if by in self.way(term.name)]

    def _read(self, path: Path, of: str, by: str) -> tuple[str, str]:
        """(the definition that a product goes through, how); ("", "") for one that is on no path."""
        match [meaning_of(name) for name in path]:
            case [Meaning() as one] if self._is(one, of, by, total=False):
                return of, "product"
            case [Meaning() as one] if self._is(one, one.of, by, total=True):
                return one.of, "summand"
            case [Meaning() as one, Meaning() as other]:
                for first, last in ((one, other), (other, one)):
                    if self._is(first, of, last.of, total=True) and self._is(last, last.of, by, total=False):
                        return last.of, "product"
        return "", ""

    def _is(self, meaning: Meaning, of: str, by: str, *, total: bool) -> bool:
        if (meaning.of, meaning.by) != (of, by):
            return False
        return meaning.total == total or self.only_direct(of, by)


def _paths_of(expression: sp.Expr) -> list[Path] | None:
    """The products of names that an expression is the sum of; None where it is of another form."""
    found = []
    for term in expression.args if expression.is_Add else (expression,):
        factors = term.args if term.is_Mul else (term,)
        if not all(factor.is_Symbol for factor in factors):
            return None
        found.append(tuple(factor.name for factor in factors))
    return found
