"""Programs: the same network trained in another way, and what its quantities are worth then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import flint

from symbackprop.auditing.truth import BITS, Quantity, Truth
from symbackprop.auditing.values import ball
from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation
from symbackprop.derivation.chain_rule import levels
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import Ball
from symbackprop.evaluation.training import Replay
from symbackprop.network.problem import Order, Problem, Training

FEW = 3  # updates that are enclosed at once
WORK = 3_200_000  # updates · steps of a replay of each program
MOST_WORK = 20_000_000  # of the first few programs
DERIVED = 2_000  # updates, as which it counts to derive a program


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of training: the cause that it is an instance of ("" for the declared one), and what is done, in words."""

    cause: str
    mistake: str
    training: Training
    changes: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a quantity is worth after `after` updates by a program."""

    variant: Variant
    after: int
    value: Ball


def variants(problem: Problem) -> tuple[Variant, ...]:
    """The programs that are tried, the declared one first."""
    training = problem.training
    if training is None or training.learning_rate is None:
        return ()
    found = [Variant("", "", training), _other_order(training)]
    for frozen, mistake in _other_frozen(problem, training):
        changed = Variant("frozen-parameter", mistake, replace(training, frozen=frozen))
        found += [changed, _also_other_order(changed)]
    rate = Decimal(training.learning_rate)
    for factor, cause, mistake in _rates(problem):
        scaled = replace(training, learning_rate=f"{rate * factor:f}")
        changes = 2 if cause == "convention" else 1  # the gradients are printed too, and are not twice as large
        found.append(Variant(cause, mistake.format(rate=f"{rate * factor:f}"), scaled, changes))
    return tuple(found)


def _other_order(training: Training) -> Variant:
    if training.order is Order.SIMULTANEOUS:
        mistake = "The hidden gradients were taken through the new weights of the output layer"
        return Variant("updated-weights-used", mistake, replace(training, order=Order.OUTPUT_FIRST))
    mistake = "All weights were updated at once, though the output layer is declared to go first"
    return Variant("stale-state", mistake, replace(training, order=Order.SIMULTANEOUS))


def _also_other_order(variant: Variant) -> Variant:
    other = _other_order(variant.training)
    mistake = f"{variant.mistake}, and {other.mistake[0].lower()}{other.mistake[1:]}"
    return Variant(variant.cause, mistake, other.training, 2)


def _other_frozen(problem: Problem, training: Training) -> Iterator[tuple[tuple[str, ...], str]]:
    trained = problem.trained_parameters()
    if training.frozen:
        yield (), f"{_listed(training.frozen)} moved with the others, though declared fixed"
    added = biases_of(problem)
    biases = tuple(name for name in trained if name in added)
    if biases and len(biases) < len(trained):
        yield (*training.frozen, *biases), f"{_listed(biases)} stayed fixed"
    level = levels(problem.graph)
    layer: dict[str, int] = dict.fromkeys(trained, 0)
    for item in sorted(problem.graph.definitions, key=lambda item: -level[item.name]):
        layer |= {name: level[item.name] for name in item.uses if name in layer}
    top = max(layer.values(), default=0)
    early = tuple(name for name in trained if layer[name] < top)
    late = tuple(name for name in trained if layer[name] == top)
    if early and late:
        yield (*training.frozen, *early), "Only the weights of the last layer were updated"
        yield (*training.frozen, *late), "Only the weights before the last layer were updated"


def _rates(problem: Problem) -> Iterator[tuple[Decimal, str, str]]:
    yield Decimal(-1), "sign", "The gradients were added where they are to be taken away"
    yield Decimal(2), "convention", "The gradients were taken twice as large, as without the ½ of the loss"
    yield Decimal("0.5"), "convention", "The gradients were taken half as large, as with a ½ in the loss"
    yield Decimal(10), "wrong-constant", "The learning rate was {rate}"
    yield Decimal("0.1"), "wrong-constant", "The learning rate was {rate}"
    outputs = len(problem.graph.targets)
    if outputs > 2:
        yield Decimal(outputs), "convention", f"The errors of the {outputs} outputs were added where their mean is due"
    if outputs in (4, 5, 8, 10):
        yield Decimal(1) / outputs, "convention", f"The mean over the {outputs} outputs was taken for the sum"


def biases_of(problem: Problem) -> frozenset[str]:
    """The parameters that are added alone wherever they are used."""
    alone, otherwise = set(), {*problem.graph.inputs, *problem.graph.targets, *problem.graph.by_name}
    for item in problem.graph.definitions:
        terms = item.expression.args if item.expression.is_Add else ()
        added = {term.name for term in terms if term.is_Symbol}
        alone.update(added)
        otherwise.update(name for name in item.uses if name not in added)
    return frozenset(alone - otherwise)


def _listed(names: tuple[str, ...]) -> str:
    shown = names if len(names) < 5 else (*names[:2], "...", names[-1])
    return ", ".join(shown)


class Programs:
    """What other programs make of the quantities of one truth; replays are made once."""

    def __init__(self, truth: Truth) -> None:
        self._declared = truth
        self._truths: dict[Variant, Truth] = {}
        self._replays: dict[Variant, Replay] = {}

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """The programs that are tried."""
        return variants(self._declared.problem)

    @cached_property
    def biases(self) -> frozenset[str]:
        """The parameters that are trained and are added alone."""
        return biases_of(self._declared.problem) & {*self._declared.problem.trained_parameters()}

    def outcomes(self, quantity: Quantity, near: float, reach: float) -> Iterator[Outcome]:
        """The outcomes of all programs after one update fewer, as many, and one more that lie within `reach` of `near`.

        Of the declared program after as many updates there is none: that is what is due.
        """
        after, name = quantity.after, quantity.name
        if name.endswith("+"):
            after, name = after + 1, name[:-1]
        for variant in self.variants:
            if not self._is_within_reach(variant, after):
                continue
            for count in (after, after - 1, after + 1):
                if count < 0 or (count == 0 and variant.cause) or (not variant.cause and count == after):
                    continue
                with suppress(SymbackpropError, ArithmeticError, ValueError, KeyError):
                    if count > FEW and not abs(self._float(variant, name, count) - near) <= reach:
                        continue
                    value = self.truth(variant).value(Quantity(name, count, quantity.scale))
                    if abs(float(value.mid()) - near) <= reach:
                        yield Outcome(variant, count, value)

    def of_order(self, quantity: Quantity) -> Outcome | None:
        """What a quantity of before an update is worth with the other order of updates."""
        with suppress(SymbackpropError):
            variant = self.variants[1] if len(self.variants) > 1 else None
            if variant is None or not self._is_within_reach(variant, 0):
                return None
            return Outcome(variant, quantity.after, self.truth(variant).value(quantity))
        return None

    def truth(self, variant: Variant) -> Truth:
        """The exact values by a program."""
        if not variant.cause:
            return self._declared
        if variant not in self._truths:
            problem = replace(self._declared.problem, training=variant.training)
            self._truths[variant] = Truth(problem, self._declared.effort)
        return self._truths[variant]

    def _is_within_reach(self, variant: Variant, after: int) -> bool:
        """Whether a program is derived and replayed so far."""
        work = (after + DERIVED * bool(variant.cause)) * len(self._declared.derivation.sequence)
        return work <= (WORK if variant.cause not in ("", "updated-weights-used") else MOST_WORK)

    def _float(self, variant: Variant, name: str, count: int) -> float:
        derivation = self.truth(variant).derivation
        given = derivation.problem.exact_values()
        reading = Interpretation(Balls(), {key: ball(value) for key, value in given.items()})
        with flint.ctx.workprec(BITS):
            reading.names.update({key: flint.arb(value) for key, value in self._replayed(variant, count).items()})
            for step in derivation.needed([name]):
                if step.name not in reading.names:
                    reading.define(step.name, step.expression)
            return float(reading.names[name].mid())

    def _replayed(self, variant: Variant, count: int) -> Mapping[str, float]:
        """The parameters after so many updates in floating point."""
        derivation = self.truth(variant).derivation
        if variant not in self._replays:
            self._replays[variant] = Replay(derivation, Arithmetic.FLOAT)
        replay = self._replays[variant]
        before = replay.made
        try:
            return replay.after(count)
        finally:
            self._declared.effort.try_program((replay.made - before) * len(derivation.sequence))
