"""Reading along a list of tokens: where a parser stands, what it says when it cannot go on."""

from __future__ import annotations

from symbackprop.auditing.documents.source import Mode, Span
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Node

DEPTH = 64  # brackets, powers and signs inside each other
TEX = (Mode.INLINE, Mode.DISPLAY)


class Failure(Exception):  # noqa: N818  # no error: the parser tries another way
    """Nothing that can be read stands at a token."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason


class Cursor:
    """The tokens of a block, the last of them a BREAK, its text, and the words that the document uses."""

    def __init__(self, tokens: list[Token], text: str, words: frozenset[str] = frozenset()) -> None:
        self.tokens = tokens
        self.text = text
        self.words = words
        self.furthest = Failure(-1, "")
        self.grids = 0
        self.closed: dict[int, tuple[Node, int] | Failure] = {}  # brackets read so far, by where they begin

    def fail(self, index: int, reason: str) -> Failure:
        """A failure at a token; the one that lies furthest on is what is reported."""
        failure = Failure(index, reason)
        if index >= self.furthest.index:
            self.furthest = failure
        return failure

    def mark(self, index: int, *texts: str) -> bool:
        """Whether one of the marks stands at `index`."""
        token = self.tokens[index]
        return token.sort is Sort.MARK and token.text in texts

    def sort(self, index: int, sort: Sort) -> bool:
        """Whether a token of that sort stands at `index`."""
        return self.tokens[index].sort is sort

    def span(self, start: int, end: int) -> Span:
        """Where tokens[start:end] stand in the source."""
        first, last = self.tokens[start], self.tokens[end - 1]
        return Span(first.start, max(first.end, last.end))

    def deeper(self, depth: int, index: int) -> int:
        """One level further in."""
        if depth >= DEPTH:
            raise self.fail(index, f"more than {DEPTH} brackets, powers or signs inside each other")
        return depth + 1

    def closing(self, index: int) -> int:
        """The index of the brace that closes the one at `index`."""
        depth = 0
        for position in range(index, len(self.tokens)):
            token = self.tokens[position]
            if token.sort is Sort.MARK:
                depth += (token.text == "{") - (token.text == "}")
                if depth == 0:
                    return position
            elif token.sort is Sort.BREAK and token.text in ("run", "end"):
                break
        raise self.fail(index, "a brace that is not closed")

    def past_breaks(self, index: int) -> int:
        """After breaks of rows and cells, where what follows continues an expression or a chain; else `index`."""
        if self.grids:
            return index
        position = index
        while (token := self.tokens[position]).sort is Sort.BREAK and token.text in ("row", "cell", "quad"):
            position += 1
        if position == index:
            return index
        token = self.tokens[position]
        if token.sort is Sort.SIGN and token.text != "⇒":
            return position
        return position if token.sort is Sort.MARK and token.text in ("+", "-", "*", "⊙", "/") else index
