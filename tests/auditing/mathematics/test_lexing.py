"""Tokens of all modes, with their places."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.interpreting import interpreted
from symbackprop.auditing.mathematics.lexing import lex
from symbackprop.auditing.mathematics.tokens import Sort
from tests.auditing.mathematics.writing import run

P, I = Mode.PROSE, Mode.INLINE  # noqa: E741


@pytest.mark.parametrize(
    ("mode", "text", "tokens"),
    [
        (P, "w_6Weight", "w _ 6 Weight"),
        (P, "dw6Weight 6", "dw6 Weight 6"),
        (I, "w_ix_i", "w _ i x _ i"),
        (I, "w_10x", "w _ 10 x"),
        (P, "x₁₂", "x _ { 12 }"),
        (P, "e⁻⁰·⁵", "e ^ { - 0.5 }"),
        (P, "ηx + θE", "η x + θE"),
        (P, "let's", "let's"),
        (I, "f'(x)", "f ' ( x )"),
        (P, "（０．５）＝１", "( 0.5 ) = 1"),
        (P, "1.2.3 2nd", "1.2.3 2nd"),
        (P, "a--b", "a - - b"),
        (P, "(–0.4) e^–z 3–5 a – b", "( - 0.4 ) e ^ - z 3 – 5 a – b"),
        (I, r"a \, b \quad c~d", "a b quad c d"),
        (I, r"a % remark", "a"),
    ],
)
def test_tokens(mode: Mode, text: str, tokens: str) -> None:
    assert " ".join(token.text for token in interpreted(lex(run(text, mode), 0, 0))) == tokens


def test_a_token_knows_its_place() -> None:
    tokens = lex(run("  z₁ = 0.5", P, 40), 3, 7)
    first = tokens[0]
    assert (first.start, first.end, first.at, first.run) == (42, 43, 9, 3)
    assert (tokens[-1].text, tokens[-1].start, tokens[-1].end, tokens[-1].sort) == ("0.5", 47, 50, Sort.NUMBER)
