"""Widths are upper bounds, and a broken formula is the formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.evaluation.worked import Working
from symbackprop.rendering.mathematics import step_latex
from symbackprop.rendering.typesetting import breaks, broken, width

formulas = st.recursive(
    st.sampled_from(["w_{1}", "0.15", r"\delta_{o1}", r"\mathit{out}_{h1}^{+}", "-0.5"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(" + ".join),
        st.lists(inner, min_size=2, max_size=4).map(r" \cdot ".join),
        st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
        inner.map(lambda formula: f"({formula})"),
        inner.map(lambda formula: rf"\left({formula}\right)"),
        inner.map(lambda formula: rf"e^{{{formula}}}"),
        inner.map(
            lambda formula: rf"\begin{{cases}} {formula} & \text{{if }} x > 0 \\ 0 & \text{{otherwise}} \end{{cases}}"
        ),
    ),
    max_leaves=12,
)


@given(formulas, st.floats(20, 300))
def test_broken_lines_are_the_formula(formula: str, room: float) -> None:
    lines = broken(formula, room, width)
    assert " ".join(lines) == formula
    for line in lines:
        assert width(line) <= room or not [place for place in breaks(line) if place.position]


@given(formulas)
def test_every_line_has_balanced_groups(formula: str) -> None:
    for line in broken(formula, 60, width):
        assert line.count("{") == line.count("}")
        assert line.count(r"\left") == line.count(r"\right")
        assert line.count(r"\begin") == line.count(r"\end")


@pytest.mark.parametrize(
    ("formula", "room", "lines"),
    [
        ("a + b", 5, ["a + b"]),
        ("aa + bb + cc", 8, ["aa + bb", "+ cc"]),
        ("a · b + c · d", 11, ["a · b", "+ c · d"]),
        ("(aaa + bbb) · (c + d)", 14, ["(aaa + bbb)", "· (c + d)"]),
        ("(aaaa + bbbb + cccc)", 12, ["(aaaa + bbbb", "+ cccc)"]),
        ("if(aaaa, bbbb)", 9, ["if(aaaa,", "bbbb)"]),
        ("f(-x)", 2, ["f(-x)"]),
        ("unbreakable", 3, ["unbreakable"]),
    ],
)
def test_broken(formula: str, room: int, lines: list[str]) -> None:
    assert broken(formula, room, len) == lines


def test_widths_are_upper_bounds(
    working: Callable[..., Working], pdflatex: Callable[[str, Path], str], tmp_path: Path
) -> None:
    names = ("mazur", "textbook", "recurrent", "deep", "softmax", "binary_cross_entropy", "huber", "absolute_error")
    shown = sorted({step_latex(worked) for name in names for worked in working(name).steps})
    shown += [
        r"\mathit{abcdefghijklmnopqrstuvwxyz}",
        r"\mathit{ABCDEFGHIJKLMNOPQRSTUVWXYZ}",
        r"\mathrm{abcdefghijklmnop}",
    ]
    shown += [rf"\{name}" for name in ("alpha", "omega", "psi", "Omega", "Phi", "xi", "ln", "sin", "cos", "max", "min")]
    shown += [rf"\sqrt{{{'1 + ' * 9}1}}", r"\left|x\right|", r"\hat{y}_{1}", r"1.5 \cdot 10^{-12}"]
    boxes = "\n".join(rf"\setbox0\hbox{{$\displaystyle {formula}$}}\typeout{{width \the\wd0}}" for formula in shown)
    log = pdflatex(
        rf"\documentclass{{article}}\usepackage{{amsmath,amssymb}}\begin{{document}}{boxes}\end{{document}}", tmp_path
    )
    measured = [float(found) for found in re.findall(r"^width ([\d.]+)pt", log, re.MULTILINE)]
    assert len(measured) == len(shown)
    for formula, points in zip(shown, measured, strict=True):
        assert points <= width(formula), formula
        assert width(formula) <= 1.6 * points + 12, formula
