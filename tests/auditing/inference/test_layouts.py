"""How weights are numbered."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.layouts import Cell, laid_out, places


@pytest.mark.parametrize(
    ("name", "indices"),
    [("w_21", (2, 1)), ("w2_21", (2, 1)), ("w_h2_i1", (2, 1)), ("w21", (2, 1)), ("w5", (5,)), ("w_3_14", (3, 14))],
)
def test_the_indices_of_a_name(name: str, indices: tuple[int, ...]) -> None:
    assert places(name) == indices


def _cells(rows: int, columns: int) -> list[Cell]:
    return [Cell(row, column, row + 1, column + 1, rows, columns) for row in range(rows) for column in range(columns)]


TABLE = [
    # which weights have the number that stands at each place of a layer of 2 units and 2 sources, and which are told
    ("a number each", ["w1", "w2", "w3", "w4"], "w1 w2 w3 w4"),
    ("a number each, in any order", ["w4", "w2", "w1", "w3"], "w4 w2 w1 w3"),
    ("two alike, by unit", ["w1", "w2 w3", "w2 w3", "w4"], None),  # w2 w3 or w3 w2
    ("three alike, by unit", ["w1 w2", "w1 w2", "w3", "w4"], "w1 w2 w3 w4"),
    ("two alike, by source", ["w1 w3", "w1 w3", "w2", "w4"], "w1 w3 w2 w4"),
    ("the source first", ["w_11", "w_21 w_22", "w_12", "w_21 w_22"], "w_11 w_21 w_12 w_22"),
    ("the unit first", ["w_11 w_12", "w_11 w_12", "w_21", "w_22"], "w_11 w_12 w_21 w_22"),
    ("a number that is none of theirs", ["w_11", "", "w_21", "w_22"], "w_11 w_12 w_21 w_22"),
    ("a number that is another's", ["w_11", "w_12", "w_21", "w_12"], "w_11 w_12 w_21 w_22"),
    ("two that are none of theirs", ["w_11", "", "w_21", ""], None),
]


@pytest.mark.parametrize(("domains", "told"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_order_of_indices_tells(domains: list[str], told: str | None) -> None:
    cells = _cells(2, 2)
    names = {name: name for text in domains for name in text.split()}
    if "w_11" in names:
        names |= {name: name for name in ("w_12", "w_21", "w_22")}
    found = laid_out({cell: tuple(text.split()) for cell, text in zip(cells, domains, strict=True)}, names)
    assert (" ".join(found[cell] for cell in cells) if found else None) == told


def test_one_wrong_number_among_few_tells_nothing() -> None:
    one, other = _cells(1, 2)
    assert laid_out({one: ("v_1",), other: ()}, {"v_1": "v_1", "v_2": "v_2"}) is None
