"""A picture -> PNG by matplotlib, which is an extra: it is imported here alone, and only when a PNG is made."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from symbackprop.errors import SymbackpropError
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
from symbackprop.rendering.drawing.tex import tex
from symbackprop.rendering.escaping import writable

if TYPE_CHECKING:
    from matplotlib import path
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

INCH = 100  # units of length
DOTS = 200  # of an inch: two for each unit of length
POINT = 72 / INCH  # points of a unit of length
_TYPE: dict[str, Any] = {"family": "STIXGeneral", "math_fontfamily": "stix"}
_SIDES = {Anchor.START: "left", Anchor.MIDDLE: "center", Anchor.END: "right"}


def png(picture: Picture) -> bytes:
    """The picture as a PNG, two dots for each unit of length; the same picture gives the same bytes.

    Raises `SymbackpropError` where matplotlib is not there.
    """
    try:
        import matplotlib.figure
    except ImportError:
        raise SymbackpropError("PNG needs matplotlib", hint='pip install "symbackprop[png]"') from None
    with matplotlib.rc_context():  # a user's settings change what is drawn, and may hand the text of a picture to LaTeX
        matplotlib.rcdefaults()
        return _encoded(picture)


def _encoded(picture: Picture) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(picture.width / INCH, picture.height / INCH), dpi=DOTS, facecolor=COLOURS["paper"])
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, picture.width)
    axes.set_ylim(picture.height, 0)
    for order, mark in enumerate(picture.marks):
        _draw(axes, mark, order)
    file = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # a letter that no typeface has is shown as a box
        canvas.print_png(file, metadata={"Software": None})
    return file.getvalue()


def _draw(axes: Axes, mark: Mark, order: int) -> None:
    from matplotlib.patches import PathPatch

    look = STYLES[mark.role]
    stroke, fill = COLOURS.get(look.stroke, "none"), COLOURS.get(look.fill, "none")
    common: dict[str, Any] = {"alpha": FAINT if mark.faint else 1.0, "zorder": order}
    match mark:
        case Stroke():
            dashes = (0, tuple(dash / mark.thickness for dash in DASHES)) if look.dashed else "solid"
            common |= {"edgecolor": stroke, "linewidth": mark.thickness * POINT, "linestyle": dashes}
            axes.add_patch(PathPatch(_path(mark.path), fill=False, capstyle="butt", **common))
        case Area():
            common |= {"edgecolor": stroke, "linewidth": border(mark.role) * POINT, "facecolor": fill}
            axes.add_patch(_shape(mark, common))
        case Text():
            common |= {"color": fill, "size": mark.size * POINT, "ha": _SIDES[mark.anchor], "va": "baseline"}
            axes.text(mark.x, mark.y + BASELINE * mark.size, tex(mark.line, _words), **_TYPE, **common)


def _shape(mark: Area, look: Mapping[str, Any]) -> Patch:
    from matplotlib.patches import Circle, FancyBboxPatch

    if mark.radius * 2 == mark.width == mark.height:
        return Circle((mark.x, mark.y), mark.radius, **look)
    corner = (mark.x - mark.width / 2, mark.y - mark.height / 2)
    style = f"round,pad=0,rounding_size={mark.radius}"
    return FancyBboxPatch(corner, mark.width, mark.height, boxstyle=style, **look)


def _words(text: str) -> str:
    return writable(text).replace("$", r"\$")


def _path(points: Path) -> path.Path:
    from matplotlib.path import Path as Outline

    vertices: list[tuple[float, float]] = []
    codes: list[Any] = []
    for place, point in enumerate(points):
        vertices += [(point[i], point[i + 1]) for i in range(0, len(point), 2)]
        codes += [Outline.MOVETO] if not place else [Outline.LINETO] if len(point) == 2 else [Outline.CURVE4] * 3
    return Outline(vertices, codes)
