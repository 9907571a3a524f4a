"""The formats of a picture, one table entry each, by the suffix of the file. A format is imported when it is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from symbackprop.errors import Place, SymbackpropError

if TYPE_CHECKING:
    from symbackprop.rendering.drawing.picture import Picture


def _svg(picture: Picture) -> str:
    from symbackprop.rendering.drawing import svg

    return svg.standalone(picture)


def _tikz(picture: Picture) -> str:
    from symbackprop.rendering.drawing import tikz

    return tikz.document(picture)


def _png(picture: Picture) -> bytes:
    from symbackprop.rendering.drawing import png

    return png.png(picture)


FORMATS: dict[str, Callable[[Picture], str | bytes]] = {".svg": _svg, ".png": _png, ".tex": _tikz}


def format_of(output: str | None) -> Callable[[Picture], str | bytes]:
    """The format that the name of a file asks for; SVG for standard output, None or "-".

    Raises `SymbackpropError` for a suffix that is none of the table's.
    """
    if output is None or output == "-":
        return FORMATS[".svg"]
    suffix = PurePath(output).suffix.lower()
    if suffix not in FORMATS:
        what = f"no picture is written as {suffix!r}" if suffix else "the name of a picture needs a suffix"
        raise SymbackpropError(what, hint="accepted: " + ", ".join(FORMATS), place=Place(output))
    return FORMATS[suffix]
