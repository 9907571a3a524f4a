"""Where examples begin."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.examples import examples
from tests.auditing.inference.sheets import read


def count(text: str) -> int:
    statements = read(text, "sheet.md")[1]
    found = examples(statements.blocks, statements.statements)
    assert found[0].first == 0
    assert found[-1].last == len(statements.blocks) - 1
    return len(found)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("x = 2\n\nz = w*x", 1),
        ("# Example 1\n\nx = 2\n\n# Example 2\n\nx = 3", 2),
        ("**Worked example A**\n\nx = 2\n\n**Worked example B**\n\nx = 3", 2),
        ("# Example 1\n\nx = 2\n\n# Example 2\n\nnothing yet", 1),
        ("# An example\n\nx = 2\n\n# The backward pass\n\ny = 3", 1),
        ("x = 2\n\nz = 0.4\n\nx = 3\n\nz = 0.6", 2),
        ("x = 2\n\nw = 0.4\n\nx = 2\n\nw = 0.6", 1),
        ("h1 = 0.90\n\nh1 = 0.97", 1),
    ],
)
def test_how_many_there_are(text: str, number: int) -> None:
    assert count(text) == number
