"""Jupyter notebooks -> blocks: Markdown cells, code cells and what their outputs print, of names where code says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symbackprop.auditing.documents import markdown
from symbackprop.auditing.documents.json_text import Value, read_json, unescaped
from symbackprop.auditing.documents.markup import undelimited
from symbackprop.auditing.documents.placed import Placed, joined
from symbackprop.auditing.documents.source import Block, Kind, Mode, Source
from symbackprop.errors import Place, SymbackpropError

_NAMES = r"([A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)"
_PRINT = re.compile(rf"print\(\s*{_NAMES}\s*\)\s*;?\s*(?:#.*)?")
_VALUE = re.compile(rf"{_NAMES}\s*(?:#.*)?")
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
        if text.text.strip():
            yield Block(Kind.CODE, (text.run(Mode.CODE),), program=True)
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            if isinstance(output, dict):
                yield from _output(output, text.text)
    else:
        yield from markdown.blocks_of(text)


def _text(value: Value) -> Placed | None:
    """A string, or a list of strings as one; None for nothing."""
    strings = [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, Placed)]
    return joined([unescaped(string) for string in strings], strings[0].places[0]) if strings else None


def _output(output: dict[str, Value], code: str) -> Iterator[Block]:
    """What a cell printed; of a value that is shown in several ways, the formula or else the text."""
    data = output.get("data")
    shown = data if isinstance(data, dict) else output
    latex = _text(shown.get("text/latex", shown.get("latex")))
    if latex and (formula := undelimited(latex.stripped())):
        style = re.match(r"\\displaystyle(?![A-Za-z])\s*", formula.text)
        yield Block(Kind.DISPLAY, (formula.cut(style.end() if style else 0, len(formula.text)).run(Mode.DISPLAY),))
    elif text := _text(shown.get("text/plain", output.get("text"))):
        yield from _of_code(_unpainted(text), _printed(code) if "text" in output else _last(code))


def _printed(code: str) -> tuple[tuple[str, ...], ...]:
    """The names whose values each print of a cell shows, () where it shows something else; () where a loop prints."""
    prints = [line for line in code.split("\n") if line.lstrip().startswith("print(")]
    if any(line[0].isspace() for line in prints):
        return ()
    return tuple(_names(match[1]) if (match := _PRINT.fullmatch(line)) else () for line in prints)


def _last(code: str) -> tuple[tuple[str, ...], ...]:
    """The names that the last line of a cell consists of, whose values are its output."""
    lines = code.rstrip().split("\n")
    match = _VALUE.fullmatch(lines[-1])
    return (_names(match[1]),) if match else ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _of_code(text: Placed, shown: tuple[tuple[str, ...], ...]) -> Iterator[Block]:
    """What was printed, line by line where each is of a print of its own."""
    text = text.cut(0, len(text.text.rstrip()))
    lines = text.text.split("\n")
    if len(shown) == len(lines) > 1:
        start = 0
        for line, names in zip(lines, shown, strict=True):
            yield from _code(text.cut(start, start + len(line)), names)
            start += len(line) + 1
    else:
        yield from _code(text, shown[0] if len(shown) == 1 else ())


def _unpainted(text: Placed) -> Placed:
    """The text without the colours of a terminal."""
    parts: list[Placed] = []
    position = 0
    for colour in _TERMINAL.finditer(text.text):
        parts.append(text.cut(position, colour.start()))
        position = colour.end()
    return joined([*parts, text.cut(position, len(text.text))], text.places[0])


def _code(text: Placed, shown: tuple[str, ...]) -> Iterator[Block]:
    if text.text.strip():
        yield Block(Kind.CODE, (text.run(Mode.CODE),), shown=shown)
