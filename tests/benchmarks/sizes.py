"""The time to derive and to compile networks of growing size, against `import sympy` and against their edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbackprop.derivation.working import derive
from symbackprop.evaluation.program import compile_program
from symbackprop.expressions.names import updated
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training
from tests.benchmarks.timing import import_seconds, least_seconds

SIZES = ((2, 2, 2), (64, 64, 10), (784, 30, 10))


def problem(sizes: Sequence[int]) -> Problem:
    """A fully connected network of sigmoid units, in symbols alone."""
    layers = [Dense(units, "sigmoid") for units in sizes[1:]]
    graph = dense_graph(sizes[0], layers, LOSSES["half_squared_error"], NOTATIONS["mazur"])
    return Problem(graph, training=Training("E_total", "0.5"))


def build_and_derive(sizes: Sequence[int]) -> None:
    """From nothing to the whole derivation."""
    derive(problem(sizes))


def size_lines(sizes: Sequence[Sequence[int]] = SIZES, runs: int = 3) -> Iterator[str]:
    """The lines of the report: seconds to derive and to compile every update, as multiples of `import sympy`."""
    unit = import_seconds(runs)
    yield f"import sympy: {unit:.4f} s"
    yield f"{'network':>12} {'parameters':>10} {'build + derive':>24} {'compile all updates':>24}"
    for layers in sizes:
        derivation = derive(problem(layers))
        graph = derivation.problem.graph
        outputs = [updated(name) for name in derivation.problem.trained_parameters()]
        inputs = (*graph.leaves, "eta")
        deriving = least_seconds(lambda layers=layers: build_and_derive(layers), runs)  # type: ignore[misc]
        compiling = least_seconds(lambda: compile_program(derivation.sequence, inputs, outputs), runs)  # noqa: B023
        edges = len(graph.parameters)
        yield (
            f"{'-'.join(map(str, layers)):>12} {edges:>10} "
            f"{deriving:7.3f} s {deriving / unit:5.2f}x {deriving / edges * 1e6:4.0f} us "
            f"{compiling:7.3f} s {compiling / unit:5.2f}x {compiling / edges * 1e6:4.0f} us"
        )
    yield "x: times import sympy; us: microseconds a parameter"
