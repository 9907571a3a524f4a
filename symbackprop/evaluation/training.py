"""Replaying many updates: in floating point for the error curve, in balls for a claim about the N-th."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flint

from symbackprop.derivation.steps import Derivation
from symbackprop.errors import EvaluationError, NetworkError
from symbackprop.evaluation.arithmetic import PRIMITIVES, Arithmetic
from symbackprop.evaluation.enclosure import Ball
from symbackprop.evaluation.program import FAILURES, Program, compile_program
from symbackprop.expressions.names import updated

KEPT = 200  # updates, of which a replay keeps the last


@dataclass(frozen=True, slots=True)
class Record:
    """The cost, and the parameters, after `step` updates."""

    step: int
    cost: float
    parameters: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Update:
    """One update as a program of the trained parameters `names` and `constants`, whatever else is given."""

    derivation: Derivation
    program: Program
    names: tuple[str, ...]
    start: tuple[Any, ...]
    constants: tuple[Any, ...]

    def values(self, parameters: Sequence[Any]) -> dict[str, Any]:
        """Every given quantity, the trained parameters as they are now."""
        return dict(zip(self.program.inputs, (*parameters, *self.constants), strict=True))

    def replay(self, parameters: Sequence[Any], steps: int, done: int) -> Sequence[Any]:
        """The parameters after `steps` more updates; `done` is how many were made before."""
        function, constants, start = self.program.function, self.constants, parameters
        try:
            for _ in range(steps):
                parameters = function(*parameters, *constants)
        except FAILURES:
            raise self.failure(start, done) from None
        if not all(map(PRIMITIVES[self.program.arithmetic].is_finite, parameters)):
            raise self.failure(start, done)
        return parameters

    def failure(self, parameters: Sequence[Any], done: int) -> EvaluationError:
        """The error at the first update after `done` where the cost or a new parameter has no finite value."""
        program = self.program
        outputs = [*program.outputs, str(self.derivation.cost)]
        watched = compile_program(self.derivation.sequence, program.inputs, outputs, program.arithmetic)
        while (results := watched.attempt(self.values(parameters))) is not None:
            parameters = tuple(results[name] for name in program.outputs)
            done += 1
        error = watched.explain(self.values(parameters))
        return EvaluationError(f"after {done} updates {error.message}", hint=error.hint)


def _update(derivation: Derivation, arithmetic: Arithmetic) -> _Update:
    problem = derivation.problem
    if problem.training is None or problem.training.learning_rate is None:
        raise NetworkError("this network has no learning rate", hint="give learning_rate in [training] to have updates")
    given = problem.exact_values()
    trained = problem.trained_parameters()
    inputs = (*trained, *(name for name in given if name not in trained))
    program = compile_program(derivation.sequence, inputs, [updated(name) for name in trained], arithmetic)
    numbers = tuple(program.arguments(given))
    return _Update(derivation, program, trained, numbers[: len(trained)], numbers[len(trained) :])


def train(
    derivation: Derivation, steps: int, *, every: int = 1, progress: Callable[[int], None] | None = None
) -> Iterator[Record]:
    """The cost before the first update, after every `every`-th and after the last of `steps`; in floating point.

    Arguments: `progress` is called with the number of updates made, whenever a record is due. Raises
    `EvaluationError` with the step at which a quantity stops being finite, and `NetworkError` without a learning rate.
    """
    if steps < 0 or every < 1:
        raise NetworkError(f"{steps} updates, noted every {every}", hint="steps from 0, every from 1")
    update = _update(derivation, Arithmetic.FLOAT)
    cost = compile_program(derivation.sequence, update.program.inputs, [str(derivation.cost)], Arithmetic.FLOAT)
    return _records(update, cost, steps, every, progress or (lambda _: None))


def _records(
    update: _Update, cost: Program, steps: int, every: int, progress: Callable[[int], None]
) -> Iterator[Record]:
    shown = update.derivation.problem.graph.parameters
    parameters: Sequence[float] = update.start
    done = 0
    while True:
        values = update.values(parameters)
        results = cost.attempt(values)
        if results is None:
            raise update.failure(parameters, done)
        (value,) = results.values()
        yield Record(done, value, {name: values[name] for name in shown})
        progress(done)
        if done == steps:
            return
        count = min(every - done % every, steps - done)
        parameters = update.replay(parameters, count, done)
        done += count


class Replay:
    """The trained parameters after any number of updates; each is gone on to from the nearest that is kept.

    Of balls, `bits` is the working precision.
    """

    def __init__(self, derivation: Derivation, arithmetic: Arithmetic, bits: int = 53) -> None:
        self.made = 0  # updates in all
        self._update = _update(derivation, arithmetic)
        self._bits = bits
        self._kept: dict[int, Sequence[Any]] = {0: self._update.start}
        self._failure: tuple[int, EvaluationError] | None = None

    def after(self, steps: int) -> dict[str, Any]:
        """The parameters after so many updates.

        Raises `EvaluationError` with the step at which a quantity stops being finite, or can no longer be enclosed.
        """
        if self._failure is not None and steps >= self._failure[0]:
            raise self._failure[1]
        done = steps - self.missing(steps)
        parameters = self._kept[done]
        with flint.ctx.workprec(self._bits):
            while done < steps:
                count = min(KEPT - done % KEPT, steps - done)
                parameters = self._replayed(parameters, count, done)
                done += count
                self._kept[done] = parameters
        return dict(zip(self._update.names, parameters, strict=True))

    def missing(self, steps: int) -> int:
        """How many updates are to be made for the parameters after so many."""
        done = steps if steps in self._kept else steps - steps % KEPT
        while done not in self._kept:
            done -= KEPT
        return steps - done

    def _replayed(self, parameters: Sequence[Any], count: int, done: int) -> Sequence[Any]:
        self.made += count
        try:
            return self._update.replay(parameters, count, done)
        except EvaluationError as error:
            self._failure = (done + count, error)
            raise


def enclosed_after(derivation: Derivation, steps: Sequence[int], bits: int) -> Iterator[tuple[int, dict[str, Ball]]]:
    """(n, the trained parameters as balls after n updates) for each n of `steps`, at a working precision of `bits`.

    Raises `EvaluationError` with the step at which a quantity can no longer be enclosed.
    """
    replay = Replay(derivation, Arithmetic.BALL, bits)
    for wanted in sorted(set(steps)):
        yield wanted, replay.after(wanted)
