"""LaTeX, ASCII and Unicode side by side: where brackets stand, and what a reader sees with the numbers put in."""

import shutil
import subprocess
from pathlib import Path

import pytest
import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS, WRITABLE, arity
from symbackprop.expressions.latex import latex
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import superscript, text, unicode_text
from symbackprop.expressions.tree import add, multiply, negate, power, reciprocal, symbol

KNOWN = (
    *(
        "a",
        "b",
        "c",
        "d",
        "t",
        "x",
        "y",
        "E",
        "I",
        "eta",
        "sigma",
        "w_5",
        "b_1",
        "i_1",
        "net_h1",
        "out_h1",
        "target_o1",
    ),
    *("W1_12", "w_5+", "W1_12+", "dE/dw_5", "dE/dw_5 (direct)", "yhat"),
)
NAMES = {name: symbol(name) for name in KNOWN}

FORMULAS = [
    ("w_5*i_1 + b_1", r"w_{5} \cdot i_{1} + b_{1}", "w_5 · i_1 + b_1"),
    ("a - (b - c)", "a - (b - c)", "a - (b - c)"),
    ("a - (-b)", "a - (-b)", "a - (-b)"),
    ("-a + b", "-a + b", "-a + b"),
    ("-(a + b)", "-(a + b)", "-(a + b)"),
    ("-(a + b)*c", r"-(a + b) \cdot c", "-(a + b) · c"),
    ("a*(b*c)", r"a \cdot (b \cdot c)", "a · (b · c)"),
    ("a*(-b)*c", r"a \cdot (-b) \cdot c", "a · (-b) · c"),
    ("a*(1 - a)", "a(1 - a)", "a · (1 - a)"),
    ("2*(t - a)", "2(t - a)", "2 · (t - a)"),
    ("-2*(t - a)", "-2(t - a)", "-2 · (t - a)"),
    ("0.5*(t - a)", r"0.5 \cdot (t - a)", "0.5 · (t - a)"),
    ("(a - b)*(c - d)", "(a - b)(c - d)", "(a - b) · (c - d)"),
    ("(1 - a)*b", r"(1 - a) \cdot b", "(1 - a) · b"),
    ("sigma*(1 - a)", r"\sigma \cdot (1 - a)", "σ · (1 - a)"),
    ("sigmoid(x)*(1 - sigmoid(x))", r"\sigma(x)(1 - \sigma(x))", "sigmoid(x) · (1 - sigmoid(x))"),
    ("1/2*(target_o1 - out_h1)**2", r"\frac{1}{2}(\mathit{target}_{o1} - \mathit{out}_{h1})^{2}", None),
    ("1*x", r"1 \cdot x", "1 · x"),
    ("1*x/2", r"\frac{1 \cdot x}{2}", "1 · x/2"),
    ("x/y", r"\frac{x}{y}", "x/y"),
    ("-x/y", r"-\frac{x}{y}", "-x/y"),
    ("x/(-y)", r"\frac{x}{-y}", "x/(-y)"),
    ("a/(b/c)", r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
    ("a/b/c", r"\frac{a}{b \cdot c}", "a/b/c"),
    ("a*b/c*d", r"\frac{a \cdot b}{c} \cdot d", "a · b/c · d"),
    ("a*(b/c)", r"a \cdot \frac{b}{c}", "a · (b/c)"),
    ("(a + b)/(c + d)", r"\frac{a + b}{c + d}", "(a + b)/(c + d)"),
    ("-t/a + (1 - t)/(1 - a)", r"-\frac{t}{a} + \frac{1 - t}{1 - a}", "-t/a + (1 - t)/(1 - a)"),
    ("1/(1 + exp(-x))", r"\frac{1}{1 + e^{-x}}", "1/(1 + exp(-x))"),
    ("x**2", "x^{2}", "x²"),
    ("x**-2", r"\frac{1}{x^{2}}", "1/x²"),
    ("-x**2", "-x^{2}", "-x²"),
    ("(-x)**2", "(-x)^{2}", "(-x)²"),
    ("(x + 1)**(y + 1)", "(x + 1)^{y + 1}", "(x + 1)^(y + 1)"),
    ("(x*y)**2", r"(x \cdot y)^{2}", "(x · y)²"),
    ("(x/y)**2", r"\left(\frac{x}{y}\right)^{2}", "(x/y)²"),
    ("(x**2)**3", "(x^{2})^{3}", "(x²)³"),
    ("x**y**2", "x^{y^{2}}", "x^y²"),
    ("x**(1/3)", r"x^{\frac{1}{3}}", "x^(1/3)"),
    ("2**x", "2^{x}", "2^x"),
    ("W1_12**2", "(W^{(1)}_{12})^{2}", "W1_12²"),
    ("w_5**2", "w_{5}^{2}", "w_5²"),
    ("yhat**2", r"\hat{y}^{2}", "yhat²"),
    ("(w_5+)**2", "(w_{5}^{+})^{2}", "(w_5+)²"),
    ("(dE/dw_5)**2", r"\left(\frac{\partial E}{\partial w_{5}}\right)^{2}", "(∂E/∂w_5)²"),
    ("a/(dE/dw_5)", r"\frac{a}{\frac{\partial E}{\partial w_{5}}}", "a/(∂E/∂w_5)"),
    ("w_5 - eta*(dE/dw_5)", r"w_{5} - \eta \cdot \frac{\partial E}{\partial w_{5}}", "w_5 - η · ∂E/∂w_5"),
    ("2*(dE/dw_5 (direct))", r"2 \cdot \left.\frac{\partial E}{\partial w_{5}}\right|_{\mathrm{direct}}", None),
    ("1e-12*x", r"10^{-12} \cdot x", "10⁻¹² · x"),
    ("3.5e-12*x", r"3.5 \cdot 10^{-12} \cdot x", "3.5·10⁻¹² · x"),
    ("(1e-12)**2", "(10^{-12})^{2}", "(10⁻¹²)²"),
    ("(3.5e-12)**2", r"(3.5 \cdot 10^{-12})^{2}", "(3.5·10⁻¹²)²"),
    ("x/3.5e-12", r"\frac{x}{3.5 \cdot 10^{-12}}", "x/(3.5·10⁻¹²)"),
    ("exp(x)**2", "(e^{x})^{2}", "exp(x)²"),
    ("exp(-x**2/2)", r"e^{-\frac{x^{2}}{2}}", "exp(-x²/2)"),
    ("sqrt(x)**2", r"(\sqrt{x})^{2}", "sqrt(x)²"),
    ("sqrt(x/y)", r"\sqrt{\frac{x}{y}}", "sqrt(x/y)"),
    ("abs(x - y)**2", r"\left|x - y\right|^{2}", "abs(x - y)²"),
    ("log(x)", r"\ln(x)", "log(x)"),
    ("sigmoid(x/y)", r"\sigma\left(\frac{x}{y}\right)", "sigmoid(x/y)"),
    ("sigmoid(tanh(x))", r"\sigma(\tanh(x))", "sigmoid(tanh(x))"),
    ("b*max(x, y) + 1", r"b \cdot \max(x, y) + 1", "b · max(x, y) + 1"),
    (
        "if_positive(-x, x/2, 0)",
        r"\begin{cases} \frac{x}{2} & \text{if } {-x} > 0 \\ 0 & \text{otherwise} \end{cases}",
        "(x/2 if -x > 0, else 0)",
    ),
    (
        "2*if_positive(x - y, 1, 0)*a",
        r"2\left(\begin{cases} 1 & \text{if } x - y > 0 \\ 0 & \text{otherwise} \end{cases}\right) \cdot a",
        "2 · (1 if x - y > 0, else 0) · a",
    ),
    (
        "1 + if_positive(x, 1, 0)",
        r"1 + \left(\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}\right)",
        "1 + (1 if x > 0, else 0)",
    ),
    ("x*normal_cdf(x)", r"x \cdot \Phi(x)", "x · Φ(x)"),
    ("x**(a - 1)", "x^{a - 1}", "x^(a - 1)"),
]


@pytest.mark.parametrize(("source", "in_latex", "in_unicode"), FORMULAS)
def test_a_formula_in_three_styles(source: str, in_latex: str, in_unicode: str | None) -> None:
    tree = parse(source, NAMES)
    assert text(parse(text(tree), NAMES)) == text(tree)
    assert latex(tree) == in_latex
    if in_unicode is not None:
        assert unicode_text(tree) == in_unicode


NEGATIVE = {"a": "-0.5", "b": "0.40", "x": "-2", "y": "3.5e-12", "w_5+": "-0.36"}


@pytest.mark.parametrize(
    ("source", "in_ascii", "in_latex"),
    [
        ("a", "-0.5", "-0.5"),
        ("-a", "-(-0.5)", "-(-0.5)"),
        ("a*b", "-0.5*0.40", r"-0.5 \cdot 0.40"),
        ("b*a", "0.40*(-0.5)", r"0.40 \cdot (-0.5)"),
        ("-a*b", "-(-0.5)*0.40", r"-(-0.5) \cdot 0.40"),
        ("a + b", "-0.5 + 0.40", "-0.5 + 0.40"),
        ("-a + b", "-(-0.5) + 0.40", "-(-0.5) + 0.40"),
        ("-a*b + b", "-(-0.5)*0.40 + 0.40", r"-(-0.5) \cdot 0.40 + 0.40"),
        ("b + a", "0.40 + (-0.5)", "0.40 + (-0.5)"),
        ("b - a", "0.40 - (-0.5)", "0.40 - (-0.5)"),
        ("b + a*x", "0.40 + (-0.5)*(-2)", r"0.40 + (-0.5) \cdot (-2)"),
        ("b - a*x", "0.40 - (-0.5)*(-2)", r"0.40 - (-0.5) \cdot (-2)"),
        ("b + a/x", "0.40 + (-0.5)/(-2)", r"0.40 + \frac{-0.5}{-2}"),
        ("b + a*b/x*b", "0.40 + (-0.5)*0.40/(-2)*0.40", r"0.40 + \frac{-0.5 \cdot 0.40}{-2} \cdot 0.40"),
        ("a*(1 - a)", "-0.5*(1 - (-0.5))", r"-0.5 \cdot (1 - (-0.5))"),
        ("x**2", "(-2)**2", "(-2)^{2}"),
        ("b**x", "0.40**(-2)", "0.40^{-2}"),
        ("1/x", "1/(-2)", r"\frac{1}{-2}"),
        ("1/x**2", "1/(-2)**2", r"\frac{1}{(-2)^{2}}"),
        ("exp(-a)", "exp(-(-0.5))", "e^{-(-0.5)}"),
        ("sigmoid(a)", "sigmoid(-0.5)", r"\sigma(-0.5)"),
        ("(w_5+)**2", "(-0.36)**2", "(-0.36)^{2}"),
        ("b*y", "0.40*3.5e-12", r"0.40 \cdot 3.5 \cdot 10^{-12}"),
        ("y**2", "3.5e-12**2", r"(3.5 \cdot 10^{-12})^{2}"),
        ("b/y", "0.40/3.5e-12", r"\frac{0.40}{3.5 \cdot 10^{-12}}"),
        ("(dE/dw_5)*a", "(dE/dw_5)*(-0.5)", r"\frac{\partial E}{\partial w_{5}} \cdot (-0.5)"),
        ("c*a", "c*(-0.5)", r"c \cdot (-0.5)"),
        (
            "if_positive(a, a, x)",
            "if_positive(-0.5, -0.5, -2)",
            r"\begin{cases} -0.5 & \text{if } {-0.5} > 0 \\ -2 & \text{otherwise} \end{cases}",
        ),
    ],
)
def test_numbers_put_in_for_names(source: str, in_ascii: str, in_latex: str) -> None:
    tree = parse(source, NAMES)
    assert text(tree, NEGATIVE) == in_ascii
    assert latex(tree, NEGATIVE) == in_latex


@pytest.mark.parametrize(
    ("number", "in_ascii", "in_unicode", "in_latex"),
    [
        ("0.40", "0.40", "0.40", "0.40"),
        ("+0.40", "0.40", "0.40", "0.40"),
        ("1E-12", "1e-12", "10⁻¹²", "10^{-12}"),
        ("1.0e-12", "1.0e-12", "1.0·10⁻¹²", r"1.0 \cdot 10^{-12}"),
        ("-1e5", "-1e5", "-10⁵", "-10^{5}"),
        ("-3.50e+05", "-3.50e+05", "-3.50·10⁵", r"-3.50 \cdot 10^{5}"),
    ],
)
def test_a_number_is_shown_with_the_digits_given(number: str, in_ascii: str, in_unicode: str, in_latex: str) -> None:
    a = symbol("a")
    assert text(a, {"a": number}) == in_ascii
    assert unicode_text(a, {"a": number}) == in_unicode
    assert latex(a, {"a": number}) == in_latex


@pytest.mark.parametrize(
    ("tree", "in_ascii", "in_latex"),
    [
        (sp.Rational(-1, 3), "-1/3", r"-\frac{1}{3}"),
        (multiply([symbol("a"), sp.Rational(1, 3)]), "a*(1/3)", r"a \cdot \frac{1}{3}"),
        (multiply([symbol("a"), sp.Rational(-1, 3)]), "a*(-1/3)", r"a \cdot \left(-\frac{1}{3}\right)"),
        (power(sp.Rational(1, 3), sp.Integer(2)), "(1/3)**2", r"\left(\frac{1}{3}\right)^{2}"),
        (power(sp.Integer(-2), sp.Integer(2)), "(-2)**2", "(-2)^{2}"),
        (multiply([symbol("a"), reciprocal(symbol("b")), symbol("c")]), "a/b*c", r"\frac{a \cdot c}{b}"),
        (multiply([reciprocal(symbol("b")), symbol("a")]), "1/b*a", r"\frac{a}{b}"),
        (reciprocal(reciprocal(symbol("b"))), "1/(1/b)", r"\frac{1}{\frac{1}{b}}"),
        (negate(negate(symbol("b"))), "-(-b)", "-(-b)"),
        (add([symbol("a"), multiply([negate(symbol("b")), symbol("c")])]), "a + (-b)*c", r"a + (-b) \cdot c"),
        (FUNCTIONS["pi"].symbol(), "pi()", r"\pi"),
    ],
)
def test_trees_that_are_built_and_not_read(tree: sp.Expr, in_ascii: str, in_latex: str) -> None:
    assert text(tree) == in_ascii
    assert latex(tree) == in_latex


def test_a_partial_on_a_terminal_is_bracketed_where_it_is_divided_by() -> None:
    gradient = NAMES["dE/dw_5"]
    assert unicode_text(multiply([reciprocal(gradient), gradient])) == "1/(∂E/∂w_5) · ∂E/∂w_5"


def test_superscript_takes_whole_numbers() -> None:
    assert superscript("-1234567890") == "⁻¹²³⁴⁵⁶⁷⁸⁹⁰"
    assert superscript("+05") == "⁵"


@pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="pdflatex is missing; on Debian: apt-get install texlive-latex-base texlive-latex-recommended",
)
def test_every_formula_compiles(tmp_path: Path) -> None:
    sources = [source for source, _, _ in FORMULAS]
    sources += [f"{name}({', '.join('abc'[: arity(FUNCTIONS[name])])})" for name in WRITABLE]
    trees = [parse(source, NAMES) for source in sources]
    body = "".join(rf"\[ {latex(tree)} = {latex(tree, NEGATIVE)} \]" for tree in trees)
    document = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "formulas.tex").write_text(document, encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "formulas.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert (tmp_path / "formulas.pdf").stat().st_size > 10_000
