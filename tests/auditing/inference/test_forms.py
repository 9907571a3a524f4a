"""Trees in one form."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.forms import canonical, fits, is_numeric, keys, numeral_of, renamed, shape
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Partial, Product
from tests.auditing.inference.sheets import HERE, formula


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1/(1 + e^(-z))", "a = sigmoid(z)"),
        ("a = 1/(e^(-z) + 1)", "a = sigmoid(z)"),
        ("a = (e^z - e^(-z))/(e^z + e^(-z))", "a = tanh(z)"),
        ("a = max(0, z)", "a = relu(z)"),
        ("a = (x*w) + (y*v) + b", "a = x*w + y*v + b"),
        ("a = (w*x)*y", "a = w*x*y"),
    ],
)
def test_what_says_the_same_has_one_shape(one: str, other: str) -> None:
    assert shape(formula(one)) == shape(formula(other))


def test_what_differs_has_another_shape() -> None:
    assert shape(formula("a = 1/(2 + e^(-z))")) != shape(formula("a = sigmoid(z)"))
    assert shape(formula("a = (e^z - e^(-z))/(e^z + e^z)")) != shape(formula("a = tanh(z)"))


@pytest.mark.parametrize(
    ("text", "numeral"), [("a = 0.10", "0.10"), ("a = -.5", "-0.5"), ("a = 2", "2"), ("a = 3.5e-5", "0.000035")]
)
def test_a_number_as_a_network_file_writes_it(text: str, numeral: str) -> None:
    assert numeral_of(formula(text)) == numeral


def test_numbers_and_names() -> None:
    assert is_numeric(formula("a = 0.5*2 + 1"))
    assert not is_numeric(formula("a = 0.5*x + 1"))
    assert keys(formula("a = w_1*x + w1*y")) == ("w1", "x", "y")


def test_names_give_way_to_trees() -> None:
    written = formula("a = w*x + x")
    assert keys(renamed(written, {"x": Name("q", HERE)})) == ("w", "q")


def test_a_tree_that_is_too_high_is_left_alone() -> None:
    node: Node = Name("x", HERE)
    for _ in range(200):
        node = Negative(node, HERE)
    assert not fits(node)
    assert fits(canonical(Negative(Name("x", HERE), HERE)))


def test_a_name_is_replaced_wherever_it_stands() -> None:
    x, y, w = (Name(letter, HERE) for letter in "xyw")
    starred = Product((Partial(y, x, HERE), x, w), HERE, starred=(1,))
    assert renamed(starred, {"x": w}) == Product((Partial(y, w, HERE), w, w), HERE, starred=(1,))
