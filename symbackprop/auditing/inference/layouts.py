"""How the weights of a layer are numbered: w_ji or w_ij by units, or counted through."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_letters

from symbackprop.auditing.inference.spelling import numbered

_PLACES = re.compile(r"[A-Za-z]*\d+", re.ASCII)
ENOUGH = 4  # weights of a layer of which all but one tell how they are numbered


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a weight: which unit of its layer and which source, by order from 0 and by their numbers."""

    row: int
    column: int
    unit: int | None
    source: int | None
    rows: int
    columns: int


def places(name: str) -> tuple[int, ...]:
    """The indices of a name: w_21 and w_h2_i1 give 2 and 1, w5 gives 5.

    >>> places("w2_21"), places("w_h2_i1"), places("w5")
    ((2, 1), (2, 1), (5,))
    """
    found = _PLACES.findall(name.partition("_")[2] or name.lstrip(ascii_letters))
    if len(found) == 1 and found[0].isdigit() and len(found[0]) == 2:
        found = [*found[0]]
    return tuple(numbered(one)[1] or 0 for one in found)


def _by(unit: Callable[[Cell], int | None], source: Callable[[Cell], int | None]) -> tuple[Layout, ...]:
    """The layouts by a number of the unit and one of the source."""
    return (
        lambda name, cell, _: places(name) == (unit(cell), source(cell)),
        lambda name, cell, _: places(name) == (source(cell), unit(cell)),
        lambda name, cell, _: cell.rows == 1 and places(name) == (source(cell),),
        lambda name, cell, _: cell.columns == 1 and places(name) == (unit(cell),),
    )


Layout = Callable[[str, Cell, int], bool]
"""Whether a name is that of the weight at a place; the number is the first of a running count."""

LAYOUTS: tuple[Layout, ...] = (
    *_by(lambda cell: cell.unit, lambda cell: cell.source),
    *_by(lambda cell: cell.row + 1, lambda cell: cell.column + 1),
    *_by(lambda cell: cell.row, lambda cell: cell.column),
    lambda name, cell, first: numbered(name)[1] == first + cell.row * cell.columns + cell.column,
    lambda name, cell, first: numbered(name)[1] == first + cell.column * cell.rows + cell.row,
)


def laid_out(domains: Mapping[Cell, tuple[str, ...]], names: Mapping[str, str]) -> dict[Cell, str] | None:
    """The key of the weight at each place, of those in its domain; None where that is not told.

    The order of the indices tells, or that a place has one left. A place in whose domain the order has none is one at
    which the document has put in a wrong number, if there is one such among four or more. `names` are the ASCII names
    of the keys, those in no domain included.
    """
    domains = _told(domains)
    every = [read for layout in LAYOUTS for first in _firsts(domains) if (read := _read(layout, first, domains, names))]
    for strays in (0, 1) if len(domains) >= ENOUGH else (0,):
        found = [weights for count, weights in every if count == strays]
        if found:
            return found[0] if all(weights == found[0] for weights in found) else None
    told = {cell: left[0] for cell, left in domains.items() if len(left) == 1}
    return told if len(set(told.values())) == len(domains) else None


def _told(domains: Mapping[Cell, tuple[str, ...]]) -> dict[Cell, tuple[str, ...]]:
    """The domains without what is the only one left of another place."""
    told = dict(domains)
    settled: set[str] = set()
    while single := [left[0] for left in told.values() if len(left) == 1 and left[0] not in settled]:
        settled.add(single[0])
        told = {
            cell: left if left == (single[0],) else tuple(one for one in left if one != single[0])
            for cell, left in told.items()
        }
    return told


def _firsts(domains: Mapping[Cell, tuple[str, ...]]) -> list[int]:
    """The numbers at which a running count may begin."""
    every = {numbered(one)[1] for left in domains.values() for one in left} - {None}
    return sorted({number - back for number in every if number is not None for back in (0, 1)}) or [0]


def _read(
    layout: Layout, first: int, domains: Mapping[Cell, tuple[str, ...]], names: Mapping[str, str]
) -> tuple[int, dict[Cell, str]] | None:
    """The weights of a layout, each at one place, and how many are in no domain; None where it leaves a place empty."""
    found: dict[Cell, str] = {}
    strays = 0
    stems = {numbered(names[one])[0] for left in domains.values() for one in left}
    likely = [one for one in names if numbered(names[one])[0] in stems]
    for cell, left in domains.items():
        fitting = [one for one in left if layout(names[one], cell, first)]
        if not fitting:
            fitting = [one for one in likely if layout(names[one], cell, first)]
            strays += 1
        if len(fitting) != 1 or strays > 1:
            return None
        found[cell] = fitting[0]
    return (strays, found) if len(set(found.values())) == len(found) else None
