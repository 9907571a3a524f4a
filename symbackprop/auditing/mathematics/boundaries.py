"""Where a formula or a chain of a sentence ends, and what shows that it was misread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from symbackprop.auditing.documents.source import Kind, Mode
from symbackprop.auditing.mathematics.adjacency import goes_on, symbolic, symbolic_name
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.statements import Description, Sign
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Number, walk
from symbackprop.auditing.mathematics.vocabulary import FUNCTIONS, OPERATING, QUANTITIES, WRITTEN

_BRACKET = 64  # tokens of a bracket that is looked back over
STRICT = (*TEX, Mode.CODE)  # where all that is written has to be read

CHAIN = 4  # mentions, as which a chain counts
MOST = 7_000  # mentions of a document


@dataclass(frozen=True, slots=True)
class Found:
    """A chain (with signs), a mention (one member, no sign) or what is unread (a reason), at tokens[start:end].

    `before` and `after` are words that tell more of it than those that stand around it; `described` is what the words
    beside a list say that it holds.
    """

    start: int
    end: int
    members: tuple[Node, ...] = ()
    signs: tuple[Sign, ...] = ()
    reason: str = ""
    before: str = ""
    after: str = ""
    described: Description | None = None


def extent(founds: Iterable[Found]) -> int:
    """How much is stated: a chain takes as long as `CHAIN` numbers that are only mentioned."""
    return sum(CHAIN if found.signs else 1 for found in founds)


class Boundaries:
    """The statements found so far among the tokens of a parser."""

    def __init__(self, parser: Parser, kind: Kind) -> None:
        self.parser = parser
        self.tokens = parser.tokens
        self.kind = kind
        self.statements: list[Found] = []
        self.signs = [0, *accumulate(token.sort is Sort.SIGN for token in self.tokens)]  # before each token
        self.opened = 0  # brackets and braces passed over within the present formula

    def _remark(self, at: int) -> bool:
        """(1) or (by the chain rule) after a formula."""
        if (close := self.parser.partners.get(at)) is None:
            return False
        after = self.tokens[close + 1]
        return self.tokens[at].gap and (after.sort is Sort.BREAK or after.run != self.tokens[at].run)

    def boundary(self, at: int) -> bool:
        """Whether a formula may end before `at`."""
        token = self.tokens[at]
        if token.sort in (Sort.BREAK, Sort.RELATION, Sort.WORD) or token.run != self.tokens[at - 1].run:
            return True
        if token.sort is Sort.SIGN:
            return token.text in ("⇒", "→")
        if token.sort is Sort.TEXT:
            return not self.parser.starts(at)
        if token.sort is Sort.NAME:
            return token.mode is Mode.CODE and token.line
        if token.sort is not Sort.MARK:
            return False
        after = self.tokens[at + 1]
        if token.text == "." and not after.gap and (after.sort is Sort.NAME or self.within_line(at + 1)):
            return False
        if token.text in (")", "}", "]"):
            return self.opened > 0
        if token.text == "(":
            return self._remark(at)
        return token.text in (",", ";", ".", "?", "!", ":", "'", '"', "#", "~", "…", "—", "%")

    def trouble(self, end: int, member: Node) -> str:
        """Why a chain of a sentence that stops before `end` was misread: "sentence", a reason, or ""."""
        token = self.tokens[end]
        if token.sort is Sort.MARK:
            if token.text in ("+", "*", "/", "^", "⊙", "[") and not token.line:
                if token.text == "*" and (not token.gap or not self.tokens[end + 1].gap):
                    return ""  # what is left of emphasis
                return "" if token.text == "[" else f"{token.text!r} with nothing that can be read after it"
            if token.text == "." and not self.tokens[end + 1].gap:
                named = self.parser.sort(end + 1, Sort.NAME)
                calls = named and (token.mode is Mode.CODE or self.parser.mark(end + 2, "(", "[", "_"))
                return "the code of a program" if calls or self.within_line(end + 1) else ""
            return ""
        if token.sort in (Sort.NAME, Sort.WORD) and not token.line and token.mode is Mode.PROSE:
            last = self.tokens[end - 1]
            if self._cut(end, member):
                return f"{token.text!r} where an operator is expected"
            worded = last.sort is Sort.NAME and last.text.isalpha() and len(last.text) > 1 and _ends_in_word(member)
            if token.text in OPERATING and not isinstance(member, Number):
                return f"{token.text!r}"
            if worded and token.gap and token.text.isalpha() and last.text.lower() not in QUANTITIES:
                return "sentence"
            if worded and token.gap and isinstance(member, Name) and token.text.islower():
                return "sentence"
        return ""

    def _cut(self, end: int, member: Node) -> bool:
        """Whether factors go on after the bracket that closes before `end`: (y - t)out(1 - out), (y - t) x = 1."""
        if self.tokens[end - 1].text not in (")", "]") or not self.parser.sort(end, Sort.NAME):
            return False
        after = self.tokens[end + 1]
        if not self.tokens[end].gap:
            return after.sort is Sort.MARK and after.text in ("(", "*", "/", "_") and not after.gap
        named = any(isinstance(part, Name) for part in walk(member))
        return named and symbolic(self.parser, end) and goes_on(self.parser, end) and not self._call_ends(end - 1)

    def _call_ends(self, close: int) -> bool:
        """Whether the bracket that closes at `close` is that of a function."""
        near = range(max(1, close - _BRACKET), close)
        opened = next((index for index in near if self.parser.partners.get(index) == close), 0)
        before = self.tokens[opened - 1]
        applied = opened > 0 and before.sort is Sort.NAME and not self.tokens[opened].gap
        return applied and (before.text in FUNCTIONS or before.text in WRITTEN or len(before.text) > 1)

    def resume(self, at: int) -> int:
        """Where reading goes on after what could not be read at `at`: the next break, or comma outside brackets."""
        depth = 0
        while (token := self.tokens[at]).sort is not Sort.BREAK or self.within_line(at):
            if token.sort is Sort.MARK:
                if token.text in ("(", "[", "{"):
                    depth += 1
                elif token.text in (")", "]", "}"):
                    depth = max(0, depth - 1)
                elif token.text in (",", ";") and depth == 0:
                    return at
            if token.mode is Mode.PROSE and token.line and depth == 0:
                return at
            at += 1
            if self.tokens[at].run != token.run and token.mode in STRICT:
                return at
        return at

    def within_line(self, at: int) -> bool:
        """Whether a row of underscores or dashes at `at` has something right before or after it: __name__, ---1."""
        token, after = self.tokens[at], self.tokens[at + 1]
        if token.sort is not Sort.BREAK or token.text != "line":
            return False
        return (after.sort is not Sort.BREAK and not after.gap) or not (token.gap or token.line)

    def furthest(self, failure: Failure) -> str:
        """Why a chain cannot be read, said of the place furthest on."""
        furthest = self.parser.furthest
        return furthest.reason if furthest.index >= failure.index else failure.reason

    def reason(self, at: int) -> str:
        """Why what was read cannot end before `at`."""
        furthest = self.parser.furthest
        token = self.tokens[at]
        return furthest.reason if furthest.index >= at else f"{token.text!r} where an operator is expected"

    def unread(self, start: int, end: int, reason: str) -> int:
        """Keeps tokens[start:end] as something that looks like a claim."""
        end = max(end, start + 1)
        self.statements.append(Found(start, end, reason=reason))
        return end

    def past_braces(self, at: int) -> tuple[int, int]:
        """(after a brace that only groups a part of a chain, as in {= 0.5}; how many are open there)."""
        opened = self.opened
        while self.parser.mark(at, "}") and opened and self.tokens[at].mode in STRICT:
            at, opened = at + 1, opened - 1
        if self.parser.mark(at, "{") and self.tokens[at + 1].sort is Sort.SIGN:
            return at + 1, opened + 1
        return at, opened

    def past_relation(self, index: int) -> int:
        """After the right side of an inequality."""
        try:
            return self.parser.expression(index + 1)[1]
        except Failure:
            return index + 1

    def claims(self, start: int, members: list[Node]) -> bool:
        """Whether it is more than words with a sign between them."""
        if self.tokens[start].mode is Mode.PROSE and all(isinstance(member, Name) for member in members[1:]):
            return any(isinstance(member, Name) and symbolic_name(member) for member in members[1:])
        return True


def printed(node: Node) -> bool:
    """Whether a member is a number or a list of numbers, as results are."""
    match node:
        case Number():
            return True
        case Negative(operand):
            return isinstance(operand, Number)
        case Entries(rows):
            return all(printed(entry) for row in rows for entry in row)
    return False


def _ends_in_word(member: Node) -> bool:
    last = list(walk(member))[-1]
    return isinstance(last, Name) and not symbolic_name(last)
