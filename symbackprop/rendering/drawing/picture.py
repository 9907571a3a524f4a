"""A picture: lines, areas and letters, each with the role that says how it looks. Every format draws these three."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from symbackprop.rendering.drawing.lettering import Line

Path = tuple[tuple[float, ...], ...]  # a start; then (x, y) for a line to there, (x1, y1, x2, y2, x, y) for a curve


class Role(StrEnum):
    """What a mark stands for; also its class in SVG."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    PLAIN = "plain"
    STUB = "stub"
    AXIS = "axis"
    GRID = "grid"
    CURVE = "curve"
    INPUT = "input"
    UNIT = "unit"
    QUANTITY = "quantity"
    ERROR = "error"
    COST = "cost"
    POINT = "point"
    PLATE = "plate"
    NAME = "name"
    LABEL = "label"
    NOTE = "note"


class Anchor(StrEnum):
    """Which part of a line of letters stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along a path."""

    role: Role
    path: Path
    thickness: float = 1.2
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle with round corners around (x, y); a circle where the radius is half of both sides."""

    role: Role
    x: float
    y: float
    width: float
    height: float
    radius: float
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of letters whose middle is at the height y."""

    role: Role
    x: float
    y: float
    line: Line
    size: int
    anchor: Anchor = Anchor.MIDDLE
    faint: bool = False


Mark = Stroke | Area | Text


@dataclass(frozen=True, slots=True)
class Picture:
    """Marks from (0, 0) to (width, height), the later ones in front; title and description say what they show."""

    title: str
    description: str
    width: int
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a role looks on paper: colours as #rrggbb, "" for none."""

    stroke: str = ""
    fill: str = ""
    dashed: bool = False


BASELINE = 0.33  # of the size of letters, from their middle down to where they stand
FAINT = 0.25  # opacity
DASHES = (6, 4)  # lengths of a dash and of the space after it
_BORDERS = {Role.COST: 2.2, Role.PLATE: 0.0, Role.POINT: 1.5}


def border(role: Role) -> float:
    """How thick the border of an area is."""
    return _BORDERS.get(role, 1.3)


INK, PAPER, TINT, SOFT, POSITIVE, NEGATIVE = "#1b1b1f", "#ffffff", "#eef2f6", "#8a8f98", "#0072b2", "#c65102"
COLOURS = {"ink": INK, "paper": PAPER, "tint": TINT, "soft": SOFT, "positive": POSITIVE, "negative": NEGATIVE}
DARK = {
    "ink": "#e9e9ee", "paper": "#17181c", "tint": "#262a31", "soft": "#8d939e", "positive": "#5bb8f0",
    "negative": "#f0a04b",
}  # fmt: skip

STYLES: dict[Role, Style] = {
    Role.POSITIVE: Style("positive"),
    Role.NEGATIVE: Style("negative", dashed=True),
    Role.PLAIN: Style("soft"),
    Role.STUB: Style("soft"),
    Role.AXIS: Style("ink"),
    Role.GRID: Style("soft"),
    Role.CURVE: Style("positive"),
    Role.INPUT: Style("ink", "tint"),
    Role.UNIT: Style("ink", "paper"),
    Role.QUANTITY: Style("ink", "paper"),
    Role.ERROR: Style("ink", "tint"),
    Role.COST: Style("ink", "tint"),
    Role.POINT: Style("paper", "positive"),
    Role.PLATE: Style("", "paper"),
    Role.NAME: Style("", "ink"),
    Role.LABEL: Style("", "ink"),
    Role.NOTE: Style("", "ink"),
}
