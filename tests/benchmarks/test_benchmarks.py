"""The benchmarks run, and all of them compute the same; how long they take is no test's business."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest

from tests.benchmarks.audits import audit_lines, document, formulas
from tests.benchmarks.formulas import formula_lines
from tests.benchmarks.sizes import size_lines
from tests.benchmarks.updates import OTHERS, PACKAGES, CompiledUpdate, by_the_list, derived, update_lines


def test_updates() -> None:
    heading, *lines = update_lines(updates=20, runs=1)
    assert heading == f"20 updates of the 2-2-2 network, to a cost of {by_the_list(20):.9e}"
    assert len(lines) == 2 + len(OTHERS)
    for line in lines:
        assert re.search(r"\d\.\d{4} s|is not installed: pip install \w+", line)


@pytest.mark.parametrize("name", [name for name in OTHERS if name not in PACKAGES or find_spec(PACKAGES[name])])
def test_all_that_are_installed_end_at_the_same_cost(name: str) -> None:
    assert OTHERS[name](30) == pytest.approx(by_the_list(30), rel=1e-12)
    assert OTHERS[name](0) == pytest.approx(0.2983711087600027, rel=1e-12)


def test_the_replayed_update_is_that_of_the_training() -> None:
    update = CompiledUpdate.of(derived())
    update.replay(3)
    assert list(update.parameters) == [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55]
    assert update.program.function(*update.parameters, *update.constants)[4] == pytest.approx(0.35891648, abs=1e-8)


def test_sizes() -> None:
    unit, heading, *rows = size_lines(sizes=((2, 2, 2), (3, 4, 2)), runs=1)
    assert re.match(r"import sympy: \d\.\d{3} s", unit)
    assert "edges" in heading
    assert [row.split()[:2] for row in rows] == [["2-2-2", "12"], ["3-4-2", "26"]]
    for row in rows:
        assert len(re.findall(r"\d\.\d{3} s +\d+\.\d\dx +\d+ us", row)) == 2


def test_audits() -> None:
    assert len(formulas(document())) == 60
    heading, whole, own, theirs = audit_lines(runs=1)
    assert re.match(r"a document of 60 display formulas, \d+ claims", heading)
    assert re.search(r"audited +\d+\.\d{4} s +\d+ claims a second", whole)
    assert re.search(r"formulas parsed +\d+\.\d{4} s +\d+\.\d{3} ms a formula", own)
    assert re.search(r"is not installed: pip install antlr4|\d+\.\dx, and reads \d+ of 60", theirs)


def test_formulas() -> None:
    (line,) = formula_lines(runs=1)
    assert re.match(r"[1-9]\d\d different formulas to MathML: \d\.\d{4} s, \d+ a second", line)
