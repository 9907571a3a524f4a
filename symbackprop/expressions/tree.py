"""Building and taking apart SymPy trees as they were written: nothing is evaluated, reordered or cancelled.

SymPy would print `(t - o)**2/2` differentiated as `o - t` and sort every sum; a reader wants the author's order.
The trees made here are ordinary SymPy expressions whose arguments stand in the order in which they were given.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cache

import sympy as sp

ONE = sp.Integer(1)
MINUS_ONE = sp.Integer(-1)
ZERO = sp.Integer(0)


@contextmanager
def growing() -> Iterator[None]:
    """Pauses Python's search for cyclic garbage while many trees are built: they hold no cycles.

    A network of 20,000 parameters makes half a million objects; searching them again and again doubles the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@cache
def symbol(name: str) -> sp.Symbol:
    """The symbol of the quantity `name`: one and the same wherever the name is used."""
    return sp.Symbol(name)


def number(value: Fraction | int) -> sp.Rational:
    """The exact rational number `value` as an atom; one that is not an integer is shown as a decimal.

    >>> number(Fraction(1, 4))
    1/4
    """
    return sp.Rational(value.numerator, value.denominator)


def add(terms: Sequence[sp.Expr]) -> sp.Expr:
    """terms[0] + terms[1] + ..., in this order.

    >>> add([symbol("y"), symbol("a")]).args
    (y, a)
    """
    if len(terms) == 1:
        return terms[0]
    return sp.Add._from_args(tuple(terms), is_commutative=True) if terms else ZERO


def multiply(factors: Sequence[sp.Expr]) -> sp.Expr:
    """factors[0] · factors[1] · ..., in this order.

    >>> multiply([symbol("w"), symbol("a")]).args
    (w, a)
    """
    if len(factors) == 1:
        return factors[0]
    # What Mul(*factors, evaluate=False) makes, in a third of the time; a large network has 10^5 products.
    return sp.Mul._from_args(tuple(factors), is_commutative=True) if factors else ONE


def power(base: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    """The power base ** exponent, as it stands."""
    return sp.Pow(base, exponent, evaluate=False)


def reciprocal(divisor: sp.Expr) -> sp.Expr:
    """1 / divisor, as a factor of a product."""
    return power(divisor, MINUS_ONE)


def negate(expression: sp.Expr) -> sp.Expr:
    """-expression; a number changes its sign, a product gains -1 as its first factor.

    >>> negate(multiply([symbol("w"), symbol("a")])).args
    (-1, w, a)
    """
    if expression.is_Rational:
        return -expression
    if expression.is_Mul and expression.args[0] is not MINUS_ONE:
        first, *rest = expression.args
        if first.is_Rational:
            return multiply([-first, *rest])
        return multiply([MINUS_ONE, *expression.args])
    return multiply([MINUS_ONE, expression])


def coefficient(value: Fraction, factors: Sequence[sp.Expr], *, decimal: bool = False) -> sp.Expr:
    """The product value · factors; the 1 of a unit coefficient is left out, a fraction is written p·(...)/q.

    `decimal` keeps a coefficient that comes of decimals a decimal: 0.01, not 1/100.
    """
    if decimal or value.denominator == 1:
        leading: list[sp.Expr] = [] if value == 1 and factors else [number(value)]
        return multiply([*leading, *factors])
    leading = [] if value.numerator == 1 else [sp.Integer(value.numerator)]
    return multiply([*leading, *factors, reciprocal(sp.Integer(value.denominator))])


def symbols_of(expression: sp.Expr) -> tuple[str, ...]:
    """The names in `expression`, each once, in the order in which they are first written."""
    return tuple(dict.fromkeys(node.name for node in walk(expression) if node.is_Symbol))


def walk(expression: sp.Expr) -> Iterator[sp.Expr]:
    """Every node of `expression`, from left to right, parents before children; no recursion."""
    stack = [expression]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.args))


def height(expression: sp.Expr) -> int:
    """How many operations stand inside each other in `expression`, a name or number at the bottom counted too.

    >>> height(multiply([symbol("w"), power(symbol("x"), ONE)]))
    3
    """
    levels = 0
    level = [expression]
    while level:
        level = [argument for node in level for argument in node.args]
        levels += 1
    return levels


def substitute(expression: sp.Expr, replacements: dict[str, sp.Expr]) -> sp.Expr:
    """`expression` with trees in place of names, otherwise as it was written: no evaluation, no reordering.

    >>> substitute(symbol("b") + symbol("a"), {"a": symbol("z")}).args
    (z, b)
    """
    if expression.is_Symbol:
        return replacements.get(expression.name, expression)
    if not expression.args:
        return expression
    return rebuild(expression, [substitute(argument, replacements) for argument in expression.args])


def rebuild(expression: sp.Expr, arguments: Iterable[sp.Expr]) -> sp.Expr:
    """The node `expression` with other arguments, not evaluated."""
    if expression.is_Add:
        return add(tuple(arguments))
    if expression.is_Mul:
        return multiply(tuple(arguments))
    return expression.func(*arguments, evaluate=False)


def split_sign(term: sp.Expr) -> tuple[bool, sp.Expr]:
    """(is a minus sign written before it, the rest): -2·x gives (True, 2·x).

    >>> split_sign(negate(symbol("x")))
    (True, x)
    """
    if term.is_Rational and term < 0:
        return True, -term
    if term.is_Mul and term.args[0].is_Rational and term.args[0] < 0:
        first, *rest = term.args
        return True, multiply(rest) if first is MINUS_ONE else multiply([-first, *rest])
    return False, term


def is_divisor(factor: sp.Expr) -> bool:
    """Whether `factor` is written below the line of a fraction: a power with a negative number as exponent."""
    return bool(factor.is_Pow and factor.exp.is_Rational and factor.exp < 0)


def inverted(divisor: sp.Expr) -> sp.Expr:
    """What stands below the line for `divisor`: x**-2 gives x**2."""
    return divisor.base if divisor.exp is MINUS_ONE else power(divisor.base, -divisor.exp)
