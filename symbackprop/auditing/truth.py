"""Quantity and Truth: what every quantity of a network is worth, at the given numbers and at points near them."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from types import MappingProxyType

import flint

from symbackprop.auditing.effort import Effort
from symbackprop.auditing.values import ball, between
from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Element, Interpretation
from symbackprop.derivation.steps import Derivation, Step
from symbackprop.derivation.working import derive, partial_steps
from symbackprop.errors import LimitError, SymbackpropError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.enclosure import Ball
from symbackprop.evaluation.training import Replay
from symbackprop.expressions.names import partial, split_partial, updated
from symbackprop.expressions.numerals import fraction_of, last_place
from symbackprop.expressions.tree import walk
from symbackprop.network.problem import Claim, Problem, read_equations

KINKED = frozenset({"relu", "leaky_relu", "elu", "abs", "max", "min", "if_positive", "Step"})
BITS = 192
POINTS = 3  # besides the given numbers, at which an identity has to hold
BITS_LIMIT = 12_288
FINE = flint.arb(2) ** -120  # the widest enclosure that is gone on with after many updates


@dataclass(frozen=True, slots=True)
class Quantity:
    """scale · the quantity `name` of the network after `after` updates: of (t - y)·y' the node error, times -1."""

    name: str
    after: int = 0
    scale: Fraction = Fraction(1)

    def __hash__(self) -> int:
        return hash((self.name, self.after))  # that of a fraction takes long, and tells few apart

    def __neg__(self) -> Quantity:
        return replace(self, scale=-self.scale)


class _Values:
    """The values of a derivation's list at given numbers, each found when it is asked for."""

    def __init__(self, derivation: Derivation, given: Mapping[str, Element]) -> None:
        self.derivation = derivation
        self.given = given
        self._read = Interpretation(Balls(), given)

    def value(self, name: str) -> Element:
        """The enclosure of a quantity. Raises `ZeroDivisionError`, and `KeyError` for what is none."""
        if name not in self._read.names:
            waiting = [name]
            while waiting:
                step = self.derivation.by_name.get(waiting[-1])
                if step is None:
                    self._read.names[waiting[-1]] = self._apart(waiting[-1])
                    waiting.pop()
                    continue
                rest = [use for use in step.uses if use not in self._read.names]
                if rest:
                    waiting.extend(rest)
                    continue
                self._read.define(waiting.pop(), step.expression)
        return self._read.names[name]

    def _apart(self, name: str) -> Element:
        """A partial that the derivation does not list."""
        pair = split_partial(name)
        graph = self.derivation.problem.graph
        if pair is None or not {*pair} <= {*graph.names}:
            raise KeyError(name)
        if pair[0] == pair[1]:
            return flint.arb(1)
        if pair[0] not in graph.by_name or pair[0] not in graph.dependents([pair[1]]):
            return flint.arb(0)
        for definition in graph.needed([pair[0]]):
            with suppress(KeyError):
                self.value(definition.name)
        reading = Interpretation(Balls(), self._read.names)
        for step in partial_steps(self.derivation, *pair):
            reading.define(step.name, step.expression)
        return reading.names[name]


class Truth:
    """The exact values of everything in the derivation of `problem`.

    Where a leaf has no value, what rests on it has none, but for the quantities that the problem's claims give a
    printed number for: these are worth that, give or take a unit of its last place, until the first update.

    `points` are sets of numbers near the given ones: what holds at all of them, by enclosures of 192 bits, holds as an
    identity for all that a document is concerned; what fails at one of them is no identity, with proof. Numbers that
    are 0, 1 or -1 are left as they are, for authors leave out what is multiplied by 1 or adds 0; and the targets of a
    softmax that add up to 1 go on doing so. Replays of many updates are taken from `effort`.
    """

    def __init__(self, problem: Problem, effort: Effort | None = None) -> None:
        self.problem = problem
        self.effort = effort or Effort()
        self.derivation = derive(problem)
        self.given: Mapping[str, Fraction] = problem.exact_values()
        given = dict(self.given)
        self.open = tuple(name for name in problem.graph.leaves if name not in given)
        self.names = frozenset({*given, *self.open, *self.derivation.by_name})
        self.taken = {claim.name: _rounded(claim) for claim in problem.claims} if self.open else {}
        anywhere = given | {name: Fraction(2 + index % 7, 10) for index, name in enumerate(self.open)}
        shares = problem.graph.targets if {"exp", "log"} <= self.functions else ()
        seeds = range(POINTS + bool(self.open))
        self._given = [given, *(_near(anywhere, seed, shares) for seed in seeds)]
        self._values: dict[tuple[int, int], _Values] = {}
        self._steps: dict[str, Step | None] = {}
        self._replays: dict[int, Replay] = {}

    def value(self, quantity: Quantity, point: int = 0) -> Ball:
        """The enclosure of a quantity at the given numbers (point 0) or at one of `POINTS` points near them.

        Raises `SymbackpropError` where there is no such quantity, or it has no finite value.
        """
        with flint.ctx.workprec(BITS):
            try:
                found = self._at(point, quantity.after).value(quantity.name) * ball(quantity.scale)
            except KeyError as error:
                raise SymbackpropError(self._lacking(quantity, str(error.args[0]))) from None
            except ZeroDivisionError:
                raise SymbackpropError(f"{quantity.name} has no value") from None
            if not found.is_finite():
                raise SymbackpropError(f"{quantity.name} has no finite value")
            return found

    @cached_property
    def has_kinks(self) -> bool:
        """Whether a function of the network has different slopes on the sides of a point, as relu has."""
        return bool(self.functions & KINKED)

    @cached_property
    def functions(self) -> frozenset[str]:
        """The names of the functions of the network, and of the operations."""
        definitions = self.problem.graph.definitions
        return frozenset(node.func.__name__ for definition in definitions for node in walk(definition.expression))

    @cached_property
    def elsewhere(self) -> Truth:
        """The same network at numbers near the given ones, where all is known: point n of it is point n + 1 here."""
        moved = copy.copy(self)
        moved.open, moved.taken, moved._given, moved._values = (), {}, self._given[1:], {}
        return moved

    def _lacking(self, quantity: Quantity, name: str) -> str:
        if name not in self.open and updated(name) not in self.derivation.by_name:
            return f"{quantity.name} has no value"
        lacking = name if name in self.open else ", ".join(self.open)
        what = "it" if name in self.open else quantity.name
        return f"{what} rests on {lacking}, which the document does not state"

    def knows(self, name: str) -> bool:
        """Whether `name` is a quantity: a leaf, a step of the derivation, or a partial between two quantities."""
        if name in self.names:
            return True
        pair = split_partial(name)
        return pair is not None and {*pair} <= {*self.problem.graph.names}

    def step(self, name: str) -> Step | None:
        """The step that works a quantity out: of the derivation, or else the chain rule from what is differentiated."""
        if name not in self._steps:
            step, pair = self.derivation.by_name.get(name), split_partial(name)
            if step is None and pair is not None and self.knows(name) and pair[0] in self.problem.graph.by_name:
                found = (one for one in partial_steps(self.derivation, *pair) if one.name == name)
                step = next(found, None) if pair[0] in self.problem.graph.dependents([pair[1]]) else None
            self._steps[name] = step
        return self._steps[name]

    def partial(self, of: str, by: str) -> str | None:
        """The name of ∂of/∂by, for any two quantities of the network; None where one of them is none."""
        name = partial(of, by)
        return name if self.knows(name) else None

    def _at(self, point: int, after: int) -> _Values:
        key = (point, after)
        if key not in self._values:
            given = {name: ball(value) for name, value in self._given[point].items()}
            if not point and not after:
                given |= self.taken
            elif not point and self.open:
                given = {name: value for name, value in given.items() if name not in self.problem.trained_parameters()}
            self._values[key] = _Values(self.derivation, given | self._parameters(point, after))
        return self._values[key]

    def _parameters(self, point: int, after: int) -> dict[str, Element]:
        """The trained parameters after so many updates."""
        if after == 0:
            return {}
        if self.open and not point:
            return self._known_parameters(after)
        if point or after <= 3:
            before = self._at(point, after - 1)
            with suppress(KeyError):
                return {name: before.value(updated(name)) for name in self.problem.trained_parameters()}
            return {}
        bits = BITS
        while True:
            found = self._replayed(after, bits)
            if bits >= BITS_LIMIT or all(flint.arb(value).rad() < FINE for value in found.values()):
                return {name: flint.arb(value) for name, value in found.items()}
            bits *= 4

    def _replayed(self, after: int, bits: int) -> dict[str, Element]:
        """The trained parameters after many updates, in balls of so many bits."""
        steps = len(self.derivation.sequence)
        if bits not in self._replays:
            self._replays[bits] = Replay(self.derivation, Arithmetic.BALL, bits)
        replay = self._replays[bits]
        if not self.effort.allows(replay.missing(after) * steps * bits // BITS):
            raise LimitError(f"{after} updates of {steps} steps are too many to enclose")
        before = replay.made
        try:
            return replay.after(after)
        finally:
            self.effort.replay((replay.made - before) * steps * bits // BITS)

    def _known_parameters(self, after: int) -> dict[str, Element]:
        """The trained parameters that do not rest on what is not stated."""
        if after > 1:
            return {}
        found: dict[str, Element] = {}
        for name in self.problem.trained_parameters():
            with suppress(KeyError):
                found[name] = self._at(0, 0).value(updated(name))
        return found


@lru_cache(maxsize=1)
def without_network() -> Truth:
    """What is known where there is no network: a number so small that none in a document is taken for it."""
    graph = read_equations({"something": "nothing"}, ["nothing"], [], [])
    return Truth(Problem(graph, MappingProxyType({"nothing": "1e-90"})))


def _rounded(claim: Claim) -> Ball:
    """What a printed number may stand for that a hand has rounded on the way."""
    value, reach = fraction_of(claim.printed), last_place(claim.printed)
    return between(value - reach, value + reach)


def _near(given: Mapping[str, Fraction], seed: int, shares: Sequence[str]) -> dict[str, Fraction]:
    """Numbers within a tenth of the given ones, but for 0, 1 and -1; `shares` that add up to 1 are scaled to do so."""
    generator = random.Random(f"symbackprop {seed}")  # noqa: S311 - for points, not for secrets
    moved = {}
    for name, value in given.items():
        shift = Fraction(generator.choice((-1, 1)) * generator.randint(2_000, 10_000), 100_000)
        moved[name] = value if value in (0, 1, -1) else value * (1 + shift)
    if sum(given[name] for name in shares) == 1:
        total = sum(moved[name] for name in shares)
        moved |= {name: moved[name] / total for name in shares}
    return moved
