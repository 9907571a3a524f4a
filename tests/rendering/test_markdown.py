"""Markdown that GitHub shows: formulas apart, none of their marks taken for emphasis, tables whole."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt

from symbackprop.evaluation.worked import Working
from symbackprop.rendering.markdown import document


def test_displays_stand_between_blank_lines(any_working: Working) -> None:
    lines = document(any_working).split("\n")
    fences = [index for index, line in enumerate(lines) if line == "$$"]
    assert len(fences) == 2 * len(any_working.steps)
    for opening, closing in zip(fences[::2], fences[1::2], strict=True):
        assert lines[opening - 1] == lines[closing + 1] == ""
        inside = lines[opening + 1 : closing]
        assert inside
        assert all(line[:1] in {"\\", "&"} or line[:1].isalpha() for line in inside), inside
        assert "".join(inside).count("{") == "".join(inside).count("}")


def test_no_mark_of_a_formula_is_taken_for_emphasis(any_working: Working) -> None:
    markdown = re.sub(r"^\$\$\n.*?\n\$\$$", "", document(any_working), flags=re.MULTILINE | re.DOTALL)
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = [token for token in tokens if token.type == "inline"]
    assert inline
    for token in inline:
        formulas = re.findall(r"\$[^$]+\$", token.content.replace("<span>$</span>", ""))
        shown = "".join(child.content for child in token.children or [])
        for formula in formulas:
            assert formula in shown, token.content


def test_what_github_does_not_know_is_not_used(any_working: Working) -> None:
    markdown = document(any_working)
    for macro in (r"\operatorname", r"\allowbreak", r"\,", r"\;", r"\!", r"\tag*"):
        assert macro not in markdown


def test_tables_are_whole(working: Callable[..., Working]) -> None:
    html = MarkdownIt("commonmark").enable("table").render(document(working("mazur")))
    assert html.count("<table>") == 2
    assert html.count("<td>$b_{1}$</td>\n<td>$0.35$</td>\n<td>$0.018725609$</td>\n<td>frozen</td>") == 1
    assert "<td>$w_{5}$</td>\n<td>$0.40$</td>\n<td>$0.082167041$</td>\n<td>$0.358916480$</td>" in html


def test_title_and_source_are_text(working: Callable[..., Working]) -> None:
    html = MarkdownIt("commonmark").enable("table").render(document(working("hostile")))
    heading = html.splitlines()[0]
    assert heading.startswith(
        r"<h1>\input{/etc/passwd} <span>$</span>x<span>$</span> &lt;b&gt; 100% # ~ ^ &amp; _{z} `c` *e* |"
    )
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_a_step(working: Callable[..., Working]) -> None:
    expected = r"""
*Chain rule.* $w_{5}$ reaches $E_{\mathrm{total}}$ through $\mathit{net}_ {o1}$ alone: the partials along this path are multiplied.

$$
\begin{aligned}
\frac{\partial E_{\mathrm{total}}}{\partial w_{5}} &= \frac{\partial E_{\mathrm{total}}}{\partial \mathit{out}_ {o1}} \cdot \frac{\partial \mathit{out}_ {o1}}{\partial \mathit{net}_ {o1}} \cdot \frac{\partial \mathit{net}_ {o1}}{\partial w_{5}} = \frac{\partial E_{\mathrm{total}}}{\partial \mathit{net}_ {o1}} \cdot \frac{\partial \mathit{net}_ {o1}}{\partial w_{5}} \\
&\approx 0.138498562 \cdot 0.593269992 \approx 0.082167041 \\
&\text{in short: } \frac{\partial E_{\mathrm{total}}}{\partial w_{5}} = \delta_{o1} \cdot \mathit{out}_ {h1}
\end{aligned} \tag{18: from 16, 17}
$$
"""  # noqa: E501 - as it is written
    assert expected in document(working("mazur"))
