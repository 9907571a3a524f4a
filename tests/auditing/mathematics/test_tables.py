"""What the rows of tables say: of the name in the first cell, of a unit, of what heads their columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Source
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Statement
from symbackprop.auditing.mathematics.tree import Name, Node, Partial


def sheet(heads: str, *rows: str) -> str:
    """A table in Markdown; the cells of a row are set apart by bars."""
    width = heads.count("|") + 1
    return "\n".join(f"| {line} |" for line in (heads, "|".join(["---"] * width), *rows)) + "\n"


def statements(text: str) -> tuple[Source, tuple[Statement, ...]]:
    """A document and what it states."""
    source, blocks = read_text(text, name="sheet.md")
    return source, read_statements(blocks).statements


def chains(text: str) -> list[str]:
    """The chains of a document: heads by their names, all else as it is written."""
    source, found = statements(text)
    return [shown(source, one) for one in found if isinstance(one, Chain)]


def shown(source: Source, chain: Chain) -> str:
    """A chain on one line."""
    texts = [written(source, member) for member in chain.members]
    line = texts[0] + "".join(f" {sign} {text}" for sign, text in zip(chain.signs, texts[1:], strict=True))
    return line + (f" ({chain.after})" if chain.after else "")


def written(source: Source, node: Node) -> str:
    """What a member is."""
    match node:
        case Name():
            return node.text
        case Partial(of, by):
            return f"∂{written(source, of)}/∂{written(source, by)}"
    return source.text[node.span.start : node.span.end]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        # a name, how it is worked out, what comes out
        (
            sheet("Quantity | Working | Value", r"$a_3$ | $\tanh(z_3) = \tanh(-0.7539)$ | $0.3$"),
            [r"a_3 = \tanh(z_3) = \tanh(-0.7539) = 0.3"],
        ),
        (sheet("Quantity | Working | Value", "net_o1 |  | 1.27464163"), ["net_o1 = 1.27464163"]),
        (
            sheet("Grandeza | Fórmula | Cálculo | Resultado", "$z$ | $w x$ | $2 \\cdot 0.3$ | 0.6"),
            [r"z = w x = 2 \cdot 0.3 = 0.6"],
        ),
        (sheet("Größe | Formel | Ergebnis", "$z$ | $w x$ | 0.6"), ["z = w x = 0.6"]),
        (sheet("量 | 公式 | 结果", "$z$ | $w x$ | 0.6"), ["z = w x = 0.6"]),
        (sheet("step | formula | value", "z_1 | w_1*x_1 + b_1 | 0.1"), ["z_1 = w_1*x_1 + b_1 = 0.1"]),
        (sheet("Quantity | Working | Value", "z_1 | = 0.5 * 0.2 = 0.1 |"), ["z_1 = 0.5 * 0.2 = 0.1"]),
        (sheet("Name | Working | Value", "z_1 | z_1 = 0.5 * 0.2 | 0.1"), ["z_1 = 0.5 * 0.2 = 0.1"]),
        (sheet("Quantity | What | Value", "z_1 | input of the first | 0.1"), ["z_1 = 0.1"]),
        (sheet("Partial | Working | Result", "dE/dw5 | 0.5 * 0.2 | 0.1"), ["∂E/∂w5 = 0.5 * 0.2 = 0.1"]),
        (sheet("Partial | Working | Result", "dz/dw_5 | h_1 = 0.2 | 0.2"), ["∂z/∂w_5 = h_1 = 0.2 = 0.2"]),
        (sheet("# | Quantity | Value", "1 | z_1 | 0.1", "2 | loss | 0.2"), ["z_1 = 0.1"]),
        (sheet("$z_1$ | 0.1", "$z_2$ | 0.2"), ["z_1 = 0.1", "z_2 = 0.2"]),
        # parameters, before and after
        (sheet("weight | old | new", "w_5 | 0.4 | 0.35"), ["w_5 = 0.4", "w_5+ = 0.35"]),
        (sheet("weight | new value | initial value", "w_5 | 0.35 | 0.4"), ["w_5+ = 0.35", "w_5 = 0.4"]),
        (
            sheet("weight | gradient | working | updated", "w_5 | 0.1 | 0.4 - 0.5 * 0.1 | 0.35"),
            ["grad_w5 = 0.1", "w_5+ = 0.4 - 0.5 * 0.1 = 0.35"],
        ),
        (
            sheet(r"weight | $\frac{\partial E}{\partial w}$ | after", "w_5 | 0.1 | 0.35"),
            ["∂E/∂w_5 = 0.1", "w_5+ = 0.35"],
        ),
        (sheet("Bias | New value", r"$\theta_6$ | 0.1 + 0.9 * 0.1 = 0.19"), ["θ_6+ = 0.1 + 0.9 * 0.1 = 0.19"]),
        (sheet("Bias | How", "b_6 | 0.1 + 0.9 * 0.1 = 0.19"), ["b_6 := 0.1 + 0.9 * 0.1 = 0.19"]),
        (sheet("weight | value after 10 updates", "w_5 | 0.35"), ["w_5 = 0.35 (after 10 updates)"]),
        (sheet("Gewicht | alt | neu", "$w_5$ | 0.4 | 0.35"), ["w_5 = 0.4", "w_5+ = 0.35"]),
        (sheet("poids | valeur", "$w_5$ | -0.4"), ["w_5 := -0.4"]),
        (sheet("peso | antes | nuevo valor", "w_5 | 0.4 | 0.35"), ["w_5 = 0.4", "w_5+ = 0.35"]),
        # equations
        (sheet("gradient | value", "$dE/dw_5 = e h_1$ | 0.1"), ["∂E/∂w_5 = e h_1 = 0.1"]),
        (sheet("What | Numbers | Value", "z_1 = w_1 x_1 | 0.5 * 0.2 | 0.1"), ["z_1 = w_1 x_1 = 0.5 * 0.2 = 0.1"]),
        (sheet("What | old | new", "z_1 = w_1 x_1 | 0.4 | 0.35"), ["z_1 = w_1 x_1"]),
        # units
        (sheet("unit | net | out", "h1 | 0.3 | 0.5"), ["net_h1 = 0.3", "out_h1 = 0.5"]),
        (sheet(" | net | out", "$h_1$ | 0.3 | 0.5"), ["net_h1 = 0.3", "out_h1 = 0.5"]),
        (sheet("Unit, j | Err_j", "6 | 0.5 * (1 - 0.5) = 0.25"), ["Err_6 = 0.5 * (1 - 0.5) = 0.25"]),
        (sheet("Unit $j$ | Net input, $I_j$", "6 | 0.2 - 0.9 = -0.7"), ["I_6 = 0.2 - 0.9 = -0.7"]),
        (sheet("t | x_t | h_t", "1 | 1 | 0.4621"), ["x_1 = 1", "h_1 = 0.4621"]),
        (sheet(r"$i$ | $y_i$ | $\hat{y}_i - y_i$", "1 | 1 | -0.25"), ["y_1 = 1"]),  # the last is no name
        (sheet("$l$ | $z^{(l)}$ | $a^l$", "2 | 0.4 | 0.5987"), ["z^2 = 0.4", "a^2 = 0.5987"]),
        (sheet("$j$ | $z^l_j$ | $a_j$", "2 | 0.4 | 0.5987"), ["a_2 = 0.5987"]),
        # names that head the columns
        (sheet("z1 | L", "0.5 | 0.1"), ["z1 = 0.5", "L = 0.1"]),
        (
            sheet("Step | z1", "0 | 0.5", "1 | 0.6"),
            ["z1 = 0.5 (after 0 updates)", "z1 = 0.6 (after 1 updates)"],
        ),
    ],
)
def test_rows(text: str, due: list[str]) -> None:
    assert chains(text) == due


@pytest.mark.parametrize(
    "text",
    [
        sheet("weight | one | another", "w_5 | 0.4 | 0.35"),  # which of the two is it
        sheet("z_1 | 0.4 | 0.35"),
        sheet("weight | gradient of something", "w_5 | 0.4"),
        sheet("Layer | Size", "x1 | 5"),
        sheet("z1 | L", "0.5 | 0.1", "0.6 | 0.2"),  # of which sample, after which update
        sheet("Step | z1", "1 | 0.5", "2 | 0.6"),  # before or after the update of the step
        sheet("Quantity | Value", "loss | 0.1"),
        sheet("Error at unit j | Value", "6 | 0.1"),
        sheet("Unit | Accuracy of the unit", "h1 | 0.9"),
        sheet("weight | w_ij", "6 | 0.1"),
        sheet("w_ij | z_j", "0.6 | 0.1"),
    ],
)
def test_what_is_not_clear_is_left(text: str) -> None:
    assert chains(text) == []


@pytest.mark.parametrize(
    "heads",
    [
        "Neuron | net | out",
        "Neurônio | net | saída",
        "Nöron | Net girdi | Çıktı",
        "Knoten | Netzeingabe | Ausgabe",
        "神经元 | 净输入 | 输出",
    ],
)
def test_heads_in_other_languages(heads: str) -> None:
    assert chains(sheet(heads, "h1 | -0.25 | 0.438")) == ["net_h1 = -0.25", "out_h1 = 0.438"]


def test_a_word_is_the_name_of_what_is_worked_out_behind_it() -> None:
    text = sheet("Quantity | Working | Value", "Cost | (0.3 - 0.5)^2 = (-0.2)^2 | 0.04")
    assert chains(text) == ["Cost = (0.3 - 0.5)^2 = (-0.2)^2 = 0.04"]
    assert chains(sheet("Quantity | Working | Value", "Cost | as before | 0.04")) == []


def test_a_cell_about_another_name_is_a_chain_of_its_own() -> None:
    assert chains(sheet("Quantity | Working | Value", "z_1 | h_2 = 0.5 | 0.1")) == ["h_2 = 0.5"]


def test_rows_without_heads_and_label_stay_as_they_are() -> None:
    text = sheet("Unit | Working", "6 | 0.5 * (1 - 0.5) = 0.25")
    assert chains(text) == ["0.5 * (1 - 0.5) = 0.25"]


def test_every_part_stands_where_it_is_written() -> None:
    text = sheet("weight | old | new", "w_5 | 0.4 | 0.35")
    source, found = statements(text)
    first, second = (one for one in found if isinstance(one, Chain))
    assert [source.text[one.span.start : one.span.end] for one in (first, second)] == ["w_5 | 0.4", "0.35"]
    head = second.members[0]
    assert (head.span.start, head.span.end) == (second.span.start, second.span.start)  # it is not written there


PIECES = st.sampled_from(
    [
        "w_5",
        "0.4",
        "$z_1$",
        "= 0.3",
        "h1",
        "",
        "6",
        "0.5 * (",
        "$\\frac{1}{2}$",
        "w_5^+",
        "loss",
        "$z = $",
        "a = b = 1",
        "|",
    ]
)
HEADS = st.sampled_from(
    ["weight", "old", "new", "Unit, j", "Err_j", "net", "", "Step", "value", "$\\partial E", "0.3", "z1"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(HEADS, min_size=1, max_size=5), st.lists(st.lists(PIECES, max_size=6), max_size=4))
def test_nothing_ends_in_a_traceback(heads: list[str], rows: list[list[str]]) -> None:
    source, found = statements(sheet(" | ".join(heads), *(" | ".join(row) for row in rows)))
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(source.text)
        if isinstance(one, Chain):
            assert len(one.members) - len(one.signs) in (0, 1)
