"""Formulas of vectors and matrices whose shapes do not fit: at fault only where their names are known to be right."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from tests.networks import example

FORMULAS = (
    r"z^{(1)} = W^{(1)} x + b^{(1)}",
    r"a^{(1)} = \tanh(z^{(1)})",
    r"z^{(2)} = W^{(2)} a^{(1)} + b^{(2)}",
    r"a^{(2)} = \sigma(z^{(2)})",
    r"\delta^{(2)} = a^{(2)} - y",
    r"\delta^{(1)} = (W^{(2)})^T \delta^{(2)} \odot (1 - a^{(1)} \odot a^{(1)})",
    r"\frac{\partial C}{\partial W^{(2)}} = \delta^{(2)} (a^{(1)})^T",
    r"\frac{\partial C}{\partial W^{(1)}} = \delta^{(1)} x^T",
    r"\frac{\partial C}{\partial b^{(1)}} = \delta^{(1)}",
)
SLIPS = [
    (5, r"\delta^{(1)} = (W^{(1)})^T \delta^{(2)} \odot (1 - a^{(1)} \odot a^{(1)})"),
    (6, r"\frac{\partial C}{\partial W^{(2)}} = \delta^{(2)} (a^{(2)})^T"),
    (6, r"\frac{\partial C}{\partial W^{(2)}} = \delta^{(1)} (a^{(1)})^T"),
]
COUNTED_FROM_ZERO = (  # as the network does not
    r"z^{[1]} = W^{[0]} a^{[0]} + b^{[0]}",
    r"a^{[1]} = \tanh(z^{[1]})",
    r"z^{[2]} = W^{[1]} a^{[1]} + b^{[1]}",
    r"a^{[2]} = \sigma(z^{[2]})",
    r"\delta^{[2]} = a^{[2]} - y",
    r"\delta^{[1]} = (W^{[1]})^T \delta^{[2]} \odot (1 - a^{[1]} \odot a^{[1]})",
    r"\frac{\partial C}{\partial W^{[1]}} = \delta^{[2]} (a^{[1]})^T",
    r"\frac{\partial C}{\partial W^{[0]}} = \delta^{[1]} (a^{[0]})^T",
)
ROWS = (  # examples lie in rows, and weights the other way
    r"z_1 = x W_1 + b_1",
    r"a_1 = \tanh(z_1)",
    r"z_2 = a_1 W_2 + b_2",
    r"a_2 = \sigma(z_2)",
    r"\delta_2 = a_2 - y",
    r"\frac{\partial C}{\partial W_2} = a_1^T \delta_2",
    r"\delta_1 = (\delta_2 W_2^T) * (1 - a_1 * a_1)",
    r"\frac{\partial C}{\partial W_1} = x^T \delta_1",
    r"W_2 = W_2 - \eta \frac{\partial C}{\partial W_2}",
)


def _sheet(formulas: tuple[str, ...]) -> str:
    return "\n\n".join(f"$$\n{formula}\n$$" for formula in formulas)


@pytest.mark.parametrize(("place", "slip"), SLIPS)
def test_a_slip_by_which_shapes_do_not_fit(place: int, slip: str) -> None:
    source, blocks = read_text(_sheet((*FORMULAS[:place], slip, *FORMULAS[place + 1 :])), name="sheet.md")
    (claim,) = audit(source, blocks, example("layers_textbook")).faults
    assert (claim.cause, claim.corrected) == ("wrong-index", FORMULAS[place])


@pytest.mark.parametrize("formulas", [FORMULAS, COUNTED_FROM_ZERO, ROWS])
def test_what_is_written_otherwise_than_in_the_network_is_not_accused(formulas: tuple[str, ...]) -> None:
    source, blocks = read_text(_sheet(formulas), name="sheet.md")
    assert not audit(source, blocks, example("layers_textbook")).faults


def test_alone_nobody_knows_what_the_names_are() -> None:
    source, blocks = read_text(_sheet((SLIPS[0][1],)), name="sheet.md")
    assert not audit(source, blocks, example("layers_textbook")).faults
