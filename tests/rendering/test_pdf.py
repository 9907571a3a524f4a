"""PDF by either program: the same bytes, nothing of a user's carried out, and one sentence where it cannot be made."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from click.testing import CliRunner

from symbackprop.cli import main
from symbackprop.derivation.working import derive
from symbackprop.errors import LimitError, SymbackpropError
from symbackprop.evaluation.worked import work
from symbackprop.rendering import pdf
from symbackprop.rendering.formats import Shown, render
from symbackprop.rendering.formats import pdf as made_of
from symbackprop.rendering.page.elements import element
from symbackprop.rendering.page.shell import page
from tests.audits import one_neuron
from tests.networks import EXAMPLES

NETWORK = str(EXAMPLES / "mazur_2_2_2.toml")
SHEET = str(EXAMPLES / "documents" / "one_neuron.md")
latex = pytest.mark.skipif(not pdf.has_pdflatex(), reason="pdflatex is missing; on Debian: texlive-latex-recommended")
chromium = pytest.mark.skipif(
    not any(map(shutil.which, pdf.BROWSERS)), reason="Chromium is missing; on Debian: chromium"
)


def program(folder: Path, name: str, script: str) -> None:
    """A program of a name that does what the script says."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def article(title: str) -> str:
    return render(Shown(work(derive(replace(one_neuron(), title=title)))), "latex")


@latex
def test_pdflatex_makes_the_same_bytes() -> None:
    made = {pdf.pdf_of_latex(article("One neuron")) for _ in range(2)}
    assert len(made) == 1
    assert made.pop().startswith(b"%PDF-")


@chromium
def test_chromium_makes_the_same_bytes() -> None:
    made = {pdf.pdf_of_page(page("t", element("p", "One page"))) for _ in range(2)}
    assert len(made) == 1
    assert made.pop().startswith(b"%PDF-")


@latex
def test_nothing_of_a_title_is_carried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text(r"\message{STOLEN}\errmessage{STOLEN}")
    monkeypatch.chdir(tmp_path)
    title = rf"\input{{{secret}}} \write18{{touch stolen}} \openout5=stolen"
    assert pdf.pdf_of_latex(article(title)).startswith(b"%PDF-")
    assert [file.name for file in tmp_path.iterdir()] == ["secret.tex"]


@latex
@pytest.mark.parametrize("command", [r"\input{%s}", r"\immediate\write18{touch %s.stolen}", r"\immediate\openout5=%s"])
def test_pdflatex_reads_and_writes_nothing_outside(tmp_path: Path, command: str) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("STOLEN")
    harm = rf"\documentclass{{article}}\begin{{document}}a {command % secret} b\end{{document}}"
    with suppress(SymbackpropError):  # reading is refused, and ends it; what it writes stays in its own folder
        assert b"STOLEN" not in pdf.pdf_of_latex(harm)
    assert secret.read_text() == "STOLEN"
    assert [file.name for file in tmp_path.iterdir()] == ["secret.tex"]


@pytest.mark.parametrize("arguments", [["derive", NETWORK], ["audit", SHEET, "--exit-zero"]])
def test_without_a_program_there_is_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    output = tmp_path / "made.pdf"
    result = CliRunner().invoke(main, [*arguments, "--format", "pdf", "--output", str(output)])
    assert result.exit_code == 2
    assert "no Chromium to make a PDF with" in result.output
    assert "apt-get install" in result.output
    assert "Traceback" not in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
@pytest.mark.parametrize(("name", "made"), [("pdflatex", pdf.pdf_of_latex), ("chromium", pdf.pdf_of_page)])
def test_a_program_that_takes_too_long_is_ended(
    name: str, made: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, name, "exec /bin/sleep 30")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    assert callable(made)
    with pytest.raises(LimitError, match=f"{name} took more than 0.2 s"):
        made("x")


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
def test_what_a_program_started_is_ended_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = tmp_path / "late"
    program(tmp_path, "chromium", f"(/bin/sleep 1; echo late > {late}) & wait")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    with pytest.raises(LimitError):
        pdf.pdf_of_page("x")
    sleep(1.2)
    assert not late.exists()


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
def test_where_latex_lacks_a_package_chromium_makes_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(work(derive(one_neuron())))
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "pdflatex", 'echo "! LaTeX Error: File \\`tikz.sty\' not found."; exit 1')
    with pytest.raises(SymbackpropError, match=r"pdflatex made no PDF: .*`tikz\.sty' not found") as caught:
        made_of(shown)
    assert caught.value.hint == pdf.INSTALL
    program(
        tmp_path, "chromium", 'for last; do case "$last" in --print-to-pdf=*) echo %PDF- > "${last#*=}";; esac; done'
    )
    assert made_of(shown) == b"%PDF-\n"


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
def test_another_fault_of_latex_is_told_and_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "pdflatex", "echo '! it is broken'; exit 1")
    program(tmp_path, "chromium", "exit 1")
    with pytest.raises(SymbackpropError, match="pdflatex made no PDF: ! it is broken"):
        made_of(Shown(work(derive(one_neuron()))))


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        ("pdflatex", pdf.pdf_of_latex, "pdflatex made no PDF: ! it is broken"),
        ("chromium", pdf.pdf_of_page, "Chromium printed no PDF"),
    ],
)
def test_a_program_that_makes_none_is_told_of(
    name: str, made: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, name, "echo '! it is broken'; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert callable(made)
    with pytest.raises(SymbackpropError, match=said):
        made("x")
