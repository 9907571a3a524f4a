"""The certificate, and the script that checks it again: alone, with exact fractions, and not to be deceived."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import pytest

from symbackprop.auditing import recheck
from symbackprop.auditing.auditor import audit
from symbackprop.auditing.certificate import certify
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.recheck import Arithmetic, point
from symbackprop.auditing.report import Audit, Interval, Judged, Verdict
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.checking.claims import judge_claims
from symbackprop.derivation.working import derive
from symbackprop.evaluation.enclosure import bounds
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.network.problem import Order, Problem
from tests.audits import DC_DW, SHEET, around, faultless, one_neuron, rounded, sheet
from tests.networks import example, problem_of

SCRIPT = Path(recheck.__file__)


def run(certificate: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """The script on a certificate, in a Python that finds nothing but the standard library."""
    file = tmp_path / "certificate.json"
    file.write_text(certificate, encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def of_claims(problem: Problem) -> Audit:
    """An audit of what a problem itself claims: judged by the checker of claims, proved by the truth."""
    truth = Truth(problem)
    claims = []
    for report in judge_claims(derive(problem)):
        exact = Interval("exact", *bounds(truth.value(Quantity(report.name, report.after))))
        printed = rounded(report.printed)
        verdict = Verdict(report.verdict.value)
        evidence = [printed, exact]
        if verdict is Verdict.CARRIED:
            evidence.append(Interval("from printed", printed.low, printed.high))
        template = sheet().claims[0]
        claims.append(
            replace(
                template,
                verdict=verdict,
                quantity=report.name,
                after=report.after,
                printed=report.printed,
                evidence=tuple(evidence),
            )
        )
    return Audit(sheet().source, tuple(claims), problem)


def test_the_sheet_is_checked_again(tmp_path: Path) -> None:
    result = run(certify([sheet(), faultless()]), tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "10 claims: 7 re-checked, 3 without anything to prove\n"


@pytest.mark.parametrize("order", Order)
def test_the_2_2_2_example_is_checked_again(order: Order, tmp_path: Path) -> None:
    result = run(certify([of_claims(example("mazur_2_2_2", order))]), tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("34 claims: 31 re-checked, 3 not re-checked\n")
    assert "E_total = 0.0000351085 (wrong): not re-checked: 10000 updates are not made again" in result.stdout


def test_the_2_3_1_example_is_checked_again(tmp_path: Path) -> None:
    result = run(certify([of_claims(example("sigmoid_2_3_1"))]), tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "not re-checked" not in result.stdout


def test_the_script_imports_the_standard_library_alone() -> None:
    program = (
        f"import runpy, sys; runpy.run_path({str(SCRIPT)!r}); "
        "print(sorted(name for name in sys.modules if name.partition('.')[0] not in sys.stdlib_module_names))"
    )
    result = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, timeout=60)
    assert result.stdout == "['__main__']\n"


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    file = tmp_path / "certificate.json"
    file.write_text(certify([faultless()]))
    command = [sys.executable, "-m", "symbackprop.auditing.recheck", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (0, "1 claims: 1 re-checked\n")


def test_a_node_error_that_is_minus_the_derivative_is_checked_again(tmp_path: Path) -> None:
    evidence = (rounded("0.212"), around("exact", DC_DW.removeprefix("-")))
    claim = replace(sheet().claims[1], quantity="dC/dw", printed="0.212", evidence=evidence)
    certificate = certify([replace(sheet(), claims=(claim,))])
    assert json.loads(certificate)["documents"][0]["claims"][0]["scale"] == "-1"
    assert run(certificate, tmp_path).stdout == "1 claims: 1 re-checked\n"


@pytest.mark.parametrize(
    ("quantity", "exact"),
    [("dz/dw", "2"), ("dy/dw", "0.393223866482963705074849467172"), ("dw/dw", "1"), ("dz/dy", "0")],
)
def test_partials_that_the_derivation_lacks_are_checked_again(quantity: str, exact: str, tmp_path: Path) -> None:
    with mpmath.workdps(40):
        y = 1 / (1 + mpmath.exp(-1))
        assert quantity != "dy/dw" or mpmath.nstr(2 * y * (1 - y), 30) == exact
    evidence = (rounded(exact[:5]), around("exact", exact))
    claim = replace(sheet().claims[1], quantity=quantity, printed=exact[:5], evidence=evidence)
    assert run(certify([replace(sheet(), claims=(claim,))]), tmp_path).stdout == "1 claims: 1 re-checked\n"


@pytest.mark.parametrize("function", ["relu", "tanh", "softplus", "elu", "gelu", "leaky_relu", "silu", "abs", "huber"])
def test_replays_of_every_kind_of_unit_agree_with_the_truth(function: str, tmp_path: Path) -> None:
    problem = problem_of(
        {"z": "w*x + b", "a": f"{function}(z)", "v": "u*a", "y": "sigmoid(v)", "C": "-t*log(y) - (1 - t)*log(1 - y)"},
        cost="C",
        inputs={"x": "0.7"},
        targets={"t": "0.9"},
        parameters={"w": "-0.4", "b": "1.3", "u": "0.6"},
    )
    truth = Truth(problem)
    names = ("a", "C", "dC/dw", "u+", "da/dx")
    claims = [_true(truth, name, after) for after in range(4) for name in names]
    audit = replace(sheet(), claims=tuple(claims), problem=problem)
    assert run(certify([audit]), tmp_path).stdout == f"{len(claims)} claims: {len(claims)} re-checked\n"


def _true(truth: Truth, name: str, after: int) -> Judged:
    low, high = bounds(truth.value(Quantity(name, after)))
    printed = Interval("printed", low - 1, high + 1)
    evidence = (printed, Interval("exact", low, high))
    return replace(sheet().claims[1], quantity=name, after=after, printed="as written", evidence=evidence)


Change = Callable[[dict[str, Any]], None]


def _claim(index: int, **changed: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["claims"][index].update(changed)

    return change


def _interval(index: int, what: str, **changed: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        for interval in document["claims"][index]["intervals"]:
            if interval["what"] == what:
                interval.update(changed)

    return change


def _given(document: dict[str, Any]) -> None:
    document["networks"][0]["given"]["w"] = "51/100"


def _definition(document: dict[str, Any]) -> None:
    next(step for step in document["networks"][0]["lists"][0] if step[0] == "y")[1][0] = "tanh"


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (_claim(1, verdict="wrong"), "sheet.md:4:1: y = 0.731 (wrong): REFUSED: the printed number is not excluded"),
        (_claim(3, verdict="correct"), "sheet.md:6:1: dC/dy = -0.269 (correct): REFUSED"),
        (_claim(3, verdict="carried"), "sheet.md:6:1: dC/dy = -0.269 (carried): REFUSED"),
        (
            _claim(3, verdict="undecided"),
            "sheet.md:7:1: dC/dw = -0.106 (inherited): REFUSED: it inherits from no",
        ),
        (_claim(4, root=None), "sheet.md:7:1: dC/dw = -0.106 (inherited): REFUSED: it inherits from no"),
        (_claim(4, root=4), "sheet.md:7:1: dC/dw = -0.106 (inherited): REFUSED: it inherits from no"),
        (
            _claim(1, printed="0.741"),
            "y = 0.741 (correct): REFUSED: the printed number does not stand for",
        ),
        (_claim(1, name="z"), "y = 0.731 (correct): REFUSED: the exact value is about 1, outside the interval"),
        (_claim(1, scale="2"), "y = 0.731 (correct): REFUSED: the exact value is about 1.46211715726"),
        (_claim(0, after=1), "z = 1.0 (correct): REFUSED: the exact value is about 1.0423016"),
        (_interval(1, "exact", low="7305/10000", high="7306/10000"), "y = 0.731 (correct): REFUSED: the exact value"),
        (_interval(3, "printed", low="-27/100", high="-26/100"), "dC/dy = -0.269 (wrong): REFUSED: the printed number"),
        (_interval(2, "from printed", low="0/1", high="1/100"), "C = 0.072361 (carried): REFUSED: the printed number"),
        (_given, "z = 1.0 (correct): REFUSED: the exact value is about 1.02"),
        (_definition, "y = 0.731 (correct): REFUSED: the exact value is about 0.761594"),
    ],
)
def test_a_certificate_that_was_changed_is_refused_at_the_claim(change: Change, refused: str, tmp_path: Path) -> None:
    certificate = json.loads(certify([sheet()]))
    document = certificate["documents"][0]
    document["networks"][0]["updated"] = {"w": "w+"}
    change(document)
    result = run(json.dumps(certificate), tmp_path)
    assert result.returncode == 1
    assert refused in result.stdout
    assert result.stdout.splitlines()[-1].endswith("REFUSED")


DEEP = '{"certificate": "symbackprop audit", "documents": ' + "[" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "not JSON",
        '{"certificate": "symbackprop audit"}',
        '{"certificate": "symbackprop audit", "documents": [{}]}',
        '{"certificate": "symbackprop audit", "documents": 7}',
        DEEP,
        "9" * 10_000,
    ],
)
def test_what_is_no_certificate_is_a_message_and_exit_2(text: str, tmp_path: Path) -> None:
    result = run(text, tmp_path)
    assert result.returncode == 2
    assert "no certificate" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (["no_such_function", "z"], 2),
        (["exp"], 2),
        ([], 2),
        (7, 2),
        ("1/0", 2),
        ("q", 2),
        ("9" * 5000, 2),
        (["exp", ["exp", ["exp", "100/1"]]], 1),
        (["pow", "10/1", "999999999999/1"], 1),
        (["pow", ["pow", ["pow", "3/1", "1000/1"], "1000/1"], "1000/1"], 1),
        (["pow", "0/1", "-1/1"], 1),
        (["log", "-1/1"], 1),
    ],
)
def test_a_hostile_definition_ends_at_once(tree: object, code: int, tmp_path: Path) -> None:
    certificate = json.loads(certify([sheet()]))
    steps = certificate["documents"][0]["networks"][0]["lists"][0]
    next(step for step in steps if step[0] == "y")[1] = tree
    result = run(json.dumps(certificate), tmp_path)
    assert result.returncode == code
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_a_message_and_exit_2() -> None:
    command = [sys.executable, "-I", "-S", str(SCRIPT), "/nowhere/at/all.json"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 2
    assert "cannot read" in result.stderr


OUTSIDE = {"log": Fraction(0), "log1p": Fraction(-1), "sqrt": Fraction(-1, 10**20)}
POINTS = ("0.3", "-1.7", "0", "5.25", "1e-9", "-30.1", "300", "-3.14159265", "1/3", "2", "1", "-1")
MPMATH: dict[str, Callable[..., mpmath.mpf]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "tanh": mpmath.tanh,
    "relu": lambda z: max(z, mpmath.mpf(0)),
    "leaky_relu": lambda z: z if z > 0 else z / 100,
    "softplus": lambda z: mpmath.log1p(mpmath.exp(z)),
    "elu": lambda z: z if z > 0 else mpmath.expm1(z),
    "silu": lambda z: z / (1 + mpmath.exp(-z)),
    "gelu": lambda z: z * mpmath.ncdf(z),
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "abs": abs,
    "max": max,
    "min": min,
    "huber": lambda z: z * z / 2 if abs(z) <= 1 else abs(z) - mpmath.mpf(1) / 2,
    "sign": mpmath.sign,
    "normal_cdf": mpmath.ncdf,
    "normal_pdf": mpmath.npdf,
    "log1p": mpmath.log1p,
    "expm1": mpmath.expm1,
    "erfc": mpmath.erfc,
    "pi": lambda: mpmath.mpf(mpmath.pi),
}


def test_the_script_knows_the_functions_of_the_table() -> None:
    assert {*recheck.FUNCTIONS} == {*FUNCTIONS} - {"if_positive"} | {"pow"}
    assert {*MPMATH} == {*FUNCTIONS} - {"if_positive"}


@pytest.mark.parametrize("name", MPMATH)
def test_the_functions_of_the_script_hold_their_values(name: str) -> None:
    count, function = recheck.FUNCTIONS[name]
    for text in POINTS:
        argument = Fraction(text)
        if argument <= OUTSIDE.get(name, Fraction(-1000)):
            with pytest.raises(recheck.UnboundedError):
                function(Arithmetic(256), point(argument))
            continue
        arguments = [argument, Fraction(1, 4)][:count]
        found = function(Arithmetic(256), *map(point, arguments))
        with mpmath.workdps(400):
            value = MPMATH[name](*(mpmath.mpf(one.numerator) / one.denominator for one in arguments))
            error = abs(value) * mpmath.mpf(10) ** -390 + mpmath.mpf(10) ** -390
            low, high = (mpmath.mpf(end.numerator) / end.denominator for end in found)
            assert low - error <= value <= high + error, (name, text)
            assert high - low <= max(1, abs(value)) * mpmath.mpf(2) ** -200, (name, text)


@pytest.mark.parametrize("name", [name for name in MPMATH if recheck.FUNCTIONS[name][0] == 1])
def test_a_function_of_an_interval_holds_those_of_the_numbers_in_it(name: str) -> None:
    function, a = recheck.FUNCTIONS[name][1], Arithmetic(128)
    stretches = [("0.25", "0.5"), ("0.1", "3"), ("2", "2.125"), *([] if name in OUTSIDE else [("-2", "1")])]
    for low, high in ((Fraction(low), Fraction(high)) for low, high in stretches):
        whole = function(a, recheck.Interval(low, high))
        for part in range(9):
            inner = low + (high - low) * part / 8
            assert function(a, point(inner)).meets(whole), (name, low, high, inner)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.50", (Fraction(1, 2), Fraction(1, 100))),
        ("−3", (Fraction(-3), Fraction(1))),
        ("3.5e-5", (Fraction(35, 10**6), Fraction(1, 10**6))),
        (".5", (Fraction(1, 2), Fraction(1, 10))),
        ("1/2", None),
        ("", None),
        (None, None),
        ("e5", None),
        (".", None),
        ("3.5 \\times 10^{-5}", None),
    ],
)
def test_numerals(text: str | None, expected: tuple[Fraction, Fraction] | None) -> None:
    assert recheck.numeral(text) == expected


def test_a_certificate_is_the_same_each_time() -> None:
    assert certify([sheet()]) == certify([sheet()])


def test_a_claim_may_be_about_another_network_of_the_document_or_another_multiple_of_its_cost(tmp_path: Path) -> None:
    other = problem_of({"C": "(x - t)**2"}, cost="C", inputs={"x": "3"}, targets={"t": "1"})
    claims = [
        replace(sheet().claims[0], quantity="C", printed="4", evidence=(rounded("4"), around("exact", "4"))),
        replace(sheet().claims[0], quantity="C", printed="2", evidence=(rounded("2"), around("exact", "2"))),
        replace(sheet().claims[0], quantity="C", printed="7", evidence=(rounded("7"), around("exact", "7"))),
        sheet().claims[0],
    ]
    certificate = certify([replace(sheet(), claims=tuple(claims), others=(other,))])
    result = run(certificate, tmp_path)
    assert result.stdout.splitlines() == [
        "sheet.md:3:1: C = 7 (correct): not re-checked: its exact value is not that of a quantity in the lists",
        "4 claims: 3 re-checked, 1 not re-checked",
    ]


@pytest.mark.parametrize(
    ("evidence", "printed", "said"),
    [
        ((), "0.5", "not re-checked: no intervals prove it"),
        ((), "", "not re-checked: no number is printed"),
        (
            (rounded("0.5"), around("exact", "0.7"), around("from printed", "0.5")),
            "0.5",
            "not re-checked: the exact",
        ),
        (
            (rounded("0.5"), around("exact", "0.5"), around("from printed", "0.7")),
            "0.5",
            "not re-checked: the value",
        ),
        ((rounded("0.5"), around("from printed", "0.7")), "0.5", "1 claims: 1 following from intervals that are taken"),
    ],
)
def test_what_no_interval_proves_is_said(
    evidence: tuple[Interval, ...], printed: str, said: str, tmp_path: Path
) -> None:
    claim = replace(sheet().claims[3], quantity="", printed=printed, evidence=evidence)
    result = run(certify([replace(sheet(), claims=(claim,))]), tmp_path)
    assert said in result.stdout
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("printed", "made", "code"),
    [("0.33", "1/3", 0), ("0.66", "2/3", 0), ("0.67", "2/3", 0), ("0.67", "0.6751", 0), ("0.67", "0.6801", 1)],
)
def test_what_is_carried_may_be_cut_off_or_rounded_twice(printed: str, made: str, code: int, tmp_path: Path) -> None:
    evidence = (rounded(printed), around("from printed", made))
    claim = replace(sheet().claims[2], quantity="", printed=printed, evidence=evidence)
    assert run(certify([replace(sheet(), claims=(claim,))]), tmp_path).returncode == code


def test_the_audit_of_a_document_is_checked_again(tmp_path: Path) -> None:
    source, blocks = read_text(SHEET, "sheet.md")
    result = run(certify([audit(source, blocks, one_neuron())]), tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    # three right, two inherited; that the wrong one follows from right numbers by a wrong cost is not in the intervals
    assert result.stdout.splitlines()[-1] == "9 claims: 5 re-checked, 1 not re-checked, 3 without anything to prove"
