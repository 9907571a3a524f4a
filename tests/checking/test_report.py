from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symbackprop.checking.claims import Judgement
from symbackprop.checking.report import Report, verify
from symbackprop.checking.verdict import Verdict
from symbackprop.derivation.steps import Kind
from symbackprop.derivation.working import derive
from symbackprop.errors import EvaluationError
from symbackprop.evaluation.enclosure import Enclosures, bounds
from symbackprop.evaluation.worked import work
from symbackprop.network.graph import net_inputs
from symbackprop.network.layers import BIASES, Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Claim, Order, Problem, Training
from tests.checking.mutations import corrupted, resting_on, without
from tests.networks import DECIMALS, derivation_of, example, problem_of, random_problems, two_two_two

PROVED, CONFIRMED, REFUTED, UNDECIDED = Verdict


def of_verdict(report: Report, verdict: Verdict) -> set[str]:
    return {step.name for step in report.steps if step.verdict is verdict}


def routes(report: Report, name: str) -> dict[str, Verdict]:
    (step,) = (step for step in report.steps if step.name == name)
    return {finding.route: finding.verdict for finding in step.findings}


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("name", ["mazur_2_2_2", "sigmoid_2_3_1", "layers_textbook", "recurrent", "softmax_2_3"])
def test_every_step_of_the_examples_is_proved(name: str, order: Order) -> None:
    problem = replace(example(name, order), claims=())
    report = verify(derive(problem))
    assert of_verdict(report, PROVED) == {step.name for step in report.steps}
    assert report.ok


@st.composite
def softmax_networks(draw: st.DrawFn) -> Problem:
    """Softmax with cross-entropy over 2 to 4 classes, with or without a hidden layer."""
    classes = draw(st.integers(2, 4))
    hidden = draw(st.sampled_from([(), (Dense(2, "tanh"),), (Dense(2, "softmax", "none"),)]))
    output = Dense(classes, "softmax", draw(st.sampled_from(BIASES)))
    graph = dense_graph(2, [*hidden, output], LOSSES["cross_entropy"], NOTATIONS["textbook"])
    label = draw(st.integers(1, classes))
    targets = {name: str(int(name == f"y_{label}")) for name in graph.targets}
    values = {name: draw(DECIMALS) for name in (*graph.inputs, *graph.parameters)}
    return Problem(graph, values | targets, Training("C", "0.5"))


@settings(max_examples=15)
@given(softmax_networks())
def test_law_with_softmax_and_cross_entropy_every_step_is_proved_and_each_node_error_is_y_less_t(
    problem: Problem,
) -> None:
    derivation = derive(problem)
    assert of_verdict(verify(derivation), PROVED) == {step.name for step in derivation.sequence}
    values = Enclosures(derivation.sequence, problem.exact_values()).at(192)
    last = max(name.split("_")[0].removeprefix("z") for name in net_inputs(problem.graph))
    for number in range(1, len(problem.graph.targets) + 1):
        (low, high), (least, most) = (bounds(values[f"{name}{last}_{number}"]) for name in ("a", "dC/dz"))
        target = Fraction(problem.values[f"y_{number}"])
        assert abs((low + high) / 2 - target - (least + most) / 2) < Fraction(1, 10**50)


def test_a_wrong_partial_of_softmax_is_refuted() -> None:
    derivation = derive(replace(example("softmax_2_3"), claims=()))
    for wrong in ("a1_1*a1_2", "-a1_1*a1_3", "-a1_1*(1 - a1_2)"):
        report = verify(corrupted(derivation, "da1_1/dz1_2", wrong))
        assert "da1_1/dz1_2" in of_verdict(report, REFUTED), wrong


def test_a_report_is_shown_by_its_counts() -> None:
    report = verify(two_two_two())
    assert repr(report) == "Report(steps: 84 proved; claims: 29 correct, 1 carried, 4 wrong)"
    assert repr(replace(report, claims=())) == "Report(steps: 84 proved; claims: none)"
    assert report != replace(report, claims=())


def test_a_gradient_is_proved_by_several_routes() -> None:
    assert routes(verify(two_two_two()), "dE_total/dw_1") == {
        "chain rule": PROVED,
        "diff of the whole cost": PROVED,
        "differences": CONFIRMED,
        "formula, numbers and value": CONFIRMED,
    }


def test_the_summary_of_a_document_with_faults() -> None:
    report = verify(two_two_two())
    assert not report.ok
    assert report.summary == {
        "steps": {"proved": 84, "confirmed": 0, "refuted": 0, "undecided": 0},
        "claims": {"correct": 29, "carried": 1, "wrong": 4, "undecided": 0},
    }


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("dE_total/dout_h1", "(dE_o1/dout_h1)"),
        ("dE_total/dw_5", "-(dE_total/dnet_o1)*(dnet_o1/dw_5)"),
        ("dE_total/dnet_o1", "(dE_total/dout_o1)"),
        ("dout_h1/dnet_h1", "out_h1*(1 + out_h1)"),
        ("dnet_o2/dout_h1", "w_6"),
        ("w_5+", "w_5 + eta*(dE_total/dw_5)"),
        ("net_h1+", "w_1*i_1 + (w_2+)*i_2 + b_1"),
        ("dE_o1/dout_o1", "-(target_o1 - out_o1)*1.0000000001"),
    ],
)
def test_one_fault_is_refuted_once_and_what_rests_on_it_is_undecided(name: str, formula: str) -> None:
    derivation = corrupted(two_two_two(), name, formula)
    report = verify(derivation)
    assert of_verdict(report, REFUTED) == {name}
    assert of_verdict(report, UNDECIDED) >= resting_on(derivation, name)
    assert of_verdict(report, PROVED) > {step.name for step in derivation.of_kind(Kind.DEFINITION)} - {name}
    assert {claim.verdict for claim in report.claims} == {Judgement.UNDECIDED}


def test_a_step_that_is_not_there() -> None:
    report = verify(without(two_two_two(), "w_3+"))
    assert of_verdict(report, REFUTED) == {"w_3+", "net_h2+"}  # one is missing, the other one uses it
    assert not report.ok


def test_equal_forms_are_confirmed_at_points() -> None:
    report = verify(corrupted(two_two_two(), "dE_total/dnet_o1", "(out_o1 - target_o1)*(dout_o1/dnet_o1)"))
    (step,) = (step for step in report.steps if step.name == "dE_total/dnet_o1")
    assert routes(report, step.name)["forward accumulation"] is CONFIRMED
    assert routes(report, step.name)["diff of the whole cost"] is PROVED
    assert step.verdict is PROVED
    assert "forward accumulation: confirmed at 8 points" in step.how


@pytest.mark.parametrize(
    "equations",
    [
        {"z": "w*x - 1", "a": "relu(z)", "C": "(t - a)**2"},
        {"z": "w*x - 1", "a": "abs(z)", "C": "(t - a)**2"},
        {"z": "w*x", "a": "max(z, 2 - z)", "C": "(t - a)**2"},
        {"z": "w*x - 1", "a": "leaky_relu(z)", "C": "a + z"},
    ],
)
def test_at_a_kink_the_convention_is_proved_and_differences_say_that_they_do_not_apply(
    equations: dict[str, str],
) -> None:
    derivation = derivation_of(equations, cost="C", inputs={"x": "2"}, targets={"t": "0.3"}, parameters={"w": "0.5"})
    report = verify(derivation)
    assert of_verdict(report, PROVED) == {step.name for step in derivation.sequence}
    (step,) = (step for step in report.steps if step.name == "dC/dw")
    (finding,) = (finding for finding in step.findings if finding.route == "differences")
    assert finding.verdict is UNDECIDED
    assert "kink" in finding.reason


def test_without_numbers_the_symbols_are_proved() -> None:
    report = verify(
        derivation_of({"z": "w*x", "C": "(t - z)**2"}, cost="C", inputs=["x"], targets=["t"], parameters=["w"])
    )
    assert report.ok
    assert routes(report, "dC/dw") == {"chain rule": PROVED, "diff of the whole cost": PROVED}


def test_without_training_the_forward_pass_is_proved() -> None:
    problem = replace(example("recurrent"), training=None, claims=(Claim("h_1", "0.119427"),))
    report = verify(derive(problem))
    assert report.ok
    assert report.summary["steps"]["proved"] == len(problem.graph.definitions)


def test_where_the_numbers_give_no_value_nothing_passes() -> None:
    report = verify(derivation_of({"C": "log(w)"}, cost="C", parameters={"w": "-1"}))
    assert not report.ok
    assert of_verdict(report, UNDECIDED) == {"C", "dC/dw", "w+", "C+"}


def test_a_saturated_unit() -> None:
    equations = {"z": "w*x", "a": "sigmoid(z)", "C": "-t*log(a) - (1 - t)*log(1 - a)"}
    for w in ("700", "-700"):
        derivation = derivation_of(equations, cost="C", inputs={"x": "2"}, targets={"t": "1"}, parameters={"w": w})
        assert of_verdict(verify(derivation), PROVED) == {step.name for step in derivation.sequence}


@pytest.mark.parametrize(
    ("activation", "loss"),
    [("relu", "huber"), ("gelu", "absolute_error"), ("elu", "mean_squared_error"), ("silu", "squared_error")],
)
def test_a_network_that_is_too_large_for_diff_is_proved_by_the_chain_rule(activation: str, loss: str) -> None:
    graph = dense_graph(6, [Dense(6, activation), Dense(4, activation)], LOSSES[loss], NOTATIONS["textbook"])
    values = {name: f"0.{(7 * index) % 89 + 10}" for index, name in enumerate(graph.leaves)}
    report = verify(derive(Problem(graph, values, Training("C", "0.1"))))
    assert of_verdict(report, PROVED) == {step.name for step in report.steps}
    assert any(
        finding.reason.startswith("the network is too large") for step in report.steps for finding in step.findings
    )


def test_claims_on_partials_that_are_no_steps_are_judged_once_these_are_confirmed() -> None:
    problem = replace(example("mazur_2_2_2"), claims=(Claim("dE_o2/dw_7", "-0.0226"), Claim("dnet_o1/dw_1", "0.0048")))
    claims = verify(derive(problem)).claims
    # -(0.99 - 0.772928)·0.772928·(1 - 0.772928)·0.593270 and 0.40·0.2413007·0.05
    assert [claim.verdict for claim in claims] == [Judgement.CORRECT, Judgement.CORRECT]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_problems())
def test_every_step_of_a_random_network_is_proved_or_confirmed(problem: Problem) -> None:
    report = verify(derive(problem))
    assert of_verdict(report, REFUTED) | of_verdict(report, UNDECIDED) == set()


@st.composite
def networks_in_pieces(draw: st.DrawFn) -> Problem:
    """Random graphs of functions with kinks, divisions and powers, their parameters shared."""
    forms = [
        "abs({0})*{1}",
        "max({0}, {1}*{2})",
        "min({0} - {1}, {2})/3",
        "relu({0}*{1} - {2})",
        "leaky_relu({0} + {1})",
        "huber({0} - 2*{1})",
        "{0}/(1 + {1}**2)",
        "{0}/{1} - {2}",
        "sqrt(1 + {0}**2)*{1}",
        "log(2 + abs({0}))",
        "(1 + {0}**2)**({1}/4)",
        "sin({0})*cos({1} + {2})",
        "{0}*exp(-{1}**2/2)",
    ]
    known = ["x", "w_1", "w_2"]
    equations = {}
    for number in range(draw(st.integers(2, 5))):
        form = draw(st.sampled_from(forms))
        equations[f"y_{number}"] = form.format(*(draw(st.sampled_from(known[-3:])) for _ in range(3)))
        known.append(f"y_{number}")
    values = {name: draw(DECIMALS) for name in ("x", "w_1", "w_2")}
    return problem_of(
        equations,
        cost=known[-1],
        inputs={"x": values["x"]},
        parameters={name: values[name] for name in ("w_1", "w_2")},
        learning_rate="0.01",
        order=draw(st.sampled_from(list(Order))),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks_in_pieces())
def test_every_step_of_a_network_in_pieces_is_proved_or_confirmed(problem: Problem) -> None:
    try:
        work(derive(problem))
    except EvaluationError:
        assume(False)  # a division by 0, or what balls cannot tell from one
    report = verify(derive(problem))
    assert of_verdict(report, REFUTED) | of_verdict(report, UNDECIDED) == set()


def test_the_report_is_the_same_from_run_to_run() -> None:
    program = (
        "from symbackprop.checking.report import verify; from symbackprop.derivation.working import derive\n"
        "from tests.networks import example; print(verify(derive(example('recurrent'))))"
    )
    runs = {subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.parametrize("module", ["symbolic", "paths", "descent", "rules", "numeric", "steps", "identity"])
def test_an_oracle_loads_nothing_of_the_derivation(module: str) -> None:
    program = f"import sys, symbackprop.checking.{module}\nassert not [m for m in sys.modules if 'derivation' in m]"
    subprocess.run([sys.executable, "-c", program], check=True)
