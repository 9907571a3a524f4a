"""The steps in reading order: forward pass, error, backward layer by layer, updates, and the pass after them."""

from __future__ import annotations

from collections.abc import Sequence

from symbackprop.derivation.chain_rule import ReverseWalk, levels
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.derivation.updates import after_steps, update_steps
from symbackprop.expressions.tree import growing
from symbackprop.network.graph import Definition, net_inputs
from symbackprop.network.problem import Order, Problem, Training

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
    steps = [_definition_step(definition, definition.name in error, nets) for definition in definitions]
    if problem.training is not None:
        steps += _Backward(problem, problem.training, error).steps()
        steps += after_steps(problem, definitions, AFTER)
    return steps


def partial_steps(derivation: Derivation, of: str, by: str) -> tuple[Step, ...]:
    """The steps that lead to ∂of/∂by for any two quantities, the definitions they rest on left out."""
    walk = ReverseWalk(derivation.problem.graph, of, section=f"{BACKWARD}: from {of}")
    walk.total(by)
    return tuple(walk.steps.values())


def _error_part(problem: Problem) -> frozenset[str]:
    cost = {problem.training.cost} if problem.training else set()
    return problem.graph.dependents(problem.graph.targets) | cost


def _definition_step(definition: Definition, in_error: bool, nets: set[str]) -> Step:
    if definition.activation:
        reason = f"The activation {definition.activation} of the net input `{definition.uses[0]}`."
    elif definition.name in nets:
        reason = f"The net input `{definition.name}` is the weighted sum of what its unit is fed with."
    else:
        reason = f"`{definition.name}` by its definition."
    section = ERROR if in_error else FORWARD
    return Step(definition.name, definition.expression, Kind.DEFINITION, section, "definition", reason, definition.uses)


class _Backward:
    """The backward pass and the updates of one problem, layer by layer from the last."""

    def __init__(self, problem: Problem, training: Training, error: frozenset[str]) -> None:
        self.problem = problem
        self.training = training
        self.walk = ReverseWalk(problem.graph, training.cost)
        self.level = levels(problem.graph)
        needed = problem.graph.needed([training.cost])
        self.body = [definition for definition in needed if definition.name not in error]
        self.top = max((self.level[definition.name] for definition in self.body), default=0)
        self.trained = problem.trained_parameters()
        self.home = {parameter: self._home(parameter) for parameter in problem.graph.parameters}

    def _home(self, parameter: str) -> int:
        """The layer in whose section a parameter's gradient is complete: the first that it belongs to."""
        consumers = self.walk.consumers.get(parameter, [])
        inside = [self.level[definition.name] for definition in consumers if definition.name in self.level]
        return min([self.top, *inside])

    def steps(self) -> list[Step]:
        for layer in range(self.top, 0, -1):
            self.walk.section = f"{BACKWARD}: {self._title(layer)}"
            self._layer(layer)
            if self.training.order is Order.OUTPUT_FIRST:
                self._update([name for name in self.trained if self.home[name] == layer])
                self.walk.renewed.update(name for name in self.trained if self.home[name] == layer)
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
        parameters = [name for name in self.problem.graph.parameters if self.home[name] == layer]
        own = {name for name in parameters if len(self.walk.consumers.get(name, [])) == 1}
        for definition in self.body:
            if self.level[definition.name] == layer:
                self.walk.total(definition.name)
                self._totals([name for name in definition.uses if name in own])
        self._totals(parameters)

    def _totals(self, names: Sequence[str]) -> None:
        for name in names:
            if name in self.walk.consumers:
                self.walk.total(name)

    def _update(self, parameters: Sequence[str]) -> None:
        self.walk.steps.update((step.name, step) for step in update_steps(self.problem, parameters, UPDATES))
