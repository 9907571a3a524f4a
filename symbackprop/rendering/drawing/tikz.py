r"""A picture -> TikZ: a document of its own, or the tikzpicture alone for one that has \usepackage{tikz}."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.rendering.drawing.picture import (
    BASELINE,
    COLOURS,
    DASHES,
    FAINT,
    STYLES,
    Anchor,
    Area,
    Mark,
    Path,
    Picture,
    Stroke,
    Text,
    border,
)
from symbackprop.rendering.drawing.svg import number
from symbackprop.rendering.drawing.tex import tex
from symbackprop.rendering.escaping import latex_text

BORDER = 10  # points
POINT = 0.77  # points of a unit of length: letters of size 13 are those of 10 points
_SIZES = ((13, r"\normalsize"), (11, r"\footnotesize"), (0, r"\scriptsize"))
_ANCHORS = {Anchor.START: "base west", Anchor.MIDDLE: "base", Anchor.END: "base east"}

_PAGE = r"""\hoffset=-1in \voffset=-1in
\oddsidemargin=\border \topmargin=\border \headheight=0pt \headsep=0pt
\usepackage{amsmath,amssymb,tikz}
\pagestyle{empty}\parindent=0pt \topskip=0pt
\begin{document}
"""


def document(picture: Picture) -> str:
    """A document of one page, as large as the picture with a border of ten points."""
    wide, high = (POINT * side + 2 * BORDER for side in (picture.width, picture.height))
    lines = [
        f"% {latex_text(picture.title)}",
        r"\documentclass[10pt]{article}",
        rf"\newdimen\border \border={BORDER}pt",
        rf"\paperwidth={number(wide)}pt \paperheight={number(high)}pt \textwidth=\paperwidth \textheight=\paperheight",
    ]
    return "\n".join(lines) + f"\n{_PAGE}{tikzpicture(picture)}\n\\end{{document}}\n"


def tikzpicture(picture: Picture, room: float | None = None) -> str:
    r"""The picture for a document with \usepackage{amsmath,amssymb,tikz}, made smaller where it is wider than `room`.

    Arguments: `room` is in points.
    """
    colours = "".join(rf"\definecolor{{drawing{name}}}{{HTML}}{{{code[1:].upper()}}}" for name, code in COLOURS.items())
    lines = [
        rf"\begin{{tikzpicture}}[x={POINT}pt,y=-{POINT}pt,inner sep=0pt,outer sep=0pt]%",
        rf"{colours}%",
        rf"\useasboundingbox (0,0) rectangle ({picture.width},{picture.height});",
        *(line for mark in picture.marks for line in _mark(mark)),
        r"\end{tikzpicture}",
    ]
    whole = "\n".join(lines)
    return (
        rf"\resizebox{{{number(room)}pt}}{{!}}{{%" + f"\n{whole}}}" if room and picture.width * POINT > room else whole
    )


def _mark(mark: Mark) -> Iterator[str]:
    look = STYLES[mark.role]
    faint = f",opacity={FAINT}" if mark.faint else ""
    match mark:
        case Stroke():
            dash, space = map(_points, DASHES)
            dashes = f",dash pattern=on {dash} off {space}" if look.dashed else ""
            thick = _points(mark.thickness)
            yield rf"\draw[draw=drawing{look.stroke},line width={thick}{dashes}{faint}] {_path(mark.path)};"
        case Area():
            yield rf"\path[{_area(mark)}{faint}] {_outline(mark)};"
        case Text():
            size = next(size for least, size in _SIZES if mark.size >= least)
            anchor = _ANCHORS[mark.anchor]
            place = f"({number(mark.x)},{number(mark.y + BASELINE * mark.size)})"
            letters = tex(mark.line, latex_text)
            yield rf"\node[anchor={anchor},text=drawing{look.fill},font={size}{faint}] at {place} {{{letters}}};"


def _area(mark: Area) -> str:
    look = STYLES[mark.role]
    parts = [f"fill=drawing{look.fill}"]
    if look.stroke:
        parts.append(f"draw=drawing{look.stroke},line width={_points(border(mark.role))}")
    if mark.radius * 2 < mark.width:
        parts.append(f"rounded corners={_points(mark.radius)}")
    return ",".join(parts)


def _outline(mark: Area) -> str:
    if mark.radius * 2 == mark.width == mark.height:
        return f"({number(mark.x)},{number(mark.y)}) circle[radius={_points(mark.radius)}]"
    left, right = mark.x - mark.width / 2, mark.x + mark.width / 2
    top, bottom = mark.y - mark.height / 2, mark.y + mark.height / 2
    return f"({number(left)},{number(top)}) rectangle ({number(right)},{number(bottom)})"


def _path(path: Path) -> str:
    start, *others = path
    parts = [_place(start)]
    for to in others:
        if len(to) == 2:
            parts.append(f" -- {_place(to)}")
        else:
            parts.append(f" .. controls {_place(to[:2])} and {_place(to[2:4])} .. {_place(to[4:])}")
    return "".join(parts)


def _place(point: tuple[float, ...]) -> str:
    return f"({number(point[0])},{number(point[1])})"


def _points(length: float) -> str:
    return f"{number(length * POINT)}pt"
