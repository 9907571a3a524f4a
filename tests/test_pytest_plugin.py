"""pytest --symbackprop: an item a claim; without the option nothing is collected and nothing imported."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

import symbackprop.auditing.auditor  # noqa: F401 - here: pytester forgets what is imported in a test
from symbackprop.auditing.documents import formats
from symbackprop.auditing.documents.source import Source
from symbackprop.auditing.report import Audit
from symbackprop.errors import Place, SymbackpropError
from symbackprop.network.problem import Problem
from tests.audits import SHEET, faultless, sheet

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
NETWORK = 'title = "{}"\n[inputs]\nx = 2\n[equations]\ny = "x"\n'


@pytest.fixture
def titles(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Puts audits made by hand in place of those of documents; holds the titles of the networks that were given."""
    found: list[str | None] = []

    def read_document(path: Path) -> tuple[Source, tuple[()]]:
        if path.stem == "broken":
            raise SymbackpropError("a NUL character: this is no text", place=Place(str(path), 3, 1))
        return Source(str(path), ""), ()

    def audit(source: Source, blocks: tuple[()], problem: Problem | None) -> Audit:
        assert blocks == ()
        found.append(None if problem is None else problem.title)
        return sheet() if source.name == "sheet.md" else faultless()

    monkeypatch.setattr(formats, "read_document", read_document)
    monkeypatch.setitem(sys.modules, "symbackprop.auditing.auditor", SimpleNamespace(audit=audit))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makefile(".md", sheet=SHEET, right="z = 0.5 * 2 = 1.0\n")
    return found


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "symbackprop.pytest_plugin", "-p", "no:cacheprovider", *arguments)


@pytest.mark.usefixtures("titles")
def test_a_claim_is_a_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--symbackprop", "-rs", "-v")
    result.assert_outcomes(passed=4, failed=3, skipped=3)
    result.stdout.fnmatch_lines(
        [
            "right.md::1:1 z = 1.0 PASSED*",
            "sheet.md::4:1 y = 0.731 PASSED*",
            "sheet.md::6:1 ∂C/∂y = -0.269 FAILED*",
            "sheet.md::11:1 w = {0.5 SKIPPED*",
            "sheet.md:6:24: wrong (missing-factor)",
            "  |                        ^^^^^^",
            "  why            the factor 2 is left out",
            "  inherited by 2:",
            "sheet.md:7:30: inherited",
            "  inherited from sheet.md:6:24",
            "SKIPPED * sheet.md: line 9: undecided: no quantity is called so",
        ],
        consecutive=False,
    )
    assert "Traceback" not in result.stdout.str()
    assert "FaultError" not in result.stdout.str()


@pytest.mark.usefixtures("titles")
def test_one_claim_can_be_asked_for(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--symbackprop", "sheet.md", "-k", "0.731")
    result.assert_outcomes(passed=1, deselected=8)


def test_without_the_option_nothing_is_collected(pytester: pytest.Pytester, titles: list[str | None]) -> None:
    result = run(pytester)
    result.assert_outcomes()
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert titles == []


def test_the_network_is_that_beside_the_document_else_the_one_of_the_ini_file(
    pytester: pytest.Pytester, titles: list[str | None]
) -> None:
    run(pytester, "--symbackprop", "right.md")
    pytester.makeini("[pytest]\nsymbackprop_network = networks/all.toml\n")
    pytester.mkdir("networks").joinpath("all.toml").write_text(NETWORK.format("for all"))
    run(pytester, "--symbackprop", "right.md")
    pytester.path.joinpath("right.toml").write_text(NETWORK.format("beside"))
    run(pytester, "--symbackprop", "right.md")
    assert titles == [None, "for all", "beside"]


@pytest.mark.parametrize(
    ("globs", "collected"),
    [("", 4), ("*.md", 3), ("notes/*.md", 1), ("right.md", 1), ("*.txt right.md", 2), ("nothing.md", 0)],
)
def test_documents_are_limited_by_globs(
    globs: str, collected: int, pytester: pytest.Pytester, titles: list[str | None]
) -> None:
    pytester.makeini(f"[pytest]\nsymbackprop_documents = {globs}\n")
    pytester.mkdir("notes").joinpath("first.md").write_text("z = 1.0\n")
    pytester.makefile(".txt", chapter="z = 1.0\n")
    pytester.makefile(".csv", table="z = 1.0\n")
    run(pytester, "--symbackprop")
    assert len(titles) == collected


@pytest.mark.usefixtures("titles")
def test_a_document_that_cannot_be_read_is_an_error_with_its_place(pytester: pytest.Pytester) -> None:
    pytester.makefile(".md", broken="\0")
    result = run(pytester, "--symbackprop")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*broken.md:3:1: error: a NUL character: this is no text"])
    assert "Traceback" not in result.stdout.str()


@pytest.mark.usefixtures("titles")
def test_a_network_that_cannot_be_read_is_an_error_with_its_place(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("right.toml").write_text("[inputs]\nx = two\n")
    result = run(pytester, "--symbackprop", "right.md")
    result.stdout.fnmatch_lines(["*right.toml:2*"])
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_the_plugin_is_an_entry_point_that_imports_nothing_heavy() -> None:
    entries = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert entries["pytest11"] == {"symbackprop": "symbackprop.pytest_plugin"}
    program = "import sys, symbackprop.pytest_plugin\nassert not {'sympy', 'numpy', 'flint', 'click'} & {*sys.modules}"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr


def test_a_document_is_audited_by_the_network_beside_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    network = """
    [inputs]
    x = 2
    [parameters]
    w = 0.5
    [equations]
    z = "w*x"
    y = "tanh(z)"
    """
    pytester.path.joinpath("notes.md").write_text("$z = 0.5 \\cdot 2 = 1$ and $y = \\tanh(1) = 0.726$\n")
    pytester.path.joinpath("notes.toml").write_text(textwrap.dedent(network))
    result = run(pytester, "--symbackprop")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["notes.md:1:*: wrong*", "*due            0.761594155955*"])
