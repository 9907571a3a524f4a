"""The command audit: formats, files, exit codes, colours, and that nothing is left half written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from symbackprop.auditing.documents.source import Source
from symbackprop.auditing.report import Audit
from symbackprop.cli import main
from symbackprop.cli.audit import FORMATS
from symbackprop.errors import LimitError, Place, SymbackpropError
from symbackprop.network.problem import Problem
from symbackprop.rendering.audit_formats import AUDIT_FORMATS
from tests.audits import faultless, sheet

EXAMPLES = Path(__file__).parents[2] / "examples"
MAZUR = str(EXAMPLES / "mazur_2_2_2.toml")
AUDITS: dict[str, Callable[[], Audit]] = {"sheet.md": sheet, "right.md": faultless}
FAULTS: dict[str, SymbackpropError] = {
    "gone.md": SymbackpropError("cannot read: no such file", place=Place("gone.md")),
    "large.md": LimitError("a document of more than 4000000 bytes", place=Place("large.md")),
}


@pytest.fixture(autouse=True)
def audited(monkeypatch: pytest.MonkeyPatch) -> list[Problem | None]:
    """Puts audits made by hand in place of those of documents; holds the networks that were given."""
    networks: list[Problem | None] = []

    def read_document(path: str) -> tuple[Source, str]:
        if path in FAULTS:
            raise FAULTS[path]
        return AUDITS[path]().source, path

    def audit(source: Source, blocks: str, problem: Problem | None) -> Audit:
        networks.append(problem)
        assert source.name == blocks
        return AUDITS[blocks]()

    def initial_file(source: Source, blocks: str) -> str:
        return f"# {source.name} {blocks}\n"

    for name, attributes in {
        "auditor": {"audit": audit},
        "documents.formats": {"read_document": read_document},
        "inference.infer": {"initial_file": initial_file},
    }.items():
        monkeypatch.setitem(sys.modules, f"symbackprop.auditing.{name}", SimpleNamespace(**attributes))  # type: ignore[arg-type]
    return networks


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, ["audit", *arguments], **options)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_and_twice_the_same(form: str) -> None:
    first, second = (run("sheet.md", "right.md", "--format", form) for _ in range(2))
    assert first.exit_code == 1
    assert first.stdout == second.stdout
    assert "sheet.md" in first.stdout
    assert "right.md" in first.stdout
    assert first.stderr == ""


def test_the_formats_of_the_command_are_those_of_the_table() -> None:
    assert (*AUDIT_FORMATS, "pdf") == FORMATS  # a PDF is bytes, and made of the page


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["right.md"], 0),
        (["sheet.md"], 1),
        (["sheet.md", "--exit-zero"], 0),
        (["right.md", "sheet.md"], 1),
        (["gone.md"], 2),
        (["gone.md", "--exit-zero"], 2),
        (["large.md"], 3),
        (["large.md", "sheet.md", "gone.md"], 3),
        (["right.md", "--network", "nowhere.toml"], 2),
    ],
)
def test_the_highest_exit_code_wins(arguments: list[str], code: int) -> None:
    assert run(*arguments).exit_code == code


def test_what_cannot_be_read_is_told_of_every_document_and_nothing_is_written(tmp_path: Path) -> None:
    output, certificate = tmp_path / "report.json", tmp_path / "proof.json"
    output.write_text("before")
    result = run("gone.md", "sheet.md", "large.md", "--output", str(output), "--certificate", str(certificate))
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "gone.md: error: cannot read" in result.stderr
    assert "large.md: error: a document of more than" in result.stderr
    assert output.read_text() == "before"
    assert not certificate.exists()


def test_the_network_of_the_file_is_judged_by(audited: list[Problem | None]) -> None:
    run("right.md", "--network", MAZUR)
    run("right.md")
    assert audited[0] is not None
    assert audited[0].title == "The 2-2-2 network with one shared bias a layer"
    assert audited[1] is None


def test_the_report_goes_to_a_file_and_the_certificate_to_another(tmp_path: Path) -> None:
    output, certificate = tmp_path / "report.json", tmp_path / "proof.json"
    result = run("sheet.md", "--format", "json", "--output", str(output), "--certificate", str(certificate))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert json.loads(output.read_text())["document"] == "sheet.md"
    assert json.loads(certificate.read_text())["certificate"] == "symbackprop audit"


def test_colours_are_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("sheet.md").stdout
    monkeypatch.setattr("symbackprop.cli.audit._in_colour", lambda: True)
    coloured = run("sheet.md", color=True).stdout
    assert "\x1b[31m\x1b[1mwrong (missing-factor)\x1b[0m" in coloured
    assert "\x1b" not in run("sheet.md", "--format", "markdown").stdout


def test_init_writes_what_the_document_states(tmp_path: Path) -> None:
    output = tmp_path / "sheet.toml"
    assert run("--init", "sheet.md").stdout == "# sheet.md sheet.md\n"
    assert run("--init", "sheet.md", "--output", str(output)).exit_code == 0
    assert output.read_text() == "# sheet.md sheet.md\n"
    assert run("--init", "gone.md").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        ([], "Missing argument 'DOCUMENT ...'"),
        (["sheet.md", "--format", "word"], "'word' is not one of"),
        (["--init", "sheet.md", "right.md"], "--init takes one DOCUMENT"),
        (["--init", "sheet.md", "--format", "json"], "--init takes one DOCUMENT"),
        (["sheet.md", "-o", "x.json", "--certificate", "x.json"], "are two files"),
        (["sheet.md", "--output", "/nowhere/at/all.txt"], "cannot write"),
    ],
)
def test_wrong_use_is_a_message_and_exit_2(arguments: list[str], fragment: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert fragment in result.stderr
    assert result.stdout == ""
