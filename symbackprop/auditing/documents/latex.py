r"""LaTeX -> blocks: the body of a document, its formulas, items, rows and listings; no file that it names is opened."""

from __future__ import annotations

import re

from symbackprop.auditing.documents import latex_commands as commands
from symbackprop.auditing.documents.assembly import Assembly
from symbackprop.auditing.documents.delimiters import Delimited
from symbackprop.auditing.documents.placed import Placed, joined, whole, written
from symbackprop.auditing.documents.source import Block, Kind, Mode, Run, Source

_LISTINGS = "|".join(sorted(commands.LISTINGS | commands.HIDDEN))
_COMMENT = re.compile(
    rf"\\begin\{{((?:{_LISTINGS})\*?)\}}|\\verb\*?([^A-Za-z\s*])|\\.|^[ \t]*+%[^\n]*+(?:\n|\Z)|%[^\n]*+",
    re.MULTILINE | re.DOTALL,
)
_TOKEN = re.compile(r"\\(?:[A-Za-z@]++\*?|.)|[$&~{}]|\n[ \t]*\n|--+|\Z", re.DOTALL)
_NAMED = re.compile(r"\\(?:begin|end)\s{0,9}\{([A-Za-z]{1,30}\*?)\}")
_CODED = re.compile(r"\\(?:verb|lstinline|mintinline)\*?(?:\{\w{1,20}\})?([^A-Za-z\s*\\{])")
_OPTION = re.compile(r"\s{0,9}\[[^\[\]{}\n]{0,200}\]")
_LENGTH = re.compile(r"\*?\s{0,9}\[[^\[\]\n]{0,40}\]|\*")


def read(source: Source) -> tuple[Block, ...]:
    """The blocks of a LaTeX document: of its body, and the definitions of macros that stand before it."""
    return blocks_of(whole(source))


def blocks_of(placed: Placed) -> tuple[Block, ...]:
    r"""The blocks of a text in LaTeX.

    >>> text = r"\section{Forward} so $a = 1$ % not shown" + "\n\\[ b = 2 \\]"
    >>> [[(run.mode.value, run.text) for run in block.runs] for block in blocks_of(Placed(text, range(len(text) + 1)))]
    [[('prose', 'Forward')], [('prose', 'so '), ('inline', 'a = 1'), ('display', 'b = 2')]]
    """
    return _Body(uncommented(placed)).blocks()


def uncommented(placed: Placed) -> Placed:
    """The text without its comments; a line that is nothing but a comment is no empty line."""
    text = placed.text.replace("\r", " ")
    placed = Placed(text, placed.places)
    found = Delimited(text)
    parts: list[Placed] = []
    position = kept = 0
    while token := _COMMENT.search(text, position):
        position = token.end()
        if token[1]:
            position = max(found.find(f"\\end{{{token[1]}}}", position), position)
        elif token[2]:
            line_end = found.find("\n", position)
            closed = text.find(token[2], position, line_end if line_end >= 0 else len(text))
            position = closed + 1 if closed >= 0 else position
        elif token[0].lstrip().startswith("%"):
            parts.append(placed.cut(kept, token.start()))
            kept = position
    return joined([*parts, placed.cut(kept, len(text))], placed.places[0])


class _Body:
    """A document, read from its first command to its last."""

    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        self.text = placed.text
        self.delimited = Delimited(placed.text)
        self.assembly = Assembly(_prose)
        self.tables = 0
        self.heading_end = -1

    def blocks(self) -> tuple[Block, ...]:
        begin = self.text.find("\\begin{document}")
        position = 0
        if begin >= 0:
            self.definitions(begin)
            position = begin + len("\\begin{document}")
        while True:
            token = _TOKEN.search(self.text, position)
            assert token
            if token.start() > position:
                self.assembly.add(self.placed.cut(position, token.start()))
            if not token[0] or self.text.startswith("\\end{document}", token.start()):
                break
            position = self.take(token)
        self.assembly.end_row()
        self.assembly.end()
        return tuple(self.assembly.blocks)

    def definitions(self, end: int) -> None:
        """The definitions of macros before the body."""
        position = 0
        while 0 <= (position := self.text.find("\\", position)) < end:
            found = self.delimited.at(position)
            if found and found.first == found.start and not self.text.startswith("\\begin", position):
                self.assembly.add(self.placed.cut(found.first, found.last).run(Mode.DISPLAY))
                position = found.end
            else:
                position += 2
        self.assembly.end()

    def take(self, token: re.Match[str]) -> int:
        """What a token begins is dealt with; where it ends."""
        shown, start, end = token[0], token.start(), token.end()
        if shown[0] == "\\":
            return self.command(start, end, shown[1:].rstrip("*"))
        if shown == "$":
            return self.mathematics(start) or self.literal("$", start, end)
        if shown == "&" and self.tables:
            self.assembly.cell()
        elif shown[0] == "\n" and not self.assembly.in_row:
            self.assembly.end()
        elif shown[0] == "-":
            return self.literal("–" if len(shown) == 2 else "—", start, end)
        elif shown == "}" and start == self.heading_end:
            self.assembly.end()
        elif shown in "&~" or shown[0] == "\n":
            return self.literal("&" if shown == "&" else " ", start, end)
        return end

    def literal(self, text: str, start: int, end: int) -> int:
        self.assembly.add(written(text, self.placed.places[start]))
        return end

    def mathematics(self, position: int) -> int | None:
        found = self.delimited.at(position)
        if not found:
            return None
        defines = found.first == found.start and not self.text.startswith("\\begin", position)
        if defines:
            self.assembly.end()
        inside = self.placed.cut(found.first, found.last).stripped()
        if inside.text:
            self.assembly.add(inside.run(found.mode))
        if defines:
            self.assembly.end()
        return found.end

    def command(self, start: int, end: int, name: str) -> int:
        if name == "\\":
            return self.line(start, end)
        if mathematics := self.mathematics(start):
            return mathematics
        if name in ("begin", "end"):
            return self.environment(start, end, begins=name == "begin")
        if not name.isalpha():
            return self.symbol(name, start, end)
        if name in commands.CODE and (code := self.code(start, end)):
            return code
        if name in commands.HEADINGS and not self.assembly.in_row:
            return self.heading(end)
        if name in commands.DROPPED:
            return self.argument_ends(end, commands.DROPPED[name])
        return self.word(name, start, end)

    def word(self, name: str, start: int, end: int) -> int:
        """A command that has no arguments, or whose arguments are text; an unknown one stays as it is."""
        if name == "item":
            return self.item(end)
        if name in commands.RULES:
            self.assembly.head_row()
            return end
        if name in commands.ENDS and not self.assembly.in_row:
            self.assembly.end()
            return end
        if name in commands.LINES:
            return self.literal("\n", start, end)
        if name in commands.STYLES or name in commands.ENDS:
            return end
        if name in commands.DOTS:
            return self.literal("...", start, end)
        self.assembly.add(self.placed.cut(start, end))
        return end

    def item(self, end: int) -> int:
        r"""\item or \item[label]."""
        self.assembly.end(Kind.ITEM)
        option = _OPTION.match(self.text, end)
        if not option:
            return end
        label = self.placed.cut(end, option.end()).stripped()
        self.assembly.add(label.cut(1, len(label.text) - 1))
        return option.end()

    def line(self, start: int, end: int) -> int:
        r"""\\: a row's end, or a line's; a spacing may follow."""
        length = _LENGTH.match(self.text, end)
        if self.tables:
            self.assembly.end_row()
            self.assembly.cell()
        else:
            self.literal("\n", start, end)
        return length.end() if length else end

    def symbol(self, name: str, start: int, end: int) -> int:
        r"""\% and the like; accents over letters are left out, spaces are spaces."""
        if name in "%&#_${}-":
            self.assembly.add(self.placed.cut(start + 1, end))
        elif name in " ,;:!/\n@":
            self.literal(" ", start, end)
        return end

    def code(self, start: int, end: int) -> int | None:
        """Code within a line: between two equal characters, or in braces."""
        if bounded := _CODED.match(self.text, start):
            first = bounded.end()
            line_end = self.delimited.find("\n", first)
            last = self.text.find(bounded[1], first, line_end if line_end >= 0 else len(self.text))
            following = last + 1
        else:
            option = _OPTION.match(self.text, end)
            first = (option.end() if option else end) + 1
            last = self.delimited.braces.get(first - 1, -1)
            following = last + 1
        if last < 0:
            return None
        inside = self.placed.cut(first, last).stripped()
        if not bounded and ("\\" in inside.text or "$" in inside.text):
            return None
        if inside.text:
            self.assembly.add(inside.run(Mode.CODE))
        return following

    def heading(self, end: int) -> int:
        option = _OPTION.match(self.text, end)
        first = option.end() if option else end
        closing = self.delimited.braces.get(first)
        if closing is None:
            return end
        self.assembly.end(Kind.HEADING)
        self.heading_end = closing
        return first + 1

    def argument_ends(self, position: int, count: int) -> int:
        """Where so many arguments of a command end, with options before them."""
        while option := _OPTION.match(self.text, position):
            position = option.end()
        for _ in range(count):
            closing = self.delimited.braces.get(position)
            if closing is None:
                break
            position = closing + 1
        return position

    def environment(self, start: int, end: int, *, begins: bool) -> int:
        named = _NAMED.match(self.text, start)
        if not named:
            return end
        name = named[1]
        if re.fullmatch(_LISTINGS, name.rstrip("*")):
            return self.listing(name, named.end()) if begins else named.end()
        if name in commands.TABLES:
            self.tables = max(0, self.tables + (1 if begins else -1))
            self.assembly.end_table()
            self.assembly.end()
            if self.tables:
                self.assembly.cell()
        elif not self.assembly.in_row:
            self.assembly.end()
        if not begins:
            return named.end()
        position = self.argument_ends(named.end(), commands.ARGUMENTS.get(name, 0))
        if name == "frame" and position in self.delimited.braces:
            self.assembly.end(Kind.HEADING)
            self.heading_end = self.delimited.braces[position]
        return position

    def listing(self, name: str, position: int) -> int:
        """A listing as it stands; drawings, comments and bibliographies are passed over."""
        closing = f"\\end{{{name}}}"
        last = self.delimited.find(closing, position)
        if last < 0:
            return position
        if name.rstrip("*") in commands.LISTINGS:
            first = self.argument_ends(position, commands.ARGUMENTS.get(name.rstrip("*"), 0))
            content = self.placed.cut(first, max(first, last))
            blank = len(content.text) - len(content.text.lstrip(" \n"))
            content = content.cut(content.text.rfind("\n", 0, blank) + 1, len(content.text.rstrip()))
            self.assembly.end(Kind.CODE)
            if content.text.strip():
                self.assembly.add(content.run(Mode.CODE))
            self.assembly.end()
        return last + len(closing)


def _prose(placed: Placed) -> tuple[Run, ...]:
    return (placed.run(Mode.PROSE),)
