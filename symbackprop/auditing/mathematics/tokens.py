"""What the text of a block is made of, each token with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from symbackprop.auditing.documents.source import Mode


class Sort(Enum):
    """What a token is to the parser."""

    NUMBER = auto()
    NAME = auto()
    WORD = auto()  # belongs to the sentence: never a part of mathematics
    TEXT = auto()  # words set within mathematics, as by \text
    MARK = auto()  # operators, brackets, punctuation
    SIGN = auto()  # what joins the members of a chain
    RELATION = auto()  # <, ≤, ∈, ...: no claim that is judged
    COMMAND = auto()  # of TeX; before the macros are expanded every command is one
    PARAMETER = auto()  # #1 in the body of a macro
    BEGIN = auto()
    END = auto()
    BREAK = auto()  # "row", "cell", "quad", "run", "line", "end"
    REFUSED = auto()  # cannot be read; the text says why


@dataclass(slots=True)
class Token:
    """A token with its offsets [start, end) in the source and [at, until) in the text of its block.

    `gap` says whether a space stands before it and `line` whether a new line does; `run` is the index of its run.
    """

    sort: Sort
    text: str
    start: int
    end: int
    at: int
    until: int
    run: int
    mode: Mode
    gap: bool = False
    line: bool = False

    def like(self, sort: Sort, text: str) -> Token:
        """Another token at this one's place."""
        return Token(sort, text, self.start, self.end, self.at, self.until, self.run, self.mode, self.gap, self.line)
