"""Proof: an element is a quotient of polynomials in the leaves and the kernels, over the rationals.

Equality there is equality for all values. A function defined in pieces is proved piece by piece: `Branches` goes
through every combination of signs that its conditions can have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint

from symbackprop.checking.interpretation import Element
from symbackprop.checking.kernels import LARGEST, Kernels, refined
from symbackprop.errors import LimitError

TERMS = 600  # of one polynomial
PRODUCT = 40_000  # pairs of terms in one product
DEGREE = 64
GENERATORS = 32  # kernels of one identity
CONDITIONS = 6  # whose signs are combined in every way

Polynomial = Any
"""A `flint.fmpq_mpoly`."""


@dataclass(frozen=True, slots=True, eq=False)
class Quotient:
    """above/below in lowest terms, the leading coefficient of what is below 1."""

    above: Polynomial
    below: Polynomial

    def __add__(self, other: Quotient) -> Quotient:
        if self.below == other.below:
            return _quotient(self.above + other.above, self.below)
        above = _times(self.above, other.below) + _times(other.above, self.below)
        return _quotient(above, _times(self.below, other.below))

    def __neg__(self) -> Quotient:
        return Quotient(-self.above, self.below)

    def __sub__(self, other: Quotient) -> Quotient:
        return self + (-other)

    def __mul__(self, other: Quotient) -> Quotient:
        return _quotient(_times(self.above, other.above), _times(self.below, other.below))

    def __truediv__(self, other: Quotient) -> Quotient:
        if other.above.is_zero():
            raise ZeroDivisionError("division by an expression that is 0")
        return _quotient(_times(self.above, other.below), _times(self.below, other.above))

    def __pow__(self, exponent: int) -> Quotient:
        if exponent > DEGREE:
            raise LimitError(f"a power of more than {DEGREE}")
        product = Quotient(self.above**0, self.below**0)
        for _ in range(exponent):
            product = Quotient(_times(product.above, self.above), _times(product.below, self.below))
        return product


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > PRODUCT:
        raise LimitError(f"a polynomial of more than {TERMS} terms")
    product = one * other
    if len(product) > TERMS:
        raise LimitError(f"a polynomial of more than {TERMS} terms")
    return product


def _quotient(above: Polynomial, below: Polynomial) -> Quotient:
    if not below.is_constant():
        divisor = above.gcd(below)
        if not divisor.is_one():
            above, below = above / divisor, below / divisor
    leading = below.leading_coefficient()
    return Quotient(above / leading, below / leading)


class RationalFunctions(Kernels):
    """The field of rational functions in `leaves` generators and as many kernels as are met.

    `signs` are those that the conditions have, in the order in which they are first asked; `asked` holds them all
    afterwards, those beyond `signs` taken as positive.
    """

    def __init__(self, leaves: int, parts: Mapping[int, int], signs: Sequence[bool]) -> None:
        super().__init__(parts)
        self.context = flint.fmpq_mpoly_ctx.get([("x", leaves + GENERATORS)], "degrevlex")
        self.free = iter(self.context.gens())
        self.leaves = [self._generator() for _ in range(leaves)]
        self.signs = signs
        self.asked: list[bool] = []
        self.conditions: list[tuple[Quotient, bool]] = []
        self.relations: list[tuple[Polynomial, int, Quotient]] = []

    def number(self, value: Fraction) -> Quotient:
        """An exact rational."""
        constant = self.context.constant(flint.fmpq(value.numerator, value.denominator))
        return Quotient(constant, self.context.constant(1))

    def fresh(self, kind: str, argument: Element) -> Quotient:  # noqa: ARG002 - a generator is as good as another
        """The next generator."""
        return self._generator()

    def _generator(self) -> Quotient:
        generator = next(self.free, None)
        if generator is None:
            raise LimitError(f"more than {GENERATORS} kernels")
        return Quotient(generator, self.context.constant(1))

    def is_zero(self, element: Quotient) -> bool:
        """Whether an element is 0 for all values; g^q = u is used of a root g of u."""
        above = element.above
        for generator, degree, base in reversed(self.relations):
            above = self._reduced(above, generator, degree, base)
        return bool(above.is_zero())

    def _reduced(self, polynomial: Polynomial, generator: Polynomial, degree: int, base: Quotient) -> Polynomial:
        """A multiple of `polynomial`, its powers g^degree replaced by the base of which g is the root."""
        index = generator.degrees().index(1)
        groups: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            powers = exponents[index] // degree
            rest = (*exponents[:index], exponents[index] % degree, *exponents[index + 1 :])
            groups.setdefault(powers, {})[rest] = coefficient
        highest = max(groups, default=0)
        total = self.context.constant(0)
        for powers, terms in groups.items():
            factor = _power(base.above, powers) * _power(base.below, highest - powers)
            total += _times(self.context.from_dict(terms), factor)
        return total

    def relate(self, root: Quotient, degree: int, base: Quotient) -> None:
        """Keeps that root ** degree = base, for `is_zero`."""
        self.relations.append((root.above, degree, base))

    def ratio(self, one: Quotient, other: Quotient) -> Fraction | None:
        """one/other where that is a number."""
        if one.below != other.below or len(one.above) != len(other.above):
            return None
        ratio = one.above.leading_coefficient() / other.above.leading_coefficient()
        if one.above != ratio * other.above:
            return None
        found = Fraction(int(ratio.p), int(ratio.q))
        return found if max(abs(found.numerator), found.denominator) <= LARGEST else None

    def positive(self, condition: Quotient) -> bool:
        """The sign that `condition` has in this case; that of a number, or one that follows from others, is known."""
        if condition.above.is_constant() and condition.below.is_constant():
            return bool(condition.above.leading_coefficient() > 0) if not condition.above.is_zero() else False
        for known, sign in self.conditions:
            follows = _implied(condition, known, sign)
            if follows is not None:
                return follows
        sign = self.signs[len(self.asked)] if len(self.asked) < len(self.signs) else True
        self.asked.append(sign)
        self.conditions.append((condition, sign))
        return sign


def _implied(condition: Quotient, known: Quotient, sign: bool) -> bool | None:
    """The sign of ±λ·known + c, λ > 0, that follows from the sign of `known`; None where none does."""
    scale = condition.above.leading_coefficient() / known.above.leading_coefficient()
    rest = condition - Quotient(scale * known.above, known.below)
    if not (rest.above.is_constant() and rest.below.is_constant()):
        return None
    constant = 0 if rest.above.is_zero() else rest.above.leading_coefficient()
    positive = sign == bool(scale > 0)
    if (positive and constant >= 0) or (not positive and constant <= 0):
        return positive
    return None


def _power(polynomial: Polynomial, exponent: int) -> Polynomial:
    product = polynomial**0
    for _ in range(exponent):
        product = _times(product, polynomial)
    return product


def in_all_cases(leaves: int, question: Callable[[RationalFunctions], bool]) -> bool:
    """Whether `question` is answered with yes for every combination of signs of the conditions that it meets.

    Raises `LimitError` where it is too large, or the conditions too many.
    """
    waiting: list[list[bool]] = [[]]
    while waiting:
        signs = waiting.pop()

        def ask(parts: Mapping[int, int], signs: Sequence[bool] = signs) -> tuple[bool, list[bool]]:
            domain = RationalFunctions(leaves, parts, signs)
            return question(domain), domain.asked

        answer, asked = refined(ask)
        if not answer:
            return False
        if len(asked) > CONDITIONS:
            raise LimitError(f"more than {CONDITIONS} conditions")
        waiting.extend([*asked[:index], False] for index in range(len(signs), len(asked)))
    return True
