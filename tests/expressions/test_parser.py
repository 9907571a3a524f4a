from collections.abc import Callable
from time import perf_counter, process_time

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.errors import ExpressionError
from symbackprop.expressions.functions import FUNCTIONS, WRITABLE, arity
from symbackprop.expressions.latex import latex
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import symbol

NAMES = {
    name: symbol(name)
    for name in ("a", "b", "c", "x", "y", "w_5", "out_h1", "w_5+", "dE/dw_5", "dE/dw_5 (direct)", "dE", "dx")
}


def read(source: str) -> sp.Expr:
    return parse(source, NAMES)


def read_or_error(source: str) -> tuple[sp.Expr | None, ExpressionError | None]:
    try:
        return read(source), None
    except ExpressionError as error:
        return None, error


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a", "a"),
        ("  a+b ", "a + b"),
        ("b + a", "b + a"),
        ("a - b - c", "a - b - c"),
        ("a - (b - c)", "a - (b - c)"),
        ("a + (b + c)", "a + (b + c)"),
        ("(a + b) + c", "(a + b) + c"),
        ("a*b*c", "a*b*c"),
        ("a*(b*c)", "a*(b*c)"),
        ("a*b/c", "a*b/c"),
        ("a*b/c*x", "a*b/c*x"),
        ("a/b/c", "a/b/c"),
        ("a/(b/c)", "a/(b/c)"),
        ("a/(b*c)", "a/(b*c)"),
        ("a*(b + c)", "a*(b + c)"),
        ("2*a + 3", "2*a + 3"),
        ("a**2", "a**2"),
        ("a**b**c", "a**b**c"),
        ("a**(b**c)", "a**b**c"),
        ("(a**b)**c", "(a**b)**c"),
        ("-a**2", "-a**2"),
        ("(-a)**2", "(-a)**2"),
        ("2**-a", "2**(-a)"),
        ("2**-a*b", "2**(-a)*b"),
        ("a**-2", "1/a**2"),
        ("a**(-2)", "1/a**2"),
        ("a**(1/2)", "a**0.5"),
        ("a**-(1/2)", "1/a**0.5"),
        ("a**(2/3)", "a**(2/3)"),
        ("a**-1/2", "1/a/2"),
        ("-a*b", "-a*b"),
        ("-a/b", "-a/b"),
        ("-a/b*c + x", "-a/b*c + x"),
        ("a*-b*c", "a*(-b)*c"),
        ("--a", "-(-a)"),
        ("+a", "a"),
        ("1 - (-2)", "1 - (-2)"),
        ("1 - -2*a", "1 - (-2*a)"),
        ("a - 0", "a - 0"),
        ("-1*a", "-1*a"),
        ("1*a + 0*b", "1*a + 0*b"),
        ("1/2*(a - b)**2", "1/2*(a - b)**2"),
        ("0.150*a", "0.15*a"),
        ("1e-3*a", "0.001*a"),
        ("3.5E-12*a", "3.5e-12*a"),
        (".5*a + 2.", "0.5*a + 2"),
        ("sigmoid(-(a + b))", "sigmoid(-(a + b))"),
        ("max(a, b*c)", "max(a, b*c)"),
        ("if_positive(a - b, 1, 0)", "if_positive(a - b, 1, 0)"),
        ("exp(-a**2/2)/sqrt(2)", "exp(-a**2/2)/sqrt(2)"),
        ("(w_5+)**2", "(w_5+)**2"),
        ("a*(dE/dw_5)", "a*(dE/dw_5)"),
        ("2*(dE/dw_5 (direct))", "2*(dE/dw_5 (direct))"),
        ("sigmoid((w_5+))", "sigmoid((w_5+))"),
        ("(dE/dx)", "dE/dx"),
        ("(" * 60 + "a" + ")" * 60, "a"),
        ("a\n + \t b\u00a0", "a + b"),
    ],
)
def test_reading_keeps_what_is_written(source: str, shown: str) -> None:
    assert text(read(source)) == shown
    assert text(read(shown)) == shown


@pytest.mark.parametrize(
    ("source", "kind", "arguments"),
    [
        ("b + a", sp.Add, ("b", "a")),
        ("a + a", sp.Add, ("a", "a")),
        ("a*b/c*x", sp.Mul, ("a*b/c", "x")),
        ("-a*b", sp.Mul, ("-1", "a", "b")),
        ("-2*a", sp.Mul, ("-2", "a")),
        ("a - b", sp.Add, ("a", "-b")),
        ("a**0", sp.Pow, ("a", "0")),
    ],
)
def test_nothing_is_evaluated(source: str, kind: type, arguments: tuple[str, ...]) -> None:
    tree = read(source)
    assert tree.func is kind
    assert tuple(text(argument) for argument in tree.args) == arguments


def test_a_derived_quantity_is_one_name_where_it_is_known_and_a_quotient_where_not() -> None:
    assert read("(dE/dw_5)") is NAMES["dE/dw_5"]
    assert read("(dE/dx)").is_Mul


@pytest.mark.parametrize("name", ["E", "I", "S", "N", "Q", "O", "C", "pi", "pi_1", "beta", "lambda", "lambda_1", "sum"])
def test_a_name_that_means_something_elsewhere_is_only_a_name_here(name: str) -> None:
    tree = parse(f"{name}*2 + {name}**2", {name: symbol(name)})
    assert tree.free_symbols == {sp.Symbol(name)}


@pytest.mark.parametrize("function", WRITABLE)
def test_every_function_is_read_with_its_number_of_arguments(function: str) -> None:
    arguments = ", ".join("abc"[: arity(FUNCTIONS[function])])
    tree = read(f"{function}({arguments})")
    assert tree.func is FUNCTIONS[function].symbol
    assert text(tree) == f"{function}({arguments})"
    with pytest.raises(ExpressionError, match=f"{function} takes"):
        read(f"{function}({arguments}, a)")
    with pytest.raises(ExpressionError, match=f"{function} takes 1 |{function} takes 2 |{function} takes 3 "):
        read(f"{function}()")


@pytest.mark.parametrize(
    ("source", "position", "message", "hint"),
    [
        ("", 0, "not the end of the expression", ""),
        ("   ", 3, "not the end of the expression", ""),
        ("a +", 3, "not the end of the expression", ""),
        ("a b", 2, "unexpected 'b'", "an operator is expected"),
        ("2x", 1, "unexpected 'x'", "an operator is expected"),
        ("a)", 1, "unexpected ')'", "an operator is expected"),
        ("(a", 2, "')' is missing before the end", ""),
        ("a*/b", 2, "not '/'", ""),
        ("a***b", 3, "not '*'", ""),
        ("()", 1, "not ')'", ""),
        ("a,b", 1, "unexpected ','", ""),
        ("wn_5", 0, "unknown name 'wn_5'", "did you mean 'w_5'"),
        ("e**a", 0, "unknown name 'e'", "exp(x)"),
        ("sigmoid", 0, "unknown name 'sigmoid'", "sigmoid(z)"),
        ("max + 1", 0, "unknown name 'max'", "max(x, y)"),
        ("sigmod(a)", 0, "unknown function 'sigmod'", "did you mean 'sigmoid'"),
        ("ln(a)", 0, "unknown function 'ln'", "log(x)"),
        ("softmax(a)", 0, "unknown function 'softmax'", "exp(z_1)/(exp(z_1) + exp(z_2))"),
        ("a(b + c)", 0, "unknown function 'a'", "write a*(...)"),
        ("erfc(a)", 0, "unknown function 'erfc'", ""),
        ("sigmoid(a, b)", 0, "takes 1 argument(s), not 2", ""),
        ("sigmoid(a b)", 10, "',' is missing before 'b'", ""),
        ("sigmoid(,)", 8, "not ','", ""),
        ("a^2", 1, "unexpected '^'", "**"),
        ("a = b", 2, "unexpected '='", "right-hand side"),
        ("a·b", 1, "unexpected '·'", "*"),
        ("a − b", 2, "unexpected '−'", "keyboard"),
        ("[a]", 0, "unexpected '['", "round brackets"),
        (r"\frac{a}{b}", 0, "unexpected '\\\\'", "not in LaTeX"),
        ("a.b", 1, "unexpected '.'", "accepted"),
        ("1_000", 1, "unexpected '_'", "accepted"),
        ("a\x00", 1, "U+0000", "accepted"),
        ("a\u202e", 1, "U+202E", "accepted"),
        ("٣", 0, "unexpected", "accepted"),
        ("\u0430 + b", 0, "unexpected", "CYRILLIC SMALL LETTER A"),
        ("w\u0435 + b", 1, "unexpected", "CYRILLIC SMALL LETTER IE"),
        ("η", 0, "unexpected", "GREEK SMALL LETTER ETA"),
        ("a + 1e401", 4, "out of range", "-400 to 400"),
        ("a + 1e999999999", 4, "out of range", "-400 to 400"),
        ("a + " + "9" * 65, 4, "65 digits", "64"),
        ("9**9**9**9", 4, "an exponent made of numbers", "a quotient of two numbers"),
        ("a**(1 + 1)", 1, "an exponent made of numbers", ""),
        ("a**exp(1)", 1, "an exponent made of numbers", ""),
        ("a**(1/0)", 1, "an exponent made of numbers", ""),
        ("a**(3*2**-2)", 1, "an exponent made of numbers", ""),
        ("a**401", 1, "too large", "400"),
        ("((a**400)**0.01)**100", 16, "too large", "400"),
        ("a**-401", 1, "too large", "400"),
        ("a**1e400", 1, "too large", "400"),
        ("(9**400)**400", 8, "too large", "400"),
        ("((a**9)**9)**9", 11, "too large", "400"),
        ("exp(a**21)**20", 10, "too large", "400"),
        ("-" * 5000 + "a", 66, "more than 64", "equation of its own"),
        ("(" * 200 + "a" + ")" * 200, 65, "more than 64", "equation of its own"),
        ("exp(" * 200 + "a" + ")" * 200, 260, "more than 64", "equation of its own"),
        ("a**" * 200 + "a", 195, "more than 64", "equation of its own"),
        ("a" + "/b*c" * 200, 0, "more than 128", "equation of its own"),
        ("a*" * 400 + "a", 1, "more than 400 factors", ""),
        ("a" * 100_001, 0, "100001 characters", "100000"),
        ("a+" * 500_000 + "a", 0, "1000001 characters", "100000"),
        ("__import__('os')", 0, "unexpected '_'", "accepted"),
        ("().__class__", 2, "unexpected '.'", ""),
        ("a.__class__", 1, "unexpected '.'", ""),
        ("exec(a)", 0, "unknown function 'exec'", ""),
        ("lambda: 0", 6, "unexpected ':'", ""),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_is_accepted(
    source: str, position: int, message: str, hint: str
) -> None:
    begin = perf_counter()
    with pytest.raises(ExpressionError) as caught:
        read(source)
    assert perf_counter() - begin < 2
    assert caught.value.position == position
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", ["a" * 99_999, "exp" * 30_000 + "(a)"])
def test_a_long_unknown_name_is_shown_in_part(name: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(name)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("source", "size"),
    [("a+" * 49_999 + "a", 50_000), ("a*" * 399 + "a", 400), ("a - " * 20_000 + "a", 20_001)],
)
def test_long_and_flat_is_read(source: str, size: int) -> None:
    begin = perf_counter()
    assert len(read(source).args) == size
    assert perf_counter() - begin < 5


@pytest.mark.parametrize(
    "source",
    [
        "(" * 60 + "a+" * 49_000 + "a" + ")**1" * 60,
        "a**(" * 30 + "1+" * 49_000 + "a" + ")" * 30,
        ("a**" * 60 + "a+") * 500 + "a",
        ("(" * 40 + "a" + "**1)" * 40 + "+") * 400 + "a",
    ],
)
def test_powers_inside_each_other_cost_no_more_than_their_length(source: str) -> None:
    begin = process_time()
    read(source)
    assert process_time() - begin < 2


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: "(" * depth + "a" + ")" * depth,
        lambda depth: "-" * depth + "a",
        lambda depth: "exp(" * depth + "a" + ")" * depth,
        lambda depth: "1 - b*(" * depth + "a" + ")" * depth,
        lambda depth: "1/(1 + " * depth + "a" + ")" * depth,
        lambda depth: "a**" * depth + "a",
        lambda depth: "a" + "/b*c" * depth,
        lambda depth: "(" * (depth // 8) + "a" + ("/b*c" * 8 + ")") * (depth // 8),
        lambda depth: "max(b, -" * depth + "a" + ")" * depth,
    ],
)
def test_whatever_is_read_is_low_enough_to_be_printed(nested: Callable[[int], str]) -> None:
    accepted = 0
    for depth in range(1, 201):
        tree, error = read_or_error(nested(depth))
        if error:
            assert error.hint == "name a part of it as an equation of its own"
        else:
            accepted = depth
            assert text(read(text(tree))) == text(tree)
            assert latex(tree).isascii()
    assert 16 <= accepted < 200


SYNTAX = [*"abxy()()()+-*/,.^ ", "**", "**", "2", "0.5", "1e5", "1e400", "9", "(w_5+)", "(dE/dw_5)", "dE"]
FUNCTIONS_BEGUN = ["sigmoid(", "exp(", "max(", "if_positive("]
STRANGERS = ["e", "pi", "а", "η", "−", "__import__", "'os'", "\n", "\x00", "(dE/dw_5 (direct))"]
WORDS = st.lists(st.sampled_from(SYNTAX + FUNCTIONS_BEGUN + STRANGERS), max_size=60)


@settings(deadline=2000, max_examples=500)
@given(st.text() | WORDS.map("".join) | WORDS.map(" ".join))
def test_any_text_is_a_tree_or_an_expression_error(source: str) -> None:
    tree, error = read_or_error(source)
    if error:
        assert 0 <= error.position <= len(source)
        assert len(str(error)) < 400
    else:
        shown = text(tree)
        assert text(read(shown)) == shown
        assert latex(tree).isascii()
