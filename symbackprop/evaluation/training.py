"""Replaying many updates: in floating point for the error curve, in balls for a claim about the N-th."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint

from symbackprop.derivation.steps import Derivation
from symbackprop.errors import EvaluationError, NetworkError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import Ball
from symbackprop.evaluation.program import Program, compile_program
from symbackprop.expressions.names import updated


@dataclass(frozen=True, slots=True)
class Record:
    """The cost, and the parameters, after `step` updates."""

    step: int
    cost: float
    parameters: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Update:
    """One update as a function of the trained parameters, then the constants."""

    program: Program
    trained: tuple[str, ...]
    constants: tuple[Any, ...]
    names: tuple[str, ...]


def _update(derivation: Derivation, arithmetic: Arithmetic) -> _Update:
    problem = derivation.problem
    if problem.training is None or problem.training.learning_rate is None:
        raise NetworkError(
            "this network has no learning rate", hint="give learning_rate in [training] to have updates"
        )
    given = problem.exact_values()
    trained = problem.trained_parameters()
    names = tuple(name for name in given if name not in trained)
    outputs = [updated(name) for name in trained]
    program = compile_program(derivation.sequence, (*trained, *names), outputs, arithmetic)
    convert = program.convert
    return _Update(program, trained, tuple(convert(given[name]) for name in names), names)


def train(
    derivation: Derivation, steps: int, *, every: int = 1, progress: Callable[[int], None] | None = None
) -> Iterator[Record]:
    """The cost before the first update, after every `every`-th and after the last of `steps`; in floating point.

    Arguments: `progress` is called with the number of updates made, whenever a record is due. Raises
    `EvaluationError` with the step at which a quantity stops being finite.
    """
    update = _update(derivation, Arithmetic.FLOAT)
    given = derivation.problem.exact_values()
    assert derivation.cost is not None
    cost = compile_program(derivation.sequence, update.program.inputs, [derivation.cost], Arithmetic.FLOAT)
    parameters: Sequence[float] = [update.program.convert(given[name]) for name in update.trained]
    done = 0
    while True:
        at = {**dict(zip(update.trained, parameters, strict=True)), **dict(zip(update.names, update.constants, strict=True))}
        try:
            value = cost(at)[derivation.cost]
        except EvaluationError as error:
            raise EvaluationError(f"after {done} updates {error.message}", hint=error.hint) from None
        yield Record(done, value, {**{name: at[name] for name in derivation.problem.graph.parameters}})
        if progress:
            progress(done)
        if done == steps:
            return
        count = min(every - done % every, steps - done)
        parameters = _replay(update, parameters, count, done)
        done += count


def _replay(update: _Update, parameters: Sequence[Any], count: int, done: int) -> Sequence[Any]:
    function, constants = update.program.function, update.constants
    step = 0
    try:
        for step in range(count):
            parameters = function(*parameters, *constants)
    except (ArithmeticError, ValueError) as cause:
        values = dict(zip(update.program.inputs, (*parameters, *constants), strict=True))
        error = update.program.explain(values, cause)
        raise EvaluationError(f"after {done + step} updates {error.message}", hint=error.hint) from None
    return parameters


def enclosed_after(derivation: Derivation, steps: Sequence[int], bits: int) -> Iterator[tuple[int, dict[str, Ball]]]:
    """(n, the trained parameters as balls after n updates) for each n of `steps`, at a working precision of `bits`."""
    with flint.ctx.workprec(bits):
        update = _update(derivation, Arithmetic.BALL)
        given = derivation.problem.exact_values()
        parameters: Sequence[Ball] = [update.program.convert(given[name]) for name in update.trained]
        done = 0
        for wanted in sorted(set(steps)):
            parameters = _replay(update, parameters, wanted - done, done)
            done = wanted
            yield done, dict(zip(update.trained, parameters, strict=True))


def problem_values_after(derivation: Derivation, parameters: Mapping[str, Ball]) -> dict[str, Fraction | Ball]:
    """The given values with the trained parameters replaced."""
    return {**derivation.problem.exact_values(), **parameters}
