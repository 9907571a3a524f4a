"""What words say."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.prose import read_words
from tests.auditing.inference.sheets import read


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("We use a learning rate of 0.5.", ["0.5"]),
        ("the learning rate, which is set to .1", ["0.1"]),
        ("learning rate = 0.01", ["0.01"]),
        ("The learning rate is a number between 0 and 1", []),
        ("learning rate of 5%", []),
        ("the rate of change is 3", []),
    ],
)
def test_the_learning_rate(text: str, rates: list[str]) -> None:
    assert [rate.text for rate in read_words(read(text)[1].blocks).rates] == rates


def test_an_activation_is_told_where_there_is_one() -> None:
    assert read_words(read("We use sigmoid units.")[1].blocks).activation == "sigmoid"
    assert read_words(read("We use sigmoid and tanh.")[1].blocks).activation is None


def test_lists_of_inputs_and_outputs() -> None:
    words = read_words(read("given inputs 0.05 and 0.10, we want the outputs 0.01 and 0.99.")[1].blocks)
    assert [[one.text for one in found] for found in words.lists["inputs"]] == [["0.05", "0.10"]]
    assert [[one.text for one in found] for found in words.lists["targets"]] == [["0.01", "0.99"]]


def test_biases_that_stay() -> None:
    assert read_words(read("The biases stay as they are.")[1].blocks).fixed_biases
    assert not read_words(read("The biases are updated.")[1].blocks).fixed_biases
