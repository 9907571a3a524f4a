"""Where the entries of a TOML text stand: a walk over its tokens that knows of keys, sections, lists and strings."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from symbackprop.errors import Place

Keys = tuple[str | int, ...]
"""The way to an entry: the keys of its section and its own, and its number in a list, from 0."""

STRING = r"""
    "{3}(?>[^"\\]+|\\.|"{1,2}(?!"))*+(?:"{3,5})?
  | '{3}(?>[^']+|'{1,2}(?!'))*+(?:'{3,5})?
  | "(?>[^"\\\n]+|\\[^\n])*+"?
  | '[^'\n]*'?
"""  # for a verbose pattern; where the closing quotes are missing, to the end of the text or of the line

_TOKEN = re.compile(
    rf"""
    (?P<string>{STRING})
  | (?P<comment>\#[^\n]*)
  | (?P<line>\n(?>[ \t\n]+|\#[^\n]*)*+)
  | (?P<mark>[\[\]{{}}=,.])
  | (?P<word>[^\s\[\]{{}}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(STRING, re.VERBOSE | re.DOTALL)
_UNIT = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[ \t]*\n[ \t\n]*|\\.|.", re.DOTALL)
_CHARACTER = re.compile(r".", re.DOTALL)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, a section, or a member of a list; with the offsets of the key's parts and the value."""

    path: Keys
    parts: tuple[int, ...]
    value: int

    def offset(self, depth: int) -> int:
        """Where the part of the key stands that leads to the first `depth` of the path."""
        return self.parts[max(depth - len(self.path) - 1, -len(self.parts))]


def place_of(path: Keys, text: str, file: str = "", position: int | None = None) -> Place | None:
    r"""The place of an entry's key; with `position`, that of a character of its value. None where there is no entry.

    Where the entry itself is not there, the place is that of the section or the list which it would belong to.

    >>> place_of(("training", "cost"), '[training]\ncost = "C"', position=0)
    Place(file='', line=2, column=9, text='cost = "C"')
    """
    nearest, depth = None, 0
    for entry in entries(text):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(path, entry.path, strict=False)))
        if shared > depth:
            nearest, depth = entry, shared
        if entry.path == path:
            break
    if nearest is None:
        return None
    if position is None or nearest.path != path:
        return place_at(nearest.offset(depth), text, file)
    return place_at(_offset_in(text, nearest.value, position), text, file)


def place_at(offset: int, text: str, file: str = "") -> Place:
    """The place of a character of `text`."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return Place(file, text.count("\n", 0, offset) + 1, offset - begin + 1, text[begin : end if end >= 0 else None])


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The strings, comments, line ends, marks and words of `text`: the match's last group is the kind."""
    return _TOKEN.finditer(text)


def entries(text: str) -> Iterator[Entry]:
    """Every entry of `text`, in its order; of a text that is no TOML, what can be found."""
    return _Scan(text).entries()


@dataclass(slots=True)
class _Bracket:
    """An open bracket: that of a list, whose member number `index` is next, or that of an inline section."""

    path: Keys
    is_list: bool
    index: int = 0


class _Scan:
    """One walk over the tokens; `read` reads what comes next: a key, a value, or what stands behind a value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.section: Keys = ()
        self.numbered: dict[Keys, int] = {}  # the sections in double brackets, with the number of their last one
        self.header = 0  # brackets of a section's header that are open
        self.brackets: list[_Bracket] = []
        self.key: dict[int, str] = {}  # the parts of a key, by their offsets
        self.read: Callable[[str, int], Entry | None] = self.read_key

    def entries(self) -> Iterator[Entry]:
        for match in tokens(self.text):
            token, kind = match.group(), match.lastgroup
            if kind == "line" and not self.brackets:
                self.key, self.header, self.read = {}, 0, self.read_key
            elif kind in ("string", "mark", "word") and (entry := self.read(token, match.start())):
                yield entry

    def read_key(self, token: str, offset: int) -> Entry | None:
        """Keys, and the headers of sections."""
        match token:
            case "[" if not self.brackets and not self.key:
                self.header += 1
            case "]" if self.header and self.key:
                return self.read_header(double=self.header > 1)
            case "}":
                self.close()
            case "=" if self.key:
                self.read = self.read_value
            case "[" | "]" | "{" | "=" | "," | ".":
                pass
            case _:
                self.key[offset] = _decoded(token) if token[0] in "\"'" else token
        return None

    def read_header(self, *, double: bool) -> Entry:
        """Begins the section whose name has been read."""
        path: Keys = ()
        for part in self.key.values():
            path = (*path, self.numbered[path], part) if path in self.numbered else (*path, part)
        if double:
            self.numbered[path] = self.numbered.get(path, -1) + 1
        self.section = (*path, self.numbered[path]) if path in self.numbered else path
        self.read = self.read_rest
        return Entry(self.section, tuple(self.key), max(self.key))

    def read_value(self, token: str, offset: int) -> Entry | None:
        """The first token of a value, or the end of a list."""
        inside = self.brackets[-1] if self.brackets else None
        if inside and inside.is_list:
            entry = Entry((*inside.path, inside.index), (offset,), offset)
        else:
            above = inside.path if inside else self.section
            entry = Entry((*above, *self.key.values()), tuple(self.key), offset)
        match token:
            case "]":
                self.close()
                return None
            case "[":
                self.brackets.append(_Bracket(entry.path, is_list=True))
            case "{":
                self.brackets.append(_Bracket(entry.path, is_list=False))
                self.key, self.read = {}, self.read_key
            case _:
                self.read = self.read_rest
        return entry

    def read_rest(self, token: str, _offset: int) -> None:
        """What stands behind a value: a comma, a closing bracket, or more of a number."""
        match token:
            case "]" | "}":
                self.close()
            case "," if self.brackets:
                inside = self.brackets[-1]
                inside.index += 1
                self.key, self.read = {}, self.read_value if inside.is_list else self.read_key

    def close(self) -> None:
        if self.brackets:
            self.brackets.pop()
        self.read = self.read_rest


def _decoded(string: str) -> str:
    """The text that a string in quotes stands for."""
    return "".join(character for _, character in _characters(string, 0))


def _offset_in(text: str, value: int, position: int) -> int:
    """The offset of character number `position` of the value that begins at `value`; of a number, its first digit."""
    if text[value] not in "\"'":
        return value
    offsets = [offset for offset, _ in _characters(text, value)]
    return offsets[min(position, len(offsets) - 1)] if offsets else value


def _characters(text: str, begin: int) -> Iterator[tuple[int, str]]:
    """(offset, character) for each character of the string in quotes that begins at `begin`, and for its end, ""."""
    token = _STRING.match(text, begin)
    assert token is not None
    marks = 3 if token[0].startswith(('"""', "'''")) else 1
    first, last = begin + marks, token.end()
    if token[0].endswith(token[0][:marks]) and len(token[0]) >= 2 * marks:
        last -= marks
    if marks == 3 and text.startswith("\n", first):
        first += 1
    unit = _UNIT if token[0][0] == '"' else _CHARACTER
    for match in unit.finditer(text, first, last):
        if character := _unescaped(match[0]):
            yield match.start(), character
    yield last, ""


def _unescaped(unit: str) -> str:
    """The character that `unit` of a string stands for; "" for a line that is continued."""
    if len(unit) == 1:
        return unit
    if len(unit) > 2 and unit[1] in "uU":
        return chr(min(int(unit[2:], 16), sys.maxunicode))
    return "" if "\n" in unit else _ESCAPES.get(unit[1], unit[1])
