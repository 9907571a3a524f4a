"""Letters set side by side that a network has only the factors of."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.naming.factors import with_factors
from tests.auditing.mathematics.writing import shown

NAMES = ("x_1", "x_2", "W1_11", "W1_12", "W1_21", "W1_22", "b1_1", "b1_2", "h_1", "h_2", "s", "t", "st")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("$z = xW_1 + b_1$", "(+ (* x W_1) b_1)"),
        ("$z = xW^{1}$", "(* x W^1)"),
        ("$z = 2xW_1^T$", "(* 2 x W_1ᵀ)"),
        ("$z = xh^2$", "(* x (^ h 2))"),
        ("$z = st$", "st"),  # a name of its own
        ("$z = ts$", "ts"),  # no vector among them
        ("$z = xV$", "xV"),
        ("$xW_1 = 2$, $z = xW_1$", "xW_1"),  # which the document defines
        ("$z = dx$", "dx"),
        ("z = h1x2 - 1", "(+ (* h1 x2) -1)"),  # each has its number
    ],
)
def test_a_name_falls_apart_into_names_of_the_network(text: str, due: str) -> None:
    statements = read_statements(read_text(text, "sheet.md")[1])
    *_, chain = with_factors(statements, NAMES).statements
    assert isinstance(chain, Chain)
    assert shown(chain.members[1]) == due
