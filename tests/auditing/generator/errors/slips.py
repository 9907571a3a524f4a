"""Slips of the pen: digits, points, numbers that are not those that are given."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.errors.kinds import (
    KINDS,
    Kind,
    Scene,
    below,
    kind,
    misprint,
    put,
)
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    named,
    replaced,
)
from tests.auditing.generator.hand import Fault
from tests.auditing.generator.steps import Role, q


@misprint("slip in the arithmetic", "arithmetic", "typo")
def _slip(printed: str, random: Random) -> str:
    places = [place for place, character in enumerate(printed) if character.isdigit()][-5:]
    place = random.choice(places)
    digit = (int(printed[place]) + random.choice((1, -1, 2, -2, 3))) % 10
    return printed[:place] + str(digit) + printed[place + 1 :]


@misprint("point moved", "decimal-shift")
def _moved(printed: str, random: Random) -> str:
    sign, digits = ("-", printed[1:]) if printed.startswith("-") else ("", printed)
    whole, _, places = digits.partition(".")
    if flip(random) and len(places) > 1:
        return f"{sign}{int(whole + places[0])}.{places[1:]}"
    return f"{sign}{whole[:-1] or '0'}.{whole[-1]}{places}"


@misprint("digits exchanged", "digit-swap", "typo")
def _exchanged(printed: str, random: Random) -> str:
    pairs = [
        place
        for place in range(len(printed) - 1)
        if printed[place : place + 2].isdigit() and printed[place] != printed[place + 1]
    ]
    if not pairs:
        return ""
    place = random.choice(pairs)
    return printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]


def _mistyped(scene: Scene, random: Random) -> Iterator[Fault]:
    for index, _ in scene.at(Role.NET, Role.ERROR, Role.COST, Role.BY_NET, Role.GRADIENT, Role.UPDATE):
        numbers = [part.text for part in below(scene.lines[index].numbers) if isinstance(part, Constant)]
        long = sorted({text for text in numbers if numbers.count(text) == 1 and len(text.lstrip("-0.")) > 1})
        for text in long:
            wrong = _slip(text, random)
            if Fraction(wrong) and wrong != text:
                yield Fault("operand mistyped", index, showing="numbers", operand=(text, wrong))


KINDS["operand mistyped"] = Kind(
    "operand mistyped", "typo", _mistyped, ("digit-swap", "arithmetic", "wrong-constant", "inconsistent-setup")
)


@kind(
    "another value than is given", "inconsistent-setup", "wrong-constant", "typo", "wrong-quantity", "wrong-index",
    "decimal-shift", "digit-swap", "sign", showing=("numbers",),
)  # fmt: skip
def _not_as_given(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.ERROR):
        for name in dict.fromkeys(named(step.formula)):
            if name in scene.example.values:
                given = scene.example.values[name]
                digit = str((int(given[-1]) + 3) % 10)
                if Fraction(given[:-1] + digit):
                    yield index, replaced(step.formula, q(name), Constant(given[:-1] + digit))


@kind("more digits than are known", "false-precision", showing=("result",))
def _too_precise(scene: Scene) -> Iterator[tuple[int, Formula]]:
    if scene.hand.decimals < 7:
        return
    for index, step in scene.at(Role.OUT, Role.SLOPE, Role.ERROR):
        values = {name: _value(scene, name) for name in named(step.formula)}
        if any(values.values()):
            yield index, put(step.formula, {name: Constant(f"{float(number):.4f}") for name, number in values.items()})


def _value(scene: Scene, name: str) -> Fraction:
    if name in scene.example.values:
        return Fraction(scene.example.values[name])
    return next(line.exact for line in scene.lines if line.step.name == name)
