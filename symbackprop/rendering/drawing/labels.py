"""Where the labels of links stand: on their own links, none on another label or a vertex, on few other links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PREFERRED = 0.34  # of the way: before the links that leave one unit meet those that leave its neighbours
ENDLESS = 1e9  # pixels
ATTEMPTS = 4  # to place all labels
STEP = 4  # pixels between two places that are tried


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a point inside."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of a link between two columns, as points with growing x; it only rises, or only falls."""

    points: tuple[tuple[float, float], ...]

    def at(self, x: float) -> float:
        """Its height at x."""
        last = len(self.points) - 1
        place = 1 if last == 1 else min(max(bisect_right(self.points, (x,)), 1), last)
        (left, above), (right, below) = self.points[place - 1], self.points[place]
        return above + (below - above) * (x - left) / ((right - left) or 1)

    def meets(self, box: Box) -> bool:
        """Whether it goes through a box."""
        left, right = self.at(box.x - box.width / 2), self.at(box.x + box.width / 2)
        return min(left, right) < box.y + box.height / 2 and max(left, right) > box.y - box.height / 2


def fitted(
    sizes: Sequence[tuple[float, float]], legs: Sequence[Leg], obstacles: Sequence[Box]
) -> list[tuple[int, int] | None]:
    """The centre of a label of each size on its leg; None where it is empty, or where no place is free.

    Labels take their places one after the other; those for which none is left come first in the next attempt.
    """
    order = [place for place, (wide, _) in enumerate(sizes) if wide]
    most: dict[int, Box] = {}
    left, right = min(leg.points[0][0] for leg in legs), max(leg.points[-1][0] for leg in legs)
    room = Box((left + right) / 2, 0, right - left, ENDLESS)
    obstacles = [box for box in obstacles if box.meets(room)]
    for _ in range(ATTEMPTS):
        boxes = _in_order(order, sizes, legs, obstacles)
        if len(boxes) > len(most):
            most = boxes
        if len(boxes) == len(order):
            break
        order.sort(key=lambda place: place in boxes)
    return [(round(most[place].x), round(most[place].y)) if place in most else None for place in range(len(sizes))]


def _in_order(
    order: Sequence[int], sizes: Sequence[tuple[float, float]], legs: Sequence[Leg], obstacles: Sequence[Box]
) -> dict[int, Box]:
    """The boxes of the labels for which there is a place that earlier ones have left free."""
    boxes: dict[int, Box] = {}
    for own in order:
        others = [leg for place, leg in enumerate(legs) if place != own]
        box = _best(legs[own], sizes[own], [*obstacles, *boxes.values()], others)
        if box is not None:
            boxes[own] = box
    return boxes


def _best(leg: Leg, size: tuple[float, float], taken: Sequence[Box], others: Sequence[Leg]) -> Box | None:
    """The first of the free places on the leg at which the fewest others run; None where there is none."""
    best, fewest = None, len(others) + 1
    for box in _candidates(leg, *size):
        if any(box.meets(other) for other in taken):
            continue
        crossed = 0
        for other in others:
            crossed += other.meets(box)
            if crossed == fewest:
                break
        if crossed < fewest:
            best, fewest = box, crossed
        if not fewest:
            break
    return best


def _candidates(leg: Leg, width: float, height: float) -> Iterator[Box]:
    """Boxes on the leg, those nearest to the preferred place first."""
    first, last = leg.points[0][0] + width / 2, leg.points[-1][0] - width / 2
    middle = first + PREFERRED * (last - first)
    count = int((last - first) / STEP) + 1 if last >= first else 0
    offsets = sorted((STEP * number for number in range(-count, count + 1)), key=lambda offset: (abs(offset), offset))
    for offset in offsets:
        if first <= (x := round(middle) + offset) <= last:
            yield Box(x, round(leg.at(x)), width, height)
