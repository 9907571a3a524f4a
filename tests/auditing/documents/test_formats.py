"""Reading documents: which format, what is refused, and what no text may do to a reader."""

from __future__ import annotations

import gc
import json
import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.auditing.documents.formats import BYTES, FORMATS, MARKS, read_document, read_text, told
from symbackprop.errors import LimitError, SymbackpropError

EXAMPLES = {
    "markdown": "so $a = 1$",
    "plain": "so a = 1",
    "latex": r"\section{So} \[ a = 1 \]",
    "notebook": '{"cells": [{"cell_type": "markdown", "source": "$a = 1$"}]}',
    "html": "<html><p>so \\(a = 1\\)",
}


def test_every_format_has_an_example_and_is_told_by_it() -> None:
    assert set(EXAMPLES) == set(FORMATS)
    for name, text in EXAMPLES.items():
        assert told("document", text) == name
        _, blocks = read_text(text)
        assert "a = 1" in " ".join(run.text for run in blocks[-1].runs)


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("a.md", "markdown"),
        ("a.MARKDOWN", "markdown"),
        ("a.txt", "plain"),
        ("a.rst", "plain"),
        ("a.tex", "latex"),
        ("a.ipynb", "notebook"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a.b/README", "plain"),
    ],
)
def test_the_ending_tells_the_format(name: str, format_: str) -> None:
    assert told(name, "a = 1") == format_


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(b"\xef\xbb\xbf# A\r\n\r\nso $\xce\xb4 = 1$\r\n")
    source, blocks = read_document(path)
    assert source.name == str(path)
    assert source.text == "# A\r\n\r\nso $δ = 1$\r\n"
    assert [run.text for block in blocks for run in block.runs] == ["A", "so ", "δ = 1"]
    assert source.place(blocks[1].runs[1].places[0]) == (3, 5)
    assert source.line(3) == "so $δ = 1$"


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        (b"a\nb\xff", "byte 0xff is no UTF-8", ":2:2: "),
        ("a".encode("utf-16"), "this is no text", ": "),
        (b"a\nb\0", "NUL", ":2:2: "),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is no text", ": "),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, message: str, place: str) -> None:
    path = tmp_path / "sheet.md"
    path.write_bytes(data)
    with pytest.raises(SymbackpropError, match=message) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}{place}")
    assert caught.value.hint


def test_what_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.md", "a\0b"):
        with pytest.raises(SymbackpropError, match="cannot be read") as caught:
            read_document(path)
        assert caught.value.hint
    (tmp_path / "large.md").write_bytes(b"a" * (BYTES + 1))
    with pytest.raises(LimitError, match="more than"):
        read_document(tmp_path / "large.md")
    with pytest.raises(LimitError):
        read_text("a" * (BYTES + 1))
    with pytest.raises(LimitError, match="marks"):
        read_text("$" * (MARKS + 1))
    with pytest.raises(SymbackpropError, match="unknown format 'markdwn'") as caught:
        read_text("a", format="markdwn")
    assert "markdown" in caught.value.hint


_PIECES = (
    r"$ $$ \$ \$\$ \( \) \[ \] \\( \begin{align} \end{align} \begin{tabular}{ll} \end{tabular} \begin{verbatim} "
    r"\end{verbatim} \begin{document} \end{document} \begin{ ` ``` ~~~ * ** _ __ ~~ <sub> </sub> <sup> <table> "
    r"<tr> <td> <th> </table> <pre> </pre> <code> </code> <math> </math> <mfrac> <mi> </mi> <annotation "
    r"</annotation> <script </script> <!-- --> <img <p> <li> https://latex.codecogs.com/svg.latex?%5C%E2 &plus; ![ "
    r"]( [ ] ( ) | |---|---| -|- > - 1. # = === ======= <<<<<<< >>>>>>> --- + a w_1 0.5 &minus; & &#x110000; &#0; "
    r"\ \\ \newcommand{\a}[1]{ \def\a#1{ { } \frac{a}{b} % \item \section{ \verb| \texttt{ é 値 "
    r"</span> <br> \hline [^1] ' \u \n title: <?xml <!"
)
PIECES = [*_PIECES.split(" "), "<span class='katex-html'>", '"', "\ud800", "\u2028", "\x0b", "\x1b["]
PIECES += [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "| ",
    "- ",
    "# ",
    "> ",
    "```\n",
    "$$\n",
    "---\n",
    "<<<<<<< a\n",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def check(text: str, format_: str) -> None:
    try:
        source, blocks = read_text(text, "sheet", format_)
    except SymbackpropError:
        return
    for block in blocks:
        assert block.runs
        assert len(block.cells) in (0, len(block.runs))
        assert list(block.cells) == sorted(block.cells)
        for run in block.runs:
            assert run.text.strip()
            assert len(run.places) == len(run.text) + 1
            assert list(run.places) == sorted(run.places)
            assert run.places[0] >= 0
            assert run.places[-2] < len(source.text) >= run.places[-1]


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_no_text_ends_in_a_traceback(format_: str, text: str) -> None:
    check(text, format_)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_no_cell_ends_in_a_traceback(text: str) -> None:
    cell = {"cell_type": "code", "source": text, "outputs": [{"text": [text]}, {"data": {"text/latex": text}}]}
    check(json.dumps({"cells": [{"cell_type": "markdown", "source": [text, text]}, cell]}), "notebook")


HOSTILE = [
    *PIECES,
    "$a",
    "*a ",
    "[[",
    "](((",
    "![a](",
    '<b "',
    "<a href=",
    "- > ",
    "\\begin{align}\\begin{cases}",
    "<p><div>",
    "\\(a ",
]
HOSTILE += [
    "<span class='MathJax'><math></math>",
    "$$\n\n",
    "\\[\n\n",
    "`a``b",
    "a|b\n-|-\n",
    "<!-- ",
    "\\def\\a#1{",
    "\\text{",
    "[\n",
]


@pytest.mark.parametrize("format_", FORMATS)
def test_time_grows_with_the_text(format_: str) -> None:
    """Five times the text takes at most twelve times as long, where it takes long at all."""
    for piece in HOSTILE[:: 4 if format_ == "notebook" else 1]:
        short, long = (_text(piece, format_, size) for size in (4_000, 20_000))
        assert _in_proportion(short, long, format_), piece


def _text(piece: str, format_: str, size: int) -> str:
    text = piece * (size // len(piece))
    return json.dumps({"cells": [{"cell_type": "markdown", "source": text}]}) if format_ == "notebook" else text


def _in_proportion(short: str, long: str, format_: str) -> bool:
    """Whether it is so of the least times of up to five tries: a busy machine makes times longer, never shorter."""
    least, most = math.inf, math.inf
    for _ in range(5):
        least, most = min(least, _seconds(short, format_)), min(most, _seconds(long, format_))
        if most < max(12 * least, 0.25):
            return True
    return False


def _seconds(text: str, format_: str) -> float:
    gc.disable()  # it would go through all that the tests before have left in memory
    try:
        start = time.process_time()
        check_reads(text, format_)
        return time.process_time() - start
    finally:
        gc.enable()


def check_reads(text: str, format_: str) -> None:
    with suppress(SymbackpropError):
        read_text(text, "sheet", format_)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "piece", [">", "> ", "- ", "<div>", "[", "(", "{", "<sub>", "\\begin{cases}", "<table><tr><td>", "<mrow>"]
)
def test_nesting_is_no_recursion(piece: str, format_: str) -> None:
    check_reads(piece * (100_000 if len(piece) < 6 else 20_000), format_)


@contextmanager
def nothing_opened() -> Iterator[None]:
    """Fails where a file, an address or a program is opened within it."""
    opened: list[str] = []
    active = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if active and event.partition(".")[0] in (
            "open",
            "socket",
            "subprocess",
            "urllib",
            "os",
            "exec",
            "compile",
            "import",
        ):
            opened.append(f"{event} {arguments[:1]}")

    sys.addaudithook(hook)
    try:
        yield
    finally:
        active = False
    assert not opened


def test_nothing_that_a_document_names_is_opened() -> None:
    named = (
        r"\input{/etc/passwd} \include{a} \includegraphics{b.png} ![c](/etc/hosts) <img src='http://example.org/x?math=a'>"
        "<script src='d.js'>alert()</script> <iframe src=e> [f](file:///etc/passwd)\n\n[g]: http://example.org"
    )
    texts = dict.fromkeys(FORMATS, named)
    texts["notebook"] = json.dumps({"cells": [{"cell_type": "markdown", "source": named}]})
    for name, text in texts.items():
        read_text(text, "sheet", name)
    with nothing_opened():
        for name, text in texts.items():
            read_text(text, "sheet", name)
