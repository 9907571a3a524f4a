"""Places of labels: on their legs, and on nothing else."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from symbackprop.rendering.drawing.labels import Box, Leg, fitted

HEIGHT = st.integers(0, 300)
LEGS = st.lists(st.tuples(HEIGHT, HEIGHT), min_size=1, max_size=8)


@given(LEGS, st.integers(10, 80))
def test_labels_stand_on_their_legs_and_never_on_each_other(ends: list[tuple[int, int]], wide: int) -> None:
    legs = [Leg(((0, above), (150, below))) for above, below in ends]
    wall = Box(75, 150, 20, 40)
    centres = fitted([(wide, 14)] * len(legs), legs, [wall])
    boxes = []
    for leg, centre in zip(legs, centres, strict=True):
        if centre is not None:
            assert abs(leg.at(centre[0]) - centre[1]) <= 0.5
            boxes.append(Box(*centre, wide, 14))
    assert not any(one.meets(other) for one, other in combinations([*boxes, wall], 2))


def test_a_label_without_room_is_left_out() -> None:
    leg = Leg(((0, 0), (100, 0)))
    assert fitted([(40, 14)], [leg], [Box(50, 0, 100, 20)]) == [None]
    assert fitted([(140, 14)], [leg], []) == [None]
    assert fitted([(0, 0)], [leg], []) == [None]


def test_what_found_no_place_goes_first() -> None:
    """The one free place of the level leg is on the way of the falling one, which has others."""
    level, falling = Leg(((0, 50), (100, 50))), Leg(((0, 0), (100, 147)))
    walls = [Box(14, 50, 28, 10), Box(86, 50, 28, 10)]
    assert None not in fitted([(40, 14), (40, 14)], [falling, level], walls)


def test_the_height_on_a_bent_leg() -> None:
    leg = Leg(((0, 0), (10, 20), (20, 20)))
    assert [leg.at(x) for x in (0, 5, 10, 15, 20)] == [0, 10, 20, 20, 20]
