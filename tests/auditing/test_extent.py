"""A document that states too much is refused where that begins, and none that anybody writes is."""

from __future__ import annotations

import pytest

from symbackprop.auditing import extent
from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.extent import statements_of
from symbackprop.auditing.inference.infer import initial_file
from symbackprop.auditing.mathematics import reading, segmentation
from symbackprop.auditing.mathematics.boundaries import CHAIN, MOST
from symbackprop.auditing.mathematics.statements import Statements
from symbackprop.errors import LimitError, Place


def read(text: str, name: str = "sheet.md") -> Statements:
    return statements_of(*read_text(text, name))


def refused(text: str, name: str = "sheet.md") -> Place:
    with pytest.raises(LimitError, match="a document with more than") as refusal:
        read(text, name)
    assert refusal.value.place is not None
    return refusal.value.place


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a document were to state ten equations and no more."""
    for module in (reading, segmentation):
        monkeypatch.setattr(module, "MOST", 10 * CHAIN)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("statement", "least", "most"),
    [("a = 0.3775", 10, 11), ("0.3775", 10 * CHAIN, 10 * CHAIN + 1), ("| a | 0.3775 |\n", 5, 10 * CHAIN)],
    ids=["equations", "numbers", "rows"],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["apart", "together"])
def test_it_is_refused_where_it_is_too_much(statement: str, least: int, most: int, between: str) -> None:
    parts = [statement] * 60
    line = refused(between.join(parts)).line
    before = line // len((statement + between).splitlines())
    assert least <= before + 1 <= most + 1


@pytest.mark.usefixtures("few")
def test_what_is_just_not_too_much_is_read() -> None:
    assert len(read("a = 0.3775\n\n" * 10).statements) == 10


def test_so_are_words_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "CHARACTERS", 1000)
    line = "the error is the sum of the squares\n"
    read(line * 20)
    assert refused(line * 60).line == 1000 // len(line) + 1


@pytest.mark.usefixtures("few")
def test_nothing_is_made_of_a_part_of_it() -> None:
    document = read_text("a = 0.3775\n\n" * 60, "sheet.md")
    for whole in (audit, initial_file):
        with pytest.raises(LimitError, match="part it"):
            whole(*document)


def test_a_long_chapter_is_no_more_than_half_of_it() -> None:
    assert MOST // CHAIN >= 2 * 700
    assert extent.CHARACTERS >= 4 * 100_000
