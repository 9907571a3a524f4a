"""Assignments of programs: updates in place, sums that are added up, and names that are given another value."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

SCALAR = problem_of(
    {"z": "w*x + b", "out": "sigmoid(z)", "C": "(t - out)**2/2"},
    cost="C",
    inputs={"x": "2"},
    targets={"t": "1"},
    parameters={"w": "0.2", "b": "-0.1"},
    learning_rate="0.1",
)
ROWS = problem_of(
    {
        "z_1": "x_1*W_11 + x_2*W_21",
        "z_2": "x_1*W_12 + x_2*W_22",
        "a_1": "sigmoid(z_1)",
        "a_2": "sigmoid(z_2)",
        "C": "(y_1 - a_1)**2/2 + (y_2 - a_2)**2/2",
    },
    cost="C",
    inputs={"x_1": "1", "x_2": "0.5"},
    targets={"y_1": "1", "y_2": "0"},
    parameters={"W_11": "0.3", "W_12": "-0.2", "W_21": "0.4", "W_22": "0.6"},
    learning_rate="1",
)
UP = "d = (y - a) * a * (1 - a)\n\nupdate_W = x.T.dot(d)"  # minus the gradient


def claims(text: str, problem: Problem) -> tuple[Judged, ...]:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem).claims


@pytest.mark.parametrize(
    "line", ["w -= lr * dC_dw", "w += -lr * dC_dw", "self.w -= self.lr * dC_dw;", "b -= lr * dC_db"]
)
def test_an_update_in_place_is_what_the_parameter_becomes(line: str) -> None:
    assert [claim.verdict for claim in claims(line, SCALAR)] == [Verdict.CORRECT]


def test_with_the_wrong_sign_it_is_a_fault() -> None:
    (claim,) = claims("w += lr * dC_dw", SCALAR)
    assert (claim.verdict, claim.explanations[0].cause) == (Verdict.WRONG, "sign")


def test_what_is_added_may_be_minus_the_gradient() -> None:
    assert not any(claim.verdict is Verdict.WRONG for claim in claims(f"{UP}\n\nW += update_W", ROWS))


def test_of_a_sum_a_term_is_no_fault_unless_its_sign_is_lost() -> None:
    assert [claim.verdict for claim in claims("dC_dw += (out - t) * out * (1 - out) * x", SCALAR)] == [Verdict.CORRECT]
    assert [claim.verdict for claim in claims("dC_dw += (out - t) * out * x", SCALAR)] == [Verdict.UNDECIDED]
    (claim,) = claims("dC_dw += (t - out) * out * (1 - out) * x", SCALAR)
    assert (claim.verdict, claim.explanations[0].cause) == (Verdict.WRONG, "sign")


@pytest.mark.parametrize(
    "line",
    [
        "w = w - 0.1 * dC_dw",
        "w -= 0.1 * dC_dw",
        "w+ = w - 0.1 * dC/dw",
        "C = 0.5 * (t - out)**2",
        "z = 2.0 * w + b",
        "dC_dz = (out - t) * out * (1.0 - out)",
    ],
)
def test_decimals_that_are_not_rounded_are_what_they_are(line: str) -> None:
    assert [claim.verdict for claim in claims(line, SCALAR)] == [Verdict.CORRECT]


@pytest.mark.parametrize(("line", "cause"), [("w = w + 0.1 * dC_dw", "sign"), ("C = 1.0 * (t - out)**2", "convention")])
def test_with_such_decimals_a_formula_may_be_wrong(line: str, cause: str) -> None:
    (claim,) = claims(line, SCALAR)
    assert claim.verdict is Verdict.WRONG
    assert cause in {explanation.cause for explanation in claim.explanations}


def test_a_rounded_number_in_a_formula_is_none_of_these() -> None:
    assert not any(claim.verdict is Verdict.WRONG for claim in claims("dC_dw = (0.5744 - t) * out", SCALAR))


@pytest.mark.parametrize("line", ["out = sigmoid(out)", "dC_dz = dC_dz * out * (1 - out)", "C = C + 1"])
def test_a_name_that_gets_another_value_is_not_judged(line: str) -> None:
    assert [claim.verdict for claim in claims(line, SCALAR)] == [Verdict.UNDECIDED]


def test_several_names_may_get_another_value_at_once() -> None:
    assert [claim.verdict for claim in claims("w, b = w - lr*dC_dw, b - lr*dC_db", SCALAR)] == [Verdict.UNDECIDED]


def test_in_a_formula_that_is_typeset_it_is_a_slip() -> None:
    assert [claim.verdict for claim in claims(r"$out = \frac{1}{1 + e^{-out}}$", SCALAR)] == [Verdict.WRONG]


LOOP = "for epoch in range(1000):\n    w -= lr * dC_dw\n\n"


def test_what_a_program_prints_is_wrong_only_where_a_slip_makes_it() -> None:
    # sigmoid(0.2*2 - 0.1) = 0.574443, sigmoid(0.2*2 + 0.1) = 0.622459
    assert [claim.verdict for claim in claims("print(out)  # 0.574443", SCALAR)] == [Verdict.CORRECT]
    assert [claim.verdict for claim in claims("print(out)  # 0.622459", SCALAR)] == [Verdict.WRONG]
    assert [claim.verdict for claim in claims("print(out)  # 0.973142", SCALAR)] == [Verdict.UNDECIDED]


def test_behind_a_loop_it_may_be_of_any_update() -> None:
    found = [claim.verdict for claim in claims(f"{LOOP}print(out)  # 0.622459", SCALAR)]
    assert found == [Verdict.CORRECT, Verdict.UNDECIDED]


def test_in_a_listing_as_well() -> None:
    program = f"```python\n{LOOP.rstrip()}\nprint(out)  # 0.622459\n```"
    assert [claim.verdict for claim in claims(program, SCALAR)] == [Verdict.CORRECT, Verdict.UNDECIDED]


def test_a_fault_in_a_listing_has_its_line_and_its_cause() -> None:
    program = "# Code\n\n```python\nimport math\nout = 1 / (1 + math.exp(-z))\ndC_dz = (out - t) * out\n```"
    good, bad = claims(program, SCALAR)
    assert (good.verdict, bad.verdict) == (Verdict.CORRECT, Verdict.WRONG)
    assert bad.explanations[0].cause == "missing-factor"
    assert program[bad.span.start : bad.span.end] == "(out - t) * out"


def causes(text: str, problem: Problem) -> list[str]:
    source, blocks = read_text(text, name="sheet.md")
    return [fault.explanations[0].cause for fault in audit(source, blocks, problem).faults if fault.explanations]


def test_a_node_error_may_be_named_behind_its_unit() -> None:
    text = "out_delta = (t - out) * out * (1 - out)\n\nw += lr * out_delta * x"
    assert [claim.verdict for claim in claims(text, SCALAR)] == [Verdict.CORRECT, Verdict.CORRECT]
    assert causes(text.replace("+= lr", "-= lr"), SCALAR) == ["sign"]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("dz = (a - y) * z * (1 - z)", "wrong-quantity"),
        ("dW = np.outer(y, dz)", "wrong-quantity"),
        ("W = W + lr * dW", "sign"),
    ],
)
def test_the_cause_of_a_fault_in_vectors(line: str, cause: str) -> None:
    right = "dz = (a - y) * a * (1 - a)\n\ndW = np.outer(x, dz)\n\nW = W - lr * dW"
    assert not any(claim.verdict is Verdict.WRONG for claim in claims(right, ROWS))
    assert causes(f"{right}\n\n{line}", ROWS) == [cause]


def test_a_likelihood_is_no_cost() -> None:
    problem = problem_of(
        {"z": "w*x", "a": "sigmoid(z)", "L": "-(y*log(a) + (1 - y)*log(1 - a))"},
        cost="L",
        inputs={"x": "2"},
        targets={"y": "1"},
        parameters={"w": "0.2"},
    )
    assert not any(
        claim.verdict is Verdict.WRONG
        for claim in claims("logprobs = y * np.log(a) + (1 - y) * np.log(1 - a)\n\ncost = -logprobs", problem)
    )
    assert causes("L = y * np.log(a) + (1 - y) * np.log(1 - a)", problem) == ["sign"]


def test_the_first_of_several_terms_is_not_all_of_them() -> None:
    problem = problem_of({"p": "x*y", "f": "p + 3*x"}, cost="f", inputs={"x": "2", "y": "-1"})
    first = "dp = 1.0  # 1.0\ndx = y * dp\n"
    assert causes(f"```python\n{first}```", problem) == ["missing-paths"]
    assert causes(f"```python\n{first}dx += 3\n```", problem) == []
    assert causes(f"```python\n{first}dx += 3\ndx = y * dp\n```", problem) == ["missing-paths"]  # it overwrites


@pytest.mark.parametrize("line", ["w <- w - 0.1*dE/dw = 0.3", "w = 0.5 - 0.1*2 = 0.3", "w := w - 0.1*2 = 0.3"])
def test_a_network_without_a_learning_rate_does_not_tell_what_comes_of_a_step(line: str) -> None:
    equations = {"y": "w*x", "E": "y**2/2"}
    network = problem_of(equations, cost="E", inputs={"x": "2"}, parameters={"w": "0.5"}, learning_rate=None)
    claims = audit(*read_text(f"y = w*x = 1.0\n\n{line}"), network).claims
    assert all(one.verdict is not Verdict.WRONG for one in claims)


def test_what_an_output_is_wanted_to_be_is_not_what_it_is() -> None:
    source, blocks = read_text("We want out = 1.00.\n\n`out = 0.98`", name="sheet.md")
    wanted, printed = audit(source, blocks, SCALAR).claims
    assert (wanted.verdict, printed.verdict) == (Verdict.UNDECIDED, Verdict.WRONG)
