r"""Where mathematics begins and ends: $..$, $$..$$, \(..\), \[..\], \begin{align}..\end{align}, \newcommand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from symbackprop.auditing.documents.source import Mode

_ENVIRONMENTS = (
    "align alignat aligned alignedat flalign equation gather gathered multline multlined split eqnarray displaymath "
    "math dmath cases dcases rcases numcases empheq IEEEeqnarray array matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix "
    "smallmatrix"
)
ENVIRONMENTS = frozenset(_ENVIRONMENTS.split())  # each also with a star
LONGEST = 20_000  # characters of a display that runs over a blank line

_ENVIRONMENT = re.compile(r"\\(begin|end)\{([A-Za-z]{1,20})(\*?)\}")
_INLINE = re.compile(r"\$([^$\\]*+(?:\\.[^$\\]*+)*+)\$", re.DOTALL)
_WORDING = re.compile(
    r"\\(?:text|mathrm|textrm|textit|textbf|mathit|mathbf|mathsf|operatorname|mbox|hbox)\s?\{[^{}]*+\}|\\[A-Za-z]++"
)
_TWO_WORDS = re.compile(r"[^\W\d_]{3,}+[,;]? [^\W\d_]{2,}+(?![\w{(^])")
_SENTENCE = re.compile(r"[^\W\d_]{2,}+[,;]?\s[^\W\d_]{2,}+[,;]?\s[^\W\d_]{2,}+")
_SIGN = re.compile(r"[=\\^_≈≃<>≤≥+*/·×∂∇Δδ→←-]|^\w$")
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|providecommand|DeclareMathOperator|DeclareRobustCommand)\*?\s{0,9}"
    r"(?:\{\s{0,9}\\[A-Za-z@]+\s{0,9}\}|\\(?:[A-Za-z@]+|.))\s{0,9}(?:\[[^\[\]\n]{0,200}\]\s{0,9}){0,2}(?=\{)"
    r"|\\[gex]?def\s{0,9}\\(?:[A-Za-z@]+|.)[^{}\n\\]{0,40}(?=\{)"
)


@dataclass(frozen=True, slots=True)
class Mathematics:
    """A stretch of mathematics: [start, end) with its delimiters, [first, last) without them."""

    mode: Mode
    start: int
    first: int
    last: int
    end: int


class Delimited:
    """The mathematics of a text, asked for from left to right; every search is made once, so that all are linear.

    >>> found = Delimited(r"so $a_1 = 2$ holds").at(3)
    >>> found.mode, found.first, found.last
    (<Mode.INLINE: 'inline'>, 4, 11)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, int] = {}

    def find(self, token: str, position: int) -> int:
        """The first `token` at or after `position`, -1 where there is none; positions may not fall."""
        found = self._found.get(token, -2)
        if found == -2 or -1 < found < position:
            found = self._found[token] = self.text.find(token, position)
        return found

    @cached_property
    def environments(self) -> dict[int, int]:
        r"""Where each \begin{..} begins, where its \end{..} ends."""
        matched: dict[int, int] = {}
        open_names: list[tuple[str, int]] = []
        counts: Counter[str] = Counter()
        for token in _ENVIRONMENT.finditer(self.text):
            name = token[2] + token[3]
            if token[1] == "begin":
                open_names.append((name, token.start()))
                counts[name] += 1
            elif counts[name]:
                while True:
                    other, start = open_names.pop()
                    counts[other] -= 1
                    if other == name:
                        break
                matched[start] = token.end()
        return matched

    @cached_property
    def braces(self) -> dict[int, int]:
        """Where each brace that is closed opens, where it closes; escaped braces do not count."""
        return matching(self.text, "{", "}")

    def at(self, position: int, *, to_the_end: bool = False) -> Mathematics | None:
        r"""The mathematics that begins at `position`, if there is any; `to_the_end`: an unclosed $$ runs to the end."""
        text = self.text
        if text.startswith("$$", position) or text.startswith(r"\$\$", position):
            return self._dollars(position, to_the_end=to_the_end)
        if text[position] == "$":
            return self._inline(position)
        if text.startswith(("\\(", "\\\\("), position):
            return self._bracketed(position, "(", ")", Mode.INLINE)
        if text.startswith(("\\[", "\\\\["), position):
            return self._bracketed(position, "[", "]", Mode.DISPLAY)
        if text.startswith("\\begin{", position):
            return self._environment(position)
        return self._definition(position)

    def _dollars(self, position: int, *, to_the_end: bool) -> Mathematics | None:
        first = position + (2 if self.text[position] == "$" else 4)
        closings = [(self.find(token, first), len(token)) for token in ("$$", r"\$\$")]
        last, width = min(((found, width) for found, width in closings if found >= 0), default=(-1, 0))
        if last < 0:
            rest = self.text[first:]
            if not (to_the_end and _SIGN.search(rest.strip()) and not _SENTENCE.search(_WORDING.sub("", rest))):
                return None
            line = rest.partition("\n")[0].rstrip()
            last = first + len(line) - 1 if line.endswith("|") else len(self.text)
            width = 1 if line.endswith("|") else 0
        return Mathematics(Mode.DISPLAY, position, first, last, last + width)

    def _inline(self, position: int) -> Mathematics | None:
        found = _INLINE.match(self.text, position)
        if not found or not found[1].strip() or "\n\n" in found[1]:
            return None
        first, last = found.span(1)
        after = self.text[last + 1 : last + 2]
        if found[1].startswith("`") and found[1].endswith("`") and len(found[1]) > 2:
            return Mathematics(Mode.INLINE, position, first + 1, last - 1, last + 1)
        tight = not found[1][0].isspace() and not found[1][-1].isspace()
        formula = _is_formula(found[1], tight=tight) and ("\\" in found[1] or not after.isdigit())
        return Mathematics(Mode.INLINE, position, first, last, last + 1) if formula else None

    def _bracketed(self, position: int, opening: str, closing: str, mode: Mode) -> Mathematics | None:
        width = 2 if self.text[position + 1] == opening else 3
        token = "\\" * (width - 1)
        first = position + width
        last = self.find(token + closing, first)
        again = self.find(token + opening, first)
        if last < 0 or (0 <= again < last and not self._spacing(again, width)) or not self.text[first:last].strip():
            return None
        if width == 2 and self.text[last - 1] == "\\":  # \\] is the end of a row before a bracket
            return None
        return Mathematics(mode, position, first, last, last + width)

    def _spacing(self, position: int, width: int) -> bool:
        r"""Whether a `\[` is the end of `\\[2pt]`, a row's end with spacing."""
        return width == 2 and position > 0 and self.text[position - 1] == "\\"

    def _environment(self, position: int) -> Mathematics | None:
        name = _ENVIRONMENT.match(self.text, position)
        if not name or name[2] not in ENVIRONMENTS or position not in self.environments:
            return None
        end = self.environments[position]
        mode = Mode.INLINE if name[2] == "math" else Mode.DISPLAY
        return Mathematics(mode, position, position, end, end)

    def _definition(self, position: int) -> Mathematics | None:
        head = _DEFINITION.match(self.text, position)
        if not head or head.end() not in self.braces:
            return None
        end = self.braces[head.end()] + 1
        if head[0].startswith(r"\DeclareMath") and end in self.braces:
            end = self.braces[end] + 1
        return Mathematics(Mode.DISPLAY, position, position, end, end)


def _is_formula(text: str, *, tight: bool) -> bool:
    """Whether what stands between two dollar signs is mathematics: "$5 for me and 3$" is money."""
    worded = _WORDING.sub("", text)
    if not tight:
        return bool(_SIGN.search(text.strip())) and not _TWO_WORDS.search(worded)
    if "\\" in text:
        return True
    if worded[:1].isdigit() and _TWO_WORDS.search(worded):
        return False
    return "=" in text or not _SENTENCE.search(worded)


def matching(text: str, opening: str, closing: str) -> dict[int, int]:
    """The offset of each `opening` that is closed: the offset of its `closing`; what a backslash escapes is none.

    >>> matching("a(b(c)", "(", ")")
    {3: 5}
    """
    matched: dict[int, int] = {}
    opened: list[int] = []
    for token in re.finditer(rf"\\.|[{re.escape(opening)}{re.escape(closing)}]", text, re.DOTALL):
        if token[0] == opening:
            opened.append(token.start())
        elif token[0] == closing and opened:
            matched[opened.pop()] = token.start()
    return matched


def holds_sentence(text: str) -> bool:
    r"""Whether three words stand side by side, outside \text{..}: no mathematics does that.

    >>> holds_sentence(r"a = \text{sum over all paths}"), holds_sentence("and so we have 3")
    (False, True)
    """
    return bool(_SENTENCE.search(_WORDING.sub("", text)))


def holds_words(text: str) -> bool:
    """Whether two words stand side by side, where neither begins a formula.

    >>> holds_words("out net = 3"), holds_words("learning rate is 3")
    (True, True)
    """
    return bool(_TWO_WORDS.search(_WORDING.sub("", text)))
