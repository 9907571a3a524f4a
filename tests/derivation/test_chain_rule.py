"""Sums over all paths, by their names, and what holds for every graph: the gradient is that of the differences."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given, settings

from symbackprop.derivation.chain_rule import ReverseWalk, levels
from symbackprop.derivation.steps import Derivation, Kind
from symbackprop.derivation.working import derive, partial_steps
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import compile_program
from symbackprop.expressions.names import partial, split_partial
from symbackprop.expressions.text import text
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training, read_equations
from tests.networks import Oracle, close, derivation_of, example, random_problems, two_two_two


def shown(derivation: Derivation, *names: str) -> dict[str, str]:
    """The right-hand sides of steps."""
    return {name: text(derivation.by_name[name].expression) for name in names}


def values_of(derivation: Derivation) -> dict[str, mpmath.mpf]:
    """Every step's value, to 50 digits."""
    names = [step.name for step in derivation.sequence]
    given = derivation.problem.exact_values()
    with mpmath.workdps(50):
        return compile_program(derivation.sequence, list(given), names, Arithmetic.MPMATH)(given)


def test_a_hidden_activation_reaches_the_cost_through_the_error_of_each_output() -> None:
    due = {
        "dE_total/dout_o1": "(dE_total/dE_o1)*(dE_o1/dout_o1)",
        "dE_total/dnet_o1": "(dE_total/dout_o1)*(dout_o1/dnet_o1)",
        "dE_total/dw_5": "(dE_total/dnet_o1)*(dnet_o1/dw_5)",
        "dE_o1/dnet_o1": "(dE_o1/dout_o1)*(dout_o1/dnet_o1)",
        "dE_o1/dout_h1": "(dE_o1/dnet_o1)*(dnet_o1/dout_h1)",
        "dE_o2/dout_h1": "(dE_o2/dnet_o2)*(dnet_o2/dout_h1)",
        "dE_total/dout_h1": "(dE_o1/dout_h1) + (dE_o2/dout_h1)",
        "dE_total/db_1": "(dE_total/dnet_h1)*(dnet_h1/db_1) + (dE_total/dnet_h2)*(dnet_h2/db_1)",
        "dnet_o1/dout_h1": "w_5",
        "dout_h1/dnet_h1": "out_h1*(1 - out_h1)",
    }
    assert shown(two_two_two(), *due) == due


def test_steps_say_which_rule_they_follow_and_why() -> None:
    by_name = two_two_two().by_name
    gradient, whole, bias = by_name["dE_total/dw_5"], by_name["dE_total/dout_h1"], by_name["dE_total/db_2"]
    assert (gradient.rule, gradient.factors) == ("chain rule", (("dE_total/dnet_o1", "dnet_o1/dw_5"),))
    assert gradient.reason.startswith("`w_5` reaches `E_total` through `net_o1` alone")
    assert (whole.rule, whole.factors) == ("sum over paths", (("dE_o1/dout_h1",), ("dE_o2/dout_h1",)))
    assert bias.factors == (("dE_total/dnet_o1", "dnet_o1/db_2"), ("dE_total/dnet_o2", "dnet_o2/db_2"))
    assert "2 paths" in bias.reason
    assert {name: by_name[name].node_error for name in ("dE_total/dnet_o1", "dE_o1/dnet_o1", "dE_total/dw_5")} == {
        "dE_total/dnet_o1": "delta_o1",
        "dE_o1/dnet_o1": "",
        "dE_total/dw_5": "",
    }
    assert by_name["delta_h2"] is by_name["dE_total/dnet_h2"]


@pytest.mark.parametrize(
    ("equations", "due"),
    [
        pytest.param(
            {"z": "w*x", "E": "(t - z)**2", "C": "E + 0.01*w**2"},
            {"dC/dw": "(dC/dz)*(dz/dw) + (dC/dw (direct))", "dC/dw (direct)": "0.02*w", "dz/dw": "x"},
            id="a penalty in the cost itself",
        ),
        pytest.param(
            {"z": "w*x", "C": "(t - z)**2 + 0.01*w**2"},
            {"dC/dw": "(dC/dz)*(dz/dw) + (dC/dw (direct))", "dC/dw (direct)": "0.02*w", "dC/dz": "-2*(t - z)"},
            id="a penalty in the only error",
        ),
        pytest.param(
            {"z": "w*x", "E": "(t - z)**2", "R": "0.01*w**2", "C": "E + R"},
            {"dC/dw": "(dC/dz)*(dz/dw) + (dC/dR)*(dR/dw)", "dR/dw": "0.02*w", "dC/dR": "1"},
            id="a penalty of its own",
        ),
        pytest.param(
            {"C": "w**2"},
            {"dC/dw": "2*w", "w+": "w - eta*(dC/dw)"},
            id="the cost alone",
        ),
        pytest.param(
            {"z": "w*x", "a": "tanh(z)", "s": "a + x", "y": "v*s + a", "C": "(t - y)**2/2"},
            {
                "dC/da": "(dC/ds)*(ds/da) + (dC/dy)*(dy/da (direct))",
                "dy/da (direct)": "1",
                "dC/ds": "(dC/dy)*(dy/ds)",
                "dC/dx": "(dC/dz)*(dz/dx) + (dC/ds)*(ds/dx (direct))",
            },
            id="skip connections",
        ),
        pytest.param(
            {"z_1": "w*x", "h_1": "tanh(z_1)", "z_2": "w*h_1", "h_2": "tanh(z_2)", "C": "(t - h_2)**2/2"},
            {
                "dC/dw": "(dC/dz_1)*(dz_1/dw) + (dC/dz_2)*(dz_2/dw (direct))",
                "dz_1/dw": "x",
                "dz_2/dw (direct)": "h_1",
                "dC/dh_1": "(dC/dz_2)*(dz_2/dh_1)",
            },
            id="a recurrence with a shared weight",
        ),
        pytest.param(
            {"a": "exp(v)", "b": "exp(w)", "s": "a + b", "p": "a/s", "q": "b/s", "C": "-(t*log(p) + u*log(q))"},
            {
                "dC/ds": "(dC/dp)*(dp/ds) + (dC/dq)*(dq/ds)",
                "dC/da": "(dC/ds)*(ds/da) + (dC/dp)*(dp/da (direct))",
                "dp/da (direct)": "1/s",
                "dp/ds": "-a/s**2",
                "dC/dp": "-t/p",
            },
            id="softmax written out",
        ),
        pytest.param(
            {
                "z_1": "w*x",
                "z_2": "v*x",
                "a_1": "exp(z_1)/(exp(z_1) + exp(z_2))",
                "a_2": "exp(z_2)/(exp(z_2) + exp(z_1))",
                "C": "-(t*log(a_1) + u*log(a_2))",
            },
            {
                "da_1/dz_1": "a_1*(1 - a_1)",
                "da_1/dz_2": "-a_1*a_2",
                "da_2/dz_1": "-a_2*a_1",
                "da_2/dz_2": "a_2*(1 - a_2)",
                "dC/dz_1": "(dC/da_1)*(da_1/dz_1) + (dC/da_2)*(da_2/dz_1)",
            },
            id="softmax with its activations' names",
        ),
        pytest.param(
            {"z_1": "w*x", "z_2": "v*x", "p": "exp(z_1)/(exp(z_1) + exp(z_2))", "C": "-t*log(p)"},
            {"dp/dz_1": "p*(1 - p)", "dp/dz_2": "-p*(exp(z_2)/(exp(z_1) + exp(z_2)))"},
            id="softmax of which one activation has a name",
        ),
        pytest.param(
            {"E": "lambda_1*S + I", "N": "tanh(E)", "Q": "(beta - N)**2 + pi_1*N"},
            {"dQ/dE": "(dQ/dN)*(dN/dE)", "dE/dS": "lambda_1", "dQ/dN": "-2*(beta - N) + pi_1"},
            id="names that mean something to SymPy",
        ),
        pytest.param(
            {"a": "tanh(w)", "E_1": "(t - a)**2", "E_2": "(u - a)**2", "C": "E_1 + E_1 + E_2"},
            {"dC/da": "(dC/dE_1)*(dE_1/da) + (dC/dE_2)*(dE_2/da)", "dC/dE_1": "2", "dC/dE_2": "1"},
            id="an error that counts twice",
        ),
        pytest.param(
            {"z": "w*x", "unused": "v*z", "C": "(t - z)**2"},
            {"dC/dw": "(dC/dz)*(dz/dw)"},
            id="a definition that the cost does not use",
        ),
    ],
)
def test_paths(equations: dict[str, str], due: dict[str, str]) -> None:
    leaves = ["x", "t", "u", "w", "v", "lambda_1", "S", "I", "beta", "pi_1"]
    parameters = [name for name in leaves if name in ("w", "v", "S", "I")]
    others = [name for name in leaves if name not in parameters]
    derivation = derivation_of(equations, cost=list(equations)[-1], inputs=others, parameters=parameters)
    assert shown(derivation, *due) == due


def test_no_step_for_what_the_cost_does_not_depend_on() -> None:
    derivation = derivation_of(
        {"z": "w*x", "u": "v*z", "C": "(t - z)**2"}, cost="C", inputs=["x", "t"], parameters="wv"
    )
    assert not {"dC/dv", "dC/du", "du/dz", "v+", "u"} & {step.name for step in derivation.of_kind(Kind.PARTIAL)}
    assert [step.name for step in derivation.of_kind(Kind.UPDATE)] == ["w+"]


def test_where_a_mean_is_taken_the_paths_are_products() -> None:
    graph = dense_graph(1, [Dense(2), Dense(2)], LOSSES["mean_squared_error"], NOTATIONS["mazur"])
    derivation = derive(Problem(graph, training=Training("E_total")))
    due = {
        "dE_total/dE_o1": "1/2",
        "dE_total/dout_h1": "(dE_total/dnet_o1)*(dnet_o1/dout_h1) + (dE_total/dnet_o2)*(dnet_o2/dout_h1)",
    }
    assert shown(derivation, *due) == due


@pytest.mark.parametrize(
    ("of", "by", "due"),
    [
        ("h_3", "h_1", {"dh_3/dh_1": "(dh_3/dz_2)*(dz_2/dh_1)", "dz_3/dh_2": "W_hh"}),
        ("z_2", "W_hh", {"dz_2/dW_hh": "(dz_2/dz_1)*(dz_1/dW_hh) + (dz_2/dW_hh (direct))"}),
        ("z_1", "z_1", {"dz_1/dz_1": "1"}),
        ("h_1", "W_hy", {"dh_1/dW_hy": "0"}),
        ("yhat_1", "h_1", {"dyhat_1/dh_1": "W_hy"}),
    ],
)
def test_partials_between_any_two_quantities(of: str, by: str, due: dict[str, str]) -> None:
    steps = {step.name: text(step.expression) for step in partial_steps(derive(example("recurrent")), of, by)}
    assert {name: steps.get(name) for name in due} == due


def test_a_name_stands_for_the_same_partial_in_every_walk() -> None:
    recurrent = derive(example("recurrent"))
    for of in ("z_2", "h_3", "L_3", "yhat_3"):
        for step in partial_steps(recurrent, of, "W_hh"):
            if step.name in recurrent.by_name:
                assert text(step.expression) == text(recurrent.by_name[step.name].expression)


def test_a_chain_of_three_thousand_definitions() -> None:
    equations = {"h_0": "w*x"} | {f"h_{n}": f"tanh(h_{n - 1}) + w*h_{n - 1}" for n in range(1, 3000)}
    derivation = derivation_of(equations, cost="h_2999", inputs=["x"], parameters=["w"])
    assert len(derivation.by_name["dh_2999/dw"].factors) == 3000
    assert len(derivation.sequence) < 5 * 3000 + 3010


def test_the_number_of_steps_grows_with_the_number_of_edges() -> None:
    for units in (5, 20):
        graph = dense_graph(
            units, [Dense(units), Dense(units), Dense(units)], LOSSES["squared_error"], NOTATIONS["mazur"]
        )
        edges = sum(len(definition.uses) for definition in graph.definitions)
        assert len(derive(Problem(graph, training=Training("E_total", "0.1"))).sequence) < 4 * edges


def test_levels_count_the_definitions_with_parameters_on_the_longest_path() -> None:
    graph = read_equations(
        {"f": "x**2", "z1": "w*f", "a1": "tanh(z1)", "z2": "w*a1 + v*f", "C": "(t - z2)**2"}, ["x"], ["t"], ["w", "v"]
    )
    assert levels(graph) == {"f": 0, "z1": 1, "a1": 1, "z2": 2, "C": 2}


def test_a_walk_makes_each_step_once_and_only_what_is_asked_for() -> None:
    graph = example("mazur_2_2_2").graph
    walk = ReverseWalk(graph, "E_total", "here")
    assert walk.total("w_5") == "dE_total/dw_5"
    made = list(walk.steps)
    assert made == [
        *("dE_total/dE_o1", "dE_o1/dout_o1", "dE_total/dout_o1"),
        *("dout_o1/dnet_o1", "dE_total/dnet_o1", "dnet_o1/dw_5", "dE_total/dw_5"),
    ]
    walk.total("w_5")
    assert list(walk.steps) == made
    assert {step.section for step in walk.steps.values()} == {"here"}


@settings(deadline=None, max_examples=60)
@given(random_problems())
def test_law_each_step_uses_only_leaves_and_earlier_steps(problem: Problem) -> None:
    known = {*problem.graph.leaves, problem.learning_rate_name}
    derivation = derive(problem)
    for step in derivation.sequence:
        assert set(step.uses) <= known, step.name
        assert step.name not in known
        assert {symbol.name for symbol in step.expression.free_symbols} == set(step.uses)
        known.add(step.name)


@settings(deadline=None, max_examples=40)
@given(random_problems())
def test_law_every_partial_over_all_paths_is_the_slope(problem: Problem) -> None:
    problem = Problem(problem.graph, problem.values, Training("C"))
    oracle = Oracle(problem.graph, problem.values)
    derivation = derive(problem)
    values = values_of(derivation)
    for step in derivation.of_kind(Kind.PARTIAL):
        of, by = split_partial(step.name) or ("", "")
        if by in problem.graph.leaves and step.name == partial(of, by):
            due = oracle.slope(of, by)
            assert close(values[step.name], due), f"{step.name} = {due}"
