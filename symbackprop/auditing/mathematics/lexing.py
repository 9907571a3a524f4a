"""Characters -> tokens: one grammar over all modes, every token with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from symbackprop.auditing.documents.source import Mode, Run
from symbackprop.auditing.mathematics.symbols import (
    ACCENTS,
    ALIKE,
    LOWERED,
    RAISED,
    SIGNS,
    TEXTS,
    VULGAR,
)
from symbackprop.auditing.mathematics.tokens import Sort, Token

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024fℓħ"
_GREEK = "\u0391-\u03c9∞∇"
_FLOAT = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![A-Za-z0-9]))?"
_SUP = re.escape("".join(RAISED))
_SUB = re.escape("".join(LOWERED))
_MARKS = "".join(ACCENTS)
_GRAMMAR = re.compile(
    rf"""
    (?P<space>[ \t\r\n\f\v\u00a0\u2000-\u200b\u202f\u3000$]+|\\\$)
  | (?P<address>https?://\S+)
  | (?P<word>[0-9]+(?:\.[0-9]+){{2,}}|[0-9]+(?:st|nd|rd|th)\b)
  | (?P<thousands>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,21}}(?![0-9,])(?:\.[0-9]+)?)
  | (?P<braced>[0-9]+(?:\{{,\}}[0-9]+)+(?:\.[0-9]+)?)
  | (?P<comma>[0-9]+,[0-9]+(?![0-9]))
  | (?P<zeros>0[0-9]+(?![0-9.]))
  | (?P<number>{_FLOAT})
  | (?P<text>\\(?:{"|".join(sorted(TEXTS, key=len, reverse=True))})\*?\s*\{{)
  | (?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))
  | (?P<mangled>/frac(?=\s*\{{)|(?<![A-Za-z\\])frac(?=\{{))
  | (?P<contraction>[{_LATIN}]+(?:['’][{_LATIN}]+)+)
  | (?P<name>[{_LATIN}][{_MARKS}]?(?:[{_LATIN}0-9]|(?<=[{_MARKS}])[0-9])*|Δ?[{_GREEK}][{_MARKS}]?[{_LATIN}0-9]*)
  | (?P<sup>[{_SUP}]+(?:[*.](?=[{_SUP}])[{_SUP}]+)*)
  | (?P<sub>[{_SUB}]+)
  | (?P<parameter>\#[1-9])
  | (?P<ruler>={{3,}}(?!>)|-{{3,}}(?!>)|<{{4,}}|>{{4,}}|_{{2,}}|\#{{2,}})
  | (?P<sign>==>|-->|==|:=|\+=|-=|=>|->|<-(?=[ ])|~=|=~|[=≈≔≜←→⇒≡])
  | (?P<relation><=|>=|!=|<<|>>|[<>≤≥≠∈∝≪≫≦≧∉⊂])
  | (?P<mark>\*\*|\.\.\.|[-+*/^_()\[\]{{}},;.:!?|'’‖&%@~"#…⊙⊤⊺∂√–—±″½¼¾⅓⅔⅛⌈⌉⌊⌋⟨⟩])
  | (?P<letters>[^\W\d_]+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_POINT = re.compile(r"[0-9]\.[0-9]")
_COMMA = re.compile(
    r"(?<![0-9,_{(\[])[0-9]+,[0-9]+(?:(?![0-9,])|(?<=[0-9]{2})(?=,[^0-9]))|(?<![0-9}])[0-9]+\{,\}[0-9]+(?!\{,\}[0-9])"
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,|\{,\})[0-9]{3}")  # or a number with three decimals
_AFTER_COMMA = re.compile(r",([0-9]{1,2})(?=\s*(?:[-+*=)(×·]|\Z))", re.ASCII)  # an index, and no part of a list
_RUNNING = "ijklhomnpq"  # letters that a sum runs over
_JOINED = re.compile(r"(?<=[0-9])(?=[A-Z][a-z]{2})")  # "dw6Weight": a sentence that was run together
_SUBSCRIPT = re.compile(rf"[{_LATIN}{_GREEK}0-9]+")
_TEX_SUBSCRIPT = re.compile(rf"[0-9]+|[{_LATIN}]+[0-9]*|[{_GREEK}]")
_INDEXED = re.compile(rf"[0-9]+(?=[{_LATIN}{_GREEK}]_)")  # the 1 of w_1x_1
RARE = 2  # decimals with a comma to one with a point, where a document writes commas
_WORDS = 200  # characters within \\text{...}
_TEX = (Mode.INLINE, Mode.DISPLAY)
_DASHED = re.compile(r"(?<![\w)\]}'–-])–(?=[\w(.\\])")  # a minus before its operand: (–0,4), e^–z
_FIRST = re.compile(r"\s*([0-9])(?:\s*([0-9]))?")


def lex(run: Run, index: int, offset: int, *, comma: bool = False) -> list[Token]:
    r"""The tokens of a run, TeX commands by their names, macros not yet expanded.

    `index` is the number of the run in its block and `offset` where its text begins in the text of the block; `comma`
    says that the document writes decimals with a comma.

    >>> run = Run(Mode.INLINE, r"w_5 = \frac12", tuple(range(14)))
    >>> [token.text for token in lex(run, 0, 0)]
    ['w', '_', '5', '=', 'frac', '1', '2']
    """
    return _Lexer(run, index, offset, comma).tokens()


def writes_commas(runs: Iterable[Run]) -> bool:
    """Whether a document writes its decimals with a comma: it has several such numbers, and hardly any with a point.

    Of 10,000 that cannot be said: another has to be there that does not count thousands.

    >>> writes_commas([Run(Mode.PROSE, text, tuple(range(20))) for text in ("0,15 * 0,05", "= 0,0075")])
    True
    """
    found: list[str] = []
    points = 0
    for run in runs:
        points += len(_POINT.findall(run.text))
        found += _COMMA.findall(run.text)
    sure = sum(not _THOUSANDS.fullmatch(number) for number in found)
    return len(found) > 1 and sure > 0 and (not points or sure > RARE * points)


class _Lexer:
    def __init__(self, run: Run, index: int, offset: int, comma: bool) -> None:
        self.comma = comma
        self.run = run
        self.text = _DASHED.sub("-", run.text.translate(ALIKE))
        self.index = index
        self.offset = offset
        self.found: list[Token] = []
        self.gap = self.line = False
        self.square = self.nested = 0  # brackets that are open: square ones, all

    def add(self, sort: Sort, text: str, start: int, end: int) -> None:
        places = self.run.places
        self.found.append(
            Token(
                sort,
                text,
                places[start],
                places[end - 1] + 1,
                self.offset + start,
                self.offset + end,
                self.index,
                self.run.mode,
                self.gap,
                self.line,
            )
        )
        self.gap = self.line = False

    def tokens(self) -> list[Token]:
        position, length, match = 0, len(self.text), _GRAMMAR.match
        self.line = True
        while position < length:
            found = match(self.text, position)
            assert found is not None  # the last alternative takes any character
            position = self.take(found, found.lastgroup or "", position, found.end())
        return self.found

    def take(self, found: re.Match[str], kind: str, start: int, end: int) -> int:
        """Adds what was found; where to go on."""
        text = found[0]
        match kind:
            case "space":
                self.gap = True
                self.line = self.line or "\n" in text
            case "name":
                return self.name(start, end)
            case "number":
                self.add(Sort.NUMBER, text, start, end)
            case "mark":
                return self.mark(text, start, end)
            case "command" | "mangled":
                return self.command(text, start, end)
            case "sign":
                if text == "+=" and self.text[start - 1 : start] == "^":  # w^+= 0.3
                    end -= 1
                    self.add(Sort.MARK, "+", start, end)
                else:
                    self.add(Sort.SIGN, SIGNS[text], start, end)
            case "thousands" if text.count(",") == 1 and (self.comma or text[0] == "0"):
                return self.decimal(text, start, end)
            case "thousands":
                if self.square:
                    end = start + text.index(",")
                self.add(Sort.NUMBER, self.text[start:end].replace(",", ""), start, end)
            case "comma":
                return self.decimal(text, start, end)
            case "braced":
                self.add(Sort.NUMBER, _braced(text, self.comma), start, end)
            case "zeros":
                self.add(Sort.NAME, text, start, end)
            case "text":
                return self.words(start, end)
            case "sup" | "sub":
                self.shifted(text, kind, start, end)
            case "relation":
                self.add(Sort.RELATION, text, start, end)
            case "parameter":
                self.add(Sort.PARAMETER, text[1], start, end)
            case "ruler":
                self.add(Sort.BREAK, "line", start, end)
            case "contraction" if self.run.mode in _TEX:
                return self.name(start, start + min(text.find(quote) for quote in "'’" if quote in text))
            case _:
                self.add(Sort.WORD, text, start, end)
        return end

    def decimal(self, text: str, start: int, end: int) -> int:
        """0,25: one number where the document writes so; else nothing that is read, or two in brackets."""
        if self.comma and not self._indexes(text, start):
            self.add(Sort.NUMBER, text.replace(",", "."), start, end)
        elif text.startswith("0,") and not self.nested:
            self.add(Sort.WORD, text, start, end)
        else:
            whole = text.index(",")
            zeros = text[0] == "0" and whole > 1
            self.add(Sort.NAME if zeros else Sort.NUMBER, text[:whole], start, start + whole)
            return start + whole
        return end

    def _indexes(self, text: str, start: int) -> bool:
        """Whether digits with a comma are two indices: w_{1,2}, w^{1,2}, but not e^{0,707}."""
        before = self.text[max(0, start - 3) : start]
        return before.endswith("_{") or (before.endswith("^{") and before[0] != "e" and len(text) == len("1,2"))

    def name(self, start: int, end: int) -> int:
        text = self.text
        if self.run.mode in (Mode.PROSE, Mode.CODE) and (joined := _JOINED.search(text, start + 1, end)):
            end = joined.start()
        word = text[start:end]
        if len(word) > 1 and ("α" <= word[0] <= "ω" or word[0] == "Σ") and word[0] not in "δθ" and word[1:].isalpha():
            end = start + 1  # ηx is η x
        if word[0] in "xX" and self._times(start, end):
            self.add(Sort.MARK, "*", start, start + 1)
            return start + 1
        if text[start:end] == "Σ":
            self.add(Sort.COMMAND, "sum", start, end)
            if len(word) == 2 and word[1] in _RUNNING:  # Σk stands for Σ_k
                self.add(Sort.MARK, "_", end, end)
                self.add(Sort.NAME, word[1], end, end + 1)
                return end + 1
            return end
        if end < len(text) and text[end : end + 2] == "_[" and self.run.mode in (Mode.PROSE, Mode.CODE):
            end += 1
        self.add(Sort.NAME, text[start:end], start, end)
        if not self.nested and self.run.mode is Mode.PROSE and (index := _AFTER_COMMA.match(text, end)):  # yd,5
            self.add(Sort.MARK, "_", end, end + 1)
            self.add(Sort.NUMBER, index[1], end + 1, index.end())
            return index.end()
        return end

    def _times(self, start: int, end: int) -> bool:
        """Whether the x of 0.3x0.5 begins at `start`."""
        text = self.text
        return text[start - 1 : start].isdigit() and text[start + 1 : end].isdigit() and text[end : end + 1] == "."

    def mark(self, text: str, start: int, end: int) -> int:
        if text in ("(", "[", "{"):
            self.nested += 1
            self.square += text == "["
        elif text in (")", "]", "}"):
            self.nested = max(0, self.nested - 1)
            self.square = max(0, self.square - (text == "]"))
        elif text == "’":
            text = "'"
        elif text == "@":
            text = "*"
        elif text == "...":
            text = "…"
        elif text in VULGAR:
            for sort, part in ((Sort.COMMAND, "frac"), (Sort.NUMBER, VULGAR[text][0]), (Sort.NUMBER, VULGAR[text][1])):
                self.add(sort, part, start, end)
            return end
        if text != "_":
            self.add(Sort.MARK, text, start, end)
            return end
        self.add(Sort.MARK, "_", start, end)
        return self.subscript(end) if start and not self.text[start - 1].isspace() else end

    def subscript(self, start: int) -> int:
        """What belongs to a subscript without braces: 10, ij, total; of w_ix_i only i."""
        tex = self.run.mode in _TEX
        found = (_TEX_SUBSCRIPT if tex else _SUBSCRIPT).match(self.text, start)
        if not found:
            return start
        end = found.end()
        if not tex and (joined := _JOINED.search(self.text, start + 1, end)):
            end = joined.start()
        if not tex and (indexed := _INDEXED.match(self.text, start)):
            end = indexed.end()
        if tex and found[0].isalpha() and len(found[0]) > 1 and self.text[end : end + 1] == "_":
            end = start + 1
        self.add(Sort.NAME, self.text[start:end], start, end)
        return end

    def command(self, text: str, start: int, end: int) -> int:
        name = text.lstrip("\\/").rstrip("*") if text != "\\*" else "*"
        if text[0] == "\\" and len(text) == 2 and not text[1].isalpha():
            name = text[1]
            if name.isspace():
                self.gap = True
                return end
        self.add(Sort.COMMAND, name, start, end)
        if name.endswith("frac") and (found := _FIRST.match(self.text, end)):
            for group in (1, 2):
                if found[group]:
                    self.add(Sort.NUMBER, found[group], found.start(group), found.end(group))
                    end = found.end(group)
        return end

    def words(self, start: int, end: int) -> int:
        depth, position = 1, end
        while position < min(len(self.text), start + _WORDS) and depth:
            depth += {"{": 1, "}": -1}.get(self.text[position], 0)
            position += 1
        content = self.text[end : position - (depth == 0)]
        if "$" in content or "\\" in content or "#" in content or content.strip()[:1].isdigit():
            self.add(Sort.MARK, "{", end - 1, end)
            return end
        self.add(Sort.TEXT, content, start, position)
        return position

    def shifted(self, text: str, kind: str, start: int, end: int) -> None:
        """A Unicode superscript or subscript, as ^{...} or _{...}."""
        table = RAISED if kind == "sup" else LOWERED
        self.add(Sort.MARK, "^" if kind == "sup" else "_", start, start + 1)
        self.add(Sort.MARK, "{", start, start + 1)
        plain = "".join(table.get(character, "." if character in "*." else character) for character in text)
        for found in re.finditer(rf"{_FLOAT}|[A-Za-zα-ω]|[-+()]", plain):
            part = found[0]
            sort = Sort.MARK if part in "-+()" else Sort.NUMBER if part[0] in ".0123456789" else Sort.NAME
            self.add(
                Sort.MARK if part == "T" else sort,
                "⊤" if part == "T" else part,
                start + found.start(),
                start + found.end(),
            )
        self.add(Sort.MARK, "}", end - 1, end)


def _braced(text: str, comma: bool) -> str:
    """10{,}000 is ten thousand; in 0{,}25 the comma is the decimal one, and in all where the document writes so."""
    first, *rest = text.split("{,}")
    if len(rest) == 1 and (comma or len(rest[0]) != 3 or first == "0"):
        return f"{first}.{rest[0]}"
    return first + "".join(rest)
