"""Compiled lists in every arithmetic, against the 2-2-2 network worked by hand and against SymPy's own functions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint
import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings

from symbackprop.derivation.working import derive
from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
from symbackprop.evaluation.enclosure import bounds
from symbackprop.evaluation.program import Program, compile_program
from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.network.graph import Definition, Graph
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training, read_equations
from tests.networks import Oracle, close, random_problems, two_two_two

BITS = 192


def by_hand() -> dict[str, mpmath.mpf]:
    """The 2-2-2 network written out, to 50 digits."""
    with mpmath.workdps(60):
        i, t = [mpmath.mpf("0.05"), mpmath.mpf("0.10")], [mpmath.mpf("0.01"), mpmath.mpf("0.99")]
        hidden = [[mpmath.mpf("0.15"), mpmath.mpf("0.20")], [mpmath.mpf("0.25"), mpmath.mpf("0.30")]]
        output = [[mpmath.mpf("0.40"), mpmath.mpf("0.45")], [mpmath.mpf("0.50"), mpmath.mpf("0.55")]]
        biases, rate = [mpmath.mpf("0.35"), mpmath.mpf("0.60")], mpmath.mpf("0.5")

        def forward() -> tuple[list[mpmath.mpf], list[mpmath.mpf], mpmath.mpf]:
            h = [1 / (1 + mpmath.exp(-(row[0] * i[0] + row[1] * i[1] + biases[0]))) for row in hidden]
            o = [1 / (1 + mpmath.exp(-(row[0] * h[0] + row[1] * h[1] + biases[1]))) for row in output]
            return h, o, sum((target - out) ** 2 / 2 for target, out in zip(t, o, strict=True))

        h, o, cost = forward()
        delta_o = [(out - target) * out * (1 - out) for target, out in zip(t, o, strict=True)]
        delta_h = [sum(delta_o[k] * output[k][j] for k in (0, 1)) * h[j] * (1 - h[j]) for j in (0, 1)]
        found = {"out_h1": h[0], "out_o2": o[1], "E_total": cost, "delta_o2": delta_o[1], "delta_h1": delta_h[0]}
        found |= {f"dE_total/dw_{n + 1}": delta_h[n // 2] * i[n % 2] for n in range(4)}
        found |= {f"dE_total/dw_{n + 5}": delta_o[n // 2] * h[n % 2] for n in range(4)}
        found |= {"dE_total/db_1": sum(delta_h), "dE_total/db_2": sum(delta_o)}
        hidden = [[hidden[j][n] - rate * delta_h[j] * i[n] for n in (0, 1)] for j in (0, 1)]
        output = [[output[j][n] - rate * delta_o[j] * h[n] for n in (0, 1)] for j in (0, 1)]
        found |= {"w_3+": hidden[1][0], "w_8+": output[1][1], "E_total+": forward()[2]}
        return found


def program(outputs: Sequence[str], arithmetic: Arithmetic) -> Program:
    derivation = two_two_two()
    names = [derivation.by_name[name].name for name in outputs]
    return compile_program(derivation.sequence, list(derivation.problem.exact_values()), names, arithmetic)


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_the_2_2_2_network_as_by_hand(arithmetic: Arithmetic) -> None:
    due = by_hand()
    given = two_two_two().problem.exact_values()
    with mpmath.workdps(50), flint.ctx.workprec(BITS):
        found = program(list(due), arithmetic)(given)
    for name, value in zip(due, found.values(), strict=True):
        match arithmetic:
            case Arithmetic.MPMATH:
                assert close(value, due[name], digits=48), name
            case Arithmetic.BALL:
                low, high = bounds(value)
                with mpmath.workdps(60):
                    assert mpmath.mpf(low.numerator) / low.denominator <= due[name] + mpmath.mpf(10) ** -58
                    assert due[name] - mpmath.mpf(10) ** -58 <= mpmath.mpf(high.numerator) / high.denominator
                assert high - low < Fraction(1, 10**50)
            case _:
                assert float(value) == pytest.approx(float(due[name]), rel=1e-14)


def test_a_batch_in_one_call() -> None:
    given = two_two_two().problem.exact_values()
    outputs = ["E_total", "dE_total/dw_1", "w_8+"]
    batch = {"i_1": [0.05, 0.5, -1.0], "i_2": np.array([0.10, 0.25, 2.0])}
    together = program(outputs, Arithmetic.ARRAY)({**given, **batch})
    alone = program(outputs, Arithmetic.FLOAT)
    for place, (i_1, i_2) in enumerate(zip(*batch.values(), strict=True)):
        one = alone({**given, "i_1": i_1, "i_2": i_2})
        for name in outputs:
            assert together[name][place] == pytest.approx(one[name], rel=1e-14)
            assert together[name].shape == (3,)


def test_whole_arrays_become_floats() -> None:
    square = compile_program([Definition("y", sp.Symbol("x") ** -2)], ["x"], ["y"], Arithmetic.ARRAY)
    assert square({"x": np.array([1, 2])})["y"].tolist() == [1, 0.25]


def test_numbers_of_any_kind_are_taken() -> None:
    double = [Definition("y", sp.Symbol("x") * 2)]
    for number in (3, 3.0, Fraction(3), np.float64(3), mpmath.mpf(3)):
        found = compile_program(double, ["x"], ["y"])({"x": number})["y"]
        assert (found, type(found)) == (6.0, float)
    with mpmath.workdps(40):
        third = compile_program(double, ["x"], ["y"], Arithmetic.MPMATH)({"x": Fraction(1, 3)})["y"]
        assert abs(third - mpmath.mpf(2) / 3) < mpmath.mpf(10) ** -39
    assert compile_program(double, ["x"], ["y"], Arithmetic.BALL)({"x": Fraction(1, 3)})["y"] == flint.fmpq(2, 3)


def test_mpmath_takes_complex_numbers() -> None:
    logistic = graph_of({"y": "sigmoid(x)**1.5"}, "x")
    with mpmath.workdps(60):
        run = compile_program(logistic.definitions, ["x"], ["y"], Arithmetic.MPMATH)
        step = mpmath.mpf(10) ** -40
        slope = mpmath.im(run({"x": mpmath.mpc("0.3", step)})["y"]) / step
        value = 1 / (1 + mpmath.exp(-mpmath.mpf("0.3")))
        assert close(slope, 1.5 * mpmath.sqrt(value) * value * (1 - value), digits=30)


def graph_of(equations: Mapping[str, str], inputs: str | Sequence[str]) -> Graph:
    return read_equations(equations, tuple(inputs), [], [])


@settings(deadline=None, max_examples=40)
@given(random_problems())
def test_law_every_arithmetic_agrees_with_sympy(problem: Problem) -> None:
    oracle = Oracle(problem.graph, problem.values)
    given, names = problem.exact_values(), [definition.name for definition in problem.graph.definitions]
    with mpmath.workdps(50), flint.ctx.workprec(BITS):
        found = {
            arithmetic: compile_program(problem.graph.definitions, list(given), names, arithmetic)(given)
            for arithmetic in Arithmetic
        }
    for name in names:
        due = oracle.value(name)
        assert close(found[Arithmetic.MPMATH][name], due, digits=40), name
        low, high = bounds(found[Arithmetic.BALL][name])
        slack = Fraction(1, 10**60) * (1 + abs(high))
        assert low - slack <= fraction(due) <= high + slack, name
        for arithmetic in (Arithmetic.FLOAT, Arithmetic.ARRAY):
            assert float(found[arithmetic][name]) == pytest.approx(float(due), rel=1e-9, abs=1e-9), name


def fraction(value: mpmath.mpf) -> Fraction:
    return Fraction(*(int(part) for part in mpmath.libmp.to_rational(value._mpf_)))


NAMES = ("exec", "lambda_1", "print", "builtins", "import_os", "x0", "y0", "settle", "E", "I", "S", "N", "Q", "pi_1")


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize("settle", [None, lambda _, value: value])
def test_only_generated_names_reach_lambdify(
    monkeypatch: pytest.MonkeyPatch, arithmetic: Arithmetic, settle: Callable[[str, Any], Any] | None
) -> None:
    seen: list[sp.Basic] = []
    lambdify = sp.lambdify

    def watched(arguments: Any, results: Any, **options: Any) -> Any:
        statements, left = options["cse"](results)
        seen.extend([*arguments, *left, *(part for statement in statements for part in statement)])
        assert set(options) == {"modules", "printer", "cse", "docstring_limit"}
        return lambdify(arguments, results, **options)

    monkeypatch.setattr(sp, "lambdify", watched)
    equations = {"exec": " + ".join(NAMES[1:5]), "builtins": "print*print", "E_1": "sigmoid(exec)*exec"}
    graph = graph_of(equations, [name for name in NAMES if name not in equations])
    given = {name: Fraction(1, 3) for name in graph.leaves}
    run = compile_program(graph.definitions, graph.leaves, list(equations), arithmetic, settle=settle)
    run(given)
    symbols = {symbol.name for tree in seen for symbol in tree.atoms(sp.Symbol)}
    assert symbols
    assert all(re.fullmatch(r"[xy]\d+", name) for name in symbols)
    functions = {node.func.__name__ for tree in seen for node in sp.preorder_traversal(tree) if node.is_Function}
    assert functions <= {*PRIMITIVES[arithmetic].functions, "if_positive", "settle"}


def test_the_intermediate_names_are_the_common_subexpressions(monkeypatch: pytest.MonkeyPatch) -> None:
    sources: list[list[Any]] = []
    lambdify = sp.lambdify

    def watched(arguments: Any, results: Any, **options: Any) -> Any:
        sources.append(list(options["cse"](results)[0]))
        return lambdify(arguments, results, **options)

    monkeypatch.setattr(sp, "lambdify", watched)
    program([f"w_{n}+" for n in range(1, 9)], Arithmetic.FLOAT)
    names = [str(target) for target, _ in sources[0]]
    assert names == [f"y{n}" for n in range(len(names))]
    assert len({tree for _, tree in sources[0]}) == len(names), "nothing is computed twice"
    assert len(names) < 50


def test_what_the_outputs_do_not_need_is_left_out() -> None:
    run = program(["dE_total/dw_5"], Arithmetic.FLOAT)
    assert [definition.name for definition in run.definitions] == [
        *("net_h1", "out_h1", "net_h2", "out_h2", "net_o1", "out_o1", "dE_total/dE_o1", "dE_o1/dout_o1"),
        *("dE_total/dout_o1", "dout_o1/dnet_o1", "dE_total/dnet_o1", "dnet_o1/dw_5", "dE_total/dw_5"),
    ]


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_whole_numbers_that_a_branch_gives_divide_exactly(arithmetic: Arithmetic) -> None:
    graph = graph_of(
        {"a": "if_positive(x, 3, 1)", "b": "if_positive(-x, 5, 7)", "y": "a/b + a/if_positive(x, 7, 2)"}, "x"
    )
    found = compile_program(graph.definitions, "x", ["y"], arithmetic)({"x": 1})["y"]
    assert float(found) == pytest.approx(6 / 7, rel=1e-15)
    if arithmetic is Arithmetic.BALL:
        assert found == flint.fmpq(6, 7)


SATURATED = (1000.0, -1000.0, 1.0, -1.0, 0.0)


@pytest.mark.parametrize("arithmetic", [Arithmetic.FLOAT, Arithmetic.ARRAY])
@pytest.mark.parametrize(
    ("activation", "loss"),
    [
        (activation, loss)
        for activation in ACTIVATIONS
        for loss in LOSSES
        if activation == "sigmoid" or not loss.endswith("cross_entropy")  # which take a probability
    ],
)
def test_every_activation_and_loss_is_finite_far_out(activation: str, loss: str, arithmetic: Arithmetic) -> None:
    graph = dense_graph(1, [Dense(1, activation)], LOSSES[loss], NOTATIONS["mazur"])
    derivation = derive(Problem(graph, training=Training("E_total", "0.5")))
    outputs = ["E_total", "dE_total/dw_1", "dE_total/dnet_o1", "dE_total/di_1", "w_1+"]
    run = compile_program(derivation.sequence, [*graph.leaves, "eta"], outputs, arithmetic)
    for net in SATURATED:
        values = {"i_1": net, "w_1": 1.0, "b_1": 0.0, "target_o1": 0.3, "eta": 0.5}
        found = run({**values, "i_1": np.array([net, -net])} if arithmetic is Arithmetic.ARRAY else values)
        assert all(np.all(np.isfinite(value)) for value in found.values())


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize("target", ["0", "0.3", "1"])
@pytest.mark.parametrize("net", [1000, -1000, 40])
def test_the_cross_entropy_far_out(net: int, target: str, arithmetic: Arithmetic) -> None:
    graph = dense_graph(1, [Dense(1, bias="none")], LOSSES["binary_cross_entropy"], NOTATIONS["mazur"])
    derivation = derive(Problem(graph, training=Training("E_total")))
    with mpmath.workdps(50), flint.ctx.workprec(3000):
        run = compile_program(derivation.sequence, graph.leaves, ["E_total", "dE_total/dw_1"], arithmetic)
        found = run({"i_1": Fraction(net), "w_1": Fraction(1), "target_o1": Fraction(target)})
    with mpmath.workdps(1000):
        t, a = mpmath.mpf(target), 1 / (1 + mpmath.exp(-net))
        cost = -(t * mpmath.log(a) + (1 - t) * mpmath.log(1 - a))
    assert float(found["E_total"]) == pytest.approx(float(cost), rel=1e-12, abs=1e-300)
    assert float(found["dE_total/dw_1"]) == pytest.approx(float((a - t) * net), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("arithmetic", Arithmetic)
@pytest.mark.parametrize("targets", [("1", "0", "0"), ("0.2", "0.3", "0.5")])
@pytest.mark.parametrize("nets", [(1000, 0, -1000), (1000, 1000, 999), (-1000, -1000, 40), (0, 0, 0)])
def test_softmax_with_cross_entropy_far_out(
    nets: tuple[int, ...], targets: tuple[str, ...], arithmetic: Arithmetic
) -> None:
    graph = dense_graph(1, [Dense(3, "softmax", "none")], LOSSES["cross_entropy"], NOTATIONS["textbook"])
    derivation = derive(Problem(graph, training=Training("C")))
    given = {"x_1": Fraction(1)} | {f"w1_{k}1": Fraction(net) for k, net in enumerate(nets, start=1)}
    given |= {f"y_{k}": Fraction(target) for k, target in enumerate(targets, start=1)}
    outputs = ["C", "a1_1", "dC/dz1_1", "dC/dw1_31"]
    with mpmath.workdps(50), flint.ctx.workprec(3000):
        found = compile_program(derivation.sequence, graph.leaves, outputs, arithmetic)(given)
    with mpmath.workdps(1000):
        powers, t = [mpmath.exp(net) for net in nets], [mpmath.mpf(target) for target in targets]
        a = [power / sum(powers) for power in powers]
        due = [-mpmath.fsum(t[k] * mpmath.log(a[k]) for k in range(3)), a[0], a[0] - t[0], a[2] - t[2]]
    for name, value in zip(outputs, due, strict=True):
        assert float(found[name]) == pytest.approx(float(value), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("equations", "given", "named"),
    [
        pytest.param({"y": "log(x)", "z": "2*y"}, "0", "y", id="log 0"),
        pytest.param({"y": "log(x)", "z": "2*y"}, "-1", "y", id="log of a negative number"),
        pytest.param({"y": "x**0.5"}, "-1", "y", id="root of a negative number"),
        pytest.param({"y": "x**x"}, "-0.5", "y", id="power of a negative number"),
        pytest.param({"y": "sqrt(x)"}, "-1", "y", id="sqrt of a negative number"),
        pytest.param({"d": "x - 1", "y": "1/d", "z": "y + 1"}, "1", "y", id="division by zero"),
        pytest.param({"y": "1/(x - 1)**2"}, "1", "y", id="division by zero squared"),
        pytest.param({"u": "log(x)", "y": "relu(u)"}, "-1", "u", id="a nan does not vanish in relu"),
        pytest.param({"u": "log(x)", "y": "if_positive(u, 1, 2)"}, "-1", "u", id="a nan decides nothing"),
        pytest.param({"y": "exp(x)", "z": "exp(y)"}, "100", "z", id="overflow"),
    ],
)
@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_what_has_no_finite_value_is_named(
    equations: dict[str, str], given: str, named: str, arithmetic: Arithmetic
) -> None:
    run = compile_program(graph_of(equations, "x").definitions, ["x"], [list(equations)[-1]], arithmetic)
    with pytest.raises(EvaluationError) as failure:
        run({"x": Fraction(given)})
    assert failure.value.message.startswith(f"{named} has no finite value ")
    assert " with " in failure.value.hint


def test_the_message_shows_the_formula_and_its_numbers() -> None:
    run = compile_program(graph_of({"d": "x - 1", "y": "w/d"}, "xw").definitions, "xw", ["y"])
    with pytest.raises(EvaluationError) as failure:
        run({"x": 1, "w": 0.25})
    assert (
        str(failure.value) == "error: y has no finite value in floating point\n  hint: it is w/d with w = 0.25, d = 0"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"x": Fraction(10) ** 400, "w": 1}, "the value given for x is not finite in floating point"),
        ({"x": 1, "w": math.nan}, "the value given for w is not finite in floating point"),
        ({"x": -math.inf, "w": 1}, "the value given for x is not finite in floating point"),
        ({"x": 1}, "no value is given for w"),
    ],
)
def test_given_numbers_that_cannot_be_used(given: dict[str, Any], said: str) -> None:
    run = compile_program(graph_of({"y": "x*w"}, "xw").definitions, "xw", ["y"])
    with pytest.raises(EvaluationError) as failure:
        run(given)
    assert failure.value.message == said


def test_batches_of_different_lengths() -> None:
    run = compile_program(graph_of({"y": "x*w"}, "xw").definitions, "xw", ["y"], Arithmetic.ARRAY)
    with pytest.raises(EvaluationError) as failure:
        run({"x": np.ones(3), "w": np.ones(4)})
    assert (failure.value.message, failure.value.hint) == (
        "arrays of different shapes in one batch",
        "x (3,), w (4,)",
    )


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_a_number_too_large_for_floating_point_in_a_formula(arithmetic: Arithmetic) -> None:
    graph = graph_of({"y": "1e400*x", "z": "x/1e400", "u": "1e-400*1e400*x"}, "x")
    given = {"x": Fraction(3)}
    assert float(compile_program(graph.definitions, "x", ["z"], arithmetic)(given)["z"]) == pytest.approx(0, abs=1e-300)
    assert float(compile_program(graph.definitions, "x", ["u"], arithmetic)(given)["u"]) == 3
    run = compile_program(graph.definitions, "x", ["y"], arithmetic)
    if arithmetic in (Arithmetic.FLOAT, Arithmetic.ARRAY):
        with pytest.raises(EvaluationError, match="y has no finite value in floating point"):
            run(given)
    else:
        assert PRIMITIVES[arithmetic].show(run(given)["y"]).lower() in ("3.00000e+400", "3.0e+400")


@pytest.mark.parametrize("arithmetic", Arithmetic)
def test_settling_stands_for_the_value_in_what_follows(arithmetic: Arithmetic) -> None:
    graph = graph_of({"a": "x*x", "b": "a", "c": "b + 1"}, "x")
    settled: list[str] = []

    def settle(name: str, value: Any) -> Any:
        settled.append(name)
        return value + 1

    run = compile_program(graph.definitions, "x", ["c"], arithmetic, settle=settle)
    assert float(run({"x": Fraction(3)})["c"]) == 13
    assert settled == ["a", "b", "c"]


def test_a_value_that_settles_at_zero_is_named_where_it_divides() -> None:
    graph = graph_of({"a": "x/10", "b": "1/a"}, "x")
    run = compile_program(graph.definitions, "x", ["b"], settle=lambda _, value: round(value))
    with pytest.raises(EvaluationError, match="b has no finite value") as failure:
        run({"x": 1})
    assert failure.value.hint == "it is 1/a with a = 0"
