"""The table of functions against formulas written here by hand, in SymPy's own functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy as sp

from symbackprop.expressions.functions import (
    ACTIVATIONS,
    FUNCTIONS,
    WRITABLE,
    ElementaryFunction,
    arity,
    derivative,
    entry_of,
    expanded,
    template,
)
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import power, symbol, symbols_of

Point = Mapping[sp.Symbol, sp.Rational]
z, p, n, x, y = sp.symbols("z p n x y")
HALF = sp.Rational(1, 2)
LINE = tuple(Fraction(k, 7) for k in range(-60, 61, 4) if k)
POSITIVE = tuple(Fraction(k, 7) for k in range(1, 60, 4))
PAIRS = tuple((Fraction(k, 7), Fraction(31 - 3 * k, 5)) for k in range(-30, 31, 4))
TRIPLES = tuple((Fraction(k, 7), Fraction(k, 3), Fraction(-2, 3)) for k in range(-30, 31, 4) if k)


@dataclass(frozen=True, slots=True)
class ByHand:
    """A function in SymPy's own functions, and the points at which it is tried."""

    formula: sp.Expr
    arguments: tuple[sp.Symbol, ...] = (z,)
    points: tuple[Any, ...] = LINE

    def substitutions(self) -> Iterator[Point]:
        for point in self.points:
            values = point if isinstance(point, tuple) else (point,)
            yield {
                name: sp.Rational(value.numerator, value.denominator)
                for name, value in zip(self.arguments, values, strict=True)
            }


def hinge(positive: sp.Expr, otherwise: sp.Expr) -> sp.Expr:
    return sp.Piecewise((positive, z > 0), (otherwise, True))


NORMAL_CDF = (1 + sp.erf(z / sp.sqrt(2))) / 2
BY_HAND: dict[str, ByHand] = {
    "identity": ByHand(z),
    "sigmoid": ByHand(1 / (1 + sp.exp(-z))),
    "tanh": ByHand((sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z))),
    "relu": ByHand(hinge(z, sp.Integer(0))),
    "leaky_relu": ByHand(hinge(z, z / 100)),
    "softplus": ByHand(sp.log(1 + sp.exp(z))),
    "elu": ByHand(hinge(z, sp.exp(z) - 1)),
    "silu": ByHand(z / (1 + sp.exp(-z))),
    "gelu": ByHand(z * NORMAL_CDF),
    "exp": ByHand(sp.exp(z)),
    "log": ByHand(sp.log(z), points=POSITIVE),
    "sqrt": ByHand(z**HALF, points=POSITIVE),
    "sin": ByHand(sp.sin(z)),
    "cos": ByHand(sp.cos(z)),
    "abs": ByHand(hinge(z, -z)),
    "max": ByHand(sp.Piecewise((x, x > y), (y, True)), (x, y), PAIRS),
    "min": ByHand(sp.Piecewise((x, x < y), (y, True)), (x, y), PAIRS),
    "huber": ByHand(sp.Piecewise((z**2 / 2, (z >= -1) & (z <= 1)), (hinge(z, -z) - HALF, True))),
    "sign": ByHand(hinge(sp.Integer(1), sp.Integer(-1))),
    "if_positive": ByHand(hinge(p, n), (z, p, n), TRIPLES),
    "normal_cdf": ByHand(NORMAL_CDF),
    "normal_pdf": ByHand(sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)),
    "log1p": ByHand(sp.log(1 + z), points=POSITIVE),
    "expm1": ByHand(sp.exp(z) - 1),
    "erfc": ByHand(1 - sp.erf(z)),
    "pi": ByHand(sp.pi, (), ((),)),
}
ENTRIES = [pytest.param(entry, id=name) for name, entry in FUNCTIONS.items()]


def test_every_entry_has_a_row_here() -> None:
    assert set(BY_HAND) == set(FUNCTIONS)


def exactly(formula: sp.Expr, point: Point) -> mpmath.mpf:
    """The value that SymPy gives a formula, to 60 digits."""
    with mpmath.workdps(60):
        return mpmath.mpf(str(formula.subs(point).evalf(60)))


def evaluate(tree: sp.Expr, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]], one: Any) -> Any:
    """A tree over numbers of one kind, of which `one` is 1; only the branch of if_positive that holds is taken."""
    if tree.is_Symbol:
        return values[tree.name]
    if tree.is_Rational:
        return one * int(tree.p) / int(tree.q)
    name = tree.func.__name__
    if name == "if_positive":
        condition = evaluate(tree.args[0], values, functions, one)
        return evaluate(tree.args[1 if condition > 0 else 2], values, functions, one)
    arguments = [evaluate(argument, values, functions, one) for argument in tree.args]
    if tree.is_Add:
        return sum(arguments)
    if tree.is_Mul:
        return math.prod(arguments, start=one)
    return arguments[0] ** arguments[1] if tree.is_Pow else functions[name](*arguments)


def mp_function(name: str) -> Callable[..., mpmath.mpf]:
    row = BY_HAND[name]
    return lambda *values: mpmath.mpf(sp.lambdify(row.arguments, row.formula, "mpmath")(*values))


MP = {name: mp_function(name) for name in FUNCTIONS if name != "sign"} | {"sign": mpmath.sign}


def by_table(source: str, entry: ElementaryFunction, point: Point) -> mpmath.mpf:
    """The value of a text of the table, a standing for the function's value, to 50 digits."""
    with mpmath.workdps(60):
        values = {name.name: mpmath.mpf(int(value.p)) / int(value.q) for name, value in point.items()}
        return evaluate(
            template(source), values | {"a": exactly(BY_HAND[entry.name].formula, point)}, MP, mpmath.mpf(1)
        )


def agree(found: mpmath.mpf, expected: mpmath.mpf) -> bool:
    with mpmath.workdps(60):
        return bool(abs(found - expected) <= mpmath.mpf("1e-48") * max(1, abs(expected)))


@pytest.mark.parametrize("entry", ENTRIES)
def test_formula_and_stable_form_are_the_formula_by_hand(entry: ElementaryFunction) -> None:
    row = BY_HAND[entry.name]
    for source in filter(None, (entry.formula, entry.stable)):
        for point in row.substitutions():
            assert agree(by_table(source, entry, point), exactly(row.formula, point)), (source, point)


@pytest.mark.parametrize("entry", ENTRIES)
def test_derivatives_are_those_of_the_formula_by_hand(entry: ElementaryFunction) -> None:
    row = BY_HAND[entry.name]
    assert arity(entry) == len(row.arguments)
    assert entry.arguments == tuple(argument.name for argument in row.arguments)
    for source, argument in zip(entry.derivatives, row.arguments, strict=True):
        expected = sp.diff(row.formula, argument)
        for point in row.substitutions():
            assert agree(by_table(source, entry, point), exactly(expected, point)), (source, point)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_stages_lead_from_the_derivative_to_the_textbook_form(name: str) -> None:
    entry, row = FUNCTIONS[name], BY_HAND[name]
    assert entry.stages[-1] == entry.derivatives[0]
    expected = sp.diff(row.formula, z)
    for source in entry.stages:
        for point in row.substitutions():
            assert agree(by_table(source, entry, point), exactly(expected, point)), (source, point)


@pytest.mark.parametrize(
    ("name", "arguments", "value", "derivatives"),
    [
        ("relu", (0,), 0, (0,)),
        ("leaky_relu", (0,), 0, (Fraction(1, 100),)),
        ("elu", (0,), 0, (1,)),
        ("abs", (0,), 0, (0,)),
        ("sign", (0,), 0, (0,)),
        ("max", (2, 2), 2, (0, 0)),
        ("min", (2, 2), 2, (0, 0)),
        ("if_positive", (0, 3, 5), 5, (0, 0, 1)),
        ("huber", (1,), Fraction(1, 2), (1,)),
        ("huber", (-1,), Fraction(1, 2), (-1,)),
    ],
)
def test_what_holds_at_a_kink(
    name: str, arguments: tuple[int, ...], value: Fraction, derivatives: tuple[Fraction, ...]
) -> None:
    entry = FUNCTIONS[name]
    values: dict[str, Fraction] = dict(zip(entry.arguments, map(Fraction, arguments), strict=True))
    one = Fraction(1)
    exact: dict[str, Callable[..., Fraction]] = {
        "abs": abs,
        "sign": lambda number: Fraction((number > 0) - (number < 0)),
        "exp": lambda number: {0: one}[number],
    }
    if entry.formula:
        assert evaluate(template(entry.formula), values, exact, one) == value
    for source, expected in zip(entry.derivatives, derivatives, strict=True):
        assert evaluate(template(source), values | {"a": Fraction(value)}, exact, one) == expected


def test_every_kink_is_declared_and_tried() -> None:
    kinked = {name for name, entry in FUNCTIONS.items() if entry.kink}
    assert kinked == {"relu", "leaky_relu", "abs", "sign", "max", "min", "if_positive"}


PRIMITIVES: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "log1p": math.log1p,
    "expm1": math.expm1,
    "erfc": math.erfc,
    "pi": lambda: math.pi,
}


def in_floats(name: str, *arguments: float) -> float:
    entry = FUNCTIONS[name]
    if not entry.elementary:
        return PRIMITIVES[name](*arguments)
    functions = {inner: lambda *values, inner=inner: in_floats(inner, *values) for inner in FUNCTIONS}
    values = dict(zip(entry.arguments, arguments, strict=True))
    return float(evaluate(template(entry.elementary), values, functions, 1.0))


SINGLE = [name for name, row in BY_HAND.items() if row.arguments == (z,) and FUNCTIONS[name].elementary]


@pytest.mark.parametrize("name", [*SINGLE, "tanh"])
@pytest.mark.parametrize("argument", [-1000, -745, -100, -37, -5, -1, -1e-9, 1e-9, 1, 5, 37, 100, 745, 1000])
def test_floats_stay_finite_and_accurate_far_out(name: str, argument: float) -> None:
    with mpmath.workdps(1000):
        expected = MP[name](mpmath.mpf(argument))
        found = in_floats(name, argument)
        assert math.isfinite(found)
        assert abs(found - expected) <= 2e-12 * abs(expected) + 1e-300


def test_the_formula_of_the_sigmoid_overflows_where_its_stable_form_does_not() -> None:
    with pytest.raises(OverflowError):
        evaluate(template(FUNCTIONS["sigmoid"].formula), {"z": -1000.0}, PRIMITIVES, 1.0)
    assert in_floats("sigmoid", -1000.0) == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("sigmoid", "a*(1 - a)"),
        ("tanh", "1 - a**2"),
        ("relu", "if_positive(u, 1, 0)"),
        ("softplus", "sigmoid(u)"),
        ("exp", "a"),
        ("log", "1/u"),
        ("sqrt", "1/(2*a)"),
        ("cos", "-sin(u)"),
        ("normal_pdf", "-u*a"),
    ],
)
def test_derivative_is_the_textbooks_with_the_argument_in_it(name: str, shown: str) -> None:
    application = FUNCTIONS[name].symbol(symbol("u"))
    assert text(derivative(application, 0, symbol("a"))) == shown


def test_arguments_may_have_the_names_of_the_table() -> None:
    application = FUNCTIONS["if_positive"].symbol(symbol("a"), symbol("z"), symbol("p"))
    assert text(derivative(application, 1, symbol("n"))) == "if_positive(a, 1, 0)"
    assert text(expanded(FUNCTIONS["max"].symbol(symbol("y"), symbol("x")), "x - y")) == "y - x"


def test_sympy_differentiates_by_the_table() -> None:
    sigmoid = FUNCTIONS["sigmoid"].symbol
    slope = sp.diff(sigmoid(power(z, sp.Integer(2))), z)
    assert slope.equals(2 * z * sigmoid(z**2) * (1 - sigmoid(z**2)))
    assert sp.diff(FUNCTIONS["max"].symbol(x, y), y) == FUNCTIONS["if_positive"].symbol(y - x, 1, 0)


@pytest.mark.parametrize("entry", ENTRIES)
def test_symbol_is_one_sympy_function_with_the_right_number_of_arguments(entry: ElementaryFunction) -> None:
    assert entry.symbol is FUNCTIONS[entry.name].symbol
    application = entry.symbol(*BY_HAND[entry.name].arguments)
    assert entry_of(application) is entry
    with pytest.raises(TypeError):
        entry.symbol(z, z, z, z)


@pytest.mark.parametrize("entry", ENTRIES)
def test_texts_of_an_entry_hold_its_arguments_and_its_value_only(entry: ElementaryFunction) -> None:
    for source in filter(None, (entry.formula, entry.stable)):
        assert set(symbols_of(template(source))) <= set(entry.arguments)
    for source in (*entry.derivatives, *entry.stages):
        assert set(symbols_of(template(source))) <= {*entry.arguments, "a"}


def test_internal_functions_are_not_writable_and_activations_take_one_argument() -> None:
    assert set(FUNCTIONS) - set(WRITABLE) == {"log1p", "expm1", "erfc", "pi"}
    assert set(ACTIVATIONS) <= set(WRITABLE)
    assert all(FUNCTIONS[name].arguments == ("z",) and FUNCTIONS[name].stages for name in ACTIVATIONS)


class TestEvalf:
    @pytest.mark.parametrize("entry", ENTRIES)
    def test_is_the_formula_by_hand(self, entry: ElementaryFunction) -> None:
        row = BY_HAND[entry.name]
        for point in row.substitutions():
            assert agree(exactly(entry.symbol(*row.arguments), point), exactly(row.formula, point))

    def test_of_names_leaves_them(self) -> None:
        sigmoid = FUNCTIONS["sigmoid"].symbol(z)
        assert sigmoid.evalf() == sigmoid
        assert sigmoid.evalf(subs={z: 0}) == 0.5

    def test_inside_a_larger_expression(self) -> None:
        difference = 1 - FUNCTIONS["sigmoid"].symbol(100)
        assert abs(difference.evalf(20) / sp.exp(-100).evalf(30) - 1) < 1e-19
