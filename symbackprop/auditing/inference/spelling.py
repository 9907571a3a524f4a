"""The names of a document as names of a network file, and which spellings are one name."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

from symbackprop.auditing.mathematics.tree import Name
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.names import GREEK, LENGTH

_LETTERS = {letter: name for name, letter in GREEK.items()}
_GREEK = str.maketrans(
    _LETTERS
    | {letter.upper(): name.capitalize() for letter, name in _LETTERS.items()}
    | {"ς": "sigma", "∂": "d", "∇": "nabla", "ℓ": "l", "'": "", "’": "", "′": ""}
)
_SEPARATORS = re.compile(r"[^0-9A-Za-z]+")
_ALPHABET = string.ascii_letters + "_"
_STEM = re.compile(r"(.*?)([0-9]*)", re.ASCII | re.DOTALL)


def ascii_name(name: Name) -> str:
    """The name of a network file that stands for `name`; marks of updated and old values are left out.

    A superscript stands behind the base, as in the textbook notation: w^{(2)}_{11} is w2_11.

    >>> from symbackprop.auditing.documents.source import Span
    >>> ascii_name(Name("w", Span(0, 1), "11", "(2)")), ascii_name(Name("y", Span(0, 1), accent="hat"))
    ('w2_11', 'yhat')
    """
    return _spelt(name.base + name.accent, name.subscript, name.superscript)


@lru_cache(maxsize=65536)
def _spelt(base: str, subscript: str, superscript: str) -> str:
    raised = _plain(superscript)
    head = _plain(base)
    if raised[:1].isdigit() and head[-1:].isdigit():
        head += "_"
    text = head + raised
    if lowered := _plain(subscript):
        text += "_" + lowered
    if not text[:1].isalpha():
        text = "q" + text
    text = text[: LENGTH - 4].rstrip("_")
    return text + "_1" if text in FUNCTIONS else text


def _plain(text: str) -> str:
    """`text` in ASCII letters and digits, what stands between them an underscore, t-1 as tm1."""
    text = unicodedata.normalize("NFKD", text[:LENGTH]).translate(_GREEK).replace("-", "m").replace("−", "m")
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = "".join(
        character if character.isascii() or not character.isalnum() else f"u{ord(character):x}" for character in text
    )
    return _SEPARATORS.sub("_", text).strip("_")


def key(name: Name) -> str:
    """What all spellings of a name have in common: w5, w_5 and w_{5}, out_{O1} and out_{o1}.

    >>> from symbackprop.auditing.documents.source import Span
    >>> key(Name("w5", Span(0, 2))) == key(Name("w", Span(0, 3), "5"))
    True
    """
    return key_of(ascii_name(name))


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """The same of a name of a network file."""
    head, _, tail = text.partition("_")
    parts = [part for part in tail.lower().split("_") if part]
    joint = "" if all(len(part) == 1 for part in parts) else "_"
    return head + joint.join(parts)


def numbered(text: str) -> tuple[str, int | None]:
    """(stem, number): net_h1 gives net_h and 1; the number is None where the name does not end in one.

    >>> numbered("net_h12"), numbered("E_total")
    (('net_h', 12), ('E_total', None))
    """
    match = _STEM.fullmatch(text)
    assert match is not None
    return (match[1], int(match[2])) if match[2] and len(match[2]) < 7 else (text, None)


@lru_cache(maxsize=65536)
def pattern(text: str) -> tuple[str, int | None]:
    """(pattern, number) of a name that tells its unit by its last number: Z_1_in gives Z_#_in and 1.

    >>> pattern("Z_1_in"), pattern("net_h2"), pattern("E_total")
    (('Z_#_in', 1), ('net_h#', 2), ('E_total', None))
    """
    end = len(text.rstrip(_ALPHABET))
    stem, number = numbered(text[:end])
    return (text, None) if number is None else (f"{stem}#{text[end:]}", number)


def with_number(text: str, number: int) -> str:
    """The name with another unit's number: Z_1_in with 2 is Z_2_in."""
    return pattern(text)[0].replace("#", str(number))
