"""Reading along a list of tokens: where a parser stands, what it says when it cannot go on."""

from __future__ import annotations

from collections.abc import Sequence

from symbackprop.auditing.documents.source import Mode, Span
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Node

DEPTH = 64  # brackets, powers and signs inside each other; what they enclose is a level of its own
TEX = (Mode.INLINE, Mode.DISPLAY)


class Failure(Exception):  # noqa: N818  # no error: the parser tries another way
    """Nothing that can be read stands at a token."""

    __slots__ = ("index", "reason", "start")

    def __init__(self, index: int, reason: str, start: int = -1) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason
        self.start = start  # of what is longer than the bounds allow; -1 for all other failures


class Cursor:
    """The tokens of a block, the last of them a BREAK, its text, the document's words and counters of updates.

    `subjects` are the words that an equation of the document begins with, a line of its own: dot = w x.
    """

    def __init__(
        self,
        tokens: list[Token],
        text: str,
        words: frozenset[str] = frozenset(),
        counters: frozenset[str] = frozenset(),
        subjects: frozenset[str] = frozenset(),
    ) -> None:
        self.length = len(tokens)
        self.tokens = tokens + tokens[-1:] * 4  # to look ahead without asking whether something is there
        self.text = text
        self.words = words
        self.counters = counters
        self.subjects = subjects
        self.furthest = Failure(-1, "")
        self.grids = 0
        self.known: dict[tuple[int, bool], tuple[Node, int] | Failure] = {}  # operands read so far
        self.partners = _partners(tokens)

    def fail(self, index: int, reason: str) -> Failure:
        """A failure at a token; the one that lies furthest on is what is reported."""
        if index >= self.furthest.index:
            self.furthest = Failure(index, reason)  # never raised: what is raised holds on to all that was being read
        return Failure(index, reason)

    def beyond(self, start: int, index: int, reason: str) -> Failure:
        """What begins at `start` is longer than the bounds allow."""
        failure = self.fail(index, reason)
        failure.start = start
        return failure

    def mark(self, index: int, *texts: str) -> bool:
        """Whether one of the marks stands at `index`."""
        token = self.tokens[index]
        return token.sort is Sort.MARK and token.text in texts

    def begins_line(self, index: int) -> bool:
        """Whether the token at `index` begins a line of its block, and not only a run."""
        token, before = self.tokens[index], self.tokens[index - 1]
        return token.line and (not index or token.run == before.run or "\n" in self.text[before.until : token.at])

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
            raise self.fail(index, "brackets, powers or signs nested too deeply")
        return depth + 1

    def crosses(self, index: int) -> bool:
        """Whether a letter x at `index` multiplies: it stands between operands, in a document that writes so."""
        token = self.tokens[index]
        return token.text in ("x", "X") and token.text not in self.words and between_operands(self.tokens, index)

    def closing(self, index: int) -> int:
        """The index of the brace that closes the one at `index`."""
        if (partner := self.partners.get(index)) is None:
            raise self.fail(index, "a brace that is not closed")
        return partner

    def unclosed(self, index: int) -> bool:
        """Whether a bracket at `index` lacks the one that closes it; in TeX a brace may close a round one as well."""
        if index in self.partners or not self.mark(index, "(", "[", "{"):
            return False
        return self.tokens[index].text != "(" or self.tokens[index].mode not in TEX

    def past_layout(self, index: int) -> int:
        """After the rows, cells and spaces that stand between an operator or a sign and what follows it."""
        while not self.grids and self.sort(index, Sort.BREAK) and self.tokens[index].text in ("row", "cell", "quad"):
            index += 1
        return index

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


def between_operands(tokens: Sequence[Token], index: int) -> bool:
    """Whether the name at `index` of a sentence stands apart from an operand before it and another after it."""
    token = tokens[index]
    if not 0 < index < len(tokens) - 1 or token.sort is not Sort.NAME or token.mode in TEX:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    if not (token.gap and after.gap):
        return False
    marked = tokens[index - 2] if before.text == "+" and not before.gap and index > 1 else None  # w_5+ x 0.3
    left = before.sort in (Sort.NAME, Sort.NUMBER) or (
        before.sort is Sort.MARK
        and (before.text in (")", "]", "}", "'", "″", "⊤", "%") or (marked and marked.sort is Sort.NAME))
    )
    right = after.sort in (Sort.NAME, Sort.NUMBER, Sort.COMMAND) or (
        after.sort is Sort.MARK and after.text in ("(", "[", "-", "∂", "√")
    )
    return bool(left and right)


def _partners(tokens: list[Token]) -> dict[int, int]:
    """The index of the bracket that closes each bracket, where one does, each kind by itself."""
    partners: dict[int, int] = {}
    open_: dict[str, list[int]] = {"(": [], "[": [], "{": []}
    opening = {")": "(", "]": "[", "}": "{"}
    for index, token in enumerate(tokens):
        if token.sort is Sort.MARK:
            if token.text in open_:
                open_[token.text].append(index)
            elif token.text in opening and (waiting := open_[opening[token.text]]):
                partners[waiting.pop()] = index
        elif token.sort is Sort.BREAK and token.text == "run":
            for waiting in open_.values():
                waiting.clear()
    return partners
