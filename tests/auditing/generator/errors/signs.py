"""Errors in signs, factors, constants, formulas and paths."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.errors.kinds import (
    BACKWARD,
    HIDDEN,
    KINDS,
    Kind,
    Scene,
    below,
    kind,
)
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    Function,
    Opposite,
    Product,
    Quantity,
    Quotient,
    Square,
    Sum,
    minus,
    plus,
    replaced,
    times,
)
from tests.auditing.generator.hand import Fault
from tests.auditing.generator.networks import RATES
from tests.auditing.generator.steps import ONE, RATE, TWO, Role, partial, q

# Signs


def _negated(scene: Scene, random: Random) -> Iterator[Fault]:
    # A node error of either sign is a convention where it has a name of its own; a partial has one sign.
    roles = [role for role in BACKWARD if scene.manner.backward == "chain" or role is not Role.BY_NET]
    for index, _ in scene.at(*roles):
        due = scene.lines[index].due
        text = due.removeprefix("-") if due.startswith("-") else "-" + due
        if Fraction(text):
            yield Fault("sign of a result", index, misprint=text, carried=flip(random))


KINDS["sign of a result"] = Kind("sign of a result", "sign", _negated)


@kind("sign in an update", "sign")
def _uphill(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.UPDATE):
        match step.formula:
            case Sum((weight, Opposite(change))):
                yield index, plus(weight, change)
            case Sum((weight, change)):
                yield index, minus(weight, change)


@kind("sign of a difference", "sign")
def _difference(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_OUT, Role.PATH):
        yield from ((index, formula) for formula in _turned(step.formula))
    if scene.manner.backward == "chain":
        for index, step in scene.at(Role.BY_NET):
            yield from ((index, formula) for formula in _turned(step.formula))


def _turned(formula: Formula) -> Iterator[Formula]:
    """`formula` with the sign of a difference turned, each in its turn."""
    for part in below(formula):
        match part:
            case Opposite(Sum() | Product() as operand):
                yield replaced(formula, part, operand)
            case Sum((Quantity(_) as one, Opposite(Quantity(_) as other))):
                yield replaced(formula, part, minus(other, one))


@kind("sign of a difference in a node error", "sign", showing=("numbers",))
def _node_difference(scene: Scene) -> Iterator[tuple[int, Formula]]:
    # Under the right symbols: which sign is meant is what they say.
    if scene.manner.backward != "chain":
        for index, step in scene.at(Role.BY_NET):
            if step.unit and step.unit.output:
                yield from ((index, formula) for formula in _turned(step.formula))


# Factors


@kind("factor left out", "missing-factor", "wrong-formula", "convention")
def _without(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_NET, Role.GRADIENT, Role.PATH):
        if isinstance(step.formula, Product):
            factors = step.formula.factors
            for out in range(len(factors)):
                yield index, times(*factors[:out], *factors[out + 1 :])


@kind("learning rate left out", "missing-factor")
def _without_rate(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.UPDATE):
        for part in below(step.formula):
            if isinstance(part, Product) and part.factors[0] == q(RATE):
                yield index, replaced(step.formula, part, times(*part.factors[1:]))


@kind("factor twice", "extra-factor", showing=HIDDEN)
def _twice(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_NET, Role.GRADIENT, Role.PATH):
        if isinstance(step.formula, Product):
            for factor in step.formula.factors:
                yield index, times(*step.formula.factors, factor)


@kind("foreign factor", "extra-factor")
def _foreign(scene: Scene) -> Iterator[tuple[int, Formula]]:
    if scene.manner.backward == "chain":
        for index, step in scene.at(Role.GRADIENT):
            unit = step.unit
            if unit and unit.output and isinstance(step.formula, Product):
                names = scene.example.names
                slope = partial(names.out(unit), names.net(unit))
                if scene.known(slope):
                    yield index, times(*step.formula.factors, q(slope))


# Conventions


@kind("half of the cost", "convention", "missing-factor", "extra-factor")
def _half(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.ERROR, Role.COST):
        match step.formula:
            case Product((Quotient(), Square() as square)):
                yield index, square
            case Square() as square:
                yield index, times(Quotient(ONE, TWO), square)


@kind("two of the square", "convention", "missing-factor", "extra-factor")
def _two(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_OUT):
        if step.unit and step.unit.output:
            match step.formula:
                case Product((Constant("2"), difference)) | Opposite(Product((Constant("2"), difference))):
                    yield index, Opposite(difference) if isinstance(step.formula, Opposite) else difference
                case Opposite(Sum() as difference):
                    yield index, Opposite(times(TWO, difference))
                case Sum():
                    yield index, times(TWO, step.formula)


@kind("sum for mean", "convention", "missing-factor", "extra-factor")
def _mean(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.COST):
        match step.formula:
            case Quotient(total, _):
                yield index, total
            case Sum(terms):
                yield index, Quotient(step.formula, Constant(str(len(terms))))


# Constants, formulas, paths


@kind("another learning rate", "wrong-constant", "inconsistent-setup", "typo", "decimal-shift", showing=HIDDEN)
def _other_rate(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.UPDATE):
        for rate in RATES:
            if Fraction(rate) != Fraction(scene.example.rate):
                yield index, replaced(step.formula, q(RATE), Constant(rate))


@kind("derivative of another activation", "wrong-formula", "missing-factor", "wrong-quantity")
def _other_slope(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    for index, step in scene.at(Role.SLOPE, Role.BY_NET):
        if step.unit is None:
            continue
        a = q(names.out(step.unit))
        sigmoid, tanh = (a, minus(ONE, a)), minus(ONE, Square(a))
        match step.formula:
            case Product(factors) if factors[-2:] == sigmoid:
                yield index, times(*factors[:-2], tanh)
                yield index, times(*factors[:-1])
            case Product((*before, factor)) if factor == tanh:
                yield index, times(*before, *sigmoid)
                yield index, times(*before, minus(ONE, a))
            case formula if formula == tanh:
                yield index, times(*sigmoid)
                yield index, minus(ONE, a)


@kind("another activation", "wrong-formula", showing=("result",))
def _other_activation(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.OUT):
        match step.formula:
            case Function("sigmoid", net):
                yield index, Function("tanh", net)
            case Function("tanh", net):
                yield index, Function("sigmoid", net)


@kind("path left out", "missing-paths", "missing-factor")
def _path(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_OUT, Role.BY_NET):
        if step.unit and not step.unit.output:
            for part in below(step.formula):
                if isinstance(part, Sum) and all(isinstance(term, Product | Quantity) for term in part.terms):
                    for out in range(len(part.terms)):
                        kept = part.terms[:out] + part.terms[out + 1 :]
                        yield index, replaced(step.formula, part, plus(*kept))
