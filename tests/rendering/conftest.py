"""Workings to render: the examples, and networks that are deep, wide, or full of functions."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import Working, work
from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.network.file import load_problem
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training, read_equations

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = "\\input{/etc/passwd} $x$ <b> 100% # ~ ^ & _{z} `c` *e* | \x1b[31m é ß 中 \u202eπ"


def layered(
    layers: Sequence[Dense],
    inputs: int = 2,
    notation: str = "mazur",
    loss: str = "half_squared_error",
    title: str = "",
    values: bool = True,
) -> Problem:
    """A network of layers; its numbers are 0.10, -0.17, 0.24, -0.31, ..., as far as 0.94."""
    graph = dense_graph(inputs, layers, LOSSES[loss], NOTATIONS[notation])
    numbers = {name: f"{'-' if i % 2 else ''}{0.1 + 0.07 * (i % 13):.2f}" for i, name in enumerate(graph.leaves)}
    training = Training(graph.definitions[-1].name, "0.1")
    return Problem(graph, numbers if values else {}, training, title=title, source=title)


def equations() -> Problem:
    """Equations whose formulas are wider than a page: long names, long decimals, fractions, roots and powers."""
    long = "a_name_of_sixty_four_characters_that_no_line_has_room_for_twice"
    inputs = [f"x_{i}" for i in range(20)]
    weighted = " + ".join(f"w*{x}" for x in inputs[:11])
    graph = read_equations(
        {
            "q": f"({' + '.join(f'w*{x}' for x in inputs)})/({' + '.join(inputs)})",
            "p": "*".join(f"(w + {x})" for x in inputs[:13]),
            "r": f"sqrt({weighted}) + exp(-({weighted}))",
            "s": f"max({weighted}, abs({weighted.replace(' + ', ' - ')}))",
            "z": f"q + p + r + s + {long}*{inputs[0]}",
            "y": "tanh(z)",
            "C": "(t - y)**2",
        },
        inputs,
        ["t"],
        ["w", long],
    )
    numbers = {x: f"0.{i + 10}" for i, x in enumerate(inputs)}
    return Problem(
        graph, numbers | {"t": "1", "w": "0.123456789012345", long: "0." + "123456789" * 7}, Training("C", "0.1")
    )


PROBLEMS: dict[str, Callable[[], Problem]] = {
    "mazur": lambda: load_problem(EXAMPLES / "mazur_2_2_2.toml"),
    "sigmoid": lambda: load_problem(EXAMPLES / "sigmoid_2_3_1.toml"),
    "recurrent": lambda: load_problem(EXAMPLES / "recurrent.toml"),
    "textbook": lambda: load_problem(EXAMPLES / "layers_textbook.toml"),
    "softmax": lambda: load_problem(EXAMPLES / "softmax_2_3.toml"),
    "deep": lambda: layered([Dense(1, activation) for activation in ACTIVATIONS], notation="textbook"),
    "wide": lambda: layered([Dense(30, "tanh"), Dense(1)], notation="numbered"),
    "symbols": lambda: layered([Dense(2), Dense(2)], values=False),
    "equations": equations,
    "hostile": lambda: layered([Dense(1)], title=HOSTILE),
    "untrained": lambda: Problem(read_equations({"z": "w*x"}, ["x"], [], ["w"]), {"x": "2", "w": "0.50"}),
} | {loss: lambda loss=loss: layered([Dense(2)], loss=loss) for loss in LOSSES}


@cache
def worked(name: str, hand: bool = False, decimals: int | None = None) -> Working:
    """The working of one of the problems."""
    return work(derive(PROBLEMS[name]()), hand=hand, decimals=decimals)


@pytest.fixture
def working() -> Callable[..., Working]:
    """Makes the working of a problem by its name."""
    return worked


@pytest.fixture(params=list(PROBLEMS))
def any_working(request: pytest.FixtureRequest) -> Working:
    """Each of the workings in turn."""
    return worked(request.param)


@pytest.fixture
def pdflatex() -> Callable[[str, Path], str]:
    """Compiles a document in a directory and returns the log; fails where pdflatex does."""
    program = shutil.which("pdflatex")
    if program is None:
        pytest.skip("pdflatex is missing; on Debian: apt-get install texlive-latex-base texlive-latex-recommended")

    def compiled(tex: str, directory: Path) -> str:
        (directory / "document.tex").write_text(tex, encoding="ascii")
        options = ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
        # TeX breaks the lines of its log unless it is told that they may be long.
        run = subprocess.run(
            [program, *options, "document.tex"],
            cwd=directory,
            capture_output=True,
            timeout=120,
            env=os.environ | {"max_print_line": "10000"},
        )
        log = (directory / "document.log").read_text(encoding="latin-1")
        assert run.returncode == 0, log[-2000:]
        return log

    return compiled
