"""Weighted sums in numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.auditing.inference.workings import Way, workings
from tests.auditing.inference.sheets import formula


def _weights(text: str) -> list[tuple[list[tuple[str, str]], str | None]]:
    """Of each way to read a sum: the first way of each product, and the bias."""
    found = workings("z", formula(f"z = {text}"))
    return [
        (
            [(str(ways[0].weight), str(ways[0].source)) for ways in one.products],
            None if one.bias is None else str(one.bias),
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0.5*2 + 0.25*4 + 0.1", [([("1/2", "2"), ("1/4", "4")], "1/10")]),
        ("0.5*2 - 0.25*4 - 0.1", [([("1/2", "2"), ("-1/4", "4")], "-1/10")]),
        ("0.5*2", [([("1/2", "2")], None)]),
        ("0.5*2 + 0.3*1", [([("1/2", "2"), ("3/10", "1")], None), ([("1/2", "2")], "3/10")]),
        ("0.5*2 + 0.1 + 0.2", []),
        ("0.5*2*3 + 0.1", []),
        ("0.5 + 0.1", []),
        ("0.5", []),
    ],
)
def test_products_and_a_bias(text: str, read: list[tuple[list[tuple[str, str]], str | None]]) -> None:
    assert _weights(text) == read


def test_either_factor_may_be_the_weight_and_either_may_bear_the_sign() -> None:
    [one] = workings("z", formula("z = 0.5*2 - 3*4"))
    assert one.products[0] == (Way(Fraction(1, 2), Fraction(2), True), Way(Fraction(2), Fraction(1, 2), False))
    assert {(way.weight, way.source) for way in one.products[1]} == {
        (Fraction(a), Fraction(b)) for a, b in ((-3, 4), (-4, 3), (3, -4), (4, -3))
    }
