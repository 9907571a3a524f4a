"""Lines of documents that state no network: arithmetic by itself, equal members and known identities."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import problem_of

# Four decimals, as most results of a sheet have: 1/(1 + e^-0.5) = 0.62246, tanh 0.3 = 0.29131, e^-1 = 0.36788.
SHEET = "1/(1 + e^(-0.5)) = 0.6225\n\ntanh(0.3) = 0.2913\n\ne^(-1) = 0.3679\n\n0.31*0.27 = 0.0837\n\n"


def last(line: str) -> Judged:
    found = audit(*read_text(SHEET + line, name="sheet.txt"))
    assert found.problem is None
    return found.claims[-1]


@pytest.mark.parametrize(
    "line",
    [
        "0.3*0.2 + 0.1 = 0.16",
        "h = 0.3*0.2 + 0.1 = 0.16",
        "sigmoid(0.5) = 0.62",
        "tanh(0.4) = 0.3799",
        "0.4*0.25 + 0.6*0.75 = 0.1 + 0.45 = 0.55",
        "w_5+ = 0.4 - 0.5*0.0822 = 0.3589",
        "(0.8 - 0.3)^2/2 = 0.125",
    ],
)
def test_arithmetic_that_holds(line: str) -> None:
    assert last(line).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    "line",
    [
        "tanh(0.4) = 0.3999",
        "h = tanh(0.4) = 0.3979",
        "3*2 + 1 = 8",
        "0.1*0.2 + 0.3 = 0.3100",
        "0.6225*0.3775 = 0.2530",
        "0.4*0.25 + 0.6*0.75 = 0.65",
    ],
)
def test_arithmetic_that_does_not_hold(line: str) -> None:
    assert last(line).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    "line",
    [
        "sigmoid(0.38) = 0.5933",  # of 0.3775
        "0.74*0.19*0.59 = 0.0822",  # of 0.7414, 0.1868 and 0.5933
        "0.42*0.25 + 0.68*0.75 = 0.63",
    ],
)
def test_what_rounding_may_account_for_is_not_decided(line: str) -> None:
    assert last(line).verdict is Verdict.UNDECIDED


def test_a_hand_may_go_on_with_more_digits_than_it_prints() -> None:
    text = "a = 0.31*0.27 = 0.084\n\nb = 7*0.084 = 0.586\n\n"  # 7 · 0.0837 = 0.5859
    assert [claim.verdict for claim in audit(*read_text(text, name="sheet.txt")).claims].count(Verdict.WRONG) == 0


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("`dh/dz = 1 - h^2 = 1 - 0.1974^2 = 0.9610`", 0),  # h = tanh(-0.2) = -0.19738
        ("`dh/dz = 1 - h^2 = 1 - (-0.1974)^2 = 0.9610`", 0),
        ("`dh/dz = (1 - h)*(1 + h) = (1 - 0.1974)*(1 - 0.1974) = 0.9610`", 1),
        ("`dh/dz = 1 - h^2 = 1 - 0.1874^2 = 0.9610`", 1),
    ],
)
def test_the_sign_of_what_is_squared_says_nothing(text: str, faults: int) -> None:
    problem = problem_of(
        {"z": "w*x", "h": "tanh(z)", "C": "(t - h)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "-0.1"},
    )
    source, blocks = read_text(text, name="sheet.md")
    assert bool(audit(source, blocks, problem).faults) is bool(faults)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("d = -0.1041*1.5 = -0.2651", "d = -0.1041*1.5 = -0.1562"),
        ("d = 0.1041*1.5 = 0.2651", "d = 0.1041*1.5 = 0.1562"),
        ("d = 0.5*0.25 = 0.18", "d = 0.5*0.25 = 0.13"),
        ("d = 0.33*0.5 = 0.27", "d = 0.33*0.5 = 0.17"),
    ],
)
def test_a_tie_should_be_rounded_as_by_hand(line: str, right: str) -> None:
    assert last(line).corrected == right


LEAKY = problem_of(
    {"z": "w*x", "h": "leaky_relu(z)", "s": "v*h", "y": "sigmoid(s)", "E": "(t - y)**2/2"},
    cost="E",
    inputs={"x": "0.4"},
    targets={"t": "0.3"},
    parameters={"w": "-0.2", "v": "0.6"},
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        # y = 1/(1 + exp(0.6*0.0008)) = 0.49988, so (y - t) y (1 - y) = 0.04997; times 0.6*0.01, 0.00029982
        ("dE/dz = dE/ds*v*0.01 = 0.04997*0.6*0.01 = 0.00029982", Verdict.CORRECT),
        ("dE/dz = dE/ds*v*0.01 = 0.04997*0.6*0.01 = 0.00028992", Verdict.WRONG),
        ("dE/dz = dE/ds*v*0.01 = 0.04997*0.6*0.01 = 0.029982*0.01 = 0.00028992", Verdict.WRONG),
    ],
)
def test_a_decimal_of_a_formula_that_holds_with_it_is_not_rounded(line: str, verdict: Verdict) -> None:
    found = audit(*read_text(line, name="sheet.txt"), LEAKY)
    assert found.claims[-1].verdict is verdict


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("v = -0.9 - 0.1*(-0.7172) = -0.9717", "sign"),
        ("L = -ln(0.3972) = 0.4010", "wrong-formula"),  # the logarithm to base 10
        ("J = -(1/2)*(ln(1 - 0.3775) + ln(0.8176)) = 0.1467", "wrong-formula"),
        ("h = 0.6062*(1 - 0.6062)*0.1711 = 0.1037", "missing-factor"),
        ("b = 0.5*0.4312 + 0.25 = 4.656", "decimal-shift"),
        ("h = 1/(1 + exp(-0.4312)) = 0.6016", "digit-swap"),
    ],
)
def test_the_cause_of_wrong_arithmetic_is_named_without_a_network(line: str, cause: str) -> None:
    assert last(line).cause == cause


def test_the_last_digits_of_a_machine_number_tell_nothing() -> None:
    # 0.5*(1.1 - 1)**2 in Python; exactly it is 0.005
    text = "w = 1.1, x = 1, t = 1\n\ny = w*x = 1.1\n\nE = 0.5*(y - t)^2 = 0.0050000000000000088"
    for number, verdict in (("0.0050000000000000088", Verdict.CORRECT), ("0.0050001000000000088", Verdict.WRONG)):
        claims = audit(*read_text(text.replace("0.0050000000000000088", number))).claims
        assert {one.text: one.verdict for one in claims}[number] is verdict
