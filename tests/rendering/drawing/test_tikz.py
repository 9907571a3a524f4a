"""TikZ: plain ASCII that compiles, as a document of its own and inside another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from symbackprop.evaluation.worked import Working
from symbackprop.rendering.drawing.contents import Face
from symbackprop.rendering.drawing.curve import Curve, plotted
from symbackprop.rendering.drawing.layout import lay_out
from symbackprop.rendering.drawing.lettering import Name, Words
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.drawing.picture import Picture, Role, Text
from symbackprop.rendering.drawing.tikz import document, tikzpicture
from symbackprop.rendering.latex import PAGE
from tests.rendering.conftest import HOSTILE

Compiler = Callable[[str, Path], str]
WARNINGS = ("Overfull", "Missing character", "Undefined", "Font Warning")


@pytest.mark.parametrize("name", ["mazur", "recurrent", "textbook", "symbols", "wide", "equations", "hostile"])
def test_a_document_compiles(name: str, working: Callable[..., Working], pdflatex: Compiler, tmp_path: Path) -> None:
    drawing = lay_out(working(name))
    log = pdflatex(document(painted(drawing, Face.BACKWARD, {"w_5"})), tmp_path)
    assert not [word for word in WARNINGS if word in log]
    assert "(1 page," in log


def test_a_picture_fits_the_article(working: Callable[..., Working], pdflatex: Compiler, tmp_path: Path) -> None:
    body = tikzpicture(painted(lay_out(working("mazur"))), PAGE)
    article = (
        "\\documentclass[10pt,a4paper]{article}\\usepackage{amsmath,amssymb,tikz}\\usepackage[margin=22mm]{geometry}"
        f"\\begin{{document}}\\noindent\\setbox0\\hbox{{{body}}}\\typeout{{WIDTH=\\the\\wd0}}\\box0\\end{{document}}"
    )
    log = pdflatex(article, tmp_path)
    assert not [word for word in WARNINGS if word in log]
    width = float(log.partition("WIDTH=")[2].partition("pt")[0])
    assert PAGE - 2 < width <= PAGE + 0.1


def test_a_picture_with_room_is_not_made_larger(working: Callable[..., Working]) -> None:
    assert "resizebox" not in tikzpicture(painted(lay_out(working("hostile"))), PAGE)


def test_a_curve_compiles(pdflatex: Compiler, tmp_path: Path) -> None:
    curve = Curve("E_total", ((0, 0.3), (50, 0.01), (100, 0.00002)), HOSTILE)
    assert "(1 page," in pdflatex(document(plotted(curve)), tmp_path)


def test_hostile_words_are_no_commands(pdflatex: Compiler, tmp_path: Path) -> None:
    marks = (Text(Role.NAME, 50, 20, (Words(HOSTILE), Name("\\input{x}")), 11),)
    text = document(Picture(HOSTILE + "\n\\input{x}", "", 400, 40, marks))
    assert text.isascii()
    assert "\\input{" not in text
    pdflatex(text, tmp_path)
