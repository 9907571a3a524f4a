"""PNG: a whole file of the right size, the same bytes again, and one sentence where matplotlib is missing."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable

import matplotlib
import pytest

from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.worked import Working
from symbackprop.rendering.drawing.curve import Curve, plotted
from symbackprop.rendering.drawing.layout import lay_out
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.drawing.picture import Picture
from symbackprop.rendering.drawing.png import png


def size(data: bytes) -> tuple[int, int]:
    assert data[:16] == b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    assert data[-8:-4] == b"IEND"
    wide, high = struct.unpack(">II", data[16:24])
    return wide, high


@pytest.mark.parametrize("name", ["mazur", "textbook", "hostile"])
def test_a_drawing(name: str, working: Callable[..., Working]) -> None:
    picture = painted(lay_out(working(name)), picked={"w_1"})
    data = png(picture)
    assert size(data) == (2 * picture.width, 2 * picture.height)
    assert data == png(picture)
    assert b"matplotlib" not in data.lower()


@pytest.mark.parametrize("title", ["$x", "$\\frac$ \\$", "中 \ud800 \u202e \x1b", "<b>"])
def test_a_curve_of_any_title(title: str) -> None:
    picture = plotted(Curve("C", ((0, 1.0), (10, 0.01)), title))
    assert size(png(picture)) == (2 * picture.width, 2 * picture.height)


def test_the_settings_of_a_user_change_nothing(working: Callable[..., Working]) -> None:
    picture = painted(lay_out(working("mazur")))
    plain = png(picture)
    settings = {"text.usetex": True, "patch.antialiased": False, "path.sketch": (9.0, 9.0, 9.0), "savefig.dpi": 20}
    with matplotlib.rc_context(settings):
        assert png(picture) == plain
        assert {name: matplotlib.rcParams[name] for name in settings} == settings


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(SymbackpropError, match="PNG needs matplotlib") as caught:
        png(Picture("", "", 10, 10, ()))
    assert caught.value.hint == 'pip install "symbackprop[png]"'
