"""Trees read in a domain of one's choice: rational functions, sampled rationals, or balls.

Trees of the table's functions and trees of SymPy's own functions are read alike, so that what a derivation claims and
what `diff` gives are compared as elements of the same domain. A list of definitions is read name by name: nothing is
substituted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

import sympy as sp

from symbackprop.evaluation.program import Named
from symbackprop.expressions.elementary import elementary
from symbackprop.expressions.functions import FUNCTIONS

Element = Any
"""An element of a domain: it adds, subtracts, multiplies and divides."""


class Domain(Protocol):
    """Where trees take their values. Division by zero raises `ZeroDivisionError`, what is too large `LimitError`."""

    def number(self, value: Fraction) -> Element:
        """An exact rational."""

    def constant(self, name: str) -> Element:
        """The number pi."""

    def apply(self, function: str, argument: Element) -> Element:
        """exp, log, sin, cos, tanh or erf of an element."""

    def power(self, base: Element, exponent: int) -> Element:
        """The power base ** exponent, the exponent whole and not negative."""

    def root(self, base: Element, exponent: Fraction) -> Element:
        """The power base ** exponent, the exponent no whole number."""

    def positive(self, condition: Element) -> bool | None:
        """Whether an element is positive; None where it cannot be told."""

    def join(self, one: Element, other: Element) -> Element:
        """What holds both, where `positive` could not tell which of two branches is taken."""


KERNELS = ("exp", "log", "sin", "cos", "tanh", "erf")


class Interpretation:
    """The elements that names stand for, and those of trees over these names."""

    def __init__(self, domain: Domain, names: Mapping[str, Element]) -> None:
        self.domain = domain
        self.names = dict(names)
        self._known: dict[sp.Basic, Element] = {}

    def define(self, name: str, tree: sp.Expr) -> None:
        """Lets `name` stand for the element of `tree`."""
        self.names[name] = self.value(tree)

    def value(self, tree: sp.Expr) -> Element:
        """The element of `tree`. Raises `ValueError` for what has no place in an elementary expression."""
        if tree.is_Symbol:
            return self.names[tree.name]
        if tree not in self._known:
            self._known[tree] = self._value(tree)
        return self._known[tree]

    def _value(self, tree: sp.Expr) -> Element:
        if tree.is_Rational:
            return self.domain.number(Fraction(int(tree.p), int(tree.q)))
        if tree.is_Add:
            total, *others = [self.value(term) for term in tree.args]
            for other in others:
                total = total + other
            return total
        if tree.is_Mul:
            total, *others = [self.value(factor) for factor in tree.args]
            for other in others:
                total = total * other
            return total
        if tree.is_Pow:
            return self._power(tree.base, tree.exp)
        if tree is sp.E:
            return self.domain.apply("exp", self.domain.number(Fraction(1)))
        if tree is sp.pi:
            return self.domain.constant("pi")
        return self._function(tree)

    def _power(self, base: sp.Expr, exponent: sp.Expr) -> Element:
        """The power base ** exponent; u^(y - 1) is u^-1 · u^y, so that the power rule holds in every domain."""
        terms = exponent.args if exponent.is_Add else (exponent,)
        whole = sum((term for term in terms if term.is_Rational), sp.S.Zero)
        product = self._single_power(base, whole)
        for term in terms:
            if not term.is_Rational:
                product = product * self._single_power(base, term)
        return product

    def _single_power(self, base: sp.Expr, exponent: sp.Expr) -> Element:
        element = self.value(base)
        if exponent.is_Integer:
            power = self.domain.power(element, abs(int(exponent)))
            return power if exponent >= 0 else self.domain.number(Fraction(1)) / power
        if exponent.is_Rational:
            return self.domain.root(element, Fraction(int(exponent.p), int(exponent.q)))
        return self.domain.apply("exp", self.value(exponent) * self.domain.apply("log", element))

    def _function(self, tree: sp.Expr) -> Element:
        name = tree.func.__name__
        if name == "Piecewise":
            return self._piecewise(tree.args)
        if name == "if_positive":
            condition, positive, otherwise = tree.args
            return self._branch(self.domain.positive(self.value(condition)), positive, lambda: self.value(otherwise))
        if name == "Step":
            one, zero = sp.S.One, sp.S.Zero
            return self._branch(self.domain.positive(self.value(tree.args[0])), one, lambda: self.value(zero))
        if name == "pi":
            return self.domain.constant("pi")
        arguments = [self.value(argument) for argument in tree.args]
        if name in KERNELS:
            return self.domain.apply(name, arguments[0])
        if name not in FUNCTIONS:
            raise ValueError(f"{name} is no elementary function")
        inner = dict(zip(FUNCTIONS[name].arguments, arguments, strict=True))
        return Interpretation(self.domain, inner).value(_formula(name))

    def _piecewise(self, pieces: Sequence[tuple[sp.Expr, sp.Basic]]) -> Element:
        if not pieces:
            raise ZeroDivisionError("no condition of a function defined in pieces holds")
        (tree, condition), *others = pieces
        return self._branch(self._holds(condition), tree, lambda: self._piecewise(others))

    def _branch(self, holds: bool | None, tree: sp.Expr, otherwise: Callable[[], Element]) -> Element:
        """The branch that is taken, the other one left unread; where that cannot be told, what holds both."""
        if holds is None:
            return self.domain.join(self.value(tree), otherwise())
        return self.value(tree) if holds else otherwise()

    def _holds(self, condition: sp.Basic) -> bool | None:
        if condition is sp.true or condition is sp.false:
            return bool(condition)
        match condition.func.__name__:
            case "StrictGreaterThan":
                return self.domain.positive(self.value(condition.lhs) - self.value(condition.rhs))
            case "StrictLessThan":
                return self.domain.positive(self.value(condition.rhs) - self.value(condition.lhs))
            case "GreaterThan":
                return _negated(self.domain.positive(self.value(condition.rhs) - self.value(condition.lhs)))
            case "LessThan":
                return _negated(self.domain.positive(self.value(condition.lhs) - self.value(condition.rhs)))
            case "And":
                return _all([self._holds(part) for part in condition.args])
            case "Or":
                return _negated(_all([_negated(self._holds(part)) for part in condition.args]))
            case "Not":
                return _negated(self._holds(condition.args[0]))
            case other:
                raise ValueError(f"a condition of the form {other}")


def needed(steps: Sequence[Named], names: Sequence[str], stop: str = "") -> list[Named]:
    """The steps of a list that `names` rest on, themselves included, in order; `stop` is taken as given."""
    wanted = set(names)
    kept = []
    for step in reversed(steps):
        if step.name in wanted and step.name != stop:
            kept.append(step)
            wanted.update(step.uses)
    return kept[::-1]


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _negated(part: bool | None) -> bool | None:
    return None if part is None else not part


@cache
def _formula(name: str) -> sp.Expr:
    """A function of the table in SymPy's own functions, over the table's names of its arguments."""
    entry = FUNCTIONS[name]
    return elementary(entry.symbol(*sp.symbols(entry.arguments), evaluate=False))
