from fractions import Fraction

import pytest
import sympy as sp

from symbackprop.expressions import tree
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.text import text

a, b, c = (tree.symbol(name) for name in "abc")
HALF = sp.Rational(1, 2)


def test_symbol_is_the_same_wherever_it_is_used() -> None:
    assert tree.symbol("w_1") is tree.symbol("w_1")
    assert tree.symbol("w_1") == sp.Symbol("w_1")


@pytest.mark.parametrize(
    ("built", "kind", "arguments"),
    [
        (tree.add([b, a]), sp.Add, (b, a)),
        (tree.add([a, a]), sp.Add, (a, a)),
        (tree.add([a, tree.ZERO]), sp.Add, (a, tree.ZERO)),
        (tree.add([tree.add([a, b]), c]), sp.Add, (tree.add([a, b]), c)),
        (tree.multiply([b, a]), sp.Mul, (b, a)),
        (tree.multiply([a, a]), sp.Mul, (a, a)),
        (tree.multiply([tree.ONE, a]), sp.Mul, (tree.ONE, a)),
        (tree.multiply([tree.ZERO, a]), sp.Mul, (tree.ZERO, a)),
        (tree.multiply([a, tree.add([b, c])]), sp.Mul, (a, tree.add([b, c]))),
        (tree.power(a, tree.ONE), sp.Pow, (a, tree.ONE)),
        (tree.power(sp.Integer(2), sp.Integer(3)), sp.Pow, (sp.Integer(2), sp.Integer(3))),
        (tree.reciprocal(sp.Integer(2)), sp.Pow, (sp.Integer(2), tree.MINUS_ONE)),
    ],
)
def test_builders_evaluate_and_reorder_nothing(built: sp.Expr, kind: type, arguments: tuple[sp.Expr, ...]) -> None:
    assert built.func is kind
    assert built.args == arguments


def test_a_sum_or_product_of_one_is_that_one_and_of_none_0_or_1() -> None:
    assert tree.add([a]) is a
    assert tree.multiply([a]) is a
    assert tree.add([]) == 0
    assert tree.multiply([]) == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (sp.Integer(3), "-3"),
        (sp.Integer(-3), "3"),
        (a, "-a"),
        (tree.add([a, b]), "-(a + b)"),
        (tree.multiply([a, b]), "-a*b"),
        (tree.multiply([sp.Integer(2), a]), "-2*a"),
        (tree.multiply([sp.Integer(-2), a]), "2*a"),
        (tree.negate(a), "-(-a)"),
        (tree.power(a, sp.Integer(2)), "-a**2"),
    ],
)
def test_negate_changes_one_sign(given: sp.Expr, expected: str) -> None:
    assert text(tree.negate(given)) == expected


@pytest.mark.parametrize(
    ("given", "minus", "rest"),
    [
        (a, False, a),
        (sp.Integer(0), False, sp.Integer(0)),
        (sp.Integer(-2), True, sp.Integer(2)),
        (tree.negate(a), True, a),
        (tree.multiply([sp.Integer(-2), a]), True, tree.multiply([sp.Integer(2), a])),
        (tree.multiply([a, sp.Integer(-2)]), False, tree.multiply([a, sp.Integer(-2)])),
        (tree.add([sp.Integer(-2), a]), False, tree.add([sp.Integer(-2), a])),
    ],
)
def test_split_sign_takes_the_sign_that_is_written_first(given: sp.Expr, minus: bool, rest: sp.Expr) -> None:
    assert tree.split_sign(given) == (minus, rest)


@pytest.mark.parametrize(
    ("value", "factors", "decimal", "expected"),
    [
        (Fraction(1), [a], False, "a"),
        (Fraction(-1), [a], False, "-a"),
        (Fraction(2), [a, b], False, "2*a*b"),
        (Fraction(1, 2), [a], False, "a/2"),
        (Fraction(-1, 2), [a], False, "-a/2"),
        (Fraction(3, 2), [a, b], False, "3*a*b/2"),
        (Fraction(1, 100), [a], True, "0.01*a"),
        (Fraction(1), [a], True, "a"),
        (Fraction(1), [], False, "1"),
        (Fraction(1, 2), [], False, "1/2"),
        (Fraction(0), [a], False, "0*a"),
    ],
)
def test_coefficient_before_its_factors(value: Fraction, factors: list[sp.Expr], decimal: bool, expected: str) -> None:
    assert text(tree.coefficient(value, factors, decimal=decimal)) == expected


def test_number_is_exact() -> None:
    assert tree.number(Fraction(1, 3)) == sp.Rational(1, 3)
    assert tree.number(-7) == sp.Integer(-7)


@pytest.mark.parametrize(
    ("given", "is_divisor", "below"),
    [
        (tree.reciprocal(a), True, a),
        (tree.power(a, sp.Integer(-2)), True, tree.power(a, sp.Integer(2))),
        (tree.power(a, -HALF), True, tree.power(a, HALF)),
        (tree.power(a, sp.Integer(2)), False, None),
        (tree.power(a, tree.negate(b)), False, None),
        (a, False, None),
        (HALF, False, None),
    ],
)
def test_a_divisor_is_a_power_with_a_negative_number(given: sp.Expr, is_divisor: bool, below: sp.Expr | None) -> None:
    assert tree.is_divisor(given) is is_divisor
    if is_divisor:
        assert tree.inverted(given) == below


def test_symbols_stand_in_the_order_in_which_they_are_written() -> None:
    expression = tree.add([tree.multiply([c, a]), FUNCTIONS["sigmoid"].symbol(b), a])
    assert tree.symbols_of(expression) == ("c", "a", "b")


def test_walk_goes_from_left_to_right_parents_first() -> None:
    product = tree.multiply([b, a])
    expression = tree.add([product, c])
    assert list(tree.walk(expression)) == [expression, product, b, a, c]


def test_walk_needs_no_recursion() -> None:
    expression = a
    for _ in range(3000):
        expression = tree.power(expression, tree.ONE)
    assert sum(1 for _ in tree.walk(expression)) == 6001


@pytest.mark.parametrize(
    ("given", "replacements", "expected"),
    [
        (tree.add([b, a]), {"a": c}, "b + c"),
        (tree.add([b, a]), {"b": a}, "a + a"),
        (tree.multiply([b, a]), {"a": sp.Integer(1)}, "b*1"),
        (tree.multiply([b, a]), {"b": sp.Integer(0)}, "0*a"),
        (tree.power(a, sp.Integer(2)), {"a": sp.Integer(3)}, "3**2"),
        (tree.add([a, b]), {"a": b, "b": a}, "b + a"),
        (FUNCTIONS["tanh"].symbol(a), {"a": sp.Integer(0)}, "tanh(0)"),
        (sp.Integer(3), {"a": b}, "3"),
    ],
)
def test_substitute_puts_in_and_evaluates_nothing(
    given: sp.Expr, replacements: dict[str, sp.Expr], expected: str
) -> None:
    assert text(tree.substitute(given, replacements)) == expected


def test_rebuild_keeps_the_kind_of_node() -> None:
    assert tree.rebuild(FUNCTIONS["tanh"].symbol(a), [b]) == FUNCTIONS["tanh"].symbol(b)
    assert tree.rebuild(tree.add([a, b]), [b, a]).args == (b, a)
