"""Where mathematics begins and ends."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.delimiters import Delimited, holds_sentence, holds_words, matching


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("$a$", "a"),
        ("$ a = 1 $", " a = 1 "),
        ("$w * input$", "w * input"),
        (r"$\times$2", r"\times"),
        (r"$a\$b$", r"a\$b"),
        ("$$a$$", "a"),
        (r"\$\$a$$", "a"),
        (r"$$a\$\$", "a"),
        (r"\(a\)", "a"),
        (r"\\(a\\)", "a"),
        (r"\[a \\[2pt] b\]", r"a \\[2pt] b"),
        (r"\begin{align}a\end{align}b", r"\begin{align}a\end{align}"),
        (r"\begin{align}\begin{align}a\end{align}\end{align}", r"\begin{align}\begin{align}a\end{align}\end{align}"),
        (r"\newcommand{\a}[2][x]{b{c}}d", r"\newcommand{\a}[2][x]{b{c}}"),
        (r"\renewcommand\a{b}", r"\renewcommand\a{b}"),
        (r"\DeclareMathOperator*{\a}{b}c", r"\DeclareMathOperator*{\a}{b}"),
        (r"\def\a#1#2{b}c", r"\def\a#1#2{b}"),
        ("$5 for me and 3$", None),
        ("$10-$20", None),
        ("$a", None),
        ("$ $", None),
        ("$a\n\nb$", None),
        ("$$a", None),
        (r"\(a", None),
        (r"\[a \[b\]", None),
        (r"\begin{align}a", None),
        (r"\begin{itemize}a\end{itemize}", None),
        (r"\newcommand{\a}{b", None),
        (r"\alpha", None),
    ],
)
def test_at(text: str, inside: str | None) -> None:
    found = Delimited(text).at(0)
    assert (found and text[found.first : found.last]) == inside


def test_an_unclosed_display_of_a_formula_runs_to_the_end() -> None:
    found = Delimited("$$ a = 1").at(0, to_the_end=True)
    assert found
    assert (found.first, found.last, found.end) == (2, 8, 8)
    assert Delimited("$$ and so it goes = on").at(0, to_the_end=True) is None


def test_environments_are_matched_by_name() -> None:
    text = r"\begin{a}\begin{b}\end{a}\end{b}"
    assert Delimited(text).environments == {0: text.index(r"\end{b}")}


def test_matching() -> None:
    assert matching(r"{a\{{b}}}{", "{", "}") == {0: 7, 4: 6}


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("out * net = 3", False, False),
        ("learning rate = 3", True, False),
        ("and so it goes", True, True),
        (r"\text{and so it goes} = 3", False, False),
        (r"\frac{a}{b} \cdot c", False, False),
    ],
)
def test_words(text: str, words: bool, sentence: bool) -> None:
    assert (holds_words(text), holds_sentence(text)) == (words, sentence)
