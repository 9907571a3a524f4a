"""The table of formats."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.worked import Working
from symbackprop.rendering.formats import FORMATS, Shown, render

BEGINNINGS = {
    "text": "Backpropagation, ",
    "markdown": "# Back",
    "latex": r"\documentclass",
    "json": "{\n",
    "html": "<!DOCTYPE html>\n",
}


def test_every_format_has_its_beginning_here() -> None:
    assert list(FORMATS) == list(BEGINNINGS)


@pytest.mark.parametrize("format_", FORMATS)
def test_render(working: Callable[..., Working], format_: str) -> None:
    rendered = render(Shown(working("untrained")), format_)
    assert rendered.startswith(BEGINNINGS[format_])
    assert rendered.endswith("\n")
    assert not rendered.endswith("\n\n")


def test_a_fragment_has_no_preamble(working: Callable[..., Working]) -> None:
    part = render(Shown(working("untrained")), "latex", fragment=True)
    assert r"\documentclass" not in part
    assert r"\section*{Forward pass}" in part
    assert part.startswith("% needs")


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_other_formats_have_no_fragments(working: Callable[..., Working], format_: str) -> None:
    with pytest.raises(SymbackpropError, match=f"no fragments of {format_}[^|]*latex"):
        render(Shown(working("untrained")), format_, fragment=True)


def test_an_unknown_format_has_its_nearest_name(working: Callable[..., Working]) -> None:
    with pytest.raises(SymbackpropError, match="did you mean 'latex'"):
        render(Shown(working("untrained")), "latx")


def test_the_table_is_there_without_sympy() -> None:
    program = "import sys, symbackprop.rendering.formats; sys.exit('sympy' in sys.modules or 'flint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
