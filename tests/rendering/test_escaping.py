"""What a user wrote is shown and does nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from symbackprop.rendering.escaping import harmless, latex_text, markdown_text, one_line, writable

anything = st.text(st.characters(codec="utf-8"), max_size=60)
marks = st.text(st.sampled_from(list("\\{}$&#%_^~<>|*`[]()!-+=:/@.\"' ab1\n\té∂→中")), max_size=40)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("The 2-2-2 network", "The 2-2-2 network"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        ("x^2 ~ <y>", r"x\textasciicircum{}2 \textasciitilde{} \textless{}y\textgreater{}"),
        ("Erdős, Łukasz, Gauß, naïve, Čech", r"Erd\H{o}s, \L{}ukasz, Gau\ss{}, na\"{\i}ve, \v{C}ech"),
        ("δ ≈ ∂E", r"$\delta$ $\approx$ $\partial$E"),
        ("“a” – ‘b’…", "``a'' -- `b'\\dots{}"),
        ("x² ﬁt ½", "x2 fit ?"),
        ("中", "?"),
        ("a\x00b\x1b[31mc\u202e d", "a b [31mc d"),
    ],
)
def test_latex_text(text: str, latex: str) -> None:
    assert latex_text(text) == latex


@given(st.one_of(anything, marks))
def test_latex_is_ascii_and_holds_no_command_of_the_user(text: str) -> None:
    latex = latex_text(text)
    assert latex.isascii()
    assert latex.isprintable()
    words = "textbackslash|textasciicircum|textasciitilde|textless|textgreater|textbar|dots|copyright"
    allowed = rf"\\({words}|S|L|l|O|o|ss|ae|AE|oe|OE|i)\{{\}}"
    rest = re.sub(allowed, "", latex)
    rest = re.sub(r"\$\^\{\\circ\}\$|\$-\$|\$\\[a-z]+\$", "", rest)
    rest = re.sub(r"\\[{}$&#%_]", "", rest)
    rest = re.sub(r"\\[`'^~=u.\"rHvdcb](?=\{)|\\[ij](?=\})", "", rest)
    assert not set(rest) & set("\\$&#%_^~")
    assert rest.count("{") == rest.count("}")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, 2-2-2.", "plain words, 2-2-2."),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("<b> & $x$", "&lt;b&gt; &amp; <span>$</span>x<span>$</span>"),
        ("[a](b) | #1", r"\[a\](b) \| \#1"),
    ],
)
def test_markdown_text(text: str, markdown: str) -> None:
    assert markdown_text(text) == markdown


@given(st.one_of(anything, marks))
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    shown = MarkdownIt("commonmark").render(f"# {markdown_text(text)} end").strip()
    inner = shown.removeprefix("<h1>").removesuffix(" end</h1>").removesuffix("end</h1>")
    plain = inner.replace("<span>$</span>", "$").replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")
    assert plain.replace("&amp;", "&") == one_line(text)


@given(anything)
def test_one_line_has_no_controls(text: str) -> None:
    line = one_line(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\xa0", "\u2003", "\u2009", "\u202f", "\u3000"])
def test_blanks_of_every_width_are_harmless(blank: str) -> None:
    assert harmless(f"1{blank}000") == f"1{blank}000"


@pytest.mark.parametrize(
    "mark", ["\x00", "\r", "\x1b", "\x85", "\u200b", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff"]
)
def test_what_is_not_seen_as_itself_is_replaced(mark: str) -> None:
    assert harmless(f"a{mark}b") == "a\ufffdb"


def test_what_no_file_can_hold_is_replaced() -> None:
    assert writable("a\ud800\uffff\x1b[31m\u202eb") == "a\ufffd\ufffd [31m b"
