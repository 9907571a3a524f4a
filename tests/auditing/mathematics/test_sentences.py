"""Names that a sentence gives to its numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.auditing.mathematics.statements import Chain
from tests.auditing.mathematics.test_tables import chains, shown, statements


def said(text: str) -> list[str]:
    """The chains of a document, with the words before them that say after how many updates they hold."""
    source, found = statements(text)
    return [
        (f"{one.before}: " if one.before.startswith("after ") else "") + shown(source, one).partition(" (")[0]
        for one in found
        if isinstance(one, Chain)
    ]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The output out_o1 becomes 0.7514.", ["out_o1 = 0.7514"]),
        ("We get z1 of 0.377 here.", ["z1 = 0.377"]),
        ("This leads on, giving net_h1 of 0.3775.", ["net_h1 = 0.3775"]),
        ("δ_o1 comes to 0.138", ["δ_o1 = 0.138"]),
        ("The value of z1 is 0.377.", ["z1 = 0.377"]),
        ("Here $y_2$ is then -0.5, and $z_1$ is $-0.2$.", ["y_2 = -0.5", "z_1 = -0.2"]),
        (r"So $\delta_{o1}$ equals $-0.138$.", ["δ_o1 = -0.138"]),
        (r"Then $a^{(3)}_1$ is $0.76$.", ["a^(3)_1 = 0.76"]),
        ("The gradient dE/dw5 is 0.0821 and ∂E/∂w_6 is 0.08.", ["∂E/∂w5 = 0.0821", "∂E/∂w_6 = 0.08"]),
        ("Hence net_h1 is 0.15 * 0.05 + 0.35 = 0.3575.", ["net_h1 = 0.15 * 0.05 + 0.35 = 0.3575"]),
        ("yhat = 0.2 at first.\n\nNext yhat is 0.3.", ["yhat = 0.2", "yhat = 0.3"]),
        # parameters: before or after an update, which the judge finds out
        ("We start with w1 at 0.15 and b1 at 0.35.", ["w1 := 0.15", "b1 := 0.35"]),
        ("w5 is now 0.3589, as it should.", ["w5 := 0.3589"]),
        ("The new w5 is 0.3589.", ["w5+ = 0.3589"]),
        # after how many updates
        ("After 100 updates y_3 is 0.72.", ["after 100 updates: y_3 = 0.72"]),
        ("Done 10,000 times, E_total drops to 0.0000351.", ["after 10,000 updates: E_total = 0.0000351"]),
        ("After the update y_3 is 0.72 and y_4 is 0.5.", ["after 1 updates: y_3 = 0.72", "after 1 updates: y_4 = 0.5"]),
        ("After 100 updates y_3 is 1, it seems.", ["after 100 updates: y_3 = 1"]),
        ("The learning rate is 1, and y_3 is 1.", []),  # whole numbers are counts, for the most part
        ("We repeat this 10000 times.\n\ny_3 is 0.72.", []),  # it does not say that it is after them
    ],
)
def test_sentences(text: str, due: list[str]) -> None:
    assert said(text) == due


@pytest.mark.parametrize(
    "text",
    [
        "The error is 0.298 and the output 0.75.",
        "The error of o1 is 0.2748.",
        "The gradient for w5 is 0.0821.",
        "The change in w5 is 0.0821.",
        "The difference between y_1 and t_1 is 0.3.",
        "The distance between 0.5 and t_1 is 0.3.",
        "y_3 is 0.1 smaller than y_4.",
        "y_3 is 0.5 times y_4.",
        "y_3 is 5 % of it.",
        "The outputs y_3 and y_4 are 0.72 and 0.31.",
        "E_total drops to 0.2910.",  # after which update
        "The sum w1*i1 + w2 is 0.72.",
        "The step 1 is 0.5, and section 2 at 0.3.",
        "The inputs 0.05 and 0.10 stay.",
        "A is 0.5.",
    ],
)
def test_numbers_of_something_else_stay_without_a_name(text: str) -> None:
    assert said(text) == []


def test_lists_stay_as_they_are() -> None:
    assert chains("w1 = 0.15, w2 = 0.20 and b1 = 0.35") == [
        "w1 = 0.15 (, w2 = 0.20 and b1 = 0.35)",
        "w2 = 0.20 (and b1 = 0.35)",
        "b1 = 0.35",
    ]


def test_a_chain_reaches_from_the_name_to_the_number() -> None:
    source, found = statements("Here out_o1 becomes 0.7514.")
    [chain] = found
    assert source.text[chain.span.start : chain.span.end] == "out_o1 becomes 0.7514"


WORDS = (
    "y_3 is 0.72 and of at w5 now $z_1$ the -0.5 after 10 updates , . dE/dw5 = ( ) becomes $ drops to ∂ | ^ _ E new "
    "then equals (0.1, 0.2) \\frac{1}{2}"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=30))
def test_nothing_ends_in_a_traceback(words: list[str]) -> None:
    source, found = statements(" ".join(words))
    ends = [one.span for one in found]
    assert all(0 <= span.start <= span.end <= len(source.text) for span in ends)
    assert all(one.start <= other.start for one, other in pairwise(ends))
