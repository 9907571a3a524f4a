import ast
import inspect
from collections.abc import Callable

import mpmath
import pytest
import sympy as sp

from symbackprop.expressions import elementary as module
from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.functions import FUNCTIONS, NetworkFunction, arity
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol

z, u, v = (symbol(name) for name in "zuv")


BY_HAND: dict[str, Callable[..., mpmath.mpf]] = {
    "identity": lambda t: t,
    "sigmoid": lambda t: mpmath.exp(t) / (mpmath.exp(t) + 1),
    "tanh": lambda t: 1 - 2 / (mpmath.exp(2 * t) + 1),
    "relu": lambda t: max(t, mpmath.mpf(0)),
    "leaky_relu": lambda t: max(t, t / 100),
    "softplus": lambda t: t + mpmath.log1p(mpmath.exp(-t)),
    "elu": lambda t: t if t > 0 else mpmath.expm1(t),
    "silu": lambda t: t * mpmath.exp(t) / (mpmath.exp(t) + 1),
    "gelu": lambda t: t * mpmath.ncdf(t),
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "abs": abs,
    "max": max,
    "min": min,
    "huber": lambda t: t**2 / 2 if abs(t) < 1 else abs(t) - mpmath.mpf(1) / 2,
    "sign": mpmath.sign,
    "if_positive": lambda t, positive, otherwise: positive if t > 0 else otherwise,
    "normal_cdf": mpmath.ncdf,
    "normal_pdf": mpmath.npdf,
    "log1p": mpmath.log1p,
    "expm1": mpmath.expm1,
    "erfc": mpmath.erfc,
    "pi": lambda: mpmath.pi,
}


LOWEST = {"log": 0, "sqrt": 0, "log1p": -1}  # where the domain begins


def test_every_function_has_a_row_here() -> None:
    assert set(BY_HAND) == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("name", "first"),
    [(name, first) for name in FUNCTIONS for first in (-3, -1, -0.25, 0, 0.25, 1, 3) if first > LOWEST.get(name, -10)],
)
def test_value_is_that_of_the_function(name: str, first: float) -> None:
    names = (z, u, v)[: arity(FUNCTIONS[name])]
    numbers = [sp.Rational(value) for value in (first, 0.5, -7)[: len(names)]]
    formula = elementary(FUNCTIONS[name].symbol(*names))
    assert not formula.atoms(NetworkFunction)
    with mpmath.workdps(50):
        expected = BY_HAND[name](*(mpmath.mpf(int(q.p)) / int(q.q) for q in numbers))
        found = mpmath.mpf(str(formula.subs(dict(zip(names, numbers, strict=True))).evalf(50)))
        assert mpmath.almosteq(found, expected, mpmath.mpf("1e-47"), mpmath.mpf("1e-47"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("tanh(z)", sp.tanh(z)),
        ("sigmoid(u*v)", 1 / (1 + sp.exp(-u * v))),
        ("(z - u)**2/2", (z - u) ** 2 / 2),
        ("z - z", sp.Integer(0)),
        ("2*3 + z**1", z + 6),
        ("0.5*z", z / 2),
        ("sqrt(4)", sp.Integer(2)),
        ("relu(sqrt(2) - 1)", sp.sqrt(2) - 1),
        ("if_positive(z, 1, 0)", sp.Piecewise((1, z > 0), (0, True))),
        ("9**400", sp.Integer(9**400)),
        ("exp(log(z))", z),
    ],
)
def test_tree_is_evaluated_by_sympy(source: str, expected: sp.Expr) -> None:
    assert elementary(parse(source, {"z": z, "u": u, "v": v})) == expected


def test_derivative_by_this_road_is_the_tables() -> None:
    tree = parse("sigmoid(z)*tanh(u*z) + softplus(z**2)", {"z": z, "u": u})
    difference = (sp.diff(elementary(tree), z) - elementary(sp.diff(tree, z))).subs({z: sp.Rational(1, 3), u: 2})
    assert abs(difference.evalf(50)) < 1e-45


def test_it_shares_nothing_with_the_derivatives_of_the_table() -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported == {"__future__", "collections.abc", "sympy"}
