"""HTML -> blocks: what is seen of a page, and the TeX that MathJax, KaTeX, MathML and images of formulas come from."""

from __future__ import annotations

import re

from symbackprop.auditing.documents.assembly import Assembly
from symbackprop.auditing.documents.delimiters import Delimited
from symbackprop.auditing.documents.inline import DEEPEST, DELIMITERS, runs_of
from symbackprop.auditing.documents.markup import (
    BLOCKS,
    COMMENT,
    HIDDEN,
    Tag,
    decoded,
    formula_in,
    formula_of_image,
    tag_at,
    undelimited,
)
from symbackprop.auditing.documents.mathml import formula_of_mathml
from symbackprop.auditing.documents.placed import Placed, joined, whole, written
from symbackprop.auditing.documents.source import Block, Kind, Mode, Run, Source

_WHITE = str.maketrans("\n\r\t\f", "    ")
_ITEMS = frozenset({"li", "dt", "dd"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_DRAWN = re.compile(r"(?:^|\s)(?:katex-html|MathJax(?:_\w+)?|mjx-chtml|MJX_\w+)(?:\s|$)")  # what a script has drawn
_DISPLAYED = re.compile(r"katex-display|displaystyle|mode=display|display=[\"']?block")
LONGEST = 4_000  # characters of a formula in several elements
_CONTINUES = re.compile(r"""(?:<(?:semantics|mrow|mstyle)(?:\s[^<>]*+)?>\s*+){0,8}<mo\s[^<>]*?\bform=["']?infix""")
_STYLED = re.compile(r"\{\s*\\(?:display|text)style\s*")


def read(source: Source) -> tuple[Block, ...]:
    """The blocks of a page."""
    return blocks_of(whole(source))


def blocks_of(placed: Placed) -> tuple[Block, ...]:
    """The blocks of a text in HTML.

    >>> text = "<p>so <b>w<sub>1</sub></b> &minus; 1</p><script type='math/tex; mode=display'>a = 2</script>"
    >>> [(block.kind.value, block.runs[0].text) for block in blocks_of(Placed(text, range(len(text) + 1)))]
    [('paragraph', 'so w_{1} − 1'), ('display', 'a = 2')]
    """
    return _Page(placed).blocks()


class _Page:
    """A page, read from its first tag to its last."""

    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        self.text = placed.text
        self.delimited = Delimited(placed.text)
        self.assembly = Assembly(lambda prose: runs_of(prose, DELIMITERS))
        self.in_pre = False
        self.code: int | None = None  # where in the parts the code began
        self.scripts: list[bool] = []
        self.headed = True  # whether all cells of this row are <th>
        self.ends: dict[str, dict[int, int]] = {}  # of the elements of a name, by where they begin

    def blocks(self) -> tuple[Block, ...]:
        position = 0
        while (start := self.text.find("<", position)) >= 0:
            self.words(position, start)
            position = self.angle(start)
        self.words(position, len(self.text))
        self.assembly.end_row()
        self.assembly.end()
        return tuple(self.assembly.blocks)

    def words(self, start: int, end: int) -> None:
        if start < end:
            words = self.placed.cut(start, end)
            if not self.in_pre:
                words = Placed(words.text.translate(_WHITE), words.places)
            self.assembly.add(decoded(words))

    def angle(self, position: int) -> int:
        """What begins with < at `position` is dealt with; where it ends."""
        if COMMENT.match(self.text, position):
            closing = "-->" if self.text.startswith("<!--", position) else ">"
            end = self.delimited.find(closing, position)
            return position + 1 if end < 0 else end + len(closing)
        tag = tag_at(self.text, position, known=False)
        if tag is None:
            self.words(position, position + 1)
            return position + 1
        return self.close(tag) if tag.closes else self.open(tag)

    def end_of(self, tag: Tag) -> int | None:
        """Where the element of `tag` ends; None if it is not closed."""
        if tag.name not in self.ends:
            self.ends[tag.name] = _ends(self.text, tag.name)
        return self.ends[tag.name].get(tag.start)

    def hidden(self, tag: Tag) -> int:
        """An element that is not shown is passed over; MathJax keeps its source in one."""
        end = self.delimited.find(f"</{self.text[tag.start + 1 : tag.start + 1 + len(tag.name)]}", tag.end)
        if end < 0:
            return len(self.text) if tag.name in ("script", "style") else tag.end
        if tag.name == "script" and tag.value("type").strip().lower().startswith("math/tex"):
            mode = Mode.DISPLAY if _DISPLAYED.search(tag.attributes) else Mode.INLINE
            self.formula(self.placed.cut(tag.end, end), mode)
        return end

    def formula(self, tex: Placed, mode: Mode) -> None:
        """TeX is added, unless the same was just added: a page often holds a formula in two ways."""
        tex = tex.stripped()
        if (styled := _STYLED.match(tex.text)) and tex.text.endswith("}"):
            tex = tex.cut(styled.end(), len(tex.text) - 1).stripped()
        previous = self.assembly.last_run()
        if tex.text and not (previous and previous.text == tex.text):
            self.assembly.add(tex.run(mode))

    def open(self, tag: Tag) -> int:
        name = tag.name
        if name in HIDDEN or name == "title":
            return self.hidden(tag)
        if name in ("span", "div", "mjx-container", "nobr") and _DRAWN.search(tag.value("class")):
            return self.drawn(tag)
        if name == "math":
            return self.mathml(tag)
        if name == "img":
            if formula := formula_of_image(self.placed, tag):
                self.formula(formula, Mode.INLINE)
        elif name in ("sub", "sup"):
            return self.script(tag)
        elif name in _TABLES:
            self.table(tag)
        elif name == "pre":
            self.block(tag, Kind.CODE)
            self.in_pre = not self.assembly.in_row
        elif name in _CODE:
            self.code = None if self.in_pre else len(self.assembly.parts)
        elif name in BLOCKS:
            self.block(tag, Kind.ITEM if name in _ITEMS else Kind.HEADING if name in _HEADINGS else Kind.PARAGRAPH)
        elif name == "br":
            self.assembly.add(written("\n", self.placed.places[tag.start]))
        return tag.end

    def close(self, tag: Tag) -> int:
        if tag.name in ("sub", "sup"):
            if self.scripts and self.scripts.pop():
                self.assembly.add(written("}", self.placed.places[tag.start]))
        elif tag.name in _TABLES:
            self.table(tag)
        elif tag.name == "pre" and self.in_pre:
            self.listing()
        elif tag.name in _CODE:
            self.coded()
        elif tag.name in BLOCKS and not (self.in_pre and tag.name == "div"):
            self.block(tag, Kind.PARAGRAPH)
        return tag.end

    def block(self, tag: Tag, following: Kind) -> None:
        """A block begins or ends; within a cell it is a new line."""
        self.code = None
        if self.assembly.in_row:
            self.assembly.add(written("\n", self.placed.places[tag.start]))
        else:
            self.unscripted(tag.start)
            self.in_pre = False
            inside_item = following is Kind.PARAGRAPH and not tag.closes and self.assembly.kind is Kind.ITEM
            empty = not any(isinstance(part, Run) or part.text.strip() for part in self.assembly.parts)
            self.assembly.end(Kind.ITEM if inside_item and empty else following)

    def unscripted(self, position: int) -> None:
        """Subscripts that are open where a block ends are closed."""
        for shown in self.scripts:
            if shown:
                self.assembly.add(written("}", self.placed.places[position]))
        self.scripts.clear()

    def table(self, tag: Tag) -> None:
        self.code = None
        self.unscripted(tag.start)
        if tag.name in ("td", "th"):
            if not tag.closes:
                self.headed = (self.headed or not self.assembly.in_row) and tag.name == "th"
                self.assembly.cell()
        elif tag.name == "table":
            self.assembly.end_table()
            self.assembly.end()
        else:
            self.assembly.end_row(heads=self.headed)

    def drawn(self, tag: Tag) -> int:
        """What a script has drawn of a formula is passed over; a MathML in it is not."""
        end = self.end_of(tag)
        if end is None:
            return tag.end
        mathml = self.text.find("<math", tag.end, end)
        return end if mathml < 0 or tag.value("class").strip() == "katex-html" else mathml

    def mathml(self, tag: Tag) -> int:
        end = self.delimited.find("</math>", tag.end)
        if end < 0:
            return tag.end
        before = self.text[max(0, tag.start - 120) : tag.start]
        mode = Mode.DISPLAY if _DISPLAYED.search(tag.attributes) or _DISPLAYED.search(before) else Mode.INLINE
        tex = self.tex(tag, end).stripped()
        broken = self.text.endswith("<wbr>", 0, tag.start)
        if (broken or _CONTINUES.match(self.text, tag.end)) and tex.text and (run := self.unfinished()):
            is_number = broken and run.text[-1:].isdigit() and tex.text[0].isdigit()
            between = written("" if is_number else " ", run.places[-1])
            tex = joined([Placed(run.text, run.places), between, tex], tag.start)
        self.formula(tex, mode)
        return end + len("</math>")

    def unfinished(self) -> Run | None:
        """The formula just before, taken back: it goes on in a further element, so that its line may be broken."""
        run = self.assembly.last_run()
        is_formula = run is not None and run.mode in (Mode.INLINE, Mode.DISPLAY) and len(run.text) < LONGEST
        return self.assembly.take_run() if is_formula else None

    def tex(self, tag: Tag, end: int) -> Placed:
        """The TeX of <math>..</math>: its annotation, its alternative text, or else made from what it holds."""
        position = tag.end
        while (position := self.text.find("<annotation", position, end)) >= 0:
            annotation = tag_at(self.text, position)
            if annotation and "tex" in annotation.value("encoding").lower():
                close = self.text.find("</annotation", annotation.end, end)
                return decoded(self.placed.cut(annotation.end, close if close >= 0 else end))
            position += 1
        if span := tag.attribute("alttext"):
            offset = tag.end - 1 - len(tag.attributes)
            formula = formula_in(decoded(self.placed.cut(offset + span[0], offset + span[1])))
            if formula:
                return formula
        return formula_of_mathml(self.placed.cut(tag.end, end))

    def script(self, tag: Tag) -> int:
        """<sub>1</sub> as _{1}, <sup>2</sup> as ^{2}; the number of a footnote is none."""
        if tag.name == "sup" and re.compile(r"\s{0,9}(?:<a\s|\[)").match(self.text, tag.end):
            end = self.delimited.find("</sup", tag.end)
            if end >= 0:
                return end
        shown = len(self.scripts) < DEEPEST
        self.scripts.append(shown)
        if shown:
            mark = "_{" if tag.name == "sub" else "^{"
            self.assembly.add(written(mark, self.placed.places[tag.start]))
        return tag.end

    def coded(self) -> None:
        """What was added since <code> is code."""
        if self.code is None:
            return
        since = self.assembly.parts[self.code :]
        text = joined((part for part in since if isinstance(part, Placed)), 0).stripped()
        if text.text and len(since) == sum(isinstance(part, Placed) for part in since):
            formula = undelimited(text)
            self.assembly.parts[self.code :] = [formula.run(Mode.INLINE) if formula else text.run(Mode.CODE)]
        self.code = None

    def listing(self) -> None:
        """What was added since <pre> is a listing."""
        text = joined((part for part in self.assembly.parts if isinstance(part, Placed)), 0)
        text = text.cut(0, len(text.text.rstrip()))
        self.assembly.parts = [text.run(Mode.CODE)] if text.text else []
        self.assembly.end()
        self.in_pre = False


def _ends(text: str, name: str) -> dict[int, int]:
    """Where each element of a name begins: where it ends."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for tag in re.finditer(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*+>", text, re.IGNORECASE):
        if not tag[1]:
            begun.append(tag.start())
        elif begun:
            ends[begun.pop()] = tag.end()
    return ends
