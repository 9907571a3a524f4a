"""Each step against itself: its formula, the text of the formula, the numbers put in, and the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint
import sympy as sp

from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.errors import EvaluationError, ExpressionError, SymbackpropError
from symbackprop.evaluation.arithmetic import RANGE
from symbackprop.evaluation.enclosure import Enclosures, bounds
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.numerals import fraction_of, last_place
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import ZERO, power, rebuild, symbol, symbols_of, walk

ROUTE = "formula, numbers and value"
BITS = (192, 768, 3072)
TIGHT = Fraction(1, 10**20)  # of the value: as far as a formula has to agree with it

Ball = Any
"""A `flint.arb`."""


class Consistency:
    """The values of all quantities: enclosed, to 30 significant digits, and as printed.

    Arguments: `digits` and `printed` hold a decimal for each quantity; `aliases` maps second names, those of node
    errors, to the first.
    """

    def __init__(
        self,
        enclosures: Enclosures,
        digits: Mapping[str, str],
        printed: Mapping[str, str],
        aliases: Mapping[str, str],
    ) -> None:
        self.enclosures = enclosures
        self.digits = digits
        self.printed = printed
        self.aliases = aliases

    def check(self, name: str, forms: Sequence[sp.Expr]) -> Finding:
        """Whether each of the `forms` has the value of `name`, as it stands and as it is printed with its numbers."""
        try:
            forms = [readable(form) for form in forms]
            reasons = [reason for form in forms if (reason := self._fault(name, form))]
        except SymbackpropError as error:
            return Finding(ROUTE, Verdict.UNDECIDED, reason=error.message)
        if reasons:
            return Finding(ROUTE, Verdict.REFUTED, reason=reasons[0])
        if not all(self._agrees(name, form) for form in forms):
            return Finding(ROUTE, Verdict.UNDECIDED, reason="the value cannot be enclosed tightly enough")
        return Finding(ROUTE, Verdict.CONFIRMED)

    def _fault(self, name: str, form: sp.Expr) -> str:
        """What contradicts itself in a form, "" where nothing does."""
        return reread_fault(form) or self._value_fault(name, form) or self._numbers_fault(name, form)

    def _value_fault(self, name: str, form: sp.Expr) -> str:
        if not readable_number(self.digits[name]):
            return ""
        with flint.ctx.workprec(BITS[0]):
            value, due = self._enclosed(form, BITS[0]), ball(self.digits[name])
            shown = "" if _compatible(value, due) else value.str(12, radius=False)
        return f"{text(form)} is {shown}, not {self.digits[name]}" if shown else ""

    def _agrees(self, name: str, form: sp.Expr) -> bool:
        for bits in BITS:
            with flint.ctx.workprec(bits):
                due = flint.arb(self.enclosures.at(bits)[name])
                difference = abs(self._enclosed(form, bits) - due)
                if difference <= abs(due) * Balls().number(TIGHT):
                    return True
                if bits == BITS[-1] and difference <= flint.arb(2) ** (-bits // 2):
                    return True  # both are 0, as far as a thousand bits tell
        return False

    def _enclosed(self, form: sp.Expr, bits: int) -> Ball:
        values = self.enclosures.at(bits)
        return _value(form, {used: flint.arb(values[self._first(used)]) for used in symbols_of(form)})

    def _numbers_fault(self, name: str, form: sp.Expr) -> str:
        if any(node.is_Pow and node.exp.args and not node.exp.is_Rational for node in walk(form)):
            return ""  # with numbers in it the parser reads no such exponent
        for numbers in (self.digits, self.printed):
            put_in = {used: numbers[self._first(used)] for used in symbols_of(form)}
            if not all(map(readable_number, (numbers[name], *put_in.values()))):
                continue
            shown = text(form, put_in)
            with flint.ctx.workprec(BITS[0]):
                read = _value(parse(shown, {}, FUNCTIONS), {})
                rounded = _value(form, {used: self._rounded(used, number) for used, number in put_in.items()})
                if not _compatible(read, rounded):
                    return f"{shown} is read back as {read.str(12, radius=False)}"
                if not _compatible(rounded, self._rounded(name, numbers[name])):
                    return f"{shown} is {read.str(12, radius=False)}, not {numbers[name]}"
        return ""

    def _rounded(self, name: str, decimal: str) -> Ball:
        """What `decimal` may stand for: the number itself where it is the exact value."""
        low, high = bounds(self.enclosures.at(BITS[0])[self._first(name)])
        value = fraction_of(decimal)
        return Balls().number(value) if low == high == value else ball(decimal)

    def _first(self, name: str) -> str:
        return self.aliases.get(name, name)


def readable(form: sp.Expr) -> sp.Expr:
    """`form` as the parser reads it: an exponent 2 - 1 is worked out, for text may hold no such exponents."""
    if not form.args:
        return form
    if form.is_Pow and form.exp.is_Add and all(term.is_Rational for term in form.exp.args):
        return power(readable(form.base), sum(form.exp.args, ZERO))
    return rebuild(form, [readable(argument) for argument in form.args])


def reread_fault(form: sp.Expr) -> str:
    """How the text of a form differs from what the parser reads in it; "" where it does not."""
    shown = text(form)
    again = text(parse(shown, {used: symbol(used) for used in symbols_of(form)}, FUNCTIONS))
    return "" if again == shown else f"{shown} is read back as {again}"


def readable_number(decimal: str) -> bool:
    """Whether the parser reads a number so small or large: the value of a saturated unit may be 1e-5000."""
    try:
        fraction_of(decimal)
    except ExpressionError:
        return False
    return True


def ball(decimal: str) -> Ball:
    """All numbers that a printed decimal may stand for: half a unit of its last place to either side.

    A bare 0 stands for what no precision tells from 0.
    """
    middle = Balls().number(fraction_of(decimal))
    bare = decimal in ("0", "-0")
    half = flint.arb(2) ** (-RANGE // 2) if bare else Balls().number(last_place(decimal) / 2)
    return (middle - half).union(middle + half)


def _value(form: sp.Expr, names: Mapping[str, Ball]) -> Ball:
    try:
        return Interpretation(Balls(), names).value(form)
    except ZeroDivisionError:
        raise EvaluationError(f"{text(form)} has no value") from None


def _compatible(one: Ball, other: Ball) -> bool:
    """Whether two enclosures may hold the same number; one that is not finite may hold any."""
    return not (one.is_finite() and other.is_finite()) or bool(one.overlaps(other))
