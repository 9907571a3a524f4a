"""Formulas as an author means them, and their values: fractions, and mpmath where a fraction will not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import mpmath

SLOPES_BELOW = {"relu": Fraction(0), "leaky_relu": Fraction(1, 100)}  # of the activations with a kink at 0
PLACES = 60  # of a value that is no short decimal


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: w_5, its updated value w_5+, a partial dE/dw_5, a value in the pass after the update net_h1@1."""

    name: str


@dataclass(frozen=True, slots=True)
class Opposite:
    """-operand."""

    operand: Formula


@dataclass(frozen=True, slots=True)
class Sum:
    """term + term + ...; a term that is taken away is an Opposite."""

    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """factor * factor * ..."""

    factors: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """over / under."""

    over: Formula
    under: Formula


@dataclass(frozen=True, slots=True)
class Square:
    """base ^ 2."""

    base: Formula


@dataclass(frozen=True, slots=True)
class Function:
    """sigmoid(argument), tanh, relu, leaky_relu, exp or log."""

    name: str
    argument: Formula


Formula = Constant | Quantity | Opposite | Sum | Product | Quotient | Square | Function


def plus(*terms: Formula) -> Formula:
    """A sum; of one term, the term."""
    return terms[0] if len(terms) == 1 else Sum(terms)


def minus(one: Formula, other: Formula) -> Sum:
    """one - other."""
    return Sum((one, Opposite(other)))


def times(*factors: Formula) -> Formula:
    """A product; of one factor, the factor."""
    return factors[0] if len(factors) == 1 else Product(factors)


def parts(formula: Formula) -> tuple[Formula, ...]:
    """What stands right below `formula`."""
    match formula:
        case Constant() | Quantity():
            return ()
        case Opposite(below) | Square(below) | Function(_, below):
            return (below,)
        case Sum(below) | Product(below):
            return below
        case Quotient(over, under):
            return (over, under)


def rebuilt(formula: Formula, change: Callable[[Formula], Formula]) -> Formula:
    """`formula` with `change` made to each of its parts."""
    match formula:
        case Constant() | Quantity():
            return formula
        case Opposite(below):
            return Opposite(change(below))
        case Square(below):
            return Square(change(below))
        case Function(name, below):
            return Function(name, change(below))
        case Sum(below):
            return Sum(tuple(map(change, below)))
        case Product(below):
            return Product(tuple(map(change, below)))
        case Quotient(over, under):
            return Quotient(change(over), change(under))


def replaced(formula: Formula, old: Formula, new: Formula) -> Formula:
    """`formula` with `new` in the place of every `old`."""
    return new if formula == old else rebuilt(formula, lambda part: replaced(part, old, new))


def named(formula: Formula) -> Iterator[str]:
    """The names in `formula`, in the order in which they are written, again where they stand again."""
    if isinstance(formula, Quantity):
        yield formula.name
    for part in parts(formula):
        yield from named(part)


def value(formula: Formula, values: Mapping[str, Fraction]) -> Fraction:
    """The value of `formula`, exact or to 60 places."""
    match formula:
        case Constant(text):
            return Fraction(text)
        case Quantity(name):
            return values[name]
        case Opposite(operand):
            return -value(operand, values)
        case Sum(terms):
            return sum((value(term, values) for term in terms), Fraction(0))
        case Product(factors):
            product = Fraction(1)
            for factor in factors:
                product *= value(factor, values)
            return settled(product)
        case Quotient(over, under):
            return settled(value(over, values) / value(under, values))
        case Square(base):
            return settled(value(base, values) ** 2)
        case Function(name, argument):
            return applied(name, value(argument, values))


def applied(name: str, argument: Fraction) -> Fraction:
    """The value of a function; raises ArithmeticError where it has none."""
    if name in SLOPES_BELOW:
        return argument if argument > 0 else settled(argument * SLOPES_BELOW[name])
    if name == "log" and argument <= 0:
        raise ArithmeticError("a logarithm of what is not positive")
    with mpmath.workdps(PLACES + 10):
        at = mpmath.mpf(argument.numerator) / argument.denominator
        found = 1 / (1 + mpmath.exp(-at)) if name == "sigmoid" else getattr(mpmath, name)(at)
        return Fraction(int(mpmath.nint(found * mpmath.mpf(10) ** PLACES)), 10**PLACES)


def settled(number: Fraction) -> Fraction:
    """`number`, to 60 places where it has a longer denominator."""
    if number.denominator <= 10**PLACES:
        return number
    return Fraction(round(number * 10**PLACES), 10**PLACES)
