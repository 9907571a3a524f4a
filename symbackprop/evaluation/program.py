"""The ordered list, lambdified: its definitions are the common subexpressions of the compiled function.

Only generated symbols (x0, x1, ...) reach `lambdify`: it executes the names it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
import sympy as sp

from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
from symbackprop.evaluation.code import code
from symbackprop.evaluation.stable import stable_expressions
from symbackprop.expressions.functions import FUNCTIONS, entry_of, expanded
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import ONE, add, growing, multiply, number, power, rebuild, symbols_of

FOLDED = 4096  # bits up to which a power of numbers is worked out when a list is compiled


class Named(Protocol):
    """Anything with a name, an expression, and the names that it uses: a definition or a step."""

    @property
    def name(self) -> str:
        """The name that is defined."""

    @property
    def expression(self) -> sp.Expr:
        """What it is defined to be."""

    @property
    def uses(self) -> tuple[str, ...]:
        """The names in the expression."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled list: a function of `inputs` with the values of `outputs`, both in the order given here."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    arithmetic: Arithmetic
    function: Callable[..., Sequence[Any]]
    definitions: tuple[Named, ...] = field(repr=False)

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs by name; `values` holds a number of this arithmetic, or an exact rational, for each input.

        Raises `EvaluationError` that names the first quantity without a finite value.
        """
        arguments = [self.convert(values[name]) for name in self.inputs]
        try:
            with np.errstate(all="ignore"):  # the branch that is not chosen may overflow in an array
                results = dict(zip(self.outputs, self.function(*arguments), strict=True))
        except (ArithmeticError, ValueError) as error:
            raise self.explain(values, error) from None
        is_finite = PRIMITIVES[self.arithmetic].is_finite
        if not all(is_finite(result) for result in results.values()):
            raise self.explain(values, None)
        return results

    def explain(self, values: Mapping[str, Any], cause: Exception | None) -> EvaluationError:
        """The error for inputs at which the program fails: it names the first definition that does."""
        known = dict(values)
        for definition in self.definitions:
            single = compile_program([definition], definition.uses, [definition.name], self.arithmetic, stable=False)
            try:
                value = single.function(*(self.convert(known[name]) for name in definition.uses))[0]
            except (ArithmeticError, ValueError):
                value = None
            if value is None or not PRIMITIVES[self.arithmetic].is_finite(value):
                return EvaluationError(
                    f"{definition.name} has no finite value",
                    hint=f"it is {_with_values(definition, known)}",
                )
            known[definition.name] = value
        return EvaluationError(f"the list has no finite value ({cause})" if cause else "a value is not finite")

    def convert(self, value: Any) -> Any:  # noqa: ANN401 - a number of any arithmetic
        """An exact rational as a number of this arithmetic; any other number as it is."""
        return PRIMITIVES[self.arithmetic].convert(value) if isinstance(value, Fraction) else value


def _with_values(definition: Named, known: Mapping[str, Any]) -> str:
    shown = [f"{name} = {_short(known[name])}" for name in definition.uses[:4]]
    return f"{text(definition.expression)[:200]} with " + ", ".join(shown)


def _short(value: Any) -> str:  # noqa: ANN401 - a number of any arithmetic
    try:
        return f"{float(value):.6g}"
    except (TypeError, ValueError, OverflowError):
        return str(value)[:40]


def compile_program(
    definitions: Sequence[Named],
    inputs: Sequence[str],
    outputs: Sequence[str],
    arithmetic: Arithmetic = Arithmetic.FLOAT,
    *,
    stable: bool = True,
    settle: Callable[[str, Any], Any] | None = None,
) -> Program:
    """`definitions`, in their order, as one function of `inputs` that returns `outputs`; what is not needed is left out.

    Arguments: `stable` replaces forms that overflow or cancel, not for balls; `settle(name, value)`, for balls, gives
    the value that a definition is taken to have from its exact one: rounded, say, as by hand.
    """
    needed = _needed(definitions, outputs)
    with growing():
        expressions = {definition.name: definition.expression for definition in needed}
        if stable and arithmetic is not Arithmetic.BALL:
            rewritten = stable_expressions(expressions)
            if any(rewritten[name] is not expressions[name] for name in expressions):
                expressions = rewritten
                reached = _reached(expressions, outputs)
                needed = [definition for definition in needed if definition.name in reached]
        translation = _Translation(inputs, keep=settle is not None)
        for definition in needed:
            translation.define(definition.name, expressions[definition.name])
        function = _lambdified(translation, outputs, arithmetic, settle)
    return Program(tuple(inputs), tuple(outputs), arithmetic, function, tuple(needed))


def _needed(definitions: Sequence[Named], outputs: Sequence[str]) -> list[Named]:
    wanted = set(outputs)
    kept: list[Named] = []
    for definition in reversed(definitions):
        if definition.name in wanted:
            kept.append(definition)
            wanted.update(definition.uses)
    return kept[::-1]


def _reached(expressions: Mapping[str, sp.Expr], outputs: Sequence[str]) -> set[str]:
    wanted = set(outputs)
    for name in reversed(expressions):
        if name in wanted:
            wanted.update(symbols_of(expressions[name]))
    return wanted


class _Translation:
    """Names -> generated symbols: statements in order, each (symbol, tree over generated symbols).

    A definition that merely repeats another name or a number costs nothing: its name stands for the other. With `keep`
    every definition is a statement of its own.
    """

    def __init__(self, inputs: Sequence[str], *, keep: bool) -> None:
        self.keep = keep
        self.arguments = [sp.Symbol(f"x{index}") for index in range(len(inputs))]
        self.known: dict[str, sp.Expr] = dict(zip(inputs, self.arguments, strict=True))
        self.statements: list[tuple[sp.Symbol, sp.Expr]] = []
        self.names: dict[str, str] = {}

    def define(self, name: str, expression: sp.Expr) -> None:
        tree = self.translated(expression)
        if not self.keep and (tree.is_Symbol or tree.is_Rational):
            self.known[name] = tree
            return
        target = self.statement(tree)
        self.known[name] = target
        self.names[target.name] = name

    def statement(self, tree: sp.Expr) -> sp.Symbol:
        target = sp.Symbol(f"y{len(self.statements)}")
        self.statements.append((target, tree))
        return target

    def translated(self, tree: sp.Expr) -> sp.Expr:
        if tree.is_Symbol:
            return self.known[tree.name]
        if not tree.args and not tree.is_Function:
            return tree
        arguments = [self.translated(argument) for argument in tree.args]
        if tree.is_Mul:
            return _product(arguments)
        if tree.is_Add:
            return _sum(arguments)
        if tree.is_Pow:
            return _power(*arguments)
        return self.applied(tree, arguments)

    def applied(self, tree: sp.Expr, arguments: list[sp.Expr]) -> sp.Expr:
        text = entry_of(tree).elementary
        if not text:
            return rebuild(tree, arguments)
        simple = [a if a.is_Symbol or a.is_Rational else self.statement(a) for a in arguments]
        application = FUNCTIONS[tree.func.__name__].symbol(*simple, evaluate=False)
        inner = _Translation([], keep=False)
        inner.statements = self.statements
        inner.known = {argument.name: argument for argument in simple if argument.is_Symbol}
        return inner.translated(expanded(application, text))


def _product(factors: list[sp.Expr]) -> sp.Expr:
    """The product with its numbers folded into one coefficient in front."""
    value = Fraction(1)
    rest = []
    for factor in factors:
        if factor.is_Rational:
            value *= Fraction(int(factor.p), int(factor.q))
        else:
            rest.append(factor)
    if value == 0:
        return number(value)
    return multiply(rest if value == 1 and rest else [number(value), *rest])


def _sum(terms: list[sp.Expr]) -> sp.Expr:
    if all(term.is_Rational for term in terms):
        return number(sum((Fraction(int(term.p), int(term.q)) for term in terms), Fraction(0)))
    return add([term for term in terms if term != 0])


def _power(base: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    if exponent is ONE:
        return base
    if base.is_Rational and exponent.is_Integer and base != 0:
        value, n = Fraction(int(base.p), int(base.q)), int(exponent)
        if max(value.numerator.bit_length(), value.denominator.bit_length()) * abs(n) <= FOLDED:
            return number(value**n)
    return power(base, exponent)


def _lambdified(
    translation: _Translation,
    outputs: Sequence[str],
    arithmetic: Arithmetic,
    settle: Callable[[str, Any], Any] | None,
) -> Callable[..., Sequence[Any]]:
    primitives = PRIMITIVES[arithmetic]
    functions = dict(primitives.functions)
    statements = translation.statements
    if settle is not None:
        named = tuple(translation.names.items())
        functions["settle"] = lambda index, value: settle(named[index][1], value)
        index_of = {target: sp.Integer(index) for index, (target, _) in enumerate(named)}
        statements = [
            (target, _SETTLE(index_of[target.name], tree) if target.name in index_of else tree)
            for target, tree in statements
        ]
    elif arithmetic is Arithmetic.BALL:
        statements = [(target, _BOUNDED(tree)) for target, tree in statements]
    function: Callable[..., Sequence[Any]] = sp.lambdify(
        translation.arguments,
        [translation.known[name] for name in outputs],
        modules=[functions],
        printer=lambda tree: code(tree, primitives),
        cse=lambda results: (statements, results),
        docstring_limit=0,
    )
    return function


_SETTLE, _BOUNDED = sp.Function("settle"), sp.Function("bounded")
