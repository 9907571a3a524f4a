"""Notebooks -> blocks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.errors import LimitError, SymbackpropError


def notebook(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": list(cells), "nbformat": 4}, indent=1)


def outline(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    _, blocks = read_text(text, "sheet.ipynb")
    return [(block.kind.value, [(run.mode.value, run.text) for run in block.runs]) for block in blocks]


@pytest.mark.parametrize(
    "source", ['# T\nso $\\frac{1}{2}$ = "é" 😀 $b$', ["# T\n", "so $\\frac{1}{2}$ ", '= "é" 😀 $b$']]
)
def test_markdown_cells(source: str | list[str]) -> None:
    text = notebook({"cell_type": "markdown", "source": source})
    assert outline(text) == [
        ("heading", [("prose", "T")]),
        ("paragraph", [("prose", "so "), ("inline", r"\frac{1}{2}"), ("prose", ' = "é" 😀 '), ("inline", "b")]),
    ]
    read, blocks = read_text(text, "sheet.ipynb")
    formula = blocks[1].runs[1]
    assert read.text[formula.places[0] : formula.places[-1]] == r"\\frac{1}{2}"
    assert read.text[blocks[1].runs[3].places[0]] == "b"


def test_code_cells() -> None:
    text = notebook(
        {
            "cell_type": "code",
            "source": ["x = 1  # a = 1\n", "# b = 2\n", "y = '# no'\n", "# c = 3"],
            "outputs": [
                {"output_type": "stream", "text": ["0.5\n", "\x1b[31m0.6\x1b[0m\n"]},
                {"output_type": "execute_result", "data": {"text/plain": "[0.1]", "text/html": "<b>"}},
                {"output_type": "execute_result", "data": {"text/latex": "$\\displaystyle x = 1$", "text/plain": "x"}},
                {"output_type": "error", "traceback": ["d = 4"]},
            ],
        },
    )
    assert outline(text) == [
        ("code", [("code", "x = 1  # a = 1\n# b = 2\ny = '# no'\n# c = 3")]),
        ("code", [("code", "0.5\n0.6")]),
        ("code", [("code", "[0.1]")]),
        ("display", [("display", "x = 1")]),
    ]


@pytest.mark.parametrize(
    ("source", "output", "shown"),
    [
        ("z = 1\nz", {"data": {"text/plain": "0.5"}}, [("z",)]),
        ("z, y", {"data": {"text/plain": "(0.5, 0.6)"}}, [("z", "y")]),
        ("z + 1", {"data": {"text/plain": "0.5"}}, [()]),
        ("print(z)", {"text": "0.5\n"}, [("z",)]),
        ("print(z)\nprint('y', y)\nprint(a, b)", {"text": ["0.5\n", "y 0.6\n", "1 2\n"]}, [("z",), (), ("a", "b")]),
        ("print(z)\nprint(y)", {"text": "[0.5\n 0.6]\n1"}, [()]),  # which line is of which is not clear
        ("print(W)", {"text": "[[1 2]\n [3 4]]\n"}, [("W",)]),
        ("for z in v:\n    print(z)", {"text": "0.5\n"}, [()]),
    ],
)
def test_what_a_cell_prints_is_known_by_its_name(source: str, output: dict[str, Any], shown: list[object]) -> None:
    cell = {"cell_type": "code", "source": source, "outputs": [output]}
    program, *printed = read_text(notebook(cell), "sheet.ipynb")[1]
    assert program.program
    assert [block.shown for block in printed] == shown


def test_version_three() -> None:
    cell = {"cell_type": "code", "input": "# a = 1", "outputs": [{"text": "2"}]}
    text = json.dumps({"worksheets": [{"cells": [{"cell_type": "markdown", "source": "$b$"}, cell]}]})
    assert [run for _, runs in outline(text) for run in runs] == [("inline", "b"), ("code", "# a = 1"), ("code", "2")]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"cells": [\n}', "2:1", "this is no JSON"),
        ("", "1:1", "this is no JSON"),
        ("[1]", "1:1", "no Jupyter notebook"),
        ('{"a": 1}', "1:1", "no Jupyter notebook"),
    ],
)
def test_what_is_no_notebook(text: str, place: str, message: str) -> None:
    with pytest.raises(SymbackpropError, match=message) as caught:
        read_text(text, "sheet.ipynb")
    assert str(caught.value).startswith(f"sheet.ipynb:{place}: ")


def test_depth_is_bounded() -> None:
    with pytest.raises(LimitError):
        read_text('{"cells":' + "[" * 100_000 + "]" * 100_000 + "}", "sheet.ipynb")


@pytest.mark.parametrize(
    "cells",
    [
        "[1, null, {}]",
        '[{"cell_type": 3, "source": 4}]',
        '[{"cell_type": "code", "source": [1], "outputs": [2, {"text": [3], "data": []}]}]',
    ],
)
def test_odd_cells_are_passed_over(cells: str) -> None:
    assert outline(f'{{"cells": {cells}}}') == []


@pytest.mark.parametrize("text", ['{"cells": 3}', '{"cells": null}', "{}", "[]"])
def test_what_holds_no_cells_is_no_notebook(text: str) -> None:
    with pytest.raises(SymbackpropError, match="no Jupyter notebook"):
        read_text(text, name="notes.ipynb")
