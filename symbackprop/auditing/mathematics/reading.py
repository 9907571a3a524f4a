"""Blocks -> statements: all that a document states in formulas, and the numbers in its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from symbackprop.auditing.documents.source import Block, Kind, Mode, Run, Span
from symbackprop.auditing.mathematics.boundaries import MOST, extent
from symbackprop.auditing.mathematics.changes import with_changes
from symbackprop.auditing.mathematics.counters import counters
from symbackprop.auditing.mathematics.cursor import TEX, between_operands
from symbackprop.auditing.mathematics.described import described, described_row
from symbackprop.auditing.mathematics.fused import unfused
from symbackprop.auditing.mathematics.interpreting import interpreted
from symbackprop.auditing.mathematics.layers import layered
from symbackprop.auditing.mathematics.lexing import lex, writes_commas
from symbackprop.auditing.mathematics.listings import listing, reassigned
from symbackprop.auditing.mathematics.macros import Macros
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.segmentation import Found, segmented
from symbackprop.auditing.mathematics.sentences import Sentences, words_left
from symbackprop.auditing.mathematics.shown import of_names, of_session
from symbackprop.auditing.mathematics.statements import Chain, Mention, Sign, Statement, Statements, Unread
from symbackprop.auditing.mathematics.tables import Tables
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Name, Negative, Number

_ENDS = frozenset(".,;:|>")  # behind which an equation may begin
CELLS = 64  # of a row that is kept with its statements
AROUND = 120  # characters of a block's words before and after a statement


def read_statements(blocks: tuple[Block, ...]) -> Statements:
    """All statements of a document, in reading order.

    >>> text = "a = 0.2 + 0.3 = 0.5"
    >>> run = Run(Mode.PROSE, text, tuple(range(len(text) + 1)))
    >>> [chain] = read_statements((Block(Kind.PARAGRAPH, (run,)),)).statements
    >>> [type(member).__name__ for member in chain.members]
    ['Name', 'Sum', 'Number']
    """
    reader = _Reader(blocks)
    statements = layered(unfused(reader.statements()))
    return Statements(blocks, statements, reader.ended)


def _heads(after: Sequence[Token]) -> bool:
    """Whether an equation goes on behind a name, or behind the number of a pass in brackets."""
    counted = [token.text for token in after[:3:2]] == ["(", ")"] and after[1].sort is Sort.NUMBER
    return any(token.sort is Sort.SIGN for token in (after[3:4] if counted else after[:1]))


class _Reader:
    def __init__(self, blocks: tuple[Block, ...]) -> None:
        macros = Macros()
        programs, texts = (
            writes_commas(run for block in blocks if (block.kind is Kind.CODE) is code for run in block.runs)
            for code in (True, False)
        )
        self.ended: int | None = None
        names = reassigned(blocks)
        blocks = tuple(listing(block, names) if block.kind is Kind.CODE else block for block in blocks)
        self.sheets = [
            _Sheet(index, block, macros, programs if block.kind is Kind.CODE else texts)
            for index, block in enumerate(blocks)
        ]
        for sheet, tokens in zip(self.sheets, with_changes([sheet.tokens for sheet in self.sheets]), strict=True):
            sheet.tokens = tokens
        words = (token.text for sheet in self.sheets for token in sheet.tokens if token.sort is Sort.NAME)
        others = {cross for cross in "xX" if self._multiplies(cross)} | ({"e"} - self._defined("e"))
        self.words = frozenset(words) - others
        self.counters = counters([sheet.tokens for sheet in self.sheets])
        self.subjects = frozenset(
            token.text
            for sheet in self.sheets
            for token, after in pairwise(sheet.tokens)
            if token.sort is Sort.NAME and token.line and after.sort is Sort.SIGN
        )

    def _multiplies(self, cross: str) -> bool:
        """Whether the letter x multiplies: it stands between two operands, apart from both, and nowhere else."""
        met = False
        for sheet in self.sheets:
            for index, token in enumerate(sheet.tokens):
                if token.sort is Sort.NAME and token.text == cross and token.mode not in TEX:
                    if not between_operands(sheet.tokens, index):
                        return False
                    met = True
        return met

    def _defined(self, letter: str) -> frozenset[str]:
        """The letter itself where an equation begins with it: e = t - y, e(1) = t - y, which is not Euler's number."""
        for sheet in self.sheets:
            for index, (before, token) in enumerate(zip([None, *sheet.tokens], sheet.tokens, strict=False)):
                begins = before is None or before.sort in (Sort.BREAK, Sort.WORD, Sort.NAME) or before.text in _ENDS
                named = token.text == letter and token.sort is Sort.NAME
                if named and begins and _heads(sheet.tokens[index + 1 : index + 5]):
                    return frozenset({letter})
        return frozenset()

    def statements(self) -> list[Statement]:
        out: list[Statement] = []
        size = 0
        ends = -1  # the block whose end the last statement reached
        skipped = False
        tables = Tables(tuple(sheet.block for sheet in self.sheets))
        sentences = Sentences(frozenset(word for sheet in self.sheets for word in words_left(sheet.tokens)))
        for position, sheet in enumerate(self.sheets):
            if skipped:
                skipped = False
                continue
            if self._goes_on(position):
                sheet, skipped = sheet.with_next(self.sheets[position + 1]), True
            parser = Parser(sheet.tokens, sheet.text, self.words, self.counters, self.subjects)
            scanned = segmented(parser, sheet.block.kind)
            size += extent(scanned)
            founds = sentences.found(parser, sheet.block.kind, scanned)
            founds = described(parser, sheet.block.kind, founds) if sheet.block.kind is not Kind.ROW else founds
            founds = of_session(parser, of_names(parser, sheet.block.shown, founds))
            founds = tables.found(sheet.index, parser, sheet.block, founds)
            for found in described_row(parser, sheet.block, founds):
                if not found.signs and sheet.is_program(found.start):
                    continue
                statement = sheet.statement(found, parser)
                if found.start == sheet.first and ends == sheet.index - 1 and _continues(out, statement):
                    out[-1] = _joined(out[-1], statement)
                else:
                    out.append(statement)
                if sheet.ends(found.end):
                    ends = sheet.index
            if size > MOST:
                self.ended = parser.span(scanned[-1].start, scanned[-1].end).start
                break
        return out

    def _goes_on(self, position: int) -> bool:
        """Whether a list that is opened in a heading is closed in the next: comment marks of a listing."""
        if position + 1 >= len(self.sheets):
            return False
        one, other = self.sheets[position], self.sheets[position + 1]
        listed = {one.block.kind, other.block.kind} <= {Kind.HEADING, Kind.PARAGRAPH, Kind.CODE}
        return listed and one.open > 0 and other.open == -one.open


def _continues(out: list[Statement], statement: Statement) -> bool:
    """Whether a chain without a head goes on with the chain before it."""
    if not out or not isinstance(statement, Chain) or not statement.headless or not isinstance(out[-1], Chain):
        return False
    return not _printed(out[-1]) or (len(statement.members) == 1 and isinstance(statement.members[0], Number))


def _printed(chain: Chain) -> bool:
    last = chain.members[-1]
    return isinstance(last, Number) or (isinstance(last, Negative) and isinstance(last.operand, Number))


def _joined(one: Statement, other: Statement) -> Statement:
    assert isinstance(one, Chain)
    assert isinstance(other, Chain)
    return replace(
        one,
        members=one.members + other.members,
        signs=one.signs + other.signs,
        span=one.span.to(other.span),
        after=other.after,
        joined=one.joined or len(one.members),
    )


class _Sheet:
    """A block with its tokens and its text: what stands in its runs, one after another."""

    def __init__(self, index: int, block: Block, macros: Macros, comma: bool) -> None:
        self.index = index
        self.block = block
        self.tokens: list[Token] = []
        pieces: list[str] = []
        offset, last = 0, -1
        for number, run in enumerate(self.block.runs):
            cell = self.block.cells[number] if self.block.cells else 0
            if last not in (cell, -1):
                self._break(offset)
                pieces.append(" | ")
                offset += 3
            last = cell
            self.tokens += interpreted(macros.expand(lex(run, number, offset, comma=comma)))
            pieces.append(run.text)
            offset += len(run.text)
        self._break(offset, "end")
        self.text = "".join(pieces)
        self.last = -1
        self.first = next((i for i, token in enumerate(self.tokens) if token.sort is not Sort.BREAK), 0)

    def _break(self, offset: int, kind: str = "run") -> None:
        end = self.tokens[-1].end if self.tokens else 0
        self.tokens.append(Token(Sort.BREAK, kind, end, end, offset, offset, -1, Mode.PROSE))

    def is_program(self, index: int) -> bool:
        """Whether the token at `index` stands in a program, of which nothing but equations is read."""
        return self.block.kind is Kind.CODE and self.tokens[index].mode is Mode.CODE

    @property
    def open(self) -> int:
        """How many square brackets are open at the end."""
        return sum((t.text == "[") - (t.text == "]") for t in self.tokens if t.sort is Sort.MARK)

    def with_next(self, other: _Sheet) -> _Sheet:
        """Both sheets as one."""
        both = _Sheet.__new__(_Sheet)
        both.index, both.block, both.first, both.last = self.index, self.block, self.first, -1
        both.text = self.text + "\n" + other.text
        shift, runs = len(self.text) + 1, len(self.block.runs)
        moved = [
            replace(
                t, at=t.at + shift, until=t.until + shift, run=-1 if t.run < 0 else t.run + runs, gap=t.gap or not i
            )
            for i, t in enumerate(other.tokens)
        ]
        both.tokens = self.tokens[:-1] + moved
        return both

    def ends(self, end: int) -> bool:
        """Whether nothing but punctuation stands after the token before `end`."""
        if self.last < 0:
            self.last = next(
                (
                    index + 1
                    for index in range(len(self.tokens) - 1, -1, -1)
                    if not (self.tokens[index].sort is Sort.BREAK or self.tokens[index].text in (".", ",", ";", "}"))
                ),
                0,
            )
        return end >= self.last

    def statement(self, found: Found, parser: Parser) -> Statement:
        """The record of what was found."""
        span = parser.span(found.start, found.end)
        if found.reason:
            return Unread(span, found.reason, self.index)
        at, until = self.tokens[found.start].at, self.tokens[found.end - 1].until
        before, after = self._words(at, until)
        cells = self._cells(found.start)
        if not found.signs:
            return Mention(found.members[0], span, self.index, before, after, cells, found.described)
        before, after = found.before or before, found.after or after
        return Chain(found.members, found.signs, span, self.index, before, after, cells)

    def _words(self, at: int, until: int) -> tuple[str, str]:
        before = self.text[max(0, at - AROUND) : at]
        after = self.text[until : until + AROUND]
        if self.block.kind is Kind.ROW:
            before, after = before.rpartition(" | ")[2], after.partition(" | ")[0]
        return " ".join(before.split()), " ".join(after.split())

    def _cells(self, start: int) -> tuple[str, ...]:
        """The texts of the other cells of the row."""
        if not self.block.cells:
            return ()
        run = self.tokens[start].run
        own = self.block.cells[run]
        texts: dict[int, str] = {}
        if self.block.cells[-1] >= CELLS:
            return ()
        for number, part in enumerate(self.block.runs):
            cell = self.block.cells[number]
            if cell != own:
                texts[cell] = texts.get(cell, "") + part.text
        return tuple(" ".join(text.split()) for text in texts.values())


__all__ = ["Iterator", "Name", "Run", "Sign", "Span", "read_statements"]
