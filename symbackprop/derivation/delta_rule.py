"""The delta rule: a gradient in terms of node errors, δ_o1 · out_h1, the second and shorter form of a chain of partials.

    δ_j = ∂C/∂z_j          at an output:  ∂C/∂a_j · f'(z_j)
                           inside:        (Σ_k δ_k w_kj) · f'(z_j)
    ∂C/∂w_ji = δ_j a_i

Source: M. A. Nielsen, Neural Networks and Deep Learning, equations BP1 to BP4.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symbackprop.derivation.partials import tidy
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.expressions.names import partial, split_partial
from symbackprop.expressions.tree import symbol
from symbackprop.network.graph import node_error_names

SUMMANDS = 12  # a sum over more paths has no short form


def delta_forms(derivation: Derivation) -> dict[str, sp.Expr]:
    """For each partial of the cost that rests on a node error, or is one: its form in node errors, by the step's name.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.network.problem import Problem, Training, read_equations
    >>> graph = read_equations({"z": "w*x", "a": "sigmoid(z)", "C": "(t - a)**2/2"}, ["x"], ["t"], ["w"])
    >>> forms = delta_forms(derive(Problem(graph, training=Training("C"))))
    >>> forms["dC/dw"]
    delta*x
    """
    if derivation.cost is None:
        return {}
    forms = _Forms(derivation, derivation.cost)
    found = {}
    for step in derivation.of_kind(Kind.PARTIAL):
        pair = split_partial(step.name)
        if pair and pair[0] == derivation.cost and step.rule in ("chain rule", "sum over paths"):
            form = forms.of(step)
            if form is not None and form.free_symbols != step.expression.free_symbols:
                found[step.name] = form
    return found


class _Forms:
    def __init__(self, derivation: Derivation, cost: str) -> None:
        self.steps: Mapping[str, Step] = derivation.by_name
        self.nodes = node_error_names(derivation.problem.graph)
        self.cost = cost

    def of(self, step: Step) -> sp.Expr | None:
        """The step's paths with every total partial replaced by node errors; None where that is not shorter."""
        if len(step.factors) > SUMMANDS:
            return None
        summands = []
        for path in step.factors:
            factors = [self.factor(name) for name in path]
            if any(factor is None for factor in factors):
                return None
            summands.append(tuple(factors))
        return tidy(summands)

    def factor(self, name: str) -> sp.Expr | None:
        pair = split_partial(name)
        step = self.steps.get(name)
        if pair is None or step is None:
            return symbol(name)
        if pair[1] in self.nodes and step.rule in ("chain rule", "sum over paths") and self._is_node_error(pair[0], pair[1]):
            return symbol(self.nodes[pair[1]])
        if step.factors == ((name,),):
            return step.expression
        return self.of(step)

    def _is_node_error(self, of: str, net_input: str) -> bool:
        """Whether ∂of/∂net is the node error of the cost: of is the cost, or the one error by which net reaches it."""
        if of == self.cost:
            return True
        through = self.steps.get(partial(self.cost, of))
        return through is not None and through.expression == 1


def expanded_chain(derivation: Derivation, step: Step) -> sp.Expr | None:
    """A gradient as one product along its path, ∂C/∂a · ∂a/∂z · ∂z/∂w; None where it is not a single path of three."""
    if len(step.factors) != 1 or len(step.factors[0]) != 2:
        return None
    first, last = step.factors[0]
    before = derivation.by_name.get(first)
    if before is None or len(before.factors) != 1 or len(before.factors[0]) != 2 or not before.node_error:
        return None
    return tidy([tuple(symbol(name) for name in (*before.factors[0], last))])


