"""LaTeX or a page -> PDF, by a program that is there: pdflatex, or Chromium.

What is given to them is made by this package, but it bears names and texts of users: pdflatex runs no other program and
reads and writes nothing outside its own folder and its packages, Chromium loads nothing (the page forbids it), and
neither has more than a minute.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from symbackprop.errors import LimitError, SymbackpropError

SECONDS = 60
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
INSTALL = "on Debian: apt-get install texlive-latex-recommended texlive-pictures, or apt-get install chromium"
_WANTING = re.compile(r"! LaTeX Error: File `[^']+' not found")
_DATE = re.compile(rb"\(D:\d{14}([^)]*)\)")


class MissingPackageError(SymbackpropError):
    """pdflatex is there, and a package that the article needs is not."""


def has_pdflatex() -> bool:
    """Whether pdflatex is there."""
    return shutil.which("pdflatex") is not None


def has_chromium() -> bool:
    """Whether a Chromium is there."""
    return _chromium() is not None


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pdf_of_latex(latex: str) -> bytes:
    """The PDF that pdflatex makes of an article; the same bytes for the same article.

    Raises `SymbackpropError` where pdflatex is missing or stops at an error, `MissingPackageError` where that is for
    want of a package, `LimitError` where it takes a minute.
    """
    program = shutil.which("pdflatex")
    if program is None:
        raise SymbackpropError("no pdflatex to make a PDF with", hint=INSTALL)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        room.joinpath("article.tex").write_text(latex, "ascii")
        options = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")
        limits = {"openin_any": "p", "openout_any": "p", "SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}
        said = _run([program, *options, r"\pdftrailerid{}\input{article}"], room, limits)
        made = room / "article.pdf"
        if not made.exists():
            line = next((line for line in said.splitlines() if line.startswith("!")), "it made none")
            told = f"pdflatex made no PDF: {line[:200]}"
            raise MissingPackageError(told, hint=INSTALL) if _WANTING.match(line) else SymbackpropError(told)
        return made.read_bytes()


def pdf_of_page(page: str) -> bytes:
    """The PDF that Chromium prints of a page.

    Raises `SymbackpropError` where no Chromium is there or it prints none, `LimitError` where it takes a minute.
    """
    program = _chromium()
    if program is None:
        raise SymbackpropError("no Chromium to make a PDF with", hint=INSTALL)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        room.joinpath("page.html").write_text(page, "utf-8")
        made = room / "page.pdf"
        command = [program, *_FLAGS, f"--user-data-dir={room / 'profile'}", f"--print-to-pdf={made}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        _run([*command, room.joinpath("page.html").as_uri()], room, {})
        if not made.exists():
            raise SymbackpropError("Chromium printed no PDF", hint=INSTALL)
        return _DATE.sub(rb"(D:19700101000000\1)", made.read_bytes())


_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions",
)  # fmt: skip


def _run(command: Sequence[str], room: Path, settings: Mapping[str, str]) -> str:
    environment = {**os.environ, **settings}
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, without a shell; its one file is made here
            command,
            cwd=room,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise SymbackpropError(f"cannot run {Path(command[0]).name}: {error.strerror}") from None
    with process:
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            name = Path(command[0]).name
            raise LimitError(f"{name} took more than {SECONDS} s", hint="fewer steps: --wrt") from None
        finally:  # after an interrupt too: it does not reach a session of its own
            if process.returncode is None:
                _end(process)
    return said.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
