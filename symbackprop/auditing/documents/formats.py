"""The formats of documents, one table entry each, and how a document is read: a file or a text -> Source and Blocks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from symbackprop.auditing.documents import html, latex, markdown, notebook, plain
from symbackprop.auditing.documents.source import Block, Source
from symbackprop.errors import LimitError, Place, SymbackpropError, did_you_mean

BYTES = 4_000_000  # of one document
MARKS = 300_000  # characters in it that may mean something, line ends among them: each costs some microseconds


@dataclass(frozen=True, slots=True)
class Format:
    """A way in which documents are written: the endings of its files' names, and how its text is read."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], tuple[Block, ...]]


_ENTRIES = (
    Format("markdown", (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), markdown.read),
    Format("plain", (".txt", ".text", ".rst"), plain.read),
    Format("latex", (".tex", ".ltx", ".latex"), latex.read),
    Format("notebook", (".ipynb",), notebook.read),
    Format("html", (".html", ".htm", ".xhtml"), html.read),
)

FORMATS: dict[str, Format] = {entry.name: entry for entry in _ENTRIES}

_MARKING = "\n\\$`*_~<&!|[]#"
_TOLD_BY = (
    ("notebook", re.compile(r"\s{0,99}\{\s{0,99}\"(?:cells|metadata|nbformat|worksheets)\"")),
    ("html", re.compile(r"(?i)\s{0,99}<(?:!doctype html|html|head|body|\?xml)\b")),
    ("latex", re.compile(r"[^$]{0,2000}?\\(?:documentclass|begin\{document\}|section\*?\{)")),
    ("markdown", re.compile(r"(?ms).*?(?:\$[^$\n]+\$|\\[(\[]|`|^[ \t]*\||^#{1,6} )")),
)


def read_document(path: str | os.PathLike[str]) -> tuple[Source, tuple[Block, ...]]:
    """The document in a file, and its blocks; the format is told by the ending of its name, or else by what is in it.

    Raises `SymbackpropError` where the file cannot be read or is no text in UTF-8, `LimitError` where it is too large.
    """
    name = os.fspath(path)
    try:
        with open(path, "rb") as stream:
            data = stream.read(BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SymbackpropError(
            f"the document cannot be read: {reason}", hint="give the path of a text file", place=Place(name)
        ) from None
    if len(data) > BYTES:
        raise LimitError(f"a document of more than {BYTES} bytes", hint=f"at most {BYTES} are read", place=Place(name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, name) from None
    return read_text(text, name)


def read_text(
    text: str,
    name: str = "",
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> tuple[Source, tuple[Block, ...]]:
    r"""The document that a text is, and its blocks; `format` is one of FORMATS; None: it is told.

    Raises `SymbackpropError` for an unknown format and for a text that is none, `LimitError` where it is too long.

    >>> source, blocks = read_text("so $a_1 = 2$", "sheet.md")
    >>> [(run.mode.value, run.text, source.place(run.places[0])) for run in blocks[0].runs]
    [('prose', 'so ', (1, 1)), ('inline', 'a_1 = 2', (1, 5))]
    """
    if len(text) > BYTES:
        raise LimitError(f"a document of {len(text)} characters", hint=f"at most {BYTES} are read", place=Place(name))
    if (marks := sum(text.count(mark) for mark in _MARKING)) > MARKS:
        hint = f"at most {MARKS} are read: part the document"
        raise LimitError(f"a document with {marks} lines, delimiters and other marks", hint=hint, place=Place(name))
    source = Source(name, text.removeprefix("\ufeff"))
    if (position := source.text.find("\0")) >= 0:
        line, column = source.place(position)
        raise SymbackpropError(
            "a NUL character: this is no text", hint="documents are text, in UTF-8", place=Place(name, line, column)
        )
    if format is not None and format not in FORMATS:
        raise SymbackpropError(f"unknown format {format!r}", hint=did_you_mean(format, FORMATS))
    return source, FORMATS[format or told(name, source.text)].read(source)


def told(name: str, text: str) -> str:
    """The name of the format of a document, by the ending of its name or else by what is in it.

    >>> told("notes.md", ""), told("notes", "a = 1"), told("notes", "so $a = 1$")
    ('markdown', 'plain', 'markdown')
    """
    suffix = Path(name).suffix.lower()
    for entry in _ENTRIES:
        if suffix in entry.suffixes:
            return entry.name
    for format_name, mark in _TOLD_BY:
        if mark.match(text):
            return format_name
    return "plain"


def _not_utf8(data: bytes, position: int, name: str) -> SymbackpropError:
    if b"\0" in data[:BYTES]:
        return SymbackpropError("this is no text", hint="documents are text, in UTF-8", place=Place(name))
    before = data[:position].decode(errors="replace").removeprefix("\ufeff")
    line = before.rpartition("\n")[2]
    place = Place(name, before.count("\n") + 1, len(line) + 1, line)
    return SymbackpropError(f"byte {data[position]:#04x} is no UTF-8", hint="save the document in UTF-8", place=place)
