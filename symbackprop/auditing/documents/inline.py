r"""The inside of a paragraph: its prose, its code and its formulas, as runs; what only marks it up is gone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from symbackprop.auditing.documents.delimiters import Delimited, holds_words, matching
from symbackprop.auditing.documents.markup import (
    BLOCKS,
    COMMENT,
    ENTITY,
    HIDDEN,
    Tag,
    decoded,
    entity_at,
    formula_in,
    formula_of_address,
    formula_of_image,
    tag_at,
    undelimited,
)
from symbackprop.auditing.documents.placed import Placed, joined, written
from symbackprop.auditing.documents.source import Mode, Run


@dataclass(frozen=True, slots=True)
class Rules:
    """What means something besides the delimiters of formulas."""

    markup: bool = True  # **bold**, `code`, [links](address), <tags>, \_ escapes
    entities: bool = True
    indented_code: bool = True
    tabs: bool = False  # part the cells of a row


MARKDOWN = Rules()
PLAIN = Rules(entities=False, indented_code=False, tabs=True)
DELIMITERS = Rules(markup=False, entities=False, indented_code=False)

DEEPEST = 16  # subscripts of subscripts

_SPECIAL = re.compile(r"[\\$`*_~<&!\[\]]")
_DELIMITER = re.compile(r"[\\$]")
_EMPHASIS = re.compile(r"\*+|_+|~~+")
_TICKS = re.compile(r"`+")
_ESCAPED = re.compile(r"\\[_*#`$<>|\-+.~\[\]()=&^@\"':]")
_ROW_END = re.compile(r"\\{1,2}[ \t]*+(?=\n|\Z)")
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]{1,40}\]")
_TITLE = re.compile(r"\s+\"[^\"]*+\"\s*+\Z")
_LINKED = re.compile(
    r"[a-z]{2,10}:|//|/|#|\.{1,2}/|<|\Z|[\w%./-]{1,300}\.(?:html?|md|png|jpe?g|gif|svg|pdf|ipynb|txt|py|php|webp)\b"
)
_BEFORE = re.compile(r"[\s(\[{\"'“‘|>*_~—:,;=≈]|[\u0900-\u1fff\u2c00-\uffff]")
_AFTER = re.compile(r"[\s.,;:!?)\]}\"'”’|<*_~—…]|[\u0900-\u1fff\u2c00-\uffff]")
_OPERAND = re.compile(r"[\d(.-]")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_EQUAL = re.compile(r"[=≈→←]|\\(?:approx|to|leftarrow|gets|equiv)\b")


def runs_of(placed: Placed, rules: Rules = MARKDOWN) -> tuple[Run, ...]:
    r"""The runs of a text that is one paragraph, heading, item or cell.

    >>> text = r"**So** $a_1 = 2$, with `b = 3`"
    >>> [(run.mode.value, run.text) for run in runs_of(Placed(text, range(len(text) + 1)))]
    [('prose', 'So '), ('inline', 'a_1 = 2'), ('prose', ', with '), ('code', 'b = 3')]
    """
    return _Inline(placed, rules).read() if placed.text.strip() else ()


class _Inline:
    """The scan of one paragraph from left to right; every method that takes something returns where it ends."""

    def __init__(self, placed: Placed, rules: Rules) -> None:
        self.placed = placed
        self.text = placed.text
        self.rules = rules
        self.delimited = Delimited(placed.text)
        self.parts: list[Placed | Run | None] = []
        self.kept = 0  # where the text begins that is in no part yet
        self.openings: defaultdict[str, list[int]] = defaultdict(list)
        self.brackets: list[int] = []
        self.scripts: list[bool] = []
        self.linked = "](" in placed.text
        self.takers: dict[str, Callable[[int], int | None]] = {"\\": self.backslash, "$": self.mathematics}
        if rules.markup:
            self.takers |= {"`": self.code, "*": self.emphasis, "_": self.emphasis, "~": self.emphasis}
            self.takers |= {"<": self.angle, "!": self.image, "[": self.bracket, "]": self.link}
        if rules.entities:
            self.takers["&"] = self.entity

    def read(self) -> tuple[Run, ...]:
        special = _SPECIAL if self.rules.markup else _DELIMITER
        position = 0
        while found := special.search(self.text, position):
            taker = self.takers.get(found[0])
            end = taker(found.start()) if taker else None
            position = found.end() if end is None else end
            if end is not None:
                self.add(found.start())
                self.kept = end
        self.add(len(self.text), *(written("}", self.placed.places[-2]) for shown in self.scripts if shown))
        return _as_mathematics(self.grouped())

    def add(self, position: int, *parts: Placed | Run) -> None:
        """The text before `position` stays as it is; what stands there is `parts`."""
        if position > self.kept:
            self.parts.append(self.placed.cut(self.kept, position))
        self.kept = max(self.kept, position)
        self.parts += parts

    def grouped(self) -> tuple[Run, ...]:
        """The parts, prose beside prose joined to one run."""
        runs: list[Run] = []
        prose: list[Placed] = []
        for part in [*self.parts, None]:
            if isinstance(part, Placed):
                prose.append(part)
            elif isinstance(part, Run):
                self.close(prose, runs)
                runs.append(part)
        self.close(prose, runs)
        return tuple(runs)

    def close(self, prose: list[Placed], runs: list[Run]) -> None:
        text = joined(prose, self.placed.places[0])
        prose.clear()
        if text.text.strip():
            runs.append(text.run(Mode.PROSE))

    def mathematics(self, position: int) -> int | None:
        found = self.delimited.at(position, to_the_end=True)
        if not found:
            return None
        inside = self.placed.cut(found.first, found.last).stripped()
        if self.rules.entities:
            inside = decoded(inside)
        if inside.text:
            self.add(position, inside.run(found.mode))
        return found.end

    def backslash(self, position: int) -> int | None:
        end = self.mathematics(position)
        if end is not None or not self.rules.markup:
            return end
        if row_end := _ROW_END.match(self.text, position):
            return row_end.end()
        if _ESCAPED.match(self.text, position):
            self.add(position, self.placed.cut(position + 1, position + 2))
            return position + 2
        if self.text.startswith("\\\\", position):
            self.add(position, self.placed.cut(position, position + 2))
            return position + 2
        return None

    @cached_property
    def ticks(self) -> dict[int, list[int]]:
        """Where the runs of so many backticks begin."""
        found: dict[int, list[int]] = {}
        for ticks in _TICKS.finditer(self.text):
            found.setdefault(len(ticks[0]), []).append(ticks.start())
        return found

    def code(self, position: int) -> int:
        ticks = _TICKS.match(self.text, position)
        assert ticks
        width = len(ticks[0])
        closings = self.ticks.get(width, [])
        index = bisect_left(closings, ticks.end())
        if index == len(closings):
            self.add(position, self.placed.cut(*ticks.span()))
            return ticks.end()
        inside = self.placed.cut(ticks.end(), closings[index]).stripped()
        formula = undelimited(inside)
        if inside.text:
            self.add(position, formula.run(Mode.INLINE) if formula else inside.run(Mode.CODE))
        return closings[index] + width

    def emphasis(self, position: int) -> int | None:
        found = _EMPHASIS.match(self.text, position)
        if not found:
            return None
        mark, end = found[0], found.end()
        before = self.text[position - 1] if position else " "
        after = self.text[end] if end < len(self.text) else " "
        if self.openings[mark] and not before.isspace() and before not in "([{" and _AFTER.match(after):
            self.parts[self.openings[mark].pop()] = None
            return end
        if not after.isspace() and after not in ".,;:!?)]}" and _BEFORE.match(before) and not self.product(found):
            self.add(position, self.placed.cut(position, end))
            self.openings[mark].append(len(self.parts) - 1)
        else:
            self.add(position, self.placed.cut(position, end))
        return end

    def product(self, mark: re.Match[str]) -> bool:
        """Whether `mark` stands between numbers, as in 0.9 *0.1311* 0.332: then it multiplies."""
        if len(mark[0]) > 1 or not _OPERAND.match(self.text, mark.end()):
            return False
        before = self.text[max(0, mark.start() - 3) : mark.start()].rstrip(" ")
        return before[-1:].isdigit() or before[-1:] == ")"

    def entity(self, position: int) -> int | None:
        found = ENTITY.match(self.text, position)
        if not found:
            return None
        self.add(position, entity_at(self.placed, found))
        return found.end()

    def angle(self, position: int) -> int | None:
        if COMMENT.match(self.text, position):
            end = self.delimited.find("-->" if self.text.startswith("<!--", position) else ">", position)
            return None if end < 0 else end + (3 if self.text.startswith("<!--", position) else 1)
        tag = tag_at(self.text, position)
        return self.tag(tag) if tag else None

    def tag(self, tag: Tag) -> int:
        place = self.placed.places[tag.start]
        if tag.name in ("sub", "sup"):
            self.script(tag, place)
        elif tag.name == "img":
            formula = formula_of_image(self.placed, tag)
            self.add(tag.start, *([formula.run(Mode.INLINE)] if formula else []))
        elif tag.name in HIDDEN and not tag.closes:
            end = self.delimited.find(f"</{tag.name}", tag.end)
            return tag.end if end < 0 else end
        elif tag.name in ("code", "kbd", "samp", "tt") and not tag.closes:
            end = self.delimited.find(f"</{tag.name}", tag.end)
            inside = decoded(self.placed.cut(tag.end, end).stripped()) if end > 0 else None
            if inside and inside.text and "<" not in inside.text:
                self.add(tag.start, inside.run(Mode.CODE))
                return end
        elif tag.name == "br" or tag.name in BLOCKS:
            self.add(tag.start, written("\n", place))
        return tag.end

    def script(self, tag: Tag, place: int) -> None:
        """<sub>1</sub> as _{1}, <sup>2</sup> as ^{2}."""
        if not tag.closes:
            shown = len(self.scripts) < DEEPEST
            self.scripts.append(shown)
            if shown:
                self.add(tag.start, written("_{" if tag.name == "sub" else "^{", place))
        elif self.scripts and self.scripts.pop():
            self.add(tag.start, written("}", place))

    @cached_property
    def parentheses(self) -> dict[int, int]:
        return matching(self.text, "(", ")")

    @cached_property
    def squares(self) -> dict[int, int]:
        return matching(self.text, "[", "]")

    def address(self, position: int) -> tuple[Placed, int] | None:
        """(the address in the parentheses that open at `position`, where they end), if it is an address."""
        if not self.text.startswith("(", position) or position not in self.parentheses:
            return None
        end = self.parentheses[position]
        address = self.placed.cut(position + 1, end).stripped()
        if not _LINKED.match(address.text):
            return None
        title = _TITLE.search(address.text)
        return address.cut(0, title.start() if title else len(address.text)), end + 1

    def image(self, position: int) -> int | None:
        close = self.squares.get(position + 1) if self.text.startswith("![", position) else None
        if close is None:
            return None
        linked = self.address(close + 1)
        if not linked:
            return None
        address, end = linked
        formula = formula_of_address(decoded_address(address)) or formula_in(self.placed.cut(position + 2, close))
        self.add(position, *([formula.run(Mode.INLINE)] if formula and formula.text else []))
        return end

    def bracket(self, position: int) -> int | None:
        if footnote := _FOOTNOTE.match(self.text, position):
            return footnote.end()
        if not self.linked:
            return None
        self.add(position, self.placed.cut(position, position + 1))
        self.brackets.append(len(self.parts) - 1)
        return position + 1

    def link(self, position: int) -> int | None:
        opened = self.brackets.pop() if self.brackets else None
        linked = self.address(position + 1)
        if opened is None or not linked:
            return None
        self.parts[opened] = None
        return linked[1]


def decoded_address(address: Placed) -> Placed:
    """An address, with &amp; as &; &plus; and &space; are the service's own."""
    return decoded(address) if "&amp;" in address.text else address


def _as_mathematics(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    r"""A paragraph that is nothing but TeX without delimiters, as \frac{a}{b} = 2, is a display."""
    if len(runs) == 1 and runs[0].mode is Mode.PROSE:
        text = runs[0].text
        if _COMMAND.search(text) and _EQUAL.search(text) and not holds_words(text):
            return (Run(Mode.DISPLAY, text, runs[0].places),)
    return runs
