"""The parts of a name: what its subscripts and superscripts say, and which of them mark a value before or after."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TypeVar

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.symbols import ACCENTS
from symbackprop.auditing.mathematics.tree import Name, Node, Partial
from symbackprop.auditing.mathematics.vocabulary import AFTER, BEFORE, NEW, OLD

N = TypeVar("N", bound=Node)

_NEW, _OLD = NEW | AFTER, OLD | BEFORE
_PIECES = re.compile(r"[,;_ ]+")
_ENDING = re.compile(r"(.*[0-9}])(new|New|NEW|old|Old)")
_PREFIX = re.compile(r"(new|New|old|Old)(?=[A-Z0-9])(.+)")
_INITIAL = re.compile(r"[wWvVuUbBθ][0-9]{0,3}|bias|theta")
_PARAMETER = re.compile(r"[wWvVuUbBθ][A-Za-z0-9]{0,3}|bias|weight|Bias|Weight")
RAISED = re.compile(  # a superscript that belongs to the name and is no exponent
    r"\((?![0-9.]+[-+*][0-9.]+\))[A-Za-z0-9α-ω]+([-+][0-9A-Za-z]+)?(,[A-Za-z0-9]+)*\)|\[[A-Za-z0-9]+([-+][0-9]+)?\]"
    r"|[tlL]([-+][0-9]+)?|[A-Za-z]{2,}[0-9]*|[ohfijcg]|[A-Za-z]+→[A-Za-z]+"
)
BEFORE_SUBSCRIPT = re.compile(r"[A-Za-z]([-+][0-9]+)?|[0-9]{1,2}")  # a^3_j is no power


@dataclass(slots=True)
class Parts:
    """A name while it is being read."""

    base: str
    accent: str = ""
    subscript: str = ""
    superscript: str = ""
    primes: int = 0
    updated: bool = False
    old: bool = False
    transposed: bool = False

    @classmethod
    def of(cls, name: Name) -> Parts:
        """The parts of a name that stood in braces."""
        return cls(name.base, name.accent, name.subscript, name.superscript, 0, name.updated, name.old)

    def lower(self, text: str) -> None:
        """Takes a subscript in: 5, "5,new", new."""
        kept = self._marks(text)
        between = "," if self.subscript[-1:].isdigit() and kept[:1].isdigit() else ""
        self.subscript += between + kept

    def rise(self, text: str) -> None:
        """Takes a superscript in that is no exponent: (2), t-1, +, new, *."""
        if text in ("+", "++"):
            self.updated = True
        elif text == "*":
            if self.parameter:
                self.updated = True
            else:
                self.superscript += "*"
        else:
            self.superscript += self._marks(text.strip("()") if text.strip("()") in NEW | OLD else text)

    def _marks(self, text: str) -> str:
        pieces = [piece for piece in _PIECES.split(text) if piece]
        kept = [piece for piece in pieces if piece not in _NEW and piece not in _OLD]
        self.updated |= any(piece in _NEW for piece in pieces)
        self.old |= any(piece in _OLD for piece in pieces)
        if len(kept) == len(pieces):
            return text
        return ("," if "," in text else "_").join(kept)

    @property
    def parameter(self) -> bool:
        """Whether the name is that of a weight or a bias, so that a prime or a star means its new value."""
        return is_parameter(self.base)

    def name(self, span: Span) -> Name:
        """The name that was read, the last marks resolved."""
        base = self.base
        if self.primes:
            if self.parameter and self.primes == 1:
                self.updated = True
            else:
                self.superscript += "'" * self.primes
        if base in NEW | OLD and self.subscript and base not in ("alt", "ny", "update"):  # new_w0
            self.updated |= base in NEW
            self.old |= base in OLD
            base, _, self.subscript = self.subscript.partition("_")
        elif found := _ENDING.fullmatch(base):  # w5new
            base = found[1]
            self.updated |= found[2].lower() == "new"
            self.old |= found[2].lower() == "old"
        elif found := _PREFIX.fullmatch(base):  # newW5
            base = found[2]
            self.updated |= found[1].lower() == "new"
            self.old |= found[1].lower() == "old"
        base, accent = unaccented(base)
        return Name(base, span, self.subscript, self.superscript, self.accent or accent, self.updated, self.old)


def is_parameter(base: str) -> bool:
    """Whether the name of a weight or a bias begins so: w, w35, θ, bias."""
    return bool(_PARAMETER.fullmatch(base))


def is_initial(name: Name | Partial) -> bool:
    """Whether it is the name of a weight or a bias as it is before an update, whose number is given: w, w35, θ."""
    return isinstance(name, Name) and not name.updated and bool(_INITIAL.fullmatch(name.base))


def updated(node: N) -> N | Name:
    """A name as that of the value after an update; of anything else, itself."""
    return replace(node, updated=True) if isinstance(node, Name) else node


def unaccented(base: str) -> tuple[str, str]:
    """(y, hat) of ŷ: only of a single letter, or of one after the d of a differential, with digits after it.

    >>> unaccented("ŷ1")
    ('y1', 'hat')
    """
    if base.isascii():
        return base, ""
    split = unicodedata.normalize("NFD", base)
    letters = [character for character in split if character.isalpha()]
    accents = [ACCENTS[character] for character in split if character in ACCENTS]
    if len(letters) == 1 and len(accents) == 1:
        return "".join(character for character in split if character not in ACCENTS), accents[0]
    return base, ""


def flat(pieces: list[str]) -> str:
    """The pieces of a subscript as plain text: h1 of h_1, t-1 of "t -1"."""
    out = ""
    for index, piece in enumerate(pieces):
        if piece == "_":
            after = pieces[index + 1] if index + 1 < len(pieces) else ""
            out += "" if out[-1:].isalpha() and after[:1].isdigit() else "_"
        else:
            out += piece
    return out
