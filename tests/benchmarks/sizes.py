"""The time to derive and to compile networks of growing size, against `import sympy` and against their edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.evaluation.program import Program, compile_program
from symbackprop.expressions.names import updated
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training
from tests.benchmarks.timing import import_seconds, least_seconds

SIZES = ((2, 2, 2), (64, 64, 10), (784, 30, 10))


def built_and_derived(sizes: Sequence[int]) -> Derivation:
    """A fully connected network of sigmoid units, in symbols alone, and its whole derivation."""
    layers = [Dense(units, "sigmoid") for units in sizes[1:]]
    graph = dense_graph(sizes[0], layers, LOSSES["half_squared_error"], NOTATIONS["mazur"])
    return derive(Problem(graph, training=Training("E_total", "0.5")))


def compiled(derivation: Derivation) -> Program:
    """Every updated parameter as one function of everything that is given."""
    problem = derivation.problem
    outputs = [updated(name) for name in problem.trained_parameters()]
    return compile_program(derivation.sequence, (*problem.graph.leaves, problem.learning_rate_name), outputs)


def size_lines(sizes: Sequence[Sequence[int]] = SIZES, runs: int = 3) -> Iterator[str]:
    """The report: seconds to derive and to compile every update, as multiples of `import sympy`, and by the edge."""
    unit = import_seconds(runs + 2)
    yield f"import sympy: {unit:.3f} s, the unit of x below; us are microseconds an edge (a weight or a bias of a unit)"
    yield f"{'network':>12} {'edges':>7} {'build and derive':>27} {'compile all updates':>27}"
    for layers in sizes:
        derivation = built_and_derived(layers)
        edges = len(derivation.problem.graph.parameters)
        row = f"{'-'.join(map(str, layers)):>12} {edges:>7}"
        for action in (partial(built_and_derived, layers), partial(compiled, derivation)):
            seconds = least_seconds(action, runs)
            row += f"   {seconds:7.3f} s {seconds / unit:6.2f}x {1e6 * seconds / edges:5.0f} us"
        yield row
