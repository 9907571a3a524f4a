"""Plain text as it is copied from slides and pages: cells that are parted by tabs."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Block, Kind


def blocks(text: str) -> tuple[Block, ...]:
    return read_text(text, name="slides.txt")[1]


def cells(block: Block) -> list[str]:
    return [run.text for run in block.runs]


def test_words_above_numbers_head_the_columns() -> None:
    _, first, second = blocks("unit j\tnet I_j\tout O_j\n4\t0.3 - 0.1 = 0.2\t0.550\n5\t-0.4\t0.401\n")
    assert first.heads == second.heads == ("unit j", "net I_j", "out O_j")
    assert cells(first) == ["4", "0.3 - 0.1 = 0.2", "0.550"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w1\t0.15\nw2\t0.20\n", [["w1", "0.15"], ["w2", "0.20"]]),  # the first line heads nothing
        ("w1 = 0.15\tw5 = 0.40\nw2 = 0.20\tw6 = 0.45\n", [["w1 = 0.15", "w5 = 0.40"], ["w2 = 0.20", "w6 = 0.45"]]),
        ("-\toutput layer:\t\td = o(1 - o)(t - o)\n", [["output layer:", "d = o(1 - o)(t - o)"]]),
        ("the values:\nx1\tx2\n1\t0\n", [["the values:"], ["x1", "x2"], ["1", "0"]]),
        ("\tz = 1\n", [["z = 1"]]),
    ],
)
def test_cells(text: str, expected: list[list[str]]) -> None:
    found = blocks(text)
    assert [cells(block) for block in found] == expected
    assert all((block.kind is Kind.ROW) == (len(row) > 1) for block, row in zip(found, expected, strict=True))
    assert not any(block.heads for block in found[:1])


def test_a_longer_line_is_not_headed_by_fewer_cells() -> None:
    assert [block.heads for block in blocks("x1\tx2\n1\t0\n1\t0\t1\n")] == [(), ("x1", "x2"), ()]
