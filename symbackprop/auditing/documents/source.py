"""Source, Run and Block: a document as it is written, and the stretches of it in which mathematics may stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end): offsets in the text of a source."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the beginning of this span to the end of `other`."""
        return Span(self.start, max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its file's name and its text, every character as written."""

    name: str
    text: str
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(index + 1 for index, character in enumerate(self.text) if character == "\n")]
        object.__setattr__(self, "starts", tuple(starts))

    def place(self, offset: int) -> tuple[int, int]:
        r"""(line, column) of an offset, both counted from 1.

        >>> Source("sheet.md", "a = 1\nb = 2\n").place(6)
        (2, 1)
        """
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].removesuffix("\r")


class Mode(StrEnum):
    """How letters are read: in prose two words side by side are no product, in mathematics they are."""

    PROSE = "prose"
    CODE = "code"
    INLINE = "inline"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block in one mode.

    `text` is without delimiters and markup, entities decoded; `places` holds the offset in the source of each of its
    characters and, last, the offset after its end: len(places) == len(text) + 1.
    """

    mode: Mode
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where text[start:end] stands in the source."""
        return Span(self.places[start], self.places[end - 1] + 1 if end > start else self.places[start])


class Kind(StrEnum):
    """What a block is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    DISPLAY = "display"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row, display or listing: runs in reading order.

    In a table row each cell is a run of its own, or several; `cells` says for each run which cell it stands in and
    `heads` what the columns are headed, where the table has heads. Both are empty elsewhere. Of a listing, `program`
    says that it is known to be one of a program, and `shown` names what a program has printed there.
    """

    kind: Kind
    runs: tuple[Run, ...]
    cells: tuple[int, ...] = ()
    heads: tuple[str, ...] = ()
    program: bool = False
    shown: tuple[str, ...] = ()
