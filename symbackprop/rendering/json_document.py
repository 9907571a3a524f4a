"""A working as JSON: every quantity with its name, formula and value to 30 significant digits; nothing abridged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from symbackprop.derivation.steps import Kind
from symbackprop.evaluation.worked import WorkedStep, Working
from symbackprop.expressions import names
from symbackprop.expressions.latex import latex
from symbackprop.expressions.text import text
from symbackprop.network.problem import Problem


def document(working: Working) -> str:
    """The whole working, its keys in a fixed order, in ASCII."""
    return json.dumps(record(working), indent=2, ensure_ascii=True) + "\n"


def record(working: Working) -> dict[str, Any]:
    """What the JSON of a working says, as Python objects."""
    of_kind = {kind: [worked for worked in working.steps if worked.step.kind is kind] for kind in Kind}
    return {
        "network": _network(working.derivation.problem) | {"decimals": working.decimals, "hand": working.hand},
        "cost": working.derivation.cost,
        "definitions": [_definition(worked) for worked in of_kind[Kind.DEFINITION]],
        "steps": [_step(worked) for worked in of_kind[Kind.PARTIAL]],
        "updates": [_update(worked) for worked in of_kind[Kind.UPDATE]],
        "after": [_after(worked) for worked in of_kind[Kind.AFTER]],
    }


def _network(problem: Problem) -> dict[str, Any]:
    graph, training = problem.graph, problem.training

    def given(leaves: tuple[str, ...]) -> Mapping[str, str | None]:
        return {name: problem.values.get(name) for name in leaves}

    return {
        "title": problem.title,
        "source": problem.source,
        "inputs": given(graph.inputs),
        "targets": given(graph.targets),
        "parameters": given(graph.parameters),
        "learning_rate": training.learning_rate if training else None,
        "frozen": list(training.frozen) if training else [],
        "order": training.order if training else None,
    }


def _definition(worked: WorkedStep) -> dict[str, Any]:
    step = worked.step
    return {
        "name": step.name,
        "section": step.section,
        "latex": f"{names.latex(step.name)} = {latex(step.expression)}",
        "expression": text(step.expression),
        "value": worked.digits or None,
        "printed": worked.value or None,
        "uses": list(step.uses),
        "reason": step.reason,
    }


def _step(worked: WorkedStep) -> dict[str, Any]:
    step = worked.step
    return _definition(worked) | {
        "rule": step.rule,
        "factors": [name for path in step.factors for name in path],
        "paths": [list(path) for path in step.factors],
        "node_error": step.node_error or None,
        "short": text(worked.short[-1]) if worked.short else None,
    }


def _update(worked: WorkedStep) -> dict[str, Any]:
    return _definition(worked) | {"rule": worked.step.rule}


def _after(worked: WorkedStep) -> dict[str, Any]:
    return _definition(worked) | {"name": worked.step.name.removesuffix("+"), "after": 1}
