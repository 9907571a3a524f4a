"""Markdown -> blocks, and the same in plain text."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Block, Kind, Mode, Source


def read(text: str, format_: str = "markdown") -> tuple[Source, tuple[Block, ...]]:
    return read_text(text, "sheet", format_)


def outline(text: str, format_: str = "markdown") -> list[tuple[str, list[tuple[str, str]]]]:
    _, blocks = read(text, format_)
    return [(block.kind.value, [(run.mode.value, run.text) for run in block.runs]) for block in blocks]


def runs(text: str, format_: str = "markdown") -> list[tuple[str, str]]:
    return [run for _, block in outline(text, format_) for run in block]


FORMULAS = [
    ("so $a = 1$ holds", [("prose", "so "), ("inline", "a = 1"), ("prose", " holds")]),
    ("$$a = 1$$", [("display", "a = 1")]),
    ("$$\na = 1\n$$", [("display", "a = 1")]),
    ("- $$\n  a\n  = 1\n  $$", [("display", "a\n  = 1")]),
    ("> $$\n> a = 1\n> $$", [("display", "a = 1")]),
    (r"\(a\) and \[b\]", [("inline", "a"), ("prose", " and "), ("display", "b")]),
    (r"\\(a\\) and \\[ b \\]", [("inline", "a"), ("prose", " and "), ("display", "b")]),
    ("```math\na = 1\n```", [("display", "a = 1")]),
    ("$`a = 1`$", [("inline", "a = 1")]),
    ("`a = 1`", [("code", "a = 1")]),
    ("``a ` b``", [("code", "a ` b")]),
    ("`$a = 1$`", [("inline", "a = 1")]),
    ("\\begin{align}\na &= 1\n\\end{align}", [("display", "\\begin{align}\na &= 1\n\\end{align}")]),
    (r"\begin{cases*} a \end{cases*}", [("display", r"\begin{cases*} a \end{cases*}")]),
    (r"$$ a \\[2pt] b $$", [("display", r"a \\[2pt] b")]),
    (r"\newcommand{\y}[1]{\hat{#1}}", [("display", r"\newcommand{\y}[1]{\hat{#1}}")]),
    ("$$\n\\def\\y{1}\n$$", [("display", r"\def\y{1}")]),
    ("$$a = 1$$ $$b = 2$$", [("display", "a = 1"), ("display", "b = 2")]),
    (r"\frac{a}{b} = 2 \cdot c", [("display", r"\frac{a}{b} = 2 \cdot c")]),
    (r"$\$5$ \$ 3", [("inline", r"\$5"), ("prose", " $ 3")]),
]


@pytest.mark.parametrize(("text", "expected"), FORMULAS)
def test_formulas(text: str, expected: list[tuple[str, str]]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(("text", "expected"), [case for case in FORMULAS if not case[0].startswith("    ")])
def test_plain_text_knows_the_same_delimiters(text: str, expected: list[tuple[str, str]]) -> None:
    assert runs(text, "plain") == expected


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $6, or $10-$20",
        "2*0.15 + 3*0.20",
        "0.474 * (1 - 0.474) * (1 - 0.474)",
        "0.474 _ (1 - 0.474) _ (1 - 0.474) = 0.1311",
        "0.9 *0.1311* 0.332 = 0.039",
        "*w5 = w5 - a * ( h1 * D ) = 0.16 - 0.05 * ( 0.90 * ( - 0.786 ) ) = 0.195",
        "*w5 = 0.3*-0.332\n*w6 = 2*(1)",
        "w_1 * i_1 + w_2 * i_2 + snake_case_name",
        "Cost = (0.92 - 0.6445)**2 + x**2 - y ** 2",
        "w_{11} + E_{total} and δ_{o1}_i",
        "[-2(1 - y)](1 - y^2) = [0.1, 0.2]",
        "a < b and c > d, w<sub",
        "2 & 9; x &amp y",
        "a = 1\n= 2\n= 3",
        "|a| + |b| = 3",
        "(*) a = 1 (*)",
        "the value \\alpha stands for all of them",
    ],
)
def test_what_marks_nothing_up_stays(text: str) -> None:
    assert runs(text) == [("prose", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**-0.3 + 0.3 - 0.1 = -0.1**", "-0.3 + 0.3 - 0.1 = -0.1"),
        ("= **0.4** ≈ *0.5*, _em_ and __so__ ~~no~~.", "= 0.4 ≈ 0.5, em and so no."),
        ("**값**은 0.5", "값은 0.5"),
        (r"0.9 \_ 2 \* 3 \# 4", "0.9 _ 2 * 3 # 4"),
        ("W<sub>O<sub>1</sub></sub> = x<sup>2</sup>", "W_{O_{1}} = x^{2}"),
        ("x<sub>1", "x_{1}"),
        ("a<br>b", "a\nb"),
        ("a <!-- no = 3 --> b", "a  b"),
        ("a &minus; b &#215; c &lt; d", "a − b × c < d"),
        ("see [this page](https://x.y/a_(b)) and [that](#here)", "see this page and that"),
        ("a[^1] b", "a b"),
        ("![A picture](net.png) here", "here"),
        ("a = 1 \\\n= 2", "a = 1 \n= 2"),
        ("<script>a = 1</script>b", "b"),
    ],
)
def test_markup_is_gone(text: str, expected: str) -> None:
    assert "".join(text for _, text in runs(text)) == expected


def test_plain_text_has_no_entities_and_no_indented_listings() -> None:
    assert runs("a &minus; b", "plain") == [("prose", "a &minus; b")]
    assert outline("so\n\n    a = 1", "plain")[1] == ("paragraph", [("prose", "a = 1")])
    assert outline("so\n\n    a = 1")[1] == ("code", [("code", "    a = 1")])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("# One #\n## Two", ["heading", "heading"]),
        ("One\n===\nTwo\n---\nthree", ["heading", "heading", "paragraph"]),
        ("a\n\nb\nc", ["paragraph", "paragraph"]),
        ("Given:\n- w = 1\n* v = 2\n1. u = 3\n2) t = 4", ["paragraph", "item", "item", "item", "item"]),
        ("- a\n  - b\n    more", ["item", "item"]),
        ("1. - [x] a", ["item"]),
        ("$$a$$\ntext", ["paragraph"]),
        ("$$a$$", ["display"]),
        ("```\na\n```\nb", ["code", "paragraph"]),
        ("~~~ python\na", ["code"]),
        ("***\na\n---", ["heading"]),
        ("[1]: http://x.y\na", ["paragraph"]),
        ("# [[ 0.1  0.2]\n#  [ 0.3  0.4]]\n# [ 0.5]", ["code"]),
        ("---\ntitle: a = 1\n---\nb", ["paragraph"]),
        ("+-----+\n| a = 1 |\n+-----+", ["row"]),
        ("<!-- a\n\nb -->\nc", ["paragraph"]),
    ],
)
def test_blocks(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in outline(text)] == kinds


def test_a_sign_at_the_beginning_of_a_line_goes_on_with_the_equation() -> None:
    text = "net = 0.3 * 0.1\n- 0.2 * 0.4\n+ 0.5 = 0.45"
    assert outline(text) == [("paragraph", [("prose", text)])]
    assert [kind for kind, _ in outline("x = 2:\n- 3 apples")] == ["paragraph", "item"]
    assert [kind for kind, _ in outline("x = 2\n- w = 3")] == ["paragraph", "item"]


@pytest.mark.parametrize(
    "text",
    [
        "- Error: $E = 2.5$\n- Slope: $s \\approx 1$",
        "- Error: $E = 2.5$\n- then what follows",
        "- $E = 2.5$\n- $s$",
        "* a = 2\n* 0.5",
        "$E = 2.5$\n- and what follows\n- more",
    ],
)
def test_an_item_does_not_go_on_with_the_equation_of_the_one_before_it(text: str) -> None:
    assert len(outline(text)) == text.count("\n") + 1


def test_an_equation_goes_on_in_an_item() -> None:
    text = "- net = 0.3 * 0.1\n  - 0.2 * 0.4\n  + 0.5 = 0.45"
    assert len(outline(text)) == 1


def test_versions_in_conflict_are_both_read() -> None:
    text = "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> other\nb\n======="
    assert outline(text) == [
        ("paragraph", [("prose", "a = 1")]),
        ("paragraph", [("prose", "a = 2")]),
        ("heading", [("prose", "b")]),
    ]


def test_a_display_may_hold_empty_lines() -> None:
    text = "$$\na = 1\n\n= 2\n$$\n\n\\begin{align}\nb\n\nc\n\\end{align}"
    assert outline(text) == [
        ("display", [("display", "a = 1\n\n= 2")]),
        ("display", [("display", "\\begin{align}\nb\n\nc\n\\end{align}")]),
    ]


def test_a_display_that_is_not_closed_ends_with_its_paragraph() -> None:
    text = "$$ a = 0.332   |\n\n| 4 | 0.2 = - 0.7 |\n\n\\$\\$ b = 0.474 |\n\n$$ c = 1\n\nand so it goes on"
    assert outline(text) == [
        ("display", [("display", "a = 0.332")]),
        ("row", [("prose", "4"), ("prose", "0.2 = - 0.7")]),
        ("display", [("display", "b = 0.474")]),
        ("display", [("display", "c = 1")]),
        ("paragraph", [("prose", "and so it goes on")]),
    ]


def test_tables() -> None:
    text = (
        "| $h_t$ | `a|b` | x \\| y |\n|:--|--:|---|\n| $$w_{1}$$ | | **0.5** a |\n| 1\n\nx | y\n--|--\n1 | $|a|$\nend"
    )
    _, blocks = read(text)
    rows = [(block.cells, block.heads, [run.text for run in block.runs]) for block in blocks if block.kind is Kind.ROW]
    assert rows == [
        ((0, 1, 2), (), ["h_t", "a|b", "x | y"]),
        ((0, 2), ("h_t", "a|b", "x | y"), ["w_{1}", "0.5 a"]),
        ((0,), ("h_t", "a|b", "x | y"), ["1"]),
        ((0, 1), (), ["x", "y"]),
        ((0, 1), ("x", "y"), ["1", "|a|"]),
    ]


def test_rows_whose_dollars_were_escaped() -> None:
    for row in (
        r"| \$\$ w_{24} $$ | 0.4 |",
        r"| $$ w_{24} \$\$ | 0.4 |",
        r"| \$\$ w_{24} \$\$ | 0.4 |",
        "| $$ w_{24} | 0.4 |",
    ):
        assert runs(row) == [("display", "w_{24}"), ("prose", "0.4")]


@pytest.mark.parametrize(
    "image",
    [
        "![](https://latex.codecogs.com/gif.latex?%5Cinline%20a_1%20%26%3D%20b%20&plus;%20%5Cdelta)",
        "<img src='https://latex.codecogs.com/svg.image?a_1&space;&=&space;b&space;&plus;&space;\\delta'>",
        '<img src="https://render.githubusercontent.com/render/math?math=a_1%20%26%3D%20b%20%2B%20%5Cdelta">',
        '<img src="https://s0.wp.com/latex.php?latex=a_1+%26%3D+b+%2B+%5Cdelta&bg=ffffff" alt="a_1">',
        r"![a_1 &= b + \delta](https://example.org/picture.png)",
        r"![$a_1 &= b + \delta$](picture.png)",
        r'<img alt="a_1 &amp;= b + \delta" src="picture.png">',
    ],
)
def test_images_of_formulas(image: str) -> None:
    source, blocks = read(f"so {image} holds")
    (run,) = [run for run in blocks[0].runs if run.mode is Mode.INLINE]
    assert run.text == r"a_1 &= b + \delta"
    start = source.text.index("a_1")
    assert source.text[run.places[0]] == "a"
    assert run.places[0] in (start, source.text.rindex("a_1"))
    assert source.text[run.places[-2]] == "a"


def test_tables_and_lists_in_html() -> None:
    text = "so\n<table>\n<tr><td>w</td>\n\n<td>$a = 1$</td></tr>\n</table>\n\n<ul><li>b</ul>"
    assert outline(text) == [
        ("paragraph", [("prose", "so")]),
        ("row", [("prose", "w"), ("inline", "a = 1")]),
        ("item", [("prose", "b")]),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_character_knows_its_place(end: str) -> None:
    lines = [
        "# A **b**",
        "> so $a_1 = 2$",
        "> = **3** &minus; 4",
        "",
        "- `x = 1` \\_ b",
        "",
        "| a | $$b$$ |",
        "|---|---|",
        "| 1 | 2 |",
    ]
    source, blocks = read(end.join(lines))
    shown = [
        (character, source.text[place])
        for block in blocks
        for run in block.runs
        for character, place in zip(run.text, run.places, strict=False)
    ]
    assert {pair for pair in shown if pair[0] != pair[1]} <= {("−", "&"), ("\n", "\r")}
    assert len(blocks) == 5
    formula = blocks[1].runs[1]
    assert formula.text == "a_1 = 2"
    assert source.place(formula.places[0]) == ((1, 17) if end == "\r" else (2, 7))
    assert source.text[slice(*formula.places[0:4:3])] == "a_1"
