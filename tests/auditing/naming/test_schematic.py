"""Rules for any unit, written out at every place of a network."""

from __future__ import annotations

import pytest

from symbackprop.auditing.mathematics.tree import Name, Node, Partial
from symbackprop.auditing.naming.names import Names
from symbackprop.auditing.naming.worth import Worth
from tests.auditing.naming.sheets import NOTHING, Sheet, node, truth_of

SCHEMATIC = [
    ("unit_numbers", "w_{ij}", True),
    ("unit_numbers", "O_j", True),
    ("unit_numbers", "δ_j", True),
    ("unit_numbers", "∂E/∂w_{ij}", True),
    ("unit_numbers", "w_{14}", False),
    ("unit_numbers", "O_4", False),
    ("unit_numbers", "xyz", False),
    ("unit_numbers", "θ", False),  # all thresholds
    ("two_two_two", "θ", True),  # any parameter
    ("two_two_two", "out_h", True),
    ("steps", "h_t", True),
    ("steps", "h_{t-1}", True),
    ("steps", "W_{hh}", False),
]


@pytest.mark.parametrize(("network", "written", "schematic"), SCHEMATIC)
def test_schematic(network: str, written: str, *, schematic: bool) -> None:
    assert Names(truth_of(network), NOTHING).schematic(node(written)) is schematic


def _holds(sheet: Sheet, members: tuple[Node, ...]) -> bool:
    worth = Worth(sheet.names.truth, sheet.names.readings)
    sides = [worth.everywhere(member) for member in members]
    assert None not in sides
    return all(
        one.overlaps(other)
        for side in sides[1:]
        if side and sides[0]
        for one, other in zip(sides[0], side, strict=True)
    )


RULES = [
    # rule, in which of its ways it holds everywhere, at how many places the first way is
    ("unit_numbers", r"$I_j = \sum_i w_{ij} O_i + \theta_j$", [True, False], 3),
    ("unit_numbers", r"$O_j = \frac{1}{1 + e^{-I_j}}$", [True], 3),
    ("unit_numbers", r"$\delta_j = O_j (1 - O_j)(O_j - T_j)$", [True], 1),
    ("unit_numbers", r"$\delta_j = O_j (1 - O_j) \sum_k \delta_k w_{jk}$", [True, False], 2),
    ("unit_numbers", r"$\frac{\partial E}{\partial w_{ij}} = \delta_j O_i$", [True, False], 6),
    ("unit_numbers", r"$\frac{\partial E}{\partial w_{ji}} = \delta_j O_i$", [False, True], 2),
    ("unit_numbers", r"$\frac{\partial E}{\partial w_{ij}} = \delta_j O_j$", [False, False], 6),
    ("unit_numbers", r"$\Delta w_{ij} = -\eta \delta_j O_i$", [True, False], 6),
    ("unit_numbers", r"$\Delta\theta_j = -\eta \delta_j$", [True], 3),
    ("unit_numbers", r"$\delta^o_k = O_k (1 - O_k)(O_k - T_k)$", [True], 1),
    ("unit_numbers", r"$\delta^h_j = O_j (1 - O_j) \sum_k \delta^o_k w^o_{jk}$", [True], 2),
    ("two_two_two", r"$\delta_{h1} = (\sum_o \delta_o w_{ho}) out_{h1} (1 - out_{h1})$", [True, False], 1),
    ("two_two_two", r"$\delta_h = (\sum_o \delta_o w_{ho}) out_h (1 - out_h)$", [True], 2),
    ("two_two_two", r"$\delta_h = (\sum_o \delta_o w_{ho}) (1 - out_h)$", [False], 2),
    ("two_two_two", r"$E_{total} = \sum \frac{1}{2} (target - output)^2$", [True], 1),
    ("two_two_two", r"$E_{total} = \sum (target - output)^2$", [False], 1),
    ("two_two_two", r"$E_{total} = \sum_o E_o$", [True], 1),
]


@pytest.mark.parametrize(("network", "text", "ways", "places"), RULES)
def test_rules(network: str, text: str, ways: list[bool], places: int) -> None:
    sheet = Sheet(network, text)
    found = list(sheet.names.unrolled(sheet.chains[0].members))
    assert [all(_holds(sheet, members) for members in way) for way in found] == ways
    assert len(found[0]) == places


def test_any_parameter() -> None:
    sheet = Sheet("two_two_two", r"$\theta^{+} = \theta - \eta \frac{\partial E_{total}}{\partial \theta}$")
    (way,) = sheet.names.unrolled(sheet.chains[0].members)
    subjects = [members[0] for members in way]
    assert [one.text for one in subjects if isinstance(one, Name)] == [f"w_{n}+" for n in range(1, 9)]


def test_what_is_written_out() -> None:
    sheet = Sheet("unit_numbers", r"$\delta_j = O_j (1 - O_j) \sum_k \delta_k w_{jk}$")
    subjects = [members[0] for members in next(iter(sheet.names.unrolled(sheet.chains[0].members)))]
    assert [one.by.text for one in subjects if isinstance(one, Partial) and isinstance(one.by, Name)] == ["I_4", "I_5"]


def test_what_means_nothing_has_no_place() -> None:
    sheet = Sheet("unit_numbers", "$qq_j = O_j w_{ij}$")
    assert list(sheet.names.unrolled(sheet.chains[0].members)) == []
