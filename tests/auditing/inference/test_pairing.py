"""Outputs and their targets."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.pairing import Pairing
from tests.auditing.inference.sheets import evidence


@pytest.mark.parametrize(
    ("output", "tag"),
    [("out_o1", "o1"), ("O3", "o3"), ("y1final", "y1"), ("o1_out", "o1"), ("O1output", "o1"), ("a", "a")],
)
def test_the_unit_of_an_output(output: str, tag: str) -> None:
    assert Pairing((), evidence(""), {}).tag(output) == tag


@pytest.mark.parametrize(
    ("text", "output", "target"),
    [
        ("O1ideal = 1, O1output = 0.5", "O1output", "O1ideal"),
        ("t_6 = 1, out_6 = 0.5, t_5 = 0.4", "out6", "t_6"),
        ("T = 1, O_6 = 0.5", "O6", "T"),
        ("t_1 = 1, O_6 = 0.5", "O6", "t_1"),
        ("t_1 = 1, t_2 = 0, O_6 = 0.5", "O6", "target"),
        ("O_6 = 0.5", "O6", "target"),
    ],
)
def test_the_target_of_the_only_output(text: str, output: str, target: str) -> None:
    assert Pairing((output,), evidence(text), {}).target(output).base == target
