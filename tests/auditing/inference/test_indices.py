"""Entries of vectors and matrices by their indices."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted, inferred

GIVEN = "x = [1, 2]\n\nw = [5, 6]\n\nW = [[0.1, 0.2], [0.3, 0.4]]\n\n"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("z = w_1 x_1 + w_2 x_2", {"w_1": "5", "x_1": "1", "w_2": "6", "x_2": "2"}),
        ("z = w_0 x_0 + w_1 x_1", {"w_0": "5", "x_0": "1", "w_1": "6", "x_1": "2"}),
        ("z = w[0]*x[0] + w[1]*x[1]", {"w_0": "5", "x_0": "1", "w_1": "6", "x_1": "2"}),
        ("z = W_{1,2} x_2", {"W_12": "0.2", "x_2": "2"}),
        ("z = W[0][1]*x[1] + x[0]", {"W_01": "0.2", "x_1": "2", "x_0": "1"}),
        ("z = W_{01} x_1 + x_0", {"W_01": "0.2", "x_1": "2", "x_0": "1"}),
        ("z = w0*x0", {"w_0": "5", "x_0": "1"}),
        # w_0 is none of two entries that are counted up to 2, nor where it has a number of its own
        ("z = w_0 + w_1 x_1 + w_2 x_2", {"x_1": "1", "x_2": "2", "w_1": "5", "w_2": "6"}),
        ("w_0 = 3\n\nz = w_0 + w_1 x_1", {"x_1": "1", "w_0": "3", "w_1": "5"}),
    ],
)
def test_numbers_of_entries_by_their_indices(line: str, values: dict[str, str]) -> None:
    assert drafted(GIVEN + line).values == values


def test_a_network_that_is_counted_from_0() -> None:
    found = inferred("x = [0.3, 0.7]\n\nw = [0.1, 0.2]\n\nz = w[0]*x[0] + w[1]*x[1] = 0.17\n\ny = tanh(z) = 0.1684")
    assert found.problem is not None
    assert dict(found.problem.values) == {"w_0": "0.1", "x_0": "0.3", "w_1": "0.2", "x_1": "0.7"}
