"""Weighted sums of which only the products are written."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted

GIVEN = "x1 = 1, x2 = 0, x3 = 0.5, w14 = 0.3, w24 = -0.1, w34 = -0.6, theta4 = 0.2, w15 = 0.7, O1 = 0.9\n\n"


@pytest.mark.parametrize(
    ("working", "formula"),
    [
        ("0.3 + 0 - 0.3 + 0.2 = 0.2", "w14*x1 + w24*x2 + w34*x3 + theta4"),
        ("0.3 + 0 - 0.3 = 0", "w14*x1 + w24*x2 + w34*x3"),
        ("0.3 + 0 - 0.3 + 0.1 = 0.1", None),  # no bias of the unit
        ("0.3 + 0.1 - 0.3 + 0.2 = 0.3", None),  # 0.1 is no product of w24
        ("0 + 0.3 - 0.3 + 0.2 = 0.2", None),  # not in the order of the inputs
    ],
)
def test_the_products_of_a_unit_with_its_number_in_its_weights(working: str, formula: str | None) -> None:
    assert drafted(f"{GIVEN}I4 = {working}").equations.get("I4") == formula


def test_the_source_may_come_first_in_the_index() -> None:
    text = "x1 = 2, x2 = 4, w31 = 0.5, w32 = 0.25, b3 = -1\n\nz3 = 1.0 + 1.0 - 1 = 1.0"
    assert drafted(text).equations["z3"] == "w31*x1 + w32*x2 + b3"
