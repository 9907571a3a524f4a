"""One key for all spellings of a name: w^{(2)}_{11}, W2_11 and w₁₁⁽²⁾ differ in it by the case of a letter only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from symbackprop.auditing.mathematics.tree import Name, Node, Partial, walk
from symbackprop.expressions.names import GREEK

LENGTH = 64  # of a document's name that is looked at

_LETTERS = (
    {letter: name for name, letter in GREEK.items()}
    | {letter.upper(): name.capitalize() for name, letter in GREEK.items()}
    | {"ς": "sigma", "∂": "d", "∆": "Delta", "∇": "grad", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar"}
)
_ACCENTS = {"tilde": ("tilde", "til"), "bar": ("bar", "mean"), "hat": ("hat", "h")}
_SHORT = {name: name[:3] for name in GREEK if len(name) > 4}  # epsilon is eps, lambda is lam
_WORDS = ("target", "output", "outputs", "out", "net", "error", "err", "bias", "input", "delta")
_TRAILING = re.compile(r"(.*?)(\d*)")
_HEAD = re.compile(r"([A-Za-z]+)(\d*)(.*)")


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """`text` without marks, Greek letters by their names; a sign stays, for h_{t-1} is not h_{t1}.

    >>> key("w_{H21.H11}"), key("δ_o1"), key("ŷ"), key("Z₁(in)")
    ('wH21H11', 'deltao1', 'yhat', 'Z1in')
    """
    spelt = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFKD", text[:LENGTH]))
    return "".join("-" if letter == "−" else letter for letter in spelt if letter.isalnum() or letter in "+-−")


@lru_cache(maxsize=65536)
def keys(base: str, superscript: str, subscript: str, accent: str) -> tuple[str, ...]:
    """The keys of a name in its parts, the likeliest first: the superscript stands for a layer, or is the last part.

    >>> keys("m", "", "2", "hat"), keys("ε", "", "", "")
    (('mhat2', 'm2hat', 'mh2', 'm2h'), ('epsilon', 'eps'))
    """
    above, below = key(superscript), key(subscript)
    accents = _ACCENTS.get(accent, (accent,))
    bases = (key(base), *filter(None, (_SHORT.get(key(base)),)))
    orders = [
        order
        for spelt in bases
        for mark in accents
        for order in (
            spelt + mark + above + below,
            spelt + mark + below + above,
            spelt + above + below + mark,
        )
    ]
    return tuple(dict.fromkeys(orders))


def keys_of(name: Name) -> tuple[str, ...]:
    """The keys of a document's name."""
    return keys(name.base, name.superscript, name.subscript, name.accent)


def written(node: Node) -> str:
    """A name or a partial on one line, as a key of a mapping.

    >>> from symbackprop.auditing.documents.source import Span
    >>> here = Span(0, 1)
    >>> written(Partial(Name("E", here), Name("w", here, subscript="ij"), here))
    '∂E/∂w_ij'
    """
    match node:
        case Name():
            return node.text
        case Partial(of, by):
            return f"∂{written(of)}/∂{written(by)}"
        case _:
            return "?"


@lru_cache(maxsize=65536)
def split_word(spelt: str) -> tuple[str, str]:
    """(letters, index) of a key: Input0 is Input and 0, targeto1 is target and o1, yhat is yhat alone.

    >>> split_word("Input0"), split_word("targeto1"), split_word("yhat"), split_word("neth2")
    (('Input', '0'), ('target', 'o1'), ('yhat', ''), ('net', 'h2'))
    """
    match = _HEAD.fullmatch(spelt)
    if match is None:
        return spelt, ""
    letters, digits, rest = match.groups()
    for word in _WORDS:
        if letters.lower().startswith(word) and len(letters) in (len(word) + 1, len(word)):
            return letters[: len(word)], letters[len(word) :] + digits + rest
    return letters, digits + rest


@lru_cache(maxsize=65536)
def index_parts(name: str) -> tuple[str, ...]:
    """The parts of the index of a network's name: out_h1 has h1, a1_2 has 1 and 2, Z_1_in has 1, target none.

    >>> index_parts("out_h1"), index_parts("a1_2"), index_parts("Z_1_in"), index_parts("targeto1")
    (('h1',), ('1', '2'), ('1',), ('o1',))
    >>> index_parts("y_true")
    ()
    """
    head, *rest = [token for token in name.split("_") if token]
    parts = [split_word(head)[1], *rest]
    numbered = tuple(part for part in parts if any(letter.isdigit() for letter in part))
    return numbered or tuple(part for part in parts if len(part) == 1)


def trailing_digits(spelt: str) -> tuple[str, str]:
    """(the rest, the digits at its end)."""
    match = _TRAILING.fullmatch(spelt)
    assert match is not None
    return match[1], match[2]


def split_index(name: Name) -> tuple[str, str]:
    """(letters, index) of a document's name; an index may begin in the base, as that of δ2_1 does.

    >>> from symbackprop.auditing.documents.source import Span
    >>> split_index(Name("l1", Span(0, 8), "delta"))
    ('delta', 'l1')
    """
    base, index = key(name.base), key(name.superscript) + key(name.subscript)
    first, _, unit = name.base.partition(" ")
    if first.casefold() == "delta" and unit.isalnum() and not index:  # delta output
        return first.casefold(), unit
    if index == "delta" and base:  # output_delta, as programs write it
        return index + name.accent, base
    letters, digits = trailing_digits(base) if index else split_word(base)
    return letters + name.accent, digits + index


def letter_of(name: Name) -> str:
    """What a name begins with, before its index.

    >>> from symbackprop.auditing.documents.source import Span
    >>> here = Span(0, 4)
    >>> letter_of(Name("δ", here, "o1")), letter_of(Name("δ2", here, "1")), letter_of(Name("Err5", here))
    ('delta', 'delta', 'Err')
    """
    return split_index(name)[0]


def bears(node: Node, letter: str) -> bool:
    """Whether a name in a tree begins with a letter, before its index."""
    return any(isinstance(part, Name) and letter_of(part) == letter for part in walk(node))
