"""Step and Derivation: the ordered list with, for each definition, the rule and the reason that it comes of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import sympy as sp

from symbackprop.errors import NetworkError
from symbackprop.expressions.names import partial, resolve, updated
from symbackprop.network.problem import Problem


class Kind(StrEnum):
    """Which part of the working a step belongs to."""

    DEFINITION = "definition"
    PARTIAL = "partial"
    UPDATE = "update"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Step:
    """name := expression, with why.

    `rule` names the rule applied. `factors` holds, for each path of a chain rule, the names that are multiplied;
    `uses` the quantities that the expression rests on; `reason` is one sentence in which names stand in backticks.
    `node_error` is the δ that a node error is also called.
    """

    name: str
    expression: sp.Expr
    kind: Kind
    section: str
    rule: str
    reason: str
    uses: tuple[str, ...]
    factors: tuple[tuple[str, ...], ...] = ()
    node_error: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is a local partial, found from one definition by the rules of differentiation."""
        return self.factors == ((self.name,),)


@dataclass(frozen=True, slots=True)
class Derivation:
    """Every step from the inputs to the error after one update; each rests on leaves and earlier steps only."""

    problem: Problem
    sequence: tuple[Step, ...]
    by_name: Mapping[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table = {step.name: step for step in self.sequence}
        table |= {step.node_error: step for step in self.sequence if step.node_error}
        object.__setattr__(self, "by_name", MappingProxyType(table))

    def of_kind(self, kind: Kind) -> tuple[Step, ...]:
        """The steps of one kind, in order."""
        return tuple(step for step in self.sequence if step.kind is kind)

    @property
    def cost(self) -> str | None:
        """What is differentiated, if anything is."""
        return self.problem.training.cost if self.problem.training else None

    def find(self, name: str) -> Step:
        """The step of a quantity; of a leaf, the step of the cost's partial with respect to it. Any spelling will do.

        Raises `SymbackpropError` with the nearest names.
        """
        if name in self.by_name:
            return self.by_name[name]
        graph = self.problem.graph
        known = {**dict.fromkeys(self.by_name), **dict.fromkeys(graph.leaves)}
        found = resolve(name, known)
        if found in self.by_name:
            return self.by_name[found]
        gradient = partial(self.cost or "", found)
        if gradient not in self.by_name:
            raise NetworkError(f"there is no partial with respect to {found!r}", hint=self._why_no_partial(found))
        return self.by_name[gradient]

    def _why_no_partial(self, leaf: str) -> str:
        if self.cost is None:
            return "no cost is declared: give cost under [training]"
        if leaf in self.problem.graph.targets:
            return f"{self.cost} is differentiated with respect to parameters, inputs and what rests on them"
        return f"{self.cost} does not depend on {leaf}"

    def needed(self, names: Sequence[str]) -> tuple[Step, ...]:
        """The steps that `names` rest on, themselves included, in order."""
        wanted = {self.by_name[name].name if name in self.by_name else name for name in names}
        kept = []
        for step in reversed(self.sequence):
            if step.name in wanted:
                kept.append(step)
                wanted.update(step.uses)
        return tuple(reversed(kept))

    def final_name(self, name: str) -> str:
        """The name that holds the value of `name` after the update: itself where an update does not change it."""
        return updated(name) if updated(name) in self.by_name else name
