"""Functions of whole vectors and matrices, as NumPy has them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.auditing.grids import Grid, NoValueError, of_whole
from symbackprop.auditing.values import ball, scalars


def grid(*rows: tuple[int, ...], flat: bool = False) -> Grid:
    return Grid(tuple(tuple(ball(Fraction(entry)) for entry in row) for row in rows), flat)


TOTALS = [
    ("sum", grid((1, 2), (3, 4)), [10]),
    ("sum_0", grid((1, 2), (3, 4)), [4, 6]),
    ("sum_1", grid((1, 2), (3, 4)), [3, 7]),
    ("sum_-1", grid((1, 2), (3, 4)), [3, 7]),
    ("mean", grid((1, 2), (3, 6)), [3]),
    ("mean_0", grid((1, 2), (3, 6)), [2, 4]),
    ("sum_1", grid((1,), (2,)), [1, 2]),  # one example, standing
    ("sum_0", grid((1,), (2,)), [3]),
    ("sum_0", grid((1, 2), flat=True), [1, 2]),  # one example, however it lies
    ("sum", grid((1, 2), flat=True), [3]),
    ("norm", grid((2, 4), (5, 6)), [9]),
]


@pytest.mark.parametrize(("function", "value", "found"), TOTALS)
def test_a_sum_runs_along_an_axis(function: str, value: Grid, found: list[int]) -> None:
    assert [float(entry.mid()) for entry in scalars(of_whole(function, value))] == found


def test_the_sum_of_a_number_is_the_number() -> None:
    assert float(of_whole("sum_1", ball(Fraction(3))).mid()) == 3


def test_shapes() -> None:
    assert of_whole("column", grid((1, 2), flat=True)).shape == (2, 1)
    assert of_whole("row", grid((1,), (2,))).shape == (1, 2)


@pytest.mark.parametrize("function", ["column", "softmax", "none"])
def test_what_has_no_value(function: str) -> None:
    with pytest.raises(NoValueError):
        of_whole(function, grid((1, 2), (3, 4)))
