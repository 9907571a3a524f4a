"""The formats in which a working is written, one table entry each. A format is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symbackprop.errors import SymbackpropError, did_you_mean

if TYPE_CHECKING:
    from symbackprop.checking.report import Report
    from symbackprop.evaluation.training import Record
    from symbackprop.evaluation.worked import Working


@dataclass(frozen=True, slots=True)
class Shown:
    """What is written: a working, how its steps were confirmed, and its training run, where these are known.

    `too_large` tells that the steps were not confirmed because there are so many.
    """

    working: Working
    report: Report | None = None
    records: tuple[Record, ...] = ()
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a working: `document` makes the whole, `fragment` the part that another document takes in.

    `confirmed` tells that it shows how the steps were confirmed, too.
    """

    name: str
    document: Callable[[Shown], str]
    fragment: Callable[[Shown], str] | None = None
    confirmed: bool = False


def _text(shown: Shown) -> str:
    from symbackprop.rendering import text

    return text.document(shown.working)


def _markdown(shown: Shown) -> str:
    from symbackprop.rendering import markdown

    return markdown.document(shown.working)


def _latex(shown: Shown) -> str:
    from symbackprop.rendering import latex

    return latex.document(shown.working)


def _latex_fragment(shown: Shown) -> str:
    from symbackprop.rendering import latex

    return latex.fragment(shown.working)


def _json(shown: Shown) -> str:
    from symbackprop.rendering import json_document

    return json_document.document(shown.working)


def _html(shown: Shown) -> str:
    from symbackprop.rendering.page import derivation

    return derivation.document(shown)


def _html_fragment(shown: Shown) -> str:
    from symbackprop.rendering.page import derivation

    return derivation.fragment(shown)


_ENTRIES = (
    Format("text", _text),
    Format("markdown", _markdown),
    Format("latex", _latex, _latex_fragment),
    Format("json", _json),
    Format("html", _html, _html_fragment, confirmed=True),
)

FORMATS: dict[str, Format] = {entry.name: entry for entry in _ENTRIES}


def render(shown: Shown, format: str, fragment: bool = False) -> str:  # noqa: A002 - the word of the command line
    """A working in a format of the table; with `fragment`, the part of it that another document takes in.

    Raises `SymbackpropError` for an unknown format, and for a fragment of a format that has none.
    """
    if format not in FORMATS:
        raise SymbackpropError(f"unknown format {format!r}", hint=did_you_mean(format, FORMATS))
    entry = FORMATS[format]
    if not fragment:
        return entry.document(shown)
    if entry.fragment is None:
        with_fragments = ", ".join(other.name for other in _ENTRIES if other.fragment)
        raise SymbackpropError(f"there are no fragments of {format}", hint=f"formats that have them: {with_fragments}")
    return entry.fragment(shown)


def is_confirmed(format: str) -> bool:  # noqa: A002 - the word of the command line
    """Whether a format shows how the steps were confirmed."""
    return format in FORMATS and FORMATS[format].confirmed


def pdf(shown: Shown) -> bytes:
    """A working as a PDF, by pdflatex where it and its packages are there, else by Chromium.

    See `symbackprop.rendering.pdf`.
    """
    from symbackprop.rendering.pdf import MissingPackageError, has_chromium, has_pdflatex, pdf_of_latex, pdf_of_page

    if has_pdflatex():
        try:
            return pdf_of_latex(render(shown, "latex"))
        except MissingPackageError:
            if not has_chromium():
                raise
    return pdf_of_page(render(shown, "html"))
