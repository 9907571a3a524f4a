"""HTML -> blocks."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Kind


def outline(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    _, blocks = read_text(text, "page.html")
    return [(block.kind.value, [(run.mode.value, run.text) for run in block.runs]) for block in blocks]


KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>a</mi></mrow>'
    '<annotation encoding="application/x-tex">a = \\frac12 &lt; 3</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true"><span>a</span><span>=12</span></span></span>'
)
WIKIPEDIA = (
    '<math alttext="{\\displaystyle a=1}"><semantics><mi>a</mi><annotation encoding="application/x-tex">'
    '{\\displaystyle a=1}</annotation></semantics></math><img alt="{\\displaystyle a=1}" src="x.svg">'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>so \\(a\\) and\n $b$", [("prose", "so "), ("inline", "a"), ("prose", " and  "), ("inline", "b")]),
        ("a &minus; b&nbsp;&times; c", [("prose", "a − b × c")]),
        ("w<sub>O<sub>1</sub></sub><sup>+</sup>", [("prose", "w_{O_{1}}^{+}")]),
        ('0.5<sup><a href="#f">1</a></sup>', [("prose", "0.5")]),
        ("two <code>x = <b>1</b></code>", [("prose", "two "), ("code", "x = 1")]),
        ("<code>$x$</code>", [("inline", "x")]),
        ("2*3*4 and `a` [b](c)", [("prose", "2*3*4 and `a` [b](c)")]),
        ("<script type='math/tex'>a < b</script>", [("inline", "a < b")]),
        ("<SCRIPT>a = 1</SCRIPT>b<style>c</style>", [("prose", "b")]),
        ("<script type='math/tex; mode=display'>a</script>", [("display", "a")]),
        ("<span class='MathJax'><span>aa</span></span><script type='math/tex'>a</script>", [("inline", "a")]),
        (KATEX, [("inline", r"a = \frac12 < 3")]),
        (f'<span class="katex-display">{KATEX}</span>', [("display", r"a = \frac12 < 3")]),
        (WIKIPEDIA, [("display", "a=1")]),
        ("<math><mi>a</mi><mo>=</mo><mn>1</mn></math>", [("inline", "a=1")]),
        ("a<br>= b", [("prose", "a\n= b")]),
        ("a <!-- <p> --> b", [("prose", "a  b")]),
        ("<p>\\[ a<br>\n= 1 \\]</p>", [("display", "a\n = 1")]),
        ("<img alt='a_1 = 2'>", [("inline", "a_1 = 2")]),
        ("1 < 2 <", [("prose", "1 < 2 <")]),
    ],
)
def test_runs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [run for _, runs in outline(text) for run in runs] == expected


def test_blocks() -> None:
    text = (
        "<!doctype html><html><head><title>T</title></head><body><h2>Head</h2><p>one<p>two<ul><li><p>three</p><li>four"
        "</ul><pre>a = 1\n  b &lt; 2\n</pre><div>five<div>six</div>seven</div>"
    )
    assert outline(text) == [
        ("heading", [("prose", "Head")]),
        ("paragraph", [("prose", "one")]),
        ("paragraph", [("prose", "two")]),
        ("item", [("prose", "three")]),
        ("item", [("prose", "four")]),
        ("code", [("code", "a = 1\n  b < 2")]),
        ("paragraph", [("prose", "five")]),
        ("paragraph", [("prose", "six")]),
        ("paragraph", [("prose", "seven")]),
    ]


def test_tables() -> None:
    text = (
        "<table><tr><th>w<th>dw</tr><tr><td>0.5<td>$a$<p>b</p><tr><td><td>2<sub>1</table>after<table><tr><td>x</table>"
    )
    _, blocks = read_text(text, "page.html")
    rows = [(block.cells, block.heads, [run.text for run in block.runs]) for block in blocks if block.kind is Kind.ROW]
    assert rows == [
        ((0, 1), (), ["w", "dw"]),
        ((0, 1, 1), ("w", "dw"), ["0.5", "a", "\nb"]),
        ((1,), ("w", "dw"), ["2_{1}"]),
        ((0,), (), ["x"]),
    ]
    assert [block.runs[0].text for block in blocks if block.kind is not Kind.ROW] == ["after"]


def test_every_character_knows_its_place() -> None:
    source, blocks = read_text(
        "<p>so <b>\\(a = 1\\)</b> &minus;2</p>\r\n<td>x = <script type='math/tex'>y</script>", "page.html"
    )
    pairs = [
        (character, source.text[place])
        for block in blocks
        for run in block.runs
        for character, place in zip(run.text, run.places, strict=False)
    ]
    assert [pair for pair in pairs if pair[0] != pair[1]] == [("−", "&")]
    assert "".join(character for character, _ in pairs) == "so a = 1 −2x = y"
