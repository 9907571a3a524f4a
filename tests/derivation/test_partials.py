"""Local partials: textbook forms and rules, and the derivative that SymPy finds of the elementary formula."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbackprop.derivation.partials import as_taken, local_partials, tidy
from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import substitute, symbol, symbols_of
from symbackprop.network.graph import Definition
from symbackprop.network.losses import LOSSES

NAMES = (
    *("w_5", "w_6", "out_h1", "out_h2", "b_2", "net", "out", "target", "t", "a", "o", "x", "y", "z", "n"),
    *("E_1", "E_2", "w", "b", "E", "I", "S", "N", "Q", "pi_1", "beta", "lambda_1"),
)
SYMBOLS = {name: symbol(name) for name in NAMES}


def definition(formula: str, name: str = "out") -> Definition:
    return Definition(name, parse(formula, SYMBOLS))


@pytest.mark.parametrize(
    ("formula", "by", "form", "rule"),
    [
        # a net input, a sum of errors
        ("w_5*out_h1 + w_6*out_h2 + b_2", "w_5", "out_h1", "sum rule"),
        ("w_5*out_h1 + w_6*out_h2 + b_2", "out_h2", "w_6", "sum rule"),
        ("w_5*out_h1 + w_6*out_h2 + b_2", "b_2", "1", "sum rule"),
        ("w*x - b", "b", "-1", "sum rule"),
        ("E_1 + E_2", "E_2", "1", "sum rule"),
        ("(E_1 + E_2)/2", "E_2", "1/2", "sum rule"),
        ("w", "w", "1", "sum rule"),
        # activations, by the value of the definition
        ("identity(net)", "net", "1", "derivative of identity"),
        ("sigmoid(net)", "net", "out*(1 - out)", "derivative of sigmoid"),
        ("tanh(net)", "net", "1 - out**2", "derivative of tanh"),
        ("relu(net)", "net", "if_positive(net, 1, 0)", "derivative of relu"),
        ("leaky_relu(net)", "net", "if_positive(net, 1, 0.01)", "derivative of leaky_relu"),
        ("softplus(net)", "net", "sigmoid(net)", "derivative of softplus"),
        ("elu(net)", "net", "if_positive(net, 1, out + 1)", "derivative of elu"),
        ("silu(net)", "net", "sigmoid(net) + out*(1 - sigmoid(net))", "derivative of silu"),
        ("gelu(net)", "net", "normal_cdf(net) + net*normal_pdf(net)", "derivative of gelu"),
        ("sigmoid(w*x + b)", "w", "out*(1 - out)*x", "derivative of sigmoid"),
        ("exp(-x)", "x", "-out", "derivative of exp"),
        ("sqrt(x)", "x", "1/(2*out)", "derivative of sqrt"),
        ("log(x)", "x", "1/x", "derivative of log"),
        ("sign(x)", "x", "0", "derivative of sign"),
        ("max(x, y)", "y", "if_positive(y - x, 1, 0)", "derivative of max"),
        # inside a tree a function stands with its argument
        ("2*sigmoid(x)", "x", "2*sigmoid(x)*(1 - sigmoid(x))", "product and chain rule"),
        ("exp(x)*y", "x", "exp(x)*y", "product and chain rule"),
        # errors
        ("1/2*(target - out)**2", "out", "-(target - out)", "power rule"),
        ("1/2*(target - out)**2", "target", "target - out", "power rule"),
        ("(t - o)**2", "o", "-2*(t - o)", "power rule"),
        ("(t - o)**2/3", "o", "-2*(t - o)/3", "power rule"),
        ("0.01*w**2", "w", "0.02*w", "power rule"),
        ("0.5*(t - o)**2", "o", "-(t - o)", "power rule"),
        ("-(t*log(a) + (1 - t)*log(1 - a))", "a", "-t/a + (1 - t)/(1 - a)", "product and chain rule"),
        ("abs(t - a)", "a", "-sign(t - a)", "derivative of abs"),
        # powers and products
        ("x**3", "x", "3*x**2", "power rule"),
        ("1/x", "x", "-1/x**2", "power rule"),
        ("x**0.5", "x", "0.5/x**0.5", "power rule"),
        ("w*w", "w", "2*w", "product and chain rule"),
        ("x*y/z", "z", "-x*y/z**2", "power rule"),
        ("x**n", "x", "n*x**(n - 1)", "power rule"),
        ("x**n", "n", "x**n*log(x)", "product and chain rule"),
        ("(x + x)*y", "x", "2*y", "sum rule"),
        ("x - x", "x", "0", "sum rule"),
        ("(w*x + b)**2", "w", "2*(w*x + b)*x", "power rule"),
        # the branch that does not hold need have no derivative
        ("if_positive(x, sqrt(x), y)", "x", "if_positive(x, 1/(2*sqrt(x)), 0)", "derivative of if_positive"),
        ("if_positive(x, y, y*y)", "y", "if_positive(x, 1, 2*y)", "derivative of if_positive"),
        ("if_positive(x, 1, 2)", "x", "0", "derivative of if_positive"),
        # names that mean something elsewhere
        ("E*I + S*N*Q", "Q", "S*N", "sum rule"),
        ("pi_1*beta + lambda_1", "beta", "pi_1", "sum rule"),
    ],
)
def test_textbook_form_and_rule(formula: str, by: str, form: str, rule: str) -> None:
    partial = local_partials(definition(formula))[by]
    assert (text(partial.expression), partial.rule) == (form, rule)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_has_its_textbook_derivative(name: str) -> None:
    partial = local_partials(definition(LOSSES[name].formula, "E"))["a"]
    assert text(partial.expression) == text(parse(LOSSES[name].derivative, SYMBOLS))


def test_there_is_one_partial_for_each_name_in_the_order_of_writing() -> None:
    assert list(local_partials(definition("b_2 + w_5*out_h1 + w_5"))) == ["b_2", "w_5", "out_h1"]
    assert local_partials(definition("0.5")) == {}


@pytest.mark.parametrize(
    ("formula", "by", "form"),
    [
        ("(t - o)**2/2", "o", "2*(t - o)**(2 - 1)*(0 - 1)/2"),
        ("w_5*out_h1 + w_6*out_h2 + b_2", "w_5", "out_h1 + 0 + 0"),
        ("E_1 + E_2", "E_2", "0 + 1"),
        ("a + b + o + t + x", "x", "0 + 0 + 0 + 0 + 1"),
        ("a + b + n + o + t + x", "x", "1"),  # too many zeros to be of use
        ("sigmoid(net)", "net", "out*(1 - out)"),
        ("w*w", "w", "w + w"),
        ("exp(-x)", "x", "out*(-1)"),
        ("if_positive(x, x**2, 0)", "x", "if_positive(x, 2*x**(2 - 1), 0)"),
        ("x", "y", "0"),
    ],
)
def test_as_taken(formula: str, by: str, form: str) -> None:
    assert text(as_taken(definition(formula), by)) == form


@pytest.mark.parametrize(
    ("terms", "form"),
    [
        ([], "0"),
        ([("x", "y")], "x*y"),
        ([("2", "x", "1/2"), ("x",)], "2*x"),
        ([("2", "x", "y"), ("-2", "x", "y")], "0"),
        ([("0.1", "x"), ("0.2", "x")], "0.3*x"),
        ([("1/3", "x"), ("0.5", "x")], "5*x/6"),
        ([("1/2",)], "1/2"),
        ([("-1", "x"), ("y",)], "-x + y"),
    ],
)
def test_tidy(terms: list[tuple[str, ...]], form: str) -> None:
    assert text(tidy([tuple(parse(factor, SYMBOLS) for factor in term) for term in terms])) == form


def test_a_long_product_and_a_deep_tree_are_differentiated() -> None:
    assert text(local_partials(definition("*".join(["x"] * 400)))["x"].expression) == "400*" + "*".join(["x"] * 399)
    nested = "x"
    for _ in range(60):
        nested = f"sin({nested})*y"
    assert set(local_partials(definition(nested))) == {"x", "y"}


SMOOTH = ("sigmoid", "tanh", "softplus", "silu", "gelu", "exp", "sin", "cos", "elu", "relu")


def formulas(depth: int) -> st.SearchStrategy[str]:
    """Equations over a, b, x, y of every operation, divisors and logarithms of what is positive."""
    leaves = st.sampled_from(["a", "b", "x", "y", "2", "0.5", "3"])
    if depth == 0:
        return leaves
    inner = formulas(depth - 1)
    return st.one_of(
        leaves,
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda parts: "({} {} {})".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "({}/(1 + ({})**2))".format(*parts)),
        st.tuples(inner, st.integers(2, 3)).map(lambda parts: "({})**{}".format(*parts)),
        st.tuples(st.sampled_from(SMOOTH), inner).map(lambda parts: "{}({})".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "(2 + sin({}))**((x + {})/4)".format(*parts)),
        inner.map(lambda part: f"log(3 + sin({part}))"),
        inner.map(lambda part: f"(-{part})"),
        st.tuples(inner, inner).map(lambda parts: "if_positive(a, {}, {})".format(*parts)),
    )


POINT = {"a": sp.Rational(7, 16), "b": sp.Rational(-5, 16), "x": sp.Rational(11, 16), "y": sp.Rational(-3, 8)}


def value(tree: sp.Expr) -> mpmath.mpf:
    with mpmath.workdps(60):
        found = elementary(tree).subs({symbol(name): number for name, number in POINT.items()}).evalf(60)
        assume(found.is_Float or found.is_Rational)
        return mpmath.mpmathify(str(found))


@settings(deadline=None)
@given(formulas(3))
def test_law_the_partials_are_those_of_the_elementary_formula(formula: str) -> None:
    named = Definition("f", parse(formula, {name: symbol(name) for name in POINT}))
    assume(not any(node.func.__name__ in ("relu", "elu") and value(node.args[0]) == 0 for node in functions(named)))
    for name, partial in local_partials(named).items():
        due = value_of_derivative(named.expression, name)
        for form in (partial.expression, as_taken(named, name)):
            taken = value(substitute(form, {"f": named.expression}))
            assert abs(taken - due) <= mpmath.mpf(10) ** -45 * max(1, abs(due)), f"{form} for d({formula})/d{name}"


def functions(named: Definition) -> list[sp.Expr]:
    return [node for node in sp.preorder_traversal(named.expression) if node.is_Function]


def value_of_derivative(tree: sp.Expr, name: str) -> mpmath.mpf:
    assert name in symbols_of(tree)
    with mpmath.workdps(60):
        derived = sp.diff(elementary(tree), symbol(name))
        found = derived.subs({symbol(other): number for other, number in POINT.items()}).evalf(60)
        assume(found.is_Float or found.is_Rational)
        return mpmath.mpmathify(str(found))
