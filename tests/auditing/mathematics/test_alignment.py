"""Which numbers stand for which names."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.mathematics.alignment import align
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain

ALIGNED = [
    ("z = w_1*x_1 + b = 0.2*0.5 + 0.1", {"w_1": "0.2", "x_1": "0.5", "b": "0.1"}),
    ("z = w_1*x_1 + b*1 = 0.2*0.5 + 0.1", {"w_1": "0.2", "x_1": "0.5", "b": "0.1"}),
    ("z = w_1*x_1 + w_2*x_2 = 0.2*0.5 + (-0.3)(0.4)", {"w_1": "0.2", "x_1": "0.5", "w_2": "(-0.3)", "x_2": "0.4"}),
    ("d = -(t - a) = -(0.01 - 0.75)", {"t": "0.01", "a": "0.75"}),
    ("d = a(1 - a) = 0.75(1 - 0.75)", {"a": "0.75"}),
    ("h = sigmoid(z) = 1/(1 + exp(-0.3))", {"z": "0.3"}),
    ("n = w - r*g = 0.4 - 0.5*0.08", {"w": "0.4", "r": "0.5", "g": "0.08"}),
    ("E = (t - a)**2/2 = (0.01 - 0.75)**2/2", {"t": "0.01", "a": "0.75"}),
]
NOT_ALIGNED = [
    "z = w_1*x_1 + b = 0.2*0.5",
    "z = w_1*x_1 = 0.2 + 0.5",
    "h = tanh(z) = 1/(1 + exp(-0.3))",
    "E = (t - a)**2/2 = (0.01 - 0.75)/2",
]


def _pairs(text: str) -> dict[str, str] | None:
    source, blocks = read_text(f"`{text}`", name="sheet.md")
    (chain,) = (one for one in read_statements(blocks).statements if isinstance(one, Chain))
    pairs = align(chain.members[1], chain.members[2])
    if pairs is None:
        return None
    spans = {source.text[p.name.span.start : p.name.span.end]: p.numbers.span for p in pairs}
    return {name: source.text[span.start : span.end].strip("()") for name, span in spans.items()}


@pytest.mark.parametrize(("text", "expected"), ALIGNED)
def test_numbers_stand_for_the_names_in_whose_place_they_are(text: str, expected: dict[str, str]) -> None:
    assert _pairs(text) == {name: number.strip("()") for name, number in expected.items()}


@pytest.mark.parametrize("text", NOT_ALIGNED)
def test_other_forms_are_not_aligned(text: str) -> None:
    assert _pairs(text) is None
