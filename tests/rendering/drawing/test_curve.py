"""The error curve: which axis, which ticks, what is written beside its ends, and that no point is lost from sight."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.derivation.working import derive
from symbackprop.evaluation.training import train
from symbackprop.rendering.drawing.curve import Curve, error_curve, plotted
from symbackprop.rendering.drawing.lettering import lettered
from symbackprop.rendering.drawing.picture import Anchor, Picture, Role, Stroke, Text
from symbackprop.rendering.drawing.svg import standalone
from tests.networks import example


def letters(picture: Picture, anchor: Anchor | None = None) -> list[str]:
    texts = [mark for mark in picture.marks if isinstance(mark, Text) and anchor in (None, mark.anchor)]
    return ["".join(piece.text for piece in lettered(text.line)) for text in texts]


def line(picture: Picture) -> tuple[tuple[float, ...], ...]:
    (stroke,) = [mark for mark in picture.marks if isinstance(mark, Stroke) and mark.role is Role.CURVE]
    return stroke.path


@pytest.mark.parametrize(
    ("points", "logarithmic", "ticks"),
    [
        (((0, 0.3), (100, 0.00004)), True, ["10−5", "10−4", "10−3", "10−2", "10−1", "100"]),
        (((0, 1.0), (100, 0.1)), True, ["10−1", "100"]),
        (((0, 0.2983), (1, 0.2910)), False, ["0.290", "0.292", "0.294", "0.296", "0.298", "0.300"]),
        (((0, 0.5), (9, 0.0)), False, ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
        (((0, 3.0), (9, -7.0)), False, ["−8", "−6", "−4", "−2", "0", "2", "4"]),
        (((0, 2.0), (9, 2.0)), False, ["1.0", "1.5", "2.0", "2.5", "3.0"]),
        (((0, 1.0), (9, 5e-324)), True, [f"10−{power}" for power in range(324, 0, -41)]),
        (((0, 1.0), (9, 1.7e308)), True, ["100", *(f"10{power}" for power in range(39, 309, 39))]),
        (((0, 5e-324), (9, 5e-324)), False, [f"{count}·10−324" for count in range(2, 9)]),
        (((0, 0.0), (9, 5e-324)), False, ["0", "10−324", "2·10−324", "3·10−324", "4·10−324", "5·10−324"]),
        (((0, -1.7e308), (9, 1.7e308)), False, ["−2·10308", "−10308", "0", "10308", "2·10308"]),
        (((0, 1e-30), (9, 1e30)), True, ["10−30", "10−22", "10−14", "10−6", "102", "1010", "1018", "1026"]),
    ],
)
def test_axes(points: tuple[tuple[int, float], ...], logarithmic: bool, ticks: list[str]) -> None:
    curve = Curve("C", points)
    assert curve.logarithmic is logarithmic
    assert letters(plotted(curve), Anchor.END) == ticks


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (100, ["0", "20", "40", "60", "80", "100"]),
        (10_000, ["0", "2000", "4000", "6000", "8000", "10000"]),
        (70_000_000, ["0", "2·107", "4·107", "6·107"]),
    ],
)
def test_updates_have_whole_ticks(last: int, ticks: list[str]) -> None:
    points = ((0, 1.0), (last, 0.5)) if last else ((0, 1.0),)
    middle = letters(plotted(Curve("C", points)), Anchor.MIDDLE)
    assert middle == ["updates", *ticks]


def test_a_training_run_is_told_and_labelled() -> None:
    problem = example("mazur_2_2_2")
    picture = plotted(error_curve(train(derive(problem), 1000, every=10), "E_total", problem.title))
    shown = letters(picture)
    assert shown[0] == problem.title
    assert shown[1] == "Etotal, on a logarithmic axis"
    assert "Etotal = 0.298371" in shown
    # 0.001121 after 1,000 updates: the error by the document's own program, in tests/cli, falls through it
    assert [text for text in shown if re.fullmatch(r"Etotal = 0\.0011\d+", text)]
    assert picture.description.startswith("The cost E_total over 1000 updates, on a logarithmic axis: 0.298371 before")
    assert standalone(picture) == standalone(picture)
    assert ElementTree.fromstring(standalone(picture)) is not None  # noqa: S314 - our own


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=3000))
def test_every_curve_stays_inside_its_axes_and_short(costs: list[float]) -> None:
    picture = plotted(Curve("C", tuple(enumerate(costs))))
    path = line(picture)
    assert len(path) <= 4 * picture.width
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in path)
    xs = [x for x, _ in path]
    assert xs == sorted(xs)


def test_a_spike_between_many_points_is_seen() -> None:
    costs = [1.0] * 10_000
    costs[5003] = 9.0
    heights = sorted(y for _, y in line(plotted(Curve("C", tuple(enumerate(costs))))))
    assert heights[0] < 100 < 280 < heights[1]


def test_a_long_title_is_cut() -> None:
    (title, *_) = letters(plotted(Curve("C", ((0, 1.0), (1, 0.5)), "word " * 100)))
    assert title.endswith("…")
    assert 40 < len(title) < 100
