"""The short forms: gradients in node errors, with the value that the chain rule gives."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given, settings

from symbackprop.derivation.delta_rule import delta_forms, expanded_chain
from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import compile_program
from symbackprop.expressions.text import text
from symbackprop.network.graph import Definition
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training
from tests.networks import close, derivation_of, example, random_problems, two_two_two


def shown(derivation: Derivation) -> dict[str, str]:
    return {name: " = ".join(map(text, forms)) for name, forms in delta_forms(derivation).items()}


def dense(loss: str, *layers: Dense) -> Derivation:
    graph = dense_graph(2, layers, LOSSES[loss], NOTATIONS["mazur"])
    return derive(Problem(graph, training=Training("E_total")))


def test_the_2_2_2_network() -> None:
    due = {
        "dE_total/dout_o1": "-(target_o1 - out_o1)",
        "dE_total/dnet_o1": "-(target_o1 - out_o1)*out_o1*(1 - out_o1)",
        "dE_total/dw_5": "delta_o1*out_h1",
        "dE_total/dw_8": "delta_o2*out_h2",
        "dE_total/db_2": "delta_o1 + delta_o2",
        "dE_total/dout_h1": "delta_o1*w_5 + delta_o2*w_7",
        "dE_total/dnet_h1": "(delta_o1*w_5 + delta_o2*w_7)*out_h1*(1 - out_h1)",
        "dE_total/dw_1": "delta_h1*i_1",
        "dE_total/db_1": "delta_h1 + delta_h2",
        "dE_total/di_2": "delta_h1*w_2 + delta_h2*w_4",
    }
    forms = shown(two_two_two())
    assert {name: forms.get(name) for name in due} == due
    assert not [name for name in forms if not name.startswith("dE_total/d")]


@pytest.mark.parametrize(
    ("loss", "layers", "due"),
    [
        ("binary_cross_entropy", [Dense(1)], "out_o1 - target_o1"),
        ("binary_cross_entropy", [Dense(2, "tanh"), Dense(2)], "out_o1 - target_o1"),
        ("mean_squared_error", [Dense(2, "identity")], "-(target_o1 - out_o1)"),
        ("squared_error", [Dense(2, "tanh")], "-2*(target_o1 - out_o1)*(1 - out_o1**2)"),
        ("cross_entropy", [Dense(2)], "-target_o1*(1 - out_o1)"),
        ("cross_entropy", [Dense(2, "softmax")], "out_o1*(target_o1 + target_o2) - target_o1"),
        ("cross_entropy", [Dense(3, "softmax")], "out_o1*(target_o1 + target_o2 + target_o3) - target_o1"),
        ("absolute_error", [Dense(1)], "-sign(target_o1 - out_o1)*out_o1*(1 - out_o1)"),
    ],
)
def test_node_errors_of_outputs(loss: str, layers: list[Dense], due: str) -> None:
    assert shown(dense(loss, *layers))["dE_total/dnet_o1"] == due


def test_a_mean_cross_entropy_keeps_its_factor() -> None:
    equations = {
        **{f"a_{n}": f"sigmoid(z_{n})" for n in (1, 2)},
        **{f"z_{n}": f"w_{n}*x" for n in (1, 2)},
        **{f"L_{n}": f"-(t_{n}*log(a_{n}) + (1 - t_{n})*log(1 - a_{n}))" for n in (1, 2)},
        "C": "(L_1 + L_2)/2",
    }
    derivation = derivation_of(
        equations, cost="C", inputs=["x"], targets=["t_1", "t_2"], parameters=["w_1", "w_2"], learning_rate=None
    )
    assert shown(derivation)["dC/dz_2"] == "(a_2 - t_2)/2"


@pytest.mark.parametrize(
    ("targets", "due"),
    [
        ("0 1 0", "a_2*(t_1 + t_2 + t_3) - t_2 = a_2 - t_2"),
        ("0.05 0.9 0.05", "a_2*(t_1 + t_2 + t_3) - t_2 = a_2 - t_2"),
        ("1 1 0", "a_2*(t_1 + t_2 + t_3) - t_2"),  # two labels: the sum is 2
        ("0 0 0", "a_2*(t_1 + t_2 + t_3) - t_2"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_softmax_with_cross_entropy_is_the_output_less_the_target(targets: str, due: str, whole: bool) -> None:
    units = (1, 2, 3)
    total = " + ".join(f"exp(z_{k})" for k in units)
    terms = {f"L_{k}": f"-t_{k}*log(a_{k})" for k in units}
    derivation = derivation_of(
        {f"z_{k}": f"w_{k}*x" for k in units}
        | {f"a_{k}": f"exp(z_{k})/({total})" for k in units}
        | ({"C": "-(t_1*log(a_1) + t_2*log(a_2) + t_3*log(a_3))"} if whole else terms | {"C": "L_1 + L_2 + L_3"}),
        cost="C",
        inputs={"x": "1.5"},
        targets=dict(zip(("t_1", "t_2", "t_3"), targets.split(), strict=True)),
        parameters={"w_1": "0.2", "w_2": "-0.7", "w_3": "0.4"},
    )
    assert shown(derivation)["dC/dz_2"] == due
    require_equal_values(derivation.problem)


def test_an_error_is_not_the_cost_where_there_is_another_way() -> None:
    equations = {"z": "w*x", "y": "v*z", "E_1": "(t - z)**2/2", "E_2": "(u - y)**2/2", "C": "E_1 + E_2"}
    forms = shown(derivation_of(equations, cost="C", inputs="x", targets="tu", parameters="wv"))
    assert forms["dC/dz"] == "delta_y*v - (t - z)"


def test_a_linear_output_is_its_own_net_input() -> None:
    derivation = derivation_of({"z": "w*x", "C": "(t - z)**2/2"}, cost="C", inputs="x", targets="t", parameters="w")
    assert shown(derivation) == {"dC/dw": "delta*x", "dC/dx": "delta*w"}


def test_a_sum_of_very_many_paths_has_no_short_form() -> None:
    derivation = dense("squared_error", Dense(1), Dense(13))
    assert "dE_total/dout_h1" not in shown(derivation)
    assert shown(derivation)["dE_total/dw_1"] == "delta_h1*i_1"


def test_a_long_chain_between_node_errors_has_no_short_form() -> None:
    equations = {"h_0": "w*x"} | {f"h_{n}": f"h_{n - 1}*h_{n - 1} + x" for n in range(1, 3000)}
    forms = shown(derivation_of(equations, cost="h_2999", inputs=["x"], parameters=["w"]))
    assert forms["dh_2999/dw"] == "delta_0*x"
    assert "dh_2999/dh_1000" not in forms


def test_expanded_chain() -> None:
    derivation = two_two_two()
    chain = expanded_chain(derivation, derivation.by_name["dE_total/dw_5"])
    assert text(chain) == "(dE_total/dout_o1)*(dout_o1/dnet_o1)*(dnet_o1/dw_5)"
    for name in ("dE_total/db_2", "dE_total/dout_o1", "dnet_o1/dw_5", "net_o1"):
        assert expanded_chain(derivation, derivation.by_name[name]) is None


def values_of(problem: Problem, definitions: list[Definition]) -> dict[str, mpmath.mpf]:
    derivation = derive(problem)
    sequence = [Definition(step.name, step.expression) for step in derivation.sequence]
    deltas = [Definition(step.node_error, step.expression) for step in derivation.sequence if step.node_error]
    given = problem.exact_values()
    names = [definition.name for definition in (*sequence, *definitions)]
    with mpmath.workdps(50):
        return compile_program([*sequence, *deltas, *definitions], list(given), names, Arithmetic.MPMATH)(given)


def require_equal_values(problem: Problem) -> None:
    forms = delta_forms(derive(problem))
    short = {f"short {name} {place}": form for name, own in forms.items() for place, form in enumerate(own)}
    values = values_of(problem, [Definition(name, form) for name, form in short.items()])
    for name, form in short.items():
        assert close(values[name.split(" ")[1]], values[name], digits=40), f"{name} is {form}"


@pytest.mark.parametrize("name", ["mazur_2_2_2", "sigmoid_2_3_1", "layers_textbook", "recurrent", "softmax_2_3"])
def test_the_short_forms_of_the_examples_have_the_same_values(name: str) -> None:
    require_equal_values(example(name))


@settings(deadline=None, max_examples=60)
@given(random_problems())
def test_law_a_short_form_has_the_value_of_its_partial(problem: Problem) -> None:
    require_equal_values(problem)
