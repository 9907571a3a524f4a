"""Derivations with one fault in them."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.derivation.steps import Derivation
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol, symbols_of


def corrupted(derivation: Derivation, name: str, formula: str) -> Derivation:
    """`derivation` with another formula for the step `name`, which says what it uses."""
    known = {step: symbol(step) for step in (*derivation.problem.graph.leaves, *derivation.by_name, "eta")}
    expression = parse(formula, known)
    uses = symbols_of(expression)
    steps = [
        replace(step, expression=expression, uses=uses) if step.name == name else step for step in derivation.sequence
    ]
    return replace(derivation, sequence=tuple(steps))


def without(derivation: Derivation, name: str) -> Derivation:
    """`derivation` without one of its steps."""
    return replace(derivation, sequence=tuple(step for step in derivation.sequence if step.name != name))


def resting_on(derivation: Derivation, name: str) -> set[str]:
    """The names of all steps that rest on `name`, directly or not."""
    found = {name}
    for step in derivation.sequence:
        if not found.isdisjoint(step.uses):
            found.add(step.name)
    return found - {name}
