"""A step in LaTeX: one line for Jupyter, rows that fit for a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from symbackprop.evaluation.worked import Working
from symbackprop.rendering.mathematics import breakable, left, numeral, rows, short_rows, step_latex
from symbackprop.rendering.typesetting import breaks, width


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        (
            "net_h1",
            r"\mathit{net}_{h1} = w_{1} \cdot i_{1} + w_{2} \cdot i_{2} + b_{1}"
            r" = 0.15 \cdot 0.05 + 0.20 \cdot 0.10 + 0.35 = 0.3775",
        ),
        (
            "out_h1",
            r"\mathit{out}_{h1} = \sigma(\mathit{net}_{h1}) = \frac{1}{1 + e^{-\mathit{net}_{h1}}}"
            r" = \frac{1}{1 + e^{-0.3775}} \approx 0.593269992",
        ),
        (
            "dE_total/dnet_o2",
            r"\delta_{o2} = \frac{\partial E_{\mathrm{total}}}{\partial \mathit{net}_{o2}}"
            r" = \frac{\partial E_{\mathrm{total}}}{\partial \mathit{out}_{o2}}"
            r" \cdot \frac{\partial \mathit{out}_{o2}}{\partial \mathit{net}_{o2}}"
            r" \approx -0.217071535 \cdot 0.175510053 \approx -0.038098237",
        ),
        ("dnet_o1/db_2", r"\frac{\partial \mathit{net}_{o1}}{\partial b_{2}} = 0 + 0 + 1 = 1"),
    ],
)
def test_step_latex(working: Callable[..., Working], name: str, latex: str) -> None:
    worked = next(worked for worked in working("mazur").steps if worked.step.name == name)
    assert step_latex(worked) == latex


def test_a_long_sum_is_abridged(working: Callable[..., Working]) -> None:
    worked = next(worked for worked in working("wide").steps if worked.step.name == "z30")
    first = (
        r"z_{30} = O_{0} \cdot w_{60} + O_{1} \cdot w_{61} + O_{2} \cdot w_{62} + \cdots + O_{29} \cdot w_{89} + b_{30}"
    )
    assert step_latex(worked).startswith(first + r" \approx ")


@pytest.mark.parametrize("room", [320.0, 445.0])
def test_rows_fit(any_working: Working, room: float) -> None:
    for worked in any_working.steps:
        indent = width(left(worked))
        for row in [*rows(worked, room, indent), *short_rows(worked, room, indent)]:
            before, _, after = row.partition("&")
            aligned = 0.0 if indent > 0.4 * room else indent
            assert width(before) <= indent
            unbreakable = not breaks(re.sub(r"^(\\quad )*(\{\} )?(\+|=|\\cdot|\\approx) ", "", after))
            assert aligned + width(after) <= room + 0.1 or unbreakable, row


def test_rows_say_what_the_line_says(working: Callable[..., Working]) -> None:
    for worked in working("mazur").steps:
        together = " ".join(rows(worked, 445, width(left(worked))))
        assert re.sub(r"&(\\quad \{\} )?", "", together).replace("  ", " ") == step_latex(worked)


def test_rows_hold_one_mark_of_alignment_each(any_working: Working) -> None:
    for worked in any_working.steps:
        for row in rows(worked, 445, width(left(worked))):
            outside = re.sub(
                r"\\begin\{cases\}.*?\\end\{cases\}", "", re.sub(r"\\begin\{cases\}.*\\end\{cases\}", "", row)
            )
            assert outside.count("&") == 1, row


@pytest.mark.parametrize(
    ("decimal", "latex"),
    [
        ("-0.5", "-0.5"),
        ("5.284e-6", r"5.284 \cdot 10^{-6}"),
        ("0." + "1" * 40, "0." + "1" * 40),
        ("0." + "1" * 41, "0." + "1" * 20 + r"\allowbreak " + "1" * 20 + r"\allowbreak 1"),
    ],
)
def test_numeral(decimal: str, latex: str) -> None:
    assert numeral(decimal) == latex
    assert breakable(latex) == latex
