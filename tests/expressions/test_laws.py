"""What holds for every tree that the builders can make: its value is exact, and survives printing and reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.latex import latex
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text, unicode_text
from symbackprop.expressions.tree import (
    add,
    coefficient,
    multiply,
    negate,
    number,
    power,
    reciprocal,
    split_sign,
    substitute,
    symbol,
)

DECIMALS = {"a": "0.5", "b": "-3", "x": "-3.5e-2", "n": "2", "w_5+": "1e-3"}  # n is the one name in exponents
VALUES = {name: Fraction(decimal) for name, decimal in DECIMALS.items()}
SYMBOLS = {name: symbol(name) for name in VALUES}

EXACT: dict[str, Callable[..., Fraction]] = {
    "relu": lambda z: max(z, Fraction(0)),
    "abs": abs,
    "max": max,
    "if_positive": lambda z, positive, otherwise: positive if z > 0 else otherwise,
}


def value(tree: sp.Expr, values: Mapping[str, Fraction] = VALUES) -> Fraction:
    """The exact value; ZeroDivisionError where there is none."""
    if tree.is_Symbol:
        return values[tree.name]
    if tree.is_Rational:
        return Fraction(int(tree.p), int(tree.q))
    arguments = [value(argument, values) for argument in tree.args]
    if tree.is_Add:
        return sum(arguments, Fraction(0))
    if tree.is_Mul:
        product = Fraction(1)
        for argument in arguments:
            product *= argument
        return product
    if tree.is_Pow:
        base, exponent = arguments
        assert exponent.denominator == 1
        return base ** int(exponent)
    return EXACT[tree.func.__name__](*arguments)


def value_or_reject(tree: sp.Expr) -> Fraction:
    try:
        return value(tree)
    except ZeroDivisionError:
        assume(False)
        raise


NUMBERS = st.sampled_from(
    [Fraction(n) for n in (-10, -2, -1, 0, 1, 2, 3, 10**30)]
    + [Fraction(-1, 2), Fraction(1, 4), Fraction(1, 3), Fraction(-2, 3), Fraction(35, 10**21)]
).map(number)
LEAVES = st.sampled_from(list(SYMBOLS.values())) | NUMBERS
EXPONENTS = st.integers(-3, 3).map(sp.Integer) | st.sampled_from([symbol("n"), negate(symbol("n"))])


def trees(depth: int) -> st.SearchStrategy[sp.Expr]:
    """Trees of every shape that the builders make, `depth` operations inside each other."""
    if depth == 0:
        return LEAVES
    inner = trees(depth - 1)
    few = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        LEAVES,
        few.map(add),
        few.map(multiply),
        inner.map(negate),
        inner.map(reciprocal),
        st.builds(power, inner, EXPONENTS),
        st.builds(coefficient, st.fractions(-3, 3, max_denominator=4), few, decimal=st.booleans()),
        *(inner.map(FUNCTIONS[name].symbol) for name in ("relu", "abs")),
        st.builds(FUNCTIONS["max"].symbol, inner, inner),
        st.builds(FUNCTIONS["if_positive"].symbol, inner, inner, inner),
    )


TREES = trees(4)
many = settings(deadline=None, max_examples=400)


@many
@given(TREES)
def test_text_is_read_to_the_same_text_and_the_same_value(tree: sp.Expr) -> None:
    shown = text(tree)
    again = parse(shown, SYMBOLS)
    assert text(again) == shown
    expected = value_or_reject(tree)
    assert value(again) == expected


@many
@given(TREES)
def test_text_with_the_numbers_put_in_has_the_value(tree: sp.Expr) -> None:
    expected = value_or_reject(tree)
    assert value(parse(text(tree, DECIMALS), {}), {}) == expected


@many
@given(TREES)
def test_latex_is_ascii_with_balanced_braces_and_fences(tree: sp.Expr) -> None:
    for shown in (latex(tree), latex(tree, DECIMALS)):
        assert shown.isascii()
        assert shown.isprintable()
        assert shown.count(r"\left") == shown.count(r"\right")
        assert shown.count(r"\begin") == shown.count(r"\end")
        depth = 0
        for brace in re.findall(r"[{}]", shown):
            depth += 1 if brace == "{" else -1
            assert depth >= 0
        assert depth == 0


@many
@given(TREES)
def test_latex_means_the_tree(tree: sp.Expr) -> None:
    expected = value_or_reject(tree)
    assert LatexReader(latex(tree)).value() == expected
    assert LatexReader(latex(tree, DECIMALS)).value() == expected


@many
@given(TREES)
def test_unicode_text_means_the_tree(tree: sp.Expr) -> None:
    expected = value_or_reject(tree)
    for shown in (unicode_text(tree), unicode_text(tree, DECIMALS)):
        assert value(parse(ascii_spelling(shown), SYMBOLS)) == expected


@many
@given(TREES)
def test_negate_changes_the_sign_and_split_sign_takes_it_off(tree: sp.Expr) -> None:
    expected = value_or_reject(tree)
    assert value(negate(tree)) == -expected
    assert value(negate(negate(tree))) == expected
    minus, rest = split_sign(tree)
    assert value(rest) == (-expected if minus else expected)
    assert value(negate(rest) if minus else rest) == expected


@many
@given(TREES, TREES)
def test_substitute_is_evaluation_with_the_value_put_in(tree: sp.Expr, inserted: sp.Expr) -> None:
    inner = value_or_reject(inserted)
    try:
        expected = value(tree, VALUES | {"a": inner})
    except ZeroDivisionError:
        assume(False)
    assert value(substitute(tree, {"a": inserted})) == expected


def ascii_spelling(shown: str) -> str:
    """The language of equations for what is written for a terminal; a raised number binds to what stands before it."""
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    shown = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"**({match.group().translate(raised)})", shown)
    shown = shown.replace("·", "*").replace("^", "**")
    return ascii_choices(shown).replace("w_5+", "(w_5+)")


def ascii_choices(shown: str) -> str:
    """if_positive(z, p, n) for each (p if z > 0, else n), from the innermost brackets outwards."""
    open_brackets = [""]
    for character in shown:
        if character == "(":
            open_brackets.append("")
        elif character == ")":
            positive, choice, rest = open_brackets.pop().partition(" if ")
            condition, _, otherwise = rest.partition(" > 0, else ")
            inner = f"if_positive({condition}, {positive}, {otherwise})" if choice else f"({positive})"
            open_brackets[-1] += inner
        else:
            open_brackets[-1] += character
    return open_brackets[0]


class LatexReader:
    """The value of a formula as a reader of mathematics takes it: a power holds to the one sign before it.

    Anything that a reader would stumble over (a sign after a dot, two raised marks, a fraction as the base of a power,
    two factors side by side without a bracket) is an assertion that fails.
    """

    TOKEN = re.compile(
        r"\\frac|\\cdot|\\left[(|]|\\right[)|]|\\operatorname\{ReLU\}|\\max|\\begin\{cases\}|\\end\{cases\}|\\\\"
        r"|\\text\{[^}]*\}|w_\{5\}\^\{\+\}|[abnx]|\d+(?:\.\d+)?|[-+^{}(),&>]|\s+"
    )
    BRACKETS: Mapping[str, str] = {"(": ")", r"\left(": r"\right)"}

    def __init__(self, formula: str) -> None:
        self.tokens: list[str] = [token for token in self.TOKEN.findall(formula) if not token.isspace()]
        assert "".join(self.tokens).replace(" ", "") == re.sub(r"\s", "", formula)
        self.tokens.append("end")

    def value(self) -> Fraction:
        result = self.sum()
        assert self.tokens == ["end"]
        return result

    def take(self, *expected: str) -> str:
        token = self.tokens.pop(0)
        assert not expected or token in expected, (token, expected)
        return token

    def next_is(self, *tokens: str) -> bool:
        return self.tokens[0] in tokens

    def group(self) -> Fraction:
        self.take("{")
        result = self.sum()
        self.take("}")
        return result

    def sum(self) -> Fraction:
        sign = -1 if self.next_is("-") and self.take() else 1
        total = sign * self.product()
        while self.next_is("+", "-"):
            sign = -1 if self.take() == "-" else 1
            total += sign * self.product()
        return total

    def product(self) -> Fraction:
        result = self.power()
        while self.next_is(r"\cdot", *self.BRACKETS):
            if self.next_is(r"\cdot"):
                self.take()
            result *= self.power()
        return result

    def power(self) -> Fraction:
        single = not self.next_is(r"\frac", r"\begin{cases}")
        base = self.atom()
        if not self.next_is("^"):
            return base
        assert single
        self.take("^")
        exponent = self.group()
        assert exponent.denominator == 1
        assert not self.next_is("^")
        return base ** int(exponent)

    def atom(self) -> Fraction:
        token = self.take()
        match token:
            case "(" | r"\left(":
                result = self.sum()
                self.take(self.BRACKETS[token])
                return result
            case r"\left|":
                result = abs(self.sum())
                self.take(r"\right|")
                return result
            case r"\frac":
                above = self.group()
                return above / self.group()
            case r"\operatorname{ReLU}":
                return EXACT["relu"](self.arguments(1)[0])
            case r"\max":
                return max(self.arguments(2))
            case r"\begin{cases}":
                return self.cases()
            case r"w_{5}^{+}":
                assert not self.next_is("^")
                return VALUES["w_5+"]
        assert token in VALUES or token[0].isdigit(), token
        return VALUES[token] if token in VALUES else Fraction(token)

    def arguments(self, count: int) -> list[Fraction]:
        bracket = self.take(*self.BRACKETS)
        results = [self.sum()]
        for _ in range(count - 1):
            self.take(",")
            results.append(self.sum())
        self.take(self.BRACKETS[bracket])
        return results

    def cases(self) -> Fraction:
        positive = self.sum()
        self.take("&")
        self.take(r"\text{if }")
        condition = self.group() if self.next_is("{") else self.sum()
        self.take(">")
        self.take("0")
        self.take("\\\\")
        otherwise = self.sum()
        self.take("&")
        self.take(r"\text{otherwise}")
        self.take(r"\end{cases}")
        return positive if condition > 0 else otherwise


@pytest.mark.parametrize(
    "formula",
    [
        r"a \cdot -b",
        "a^{2}^{2}",
        r"\frac{a}{b}^{2}",
        "w_{5}^{+}^{2}",
        "a b",
        "2 3",
        "a(b",
        "- -a",
        r"\sqrt{a}",
        "(-1)a",
    ],
)
def test_the_reader_of_latex_stumbles_over_what_is_ambiguous(formula: str) -> None:
    with pytest.raises(AssertionError):
        LatexReader(formula).value()
