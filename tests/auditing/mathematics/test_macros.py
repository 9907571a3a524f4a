"""The author's own commands."""

from __future__ import annotations

from itertools import pairwise

import pytest

from symbackprop.auditing.documents.source import Block, Kind, Mode
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain
from tests.auditing.mathematics.writing import line, run, stated


def read(definitions: str, text: str) -> list[str]:
    blocks = tuple(Block(Kind.DISPLAY, (run(part, Mode.DISPLAY),)) for part in (definitions, text))
    return [line(statement) for statement in read_statements(blocks).statements]


@pytest.mark.parametrize(
    ("definitions", "text", "found"),
    [
        (r"\newcommand{\yhat}{\hat{y}_t}", r"\yhat = 0.5", "yhat_t = 0.5"),
        (r"\newcommand\F{f_t}", r"y = \F * g^\prime(\F)", "y = (* f_t g'(f_t))"),
        (r"\newcommand{\deriv}[2]{\frac{\partial #1}{\partial #2}}", r"\deriv{L}{w_1} = 2", "∂(L, w_1) = 2"),
        (r"\newcommand{\C}[1][]{c_{t #1}}", r"\C = \C[-1]", "c_t = c_t-1"),
        (r"\newcommand{\s}[2][]{\sigma^{#1}(#2)}", r"y = \s[\prime]{z} \s{z}", "y = (* sigmoid'(z) sigmoid(z))"),
        (r"\newcommand{\h}[2][]{h^{t-1}_{#2}}", r"\h[purple]{2} = 1", "h^t-1_2 = 1"),
        (r"\def\net#1{net_{#1}}", r"\net{h1} = 1", "net_h1 = 1"),
        (r"\renewcommand{\o}[1]{o^t_{#1}}", r"\o{1} = 1", "o^t_1 = 1"),
        (r"\DeclareMathOperator{\relu}{ReLU}", r"y = \relu(z)", "y = relu(z)"),
        (r"\newcommand{\a}[1]{a_{#1}}\newcommand{\b}[1]{\a{#1}}", r"\b{3} = 1", "a_3 = 1"),
        (r"\newcommand{\d}[2]{\frac{#1}{#2}}", r"y = \d{\d{1}{2}}{3}", "y = (/ (/ 1 2) 3)"),
        (r"\newcommand{\a}{\a}", r"y = \a", "unread"),
        (r"\newcommand{\a}{\b}\newcommand{\b}{\a}", r"y = \a", "unread"),
        (r"\newcommand{\a}[1]{#1}", r"y = \a", "unread"),
    ],
)
def test_a_macro_is_put_in(definitions: str, text: str, found: str) -> None:
    assert read(definitions, text) == [found]


def test_doubling_macros_are_refused_at_once() -> None:
    names = "abcdefghij"
    definitions = r"\def\a{xxx}" + "".join(rf"\def\{b}{{\{a}\{a}\{a}\{a}\{a}\{a}}}" for a, b in pairwise(names))
    assert read(definitions, r"y = \j") == ["unread"]


def test_what_a_macro_makes_stands_where_it_is_called() -> None:
    text = r"\newcommand{\D}[2]{\frac{\partial #1}{\partial #2}} \D{L}{w} = 0.25"
    (chain,) = read_statements((Block(Kind.DISPLAY, (run(text, Mode.DISPLAY),)),)).statements
    assert isinstance(chain, Chain)
    assert text[chain.members[0].span.start : chain.members[0].span.end] == r"\D{L}{w}"


def test_a_definition_states_nothing() -> None:
    assert stated(r"\newcommand{\x}[1]{a = #1}", Mode.DISPLAY) == []
