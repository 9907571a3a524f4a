"""How long a document may be: one that is longer is refused, with the place from which on it is too much."""

from __future__ import annotations

from collections.abc import Iterable

from symbackprop.auditing.documents.source import Block, Source
from symbackprop.auditing.mathematics.boundaries import CHAIN, MOST
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Statements
from symbackprop.errors import LimitError, Place

CHARACTERS = 400_000  # of text and formulas, the pictures and the markup of a document not among them


def statements_of(source: Source, blocks: tuple[Block, ...]) -> Statements:
    """All statements of a document. Raises `LimitError` with the place where one that is too long is to be parted."""
    if (offset := _beyond(blocks)) is not None:
        raise _too_long(source, offset, f"more than {CHARACTERS} characters of text and formulas")
    statements = read_statements(blocks)
    if statements.ended is not None:
        text = f"more than {MOST // CHAIN} equations, or {MOST} numbers"
        raise _too_long(source, statements.ended, text)
    return statements


def _beyond(blocks: Iterable[Block]) -> int | None:
    """Where what is to be read is too much; None where it is not."""
    count = 0
    for block in blocks:
        for run in block.runs:
            count += len(run.text)
            if count > CHARACTERS:
                return run.places[len(run.text) - (count - CHARACTERS)]
    return None


def _too_long(source: Source, offset: int, what: str) -> LimitError:
    line, column = source.place(offset)
    place = Place(source.name, line, column)
    return LimitError(f"a document with {what}", hint="part it: what begins here is too much", place=place)
