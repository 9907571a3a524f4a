"""Parts of formulas that have names of their own."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted

GIVEN = "x = 0.5, w = 0.6, b = 0.1, v = 2, t = 1\n\n"


@pytest.mark.parametrize(
    ("lines", "equations"),
    [
        ("h = tanh(w*x + b)\n\na = w*x + b = 0.4\n\ny = v*h", {"h": "tanh(a)", "a": "w*x + b", "y": "v*h"}),
        ("E = (t - (w*x + b))^2\n\ny = w*x + b = 0.4", {"E": "(t - y)**2", "y": "w*x + b"}),
        ("z = w*x + b = 0.4\n\na = w*x + b = 0.4\n\nh = tanh(z)", {"z": "w*x + b", "a": "w*x + b", "h": "tanh(z)"}),
        ("h = tanh(w*x + b)\n\ny = v*h", {"h": "tanh(w*x + b)", "y": "v*h"}),
    ],
    ids=["of an activation", "of an error", "two names for the same", "without a name"],
)
def test_a_part_is_called_by_its_name(lines: str, equations: dict[str, str]) -> None:
    assert dict(drafted(GIVEN + lines).equations) == equations
