"""The JSON: its shape, its values, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from symbackprop.evaluation.worked import Working
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import symbol
from symbackprop.rendering.json_document import document

COMMON = ["name", "section", "latex", "expression", "value", "printed", "uses", "reason"]
STEP = [*COMMON, "rule", "factors", "paths", "node_error", "short"]


def read(working: Working) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(working))
    return found


def named(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = [item for item in items if item["name"] == name]
    return found


def test_keys(any_working: Working) -> None:
    found = read(any_working)
    assert list(found) == ["network", "cost", "definitions", "steps", "updates", "after"]
    for part, keys in (
        ("definitions", COMMON),
        ("steps", STEP),
        ("updates", [*COMMON, "rule"]),
        ("after", [*COMMON, "after"]),
    ):
        for item in found[part]:
            assert list(item) == keys
            assert item["name"].isascii()
            assert item["latex"].isascii()
            assert item["value"] is None or isinstance(item["value"], str)
    assert sum(len(found[part]) for part in ("definitions", "steps", "updates", "after")) == len(any_working.steps)


def test_network(working: Callable[..., Working]) -> None:
    network = read(working("mazur"))["network"]
    assert network["source"] == "Matt Mazur, A Step by Step Backpropagation Example"
    assert network["inputs"] == {"i_1": "0.05", "i_2": "0.10"}
    assert network["targets"] == {"target_o1": "0.01", "target_o2": "0.99"}
    assert list(network["parameters"]) == [f"w_{i}" for i in range(1, 9)] + ["b_1", "b_2"]
    assert network["parameters"]["w_2"] == "0.20"
    assert (network["learning_rate"], network["frozen"]) == ("0.5", ["b_1", "b_2"])
    assert (network["order"], network["decimals"], network["hand"]) == ("simultaneous", 9, False)


@pytest.mark.parametrize(
    ("part", "name", "places", "printed"),
    [  # as the document prints them
        ("definitions", "net_h1", 4, "0.3775"),
        ("definitions", "out_h1", 9, "0.593269992"),
        ("definitions", "E_total", 9, "0.298371109"),
        ("steps", "dE_total/dw_5", 9, "0.082167041"),
        ("steps", "dE_total/dw_1", 9, "0.000438568"),
        ("updates", "w_5+", 8, "0.35891648"),
    ],
)
def test_values(working: Callable[..., Working], part: str, name: str, places: int, printed: str) -> None:
    item = named(read(working("mazur"))[part], name)
    assert round(Decimal(item["value"]), places) == Decimal(printed)
    digits = item["value"].lstrip("-0.").replace(".", "")
    assert len(digits) == 30


def test_a_step(working: Callable[..., Working]) -> None:
    item = named(read(working("mazur"))["steps"], "dE_total/dw_5")
    assert item["rule"] == "chain rule"
    assert item["factors"] == item["uses"] == ["dE_total/dnet_o1", "dnet_o1/dw_5"]
    assert item["paths"] == [["dE_total/dnet_o1", "dnet_o1/dw_5"]]
    assert item["expression"] == "(dE_total/dnet_o1)*(dnet_o1/dw_5)"
    assert (item["node_error"], item["short"]) == (None, "delta_o1*out_h1")
    assert item["section"] == "backward pass: output layer"


def test_a_sum_over_paths_and_a_node_error(working: Callable[..., Working]) -> None:
    steps = read(working("mazur"))["steps"]
    item = named(steps, "dE_total/db_2")
    assert item["paths"] == [["dE_total/dnet_o1", "dnet_o1/db_2"], ["dE_total/dnet_o2", "dnet_o2/db_2"]]
    assert item["factors"] == [name for path in item["paths"] for name in path]
    node = named(steps, "dE_total/dnet_h1")
    assert node["node_error"] == "delta_h1"
    assert node["short"] == "(delta_o1*w_5 + delta_o2*w_7)*out_h1*(1 - out_h1)"


def test_what_comes_after_the_update_has_the_plain_name(working: Callable[..., Working]) -> None:
    item = named(read(working("mazur"))["after"], "E_total")
    assert item["after"] == 1
    assert round(Decimal(item["value"]), 9) == Decimal("0.291027774")


def test_without_numbers_values_are_null(working: Callable[..., Working]) -> None:
    found = read(working("symbols"))
    assert found["network"]["inputs"] == {"i_1": None, "i_2": None}
    assert {item["value"] for part in ("definitions", "steps") for item in found[part]} == {None}


def test_nothing_is_abridged(working: Callable[..., Working]) -> None:
    item = named(read(working("wide"))["definitions"], "z30")
    assert item["expression"] == " + ".join(f"O{i}*w{60 + i}" for i in range(30)) + " + b30"
    assert item["latex"].count(r"\cdot") == 30


@pytest.mark.parametrize("name", ["mazur", "deep", "equations"])
def test_definitions_can_be_read_again(working: Callable[..., Working], name: str) -> None:
    for item in read(working(name))["definitions"]:
        tree = parse(item["expression"], {use: symbol(use) for use in item["uses"]})
        assert text(tree) == item["expression"]


def test_it_is_ascii_and_ends_with_a_newline(any_working: Working) -> None:
    found = document(any_working)
    assert found.isascii()
    assert found.endswith("}\n")


def test_every_format_is_the_same_from_run_to_run() -> None:
    program = (
        "import sys\n"
        "from symbackprop.derivation.working import derive\n"
        "from symbackprop.evaluation.worked import work\n"
        "from symbackprop.network.losses import LOSSES\n"
        "from symbackprop.network.notation import NOTATIONS\n"
        "from symbackprop.network.layers import Dense, dense_graph\n"
        "from symbackprop.network.problem import Problem, Training\n"
        "from symbackprop.rendering.formats import FORMATS, Shown, render\n"
        "graph = dense_graph(2, [Dense(2), Dense(2)], LOSSES['binary_cross_entropy'], NOTATIONS['mazur'])\n"
        "problem = Problem(graph, {name: '0.25' for name in graph.leaves}, Training('E_total', '0.5'))\n"
        "working = work(derive(problem))\n"
        "for format in FORMATS: sys.stdout.buffer.write(render(Shown(working), format).encode())\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": hash_}
        ).stdout
        for hash_ in ("0", "1", "2")
    ]
    assert len(runs[0]) > 1000
    assert runs[0] == runs[1] == runs[2]
