"""What holds of any text: nothing is raised, places lie within, work and time grow with length."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.auditing.documents.source import Block, Kind, Mode
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Mention
from symbackprop.auditing.mathematics.tree import walk
from tests.auditing.mathematics.writing import run, statements

_WRITTEN = r"""
\frac \frac{ \frac{1}{2} { } ( ) [ ] [[ ]] = ≈ := + - * / ^ _ ^{ _{ w_5 x ŷ 0.3 1e999 .05 1. ... \dots \sum_{i} \sum
\begin{bmatrix} \end{bmatrix} & \\ \text{ab} \text{ \left( \right) | dE/dw ∂ ∂E/∂w d θE/θW \hat ' ** #1 \newcommand
\newcommand{\a}[1]{\a{#1}\a{#1}} \a{3} \def\b{\b\b} \b $ % ~ , ; : . \quad → ⇒ > new old e^ e^- σ( f( max( np. × ² ₅ ᵀ
– \boxed{ \over ‖ √ ½ word Step 3: 00 += \color{red} \underbrace \log {= w( (in) [t]
"""
FRAGMENTS = [*_WRITTEN.split(), " ", "\n"]
_UNITS = r"( [ { \frac{ (a+ a_{ e^ f( \sqrt{ x= a^ = \text{ \color{ - (x) dE/d"
UNITS = [*_UNITS.split(), "a, ", "w1 ", "a -> ", r"\begin{bmatrix} 1 &", r"{a \over ", "(a = ", "word ", "(a) (b) "]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)),
    st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join),
    st.sampled_from(Mode),
    st.sampled_from([kind for kind in Kind if kind is not Kind.ROW]),
)
def test_any_text_is_read(first: str, second: str, mode: Mode, kind: Kind) -> None:
    runs = (run(first, mode), run(second, Mode.PROSE, len(first)))
    length = len(first) + len(second)
    for statement in read_statements((Block(kind, runs), Block(Kind.DISPLAY, (run(first, Mode.DISPLAY),)))).statements:
        assert 0 <= statement.span.start < statement.span.end <= length
        members = statement.members if isinstance(statement, Chain) else ()
        for member in (statement.value,) if isinstance(statement, Mention) else members:
            assert all(0 <= node.span.start < node.span.end <= length for node in walk(member))
        if isinstance(statement, Chain):
            assert len(statement.members) - len(statement.signs) in (0, 1)


@pytest.mark.parametrize("mode", [Mode.PROSE, Mode.DISPLAY])
@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_length(unit: str, mode: Mode) -> None:
    def calls(count: int) -> int:
        return _calls(lambda: statements(unit * count, mode))

    assert calls(800) < 5 * calls(200)  # four times as long


@pytest.mark.parametrize("mode", [Mode.PROSE, Mode.DISPLAY])
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length(unit: str, mode: Mode) -> None:
    """What goes on within one call, as of a regular expression, is not counted; a busy machine only makes it longer."""

    def seconds(count: int) -> float:
        began = time.process_time()
        statements(unit * count, mode)
        return time.process_time() - began

    short = long = math.inf
    for _ in range(5):
        short, long = min(short, seconds(200)), min(long, seconds(800))
        if long < 8 * short + 0.2:
            return
    pytest.fail(f"{long} seconds where a quarter of it takes {short}")


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called, which depends on nothing else that the machine does."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def test_a_document_of_sixty_displays_is_read_at_once() -> None:
    text = r"\frac{\partial E}{\partial w_5} = -(target_{o1} - out_{o1}) * out_{o1}(1 - out_{o1}) * out_{h1} = 0.08"
    blocks = tuple(Block(Kind.DISPLAY, (run(text, Mode.DISPLAY),)) for _ in range(60))
    began = time.process_time()
    assert len(read_statements(blocks).statements) == 60
    assert time.process_time() - began < 1
