"""Counting what is like a number, by what it is to a quantity, is the same as asking every one of a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symbackprop.auditing.causes.relations import Relation, alike, relation
from symbackprop.auditing.causes.tables import Likeness, Table, Worth
from symbackprop.auditing.truth import Quantity

NAMES = [
    "w_1",
    "w_2",
    "w_12",
    "w_21",
    "w_1+",
    "out_h1",
    "E",
    "dE/dw_1",
    "dE/dw_2",
    "dE_1/dw_1",
    "dout_h1/dw_1",
    "dE/dE",
]
QUANTITIES = st.builds(Quantity, st.sampled_from(NAMES), st.integers(0, 1))
NUMBERS = st.sampled_from([-2.0, -0.5, 0.001, 0.3, 0.4, 0.5, 1.2, 7.0])
WORTHS = st.lists(st.builds(Worth, NUMBERS, QUANTITIES), max_size=30)


@given(worths=WORTHS, number=NUMBERS, stands=QUANTITIES | st.none())
def test_what_is_like_a_number(worths: list[Worth], number: float, stands: Quantity | None) -> None:
    low, high = sorted((number / 3, number * 3))
    kin = akin = strange = 0
    for worth in worths:
        if low <= worth.number <= high:
            if relation(stands, worth.quantity) is not Relation.OTHER:
                kin += 1
            elif alike(stands, worth.quantity)[1]:
                akin += 1
            else:
                strange += 1
    assert Table(worths).likeness(number, stands) == Likeness(kin, akin, strange)
