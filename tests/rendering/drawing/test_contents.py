"""Signs and thicknesses: what a printed decimal makes of a line."""

from __future__ import annotations

import pytest

from symbackprop.rendering.drawing.contents import sign, thicknesses


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0.5", 1), ("-0.05", -1), ("0", 0), ("-0.000", 0), ("", 0), ("1e-12", 1), ("-3.5e-12", -1), ("-0e-3", 0)],
)
def test_signs(amount: str, expected: int) -> None:
    assert sign(amount) == expected


def test_the_largest_is_the_thickest() -> None:
    assert thicknesses(["1", "-4", "2", "", "0"], 1.0, 5.0) == [2.0, 5.0, 3.0, 1.0, 1.0]
    assert thicknesses(["", ""], 1.0, 5.0) == [1.0, 1.0]
    assert thicknesses([], 1.0, 5.0) == []


def test_numbers_beyond_the_floats_have_a_thickness() -> None:
    assert thicknesses(["1e350", "-5e349", "2", "3e-400"], 1.0, 5.0) == [5.0, 3.0, 1.0, 1.0]
    assert thicknesses(["1e-400", "-2e-400"], 1.0, 5.0) == [3.0, 5.0]
