"""Names of documents as names of network files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.spelling import ascii_name, key, key_of, pattern, with_number
from symbackprop.auditing.mathematics.tree import Name
from symbackprop.expressions.names import why_no_name

HERE = Span(0, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name("O0", HERE), "O0"),
        (Name("w", HERE, "5"), "w_5"),
        (Name("w", HERE, "5", updated=True), "w_5"),
        (Name("w", HERE, "11", "(2)"), "w2_11"),
        (Name("y", HERE, accent="hat"), "yhat"),
        (Name("δ", HERE, "o1"), "delta_o1"),
        (Name("Θ", HERE, "1"), "Theta_1"),
        (Name("w", HERE, "1,2"), "w_1_2"),
        (Name("w", HERE, "H21.H11"), "w_H21_H11"),
        (Name("h", HERE, "t-1"), "h_tm1"),
        (Name("z", HERE, "₁"), "z_1"),
        (Name("00", HERE), "q00"),
        (Name("exp", HERE), "exp_1"),
        (Name("é", HERE), "e"),
    ],
)
def test_a_name_in_ascii(name: Name, text: str) -> None:
    assert ascii_name(name) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("w5", HERE), Name("w", HERE, "5")),
        (Name("out", HERE, "O1"), Name("out", HERE, "o1")),
        (Name("out_o1", HERE), Name("out", HERE, "o1")),
        (Name("W", HERE, "12", "(1)"), Name("W1", HERE, "1,2")),
    ],
)
def test_spellings_of_one_name(one: Name, other: Name) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("O1", HERE), Name("o1", HERE)),
        (Name("w", HERE, "1,12"), Name("w", HERE, "11,2")),
        (Name("y", HERE), Name("y", HERE, accent="hat")),
    ],
)
def test_names_that_differ(one: Name, other: Name) -> None:
    assert key(one) != key(other)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_every_name_can_stand_in_a_network_file(base: str, subscript: str, superscript: str) -> None:
    text = ascii_name(Name(base, HERE, subscript, superscript))
    assert not why_no_name(text)
    assert key_of(text) == key(Name(base, HERE, subscript, superscript))


@given(st.from_regex(r"[a-z]{1,5}_?[0-9]{1,3}(_in)?", fullmatch=True), st.integers(0, 999))
def test_the_pattern_stays_with_another_number(text: str, number: int) -> None:
    assert pattern(with_number(text, number)) == (pattern(text)[0], number)
