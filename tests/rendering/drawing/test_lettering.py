"""Names and numbers as they are lettered: what is italic, what is lowered, and that nothing else gets through."""

from __future__ import annotations

import pytest

from symbackprop.rendering.drawing.lettering import Line, Name, Number, Words, equation, lettered, width
from symbackprop.rendering.drawing.tex import tex
from symbackprop.rendering.escaping import latex_text


def marked(line: Line) -> str:
    """The line with *italics*, _{lowered} and ^{raised}."""
    pieces = []
    for piece in lettered(line):
        text = f"*{piece.text}*" if piece.italic else piece.text
        pieces.append({0: text, 1: f"^{{{text}}}", -1: f"_{{{text}}}"}[piece.level])
    return "".join(pieces)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("w", "*w*"),
        ("net", "*net*"),
        ("w_5", "*w*_{5}"),
        ("w5", "*w*_{5}"),
        ("net_h1", "*net*_{*h*}_{1}"),
        ("E_total", "*E*_{total}"),
        ("W_xh", "*W*_{*xh*}"),
        ("a2_1", "*a*^{(2)}_{1}"),
        ("w1_12", "*w*^{(1)}_{12}"),
        ("w_1_2", "*w*_{1,2}"),
        ("yhat_1", "*y\u0302*_{1}"),
        ("delta_o1", "*δ*_{*o*}_{1}"),
        ("Theta", "*Θ*"),
        ("w_5+", "*w*^{+}_{5}"),
        ("dE_total/dw_5", "∂*E*_{total}/∂*w*_{5}"),
        ("a_name_that_no_circle_has_room_for", "*a*_{name,that…oom,for}"),
        ("x" * 20 + "+", f"*{'x' * 20}*^{{+}}"),
        ("x" * 21 + "+", f"*{'x' * 11}*^{{+}}…{'x' * 7}"),
        ("<b>", "<b>"),
        ("x\u202ey", "x y"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert marked((Name(name),)) == expected


@pytest.mark.parametrize(
    ("decimal", "expected"),
    [
        ("0.50", "0.50"),
        ("-0.50", "−0.50"),
        ("3.5e-12", "3.5·10^{−12}"),
        ("-1e7", "−10^{7}"),
        ("1E+3", "10^{3}"),
    ],
)
def test_numbers(decimal: str, expected: str) -> None:
    assert marked((Number(decimal),)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (equation("w_5", "-0.40"), r"$w_{5}$ = $-0.40$"),
        (equation("w_5", ""), r"$w_{5}$"),
        ((Name("dE/dw_5"),), r"$\partial E/\partial w_{5}$"),
        ((Name(r"\input{x}"),), r"$\mathrm{?input?x?}$"),
        ((Words(r"\input{x} $ é 中"),), r"\textbackslash{}input\{x\} \$ \'{e} ?"),
        ((Name("x" * 20 + "+"),), rf"$\mathit{{{'x' * 20}}}^{{+}}$"),
        ((Name("x" * 21 + "+"),), rf"$\mathit{{{'x' * 11}}}\ldots \mathrm{{{'x' * 7}}}^{{+}}$"),
        ((Name("<" * 30),), rf"$\mathrm{{{'?' * 30}}}$"),
        ((Name("a_name_that_no_circle_has_room_for"),), r"$a_{\mathrm{name},\mathrm{that}}\ldots \mathrm{oomfor}$"),
    ],
)
def test_tex(line: Line, expected: str) -> None:
    assert tex(line, latex_text) == expected


def test_a_wider_line_is_held_for_wider() -> None:
    assert width((Name("w_5"),), 10) < width(equation("w_5", "0.5"), 10) < width(equation("w_5", "-0.5"), 10)
    assert width(equation("w_5", "0.5"), 20) == pytest.approx(2 * width(equation("w_5", "0.5"), 10))
