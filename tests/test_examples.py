"""The examples are run as their reader runs them, and what they print is held against numbers made without them."""

from __future__ import annotations

import ast
import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from math import exp
from pathlib import Path
from typing import Any

import mpmath
import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = ("audit", "custom_equations", "derive", "train", "verify")
NUMBER = r"(-?\d[\d.]*(?:e[-+]\d+)?)"


def run(name: str, folder: Path, *arguments: str) -> str:
    """What a script prints that is started in a folder of its own, in which it writes nothing unasked."""
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert result.returncode == 0, result.stderr
    assert not result.stderr
    assert {path.name for path in folder.iterdir()} == set(arguments)
    return result.stdout


def number(printed: str, before: str) -> float:
    """The one number that stands after `before`."""
    (found,) = re.findall(rf"(?m)^ *{re.escape(before)} *{NUMBER}", printed)
    return float(found)


def sigmoid(z: float) -> float:
    """1/(1 + e^-z)"""
    return 1 / (1 + exp(-z))


class ByHand:
    """The 2-2-2 network in plain arithmetic, its biases never updated."""

    def __init__(self) -> None:
        self.w = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]

    def outputs(self) -> tuple[float, float, float, float]:
        """out_h1, out_h2, out_o1, out_o2"""
        w = self.w
        h1, h2 = sigmoid(w[0] * 0.05 + w[1] * 0.1 + 0.35), sigmoid(w[2] * 0.05 + w[3] * 0.1 + 0.35)
        return h1, h2, sigmoid(w[4] * h1 + w[5] * h2 + 0.6), sigmoid(w[6] * h1 + w[7] * h2 + 0.6)

    def cost(self) -> float:
        """E_total"""
        *_, o1, o2 = self.outputs()
        return ((0.01 - o1) ** 2 + (0.99 - o2) ** 2) / 2

    def update(self, *, output_first: bool = False) -> None:
        """One update; with `output_first` the hidden gradients are taken through the new output weights."""
        h1, h2, o1, o2 = self.outputs()
        d1, d2 = (o1 - 0.01) * o1 * (1 - o1), (o2 - 0.99) * o2 * (1 - o2)
        old = list(self.w)
        for place, gradient in zip(range(4, 8), (d1 * h1, d1 * h2, d2 * h1, d2 * h2), strict=True):
            self.w[place] -= 0.5 * gradient
        through = self.w if output_first else old
        e1 = (d1 * through[4] + d2 * through[6]) * h1 * (1 - h1)
        e2 = (d1 * through[5] + d2 * through[7]) * h2 * (1 - h2)
        for place, gradient in zip(range(4), (e1 * 0.05, e1 * 0.1, e2 * 0.05, e2 * 0.1), strict=True):
            self.w[place] -= 0.5 * gradient


@pytest.fixture(scope="module")
def trained() -> dict[int, ByHand]:
    """The network after 0, 2000, 4000, ... updates, and after one."""
    network, kept = ByHand(), {}
    for step in range(10_001):
        if step % 2000 == 0 or step == 1:
            kept[step] = ByHand()
            kept[step].w = list(network.w)
        network.update()
    return kept


def test_every_script_is_run_here() -> None:
    assert sorted(path.stem for path in EXAMPLES.glob("*.py")) == list(SCRIPTS)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_says_how_it_is_run_and_is_short(name: str) -> None:
    text = (EXAMPLES / f"{name}.py").read_text(encoding="utf-8")
    assert f"python examples/{name}.py" in (ast.get_docstring(ast.parse(text)) or "")
    assert len(text.splitlines()) <= 40


def test_derive(tmp_path: Path) -> None:
    printed = run("derive", tmp_path, "page.html")
    h1, _, o1, o2 = ByHand().outputs()
    node_error = (o1 - 0.01) * o1 * (1 - o1)
    assert number(printed, "dE_total/dw_5 =") == pytest.approx(node_error * h1, rel=1e-12)
    assert number(printed, "dE_total/dnet_o1 =") == pytest.approx(node_error, rel=1e-12)
    assert number(printed, "dnet_o1/dw_5 =") == pytest.approx(h1, rel=1e-12)
    assert number(printed, "dout_o2/dw_1 =") == pytest.approx(o2 * (1 - o2) * 0.5 * h1 * (1 - h1) * 0.05, rel=1e-12)
    assert r"\approx 0.138498562 \cdot 0.593269992 \approx 0.082167041" in printed  # as in the document
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_verify(tmp_path: Path, trained: dict[int, ByHand]) -> None:
    printed = run("verify", tmp_path)
    assert "84 steps proved" in printed
    assert "4 claims wrong" in printed
    last = trained[10_000]
    *_, o1, o2 = last.outputs()
    for place, due in (
        ("E_total after update 1: 0.291027924 is printed,", trained[1].cost()),
        ("E_total after update 10000: 0.0000351085 is printed,", last.cost()),
        ("out_o1 after update 10000: 0.015912196 is printed,", o1),
        ("out_o2 after update 10000: 0.984065734 is printed,", o2),
    ):
        assert number(printed, place) == pytest.approx(due, rel=1e-8)


def test_audit(tmp_path: Path) -> None:
    document = EXAMPLES / "documents" / "one_neuron.md"
    printed = run("audit", tmp_path)
    lines = document.read_text(encoding="utf-8").splitlines()
    faults = [int(line) for line in re.findall(r"(?m)^line (\d+): ", printed)]
    assert ["0.2530" in lines[faults[0] - 1], r"{\partial b} = \frac{\partial C}{\partial y} =" in lines[faults[1] - 1]]
    assert len(faults) == 2
    assert f"the numbers put in make {Decimal('0.6225') * (1 - Decimal('0.6225')):f}".rstrip("0") in printed
    assert "the numbers put in make 1\n" in printed


def test_audit_writes_a_page(tmp_path: Path) -> None:
    document = tmp_path / "sheet.md"
    document.write_text("With x = 2 and w = 0.5 the neuron has $z = w x = 0.5 * 2 = 1.5$.\n", encoding="utf-8")
    assert "1.5" in run("audit", tmp_path, "sheet.md", "page.html")
    assert "sheet.md" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_train(tmp_path: Path, trained: dict[int, ByHand]) -> None:
    printed = run("train", tmp_path, "curve.csv")
    for step in range(0, 10_001, 2000):
        assert number(printed, f"after {step:5} updates: E_total =") == pytest.approx(trained[step].cost(), rel=1e-8)
        (weight,) = re.findall(rf"after {step:5} updates: .*, w_5 = {NUMBER}", printed)
        assert float(weight) == pytest.approx(trained[step].w[4], rel=1e-8)
    slip = ByHand()
    slip.update(output_first=True)
    assert number(printed, "after one update, simultaneous: E_total =") == pytest.approx(trained[1].cost(), rel=1e-8)
    assert number(printed, "after one update, output-first: E_total =") == pytest.approx(slip.cost(), rel=1e-8)
    with (tmp_path / "curve.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["step", "E_total"]
    assert [int(step) for step, _ in rows[1:]] == list(range(0, 10_001, 100))
    assert float(rows[-1][1]) == pytest.approx(trained[10_000].cost(), rel=1e-9)


def test_custom_equations(tmp_path: Path) -> None:
    printed = run("custom_equations", tmp_path)

    def loss(v: Any, w: Any, c: Any, x: float = 1.5) -> Any:
        return -mpmath.log(1 / (1 + mpmath.exp(-(mpmath.tanh(w * x) / (1 + mpmath.exp(-(v * x + c))) + v))))

    with mpmath.workdps(40):
        point = tuple(map(mpmath.mpf, ("0.3", "-0.8", "0.1")))
        for place, name in enumerate("vwc"):
            order = tuple(int(place == other) for other in range(3))
            gradient = mpmath.diff(loss, point, order)
            assert number(printed, f"dL/d{name} =") == pytest.approx(float(gradient), rel=1e-14)
    for x in (-1.0, -0.5, 0.0, 0.5, 1.0):
        slope = mpmath.diff(lambda v, x=x: loss(v, point[1], point[2], x), point[0])
        assert number(printed, f"x = {x:4.1f}: dL/dv =") == pytest.approx(float(slope), abs=5.1e-7)
    assert "every step is proved or confirmed: True" in printed


def cells() -> list[str]:
    """The code of the notebook, a cell each."""
    notebook = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    return ["".join(cell["source"]) for cell in code]


def shown_by(code: str, namespace: dict[str, object]) -> object:
    """What a cell shows: the value of its last line, where that is an expression."""
    *before, last = ast.parse(code).body
    value = last.value if isinstance(last, ast.Expr) else ast.parse("None", mode="eval").body
    done = before if isinstance(last, ast.Expr) else [*before, last]
    exec(compile(ast.Module(done, []), "notebook", "exec"), namespace)  # noqa: S102 - our own notebook
    return eval(compile(ast.Expression(value), "notebook", "eval"), namespace)  # noqa: S307


def test_the_notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trained: dict[int, ByHand]) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    _, network, gradient, partial, derivation, report, audit, costs = [shown_by(cell, namespace) for cell in cells()]

    def show(value: object, kind: str) -> str:
        method: Callable[[], str] = getattr(value, f"_repr_{kind}_")
        return method()

    assert show(network, "html").startswith("<img ")
    assert r"\approx 0.082167041$" in show(gradient, "latex")
    assert r"\approx 0.055399425$" in show(partial, "latex")
    assert "</iframe>" in show(derivation, "html")
    assert isinstance(report, tuple)
    assert report[0] is True
    assert "| `0.3392` |" in show(audit, "markdown")
    assert "1 wrong" in repr(audit)
    assert isinstance(costs, list)
    assert costs[0] == pytest.approx(trained[0].cost(), abs=1e-9)
    assert len(costs) == 5
    assert not list(tmp_path.iterdir())
