"""The terminal: a hundred columns, every number in its place, no escape sequence."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from symbackprop.evaluation.worked import Working
from symbackprop.rendering.text import COLUMNS, document

UNTRAINED = """\
Backpropagation, step by step
═════════════════════════════

Given
─────

Inputs         x = 2
Parameters     w = 0.50

Results are printed to 9 decimals; none is computed from rounded numbers.

Forward pass
────────────

The net input z is the weighted sum of what its unit is fed with.
   (1)  z = w · x = 0.50 · 2 = 1
"""


def test_a_whole_document(working: Callable[..., Working]) -> None:
    assert document(working("untrained")) == UNTRAINED


@pytest.mark.parametrize("name", ["mazur", "sigmoid", "recurrent", "textbook", "deep", "wide", "symbols", "huber"])
@pytest.mark.parametrize("decimals", [None, 4, 40])
def test_it_fits_its_columns(working: Callable[..., Working], name: str, decimals: int | None) -> None:
    for line in document(working(name, decimals=decimals)).splitlines():
        assert len(line) <= COLUMNS, line


def test_every_step_has_its_number_and_its_value(any_working: Working) -> None:
    shown = re.split(r"^ *\((\d+)\)  ", document(any_working), flags=re.MULTILINE)
    assert [int(number) for number in shown[1::2]] == list(range(1, len(any_working.steps) + 1))
    for worked, chain in zip(any_working.steps, shown[2::2], strict=True):
        if worked.value and "e" not in worked.value:
            assert re.search(rf"[=≈] {re.escape(worked.value)}\b", chain), worked.step.name


def test_signs_stand_below_each_other(working: Callable[..., Working]) -> None:
    lines = document(working("mazur")).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("  (18)  ∂E_total/∂w_5 = "))
    column = lines[start].index("=")
    assert lines[start + 1][column] == "="
    assert lines[start + 2][column] == "≈"
    assert lines[start + 2].endswith(" ≈ 0.082167041                        [from 16, 17]")
    assert lines[start + 3].strip() == "in short: ∂E_total/∂w_5 = δ_o1 · out_h1"


def test_the_summary_has_its_points_below_each_other(working: Callable[..., Working]) -> None:
    lines = document(working("sigmoid", decimals=4)).splitlines()
    rows = [line for line in lines[lines.index("Summary") :] if re.match(r"[wb]\d ", line)]
    assert len(rows) == 13
    points = [[match.start() for match in re.finditer(r"\.", row)] for row in rows]
    assert all(columns == points[0] for columns in points)


def test_by_hand_the_digits_of_the_document_are_carried(working: Callable[..., Working]) -> None:
    text = document(working("sigmoid", hand=True, decimals=4))
    for name, value in (("w1", "-0.0261"), ("O2", "-0.0050"), ("w4", "-0.0024"), ("w5", "-0.0108")):
        assert re.search(rf"∂Cost/∂{name} = [^\[]*≈ {value}\b", text), name
    assert re.search(r"δ_2 = ∂Cost/∂z2 = [^\[]*≈ -0.0012\b", text)


def test_nothing_steers_the_terminal(working: Callable[..., Working]) -> None:
    text = document(working("hostile"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert text.startswith(r"\input{/etc/passwd} $x$ <b> 100% # ~ ^ & _{z} `c` *e* | [31m é ß 中 π")


def test_what_is_long_is_abridged_and_it_is_said(working: Callable[..., Working]) -> None:
    text = document(working("wide"))
    assert "z30 = O0 · w60 + O1 · w61 + O2 · w62 + ⋯ + O29 · w89 + b30" in text
    assert "Of sums and products of over 12 terms the first 3 and the last 2 are written out." in text
    assert "(61 more)" in text
    assert "are written out" not in document(working("mazur"))


def test_a_reason_that_is_the_same_is_said_once(working: Callable[..., Working]) -> None:
    text = " ".join(document(working("mazur")).split())
    assert text.count("moves against its gradient") == 1
    assert "w_1 moves against its gradient, by the learning rate times as far. Likewise for those that follow." in text
    assert "only the summand with b_2 depends on b_2; the others vanish. Likewise for the next." in text
    assert text.count("only the summand with w_5 depends on w_5") == 1


def test_a_kink_has_its_convention(working: Callable[..., Working]) -> None:
    text = " ".join(document(working("deep")).split())
    assert "By convention, at 0 the derivative is taken as 0." in text
    assert "By convention, at 0 the derivative is taken as 0.01." in text
