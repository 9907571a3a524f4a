"""JSON in which every string knows where it stands in the text."""

from __future__ import annotations

import json
import re

from symbackprop.auditing.documents.placed import Placed, joined, written
from symbackprop.auditing.documents.source import Source
from symbackprop.errors import LimitError, Place, SymbackpropError

Value = dict[str, "Value"] | list["Value"] | Placed | None  # numbers and truth values are None

_TOKEN = re.compile(r"[{}\[\],:]|\"([^\"\\]*+(?:\\.[^\"\\]*+)*+)\"|[^\s{}\[\],:\"]++", re.DOTALL)
_MEANINGS = {"\\n": "\n", "\\\\": "\\", '\\"': '"', "\\t": "\t", "\\/": "/"}
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^u])")


def read_json(source: Source) -> Value:
    r"""The value that a text in JSON holds, its strings as they stand, escapes and all.

    Raises `SymbackpropError` with line and column where it is no JSON, `LimitError` where it is nested too deep.

    >>> read_json(Source("a.json", '{"a": ["b\\n", 1]}'))
    {'a': [Placed(text='b\\n', places=range(8, 12)), None]}
    """
    try:
        json.loads(source.text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        line, column = source.place(error.pos)
        place = Place(source.name, line, column, source.line(line))
        raise SymbackpropError(f"this is no JSON: {error.msg}", hint="save the notebook again", place=place) from None
    except RecursionError:
        raise LimitError("arrays within arrays, too deep to be read", place=Place(source.name)) from None
    return _located(source.text)


def _located(text: str) -> Value:
    """The value of a text that is known to be JSON."""
    outermost: list[Value] = []
    open_values: list[list[Value] | dict[str, Value]] = [outermost]
    keys: list[str] = []  # of the objects that are open, and whether
    expects_key = False
    for token in _TOKEN.finditer(text):
        inside = open_values[-1]
        if token[0] in ("}", "]"):
            open_values.pop()
            expects_key = False
        elif token[0] in (",", ":"):
            expects_key = token[0] == "," and isinstance(inside, dict)
        elif expects_key:
            keys.append(token[1])
        else:
            value = _value(text, token)
            if isinstance(inside, dict):
                inside[keys.pop()] = value
            else:
                inside.append(value)
            if isinstance(value, list | dict):
                open_values.append(value)
            expects_key = isinstance(value, dict)
    return outermost[0]


def _value(text: str, token: re.Match[str]) -> Value:
    if token[0] == "{":
        return {}
    if token[0] == "[":
        return []
    if token[1] is None:
        return None
    start, end = token.span(1)
    return Placed(text[start:end], range(start, end + 1))


def unescaped(string: Placed) -> Placed:
    r"""What a string means; what an escape stands for is placed where the escape begins.

    >>> unescaped(Placed(r"a\nb", range(5)))
    Placed(text='a\nb', places=[0, 1, 3, 4])
    """
    if "\\" not in string.text:
        return string
    parts: list[Placed] = []
    position = 0
    for escape in _ESCAPE.finditer(string.text):
        parts.append(string.cut(position, escape.start()))
        meaning = _MEANINGS.get(escape[0]) or json.loads(f'"{escape[0]}"')
        parts.append(written(meaning, string.places[escape.start()]))
        position = escape.end()
    return joined([*parts, string.cut(position, len(string.text))], string.places[0])
