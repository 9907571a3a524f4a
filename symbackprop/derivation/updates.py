"""Gradient descent: w+ := w - η · ∂C/∂w, and the forward pass with the updated parameters."""

from __future__ import annotations

from collections.abc import Sequence

from symbackprop.derivation.steps import Kind, Step
from symbackprop.expressions.names import partial, updated
from symbackprop.expressions.tree import add, multiply, negate, substitute, symbol
from symbackprop.network.graph import Definition
from symbackprop.network.problem import Problem


def update_steps(problem: Problem, parameters: Sequence[str], section: str) -> list[Step]:
    """w+ := w - η · ∂C/∂w for each of `parameters`."""
    assert problem.training is not None
    rate, cost = problem.learning_rate_name, problem.training.cost
    return [_update_step(rate, parameter, partial(cost, parameter), section) for parameter in parameters]


def _update_step(rate: str, parameter: str, gradient: str, section: str) -> Step:
    change = multiply([symbol(rate), symbol(gradient)])
    return Step(
        updated(parameter),
        add([symbol(parameter), negate(change)]),
        Kind.UPDATE,
        section,
        "gradient descent",
        f"`{parameter}` moves against its gradient, by the learning rate times as far.",
        (parameter, rate, gradient),
        ((rate, gradient),),
    )


def after_steps(problem: Problem, definitions: list[Definition], section: str) -> list[Step]:
    """The definitions that an update changes, with the updated values in them; net_h1 is then called net_h1+."""
    trained = problem.trained_parameters()
    changed = problem.graph.dependents(trained)
    renewed = {name: symbol(updated(name)) for name in (*trained, *changed)}
    steps = []
    for definition in definitions:
        if definition.name in changed:
            uses = tuple(updated(name) if name in renewed else name for name in definition.uses)
            reason = f"`{definition.name}` again, with the updated parameters."
            tree = substitute(definition.expression, renewed)
            steps.append(Step(updated(definition.name), tree, Kind.AFTER, section, "definition", reason, uses))
    return steps
