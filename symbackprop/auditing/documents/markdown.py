"""Markdown -> blocks: paragraphs, headings, items, rows and listings, as they stand in the lines of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from symbackprop.auditing.documents import html
from symbackprop.auditing.documents.delimiters import LONGEST, Delimited, holds_sentence
from symbackprop.auditing.documents.inline import MARKDOWN, Rules, runs_of
from symbackprop.auditing.documents.lines import MARKER, continues, is_beside, is_delimiter, is_rule
from symbackprop.auditing.documents.placed import Placed, joined, trimmed, whole
from symbackprop.auditing.documents.rows import cells_of, columns, row_of, tabbed
from symbackprop.auditing.documents.source import Block, Kind, Mode, Source

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)++")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7}|={7})(?= |$)")
_ASKED = re.compile(r"[ \t]*>>> (?:print\()?[A-Za-z_][\w.]*\)?[ \t]*$")  # for a value, in a session
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}|~{3,})[ \t]*([^`\n]*)$")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?=[ \t])")
_RESULT = re.compile(r"#+[ \t]+\[[\[\s]*+[-−+.\d]")
_NESTED = re.compile(r"(?:[*•‣◦▪●○]|\d{1,3}[.)]|[-+](?=[ \t]+[^\s\d.(−-])|\[[ xX]\])[ \t]+")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})")
_DEFINED = re.compile(r"[ \t]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]*(?:<|https?:|/|#|\.|mailto:)")
_DISPLAY = re.compile(r"\$\$|\\\$\\\$|\\\[|\\begin\{")
_METADATA = re.compile(r"---[ \t]*\n(?:[\w-]+[ \t]*:.*\n|[ \t#-].*\n|\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_MATHEMATICS = ("math", "latex", "tex", "katex", "mathjax", "{math}", "asciimath")
_PAGE = re.compile(r"[ \t]{0,3}<(table|pre|ul|ol|dl)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"[ \t]*<(?:!--|(script|style)\b)", re.IGNORECASE)


def read(source: Source) -> tuple[Block, ...]:
    """The blocks of a Markdown document."""
    return blocks_of(whole(source))


def blocks_of(placed: Placed, rules: Rules = MARKDOWN) -> tuple[Block, ...]:
    r"""The blocks of a text.

    >>> text = "# Forward\n- $a = 1$\n\n| w | dw |\n|---|---|\n| 0.5 | -0.1 |"
    >>> for block in blocks_of(Placed(text, range(len(text) + 1))):
    ...     print(block.kind, [run.text for run in block.runs], block.cells, block.heads)
    heading ['Forward'] () ()
    item ['a = 1'] () ()
    row ['w', 'dw'] (0, 1) ()
    row ['0.5', '-0.1'] (0, 1) ('w', 'dw')
    """
    return tuple(_Reading(_unquoted(placed), rules).blocks())


def _unquoted(placed: Placed) -> Placed:
    """The text without the marks of quotations and of conflicting versions, its lines ended by a newline alone."""
    text = re.sub(r"\r(?!\n)", "\n", placed.text)
    placed = Placed(text, placed.places)
    if not re.search(r"\r|^[ \t]*[<>=|]", text, re.MULTILINE):
        return placed
    parts: list[Placed] = []
    position = 0
    versions = False  # whether this stands in one of two conflicting versions
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        last = end - 1 if end > position and text[end - 1] == "\r" else end
        conflict = _CONFLICT.match(text, position, last)
        if conflict and (versions or conflict[0] != "======="):
            versions = conflict[0] != ">>>>>>>"
        else:
            quote = None if _ASKED.match(text, position, last) else _QUOTE.match(text, position, last)
            parts.append(placed.cut(quote.end() if quote else position, last))
        parts.append(placed.cut(end, end + 1))
        position = end + 1
    return joined(parts, placed.places[0])


@dataclass(slots=True)
class _Reading:
    """The lines of a text, read from the first to the last."""

    placed: Placed
    rules: Rules
    heads: tuple[str, ...] = ()
    in_table: bool = False
    in_list: bool = False
    text: str = field(init=False)
    delimited: Delimited = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.placed.text
        self.delimited = Delimited(self.text)

    def line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def blocks(self) -> Iterator[Block]:
        metadata = _METADATA.match(self.text)
        position = metadata.end() if metadata else 0
        while position < len(self.text):
            end = self.line_end(position)
            line = self.text[position:end]
            if not line.strip():
                self.in_table = False
                position = end + 1
                continue
            blocks, position = self.block(position, end, line)
            yield from blocks

    def block(self, position: int, end: int, line: str) -> tuple[list[Block], int]:
        """The block that begins with a line, if there is one, and where the next begins."""
        if fence := _FENCE.match(line):
            return self.fence(fence, end)
        if hidden := _HIDDEN.match(line):
            return self.hidden(hidden, position)
        if page := _PAGE.match(line):
            return self.page(page, position)
        if is_rule(line) or _DEFINED.match(line):
            return [], end + 1
        if _RESULT.match(line):
            return self.comment(position)
        if heading := _HEADING.match(line):
            self.in_list = False
            text = self.placed.cut(position + heading.end(), position + len(line.rstrip().rstrip("#")))
            return self.of(Kind.HEADING, text), end + 1
        if self.is_row(line, end):
            return self.row(position, end, line)
        self.in_table = False
        if self.rules.tabs and tabbed(line):
            return columns(self.placed, position, self.rules)
        marker = MARKER.match(line)
        if not marker and self.is_code(line, position):
            return self.indented(position)
        start = position
        if marker:
            start += marker.end()
            while nested := _NESTED.match(self.text, start, end):
                start = nested.end()
        self.in_list = bool(marker) or (self.in_list and line[:1].isspace())
        kind = Kind.ITEM if marker else Kind.PARAGRAPH
        last, following, underlined = self.extent(start, end, marker[0].rstrip() if marker else "")
        return self.of(Kind.HEADING if underlined else kind, self.placed.cut(start, last)), following

    def of(self, kind: Kind, content: Placed) -> list[Block]:
        runs = trimmed(runs_of(content.stripped(), self.rules))
        if kind is Kind.PARAGRAPH and runs and all(run.mode is Mode.DISPLAY for run in runs):
            kind = Kind.DISPLAY
        return [Block(kind, runs)] if runs else []

    def extent(self, start: int, end: int, mark: str) -> tuple[int, int, bool]:
        """(where the paragraph that begins at `start` ends, where the next begins, whether it is underlined).

        `mark` is what stands before it where it is an item, with the blanks before that.
        """
        first, goes_on, position = True, False, start
        while True:
            end = self.line_end(self.past_displays(position, end))
            if not goes_on:
                equation = self.text[position:end]
            final, position = self.text[end - 1 : end], end + 1
            if position >= len(self.text):
                return end, position, False
            following = self.line_end(position)
            line = self.text[position:following]
            if _UNDERLINE.fullmatch(line.strip()) and first and not self.in_list:
                return end, following + 1, True
            goes_on = final not in ":.;,!?" and not is_beside(line, mark) and continues(equation, line)
            if not goes_on and self.interrupts(line, following):
                return end, position, False
            end, first = following, False

    def interrupts(self, line: str, end: int) -> bool:
        """Whether a line ends the paragraph before it."""
        if not line.strip() or is_rule(line):
            return True
        if self.rules.tabs and tabbed(line):
            return True
        return any(start.match(line) for start in (_FENCE, _HEADING, _HIDDEN, _PAGE, MARKER)) or self.is_row(line, end)

    def past_displays(self, start: int, end: int) -> int:
        """Where the last display that begins in the line [start, end) ends, if that is beyond the line."""
        past = start
        for opening in _DISPLAY.finditer(self.text, start, end):
            if past <= opening.start():
                past = max(past, self.display_end(opening.start(), end))
        return max(past, end)

    def display_end(self, position: int, line_end: int) -> int:
        """Where the display that begins at `position` ends; 0 if it does not, or runs into another paragraph."""
        found = self.delimited.at(position)
        if not found or found.end <= line_end:
            return found.end if found else 0
        inside = self.text[found.first : min(found.last, found.first + LONGEST + 1)]
        if re.search(r"\n[ \t]*\n", inside):
            alone = not self.text[found.first : line_end].strip() or found.first == found.start
            if not alone or len(inside) > LONGEST or holds_sentence(inside):
                return 0
        elif self.text[position:line_end].rstrip().endswith("|"):
            return 0
        return found.end

    def fence(self, fence: re.Match[str], end: int) -> tuple[list[Block], int]:
        mark, language = fence[1], fence[2].strip().lower().split(" ")[0]
        closing = re.compile(rf"^[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        closed = closing.search(self.text, min(end + 1, len(self.text)))
        first, last = min(end + 1, len(self.text)), closed.start() if closed else len(self.text)
        content = _unended(self.placed.cut(first, last))
        following = closed.end() + 1 if closed else len(self.text)
        if language in _MATHEMATICS and "$" not in content.text:
            content = content.stripped()
            return [Block(Kind.DISPLAY, (content.run(Mode.DISPLAY),))] if content.text else [], following
        if language in _MATHEMATICS:
            return self.of(Kind.PARAGRAPH, content), following
        return [Block(Kind.CODE, (content.run(Mode.CODE),))] if content.text.strip() else [], following

    def hidden(self, hidden: re.Match[str], position: int) -> tuple[list[Block], int]:
        """A comment, a script or a style is passed over, to its end."""
        closing = f"</{hidden[1]}" if hidden[1] else "-->"
        found = self.delimited.find(closing, position)
        if found < 0:
            return [], self.line_end(position) + 1
        closed = self.text.find(">", found + len(closing) - 1)
        return [], closed + 1 if closed >= 0 else len(self.text)

    def page(self, page: re.Match[str], position: int) -> tuple[list[Block], int]:
        """A table or a list that is written in HTML."""
        closing = f"</{page[1]}>"
        found = self.delimited.find(closing, position)
        end = found + len(closing) if found >= 0 else self.line_end(position)
        return list(html.blocks_of(self.placed.cut(position, end))), end

    def comment(self, position: int) -> tuple[list[Block], int]:
        """Lines that begin with # and hold what a program printed are no headings."""
        start, end = position, self.line_end(position)
        while self.text.startswith("#", end + 1):
            end = self.line_end(end + 1)
        return [Block(Kind.CODE, (self.placed.cut(start, end).run(Mode.CODE),))], end + 1

    def is_code(self, line: str, position: int) -> bool:
        if not self.rules.indented_code or self.in_list or not line.startswith(("    ", "\t")):
            return False
        before = self.text.rfind("\n", 0, max(position - 1, 0))
        return not self.text[before + 1 : position].strip() and not re.search(r"\$|\\[(\[a-zA-Z]", line)

    def indented(self, position: int) -> tuple[list[Block], int]:
        """The lines that are indented by four spaces or a tab."""
        start = last = position
        while position < len(self.text):
            end = self.line_end(position)
            line = self.text[position:end]
            if line.strip() and not line.startswith(("    ", "\t")):
                break
            last = end if line.strip() else last
            position = end + 1
        return [Block(Kind.CODE, (self.placed.cut(start, last).run(Mode.CODE),))], last + 1

    def is_row(self, line: str, end: int) -> bool:
        bare = line.strip()
        if "|" not in bare:
            return False
        if self.in_table or (bare.startswith("|") and is_delimiter(bare)):
            return True
        if bare.startswith("| ") and bare.endswith("|") and len(bare) > 2:
            return True
        return is_delimiter(self.text[end + 1 : self.line_end(end + 1)].strip()) if end < len(self.text) else False

    def row(self, position: int, end: int, line: str) -> tuple[list[Block], int]:
        if is_delimiter(line.strip()):
            self.in_table = True
            return [], end + 1
        if not self.in_table:
            self.heads = ()
        heads = self.heads if self.in_table else ()
        row, texts = row_of(self.placed.cut(position, end), cells_of(line), heads, self.rules)
        following = self.text[end + 1 : self.line_end(end + 1)] if end < len(self.text) else ""
        if not self.in_table and is_delimiter(following.strip()):
            self.heads, self.in_table = texts, True
            end = self.line_end(end + 1)
        return row, end + 1


def _unended(placed: Placed) -> Placed:
    return placed.cut(0, len(placed.text.rstrip()))
