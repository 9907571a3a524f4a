"""Blocks together: chains over several blocks and runs, tables, words around, places in the source."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Block, Kind, Mode, Run
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Mention
from symbackprop.auditing.mathematics.tree import Name, Number, walk
from tests.auditing.mathematics.writing import block, line, run, stated, statements


def test_a_line_that_begins_with_a_sign_goes_on_with_the_block_before() -> None:
    first, second = block("δ=y(1−y)(t−y)"), block("=0.67(1−0.67)(−0.17)=−0.0376")
    assert [line(found) for found in read_statements((first, second)).statements] == [
        "δ = (* y (+ 1 -y) (+ t -y)) = (* 0.67 (+ 1 -0.67) -0.17) = -0.0376"
    ]


def test_after_a_printed_result_it_stands_for_itself() -> None:
    found = read_statements((block("y5=0.61"), block("=0.5−0.61=−0.11"))).statements
    assert [line(each) for each in found] == ["y5 = 0.61", "= (+ 0.5 -0.61) = -0.11"]
    assert isinstance(found[1], Chain)
    assert found[1].headless


def test_a_chain_goes_through_runs_of_several_modes() -> None:
    runs = (run("Loss = "), run("1.0", Mode.INLINE, 8), run(", and ", Mode.PROSE, 12), run("w_5", Mode.INLINE, 20))
    found = read_statements((Block(Kind.PARAGRAPH, (*runs, run(" and then 0.25", Mode.PROSE, 24))),)).statements
    assert [line(each) for each in found] == ["Loss = 1.0", "mentions 0.25"]


def test_names_of_neighbouring_runs_are_no_product() -> None:
    runs = (run("a = b", Mode.INLINE), run("c", Mode.INLINE, 9))
    assert [line(each) for each in read_statements((Block(Kind.PARAGRAPH, runs),)).statements] == ["a = b"]


def test_cells_are_read_apart_and_know_each_other() -> None:
    runs = (run("unit 4", Mode.PROSE), run("0.2 + 0.3 = 0.5", Mode.PROSE, 9), run("7", Mode.PROSE, 27))
    found = read_statements((Block(Kind.ROW, runs, cells=(0, 1, 2)),)).statements
    chain = next(each for each in found if isinstance(each, Chain))
    assert line(chain) == "(+ 0.2 0.3) = 0.5"
    assert chain.cells == ("unit 4", "7")
    assert [line(each) for each in found if isinstance(each, Mention)][-1] == "mentions 7"


def test_the_words_around_are_kept() -> None:
    (mention,) = statements("After one update the error is 0.25 and not more")
    assert isinstance(mention, Mention)
    assert (mention.before, mention.after) == ("After one update the error is", "and not more")


def test_every_node_stands_where_it_is_written() -> None:
    text = r"w_5^+ = w_5 - \eta \frac{\partial E}{\partial w_5} = 0.4 - 0.5(0.082) \approx 3.5 \times 10^{-1}"
    offset = 100
    (chain,) = read_statements((Block(Kind.DISPLAY, (run(text, Mode.DISPLAY, offset),)),)).statements
    assert isinstance(chain, Chain)
    written = {
        text[node.span.start - offset : node.span.end - offset] for member in chain.members for node in walk(member)
    }
    assert {"w_5^+", r"\eta", r"\frac{\partial E}{\partial w_5}", "E", "0.4", "0.5(0.082)", "0.082"} <= written
    assert r"3.5 \times 10^{-1}" in written
    assert text[chain.span.start - offset : chain.span.end - offset] == text


def test_a_place_is_the_one_in_the_source_where_markup_was_taken_out() -> None:
    source = "y = **0.5**"
    text, places = "y = 0.5", (0, 1, 2, 3, 6, 7, 8, 11)
    (chain,) = read_statements((Block(Kind.PARAGRAPH, (Run(Mode.PROSE, text, places),)),)).statements
    assert isinstance(chain, Chain)
    number = chain.members[1]
    assert isinstance(number, Number)
    assert source[number.span.start : number.span.end] == "0.5"


def test_a_list_that_is_closed_in_the_next_heading() -> None:
    blocks = (block("# [[ 0.1 0.2]", Mode.CODE, Kind.CODE), block("[ 0.3 0.4]] after", Mode.PROSE, Kind.HEADING))
    assert [line(each) for each in read_statements(blocks).statements] == ["mentions [0.1 0.2; 0.3 0.4]"]


def test_names_within_words_of_a_formula() -> None:
    (chain,) = statements(r"\text{MSE} = (\text{Predicted Output} − \text{Actual Output})^2", Mode.INLINE)
    assert isinstance(chain, Chain)
    names = [node.base for member in chain.members for node in walk(member) if isinstance(node, Name)]
    assert names == ["MSE", "Predicted Output", "Actual Output"]


def test_an_empty_document_states_nothing() -> None:
    assert read_statements(()).statements == ()
    assert stated("") == []


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202e", "\u2066", "\u200b", "\u00ad"])
def test_marks_that_are_not_seen_change_nothing(mark: str) -> None:
    assert stated(f"y = w*x = {mark}1.1{mark}, z = 2") == stated("y = w*x = 1.1, z = 2")
