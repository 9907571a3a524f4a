"""Numbers that programs assign."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.inference.assigned import assigned
from tests.auditing.inference.sheets import drafted

RULE = "z = w*x + b\n\ny = tanh(z)\n\n"


def listing(*lines: str) -> str:
    """A document with a formula and a program."""
    return RULE + "\n".join(["```python", "import numpy as np", *lines, "```"])


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (("w = 0.5", "x = 2", "b = -0.1"), {"w": "0.5", "x": "2", "b": "-0.1"}),
        (("w, x = 0.5, 2", "b = .1  # a bias"), {"w": "0.5", "x": "2", "b": "0.1"}),
        (("w = 0.5; x = 2; b = 1",), {"w": "0.5", "x": "2", "b": "1"}),
        (("x = np.array([0.5, 2])", "w = np.array([", "    3,", "    4", "])"), {"w_1": "3", "w_2": "4", "x_1": "0.5"}),
        (("w = 0.5", "x = np.random.rand()", "b = len(v)"), {"w": "0.5"}),
        (("w = 0.5", "w = 0.7", "x = 2"), {"x": "2"}),  # which it is worth is not clear
        (
            (
                "w = [0.5,  # first",
                "     0.7]",
            ),
            {},
        ),
        (("s = 'w = 0.5'", "if w == 0.5:", "f(w=0.5)"), {}),
    ],
)
def test_what_programs_assign(lines: tuple[str, ...], values: dict[str, str]) -> None:
    found = drafted(listing(*lines), "sheet.md").values
    assert {name: found[name] for name in values} == values
    assert values or not found


def test_what_the_document_says_comes_first() -> None:
    found = drafted(listing("w = 0.5", "x = 2", "b = 1", "lr = 0.1") + "\n\nw = 0.7, learning rate 0.3", "sheet.md")
    assert found.values == {"w": "0.7", "x": "2", "b": "1"}


@pytest.mark.parametrize(("said", "rate"), [("", "0.1"), ("w_new = w - 0.3*dE/dw", "0.3"), ("lr = 0.4", "0.4")])
def test_the_learning_rate_of_a_program(said: str, rate: str) -> None:
    text = listing("w = 0.5", "x = 2", "b = 1", "t = 1", "lr = 0.1") + f"\n\nE = (t - y)^2\n\n{said}"
    assert drafted(text, "sheet.md").learning_rate == rate


def test_no_assignment_of_a_sentence_is_one_of_a_program() -> None:
    assert assigned(read_text("w = 0.5\n\n    b = 0.5\n\n")[1]) == ()
