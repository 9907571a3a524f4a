"""A number above a name is a layer or a power, as the network's names tell."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.naming.layers import with_layers
from tests.auditing.mathematics.writing import shown
from tests.auditing.naming.sheets import NETWORKS

READ = [
    ("raised", "$a^3 = 0.5$", "a^3"),
    ("raised", "$x^2 = 0.5$", "(^ x 2)"),  # x_1 and x_2 are x
    ("raised", "$\\delta^3 = 0.5$", "δ^3"),
    ("raised", "$\\delta^4 = 0.5$", "(^ δ 4)"),  # there is no fourth layer
    ("raised", "$a^3_1 = 0.5$", "a^3_1"),
    ("raised", "$x^2_1 = 0.5$", "(^ x_1 2)"),
    ("raised", "$a_1^3 = 0.5$", "a^3_1"),
    ("steps", "$h^2_1 = 0.5$", "(^ h_1 2)"),
    ("steps", "$h_1^2 = 0.5$", "(^ h_1 2)"),
]


@pytest.mark.parametrize(("network", "text", "due"), READ)
def test_what_stands_above_a_name(network: str, text: str, due: str) -> None:
    statements = read_statements(read_text(text, "sheet.md")[1])
    (chain,) = with_layers(statements, NETWORKS[network]().graph.names).statements
    assert isinstance(chain, Chain)
    assert shown(chain.members[0]) == due
