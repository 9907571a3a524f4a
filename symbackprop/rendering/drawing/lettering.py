"""Lines of names, numbers and words in a picture: what they are made of, how they are lettered, how wide they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symbackprop.expressions.names import GREEK, parts, split_partial, why_no_name
from symbackprop.rendering.escaping import writable

LONGEST = 20  # characters of a name that are all shown
HEAD, TAIL = 11, 7  # of a longer one
SMALLER = 0.75  # raised and lowered pieces, beside the others
_WORD = 3  # letters of an index that make a word, which stands upright
_CAPITALS = {
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}
_NARROW, _WIDE = frozenset("fijlrstI.,:;|()/ '"), frozenset("mwMW∂…=−+×")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a quantity, plain or derived."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal as printed."""

    decimal: str


@dataclass(frozen=True, slots=True)
class Words:
    """Anything else, upright."""

    text: str


Line = tuple[Name | Number | Words, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in one style; `level` is 1 where they are raised, -1 where they are lowered."""

    text: str
    italic: bool = False
    level: int = 0


def equation(name: str, value: str) -> Line:
    """Name = value, or the name alone where there is no value."""
    return (Name(name), Words(" = "), Number(value)) if value else (Name(name),)


def lettered(line: Line) -> tuple[Piece, ...]:
    """The pieces of a line: letters in italics, indices lowered, layers and the plus of an update raised.

    >>> [(piece.text, piece.level) for piece in lettered(equation("net_h1", "-0.5"))]
    [('net', 0), ('h', -1), ('1', -1), (' = −0.5', 0)]
    >>> "".join(piece.text for piece in lettered((Name("dE_total/ddelta2_1"),)))
    '∂Etotal/∂δ(2)1'
    """
    return tuple(_joined(piece for part in line for piece in _pieces(part)))


def width(line: Line, size: float) -> float:
    """About how wide a line is in a serif typeface of `size`; rather too wide than too narrow."""
    return sum(advance(piece, size) for piece in lettered(line))


def advance(piece: Piece, size: float) -> float:
    """About how wide a piece is."""
    return size * (SMALLER if piece.level else 1.0) * sum(map(_advance, piece.text))


def abridged(name: str) -> tuple[str, str]:
    """The beginning and the end of a name of many characters, that is shown without its middle; else it and "".

    The plus of an update stays with the beginning, and is no character of the name; what is no name is left whole.

    >>> abridged("a_name_that_no_circle_has_room_for+")
    ('a_name_that+', 'oom_for')
    """
    plain = name.removesuffix("+")
    if len(plain) <= LONGEST or why_no_name(plain):
        return name, ""
    return plain[:HEAD].rstrip("_") + name[len(plain) :], plain[-TAIL:].lstrip("_")


def _pieces(part: Name | Number | Words) -> tuple[Piece, ...]:
    match part:
        case Name(name):
            return tuple(_name(name))
        case Number(decimal):
            return _number(decimal)
        case Words(text):
            before, after = " " * text.startswith(" "), " " * (text.endswith(" ") and text != " ")
            return (Piece(before + writable(text) + after),)


def _name(name: str) -> Iterator[Piece]:
    if pair := split_partial(name):
        yield from (Piece("∂"), *_name(pair[0]), Piece("/∂"), *_name(pair[1]))
        return
    plain = name.removesuffix("+")
    if why_no_name(plain):
        yield Piece(writable(name))
        return
    head, tail = abridged(name)
    base, layer, index = parts(head.removesuffix("+"))
    yield Piece(_letter(base), italic=True)
    yield Piece((f"({layer})" if layer else "") + ("+" if name.endswith("+") else ""), level=1)
    for place, entry in enumerate(entry for entry in index.split("_") if entry):
        yield from (Piece("," if place else "", level=-1), *_index(entry))
    if tail:
        yield Piece("…" + tail.replace("_", ","), level=-1 if index else 0)


def _letter(base: str) -> str:
    if len(base) == 4 and base.endswith("hat"):
        return base[0] + "\u0302"
    return GREEK.get(base) or _CAPITALS.get(base, base)


def _index(entry: str) -> Iterator[Piece]:
    """An index: single letters in italics, digits and words upright."""
    word = sum(character.isalpha() for character in entry) >= _WORD
    return (Piece(character, character.isalpha() and not word, -1) for character in entry)


def _number(decimal: str) -> tuple[Piece, ...]:
    """A decimal with a real minus; 3.5e-12 as 3.5·10 to the -12."""
    mantissa, _, exponent = decimal.lower().partition("e")
    shown = mantissa.replace("-", "−")
    if not exponent:
        return (Piece(shown),)
    before = shown[:-1] if shown in ("1", "−1") else f"{shown}·"
    return (Piece(f"{before}10"), Piece(str(int(exponent)).replace("-", "−"), level=1))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with neighbours of one style put together and empty ones left out."""
    line: list[Piece] = []
    for piece in pieces:
        if line and (line[-1].italic, line[-1].level) == (piece.italic, piece.level):
            line[-1] = Piece(line[-1].text + piece.text, piece.italic, piece.level)
        elif piece.text:
            line.append(piece)
    return line


def _advance(character: str) -> float:
    if character in _NARROW:
        return 0.33
    return 0.7 if character in _WIDE or character.isupper() else 0.53
