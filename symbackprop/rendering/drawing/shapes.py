"""What is written in a vertex, row under row, and how large a circle or box it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from symbackprop.rendering.drawing.lettering import Line, Name, Number, width
from symbackprop.rendering.drawing.outline import Kind

NAME, VALUE = 13, 11  # sizes of letters
ROW = 15  # from a row to the next
RULE = 5  # between two quantities in one circle
LARGEST = 112  # a circle across; what needs more room is a box


@dataclass(frozen=True, slots=True)
class Row:
    """A line of letters whose middle stands `offset` under the centre of its vertex."""

    line: Line
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in a vertex; `rules` are the offsets of the lines between its quantities."""

    rows: tuple[Row, ...] = ()
    rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle with round corners; a circle where the radius is half of both sides."""

    width: int
    height: int
    radius: int


def stacked(amounts: Sequence[tuple[str, str]]) -> Rows:
    """Each (name, value), value under name, with a rule between them."""
    groups: list[list[tuple[Line, int]]] = [
        [((Name(name),), NAME), *([((Number(value),), VALUE)] if value else [])] for name, value in amounts
    ]
    count = sum(map(len, groups))
    top = -(count * ROW + RULE * (len(groups) - 1)) // 2
    rows, rules = [], []
    for place, group in enumerate(groups):
        if place:
            rules.append(top + RULE // 2)
            top += RULE
        for line, size in group:
            rows.append(Row(line, top + ROW // 2, size))
            top += ROW
    return Rows(tuple(rows), tuple(rules))


def shape_of(kind: Kind, contents: Sequence[Rows]) -> Shape:
    """The shape of all vertices of a kind."""
    match kind:
        case Kind.INPUT:
            return _circle(contents, 40)
        case Kind.UNIT:
            return _circle(contents, 48)
        case Kind.QUANTITY:
            return _box(contents, 4)
        case Kind.ERROR | Kind.COST:
            return _box(contents, 10)
        case Kind.GAP:
            return Shape(24, 36, 0)


def _circle(contents: Sequence[Rows], smallest: int) -> Shape:
    """The circle in which each of `contents` has room; a box where it would be too large."""
    across = smallest
    for row in (row for rows in contents for row in rows.rows):
        half, edge = width(row.line, row.size) / 2 + 2, abs(row.offset) + row.size * 0.4
        across = max(across, 2 * (isqrt(int(half * half + edge * edge)) + 2))
    return Shape(across, across, across // 2) if across <= LARGEST else _box(contents, 18)


def _box(contents: Sequence[Rows], radius: int) -> Shape:
    """The box in which each of `contents` has room."""
    rows = [row for content in contents for row in content.rows]
    wide = max((width(row.line, row.size) for row in rows), default=20)
    high = max((abs(row.offset) for row in rows), default=6)
    return Shape(2 * (int(wide) // 2 + 9), 2 * (high + ROW // 2 + 5), radius)
