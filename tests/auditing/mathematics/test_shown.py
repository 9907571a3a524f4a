"""Numbers that a program has printed for names."""

from __future__ import annotations

import json

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook of code cells, each with what it shows."""
    made = [
        {"cell_type": "code", "source": source, "outputs": [{"data": {"text/plain": output}}] if output else []}
        for source, output in cells
    ]
    return json.dumps({"cells": made, "nbformat": 4})


# 0.5*0.3 + 0.1 is 0.25, and 1/(1 + exp(-0.25)) is 0.562177 (bc -l)
@pytest.mark.parametrize(
    ("z", "a", "verdicts"),
    [
        ("0.25", "0.5621765008857981", [Verdict.CORRECT, Verdict.CORRECT]),
        ("0.52", "0.5621765008857981", [Verdict.WRONG, Verdict.CORRECT]),
        ("0.25", "0.6521765008857981", [Verdict.CORRECT, Verdict.WRONG]),
    ],
)
def test_a_notebook_is_judged_by_what_its_cells_state(z: str, a: str, verdicts: list[Verdict]) -> None:
    text = notebook(("w, x, b = 0.5, 0.3, 0.1", ""), ("z = w*x + b\nz", z), ("a = 1/(1 + np.exp(-z))\na", a))
    found = {one.text: one for one in audit(*read_text(text, "sheet.ipynb")).claims}
    assert [found[number].verdict for number in (z, a)] == verdicts
    assert [found[number].quantity for number in (z, a)] == ["z", "a"]


def test_more_numbers_than_names_stay_as_they_are() -> None:
    text = notebook(("w, x, b = 0.5, 0.3, 0.1", ""), ("z = w*x + b\nz", "0.25 0.7"))
    assert {one.quantity for one in audit(*read_text(text, "sheet.ipynb")).claims if one.printed} == {""}


def test_what_is_shown_after_an_update_is_given_nowhere() -> None:
    cells = [("w = 0.5\nx = 2.0\nt = 0.0", ""), ("y = w*x\nE = 0.5*(y - t)**2", "")]
    text = notebook(*cells, ("w -= 0.1*(y - t)*x\nw", "0.3"), ("y = w*x\ny", "0.6"))
    found = {one.text: one for one in audit(*read_text(text, "sheet.ipynb")).claims}
    assert {found[number].verdict for number in ("0.3", "0.6")} <= {Verdict.CORRECT, Verdict.CARRIED}


@pytest.mark.parametrize("fence", ["", "```python\n"])
@pytest.mark.parametrize(("asked", "z", "verdict"), [(">>> z", "0.25", "correct"), (">>> print(z)", "0.52", "wrong")])
def test_a_session_tells_for_what_a_value_is_shown(fence: str, asked: str, z: str, verdict: str) -> None:
    text = f">>> w, x, b = 0.5, 0.3, 0.1\n>>> z = w*x + b\n{asked}\n{z}\n>>> a = 1/(1 + exp(-z))\n>>> a\n0.5621765\n"
    found = {one.text: one for one in audit(*read_text(fence + text + fence[:3], "sheet.md")).claims}
    assert (found[z].quantity, found[z].verdict) == ("z", verdict)
    assert found["0.5621765"].quantity == "a"
