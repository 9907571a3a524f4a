"""Texts that know their places."""

from __future__ import annotations

from symbackprop.auditing.documents.placed import joined, trimmed, whole, written
from symbackprop.auditing.documents.source import Mode, Source

SOURCE = Source("a.md", " ab &minus; cd ")


def test_joined() -> None:
    text = whole(SOURCE)
    parts = joined([text.cut(1, 4), written("−", 4), text.cut(11, 15)], 0)
    assert parts.text == "ab − cd "
    assert list(parts.places) == [1, 2, 3, 4, 11, 12, 13, 14, 15]
    assert joined([text.cut(3, 3)], 7).places == [7]
    assert parts.stripped().text == "ab − cd"


def test_a_run_ends_after_its_last_character() -> None:
    text = whole(SOURCE)
    run = joined([text.cut(1, 3), text.cut(12, 14)], 0).cut(0, 2).run(Mode.PROSE)
    assert (run.text, run.places) == ("ab", (1, 2, 3))
    assert text.cut(3, 2).run(Mode.PROSE).places == (3,)


def test_trimmed() -> None:
    text = whole(SOURCE)
    runs = (text.cut(0, 4).run(Mode.PROSE), text.cut(11, 15).run(Mode.PROSE))
    assert [(run.text, run.places[0]) for run in trimmed(runs)] == [("ab ", 1), (" cd", 11)]
    code = text.cut(0, 4).run(Mode.CODE)
    assert trimmed((code,)) == (code,)
    assert trimmed(()) == ()
