from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.errors import LimitError, NetworkError, SymbackpropError
from symbackprop.network.toml import BYTES, ENTRIES, LINE, LINES, NESTING, PARTS, WORD, Numeral, read_toml


@pytest.mark.parametrize(
    "digits", ["0.10", "-0.0000", "1e-3", "+1.50E+2", "1_000.5", "3.0", "nan", "-inf", "1e999999999"]
)
def test_decimals_stay_as_written(digits: str) -> None:
    value = read_toml(f"x = {digits}")["x"]
    assert isinstance(value, Numeral)
    assert value == digits


def test_whole_numbers_and_text_are_no_decimals() -> None:
    assert [type(value) for value in read_toml('x = [1, "0.5", true]')["x"]] == [int, str, bool]


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("x = .5", 1, 5, "Invalid value", "0.5"),
        ("x = 0,5", 1, 6, "Expected newline", "decimals have a point"),
        ("x = 1 000", 1, 7, "Expected newline", "a line of its own"),
        ("[equations]\nnet = w*x + b", 2, 7, "Invalid value", "text in quotes"),
        ("x = “a”", 1, 5, "Invalid value", "text in quotes"),
        ("w_5+ = 1", 1, 4, "Expected '=' after a key", '"w_5+"'),
        ("dE/dw = 1", 1, 3, "Expected '=' after a key", '"w_5+"'),
        ("\\input{x} = 1", 1, 1, "Invalid statement", "a key with marks is in quotes"),
        ("\u0430 = 1", 1, 1, "Invalid statement", "a key with marks is in quotes"),
        ("a.=1", 1, 3, "Invalid initial character for a key", "begins with a letter"),
        ("[inputs", 1, 8, "Expected ']'", ""),
        ('x = "a\n', 1, 7, "Illegal character '\\n'", "closing quotes"),
        ('y = 1\nx = """a\n\nb = 2\n', 2, 5, "", ""),
        ("y = 1\nx = '''a\n\nb = 2\n", 2, 5, "", ""),
        ('y = """a"""\nx = [1,\n2', 3, 2, "Unclosed array", ""),
        ('x = "\\q"', 1, 8, "Unescaped '\\'", "written twice"),
        ("x = {a = 1\n}", 1, 11, "Unclosed inline table", "one line"),
        ("x = 1\n\ny = 2\nx = 3", 4, 1, "'x' stands there twice", "first on line 1"),
        ("[a]\nx = 1\n'x' = 2", 3, 1, "'a.x' stands there twice", "first on line 2"),
        ("[a]\nx = 1\n[b]\n[a]\n", 4, 2, "'a' stands there twice", "first on line 1"),
        ("a = { x = 1, y = 2, x = 3 }", 1, 21, "'a.x' stands there twice", "first on line 1"),
        ("a = 1\n[a.b]", 2, 5, "Cannot", ""),
        ("x = \x00", 1, 5, "Invalid value", ""),
        ("x = 1\rb", 1, 6, "Expected newline", ""),
    ],
)
def test_what_is_no_toml_has_its_line(text: str, line: int, column: int, message: str, hint: str) -> None:
    with pytest.raises(NetworkError) as caught:
        read_toml(text, "a.toml")
    place = caught.value.place
    assert place is not None
    assert (place.file, place.line, place.column) == ("a.toml", line, column)
    assert place.text == text.split("\n")[line - 1]
    assert message in caught.value.message
    assert hint in caught.value.hint


def nested(depth: int) -> str:
    pairs = depth // 2
    return "[{a = " * pairs + "[1]" * (depth % 2) + "1" * (1 - depth % 2) + "}]" * pairs


NEAR: list[tuple[str, str, Callable[[int], str], int, int]] = [
    ("lines", "{}", lambda size: "\n" * (size - 1), LINES, 0),
    ("characters", "x = 1\n{}", lambda size: "#" * size, LINE, 2),
    ("brackets inside each other", "x = {}", lambda size: "[" * size + "]" * size, NESTING, 1),
    ("brackets inside each other", "x = 1\ny = {}", nested, NESTING, 2),
    ("parts in a key", "x = 0.5\n{} = 1", lambda size: ".".join("a" * size), PARTS, 2),
    ("parts in a key", "[{}]", lambda size: " . ".join(["'a.b'"] * size), PARTS, 1),
    ("parts in a key", "x = {{ {} = 1 }}", lambda size: ".".join("a" * size), PARTS, 1),
    ("characters in a word", "{} = 1", lambda size: "a" * size, WORD, 1),
    ("characters in a word", "x = 0x{}", lambda size: "f" * (size - 2), WORD, 1),
    ("entries", "{}", lambda size: "\n".join(f"a{k} = 1" for k in range(size)), ENTRIES, ENTRIES + 1),
    ("entries", "x = [{}]", lambda size: "1,\n" * (size - 2), ENTRIES, ENTRIES - 1),
]


@pytest.mark.parametrize(("message", "frame", "fill", "limit", "line"), NEAR)
def test_what_is_at_a_limit_is_read_and_what_is_above_it_is_not(
    message: str, frame: str, fill: Callable[[int], str], limit: int, line: int
) -> None:
    read_toml(frame.format(fill(limit)))
    text = frame.format(fill(limit + 1))
    begin = process_time()
    with pytest.raises(LimitError, match=message) as caught:
        read_toml(text, "a.toml")
    assert process_time() - begin < 2
    assert caught.value.place is not None
    assert caught.value.place.line == line


@pytest.mark.parametrize(
    "text",
    [
        "# " + "[" * 1000 + ".a" * 1000 + "\nx = 1",
        'x = "' + "[" * 1000 + "a." * 1000 + '"',
        "x = '" + "[" * 1000 + "'",
        'x = """\n' + "[" * 1000 + '"" ' + "a" * 1000 + '"""',
        "x = '''" + "{" * 1000 + "'' " + "a" * 1000 + "'''",
        'x = "\\"' + "[" * 1000 + '"',
        "\n".join(f"a{k}.b = [[0.5]]" for k in range(1000)),
    ],
)
def test_what_stands_in_strings_and_comments_is_not_counted(text: str) -> None:
    assert read_toml(text)


def fault_of(text: str) -> SymbackpropError | None:
    try:
        read_toml(text)
    except SymbackpropError as error:
        return error
    return None


def lines(line: str) -> str:
    return (line + "\n") * (BYTES // (len(line) + 1))


@pytest.mark.parametrize(
    "text",
    [
        "x" * (BYTES + 1),
        "a" + ".a" * 100_000 + " = 1",
        "a" + ".a" * 49_000 + " = 1",
        "a = " + "[" * 50_000 + "]" * 50_000,
        "a = " + "{a = " * 20_000,
        "a = " + "9" * 99_000,
        lines("[[a]]"),
        lines("[[a.b.c.d.e.f.g.h]]"),
        "\n".join(f"a{k}.b.c.d.e.f.g.h=1" for k in range(99_999)),
        "\n".join(f"[a{k}]" for k in range(99_999)),
        "x = [\n" + lines("[],"),
        "x = [\n" + lines("{},"),
        'x = """\n' + lines(r"\n" * 40_000),
        lines(""),
        lines("#"),
        lines("\t" * 90_000),
        lines("a " * 45_000),
        lines("a"),
        lines("." * 90_000),
        lines("]" * 90_000),
        lines('"' * 90_000),
        lines("'' " * 30_000),
        lines('"""'),
        lines('"""\\'),
        lines("\\" * 90_000),
        lines("x = 0x" + "f" * 250),
    ],
)
def test_a_hostile_text_is_done_with_in_two_seconds(text: str) -> None:
    begin = process_time()
    fault = fault_of(text)
    assert process_time() - begin < 2
    assert len(str(fault)) < 1000


@given(st.text() | st.lists(st.sampled_from(list("[]{}=,.\"'#\\\nab 0_-+:TZeux")), max_size=60).map("".join))
def test_any_text_is_read_or_has_a_place(text: str) -> None:
    fault = fault_of(text)
    if fault:
        assert fault.place is not None
        assert fault.place.text == text.replace("\r\n", "\n").split("\n")[fault.place.line - 1]
        assert len(str(fault)) < 1000
