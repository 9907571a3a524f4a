"""The command audit on documents as they are written, the whole way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from symbackprop.cli import main
from tests.audits import SHEET

NETWORK = """
[inputs]
x = 2
[targets]
t = 1
[parameters]
w = 0.5
[equations]
z = "w*x"
y = "sigmoid(z)"
C = "(t - y)**2"
[training]
cost = "C"
learning_rate = 0.1
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.md"
    path.write_text(SHEET)
    (tmp_path / "network.toml").write_text(NETWORK)
    return path


def test_the_fault_of_the_sheet_is_found_at_its_line(sheet: Path) -> None:
    result = run(sheet, "--network", sheet.with_name("network.toml"), "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    document = json.loads(result.stdout)
    verdicts = {(claim["line"], claim["printed"]): claim["verdict"] for claim in document["claims"]}
    assert verdicts[3, "1.0"] == "correct"
    assert verdicts[4, "0.731"] == "correct"
    assert verdicts[6, "-0.269"] == "wrong"
    assert verdicts[7, "-0.106"] == "inherited"
    assert verdicts[8, "0.5106"] == "inherited"
    assert verdicts[9, "0.25"] == "undecided"


def test_the_certificate_of_the_sheet_is_checked_again(sheet: Path) -> None:
    certificate = sheet.with_name("certificate.json")
    run(sheet, "--network", sheet.with_name("network.toml"), "--certificate", certificate)
    command = [sys.executable, "-m", "symbackprop.auditing.recheck", str(certificate)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout
    assert " re-checked" in result.stdout


def test_a_document_in_which_all_holds(sheet: Path) -> None:
    right = sheet.with_name("right.md")
    right.write_text("z = 0.5 * 2 = 1.0\n\ny = sigmoid(1.0) = 0.731\n")
    result = run(right, "--network", sheet.with_name("network.toml"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{right}: 2 claims: 2 correct\n  2 of 2 read\n"


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [(b"a = \xff", 2, ":1:5: error: byte 0xff is no UTF-8"), (b"a" * 5_000_000, 3, ": error: a document of more than")],
)
def test_what_cannot_be_read_is_a_located_message(data: bytes, code: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(data)
    result = run(path)
    assert result.exit_code == code
    assert f"{path}{said}" in result.stderr
    assert result.stdout == ""


def test_init_writes_a_network_file_of_what_is_stated(tmp_path: Path) -> None:
    path, output = tmp_path / "sheet.md", tmp_path / "sheet.toml"
    path.write_text("$z = w x + b = 0.5 \\cdot 2 + 0.1 = 1.1$\n\n$y = \\sigma(z) = 0.750$\n")
    result = CliRunner().invoke(main, ["audit", "--init", str(path), "--output", str(output)])
    assert result.exit_code == 0, result.stderr
    assert "[equations]" in output.read_text()
    assert run(path, "--network", output).exit_code == 0
