"""Whatever a file holds: an answer in two seconds, nothing but a problem or an error, and nothing executed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.errors import SymbackpropError
from symbackprop.network.file import read_problem
from tests.network.files import FAULTS, GIVEN, LAYERS

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "mazur_2_2_2.toml"


def equations(lines: dict[str, str]) -> str:
    return "[inputs]\na = 1\n[equations]\n" + "".join(f'{name} = "{text}"\n' for name, text in lines.items())


SUM = "+".join(f"q{k}" for k in range(14_000))
HOSTILE = {
    "20 megabytes": "x" * 20_000_000,
    "a key of 100,000 parts": "a" + ".a" * 100_000 + " = 1",
    "a key of 40,000 parts": "a" + ".a" * 40_000 + " = 1",
    "50,000 lists": "x = " + "[" * 49_000 + "]" * 49_000,
    "a circle of 40,000": equations({f"q{k}": f"q{(k + 1) % 40_000}" for k in range(40_000)}),
    "a chain of 40,000, backwards": equations({f"q{k}": f"q{k + 1}" for k in range(40_000)} | {"q40000": "a"}),
    "a sum before its summands": equations({"s": SUM} | {f"q{k}": "a" for k in range(14_000)}),
    "powers inside each other": equations({f"q{k}": ("a**" * 60 + "a+") * 500 + "a" for k in range(3)}),
    "powers of a long sum": equations({f"q{k}": "(" * 60 + "a+" * 49_000 + "a" + ")**1" * 60 for k in range(3)}),
    "14,000 unknown names": equations({"s": SUM}),
    "too many equations": equations({f"q{k}": "a+" * 49_000 + "a" for k in range(39)}),
    "long equations": equations({f"q{k}": "a+" * 49_000 + "a" for k in range(4)}),
    "a million units": LAYERS.replace("{ units = 1 }", "{ units = 1000000 }"),
    "a billion inputs": LAYERS.replace("inputs = 1", "inputs = 1000000000"),
    "thousands of units": LAYERS.replace("{ units = 1 }", "{ units = 900 }"),
    "50,000 unknown claims": equations({"y": "a"}) + "[claims]\n" + "".join(f'"dy/dq{k}" = 1\n' for k in range(50_000)),
    "50,000 inputs": "[inputs]\n" + "".join(f"q{k} = 0.5\n" for k in range(50_000)) + '[equations]\ny = "q8"',
    "50,000 sections": "".join(f"[q{k}]\n" for k in range(50_000)),
    "blank lines": "\n" * 3_999_999,
    "comments": "#\n" * 1_999_999,
    "a word": "a" * 4_000_000,
    "code": equations({"y": "__import__('os').system('touch /tmp/x')"}),
    "code in a name": GIVEN.replace("w_1 = 0.15", "\"__import__('os').system('touch x')\" = 0.15"),
    "a file in a name": GIVEN.replace("w_1 = 0.15", r"'\input{/etc/passwd}' = 0.15"),
    "a tower": equations({"y": "9**9**9**9"}),
    "a large exponent": equations({"y": "1e999999999"}),
    "not a number": "[inputs]\na = nan\n" + equations({"y": "a"}).partition("\n")[2].partition("\n")[2],
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_done_with_in_two_seconds(name: str) -> None:
    begin = process_time()
    fault = fault_of(HOSTILE[name])
    assert process_time() - begin < 2
    assert len(str(fault)) < 1000


def fault_of(given: str) -> SymbackpropError | None:
    """The error of a text, if it has one; nothing else is raised."""
    try:
        read_problem(given)
    except SymbackpropError as error:
        return error
    return None


AUDIT = """
import json, sys
from symbackprop.errors import SymbackpropError
from symbackprop.network.file import load_problem

good, *paths = sys.argv[1:]
load_problem(good)  # what is imported and compiled on first use
harmless = {"builtins.id", "object.__getattr__", "sys._getframe", "cpython._PySys_ClearAuditHooks"}
seen, listening = [], False

def listen(event, arguments):
    if listening and event not in harmless:
        seen.append((event, str(arguments[0]) if arguments else ""))

sys.addaudithook(listen)
for path in paths:
    listening = True
    try:
        load_problem(path)
        message = ""
    except SymbackpropError as error:
        message = str(error)
    listening = False
    print(json.dumps([path, seen, message]))
    seen.clear()
"""


def test_nothing_is_executed_or_opened_besides_the_file(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE.values() if len(text) < 100_000]
    texts += [GIVEN.replace(old, new, 1) for old, new, *_ in FAULTS]
    paths = []
    for number, content in enumerate(texts):
        paths.append(str(tmp_path / f"{number}.toml"))
        Path(paths[-1]).write_text(content, encoding="utf-8")
    listened = subprocess.run(
        [sys.executable, "-c", AUDIT, str(EXAMPLE), *paths],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=tmp_path,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    lines = [json.loads(line) for line in listened.stdout.splitlines()]
    assert [path for path, _, _ in lines] == paths
    for path, seen, message in lines:
        assert seen == [["open", path]]
        assert message
    assert sorted(os.listdir(tmp_path)) == sorted(Path(path).name for path in paths)


PIECES = """
[claims] [after.1] [[training]] x = . " ' # [ ] { } , 1 0.5 - nan inf 1e400 true 1979-05-27 [] {}
"E" \\ \x00 \u0430 \ud800
"""
WHOLE = ["layers = []", "frozen = [[]]", "inputs = {}", "after = { 1 = { E = 1 } }", "a.b.c = 1", '"""', "\n", "\r\n"]
FRAGMENTS = st.sampled_from([*GIVEN.splitlines(), *LAYERS.splitlines(), *PIECES.split(), *WHOLE])


@settings(max_examples=300, deadline=2000)
@given(st.text() | st.lists(FRAGMENTS, max_size=25).map("\n".join) | st.lists(FRAGMENTS, max_size=25).map(" ".join))
def test_any_text_is_a_problem_or_an_error_with_a_place(given: str) -> None:
    check_fault(given)


@settings(max_examples=300, deadline=2000)
@given(st.sampled_from([GIVEN, LAYERS]), st.integers(0, 600), st.integers(0, 30), FRAGMENTS | st.text(max_size=5))
def test_a_file_that_is_changed_anywhere_is_a_problem_or_an_error_with_a_place(
    given: str, begin: int, length: int, replacement: str
) -> None:
    check_fault(given[:begin] + replacement + given[begin + length :])


def check_fault(given: str) -> None:
    fault = fault_of(given)
    if fault is not None:
        assert fault.place is not None
        lines = given.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        assert fault.place.text == (lines[fault.place.line - 1] if fault.place.line else "")
        assert 0 <= fault.place.column <= len(fault.place.text) + 1
        assert len(str(fault)) < 1500
