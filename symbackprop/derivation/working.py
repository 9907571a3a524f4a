"""The steps in reading order: forward pass, error, backward layer by layer, updates, and the pass after them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from symbackprop.derivation.chain_rule import ReverseWalk, levels
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.derivation.updates import after_steps, update_steps
from symbackprop.expressions.layerwise import LAYERWISE
from symbackprop.expressions.tree import growing
from symbackprop.network.graph import Definition, net_inputs
from symbackprop.network.problem import Order, Problem, Training

Item = TypeVar("Item")

FORWARD, ERROR, BACKWARD, UPDATES, AFTER = "forward pass", "error", "backward pass", "updates", "after the update"


def derive(problem: Problem) -> Derivation:
    """The whole derivation of a problem: every quantity, every partial of the cost, every update, and the pass after.

    >>> from symbackprop.network.problem import Training, read_equations
    >>> graph = read_equations({"z": "w*x", "C": "(t - z)**2"}, ["x"], ["t"], ["w"])
    >>> derivation = derive(Problem(graph, training=Training("C", "0.1")))
    >>> [step.name for step in derivation.sequence]
    ['z', 'C', 'dC/dz', 'dz/dw', 'dC/dw', 'dz/dx', 'dC/dx', 'w+', 'z+', 'C+']
    """
    with growing():
        return Derivation(problem, tuple(_steps(problem)))


def _steps(problem: Problem) -> list[Step]:
    error = _error_part(problem)
    definitions = sorted(problem.graph.definitions, key=lambda definition: definition.name in error)
    nets = set(net_inputs(problem.graph))
    steps = [
        _definition_step(definition, ERROR if definition.name in error else FORWARD, _why(definition, problem, nets))
        for definition in definitions
    ]
    if problem.training is not None:
        steps += _Backward(problem, problem.training, error).steps()
        steps += after_steps(problem, definitions, AFTER)
    return steps


def partial_steps(derivation: Derivation, of: str, by: str) -> tuple[Step, ...]:
    """The steps that lead to ∂of/∂by for any two quantities, the definitions they rest on left out."""
    walk = ReverseWalk(derivation.problem.graph, of, f"{BACKWARD}: from {of}")
    walk.total(by)
    return tuple(walk.steps.values())


def _error_part(problem: Problem) -> frozenset[str]:
    """What rests on a target or on the cost, and the cost itself."""
    cost = (problem.training.cost,) if problem.training else ()
    return problem.graph.dependents((*problem.graph.targets, *cost)).union(cost)


def _definition_step(definition: Definition, section: str, reason: str) -> Step:
    return Step(definition.name, definition.expression, Kind.DEFINITION, section, "definition", reason, definition.uses)


def _why(definition: Definition, problem: Problem, nets: set[str]) -> str:
    targets = [name for name in definition.uses if name in problem.graph.targets]
    outputs = [name for name in definition.uses if name in problem.graph.by_name]
    if definition.activation in LAYERWISE:
        return f"The activation {definition.activation}: the share of `{definition.uses[0]}` in its layer."
    if definition.activation:
        return f"The activation {definition.activation} of the net input `{definition.uses[0]}`."
    if definition.name in nets:
        return f"The net input `{definition.name}` is the weighted sum of what its unit is fed with."
    if len(targets) == len(outputs) == 1:
        return f"`{definition.name}` measures how far `{outputs[0]}` is from its target `{targets[0]}`."
    if problem.training and definition.name == problem.training.cost:
        return f"The cost `{definition.name}`, which is differentiated, puts the errors together."
    return f"`{definition.name}` by its definition."


class _Backward:
    """The backward pass and the updates of one problem, layer by layer from the last."""

    def __init__(self, problem: Problem, training: Training, error: frozenset[str]) -> None:
        self.problem = problem
        self.training = training
        self.walk = ReverseWalk(problem.graph, training.cost)
        self.trained = problem.trained_parameters()
        level = levels(problem.graph)
        needed = problem.graph.needed([training.cost])
        self.body = [definition for definition in needed if definition.name not in error]
        self.layers = _grouped(self.body, lambda definition: level[definition.name])
        self.top = max([1, *self.layers])
        self.parameters = _grouped(
            problem.graph.parameters,  # a gradient is complete in the section of the first layer with the parameter
            lambda name: min([self.top, *(level[user.name] for user in self.walk.consumers.get(name, []))]),
        )

    def steps(self) -> list[Step]:
        for layer in range(self.top, 0, -1):
            self.walk.section = f"{BACKWARD}: {self._title(layer)}"
            self._layer(layer)
            if self.training.order is Order.OUTPUT_FIRST:
                trained = [name for name in self.parameters.get(layer, []) if name in self.trained]
                self._update(trained)
                self.walk.renewed.update(trained)
        self.walk.section = f"{BACKWARD}: inputs"
        self._totals([definition.name for definition in reversed(self.body)])
        self._totals(self.problem.graph.inputs)
        if self.training.order is Order.SIMULTANEOUS:
            self._update(self.trained)
        return list(self.walk.steps.values())

    def _title(self, layer: int) -> str:
        if layer == self.top:
            return "output layer"
        return "hidden layer" if self.top == 2 else f"hidden layer {layer}"

    def _layer(self, layer: int) -> None:
        parameters = self.parameters.get(layer, [])
        own = {name for name in parameters if len(self.walk.consumers.get(name, [])) == 1}
        for definition in self.layers.get(layer, []):
            self.walk.total(definition.name)
            self._totals([name for name in definition.uses if name in own])
        self._totals(parameters)

    def _totals(self, names: Sequence[str]) -> None:
        for name in names:
            if name in self.walk.consumers:
                self.walk.total(name)

    def _update(self, parameters: Sequence[str]) -> None:
        self.walk.steps.update((step.name, step) for step in update_steps(self.problem, parameters, UPDATES))


def _grouped(items: Iterable[Item], key: Callable[[Item], int]) -> dict[int, list[Item]]:
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
