"""How links run: straight from centre to centre where no other vertex is in the way, else in curves between columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from symbackprop.rendering.drawing.labels import Leg
from symbackprop.rendering.drawing.ordering import Grid
from symbackprop.rendering.drawing.outline import Link, Outline
from symbackprop.rendering.drawing.picture import Path
from symbackprop.rendering.drawing.shapes import Shape

CLEARANCE = 4  # pixels between a straight link and a vertex that it passes
EDGE = 12  # pixels left and right of everything
SAMPLES = 16  # points of a curve along which labels are placed
NEAREST, STEEP, FARTHEST = 56, 0.34, 300  # between two columns: at least, for a height to climb, and no more for that


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything stands: the middle `x` of each column and its `half` width, the height of each item."""

    drawn: Outline
    shapes: Sequence[Shape]
    grid: Grid
    height: Mapping[int, int]
    x: Sequence[int]
    half: Sequence[int]
    width: int

    def centre(self, vertex: int) -> tuple[int, int]:
        """The centre of a vertex."""
        return self.x[self.drawn.vertices[vertex].column], self.height[vertex]

    def path(self, place: int) -> Path:
        """The path of the link at `place`."""
        link = self.drawn.links[place]
        if self._is_straight(place):
            return self.centre(link.source), self.centre(link.target)
        stops = self._stops(place)
        path: list[tuple[int, ...]] = [self.centre(link.source), stops[0]]
        for (before, above), (after, below) in pairwise(stops):
            middle = (before + after) // 2
            level = above == below
            path.append((after, below) if level else (middle, above, middle, below, after, below))
        return (*path, self.centre(link.target))

    def leg(self, place: int) -> Leg:
        """The last part of the link at `place`, from the column before its target."""
        link = self.drawn.links[place]
        if self._is_straight(place):
            start, end = self.centre(link.source), self.centre(link.target)
            whole = Leg((start, end))
            left, right = start[0] + self.half_of(link.source), end[0] - self.half_of(link.target)
            return Leg(((left, whole.at(left)), (right, whole.at(right))))
        (left, above), (right, below) = self._stops(place)[-2:]
        steps = [number / SAMPLES for number in range(SAMPLES + 1)]
        return Leg(tuple(_on_curve(left, above, right, below, step) for step in steps))

    def half_of(self, vertex: int) -> int:
        """Half of the width of a vertex."""
        return self.shapes[vertex].width // 2

    def _stops(self, place: int) -> list[tuple[int, int]]:
        """The points at which a curved link enters and leaves columns."""
        link = self.drawn.links[place]
        (left, above), (right, below) = self.centre(link.source), self.centre(link.target)
        stops = [(left + self.half_of(link.source), above)]
        for number, bend in enumerate(self.grid.bends[place], self.drawn.vertices[link.source].column + 1):
            middle, half = self.x[number], self.half[number]
            stops += [(middle - half, self.height[bend]), (middle + half, self.height[bend])]
        return [*stops, (right - self.half_of(link.target), below)]

    def _is_straight(self, place: int) -> bool:
        link = self.drawn.links[place]
        if self.grid.bends[place]:
            return False
        ends = (link.source, link.target)
        columns = {self.drawn.vertices[end].column for end in ends}
        beside = (
            item
            for column in sorted(columns)
            for item in self.grid.columns[column]
            if item < len(self.shapes) and item not in ends
        )
        return not any(self._in_the_way(link, item) for item in beside)

    def _in_the_way(self, link: Link, vertex: int) -> bool:
        """Whether the straight link comes too near to a vertex, seen as an ellipse as wide and high as its shape."""
        (left, above), (right, below) = self.centre(link.source), self.centre(link.target)
        x, y = self.centre(vertex)
        shape = self.shapes[vertex]
        wide, high = shape.width / 2 + CLEARANCE, shape.height / 2 + CLEARANCE
        run, climb = (right - left) / wide, (below - above) / high
        away = run * (y - above) / high - climb * (x - left) / wide
        return away * away < run * run + climb * climb


def _on_curve(left: float, above: float, right: float, below: float, step: float) -> tuple[float, float]:
    """A point of the curve that leaves and enters level: its control points stand half-way."""
    rest, middle = 1 - step, (left + right) / 2
    x = rest**3 * left + 3 * rest * step * middle + step**3 * right
    y = (rest**3 + 3 * rest**2 * step) * above + (3 * rest * step**2 + step**3) * below
    return x, y


def placed(
    drawn: Outline,
    shapes: Sequence[Shape],
    grid: Grid,
    height: Mapping[int, int],
    overhang: Sequence[int],
    labels: Mapping[int, int],
) -> Places:
    """The places of all.

    Arguments: `overhang[i]` is the width that vertex i needs on each side beyond its shape; `labels[c]` the room that
    labels need before column c.
    """
    half: list[int] = []
    free: list[int] = []
    for column in grid.columns:
        vertices = [item for item in column if item < len(shapes)]
        half.append(max((shapes[item].width // 2 for item in vertices), default=0))
        free.append(max((overhang[item] for item in vertices), default=0))
    climbs = [
        max((abs(height[item] - height[other]) for item in column for other in grid.before.get(item, ())), default=0)
        for column in grid.columns
    ]
    x = [EDGE + free[0] + half[0]]
    for number in range(1, len(half)):
        climb = min(int(STEEP * climbs[number]), FARTHEST)
        gap = max(NEAREST, free[number - 1] + free[number], labels.get(number, 0), climb)
        x.append(x[-1] + half[number - 1] + gap + half[number])
    return Places(drawn, shapes, grid, height, tuple(x), tuple(half), x[-1] + half[-1] + free[-1] + EDGE)
