"""Networks that several tests share: the worked examples, and random graphs for what holds for every graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mpmath
import sympy as sp
from hypothesis import strategies as st

from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.expressions.elementary import elementary
from symbackprop.network.file import load_problem
from symbackprop.network.graph import Graph
from symbackprop.network.problem import Order, Problem, Training, read_equations

EXAMPLES = Path(__file__).parent.parent / "examples"


def example(name: str, order: Order = Order.SIMULTANEOUS) -> Problem:
    """A worked example of the project, its updates in the given order."""
    problem = load_problem(EXAMPLES / f"{name}.toml")
    assert problem.training is not None
    return replace(problem, training=replace(problem.training, order=order))


def two_two_two(order: Order = Order.SIMULTANEOUS) -> Derivation:
    """The 2-2-2 network, derived."""
    return derive(example("mazur_2_2_2", order))


def problem_of(
    equations: Mapping[str, str],
    *,
    cost: str,
    inputs: Mapping[str, str] | Sequence[str] = (),
    targets: Mapping[str, str] | Sequence[str] = (),
    parameters: Mapping[str, str] | Sequence[str] = (),
    learning_rate: str | None = "0.5",
    frozen: Sequence[str] = (),
    order: Order = Order.SIMULTANEOUS,
) -> Problem:
    """Equations with their cost; leaves are given as names, or with their values."""
    values: dict[str, str] = {}
    for leaves in (inputs, targets, parameters):
        values |= leaves if isinstance(leaves, Mapping) else {}
    graph = read_equations(equations, tuple(inputs), tuple(targets), tuple(parameters))
    return Problem(graph, values, Training(cost, learning_rate, tuple(frozen), order))


def derivation_of(equations: Mapping[str, str], **options: Any) -> Derivation:
    """The derivation of equations; the options are those of `problem_of`."""
    return derive(problem_of(equations, **options))


@dataclass(frozen=True, slots=True)
class Oracle:
    """The values and slopes of a graph's quantities by SymPy's own functions and by differences, to 30 digits."""

    graph: Graph
    values: Mapping[str, str]

    def value(self, name: str, **changed: mpmath.mpf) -> mpmath.mpf:
        """The value of `name`, with other values for some leaves."""
        with mpmath.workdps(80):
            known = {leaf: mpmath.mpf(text) for leaf, text in self.values.items()} | changed
            for definition in self.graph.needed([name]):
                known[definition.name] = _value(elementary(definition.expression), known)
            return known[name]

    def slope(self, of: str, by: str) -> mpmath.mpf:
        """∂of/∂by, over all paths, from the central difference; `by` is a leaf."""
        with mpmath.workdps(80):
            at, step = mpmath.mpf(self.values[by]), mpmath.mpf(10) ** -20
            return (self.value(of, **{by: at + step}) - self.value(of, **{by: at - step})) / (2 * step)


def _value(tree: sp.Expr, known: Mapping[str, mpmath.mpf]) -> mpmath.mpf:
    names = sorted(symbol.name for symbol in tree.free_symbols)
    arguments = [sp.Symbol(name) for name in names]
    return mpmath.mpmathify(sp.lambdify(arguments, tree, modules="mpmath")(*(known[name] for name in names)))


def close(one: mpmath.mpf, other: mpmath.mpf, digits: int = 20) -> bool:
    """Whether two numbers agree to so many digits, or to so many places where they are small."""
    with mpmath.workdps(50):
        return bool(abs(one - other) <= mpmath.mpf(10) ** -digits * max(1, abs(one), abs(other)))


DECIMALS = st.integers(-19, 19).map(lambda n: f"{(2 * n + 1) / 16:.4f}")  # no two alike but by chance, none is 0


@st.composite
def random_problems(draw: st.DrawFn, order: Order | None = None) -> Problem:
    """Small graphs of every kind: shared parameters, skip connections, products, several errors, a direct penalty."""
    inputs = [f"x_{n}" for n in range(draw(st.integers(1, 3)))]
    parameters = [f"w_{n}" for n in range(draw(st.integers(1, 5)))]
    equations: dict[str, str] = {}
    known = list(inputs)
    for n in range(1, draw(st.integers(1, 6)) + 1):
        equations[f"z_{n}"] = _net(draw, known, parameters)
        known.append(f"z_{n}")
        if draw(st.booleans()):
            function = draw(
                st.sampled_from(["sigmoid", "tanh", "softplus", "silu", "elu", "relu", "gelu", "exp(-1)*sin"])
            )
            equations[f"a_{n}"] = f"{function}(z_{n})"
            known.append(f"a_{n}")
    outputs = draw(st.lists(st.sampled_from(list(equations)), min_size=1, max_size=3, unique=True))
    targets = [f"t_{n}" for n in range(len(outputs))]
    for n, output in enumerate(outputs):
        error = draw(st.sampled_from(["(t - y)**2/2", "(t - y)**2", "(y - t)*(y - t)*0.25", "t*y + y**3/7"]))
        equations[f"E_{n}"] = error.replace("t", targets[n]).replace("y", output)
    errors = [f"E_{n}" for n in range(len(outputs))]
    penalty = draw(st.sampled_from(["", "", " + 0.01*w_0**2"]))
    equations["C"] = draw(st.sampled_from(["{}", "({})/2"])).format(" + ".join(errors)) + penalty
    leaves = [*inputs, *targets, *parameters]
    values = {name: draw(DECIMALS) for name in leaves}
    graph = read_equations(equations, inputs, targets, parameters)
    frozen = tuple(draw(st.lists(st.sampled_from(parameters), max_size=2, unique=True)))
    chosen = order or draw(st.sampled_from(list(Order)))
    return Problem(graph, values, Training("C", draw(DECIMALS), frozen, chosen))


def _net(draw: st.DrawFn, known: Sequence[str], parameters: Sequence[str]) -> str:
    fed = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
    weighted = [f"{draw(st.sampled_from(parameters))}*{name}" for name in fed]
    extra = draw(st.sampled_from(["", "", f" + {parameters[0]}", f" - {known[-1]}", f"/(1 + {known[-1]}**2)"]))
    return " + ".join(weighted) + extra
