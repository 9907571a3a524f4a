"""What the words beside a list of numbers say that it holds."""

from __future__ import annotations

import pytest

from symbackprop.auditing.mathematics.statements import Chain, Mention, When
from symbackprop.auditing.mathematics.tree import Entries, Node
from symbackprop.auditing.naming.spelling import written
from tests.auditing.mathematics.test_tables import statements


def rows(node: Node) -> str:
    assert isinstance(node, Entries)
    return "; ".join(" ".join(map(written, row)) for row in node.rows)


def lists(text: str) -> list[tuple[str, str, When, bool]]:
    """(the names or what they are called, the layers, when, whether it is sure) of every list that is described."""
    _, found = statements(text)
    described = [one.described for one in found if isinstance(one, Mention) and one.described is not None]
    return [
        (rows(one.names) if one.names else " ".join(one.nouns), " ".join(one.layers), one.when, one.sure)
        for one in described
    ]


UNSAID, FIRST, LATER = When.UNSAID, When.FIRST, When.LATER


@pytest.mark.parametrize(
    ("text", "names", "when"),
    [
        ("[[ 0.195 ] [ 0.213 ]]  (weights w5 and w6)", "w5 w6", UNSAID),
        ("# [[0.16 0.11]\n# [0.22 0.07]] (w1 to w4 after back prop, layout [[w1,w3],[w2,w4]])", "w1 w3; w2 w4", LATER),
        ("[[0.16 0.11], [0.22 0.07]] (w1..w4)", "w1 w2 w3 w4", UNSAID),
        ("[[0.16 0.11], [0.22 0.07]] (w1-w4 updated)", "w1 w2 w3 w4", LATER),
        ("[[0.16 0.11], [0.22 0.07]] (w_{11} to w_{22})", "w_11 w_12 w_21 w_22", UNSAID),
        ("weights w1, w2, w3: 0.1, 0.2, 0.3", "w1 w2 w3", UNSAID),
        ("updated weights (w1 ... w4): 0.1, 0.2, 0.3 and -0.4", "w1 w2 w3 w4", LATER),
        ("weights w1, w2, ..., w4: 0.1, 0.2, 0.3, 0.4", "w1 w2 w3 w4", UNSAID),
        ("w5 and w6 become 0.1744 and 0.1694", "w5 w6", UNSAID),
        ("After the update w5 and w6 are 0.1744 and 0.1694.", "w5 w6", LATER),
        ("Weights w5, w6 before the update: 0.14, 0.15", "w5 w6", FIRST),
        ("The initial weights $w_5$ and $w_6$ are 0.14 and 0.15", "w_5 w_6", FIRST),
        ("[0.14, 0.15] are the weights w5 and w6.", "w5 w6", UNSAID),
        ("dE/dw5 and dE/dw6: 0.082, 0.083", "∂E/∂w5 ∂E/∂w6", UNSAID),
        ("Gewichte w5 und w6: 0.14, 0.15", "w5 w6", UNSAID),
        ("| label | value |\n|---|---|\n| new weights w5, w6 | [0.17, 0.16] |", "w5 w6", LATER),
        ("| label | before | after |\n|---|---|---|\n| weight w5 |  | 0.17 |", "w5", LATER),
        ("| weights | after |\n|---|---|\n| w5, w6 | 0.17, 0.16 |", "w5 w6", LATER),
        ("After 10,000 updates the weights w5, w6 are 0.17, 0.16", "w5 w6", When.COUNTED),
    ],
)
def test_names_beside_a_list(text: str, names: str, when: When) -> None:
    assert [(found, said, sure) for found, _, said, sure in lists(text)] == [(names, when, True)]


@pytest.mark.parametrize(
    ("text", "noun", "layers", "when"),
    [
        ("[ 0.85  0.48] (hidden layer)", "", "hidden", UNSAID),
        ("[ 1.0063 0.4563 ] (hidden activations after)", "activation", "hidden", LATER),
        ("hidden outputs = [0.85, 0.48]", "", "hidden output", UNSAID),
        ("`hidden_output = [0.85, 0.48]`", "", "hidden output", UNSAID),
        ("New weights = [0.12, 0.22, 0.13]", "weight", "", LATER),
        ("```\nhidden before\n[[0.85 0.48]]\n```", "", "hidden", FIRST),
        ("| layer | net |\n|---|---|\n| hidden | [0.85, 0.48] |\n| 3 | 0.3 |", "net input", "hidden", UNSAID),
        ("| quantity | value |\n|---|---|\n| hidden net inputs | [0.85, 0.48] |", "net input", "hidden input", UNSAID),
    ],
)
def test_nouns_beside_a_list(text: str, noun: str, layers: str, when: When) -> None:
    assert lists(text) == [(noun, layers, when, True)]


@pytest.mark.parametrize(
    "text",
    [
        "weights w1, w2, w3: 0.1, 0.2",  # which of them
        "[0.1, 0.2] (weights w1 to w4)",
        "[0.1, 0.2] (weights w1 to v4)",
        "The weights w1 and w2 of the units h1 and h2 are 0.1 and 0.2",
        "In 0.1 and 0.2 of all cases",
        "We trust in 0.1, 0.2",
        "The section hidden in 0.1 and 0.2",
        "w1 + w2: 0.1, 0.2",
    ],
)
def test_what_is_no_description(text: str) -> None:
    assert lists(text) == []


def test_unknown_words_leave_it_unsure() -> None:
    assert lists("The difference between w1 and w2 is 0.1, 0.2") == [("w1 w2", "", UNSAID, False)]


def test_lists_with_names_of_given_data_stay_chains() -> None:
    _, found = statements("inputs = [0.05, 0.10]")
    assert [type(one) for one in found] == [Chain]


def test_partials_before_a_sign_take_one_value_each() -> None:
    _, (chain,) = statements(r"$\frac{\partial E}{\partial w_1}, \frac{\partial E}{\partial w_2} = -0.2, -0.3$")
    assert isinstance(chain, Chain)
    assert rows(chain.members[0]) == "∂E/∂w_1 ∂E/∂w_2"


def test_two_lists_of_names_with_values_in_one_sentence() -> None:
    _, found = statements("w_1, w_2 = 0.15, 0.20 and w_3, w_4 = 0.25, 0.30")
    assert [rows(one.members[0]) for one in found if isinstance(one, Chain)] == ["w_1 w_2", "w_3 w_4"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$w_5$ 0.3589", ["w_5"]),
        ("$\\hat{y}_{after}$ 4.95", ["yhat+"]),
        ("$w_5$ 0.3589\n\n`w6` 0.4087", ["w_5", "w6"]),
        ("the new $w_5$ 0.3589", []),
        ("$w_5$ 0.3589 is the new one", []),
        ("$w_5 + 1$ 0.3589", []),
        ("$k$ 3", []),
    ],
)
def test_a_name_alone_before_a_number_is_what_it_is_printed_for(text: str, found: list[str]) -> None:
    _, statements_ = statements(text)
    assert [written(one.members[0]) for one in statements_ if isinstance(one, Chain)] == found
