"""A formula beside the same formula with numbers put in: which number stands for which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
    is_number,
    negated,
    same,
    walk,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A name or partial, and the numbers that stand in its place."""

    name: Name | Partial
    numbers: Node


class _MismatchError(Exception):
    """The two are not of the same form."""


def align(formula: Node, numbers: Node) -> tuple[Pair, ...] | None:
    """Which part of `numbers` stands in for each name of `formula`; None where the two are not of the same form.

    The order of terms and factors is taken as it is; factors 1 and terms 0 may be left out.
    """
    try:
        return tuple(_aligned(formula, numbers))
    except _MismatchError:
        return None


def is_numeric(node: Node) -> bool:
    """Whether no name stands in `node`."""
    return not any(isinstance(part, Name | Partial) for part in walk(node))


def _aligned(formula: Node, numbers: Node) -> list[Pair]:
    match formula:
        case Name() | Partial():
            if not is_numeric(numbers):
                if same(formula, numbers):
                    return []
                raise _MismatchError
            return [Pair(formula, numbers)]
        case Number():
            return _equal_numbers(formula, numbers)
        case Negative(operand):
            return _aligned(operand, negated(numbers))
        case Sum() | Power() | Quotient() | Call() if is_number(numbers):
            return []  # a part that was worked out before
        case Sum():
            return _termwise(_terms(formula), _terms(numbers))
        case Product():
            return _factorwise(formula, numbers)
        case Power(base, exponent) if isinstance(numbers, Power):
            return _aligned(base, numbers.base) + _aligned(exponent, numbers.exponent)
        case Quotient() | Call():
            return _fraction_or_function(formula, numbers)
        case Entries(rows) if isinstance(numbers, Entries):
            return _each(_flat(rows), _flat(numbers.rows))
        case Transpose(operand):
            return _aligned(operand, numbers)
        case _:
            raise _MismatchError


def _fraction_or_function(formula: Quotient | Call, numbers: Node) -> list[Pair]:
    one, other = sigmoid_argument(formula), sigmoid_argument(numbers)
    if one is not None and other is not None:
        return _aligned(one, other)
    match formula, numbers:
        case Quotient(), Quotient():
            return _aligned(formula.numerator, numbers.numerator) + _aligned(formula.denominator, numbers.denominator)
        case Call(function), Call(other_function) if function == other_function and formula.primes == numbers.primes:
            return _each(formula.arguments, numbers.arguments)
        case Quotient(numerator, Number() as denominator), Product():
            return _factorwise(
                Product((Quotient(_one(denominator), denominator, denominator.span), numerator), formula.span), numbers
            )
    raise _MismatchError


def sigmoid_argument(node: Node) -> Node | None:
    """The z of sigmoid(z), or of the same written out as 1 / (1 + exp(-z)); None for anything else."""
    match node:
        case Call("sigmoid", (argument,), _, 0):
            return argument
        case Quotient(Number(value=numerator), Sum((Number(value=first), Call("exp", (power,))))) if (
            numerator == first == 1
        ):
            return negated(power)
        case Quotient(Number(value=numerator), Sum((Call("exp", (power,)), Number(value=first)))) if (
            numerator == first == 1
        ):
            return negated(power)
    return None


def _one(like: Number) -> Number:
    return Number("1", like.value / like.value if like.value else like.value + 1, like.unit, like.span)


def _equal_numbers(one: Number, other: Node) -> list[Pair]:
    if isinstance(other, Number) and one.value == other.value:
        return []
    raise _MismatchError


def _each(ones: Sequence[Node], others: Sequence[Node]) -> list[Pair]:
    if len(ones) != len(others):
        raise _MismatchError
    return [pair for one, other in zip(ones, others, strict=True) for pair in _aligned(one, other)]


def _flat(rows: Sequence[Sequence[Node]]) -> list[Node]:
    return [entry for row in rows for entry in row]


def _terms(node: Node) -> list[Node]:
    """The terms of a sum, sums in it opened, what is 0 left out."""
    match node:
        case Sum(terms):
            return [inner for term in terms for inner in _terms(term)]
        case Negative(Sum(terms)):
            return [negated(inner) for term in terms for inner in _terms(term)]
        case Number(value=value) if value == 0 and "." not in node.text:
            return []
        case _:
            return [node]


def _termwise(ones: list[Node], others: list[Node]) -> list[Pair]:
    return _each(ones, others)


def _factors(node: Node) -> tuple[bool, list[Node]]:
    """(whether a minus stands before it, the factors, products in it opened)."""
    match node:
        case Negative(operand):
            minus, factors = _factors(operand)
            return not minus, factors
        case Product(parts):
            minus, factors = False, []
            for part in parts:
                if isinstance(part, Product):
                    inner, more = _factors(part)
                    minus, factors = minus != inner, factors + more
                else:
                    factors.append(part)
            return minus, factors
        case _:
            return False, [node]


def _factorwise(formula: Node, numbers: Node) -> list[Pair]:
    (minus, ones), (other_minus, others) = _factors(formula), _factors(numbers)
    if len(ones) != len(others):
        ones, others = _without_one(ones), _without_one(others)
    if len(ones) != len(others) or not ones:
        raise _MismatchError
    if minus != other_minus:
        place = next((index for index, factor in enumerate(ones) if not isinstance(factor, Number)), 0)
        others = [negated(other) if index == place else other for index, other in enumerate(others)]
    return _each(ones, others)


def _without_one(factors: list[Node]) -> list[Node]:
    kept = [
        factor
        for factor in factors
        if not (isinstance(factor, Number) and factor.value == 1)
        and not (isinstance(factor, Power) and _vanishes(factor.exponent))
    ]
    return kept or factors[:1]


def _vanishes(exponent: Node) -> bool:
    """Whether an exponent is written 1 - 1, as in w^(1 - 1)."""
    return isinstance(exponent, Sum) and sum(_whole(term) for term in exponent.terms) == 0


def _whole(term: Node) -> Fraction:
    match term:
        case Number(value=value):
            return value
        case Negative(Number(value=value)):
            return -value
        case _:
            return Fraction(1, 1_000_003)
