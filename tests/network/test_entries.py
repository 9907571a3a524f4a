import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.errors import Place
from symbackprop.network.entries import Keys, entries, place_at, place_of

TEXT = '''\
title = "a # [b] = c" # [no] = "entry"
[inputs]
x_1 = 0.50
"x 2" = 1
  [ after . 10 ]
"dE/dw_1" = 'p"q' # 1
\t"w_1+"=-2
[training]
frozen = [
  "b_1", # "b_9",
  'b_2',
]
layers = [{ units = 2, "in" = [1, [2, 3]] }, { units = 3 }, {}]
a.b = "x"
[[net.layers]]
units = 1
[[net.layers]]
units = 2
[net.layers.deep]
y = """
w \\
   + v
"""
z = \'\'\'u\'\'\'\'
'''


@pytest.mark.parametrize(
    ("path", "position", "line", "column"),
    [
        (("title",), None, 1, 1),
        (("title",), 0, 1, 10),
        (("title",), 4, 1, 14),
        (("title",), 99, 1, 21),
        (("inputs",), None, 2, 2),
        (("inputs", "x_1"), None, 3, 1),
        (("inputs", "x_1"), 0, 3, 7),
        (("inputs", "x_1"), 3, 3, 7),
        (("inputs", "x 2"), None, 4, 1),
        (("inputs", "x 2"), 0, 4, 9),
        (("after", "10"), None, 5, 13),
        (("after",), None, 5, 5),
        (("after", "10", "dE/dw_1"), None, 6, 1),
        (("after", "10", "dE/dw_1"), 1, 6, 15),
        (("after", "10", "w_1+"), None, 7, 2),
        (("after", "10", "w_1+"), 0, 7, 9),
        (("training", "frozen"), None, 9, 1),
        (("training", "frozen"), 0, 9, 10),
        (("training", "frozen", 0), 0, 10, 4),
        (("training", "frozen", 1), 2, 11, 6),
        (("training", "layers", 0, "units"), None, 13, 13),
        (("training", "layers", 0, "in", 1, 1), 0, 13, 39),
        (("training", "layers", 1), None, 13, 46),
        (("training", "layers", 1, "units"), 0, 13, 56),
        (("training", "layers", 2), 0, 13, 61),
        (("training", "a"), None, 14, 1),
        (("training", "a", "b"), None, 14, 3),
        (("training", "a", "b"), 0, 14, 8),
        (("net",), None, 15, 3),
        (("net", "layers", 0), None, 15, 7),
        (("net", "layers", 0, "units"), None, 16, 1),
        (("net", "layers", 1), None, 17, 7),
        (("net", "layers", 1, "units"), 0, 18, 9),
        (("net", "layers", 1, "deep"), None, 19, 13),
        (("net", "layers", 1, "deep", "y"), None, 20, 1),
        (("net", "layers", 1, "deep", "y"), 0, 21, 1),
        (("net", "layers", 1, "deep", "y"), 2, 22, 4),
        (("net", "layers", 1, "deep", "y"), 5, 22, 7),
        (("net", "layers", 1, "deep", "z"), 0, 24, 8),
        # What is not there has the place of what it would stand in.
        (("inputs", "x_9"), None, 2, 2),
        (("inputs", "x_9"), 0, 2, 2),
        (("training", "layers", 0, "bias"), None, 13, 11),
        (("training", "layers", 7), None, 13, 1),
        (("after", "11", "z"), None, 5, 5),
    ],
)
def test_places(path: Keys, position: int | None, line: int, column: int) -> None:
    expected = Place("a.toml", line, column, TEXT.split("\n")[line - 1])
    assert place_of(path, TEXT, "a.toml", position) == expected


@pytest.mark.parametrize("path", [("claims",), ("x_1",), ()])
def test_no_entry_has_no_place(path: Keys) -> None:
    assert place_of(path, TEXT) is None


@pytest.mark.parametrize(
    ("string", "characters"),
    [
        (r'"a\tb"', [(1, "a"), (2, "\t"), (4, "b")]),
        (r'"\u0061\U00000062c"', [(1, "a"), (7, "b"), (17, "c")]),
        (r'"\"\\"', [(1, '"'), (3, "\\")]),
        (r"'\t'", [(1, "\\"), (2, "t")]),
        ('"""a"b""c"""', [(3, "a"), (4, '"'), (5, "b"), (6, '"'), (7, '"'), (8, "c")]),
        ('"""a"""""', [(3, "a"), (4, '"'), (5, '"')]),
        ("'''a'b'''", [(3, "a"), (4, "'"), (5, "b")]),
        ('"""\na\\\n \n b"""', [(4, "a"), (10, "b")]),
        ("'''\n\\\n'''", [(4, "\\"), (5, "\n")]),
        ('"ж∂"', [(1, "ж"), (2, "∂")]),
    ],
)
def test_each_character_of_a_string_has_its_place(string: str, characters: list[tuple[int, str]]) -> None:
    text = f"[equations]\ny = {string}"
    assert tomllib.loads(text)["equations"]["y"] == "".join(character for _, character in characters)
    for position, (offset, _) in enumerate(characters):
        assert place_of(("equations", "y"), text, position=position) == place_at(text.index("=") + 2 + offset, text)


def paths(value: Any, path: Keys = ()) -> Iterator[Keys]:
    """The ways to the entries of what a file holds."""
    members: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        members = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value))
    for key, member in members:
        yield (*path, key)
        yield from paths(member, (*path, key))


KEYS = st.sampled_from(["a", "b1", '"w_5+"', "'x y'", '"\\u0061"', "c . d", "e.f"])
SCALARS = st.sampled_from(["1", "-0.5", '"s"', "'t'", '"""u\n"v" """', "true", '"[x]"', "1979-05-27"])
INLINE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3).map(lambda members: "[\n" + ", # 0\n".join(members) + "\n]")
    | st.lists(st.tuples(KEYS, inner.filter(lambda text: "\n" not in text)), max_size=2, unique_by=lambda pair: pair[0])
    .map(lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"),
    max_leaves=6,
)  # fmt: skip
HEADERS = st.tuples(KEYS, st.booleans()).map(lambda header: f"[[{header[0]}]]" if header[1] else f"[{header[0]}]")
LINES = st.lists(st.tuples(KEYS, INLINE).map(" = ".join) | HEADERS | st.just("# [x]"), max_size=8).map("\n".join)


@given(LINES)
def test_every_entry_that_is_read_is_found(text: str) -> None:
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        list(entries(text))
        return
    found = {entry.path[:length] for entry in entries(text) for length in range(1, len(entry.path) + 1)}
    assert found == set(paths(read))


@given(st.text() | st.lists(st.sampled_from(list("[]{}=,.\"'#\\\nab ")), max_size=40).map("".join))
def test_whatever_is_no_toml_is_walked_through(text: str) -> None:
    for entry in entries(text):
        assert 0 <= entry.parts[0] <= entry.parts[-1] <= entry.value < len(text)
        assert place_of(entry.path, text, position=0) is not None
