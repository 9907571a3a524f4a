r"""What a user may have written anywhere, title and source above all, made harmless for each format.

In LaTeX nothing of it is a command and all of it is ASCII; in Markdown nothing of it is markup; on a terminal nothing
of it is an escape sequence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from symbackprop.expressions.names import GREEK

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "‐": "-", "‑": "-",
    "–": "--", "—": "---", "−": "$-$", "‘": "`", "’": "'", "‚": ",", "“": "``", "”": "''", "„": ",,",
    "…": r"\dots{}", "·": r"$\cdot$", "×": r"$\times$", "±": r"$\pm$", "∂": r"$\partial$", "≈": r"$\approx$",
    "→": r"$\to$", "⋮": r"$\vdots$", "⋯": r"$\cdots$", "°": r"$^{\circ}$", "§": r"\S{}", "©": r"\copyright{}",
    "ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}", "Ø": r"\O{}", "ł": r"\l{}",
    "Ł": r"\L{}", "ı": r"\i{}",
}  # fmt: skip
_LATEX |= {letter: rf"$\{name}$" for name, letter in GREEK.items() if name != "omicron"}
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0331": "b",
}  # fmt: skip
_MARKUP = re.compile(r"([\\`*_\[\]#|~])")
_NOWHERE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def one_line(text: str) -> str:
    r"""`text` in one line, without control characters and marks that reorder what is shown.

    >>> one_line("a\x1b[31m\n b")
    'a [31m b'
    """
    return " ".join(_CONTROLS.sub(" ", text).split())


def writable(text: str) -> str:
    r"""`text` in one line, of characters that every file format can hold.

    >>> writable("a\x00\ud800 b")
    'a \ufffd b'
    """
    return _NOWHERE.sub("\ufffd", one_line(text))


def latex_text(text: str) -> str:
    r"""`text` for LaTeX in plain ASCII; accents are kept, what pdflatex cannot set is shown as a question mark.

    >>> print(latex_text(r"50% of \input{x}, Erdős"))
    50\% of \textbackslash{}input\{x\}, Erd\H{o}s
    """
    return "".join(map(_latex_character, unicodedata.normalize("NFC", one_line(text))))


def _latex_character(character: str) -> str:
    if character in _LATEX:
        return _LATEX[character]
    if character.isascii():
        return character
    plain = unicodedata.normalize("NFKD", character)
    base, marks = plain[:1], plain[1:]
    if base.isascii() and marks and all(mark in _ACCENTS for mark in marks):
        letter = rf"\{base}" if base in "ij" else base
        for mark in marks:
            letter = rf"\{_ACCENTS[mark]}{{{letter}}}"
        return letter
    return "".join(_LATEX.get(part, part) for part in plain) if plain.isascii() else "?"


def markdown_text(text: str) -> str:
    r"""`text` for GitHub-flavoured Markdown, every mark of it as it stands.

    >>> print(markdown_text("*a* <b> $5"))
    \*a\* &lt;b&gt; <span>$</span>5
    """
    escaped = _MARKUP.sub(r"\\\1", one_line(text).replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace("$", "<span>$</span>")


def spaced(escape: Callable[[str], str], words: str) -> str:
    r"""`words` escaped, the blank before and after them kept: they stand between names.

    >>> spaced(latex_text, " is leaky_relu ")
    ' is leaky\\_relu '
    """
    core = words.strip()
    before, after = (" " if words.startswith(" ") else ""), (" " if words.endswith(" ") else "")
    return before + escape(core) + after if core else words


def visible(text: str) -> str:
    r"""`text` with a question mark for what a terminal does not show as itself, a blank for a tab; offsets hold.

    >>> visible("a\tb\x1b[31m\u202e")
    'a b?[31m?'
    """
    return "".join(c if c.isprintable() else " " if c == "\t" else "?" for c in text)


def harmless(text: str) -> str:
    r"""`text` for a page: a replacement character for what is not seen as itself, marks that reorder above all.

    Lines, tabs and blanks of every width are kept.

    >>> harmless("a\x00b\u202ec\n")
    'a\ufffdb\ufffdc\n'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or _is_blank(c) else "\ufffd" for c in text)


def _is_blank(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) == "Zs"
