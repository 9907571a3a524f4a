"""The functions of the table in SymPy's own functions, by their formulas: what an oracle calls `diff` on.

Nothing of the derivatives' table is used here, so that a derivative found by this road confirms the table.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp


def elementary(tree: sp.Expr) -> sp.Expr:
    """`tree` over exp, log, sin, Piecewise ... of SymPy, evaluated by SymPy's rules; its order is then SymPy's.

    >>> from symbackprop.expressions.functions import FUNCTIONS
    >>> from symbackprop.expressions.tree import symbol
    >>> elementary(FUNCTIONS["sigmoid"].symbol(symbol("z")))
    1/(1 + exp(-z))
    """
    if not tree.args:
        return _FORMULAS["pi"]() if tree.is_Function else tree
    arguments = [elementary(argument) for argument in tree.args]
    return _FORMULAS[tree.func.__name__](*arguments) if tree.is_Function else tree.func(*arguments)


def _if_positive(z: sp.Expr, positive: sp.Expr, otherwise: sp.Expr) -> sp.Expr:
    return sp.Piecewise((positive, z > 0), (otherwise, True))


def _normal_cdf(z: sp.Expr) -> sp.Expr:
    return (1 + sp.erf(z / sp.sqrt(2))) / 2


def _huber(z: sp.Expr) -> sp.Expr:
    return sp.Piecewise((z - sp.Rational(1, 2), z > 1), (-z - sp.Rational(1, 2), z < -1), (z**2 / 2, True))


_FORMULAS: dict[str, Callable[..., sp.Expr]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + sp.exp(-z)),
    "tanh": sp.tanh,
    "relu": lambda z: _if_positive(z, z, sp.Integer(0)),
    "leaky_relu": lambda z: _if_positive(z, z, z / 100),
    "softplus": lambda z: sp.log(1 + sp.exp(z)),
    "elu": lambda z: _if_positive(z, z, sp.exp(z) - 1),
    "silu": lambda z: z / (1 + sp.exp(-z)),
    "gelu": lambda z: z * _normal_cdf(z),
    "exp": sp.exp,
    "log": sp.log,
    "sqrt": sp.sqrt,
    "sin": sp.sin,
    "cos": sp.cos,
    "abs": lambda z: _if_positive(z, z, -z),
    "max": lambda x, y: _if_positive(x - y, x, y),
    "min": lambda x, y: _if_positive(x - y, y, x),
    "huber": _huber,
    "sign": lambda z: sp.Piecewise((1, z > 0), (-1, z < 0), (0, True)),
    "if_positive": _if_positive,
    "normal_cdf": _normal_cdf,
    "normal_pdf": lambda z: sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi),
    "log1p": lambda z: sp.log(1 + z),
    "expm1": lambda z: sp.exp(z) - 1,
    "erfc": lambda z: 1 - sp.erf(z),
    "pi": lambda: sp.pi,
}
