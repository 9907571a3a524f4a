"""The links of a chain in lines: several in a line where there is room, one over several lines where it is too wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from symbackprop.rendering.links import Link
from symbackprop.rendering.typesetting import broken

COMPACT = 0.75  # of the room: a chain that is shorter is one line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chain; `continued` where it goes on with the link of the line before it."""

    text: str
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """How a format writes a link: its sign, its formula, a form of it that can be broken anywhere, and their measure.

    `indent` is by how much a line goes in that continues another.
    """

    sign: Callable[[Link], str]
    formula: Callable[[Link], str]
    linear: Callable[[Link], str]
    measure: Callable[[str], float]
    indent: float


def laid_out(chain: Sequence[Link], setting: Setting, room: float, margin: float = 0) -> list[Line]:
    """The chain in lines that are no wider than `room`; the last leaves `margin` free, where it can.

    A short chain is one line; in a longer one the numbers begin a line of their own.
    """
    shown = [f"{setting.sign(link)} {setting.formula(link)}" for link in chain]
    whole = " ".join(shown)
    if setting.measure(whole) <= min(COMPACT * room, room - margin):
        return [Line(whole)]
    lines: list[Line] = []
    for index, (link, piece) in enumerate(zip(chain, shown, strict=True)):
        last = index == len(chain) - 1
        longer = f"{lines[-1].text} {piece}" if lines else piece
        alike = index > 0 and bool(link.numbers) == bool(chain[index - 1].numbers)
        if alike and not lines[-1].continued and setting.measure(longer) <= room - (margin if last else 0):
            lines[-1] = Line(longer)
        elif setting.measure(piece) <= room:
            lines.append(Line(piece))
        else:
            lines += _over_lines(link, setting, room)
    return lines


def _over_lines(link: Link, setting: Setting, room: float) -> list[Line]:
    sign = setting.sign(link) + " "
    free = room - max(setting.measure(sign), setting.indent)
    parts = broken(setting.formula(link), free, setting.measure)
    if any(setting.measure(part) > free for part in parts):
        parts = broken(setting.linear(link), free, setting.measure)
    return [Line(sign + parts[0]), *(Line(part, continued=True) for part in parts[1:])]
