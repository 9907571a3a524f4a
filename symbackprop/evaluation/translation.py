"""A list over names -> a list over generated symbols (x0, y0, y1, ...): the only names that reach `lambdify`.

On the way numbers are multiplied out, functions are replaced by their stable forms, and what is the same is computed
once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS, entry_of, template
from symbackprop.expressions.tree import ONE, ZERO, add, multiply, number, power

FOLDED = 4096  # bits up to which numbers are worked out when a list is compiled
WIDTH = 500  # terms of one sum: Python's compiler takes a long one for as deep as it is long

_Known = Mapping[str, sp.Expr]
_Branch = tuple[tuple[sp.Expr, bool], ...]
_IF_POSITIVE = FUNCTIONS["if_positive"].symbol


class Translation:
    """Definitions taken one after the other: `statements` are (symbol, tree over earlier symbols), in order.

    Without `keep` a definition that merely repeats another name or a number costs nothing: its name stands for the
    other. With `keep` every definition is a statement of its own; `defined` maps its symbol to its name.
    """

    def __init__(self, inputs: Sequence[str], *, keep: bool = False) -> None:
        self.keep = keep
        self.arguments = [sp.Symbol(f"x{index}") for index in range(len(inputs))]
        self.known: dict[str, sp.Expr] = dict(zip(inputs, self.arguments, strict=True))
        self.statements: list[tuple[sp.Symbol, sp.Expr]] = []
        self.defined: dict[sp.Symbol, str] = {}
        self._made: dict[sp.Expr, sp.Symbol] = {}
        self._values: dict[sp.Expr, sp.Expr] = {}  # of functions applied over the names of the list

    def define(self, name: str, expression: sp.Expr) -> None:
        """Adds name := expression, over the inputs and names defined before."""
        tree = self._translated(expression, self.known, ())
        if self.keep:
            self.known[name] = self._statement(tree)
            self.defined[self.known[name]] = name
        else:
            self.known[name] = self._simple(tree, ())

    def _translated(self, tree: sp.Expr, known: _Known, branch: _Branch) -> sp.Expr:
        """`tree` over generated symbols; `branch` holds the conditions under which it is needed at all."""
        if tree.is_Symbol:
            return known[tree.name]
        if tree.is_Function:
            return self._applied(tree, known, branch)
        if not tree.args:
            return tree
        arguments = [self._translated(argument, known, branch) for argument in tree.args]
        if tree.is_Mul:
            return _product(arguments)
        return self._sum(arguments, branch) if tree.is_Add else _power(*arguments)

    def _applied(self, tree: sp.Expr, known: _Known, branch: _Branch) -> sp.Expr:
        if isinstance(tree, _IF_POSITIVE):
            condition = self._simple(self._translated(tree.args[0], known, branch), branch)
            positive = self._translated(tree.args[1], known, (*branch, (condition, True)))
            otherwise = self._translated(tree.args[2], known, (*branch, (condition, False)))
            return _IF_POSITIVE(condition, positive, otherwise, evaluate=False)
        if known is not self.known or branch:
            return self._value(tree, known, branch)
        if tree not in self._values:
            self._values[tree] = self._value(tree, known, branch)
        return self._values[tree]

    def _value(self, tree: sp.Expr, known: _Known, branch: _Branch) -> sp.Expr:
        arguments = [self._translated(argument, known, branch) for argument in tree.args]
        entry = entry_of(tree)
        if not entry.elementary:
            return tree.func(*arguments, evaluate=False)
        simple = [self._simple(argument, branch) for argument in arguments]
        return self._translated(template(entry.elementary), dict(zip(entry.arguments, simple, strict=True)), branch)

    def _sum(self, terms: list[sp.Expr], branch: _Branch) -> sp.Expr:
        if all(term.is_Rational for term in terms):
            return add(_folded(terms, Fraction(0), operator.add))
        kept = [term for term in terms if term is not ZERO]
        while len(kept) > WIDTH:
            kept = [self._simple(add(kept[:WIDTH]), branch), *kept[WIDTH:]]
        return add(kept)

    def _simple(self, tree: sp.Expr, branch: _Branch) -> sp.Expr:
        """A symbol or a number that stands for `tree`, by a statement where it is neither."""
        if tree.is_Symbol or tree.is_Rational:
            return tree
        for condition, positive in reversed(branch):
            branches = (tree, ZERO) if positive else (ZERO, tree)
            tree = _IF_POSITIVE(condition, *branches, evaluate=False)
        made = self._made.get(tree)
        if made is None:
            made = self._made[tree] = self._statement(tree)
        return made

    def _statement(self, tree: sp.Expr) -> sp.Symbol:
        target = sp.Symbol(f"y{len(self.statements)}")
        self.statements.append((target, tree))
        return target


def _product(factors: list[sp.Expr]) -> sp.Expr:
    """The product with its numbers multiplied into one coefficient in front."""
    numbers = [factor for factor in factors if factor.is_Rational]
    if not numbers:
        return multiply(factors)
    first, *others = _folded(numbers, Fraction(1), operator.mul)
    rest = [*others, *(factor for factor in factors if not factor.is_Rational)]
    if first is ZERO or not rest:
        return first
    return multiply(rest if first is ONE else [first, *rest])


def _folded(
    numbers: list[sp.Expr], start: Fraction, operation: Callable[[Fraction, Fraction], Fraction]
) -> list[sp.Expr]:
    """The numbers worked out into one, and after it those by which it would get too long."""
    value, left = start, []
    for factor in numbers:
        longer = operation(value, _fraction(factor))
        if _bits(longer) <= FOLDED:
            value = longer
        else:
            left.append(factor)
    return [number(value), *left]


def _power(base: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    if exponent is ONE:
        return base
    if base.is_Rational and exponent.is_Integer and base != 0:
        value, n = _fraction(base), int(exponent)
        if _bits(value) * abs(n) <= FOLDED:
            return number(value**n)
    return power(base, exponent)


def _fraction(value: sp.Rational) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
