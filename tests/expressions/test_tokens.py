import pytest

from symbackprop.errors import ExpressionError
from symbackprop.expressions.tokens import SHOWN, Token, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("end", 0)]),
        ("  ", [("end", 2)]),
        ("w_5*2", [("name", "w_5"), ("mark", "*"), ("number", "2"), ("end", 5)]),
        ("2**-.5e-3", [("number", "2"), ("mark", "**"), ("mark", "-"), ("number", ".5e-3"), ("end", 9)]),
        ("2.e", [("number", "2."), ("name", "e"), ("end", 3)]),
        ("(w+)", [("derived", "w+"), ("end", 4)]),
        ("(w +)", [("mark", "("), ("name", "w"), ("mark", "+"), ("mark", ")"), ("end", 5)]),
        ("(dE/dw)", [("derived", "dE/dw"), ("end", 7)]),
        ("(dE/dw (direct))", [("derived", "dE/dw (direct)"), ("end", 16)]),
        ("(dE/dx)", [("mark", "("), ("name", "dE"), ("mark", "/"), ("name", "dx"), ("mark", ")"), ("end", 7)]),
    ],
)
def test_kinds_of_tokens(text: str, expected: list[tuple[str, str | int]]) -> None:
    found = tokens(text, ["w+", "dE/dw", "dE/dw (direct)"])
    assert [(t.kind, t.position if t.kind == "end" else t.text) for t in found] == expected


def test_every_token_stands_at_its_position() -> None:
    text = " w_5 * (out_h1\t+ 1e-3)\n/ max(a,b) "
    for token in tokens(text, [])[:-1]:
        assert text.startswith(token.text, token.position)


def test_a_character_that_begins_no_token_is_refused_with_its_position() -> None:
    with pytest.raises(ExpressionError, match="unexpected '@'") as caught:
        tokens("a + @", [])
    assert caught.value.position == 4


def test_a_long_token_is_shown_in_part() -> None:
    assert Token("name", "a" * SHOWN, 0).shown() == repr("a" * SHOWN)
    assert Token("name", "a" * (SHOWN + 1), 0).shown() == repr("a" * SHOWN + "...")
    assert tokens("", [])[0].shown() == "the end of the expression"
