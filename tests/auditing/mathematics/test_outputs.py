"""Comments of programs that hold a value."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated


@pytest.mark.parametrize("mode", [Mode.PROSE, Mode.CODE])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = b * c  # 0.35", ["a = (* b c) = 0.35"]),
        ("a = b * c;  // 0.35", ["a = (* b c) = 0.35"]),
        ("a = b * c // -0.35", ["a = (* b c) = -0.35"]),
        ("a = b @ c  # [0.1, 0.2]\nb = 2 * c  # = -0.5\n", ["a = (* b c) = list[0.1 0.2]", "b = (* 2 c) = -0.5"]),
        ("a = b * c  # 2", ["a = (* b c)"]),
        ("a = 0.5  # 0.1", ["a = 0.5", "mentions 0.1"]),
        ("print(w5)  # 0.3589", ["w5 = 0.3589"]),
        ("print('w5:', w5)  # 0.3589", ["w5 = 0.3589"]),
        ("console.log(w5); // 0.3589", ["w5 = 0.3589"]),
        ("System.out.println(dE_dw5); // ≈ 0.082", ["dE_dw5 = 0.082"]),
        ("print(f(w5))  # 0.3589", ["mentions 0.3589"]),
        ("print(w5)", []),
    ],
)
def test_what_a_line_is_worth(text: str, found: list[str], mode: Mode) -> None:
    assert stated(text, mode) == found


def test_a_comment_that_says_more_is_none() -> None:
    assert stated("a = b * c  # 0.35 is nice") == ["a = (* b c)", "mentions 0.35"]
