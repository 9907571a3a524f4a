"""JSON whose strings know their places."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from symbackprop.auditing.documents.json_text import Value, read_json, unescaped
from symbackprop.auditing.documents.placed import Placed
from symbackprop.auditing.documents.source import Source

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


def strings_of(value: Any) -> Any:
    """What is kept of a value: its strings and what holds them."""
    match value:
        case str():
            return value
        case list():
            return [strings_of(inner) for inner in value]
        case dict():
            return [strings_of(inner) for inner in value.values()]
    return None


def read_strings(value: Value) -> Any:
    match value:
        case Placed():
            return unescaped(value).text
        case list():
            return [read_strings(inner) for inner in value]
        case dict():
            return [read_strings(inner) for inner in value.values()]
    return None


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_the_same_strings_as_the_standard_library(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert read_strings(read_json(Source("a.json", text))) == strings_of(json.loads(text))


def test_an_escape_is_placed_where_it_begins() -> None:
    text = r'["a\né😀\\b"]'
    value = read_json(Source("a.json", text))
    assert isinstance(value, list)
    assert isinstance(value[0], Placed)
    string = unescaped(value[0])
    assert string.text == "a\né😀\\b"
    assert [text[place] for place in string.places] == ["a", "\\", "é", "😀", "\\", "b", '"']
