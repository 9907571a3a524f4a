"""No document ends in a traceback, takes long, or gets anything executed, opened or connected to."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import process_time
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.errors import SymbackpropError
from symbackprop.network.problem import Problem
from tests.auditing.generator import honest, planted
from tests.auditing.generator.layouts import LAYOUTS
from tests.networks import EXAMPLES, example

SECONDS = 5
FILES = ("sheet.md", "sheet.txt", "sheet.tex", "sheet.html", "sheet.ipynb")


@cache
def network() -> Problem:
    return example("mazur_2_2_2")


@contextmanager
def limited() -> Iterator[None]:
    """Ends what takes too long, where the system has a timer for it; the timer may go off in code of others too."""

    def end(_: int, frame: FrameType | None) -> None:
        if frame and "symbackprop" in frame.f_code.co_filename:
            raise TimeoutError(f"more than {SECONDS} s")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def audited(text: str, file: str = "sheet.md", problem: Problem | None = None) -> Audit | SymbackpropError:
    """What is said of a text, or the refusal, which has its place."""
    with limited():
        try:
            source, blocks = read_text(text, name=file)
            return audit(source, blocks, problem)
        except SymbackpropError as error:
            refusal = error
    assert refusal.place is not None, refusal
    return refusal


# Whole documents, made of what documents are made of

WORDS = r"""
= + - * / ^ _ ( ) { } [ ] | & < > . , : ; ! ' # ~ ` $ % @ \\ \ − · × ≈ ∂ δ η → ′ == := += ** ... &= $$ \( \) \[ \]
``` ```math - # > \frac \frac{ }{ \partial \left( \right) \begin{aligned} \end{aligned} \begin{align} \end{align}
\begin{bmatrix} \end{bmatrix} \sum_o \sqrt \boxed{ \text{new} \cdot \dots \newcommand{\a}{\a\a} \def\b#1{#1}
\a \b \eta \delta_{o1} \sigma(
w_5 w_{5}^+ w5 new_w5 net_{h1} out_o1 E_{total} dE/dw5 ∂E/∂w₅ target_{o1} i_1 b_1 ŷ sigmoid( exp(- e^{- tanh log max(0,
0 0.3775 0.593269992 -0.0000 1e-5 10^{-5} 10{,}000 1e999 9**9 50% .05 <p> </p> <math> <script> &lt; <!-- {"cells":[
After 10,000 updates the error is
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\n\n", "\t", "| a | b |\n|---|---|\n", "3.5 × 10^{-5}"])
TEXTS = st.lists(PIECES | st.text(max_size=5) | st.integers().map(str) | st.floats().map(str), max_size=80).map("".join)


@given(text=TEXTS, file=st.sampled_from(FILES), given_network=st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_ends_in_a_traceback(text: str, file: str, given_network: bool) -> None:
    audited(text, file, network() if given_network else None)


@given(
    seed=st.integers(0, 300),
    layout=st.sampled_from([layout.name for layout in LAYOUTS]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), TEXTS), max_size=4),
    given_network=st.booleans(),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_damaged_document_does(
    seed: int, layout: str, cuts: list[tuple[float, int, str]], given_network: bool
) -> None:
    document = honest(seed, layout)
    text = document.text
    for share, length, put in cuts:
        at = int(share * len(text))
        text = text[:at] + put[:40] + text[at + length :]
    audited(text, document.file, document.problem if given_network else None)


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
def test_a_planted_document_is_audited_by_the_network_of_another(layout: str) -> None:
    audited(planted(3, layout=layout).text, planted(3, layout=layout).file, network())


# Inputs that were made to do harm


def _growing_macros() -> str:
    """Macros each of which is the one before it twice."""
    letters = "abcdefghijklmnopqrstuvwxy"
    doubled = [rf"\newcommand{{\m{new}}}{{\m{old}\m{old}}}" for old, new in pairwise(letters)]
    return r"\newcommand{\ma}{1}" + "".join(doubled)


HOSTILE = {
    "a tower of powers": "w_5 = 9**9**9**9 = 3",
    "a tower of powers in LaTeX": "w_5 = 9^{9^{9^{9}}} = 3",
    "a long exponent": "w_5 = 1e999999999",
    "a long exponent in LaTeX": r"w_5 = 3 \times 10^{999999999}",
    "a factorial": "w_5 = factorial(10**9) = 3",
    "a factorial sign": "w_5 = 1000000000! = 3",
    "a call": "w_5 = __import__('os').system('touch stolen') = 3",
    "an attribute": "w_5 = (1).__class__.__bases__[0].__subclasses__() = 3",
    "a lambda": "w_5 = (lambda: open('/etc/passwd').read())() = 3",
    "a file": r"w_5 = \input{/etc/passwd} = 3",
    "a file to include": r"w_5 = \include{/etc/passwd} + \openin5=/etc/passwd = 3",
    "a huge integer": "w_5 = " + "9" * 20_000,
    "a huge fraction": "w_5 = 0." + "3" * 20_000,
    "brackets": "w_5 = " + "(" * 100_000 + "1" + ")" * 100_000,
    "open brackets": "w_5 = " + "(" * 100_000,
    "braces": "w_5 = " + "{" * 100_000,
    "fractions": "w_5 = " + r"\frac{1}{" * 20_000 + "1" + "}" * 20_000,
    "roots": "w_5 = " + r"\sqrt{" * 20_000 + "1" + "}" * 20_000,
    "powers": "w_5 = 2" + "^2" * 20_000,
    "signs": "w_5 = " + "-" * 100_000 + "1",
    "a division by zero": "w_5 = 1/0 = 3",
    "a logarithm of zero": "w_5 = log(0) = 3",
    "an overflow": "w_5 = exp(exp(exp(exp(100)))) = 3",
    "a macro without end": r"\newcommand{\a}{\a\a} w_5 = \a = 3",
    "macros of one another": r"\newcommand{\a}{\b}\newcommand{\b}{\a} w_5 = \a = 3",
    "macros that grow": _growing_macros() + r" w_5 = \my = 3",
    "a loop of definitions": r"\def\x{\x} w_5 = \x = 3",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["{}", "$${}$$"], ids=["bare", "display"])
def test_hostile_inputs_are_refused_where_they_stand(name: str, form: str) -> None:
    said = audited("Before.\n\n" + form.format(HOSTILE[name]), "sheet.md", network())
    if isinstance(said, SymbackpropError):
        return
    assert said.claims, "nothing is said of it"
    for claim in said.claims:
        assert claim.verdict not in (Verdict.CORRECT, Verdict.CARRIED), claim
        assert said.source.place(claim.span.start)[0] == 3
        assert claim.message


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["{}", "`{}`", "- ${}$\n"], ids=["bare", "code", "item"])
def test_hostile_inputs_make_no_network(name: str, form: str) -> None:
    said = audited(form.format(HOSTILE[name]))
    assert isinstance(said, SymbackpropError) or not said.count(Verdict.CORRECT)


UNSEEN = {
    "right to left": "w_5 = 0.4\u202e5.0\u202c",
    "zero width": "w_5\u200b = 0\u200b.4",
    "terminal escapes": "w_5 = 0.4\x1b[2J\x1b]0;title\x07",
    "null": "w_5 = 0.4\x00",
    "surrogate": "w_5 = 0.4\ud800",
    "a mark on every letter": "w\u0336_\u03365\u0336 = 0.4" + "\u0336" * 5000,
}


@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize("file", FILES)
def test_what_cannot_be_seen_does_no_harm(name: str, file: str) -> None:
    said = audited(UNSEEN[name], file, network())
    if isinstance(said, Audit):
        for claim in said.claims:
            assert all(character.isprintable() or character in "\n\t" for character in claim.message), claim.message


@pytest.mark.parametrize(
    "text",
    ["a = [" * 1 + "[" * 50_000, "a." * 50_000 + "b = 1", "[inputs]\nx = nan\n", "[inputs]\nx = 1e999999999\n"],
    ids=["arrays", "dots", "nan", "exponent"],
)
def test_a_hostile_network_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text("w_5 = 0.4\n", encoding="utf-8")
    (tmp_path / "network.toml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "symbackprop", "audit", "sheet.md", "--network", "network.toml"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.returncode in (2, 3), result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert "network.toml" in result.stderr


# Time in the length

LONG = {
    "brackets": "(",
    "braces": "{",
    "dollars": "$",
    "dollars in pairs": "$$ ",
    "backticks": "`",
    "bars": "|",
    "stars": "*",
    "underscores": "_",
    "signs": "= ",
    "minus": "-",
    "digits": "7",
    "letters": "w",
    "words": "the error is ",
    "numbers": "0.3775 ",
    "equations": "w_5 = 0.40 ",
    "chains": "a = b ",
    "fractions": r"\frac{1}{2} ",
    "open fractions": r"\frac{",
    "commands": r"\a",
    "environments": r"\begin{aligned}",
    "rows": "| w_5 | 0.40 |\n",
    "cells": "| 0.40 ",
    "items": "- w_5 = 0.40\n",
    "quotes": "> ",
    "headings": "# w_5 = 0.40\n",
    "blank lines": "\n",
    "displays": "$$w_5 = 0.40$$\n\n",
    "sums": "0.1 + ",
    "products": "0.1 * ",
    "matrices": r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} ",
    "primes": "w' ",
    "partials": "dE/dw_5 = ",
    "tags": "<p>",
    "comments": "<!-- ",
    "entities": "&amp;",
}
GROWTH = 2.5
FLOOR = 0.02  # seconds, below which the clock is not to be trusted
LENGTH = 6000  # characters


def seconds(text: str, file: str, problem: Problem | None) -> float:
    """The least time of two audits."""
    return min(_seconds(text, file, problem) for _ in range(2))


def _seconds(text: str, file: str, problem: Problem | None) -> float:
    began = process_time()
    audited(text, file, problem)
    return process_time() - began


def assert_linear(once: str, twice: str, file: str, problem: Problem | None) -> None:
    """Twice the document takes at most two and a half times as long; a machine that is busy is asked again."""
    ratios = []
    for _ in range(4):
        base = max(seconds(once, file, problem), FLOOR)
        ratios.append(seconds(twice, file, problem) / base)
        if ratios[-1] <= GROWTH:
            return
    raise AssertionError(f"{ratios} times as long for twice the document")


@pytest.mark.parametrize("file", ["sheet.md", "sheet.txt"])
@pytest.mark.parametrize("name", LONG)
def test_what_repeats_takes_time_in_proportion(name: str, file: str) -> None:
    once = LONG[name] * (LENGTH // len(LONG[name]))
    assert_linear(once, once * 2, file, network())


@pytest.mark.parametrize("file", ["sheet.tex", "sheet.html"])
@pytest.mark.parametrize(
    "name", ["dollars", "open fractions", "commands", "environments", "tags", "comments", "entities"]
)
def test_so_does_markup_that_repeats(name: str, file: str) -> None:
    once = LONG[name] * (LENGTH // len(LONG[name]))
    assert_linear(once, once * 2, file, network())


@pytest.mark.parametrize("layout", ["display", "prose", "table", "unicode"])
@pytest.mark.parametrize("given_network", [True, False], ids=["network", "alone"])
def test_twice_a_document_takes_twice_the_time(layout: str, given_network: bool) -> None:
    document = honest(8, layout)
    once = document.text * (1 if given_network else 2)
    assert_linear(once, once + "\n\n" + once, document.file, document.problem if given_network else None)


# Nothing is executed, opened or connected to

HOOKED = textwrap.dedent(
    """
    import sys
    from tests.auditing.test_hostile import HOSTILE, audited, network
    from symbackprop.auditing.documents.formats import read_text

    MARK = "zqxj"
    files = ["sheet.md", "sheet.txt", "sheet.tex", "sheet.html", "sheet.ipynb"]
    texts = [(text.replace("stolen", MARK).replace("w_5", MARK), "sheet.md") for text in HOSTILE.values()]
    texts += [(text.replace("stolen", MARK), "sheet.md") for text in HOSTILE.values()]
    linked = f"![a]({MARK}.png) <img src='{MARK}.svg'> <p>http://127.0.0.1:1/{MARK}</p> $$\\includegraphics{{{MARK}}}$$"
    texts += [(f"w_5 = __import__('{MARK}') \\input{{{MARK}}} $\\write18{{{MARK}}}$ {linked}", file) for file in files]
    for text, file in texts:  # what is imported late is imported by now
        audited(text.replace(MARK, "abcd"), file, network())
    audited("abcd = 3 = 2")
    seen = []
    watched = ("open", "exec", "import", "compile", "os.", "subprocess.", "socket.", "urllib.", "ctypes.", "shutil.",
               "http.", "tempfile.", "pty.", "ftplib.", "webbrowser.", "glob.", "sqlite3.", "marshal.", "pickle.")

    def watch(event, arguments):
        if event.startswith(watched):
            seen.append((event, [str(argument)[:500] for argument in arguments]))

    sys.addaudithook(watch)
    for text, file in texts:
        audited(text, file, network())
    audited(f"{MARK} = 3 = 2")
    made = ("exec", "compile")  # the package compiles the definitions of a network, under names of its own
    assert not [entry for entry in seen if entry[0] not in made], [entry for entry in seen if entry[0] not in made][:5]
    assert not [entry for entry in seen if MARK in str(entry)], [entry for entry in seen if MARK in str(entry)][:5]
    open("/dev/null").close()
    assert seen and seen[-1][0] == "open", "the hook sees nothing"
    """
)


def test_nothing_of_a_document_is_executed_or_opened() -> None:
    root = EXAMPLES.parent
    result = subprocess.run([sys.executable, "-c", HOOKED], cwd=root, capture_output=True, text=True, timeout=600)
    assert result.returncode == 0, result.stderr[-3000:]
    assert not (root / "stolen").exists()
