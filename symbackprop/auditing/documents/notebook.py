"""Jupyter notebooks -> blocks: Markdown cells, the comments of code cells and what their outputs print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symbackprop.auditing.documents import markdown
from symbackprop.auditing.documents.json_text import Value, read_json, unescaped
from symbackprop.auditing.documents.markup import undelimited
from symbackprop.auditing.documents.placed import Placed, joined
from symbackprop.auditing.documents.source import Block, Kind, Mode, Source
from symbackprop.errors import Place, SymbackpropError

_COMMENT = re.compile(r"(?:[^#'\"\n]++|'(?:\\.|[^'\\\n])*+'|\"(?:\\.|[^\"\\\n])*+\")*+#+[ \t]?([^\n]*)")
_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read(source: Source) -> tuple[Block, ...]:
    """The blocks of a notebook; raises `SymbackpropError` where the file is none."""
    notebook = read_json(source)
    lists = ("cells", "worksheets")
    if not isinstance(notebook, dict) or not any(isinstance(notebook.get(key), list) for key in lists):
        hint = 'a notebook is an object with a list "cells"'
        raise SymbackpropError("this is no Jupyter notebook", hint=hint, place=Place(source.name, 1, 1, source.line(1)))
    return tuple(block for cell in _cells(notebook) for block in _blocks(cell))


def _cells(notebook: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """The cells; notebooks of version 3 keep them in worksheets."""
    sheets = notebook.get("worksheets")
    holders = [notebook, *(sheets if isinstance(sheets, list) else [])]
    for holder in holders:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        yield from (cell for cell in (cells if isinstance(cells, list) else []) if isinstance(cell, dict))


def _blocks(cell: dict[str, Value]) -> Iterator[Block]:
    kind = cell.get("cell_type")
    text = _text(cell.get("source", cell.get("input")))
    if not isinstance(kind, Placed) or text is None:
        return
    if kind.text == "code":
        yield from _comments(text)
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            if isinstance(output, dict):
                yield from _output(output)
    else:
        yield from markdown.blocks_of(text)


def _text(value: Value) -> Placed | None:
    """A string, or a list of strings as one; None for nothing."""
    strings = [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, Placed)]
    return joined([unescaped(string) for string in strings], strings[0].places[0]) if strings else None


def _output(output: dict[str, Value]) -> Iterator[Block]:
    """What a cell printed; of a value that is shown in several ways, the formula or else the text."""
    data = output.get("data")
    shown = data if isinstance(data, dict) else output
    latex = _text(shown.get("text/latex", shown.get("latex")))
    if latex and (formula := undelimited(latex.stripped())):
        style = re.match(r"\\displaystyle(?![A-Za-z])\s*", formula.text)
        yield Block(Kind.DISPLAY, (formula.cut(style.end() if style else 0, len(formula.text)).run(Mode.DISPLAY),))
    elif text := _text(shown.get("text/plain", output.get("text"))):
        yield from _code(_unpainted(text))


def _unpainted(text: Placed) -> Placed:
    """The text without the colours of a terminal."""
    parts: list[Placed] = []
    position = 0
    for colour in _TERMINAL.finditer(text.text):
        parts.append(text.cut(position, colour.start()))
        position = colour.end()
    return joined([*parts, text.cut(position, len(text.text))], text.places[0])


def _comments(code: Placed) -> Iterator[Block]:
    """The comments of a program; those on lines that follow each other are one block."""
    together: list[Placed] = []
    start = 0
    for line in code.text.split("\n"):
        end = start + len(line)
        comment = _COMMENT.match(line)
        if comment and comment[1].strip():
            together.append(code.cut(start + comment.start(1), min(end + 1, len(code.text))))
        if together and (not comment or comment.start(1) > len(line.lstrip()) + 2):
            yield from _code(joined(together, 0))
            together = []
        start = end + 1
    yield from _code(joined(together, 0))


def _code(text: Placed) -> Iterator[Block]:
    text = text.cut(0, len(text.text.rstrip()))
    if text.text:
        yield Block(Kind.CODE, (text.run(Mode.CODE),))
