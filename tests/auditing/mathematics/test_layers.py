"""Superscripts that number layers are names; squares stay squares."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.reading import read_statements
from tests.auditing.mathematics.writing import block, line

LAYERED = [
    (["z^2 = w^2 a^1 + b^2"], ["z^2 = (+ (* w^2 a^1) b^2)"]),
    (["s^2 = (x_1 - m)/4", "z = y/s^2"], ["s^2 = (/ (+ x_1 -m) 4)", "z = (/ y s^2)"]),  # a variance
    (["a^2 = [0.1, 0.2]", "C = \\frac{1}{2}(y - a^2)^2"], ["a^2 = list[0.1 0.2]", None]),
    ([r"\frac{\partial C}{\partial w^3} = 0.5", "w^3 = 0.1"], ["∂(C, w^3) = 0.5", "w^3 = 0.1"]),
    ([r"a^2 = \sigma(z^2)", r"a^3 = \sigma(z^3)", "a = 1 - a^2"], [None, None, "a = (+ 1 -a^2)"]),
]
SQUARES = [
    ["x^2 = 0.25"],
    ["x^2 = x x = 0.25"],
    ["x^2 = 0.5^2 = 0.25"],
    ["h = 0.5", "s = 1 - h^2"],
    ["h = [0.1, 0.2]", "h^2 = [0.01, 0.04]"],
    ["e^2 = 7.389"],
    ["s^2 = x/4", "z = y/s"],
]


def _lines(texts: list[str]) -> list[str]:
    blocks = tuple(block(text, Mode.INLINE) for text in texts)
    return [line(statement) for statement in read_statements(blocks).statements]


@pytest.mark.parametrize(("texts", "expected"), LAYERED)
def test_a_superscript_that_numbers_a_layer_is_part_of_the_name(texts: list[str], expected: list[str | None]) -> None:
    found = _lines(texts)
    assert "(^ a 2)" not in " ".join(found)
    assert [one if due else None for one, due in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize("texts", SQUARES)
def test_a_square_stays_a_power(texts: list[str]) -> None:
    found = " ".join(_lines(texts))
    assert "(^ " in found or "exp(" in found
