"""The error curve of a training run -> a picture: the cost over the updates; logarithmic where it falls far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from symbackprop.evaluation.training import Record
from symbackprop.expressions.names import text
from symbackprop.rendering.drawing.lettering import Line, Name, Number, Words, equation, width
from symbackprop.rendering.drawing.picture import Anchor, Area, Mark, Picture, Role, Stroke, Text
from symbackprop.rendering.escaping import writable

WIDTH, HEIGHT = 640, 380
LEFT, RIGHT, TOP, BOTTOM = 78, 24, 62, 52  # from the border of the picture to the axes
TITLE, LETTERS, ROW = 15, 12, 16
TICKS = 6  # at most, of a linear axis
DECADES = 8  # that all have a tick
LONG = 7  # places before and after the point, beyond which a tick has a power of ten
DIGITS = 6  # of a cost that is written beside the curve
DOT = 8


@dataclass(frozen=True, slots=True)
class Curve:
    """The cost after each number of updates, as (updates, cost) with growing updates."""

    cost: str
    points: tuple[tuple[int, float], ...]
    title: str = ""

    @property
    def logarithmic(self) -> bool:
        """Whether the cost is drawn on a logarithmic axis: it is positive and goes over a decade or more."""
        costs = [cost for _, cost in self.points]
        return min(costs) > 0 and max(costs) / min(costs) >= 10


@dataclass(frozen=True, slots=True)
class _Axis:
    """From a number by `scale` to a place between `start` and `end`, where `first` and `last` of the scale are.

    `ticks` are on the scale, each with the decimal it is shown as. The scale has decimals: the ticks of the largest
    floats and their span are beyond every float, those of the smallest are 0 as floats.
    """

    ticks: tuple[tuple[Decimal, str], ...]
    first: Decimal
    last: Decimal
    scale: Callable[[float], Decimal]
    start: int
    end: int

    def at(self, scaled: Decimal) -> float:
        part = float((scaled - self.first) / (self.last - self.first))
        return round(self.start + (self.end - self.start) * part, 1)

    def place(self, value: float) -> float:
        return self.at(self.scale(value))


def error_curve(records: Iterable[Record], cost: str, title: str = "") -> Curve:
    """The curve of training records; `cost` is the name of what they hold."""
    return Curve(cost, tuple((record.step, record.cost) for record in records), title)


def plotted(curve: Curve) -> Picture:
    """The picture of a curve with its axes, and its first and its last cost."""
    across, up = _axes(curve)
    places = [(across.place(step), up.place(cost)) for step, cost in curve.points]
    marks = [
        Text(Role.NAME, LEFT, 22, _headline(curve), TITLE, Anchor.START),
        Text(Role.LABEL, 12, TOP - 18, _caption(curve), LETTERS, Anchor.START),
        Text(Role.LABEL, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, (Words("updates"),), LETTERS),
        *_grid(across, up),
        Stroke(Role.CURVE, tuple(_thinned(places)), 2.2),
        *_ends(curve, places),
    ]
    return Picture(curve.title or "The error curve", _told(curve), WIDTH, HEIGHT, tuple(marks))


def _axes(curve: Curve) -> tuple[_Axis, _Axis]:
    steps, costs = zip(*curve.points, strict=True)
    across = _updates(max(*steps, 1), LEFT, WIDTH - RIGHT)
    if curve.logarithmic:
        return across, _decades(min(costs), max(costs), HEIGHT - BOTTOM, TOP)
    return across, _linear(Decimal(min(costs)), Decimal(max(costs)), HEIGHT - BOTTOM, TOP)


def _updates(last: int, start: int, end: int) -> _Axis:
    """From 0 to the last update, with ticks at whole numbers."""
    step = _step(Decimal(last), least=1)
    ticks = [(step * count, _shown(step * count)) for count in range(int(last / step) + 1)]
    return _Axis(tuple(ticks), Decimal(0), Decimal(last), Decimal, start, end)


def _linear(low: Decimal, high: Decimal, start: int, end: int) -> _Axis:
    """From tick to tick, at multiples of 1, 2 or 5 times a power of ten."""
    if low == high:
        low, high = low - (abs(low) or Decimal(1)) / 2, high + (abs(high) or Decimal(1)) / 2
    step = _step(high - low, least=0)
    first, last = floor(low / step), -floor(-high / step)
    ticks = [(step * count, _shown(step * count)) for count in range(first, last + 1)]
    return _Axis(tuple(ticks), ticks[0][0], ticks[-1][0], Decimal, start, end)


def _shown(tick: Decimal) -> str:
    """A tick as a decimal; with a power of ten where it is long."""
    if -LONG < tick.adjusted() < LONG:
        return f"{tick:f}"
    return f"{tick.normalize():e}" if tick else "0"


def _step(span: Decimal, least: int) -> Decimal:
    """1, 2 or 5 times a power of ten, no less than `least`, of which there are fewer than `TICKS` in `span`."""
    power = span.adjusted() - 2
    choices = (Decimal(factor).scaleb(power + more) for more in range(4) for factor in (1, 2, 5))
    return next(choice for choice in choices if choice >= least and span / choice < TICKS)


def _decades(low: float, high: float, start: int, end: int) -> _Axis:
    first, last = _power(low), _power(high)
    last += Decimal(1).scaleb(last) < Decimal(high)
    stride = -(-(last - first) // DECADES)
    ticks = tuple((Decimal(power), f"1e{power}") for power in range(first, last + 1, stride))
    return _Axis(ticks, Decimal(first), Decimal(last), _logarithm, start, end)


def _logarithm(value: float) -> Decimal:
    return Decimal(log10(value))


def _power(value: float) -> int:
    """The exponent of the greatest power of ten that is not greater."""
    return Decimal(value).adjusted()


def _grid(across: _Axis, up: _Axis) -> Iterator[Mark]:
    for value, shown in up.ticks:
        y = up.at(value)
        yield Stroke(Role.GRID, ((LEFT, y), (WIDTH - RIGHT, y)), 0.5, faint=True)
        yield Text(Role.LABEL, LEFT - 8, y, (Number(shown),), LETTERS, Anchor.END)
    for value, shown in across.ticks:
        x = across.at(value)
        yield Stroke(Role.AXIS, ((x, HEIGHT - BOTTOM), (x, HEIGHT - BOTTOM + 5)), 1.2)
        yield Text(Role.LABEL, x, HEIGHT - BOTTOM + 16, (Number(shown),), LETTERS)
    yield Stroke(Role.AXIS, ((LEFT, TOP - 6), (LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM)), 1.2)


def _thinned(places: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Of the points that share a pixel across the first, the lowest, the highest and the last."""
    column: list[tuple[float, float]] = []
    for place in (*places, (float(WIDTH), 0.0)):
        if column and int(place[0]) != int(column[0][0]):
            ends = {0, len(column) - 1}
            heights = [y for _, y in column]
            ends |= {heights.index(min(heights)), heights.index(max(heights))}
            yield from (column[end] for end in sorted(ends))
            column = []
        column.append(place)


def _ends(curve: Curve, places: Sequence[tuple[float, float]]) -> Iterator[Mark]:
    """The first and the last point, each with its cost on the side where the curve is not."""
    falls = curve.points[0][1] > curve.points[-1][1]
    ends = [(0, Anchor.START, falls), (-1, Anchor.END, not falls)]
    for place, anchor, above in ends[: len(places)]:
        x, y = places[place]
        line = equation(curve.cost, f"{curve.points[place][1]:.{DIGITS}g}")
        wide = ceil(width(line, LETTERS)) + 4
        highest, lowest = TOP - ROW // 2, HEIGHT - BOTTOM - ROW // 2 - 2
        height = y - ROW if (above and y - ROW >= highest) or y + ROW > lowest else y + ROW
        start = x + DOT if anchor is Anchor.START else x - DOT - wide
        yield Area(Role.PLATE, start + wide / 2, height, wide, ROW, 2)
        yield Text(Role.LABEL, start + 2, height, line, LETTERS, Anchor.START)
        yield Area(Role.POINT, x, y, DOT, DOT, DOT / 2)


def _headline(curve: Curve) -> Line:
    """The title, as much of it as there is room for."""
    title = writable(curve.title) or "The error curve"
    shown = next(n for n in range(len(title), 0, -1) if width((Words(title[:n] + "…"),), TITLE) <= WIDTH - LEFT - RIGHT)
    return (Words(title if shown == len(title) else title[:shown] + "…"),)


def _caption(curve: Curve) -> Line:
    return (Name(curve.cost), Words(", on a logarithmic axis")) if curve.logarithmic else (Name(curve.cost),)


def _told(curve: Curve) -> str:
    (_, before), (steps, after) = curve.points[0], curve.points[-1]
    axis = "logarithmic" if curve.logarithmic else "linear"
    updates = "1 update" if steps == 1 else f"{steps} updates"
    values = f"{before:.{DIGITS}g} before the first, {after:.{DIGITS}g} after the last"
    return f"The cost {text(curve.cost)} over {updates}, on a {axis} axis: {values}."
