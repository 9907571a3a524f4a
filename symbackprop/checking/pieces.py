"""Trees that SymPy's `diff` takes in its stride: functions in pieces as sums, others left as they stand.

    p where z > 0, n elsewhere:  p·H(z) + n·(1 - H(z)),  H(z) = 1 for z > 0, else 0,  H' = 0

This holds at every z but the kink itself, where a derivative is a convention. SymPy's own Piecewise is rewritten into
ever more cases when it is nested, and its exp, tanh, ... search their arguments for what might be simplified: a small
network of ReLUs takes minutes that way, and nothing is found.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.functions import FUNCTIONS


class Step(sp.Function):  # type: ignore[misc]
    """H(z): 1 where z is positive, else 0; its derivative is 0 wherever it has one."""

    def _eval_derivative(self, s: sp.Symbol) -> sp.Expr:
        """0, without a look at z."""
        del s
        return sp.S.Zero


class _Held(sp.Function):  # type: ignore[misc]
    """A function of SymPy, with the derivative that SymPy gives, whose argument is not looked into."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The derivative by the argument."""
        del argindex
        return _slope(self.func.__name__).xreplace({_Z: self.args[0]})


_Z = sp.Symbol("z")
_HELD = {name: type(name, (_Held,), {"nargs": 1}) for name in ("exp", "log", "sin", "cos", "tanh", "erf")}


@cache
def _slope(name: str) -> sp.Expr:
    return _held(sp.diff(getattr(sp, name)(_Z), _Z))


def _held(tree: sp.Expr) -> sp.Expr:
    """`tree` with H in place of conditions, and functions that are held in place of SymPy's."""
    if not tree.args:
        return tree
    if tree.is_Piecewise:
        return _sum(tree.args)
    function = _HELD.get(tree.func.__name__, tree.func)
    return function(*map(_held, tree.args))


def _sum(pieces: tuple[tuple[sp.Expr, sp.Basic], ...]) -> sp.Expr:
    (tree, condition), *others = pieces
    if condition is sp.true:
        return _held(tree)
    holds = Step(condition.gts - condition.lts)
    return _held(tree) * holds + _sum(tuple(others)) * (1 - holds)


def smooth(tree: sp.Expr) -> sp.Expr:
    """`tree` over SymPy's elementary functions, for `diff`.

    >>> from symbackprop.expressions.tree import symbol
    >>> smooth(FUNCTIONS["relu"].symbol(symbol("z")))
    z*Step(z)
    """
    if not tree.args:
        return elementary(tree)
    arguments = [smooth(argument) for argument in tree.args]
    if not tree.is_Function:
        return tree.func(*arguments)
    name = tree.func.__name__
    return _formula(name).xreplace(dict(zip(_symbols(name), arguments, strict=True)))


@cache
def _symbols(name: str) -> tuple[sp.Symbol, ...]:
    return tuple(map(sp.Symbol, FUNCTIONS[name].arguments))


@cache
def _formula(name: str) -> sp.Expr:
    return _held(elementary(FUNCTIONS[name].symbol(*_symbols(name), evaluate=False)))
