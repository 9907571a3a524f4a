"""Softmax with cross-entropy in documents: what its partials are at one unit and at two, and over all others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.expressions.text import text
from symbackprop.network.problem import Problem
from tests.networks import problem_of

UNITS = (1, 2, 3)
WEIGHTS = {"w_11": "0.4", "w_12": "-0.2", "w_21": "-0.3", "w_22": "0.6", "w_31": "0.1", "w_32": "0.5"}
BIASES = {"b_1": "0.1", "b_2": "0.0", "b_3": "-0.2"}
TOTAL = "exp(z_1) + exp(z_2) + exp(z_3)"


def classes(targets: tuple[str, ...] = ("0", "0", "1")) -> Problem:
    """z = (0.52, -0.54, -0.37), p = (0.569116, 0.197173, 0.233711), L = 1.453671 by mpmath."""
    return problem_of(
        {f"z_{k}": f"w_{k}1*x_1 + w_{k}2*x_2 + b_{k}" for k in UNITS}
        | {f"p_{k}": f"exp(z_{k})/({TOTAL})" for k in UNITS}
        | {"L": "-(y_1*log(p_1) + y_2*log(p_2) + y_3*log(p_3))"},
        cost="L",
        inputs={"x_1": "0.8", "x_2": "-0.5"},
        targets={f"y_{k}": target for k, target in zip(UNITS, targets, strict=True)},
        parameters=WEIGHTS | BIASES,
    )


def claims(written: str, problem: Problem) -> tuple[Judged, ...]:
    source, blocks = read_text(written, name="sheet.md")
    return audit(source, blocks, problem).claims


P_Z = r"\frac{\partial p_i}{\partial z_j}"
L_Z = r"\frac{\partial L}{\partial z_i}"
RULES = [
    (r"p_i = \frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}}", [Verdict.CORRECT]),
    (r"p_i = \frac{e^{z_i}}{\sum_k e^{-z_k}}", [Verdict.WRONG]),
    (r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)", [Verdict.CORRECT]),
    (rf"{P_Z} = -p_i p_j", [Verdict.UNDECIDED]),  # where i and j are two
    (rf"{P_Z} = p_i (\delta_{{ij}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\delta_{{i,j}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_j (\delta_{{ij}} - p_i)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (1_{{i=j}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbb{{1}}_{{i=j}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbf{{1}}_{{\{{i=j\}}}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbb{{1}}[i=j] - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\mathbb{{1}}\{{i = j\}} - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (I(i=j) - p_j)", [Verdict.CORRECT]),
    (rf"{P_Z} = p_i (\delta_{{ij}} + p_j)", [Verdict.WRONG]),
    (rf"{P_Z} = p_i (p_j - \delta_{{ij}})", [Verdict.WRONG]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k \neq i}} y_k p_i = p_i - y_i", [Verdict.CORRECT, Verdict.CORRECT]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k ≠ i}} y_k p_i", [Verdict.CORRECT]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k=1, k \ne i}}^{{3}} y_k p_i", [Verdict.CORRECT]),
    (rf"{L_Z} = -y_i (1 - p_i) - \sum_{{k \neq i}} y_k p_i", [Verdict.WRONG]),
    (rf"{L_Z} = -y_i (1 - p_i) + \sum_{{k < i}} y_k p_i", [Verdict.UNDECIDED]),
    (rf"{L_Z} = \sum_j \frac{{\partial L}}{{\partial p_j}} \frac{{\partial p_j}}{{\partial z_i}}", [Verdict.CORRECT]),
    (rf"{L_Z} = p_i - y_i", [Verdict.CORRECT]),
    (rf"{L_Z} = y_i - p_i", [Verdict.WRONG]),
    (r"\frac{\partial L}{\partial w_{ij}} = (p_i - y_i) x_j", [Verdict.CORRECT]),
    (P_Z + r" = \begin{cases} p_i (1 - p_i) & i = j \\ -p_i p_j & i \neq j \end{cases}", [Verdict.CORRECT]),
    (
        P_Z + " = \\begin{cases} p_i (1 - p_j) & \\text{if } i = j \\\\\n-p_j p_i & \\text{if } i ≠ j\n\\end{cases}",
        [Verdict.CORRECT],
    ),
    (P_Z + r" = \begin{cases} -p_i p_j, & i \ne j \\ p_i (1 - p_i), & \text{otherwise} \end{cases}", [Verdict.CORRECT]),
    (P_Z + r" = \begin{cases} p_i (1 - p_i) & i = j \\ p_i p_j & i \neq j \end{cases}", [Verdict.UNDECIDED]),
    (
        P_Z + r" = \begin{cases} p_i (1 - p_i) & i = j \\ -p_i p_j & i < j \end{cases}",
        [Verdict.UNREAD, Verdict.UNDECIDED],
    ),
    # δ with two letters is no Kronecker delta where nothing is differentiated by the one of the other
    (r"\frac{\partial L}{\partial w_{ij}} = \delta_{ij} x_j", [Verdict.UNDECIDED]),
]


@pytest.mark.parametrize(("rule", "verdicts"), RULES)
@pytest.mark.parametrize("targets", [("0", "0", "1"), ("0.2", "0.3", "0.5")])
def test_rules(rule: str, verdicts: list[Verdict], targets: tuple[str, ...]) -> None:
    found = claims(f"$${rule}$$", classes(targets))
    assert [claim.verdict for claim in found] == verdicts, found


def in_parts(shift: str = "") -> Problem:
    """The same network with softmax worked out in parts, the net inputs first shifted where `shift` names by what."""
    whole = classes()
    moved = {f"s_{k}": f"z_{k} - {shift}" for k in UNITS} if shift else {}
    arguments = {k: f"s_{k}" if shift else f"z_{k}" for k in UNITS}
    equations = (
        {name: text(whole.graph.by_name[name].expression) for name in ("z_1", "z_2", "z_3")}
        | moved
        | {f"e_{k}": f"exp({arguments[k]})" for k in UNITS}
        | {"total": "e_1 + e_2 + e_3"}
        | {f"p_{k}": f"e_{k}/total" for k in UNITS}
        | {"L": "-(y_1*log(p_1) + y_2*log(p_2) + y_3*log(p_3))"}
    )
    graph, values = whole.graph, whole.values
    inputs, targets, parameters = (
        {name: str(values[name]) for name in leaves} for leaves in (graph.inputs, graph.targets, graph.parameters)
    )
    return problem_of(equations, cost="L", inputs=inputs, targets=targets, parameters=parameters)


NETWORKS: dict[str, Callable[[], Problem]] = {
    "whole": classes,
    "in parts": in_parts,
    "shifted": lambda: in_parts("z_1"),
}
STATED = [
    (r"softmax(z)_1 = 0.5691", ["correct"]),
    (r"p_1 = softmax(z)_1 = 0.5691", ["correct", "correct"]),
    (r"p_1 = softmax(z)_1 = 0.5961", ["correct", "wrong"]),
    (r"p_2 = σ(z)_2 = 0.1972", ["correct", "correct"]),
    (r"p = softmax(z) = [0.569, 0.197, 0.234]", ["correct"] * 4),
    (r"softmax([0.52, -0.54, -0.37]) = [0.569, 0.197, 0.234]", ["correct"] * 3),
    (r"softmax([0.52, -0.54, -0.37]) = [0.569, 0.197, 0.324]", ["correct", "correct", "wrong"]),
    (rf"{P_Z} = p_i (\delta_{{ij}} - p_j)", ["correct"]),
    (r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", ["correct"]),
    (rf"{L_Z} = p_i - y_i", ["correct"]),
    (r"\frac{\partial L}{\partial z} = p - y = [0.569, 0.197, -0.766]", ["correct"] * 4),
    (r"\frac{\partial p_3}{\partial z_1} = -p_3 p_1 = -0.133", ["correct", "correct"]),
    (r"\frac{\partial p_1}{\partial z_1} = p_1 (1 - p_1) = 0.569 (1 - 0.569) = 0.245", ["correct", "correct"]),
    (r"L = -\sum_i y_i \log(p_i) = -\log(0.2337) = 1.4537", ["correct", "correct"]),
    (r"L = -\ln(p_3) = 1.454", ["correct", "correct"]),
    (r"-\log(0.2337) = 1.4537", ["correct"]),
    (r"-\log_2(0.2337) = 2.0973", ["correct"]),  # of a number alone: it is what it is
    (r"-\log_{10}(0.2337) = 0.6313", ["correct"]),
]


@pytest.mark.parametrize(("stated", "verdicts"), STATED)
@pytest.mark.parametrize("network", NETWORKS)
def test_what_documents_state(network: str, stated: str, verdicts: list[str]) -> None:
    found = claims(f"$${stated}$$" if "\\" in stated else stated, NETWORKS[network]())
    assert [claim.verdict for claim in found] == verdicts, found


JACOBIAN = (
    r"\begin{bmatrix} 0.245 & -0.112 & -0.133 \\ -0.112 & 0.158 & -0.046 \\ -0.133 & -0.046 & 0.179 \end{bmatrix}"
)
P_BY_Z = r"\frac{\partial p}{\partial z}"
MATRICES = [
    (f"{P_BY_Z} = {JACOBIAN}", ["correct"] * 9),
    (f"{P_BY_Z} = {JACOBIAN.replace('0.158', '0.185')}", ["correct"] * 4 + ["wrong"] + ["correct"] * 4),
    (rf"{P_BY_Z} = \text{{diag}}(p) - p p^\top = {JACOBIAN}", ["correct"] * 10),
    # either layout of a Jacobian is meant
    (
        r"\frac{\partial z}{\partial x} = \begin{bmatrix} 0.4 & -0.2 \\ -0.3 & 0.6 \\ 0.1 & 0.5 \end{bmatrix}",
        ["correct"] * 6,
    ),
    (
        r"\frac{\partial z}{\partial x} = \begin{bmatrix} 0.4 & -0.3 & 0.1 \\ -0.2 & 0.6 & 0.5 \end{bmatrix}",
        ["correct"] * 6,
    ),
]


@pytest.mark.parametrize(("stated", "verdicts"), MATRICES)
def test_a_jacobian(stated: str, verdicts: list[str]) -> None:
    found = claims(f"$${stated}$$", classes())
    assert [claim.verdict for claim in found] == verdicts, found


@pytest.mark.parametrize("written", ["{} = W", "{} = W^T", "{} = {}"])
@pytest.mark.parametrize("numbers", [r"0.4 & -0.2 \\ -0.3 & 0.6", r"0.4 & -0.3 \\ -0.2 & 0.6"])
def test_a_square_jacobian_may_lie_either_way(written: str, numbers: str) -> None:
    problem = problem_of(
        {"h_1": "w_11*x_1 + w_12*x_2", "h_2": "w_21*x_1 + w_22*x_2", "E": "(t - h_1*h_2)**2"},
        cost="E",
        inputs={"x_1": "0.8", "x_2": "-0.5"},
        targets={"t": "1"},
        parameters={"w_11": "0.4", "w_12": "-0.2", "w_21": "-0.3", "w_22": "0.6"},
    )
    stated = written.format(r"\frac{\partial h}{\partial x}", rf"\begin{{bmatrix}} {numbers} \end{{bmatrix}}")
    assert not [claim for claim in claims(f"$${stated}$$", problem) if claim.verdict is Verdict.WRONG]


SENTENCES = [
    ("The probability of class 1 = 56.9%.", [("56.9%", "correct")]),
    ("class 3 = 0.234", [("0.234", "correct")]),
    ("The score of class 2 = -0.54.", [("0.54", "undecided")]),
    ("The output of neuron 1 = 0.777.", [("0.777", "undecided")]),
    ("Here class 1 = 1.682/2.956 = 0.569.", [("0.569", "correct")]),
    ("Here class 1 = 1.682/2.956 = 0.596.", [("0.596", "wrong")]),
    ("`p[2] -= 1`", [("1", "undecided")]),
    ("`p -= y`", [("y", "undecided")]),
    ("`z_1 += b_1`", [("b_1", "undecided")]),
]


@pytest.mark.parametrize(("sentence", "verdicts"), SENTENCES)
def test_what_says_nothing_of_a_quantity_is_not_taken_for_its_value(
    sentence: str, verdicts: list[tuple[str, str]]
) -> None:
    assert [(claim.text.lstrip("-"), claim.verdict) for claim in claims(sentence, classes())] == verdicts


def test_targets_that_are_not_known_are_no_net_inputs() -> None:
    given = problem_of(
        {f"p_{k}": f"exp(z_{k})/({TOTAL})" for k in UNITS} | {"L": "-log(p_2)"},
        cost="L",
        inputs={"z_1": "1.0", "z_2": "2.0", "z_3": "0.5"},
    )
    (judged,) = claims(r"$$\frac{\partial L}{\partial z_2} = p_2 - y_2$$", given)
    assert judged.verdict is Verdict.UNDECIDED
