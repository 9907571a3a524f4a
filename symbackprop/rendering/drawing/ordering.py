"""Where the vertices of a column stand: in an order in which few links cross, at heights where they run straight.

A link over several columns is taken through a bend in each column between, of which all links of one source share
those they have in common; no vertex stands where a bend is.

Source: K. Sugiyama, S. Tagawa, M. Toda, Methods for visual understanding of hierarchical system structures (1981).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from symbackprop.rendering.drawing.outline import Outline

SWEEPS = 8  # in which the columns are put into another order
ALIGNMENTS = 4  # sweeps in which vertices are moved to the height of their neighbours

Neighbours = Mapping[int, Sequence[int]]
Room = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Items, vertices and bends, column by column from top to bottom; bends are numbered after the vertices.

    `bends[link]` are the bends of a link, from its source to its target.
    """

    columns: tuple[tuple[int, ...], ...]
    bends: tuple[tuple[int, ...], ...]
    before: Neighbours
    after: Neighbours


def ordered(drawn: Outline) -> Grid:
    """The items of an outline in an order in which few links cross; the author's order where no other is better."""
    columns = [list(drawn.column(number)) for number in range(len(drawn.units))]
    bends = _bends(drawn, columns)
    before, after = _neighbours(drawn, bends)
    best, fewest = [list(column) for column in columns], _crossings(columns, before)
    for sweep in range(SWEEPS if fewest else 0):
        order = range(1, len(columns)) if sweep % 2 == 0 else range(len(columns) - 2, -1, -1)
        for number in order:
            step, neighbours = (-1, before) if sweep % 2 == 0 else (1, after)
            _by_neighbours(columns[number], columns[number + step], neighbours)
        if (crossings := _crossings(columns, before)) < fewest:
            best, fewest = [list(column) for column in columns], crossings
    return Grid(tuple(map(tuple, best)), bends, before, after)


def _bends(drawn: Outline, columns: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """The bends of each link; they are put at the end of their columns."""
    made: dict[tuple[int, int], int] = {}
    bends = []
    for link in drawn.links:
        first, last = drawn.vertices[link.source].column, drawn.vertices[link.target].column
        for column in range(first + 1, last):
            if (link.source, column) not in made:
                made[link.source, column] = len(drawn.vertices) + len(made)
                columns[column].append(made[link.source, column])
        bends.append(tuple(made[link.source, column] for column in range(first + 1, last)))
    return tuple(bends)


def _neighbours(drawn: Outline, bends: Sequence[Sequence[int]]) -> tuple[Neighbours, Neighbours]:
    before: dict[int, dict[int, None]] = {}
    after: dict[int, dict[int, None]] = {}
    for link, between in zip(drawn.links, bends, strict=True):
        path = (link.source, *between, link.target)
        for left, right in pairwise(path):
            before.setdefault(right, {})[left] = None
            after.setdefault(left, {})[right] = None
    return {item: tuple(items) for item, items in before.items()}, {item: tuple(items) for item, items in after.items()}


def _by_neighbours(column: list[int], beside: Sequence[int], neighbours: Neighbours) -> None:
    """Sorts a column by the mean place of the neighbours in the column beside; an item without any keeps its place."""
    places = {item: place for place, item in enumerate(beside)}
    scale = max(1, len(beside) - 1) / max(1, len(column) - 1)
    means: dict[int, float] = {}
    for place, item in enumerate(column):
        known = [places[other] for other in neighbours.get(item, ())]
        means[item] = sum(known) / len(known) if known else place * scale
    column.sort(key=lambda item: means[item])


def _crossings(columns: Sequence[Sequence[int]], before: Neighbours) -> int:
    """How many pairs of links cross between neighbouring columns."""
    total = 0
    for left, right in pairwise(columns):
        places = {item: place for place, item in enumerate(left)}
        seen: list[int] = []
        for item in right:
            ends = sorted(places[other] for other in before.get(item, ()))
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def aligned(grid: Grid, room: Mapping[int, Room]) -> dict[int, int]:
    """The height of each item's centre, in the middle of its neighbours where it can be; heights grow downwards.

    `room[i]` is what item i takes above and below its centre. Heights are whole, and no two rooms overlap.
    """
    height: dict[int, float] = {}
    for column in grid.columns:
        height |= _spread(column, [0.0] * len(column), room)
    count = len(grid.columns)
    for sweep in range(ALIGNMENTS):
        neighbours = grid.after if sweep % 2 else grid.before
        for number in range(count - 1, -1, -1) if sweep % 2 else range(count):
            column = grid.columns[number]
            wanted = [_mean(neighbours.get(item, ()), height, height[item]) for item in column]
            height |= _spread(column, wanted, room)
    return {item: floor(value + 0.5) for item, value in height.items()}


def _mean(items: Sequence[int], height: Mapping[int, float], otherwise: float) -> float:
    return sum(height[item] for item in items) / len(items) if items else otherwise


def _spread(column: Sequence[int], wanted: Sequence[float], room: Mapping[int, Room]) -> dict[int, float]:
    """Heights as near to those wanted as the room of the items allows, by least squares.

    Source: isotonic regression by pooling adjacent violators; M. Ayer and others, An empirical distribution function
    for sampling with incomplete information (1955).
    """
    offsets = [0]
    for above, below in pairwise(column):
        offsets.append(offsets[-1] + room[above][1] + room[below][0])
    pools: list[tuple[float, int]] = []  # (mean, count)
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] >= mean:
            other, number = pools.pop()
            mean, count = (mean * count + other * number) / (count + number), count + number
        pools.append((mean, count))
    heights = [mean for mean, count in pools for _ in range(count)]
    return {item: height + offset for item, height, offset in zip(column, heights, offsets, strict=True)}
