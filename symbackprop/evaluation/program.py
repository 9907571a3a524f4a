"""The ordered list, lambdified: its definitions are the common subexpressions of the compiled function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import sympy as sp

from symbackprop.errors import EvaluationError
from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
from symbackprop.evaluation.code import code
from symbackprop.evaluation.stable import stable_forms
from symbackprop.evaluation.translation import Translation
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import growing, symbols_of

FAILURES = (ArithmeticError, ValueError)  # what Python's and mpmath's functions raise where they have no value

Settle = Callable[[str, Any], Any]


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
    """A compiled list: a function of `inputs` with the values of `outputs`, both in the order given here.

    `definitions` are those that it computes, in order, and `forms` what it computes them by.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    arithmetic: Arithmetic
    function: Callable[..., Sequence[Any]]
    definitions: tuple[Named, ...] = field(repr=False)
    forms: Mapping[str, sp.Expr] = field(repr=False)
    settle: Settle | None = None

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs by name; `values` holds a number of any kind for each input, a Fraction where it is to be exact.

        Raises `EvaluationError` that names the first quantity without a finite value.
        """
        results = self.attempt(values)
        if results is None:
            raise self.explain(values)
        return results

    def attempt(self, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The outputs by name, or None where one of them has no finite value."""
        arguments = self.arguments(values)
        is_finite = PRIMITIVES[self.arithmetic].is_finite
        try:
            with np.errstate(all="ignore"):  # the branch that is not chosen may overflow in an array
                results = dict(zip(self.outputs, self.function(*arguments), strict=True))
        except FAILURES:
            return None
        return results if all(map(is_finite, results.values())) else None

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The numbers to call `function` with.

        Raises `EvaluationError` that names one which is missing or not finite, and for batches of different lengths.
        """
        primitives = PRIMITIVES[self.arithmetic]
        arguments = []
        for name in self.inputs:
            if name not in values:
                raise EvaluationError(f"no value is given for {name}")
            arguments.append(self.convert(values[name]))
            if not primitives.is_finite(arguments[-1]):
                raise EvaluationError(f"the value given for {name} is not finite {primitives.scope}")
        if len({np.shape(argument) for argument in arguments if np.ndim(argument)}) > 1:
            shown = ", ".join(f"{name} {np.shape(values[name])}" for name in self.inputs if np.ndim(values[name]))
            raise EvaluationError("arrays of different shapes in one batch", hint=shown[:200])
        return arguments

    def convert(self, value: Any) -> Any:  # noqa: ANN401 - a number of any kind
        """The number of this arithmetic that is nearest to `value`; in balls the exact one, or a ball around it."""
        return PRIMITIVES[self.arithmetic].convert(value)

    def explain(self, values: Mapping[str, Any]) -> EvaluationError:
        """The error for inputs at which an output has no finite value: it names the first definition that has none."""
        arguments = self.arguments(values)
        known = dict(zip(self.inputs, arguments, strict=True))

        def note(name: str, value: Any) -> Any:  # noqa: ANN401 - a number of any arithmetic
            known[name] = self.settle(name, value) if self.settle else value
            return known[name]

        watched = _lambdified(self.forms, self.inputs, self.outputs, self.arithmetic, note)
        with suppress(*FAILURES), np.errstate(all="ignore"):
            watched(*arguments)
        primitives = PRIMITIVES[self.arithmetic]
        failed = next(definition for definition in self.definitions if definition.name not in known)
        shown = ", ".join(f"{name} = {primitives.show(known[name])}" for name in failed.uses[:4] if name in known)
        return EvaluationError(
            f"{failed.name} has no finite value {primitives.scope}",
            hint=f"it is {text(failed.expression)[:200]}" + (f" with {shown}" if shown else ""),
        )


def compile_program(
    definitions: Sequence[Named],
    inputs: Sequence[str],
    outputs: Sequence[str],
    arithmetic: Arithmetic = Arithmetic.FLOAT,
    *,
    settle: Settle | None = None,
) -> Program:
    """`definitions`, in their order, as one function of `inputs` that returns `outputs`; what they need is computed.

    Floats, arrays and mpmath are given forms of the same value that neither overflow nor cancel. With
    `settle(name, value)` every definition is taken to have the value that it returns for the computed one: rounded,
    say, as by hand.

    >>> from symbackprop.expressions.tree import multiply, symbol
    >>> from symbackprop.network.graph import Definition
    >>> square = Definition("y", multiply([symbol("x"), symbol("x")]))
    >>> compile_program([square], ["x"], ["y"])({"x": 3})
    {'y': 9.0}
    """
    with growing():
        needed = _needed(definitions, outputs, {})
        rewritten: Mapping[str, sp.Expr] = {}
        if arithmetic is not Arithmetic.BALL:
            rewritten = stable_forms({definition.name: definition.expression for definition in needed})
            needed = _needed(needed, outputs, rewritten) if rewritten else needed
        forms = {definition.name: rewritten.get(definition.name, definition.expression) for definition in needed}
        function = _lambdified(forms, inputs, outputs, arithmetic, settle)
    return Program(tuple(inputs), tuple(outputs), arithmetic, function, tuple(needed), forms, settle)


def _needed(definitions: Sequence[Named], outputs: Sequence[str], rewritten: Mapping[str, sp.Expr]) -> list[Named]:
    """The definitions that `outputs` rest on, in order, those in `rewritten` with the expression there."""
    wanted = set(outputs)
    kept: list[Named] = []
    for definition in reversed(definitions):
        if definition.name in wanted:
            kept.append(definition)
            new = rewritten.get(definition.name)
            wanted.update(definition.uses if new is None else symbols_of(new))
    return kept[::-1]


def _lambdified(
    forms: Mapping[str, sp.Expr],
    inputs: Sequence[str],
    outputs: Sequence[str],
    arithmetic: Arithmetic,
    settle: Settle | None,
) -> Callable[..., Sequence[Any]]:
    primitives = PRIMITIVES[arithmetic]
    translation = Translation(inputs, keep=settle is not None)
    for name, expression in forms.items():
        translation.define(name, expression)
    functions = dict(primitives.functions)
    statements = translation.statements
    if arithmetic is Arithmetic.BALL:
        statements = [(target, _BOUNDED(tree)) for target, tree in statements]
    if settle is not None:
        functions["settle"] = _settling(settle, list(translation.defined.values()), primitives.is_finite)
        index = {target: sp.Integer(place) for place, target in enumerate(translation.defined)}
        statements = [
            (target, _SETTLE(index[target], tree) if target in index else tree) for target, tree in statements
        ]
    function: Callable[..., Sequence[Any]] = sp.lambdify(
        translation.arguments,
        tuple(translation.known[name] for name in outputs),
        modules=[functions],
        printer=lambda tree: code(tree, primitives),
        cse=lambda results: (statements, results),
        docstring_limit=0,
    )
    return function


_SETTLE, _BOUNDED = sp.Function("settle"), sp.Function("bounded")


def _settling(settle: Settle, names: Sequence[str], is_finite: Callable[[Any], bool]) -> Callable[[Any, Any], Any]:
    def settled(index: Any, value: Any) -> Any:  # noqa: ANN401 - numbers of any arithmetic
        if not is_finite(value):
            raise ArithmeticError
        return settle(names[int(index)], value)

    return settled
