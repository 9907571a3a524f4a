"""Rules whose letters count: written out with every number for them."""

from __future__ import annotations

import pytest

from tests.auditing.mathematics.writing import shown
from tests.auditing.naming.sheets import Sheet

RULES = [
    ("steps", r"$h_t = \tanh(a_t)$", [["h_1", "tanh(a_1)"], ["h_2", "tanh(a_2)"]]),
    ("steps", r"$h_t = \tanh(h_{t-1})$", [["h_1", "tanh(h_0)"], ["h_2", "tanh(h_1)"]]),
    ("steps", r"$h_{t+1} = a_{t+1}$", [["h_1", "a_1"], ["h_2", "a_2"]]),
    ("steps", r"$a_T = h_{T-1}$", [["a_2", "h_1"]]),  # the last step
    ("steps", r"$L = \sum_t h_t x_t$", [["L", "(+ (* h_1 x_1) (* h_2 x_2))"]]),
    ("steps", r"$L = \sum_{t=1}^{T} h_{t-1}$", [["L", "(+ h_0 h_1)"]]),
    ("steps", r"$L = \sum_{t=1}^{2} h_t$", [["L", "(+ h_1 h_2)"]]),
    ("steps", r"$L = \sum_{t=2}^{2} h_t$", [["L", "h_2"]]),
    ("steps", r"$L = \sum_{t=1}^{3} h_t$", []),  # there is no h_3
    ("steps", r"$q_t = h_t$", []),
    ("raised", r"$a^l_j = z^l_j$", [[f"a^{layer}_{unit}", f"z^{layer}_{unit}"] for layer in (2, 3) for unit in (1, 2)]),
    ("raised", r"$z^l_1 = \sum_k w^l_{1k} a^{l-1}_k$", [["z^3_1", "(+ (* w^3_11 a^2_1) (* w^3_12 a^2_2))"]]),
    ("raised", r"$\delta^L_1 = a^L_1$", [["δ^3_1", "a^3_1"]]),
]


@pytest.mark.parametrize(("network", "text", "places"), RULES)
def test_all_numbers_at_which_every_name_means_something(network: str, text: str, places: list[list[str]]) -> None:
    sheet = Sheet(network, text)
    found = sheet.names.numbered(sheet.chains[0].members)
    assert [[shown(member) for member in members] for members in found] == places


def test_which_rules_are_about_one_place() -> None:
    sheet = Sheet("steps", r"$L = \sum_t h_t$ and $L = \sum_k h_t$")
    assert [sheet.names.is_determinate(chain.members) for chain in sheet.chains] == [True, False]
