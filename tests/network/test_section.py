from typing import Any

import pytest

from symbackprop.network.entries import Keys
from symbackprop.network.problem import ProblemError
from symbackprop.network.section import Section
from symbackprop.network.toml import read_toml

SECTION = Section(
    read_toml("""
text = "a"
quoted = "0.50"
decimal = -0.0000
grouped = 1_000.5
whole = -12
hexadecimal = 0x10
plus = +7
yes = true
date = 1979-05-27
list = ["a", "b"]
mixed = [1, { x = 1 }]
section = { x = 0.5 }
"""),
    ("training",),
)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda: SECTION.text("text"), "a"),
        (lambda: SECTION.text("quoted"), "0.50"),
        (lambda: SECTION.number("decimal"), "-0.0000"),
        (lambda: SECTION.number("grouped"), "1000.5"),
        (lambda: SECTION.number("whole"), "-12"),
        (lambda: SECTION.number("hexadecimal"), "16"),
        (lambda: SECTION.number("plus"), "7"),
        (lambda: SECTION.printed("decimal"), "-0.0000"),
        (lambda: SECTION.printed("quoted"), "0.50"),
        (lambda: SECTION.printed("whole"), "-12"),
        (lambda: SECTION.whole("whole"), -12),
        (lambda: SECTION.choice("text", ("a", "b")), "a"),
        (lambda: list(SECTION.section("section")), ["x"]),
        (lambda: SECTION.section("section").number("x"), "0.5"),
        (lambda: len(SECTION.section("none")), 0),
        (lambda: [SECTION.members("list").text(index) for index in range(2)], ["a", "b"]),
        (lambda: SECTION.members("mixed").section(1).path, ("training", "mixed", 1)),
        (lambda: len(SECTION.members("none")), 0),
        (lambda: "text" in SECTION, True),
        (lambda: "none" in SECTION, False),
    ],
)
def test_an_entry_is_read_as_its_kind(read: Any, expected: object) -> None:
    value = read()
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("read", "path", "position", "message"),
    [
        (lambda: SECTION.text("decimal"), ("training", "decimal"), 0, "'decimal' is a decimal number"),
        (lambda: SECTION.text("whole"), ("training", "whole"), 0, "'whole' is a whole number"),
        (lambda: SECTION.text("list"), ("training", "list"), 0, "'list' is a list"),
        (lambda: SECTION.text("section"), ("training", "section"), 0, "'section' is a section"),
        (lambda: SECTION.number("text"), ("training", "text"), 0, "'text' is text"),
        (lambda: SECTION.number("quoted"), ("training", "quoted"), 0, "'quoted' is text"),
        (lambda: SECTION.number("yes"), ("training", "yes"), 0, "'yes' is true or false"),
        (lambda: SECTION.number("date"), ("training", "date"), 0, "'date' is a date or a time"),
        (lambda: SECTION.printed("yes"), ("training", "yes"), 0, "'yes' is true or false"),
        (lambda: SECTION.whole("yes"), ("training", "yes"), 0, "'yes' is true or false"),
        (lambda: SECTION.whole("decimal"), ("training", "decimal"), 0, "'decimal' is a decimal number"),
        (lambda: SECTION.section("text"), ("training", "text"), 0, "'text' is text"),
        (lambda: SECTION.members("section"), ("training", "section"), 0, "'section' is a section"),
        (lambda: SECTION.members("mixed").text(0), ("training", "mixed", 0), 0, "number 1 of mixed is a whole number"),
        (lambda: SECTION.members("mixed").section(0), ("training", "mixed", 0), 0, "number 1 of mixed is a whole"),
        (lambda: SECTION.choice("text", ("b", "c")), ("training", "text"), 0, "unknown text 'a'"),
        (lambda: SECTION.require_keys(("text",)), ("training", "quoted"), None, "unknown key 'quoted'"),
        (lambda: Section({"x": 1}).require_keys(("text",)), ("x",), None, "unknown section 'x'"),
    ],
)
def test_an_entry_of_another_kind_is_a_fault_of_its_value(
    read: Any, path: Keys, position: int | None, message: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        read()
    assert (caught.value.path, caught.value.position) == (path, position)
    assert message in caught.value.message
    assert caught.value.hint
