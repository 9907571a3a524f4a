"""TOML text -> dict: bounded before it is read, decimals as they are written, and what is no TOML with its place."""

from __future__ import annotations

import re
import tomllib
from collections import deque
from typing import Any

from symbackprop.errors import LimitError, NetworkError, Place
from symbackprop.network.entries import STRING, Entry, Keys, entries, place_at, tokens

BYTES = 4_000_000  # of one file
LINES = 200_000  # of one file
LINE = 100_000  # characters of one line
WORD = 256  # characters of a number, or of a part of a key that is not in quotes
PARTS = 8  # of one dotted key
NESTING = 16  # brackets inside each other
ENTRIES = 60_000  # keys, sections, values of lists, and parts of keys after the second

_STRUCTURE = re.compile(
    rf"(?:{STRING})|\#[^\n]*|\n(?>\s+|\#[^\n]*)*+|[\[\]{{}}=,.]|(?<![\w+-])[\w+-]{{{WORD + 1},}}",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Numeral(str):
    """A decimal as it is written: a number, not text."""

    __slots__ = ()


def read_toml(text: str, file: str = "") -> dict[str, Any]:
    r"""What `text` holds; decimals are `Numeral`, whole numbers int.

    Raises `LimitError` for what is too large or too deep, `NetworkError` for what is no TOML, with the place.

    >>> read_toml("[inputs]\nx = 0.10")
    {'inputs': {'x': '0.10'}}
    """
    _require_bounds(text, file)
    try:
        return tomllib.loads(text, parse_float=Numeral)
    except ValueError as error:
        raise _syntax_error(str(error), text, file) from None


def _require_bounds(text: str, file: str) -> None:
    if len(text) > BYTES:
        raise LimitError(f"a text of {len(text)} characters", hint=f"at most {BYTES} are read", place=Place(file))
    lines = text.split("\n")
    if len(lines) > LINES:
        raise LimitError(f"a text of {len(lines)} lines", hint=f"at most {LINES} are read", place=Place(file))
    for number, line in enumerate(lines, start=1):
        if len(line) > LINE:
            place = Place(file, number, LINE + 1, line)
            raise LimitError(f"a line of {len(line)} characters", hint=f"at most {LINE} are read", place=place)
    parts, depth, count = 1, 0, 0
    for match in _STRUCTURE.finditer(text):
        match match[0][0]:
            case "[" | "{":
                parts, depth, count = 1, depth + 1, count + 1
            case "=" | ",":
                parts, count = 1, count + 1
            case "]" | "}":
                depth -= 1
            case ".":
                parts, count = parts + 1, count + (parts > 1)
            case "\n":
                parts = 1
            case '"' | "'" | "#":
                continue
            case _:
                raise _too_much(match, file, f"{WORD} characters in a word", "text is in quotes")
        if depth < 0:
            return  # no TOML: what stands behind this bracket will not be read
        if parts > PARTS:
            raise _too_much(match, file, f"{PARTS} parts in a key", "a key has one part, or two: training.cost")
        if depth > NESTING:
            raise _too_much(match, file, f"{NESTING} brackets inside each other", "sections and lists are flat")
        if count > ENTRIES:
            raise _too_much(match, file, f"{ENTRIES} entries", "no larger network is read")


def _too_much(match: re.Match[str], file: str, what: str, hint: str) -> LimitError:
    return LimitError(f"more than {what}", hint=hint, place=place_at(match.start(), match.string, file))


_HINTS = {
    "Invalid value": 'a value is a number such as 0.5, or text in quotes: out_h1 = "sigmoid(net_h1)"',
    "Expected '=' after a key": 'an entry is key = value; a key with marks in it is in quotes: "w_5+" = 0.36',
    "Invalid statement": 'a line is a [section], key = value, or a # comment; a key with marks is in quotes: "w_5+"',
    "Invalid initial character for a key": 'a key begins with a letter; one with marks in it is in quotes: "w_5+"',
    "Expected newline": "an entry has a line of its own; decimals have a point, text is in quotes",
    "Unclosed inline table": "a section in { } stands on one line",
    "Illegal character '\\n'": "the closing quotes are missing",
    "Unescaped '\\'": "in quotes a backslash is written twice",
}


def _syntax_error(message: str, text: str, file: str) -> NetworkError:
    repeated = _repeated(text) if re.search("overwrite|twice|Duplicate", message) else None
    if repeated:
        first, again = repeated
        name = ".".join(part for part in again.path if isinstance(part, str))
        hint = f"first on line {place_at(first.parts[0], text).line}"
        place = place_at(again.parts[-1], text, file)
        return NetworkError(f"{name[:WORD]!r} stands there twice", hint=hint, place=place)
    where = _WHERE.search(message)
    reason = message[: where.start()] if where else message
    if where and where[1]:
        line, column = int(where[1]), int(where[2])
        place = Place(file, line, column, text.split("\n")[line - 1])
    else:
        place = place_at(_end(text), text, file)
    hint = next((hint for begin, hint in _HINTS.items() if reason.startswith(begin)), "")
    return NetworkError(f"this is no TOML: {reason[:WORD]}", hint=hint, place=place)


def _end(text: str) -> int:
    """Where the text of a file that ends too early comes to its end, or the quotes begin that are not closed."""
    last = deque(tokens(text), maxlen=1)
    if last and last[0].lastgroup == "string" and last[0].end() == len(text):
        return last[0].start()
    return len(text.rstrip())


def _repeated(text: str) -> tuple[Entry, Entry] | None:
    """The first entry that is given again, and where it is."""
    seen: dict[Keys, Entry] = {}
    for entry in entries(text):
        if entry.path in seen:
            return seen[entry.path], entry
        seen[entry.path] = entry
    return None
