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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("z2 =\n   0.35000\n  -0.65000\n>> a2 = f * z2", ["z2 = [0.35000; -0.65000]", "a2 = (* f z2)"]),
        ("D2 =\n   0.137  -0.167\n  -0.014   0.168\n", ["D2 = [0.137 -0.167; -0.014 0.168]"]),
        ("D2 =\n   0.137  -0.167   0.294\n", ["D2 = [0.137 -0.167 0.294]"]),
        ("z =\n   0.35\n", ["z = 0.35"]),
        ("z = 0.35\n0.65\n", ["z = 0.35", "mentions 0.65"]),
    ],
)
def test_a_matrix_that_is_printed_below_its_name(text: str, found: list[str]) -> None:
    assert stated(text) == found
