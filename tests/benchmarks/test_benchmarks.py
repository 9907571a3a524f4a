"""The benchmark runs, at small sizes; what it measures is for people to read, never a reason to fail."""

from __future__ import annotations

import pytest

from tests.benchmarks.sizes import size_lines
from tests.benchmarks.updates import by_hand, compiled, update_lines


def test_the_updates_written_by_hand_are_those_of_the_list() -> None:
    assert by_hand(25) == pytest.approx(compiled(25), rel=1e-12)


def test_every_competitor_has_a_line() -> None:
    lines = list(update_lines(updates=20, runs=1))
    assert [name for name in ("by hand", "micrograd", "PyTorch") if any(name in line for line in lines)]
    assert lines[0].startswith("20 updates")


def test_every_size_has_a_line() -> None:
    lines = list(size_lines([(2, 2, 1), (3, 4, 2)], runs=1))
    assert any("2-2-1" in line for line in lines)
    assert any("3-4-2" in line for line in lines)
