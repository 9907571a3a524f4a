"""The kinds of number that a compiled list runs on: floats, NumPy arrays, mpmath at any precision, and balls.

An arithmetic gives the primitives that printed code calls, and says how an exact constant is written. Everything else
(sigmoid, softplus, ...) is printed from the stable forms of the functions' table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import flint
import mpmath
import numpy as np

from symbackprop.errors import EvaluationError

HEIGHT = 4096  # bits of an exact rational, above which it becomes a ball


class Arithmetic(StrEnum):
    """The kinds of number."""

    FLOAT = "float"
    ARRAY = "array"
    MPMATH = "mpmath"
    BALL = "ball"


@dataclass(frozen=True, slots=True)
class Primitives:
    """`functions` are the names that printed code calls; `choose` is the template of if_positive(z, p, n).

    `quotient` and `power` are those of a/b and a**b. `constant` writes an exact rational, `convert` makes a number of
    this kind out of one, `is_finite` tells whether a result is one.
    """

    functions: Mapping[str, Any]
    choose: str
    quotient: str
    power: str
    constant: Callable[[Fraction], str]
    convert: Callable[[Fraction], Any]
    is_finite: Callable[[Any], bool]


def _float_constant(value: Fraction) -> str:
    return repr(_float(value))


def _mp_constant(value: Fraction) -> str:
    return f"rational({value.numerator}, {value.denominator})"


def _ball_constant(value: Fraction) -> str:
    return repr(int(value)) if value.denominator == 1 else _mp_constant(value)


def _float(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        raise EvaluationError("a number is too large for floating point", hint="use mpmath or balls") from None


def _mp(value: Fraction) -> Any:  # noqa: ANN401 - mpmath's own type is not annotated
    return mpmath.mpf(value.numerator) / value.denominator


def _ball(value: Any) -> Any:  # noqa: ANN401 - a ball, a rational or an int
    return value if isinstance(value, flint.arb) else flint.arb(value)


def bounded(value: Any) -> Any:  # noqa: ANN401
    """An exact rational as it is while it is short, else the ball around it: exact digits double at every product."""
    if isinstance(value, flint.fmpq) and value.height_bits() > HEIGHT:
        return flint.arb(value)
    return value


def _ball_choice(condition: Any, positive: Any, otherwise: Any) -> Any:  # noqa: ANN401
    if condition > 0:
        return positive
    if condition <= 0:
        return otherwise
    return _ball(positive).union(_ball(otherwise))


def _ball_power(base: Any, exponent: Any) -> Any:  # noqa: ANN401
    if isinstance(exponent, int):
        short = isinstance(base, int) or (
            isinstance(base, flint.fmpq) and base.height_bits() * abs(exponent) <= HEIGHT
        )
        return flint.fmpq(base) ** exponent if short and (base != 0 or exponent > 0) else _ball(base) ** exponent
    return _ball(base) ** _ball(exponent)


def _ball_quotient(above: Any, below: Any) -> Any:  # noqa: ANN401
    exact = not isinstance(below, flint.arb) and below != 0
    return above / flint.fmpq(below) if exact else _ball(above) / _ball(below)


_PLAIN = ("exp", "log", "sqrt", "sin", "cos", "tanh", "log1p", "expm1", "erfc")


def _ball_method(name: str) -> Callable[[Any], Any]:
    def apply(value: Any) -> Any:  # noqa: ANN401
        return getattr(_ball(value), name)()

    return apply


_FLOAT = Primitives(
    {**{name: getattr(math, name) for name in _PLAIN}, "pi": lambda: math.pi},
    "({p} if {z} > 0 else {n})",
    "{a}/{b}",
    "{a}**{b}",
    _float_constant,
    _float,
    math.isfinite,
)
_ARRAY = Primitives(
    {
        **{name: getattr(np, name) for name in _PLAIN if name != "erfc"},
        "erfc": np.vectorize(math.erfc, otypes=[float]),
        "where": np.where,
        "pi": lambda: math.pi,
    },
    "where({z} > 0, {p}, {n})",
    "{a}/{b}",
    "{a}**{b}",
    _float_constant,
    _float,
    lambda value: bool(np.all(np.isfinite(value))),
)
_MPMATH = Primitives(
    {
        **{name: getattr(mpmath.mp, name) for name in _PLAIN},
        "re": mpmath.re,
        "rational": lambda p, q: mpmath.mpf(p) / q,
        "pi": lambda: +mpmath.mp.pi,
    },
    "({p} if re({z}) > 0 else {n})",
    "{a}/{b}",
    "{a}**{b}",
    _mp_constant,
    _mp,
    lambda value: bool(mpmath.isfinite(value)),
)
_BALL = Primitives(
    {
        **{name: _ball_method(name) for name in _PLAIN},
        "choose": _ball_choice,
        "power": _ball_power,
        "quotient": _ball_quotient,
        "rational": flint.fmpq,
        "bounded": bounded,
        "pi": flint.arb.pi,
    },
    "choose({z}, {p}, {n})",
    "quotient({a}, {b})",
    "power({a}, {b})",
    _ball_constant,
    lambda value: flint.fmpq(value.numerator, value.denominator),
    lambda value: not isinstance(value, flint.arb) or value.is_finite(),
)

PRIMITIVES: Mapping[Arithmetic, Primitives] = MappingProxyType(
    {Arithmetic.FLOAT: _FLOAT, Arithmetic.ARRAY: _ARRAY, Arithmetic.MPMATH: _MPMATH, Arithmetic.BALL: _BALL}
)
