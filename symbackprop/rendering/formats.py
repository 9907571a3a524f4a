"""The formats in which a working is written, one table entry each. A format is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symbackprop.errors import SymbackpropError, did_you_mean

if TYPE_CHECKING:
    from symbackprop.evaluation.worked import Working


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a working: `document` makes the whole, `fragment` the part that another document takes in."""

    name: str
    document: Callable[[Working], str]
    fragment: Callable[[Working], str] | None = None


def _text(working: Working) -> str:
    from symbackprop.rendering import text

    return text.document(working)


def _markdown(working: Working) -> str:
    from symbackprop.rendering import markdown

    return markdown.document(working)


def _latex(working: Working) -> str:
    from symbackprop.rendering import latex

    return latex.document(working)


def _latex_fragment(working: Working) -> str:
    from symbackprop.rendering import latex

    return latex.fragment(working)


def _json(working: Working) -> str:
    from symbackprop.rendering import json_document

    return json_document.document(working)


_ENTRIES = (
    Format("text", _text),
    Format("markdown", _markdown),
    Format("latex", _latex, _latex_fragment),
    Format("json", _json),
)

FORMATS: dict[str, Format] = {entry.name: entry for entry in _ENTRIES}


def render(working: Working, format: str, fragment: bool = False) -> str:  # noqa: A002 - the word of the command line
    """`working` in a format of the table; with `fragment`, the part of it that another document takes in.

    Raises `SymbackpropError` for an unknown format, and for a fragment of a format that has none.
    """
    if format not in FORMATS:
        raise SymbackpropError(f"unknown format {format!r}", hint=did_you_mean(format, FORMATS))
    entry = FORMATS[format]
    if not fragment:
        return entry.document(working)
    if entry.fragment is None:
        with_fragments = ", ".join(other.name for other in _ENTRIES if other.fragment)
        raise SymbackpropError(f"there are no fragments of {format}", hint=f"formats that have them: {with_fragments}")
    return entry.fragment(working)
