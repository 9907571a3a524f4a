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
from typing import Any, NoReturn

import flint
import mpmath
import numpy as np

HEIGHT = 4096  # bits of an exact rational, above which it becomes a ball
RANGE = 2**18  # a number of 2**RANGE or more, about 1e78913, counts as infinite: its digits are of no use to anyone
REACH = 64  # mpmath is asked for exp(z) up to |z| = 2**REACH: beyond, it takes as many digits as z has


class Arithmetic(StrEnum):
    """The kinds of number."""

    FLOAT = "float"
    ARRAY = "array"
    MPMATH = "mpmath"
    BALL = "ball"


@dataclass(frozen=True, slots=True)
class Primitives:
    """`functions` are the names that printed code calls; `choose` is the template of if_positive(z, p, n).

    `whole_power` is the template of a power whose exponent n is a whole number. `constant` writes an exact rational,
    `convert` makes a number of this kind out of any other, and `is_finite` tells whether a result is one. For messages
    `show` gives a few digits of a number, and `scope` says which numbers are finite.
    """

    functions: Mapping[str, Any]
    choose: str
    whole_power: str
    constant: Callable[[Fraction], str]
    convert: Callable[[Any], Any]
    is_finite: Callable[[Any], bool]
    show: Callable[[Any], str]
    scope: str


_SCOPE = f"(of at most 1e{int(RANGE * math.log10(2))})"
_PLAIN = ("exp", "log", "sqrt", "sin", "cos", "tanh", "log1p", "expm1", "erfc")


def _undefined() -> NoReturn:
    """What if_positive(z, p, n) is where z is not a number."""
    raise ValueError("not a number")


def _float(value: Any) -> float:  # noqa: ANN401 - any number
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _float_constant(value: Fraction) -> str:
    return repr(_float(value))


_FLOAT = Primitives(
    functions={
        **{name: getattr(math, name) for name in _PLAIN},
        "power": math.pow,
        "pi": lambda: math.pi,
        "inf": math.inf,
        "undefined": _undefined,
    },
    choose="({p} if {z} > 0 else {n} if {z} <= 0 else undefined())",
    whole_power="{a}**{n}",
    constant=_float_constant,
    convert=_float,
    is_finite=math.isfinite,
    show="{:.6g}".format,
    scope="in floating point",
)


def _array(value: Any) -> Any:  # noqa: ANN401 - an array or a single number
    return np.asarray(value, dtype=float) if np.ndim(value) else _float(value)


def _shown(value: Any) -> str:  # noqa: ANN401
    return f"{np.asarray(value).item():.6g}" if np.size(value) == 1 else f"an array of shape {np.shape(value)}"


def _array_choice(condition: Any, positive: Any, otherwise: Any) -> Any:  # noqa: ANN401
    return np.where(condition > 0, positive, np.where(condition <= 0, otherwise, math.nan))


_ARRAY = Primitives(
    functions={
        **{name: getattr(np, name) for name in _PLAIN if name != "erfc"},
        "erfc": np.vectorize(math.erfc, otypes=[float]),
        "power": np.power,
        "pi": lambda: math.pi,
        "inf": math.inf,
        "choose": _array_choice,
    },
    choose="choose({z}, {p}, {n})",
    whole_power="power({a}, {n})",
    constant=_float_constant,
    convert=_array,
    is_finite=lambda value: bool(np.all(np.isfinite(value))),
    show=_shown,
    scope="in floating point",
)


# What a function is for arguments beyond 2**REACH, below 0 and above; None where that is no number of use.
_FAR: dict[str, tuple[int | None, int | None]] = {
    "exp": (0, None),
    "expm1": (-1, None),
    "erfc": (2, 0),
    "sin": (None, None),
    "cos": (None, None),
}


def _mp_function(name: str) -> Callable[[Any], Any]:
    function = getattr(mpmath.mp, name)

    def apply(z: Any) -> Any:  # noqa: ANN401 - mpmath's own type is not annotated
        if name in _FAR and not mpmath.mag(z) <= REACH:
            value = _FAR[name][mpmath.re(z) > 0]
            return mpmath.mpf("nan" if value is None else value)
        return _real(function(z), z)

    return apply


def _mp_power(base: Any, exponent: Any) -> Any:  # noqa: ANN401
    return _real(base**exponent, base, exponent) if mpmath.mag(exponent) <= REACH else mpmath.nan


def _real(value: Any, *arguments: Any) -> Any:  # noqa: ANN401
    """`value`, unless it left the real numbers in which its arguments lie: log(-1) is not a number."""
    if isinstance(value, mpmath.mpc) and not any(isinstance(argument, mpmath.mpc) for argument in arguments):
        return mpmath.nan
    return value


def _rational_constant(value: Fraction) -> str:
    return f"rational({value.numerator}, {value.denominator})"


_MPMATH = Primitives(
    functions={
        **{name: _mp_function(name) for name in _PLAIN},
        "power": _mp_power,
        "re": mpmath.re,
        "rational": lambda p, q: mpmath.mpmathify(Fraction(p, q)),
        "pi": lambda: +mpmath.mp.pi,
        "undefined": _undefined,
    },
    choose="({p} if re({z}) > 0 else {n} if re({z}) <= 0 else undefined())",
    whole_power="{a}**{n}",
    constant=_rational_constant,
    convert=mpmath.mpmathify,
    is_finite=lambda value: bool(mpmath.isfinite(value) and mpmath.mag(value) <= RANGE),
    show=lambda value: str(mpmath.nstr(value, 6)),
    scope=_SCOPE,
)


def _ball(value: Any) -> Any:  # noqa: ANN401 - a ball, a rational or an int
    return value if isinstance(value, flint.arb) else flint.arb(value)


def _ball_given(value: Any) -> Any:  # noqa: ANN401 - any real number
    if isinstance(value, int | Fraction):
        return flint.fmpq(value.numerator, value.denominator)
    return value if isinstance(value, flint.fmpq) else _ball(value)


def bounded(value: Any) -> Any:  # noqa: ANN401
    """An exact rational while it is short, else the ball around it: exact digits double at every product.

    A whole number of Python becomes a rational too: the quotient of two of them would be a float.
    """
    if isinstance(value, flint.arb):
        return value
    exact = flint.fmpq(value)
    return exact if exact.height_bits() <= HEIGHT else flint.arb(exact)


def _ball_choice(condition: Any, positive: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:  # noqa: ANN401
    if condition > 0:
        return bounded(positive())
    if condition <= 0:
        return bounded(otherwise())
    if not condition.is_finite():
        return flint.arb.nan()
    return _ball(positive()).union(_ball(otherwise()))


def _ball_power(base: Any, exponent: Any) -> Any:  # noqa: ANN401
    if isinstance(exponent, int):
        short = not isinstance(base, flint.arb) and flint.fmpq(base).height_bits() * abs(exponent) <= HEIGHT
        return (flint.fmpq(base) if short else _ball(base)) ** exponent
    return _ball(base) ** _ball(exponent)


def _ball_method(name: str) -> Callable[[Any], Any]:
    def apply(value: Any) -> Any:  # noqa: ANN401
        return getattr(_ball(value), name)()

    return apply


def _ball_constant(value: Fraction) -> str:
    small = value.denominator == 1 and value.numerator.bit_length() <= 64
    return repr(int(value)) if small else _rational_constant(value)


_LARGEST = flint.arb(2) ** RANGE


def _is_finite_ball(value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, flint.arb):
        return bool(value.is_finite() and value.abs_upper() < _LARGEST)
    return bool(flint.fmpq(value).height_bits() <= RANGE)


_BALL = Primitives(
    functions={
        **{name: _ball_method(name) for name in _PLAIN},
        "choose": _ball_choice,
        "power": _ball_power,
        "rational": flint.fmpq,
        "bounded": bounded,
        "pi": flint.arb.pi,
    },
    choose="choose({z}, lambda: {p}, lambda: {n})",
    whole_power="power({a}, {n})",
    constant=_ball_constant,
    convert=_ball_given,
    is_finite=_is_finite_ball,
    show=lambda value: str(flint.arb(value).str(6, radius=False)),
    scope=_SCOPE,
)

PRIMITIVES: Mapping[Arithmetic, Primitives] = MappingProxyType(
    {Arithmetic.FLOAT: _FLOAT, Arithmetic.ARRAY: _ARRAY, Arithmetic.MPMATH: _MPMATH, Arithmetic.BALL: _BALL}
)
