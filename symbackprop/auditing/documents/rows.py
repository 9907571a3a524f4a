"""Rows of tables in a text: cells that are parted by pipes, or by tabs as slides and pages are copied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symbackprop.auditing.documents.inline import Rules, runs_of
from symbackprop.auditing.documents.lines import MARKER, RELATED
from symbackprop.auditing.documents.placed import Placed, trimmed
from symbackprop.auditing.documents.source import Block, Kind, Run

_CELL = re.compile(r"[^\s](?:[^\t\n]*[^\s])?")
_NUMBER = re.compile(r"[-−–+]?[\d.,]+")


def row_of(
    line: Placed, places: Sequence[tuple[int, int]], heads: tuple[str, ...], rules: Rules
) -> tuple[list[Block], tuple[str, ...]]:
    """(the row whose cells stand at `places` of a line, what they read)."""
    runs: list[Run] = []
    cells: list[int] = []
    texts: list[str] = []
    for index, (start, stop) in enumerate(places):
        content = trimmed(runs_of(line.cut(start, stop).stripped(), rules))
        runs += content
        cells += [index] * len(content)
        texts.append("".join(run.text for run in content).strip())
    return [Block(Kind.ROW, tuple(runs), tuple(cells), heads)] if runs else [], tuple(texts)


def columns(placed: Placed, position: int, rules: Rules) -> tuple[list[Block], int]:
    """(the lines from `position` on whose cells are parted by tabs, where the next line begins).

    The first may head the columns of the others.
    """
    found: list[Block] = []
    heads: tuple[str, ...] = ()
    line = _line(placed, position)
    while places := tabbed(line.text):
        row, texts = row_of(line, places, heads if len(places) == len(heads) else (), rules)
        position += len(line.text) + 1
        line = _line(placed, position)
        if not found and _heads(texts, [line.text[start:stop] for start, stop in tabbed(line.text)]):
            heads = texts
        found += row
    return found, position


def _line(placed: Placed, position: int) -> Placed:
    end = placed.text.find("\n", position)
    return placed.cut(min(position, len(placed.text)), len(placed.text) if end < 0 else end)


def cells_of(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it; a pipe that is escaped, in code or within a formula parts nothing."""
    first = len(line) - len(line.lstrip())
    first += line.startswith("|", first)
    last = len(line.rstrip())
    if last > first and line[last - 1] == "|" and not line.endswith("\\|", 0, last):
        last -= 1
    cells: list[tuple[int, int]] = []
    start, dollars, final = first, 0, line.rfind("$", first, last)
    for token in re.finditer(r"\\.|`[^`\n]*+`|\$|\|", line[:last]):
        if token.start() < first:
            continue
        if token[0] == "$":
            dollars += 1
        elif token[0] == "|":
            near = line[token.start() - 1 : token.start()].strip() and line[token.end() : token.end() + 1].strip()
            if near and dollars % 2 and token.end() <= final:
                continue
            cells.append((start, token.start()))
            start, dollars = token.end(), 0
    return [*cells, (start, last)]


def tabbed(line: str) -> list[tuple[int, int]]:
    r"""Where cells stand in a line that are parted by tabs, behind the mark of an item; [] where there is but one.

    >>> tabbed("w_1\t0.15"), tabbed("-\tforward"), tabbed("\tz = 1")
    ([(0, 3), (4, 8)], [], [])
    """
    marker = MARKER.match(line)
    found = [(cell.start(), cell.end()) for cell in _CELL.finditer(line, marker.end() if marker else 0)]
    return found if len(found) > 1 else []


def _heads(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the cells of a line head those of the line below: words and names above numbers or workings."""
    headed = len(first) == len(second) and not any(RELATED.search(cell) or _NUMBER.fullmatch(cell) for cell in first)
    return headed and any(map(str.isdigit, "".join(second)))
