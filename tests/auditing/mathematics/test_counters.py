"""Names that are written as functions of the letter that counts updates."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated

P, I = Mode.PROSE, Mode.INLINE  # noqa: E741


@pytest.mark.parametrize("letter", ["n", "t", "k"])
@pytest.mark.parametrize("mode", [P, I])
def test_a_counter_of_updates_is_no_factor(letter: str, mode: Mode) -> None:
    text = f"w_31({letter}+1) = w_31({letter}) + e_3({letter})*y_1({letter})"
    assert stated(text, mode) == ["w_31+ = (+ w_31 (* e_3 y_1))"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("v(n) = 0.5, e(n) = d(n) - y(n)", ["v = 0.5", "e = (+ d -y)"]),
        ("h(t) = w*h(t-1) + x(t)", ["h^(t) = (+ (* w h^(t-1)) x^(t))"]),  # steps of a network that is run in time
        ("v = w(n), n = 3", ["v = (* w n)", "n = 3"]),
        ("v = y(n)", ["v = (* y n)"]),
        ("w_2^{(t+1)} = w_2^{(t)} - 0.1*0.26", ["w_2+ = (+ w_2 -(* 0.1 0.26))"]),
        ("w^{t+1} = w^t - 0.1*0.26", ["w+ = (+ w -(* 0.1 0.26))"]),
        ("h^{(t)} = w*h^{(t-1)} + x^{(t)}", ["h^(t) = (+ (* w h^(t-1)) x^(t))"]),
        ("z = x^{n+1} + x^n", ["z = (+ (^ x (+ n 1)) (^ x n))"]),
        (r"\Delta w_1(n) = 0.3 + \Delta w_1(n-1)", ["Δw_1 = (+ 0.3 Δw^(n-1)_1)"]),
    ],
)
def test_where_a_letter_counts_updates(text: str, due: list[str]) -> None:
    assert stated(text, I) == due
