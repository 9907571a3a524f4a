"""Which quantities and parameters of a network a step follows: what is picked out in the drawing beside it."""

from __future__ import annotations

from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.expressions.names import split_partial


def followed(derivation: Derivation, step: Step) -> frozenset[str]:
    """The names on the way of a step: of a definition, it and what it rests on; of ∂y/∂x, all that lies between.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.network.problem import Problem, Training, read_equations
    >>> graph = read_equations({"z": "w*x + b", "a": "tanh(z)", "C": "(t - a)**2"}, ["x"], ["t"], ["w", "b"])
    >>> derivation = derive(Problem(graph, training=Training("C")))
    >>> sorted(followed(derivation, derivation.by_name["dC/dw"]))
    ['C', 'a', 'w', 'z']
    """
    graph = derivation.problem.graph
    pair = split_partial(step.name)
    if pair:
        of, by = (name.removesuffix("+") for name in pair)
        if step.is_local:
            return frozenset((of, by))
        needed = {definition.name for definition in graph.needed([of])}
        return frozenset(needed.intersection(graph.dependents([by])) | {of, by})
    name = step.name.removesuffix("+")
    if step.kind is Kind.UPDATE:
        return frozenset((name,))
    return frozenset((name, *(use.removesuffix("+") for use in step.uses)))
