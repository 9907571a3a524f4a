"""The order and the heights of what stands in a column."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from symbackprop.network.problem import Problem, read_equations
from symbackprop.rendering.drawing.ordering import Grid, aligned, ordered
from symbackprop.rendering.drawing.outline import outline

HEIGHTS = st.lists(st.integers(-50, 50), min_size=1, max_size=6)


def test_crossing_links_are_uncrossed() -> None:
    equations = {"p": "b*1", "q": "a*1", "r": "p*1", "s": "q*1"}
    drawn = outline(Problem(read_equations(equations, ["a", "b"], [], [])))
    grid = ordered(drawn)
    names = [[drawn.vertices[item].names[0] for item in column] for column in grid.columns]
    assert set(zip(*names, strict=True)) == {("a", "q", "s"), ("b", "p", "r")}


def test_an_order_without_a_better_one_is_the_authors() -> None:
    equations = {f"z_{n}": "x_1 + x_2 + x_3" for n in range(4)}
    drawn = outline(Problem(read_equations(equations, ["x_1", "x_2", "x_3"], [], [])))
    assert ordered(drawn).columns == ((0, 1, 2), (3, 4, 5, 6))


def test_links_of_one_source_share_their_bends() -> None:
    equations = {"p": "x + 1", "q": "p + 1", "r": "q + x", "s": "r + x"}
    drawn = outline(Problem(read_equations(equations, ["x"], [], [])))
    grid = ordered(drawn)
    bends = [between for between in grid.bends if between]
    assert sorted(map(len, bends)) == [2, 3]
    short, long = sorted(bends, key=len)
    assert long[:2] == short


@given(HEIGHTS, st.integers(1, 30))
def test_rooms_never_overlap_and_a_single_item_stands_beside_its_neighbour(heights: list[int], room: int) -> None:
    first = tuple(range(len(heights)))
    second = tuple(range(len(heights), 2 * len(heights)))
    beside = dict(zip(second, ((item,) for item in first), strict=True))
    back = {item: (other,) for other, (item,) in beside.items()}
    rooms = dict.fromkeys((*first, *second), (room, room + 1))
    height = aligned(Grid((first, second), (), beside, back), rooms)
    for column in (first, second):
        for above, below in pairwise(column):
            assert height[below] - height[above] >= 2 * room + 1
    assert all(height[other] == height[item] for other, (item,) in beside.items())
