"""Scene, Kind and the table of all kinds; what an error is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    Quantity,
    parts,
    rebuilt,
)
from tests.auditing.generator.hand import Fault, Hand, Line
from tests.auditing.generator.networks import Example
from tests.auditing.generator.steps import Manner, Role, Step, q

HIDDEN = ("result", "numbers")
ANYWHERE = ("result", "numbers", "symbols")
BACKWARD = (Role.BY_OUT, Role.BY_NET, Role.GRADIENT, Role.PATH)
WORKED = (Role.NET, Role.OUT, Role.ERROR, Role.COST, Role.BY_OUT, Role.SLOPE, Role.BY_NET, Role.GRADIENT, Role.UPDATE)


@dataclass(frozen=True)
class Scene:
    """A document's network, its steps, and how it is worked without an error."""

    example: Example
    manner: Manner
    steps: Sequence[Step]
    hand: Hand
    lines: Sequence[Line]

    def at(self, *roles: Role) -> Iterator[tuple[int, Step]]:
        """The steps of some roles."""
        return ((index, step) for index, step in enumerate(self.steps) if step.role in roles)

    def known(self, name: str) -> bool:
        """Whether the document works a quantity, or has it given."""
        return name in self.example.values or any(step.name == name for step in self.steps)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: the cause it is called, and other causes that say the same of the same digits."""

    name: str
    cause: str
    faults: Callable[[Scene, Random], Iterator[Fault]]
    also: tuple[str, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """The causes that name it."""
        return (self.cause, *self.also)


Changes = Callable[[Scene], Iterator[tuple[int, Formula]]]
Misprints = Callable[[str, Random], str]

KINDS: dict[str, Kind] = {}


def kind(
    name: str, cause: str, *also: str, showing: Sequence[str] = ANYWHERE, worked: bool = False
) -> Callable[[Changes], Changes]:
    """Enters a kind: the wrong formulas that may stand for the right one at a step; `worked`: the working is shown."""

    def enter(changes: Changes) -> Changes:
        def faults(scene: Scene, random: Random) -> Iterator[Fault]:
            for index, formula in changes(scene):
                yield Fault(name, index, formula, random.choice(showing), carried=flip(random), worked=worked)

        KINDS[name] = Kind(name, cause, faults, also)
        return changes

    return enter


def misprint(name: str, cause: str, *also: str, roles: Sequence[Role] = WORKED) -> Callable[[Misprints], Misprints]:
    """Enters a kind: what becomes of a result that is right."""

    def enter(change: Misprints) -> Misprints:
        def faults(scene: Scene, random: Random) -> Iterator[Fault]:
            for index, _ in scene.at(*roles):
                text = change(scene.lines[index].due, random)
                if text and Fraction(text) != Fraction(scene.lines[index].due):
                    yield Fault(name, index, misprint=text, carried=flip(random))

        KINDS[name] = Kind(name, cause, faults, also)
        return change

    return enter


def below(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in parts(formula):
        yield from below(part)


def renamed(formula: Formula, names: dict[str, str]) -> Formula:
    """`formula` with other names, all at once."""
    return put(formula, {old: q(new) for old, new in names.items()})


def put(formula: Formula, by_name: dict[str, Quantity] | dict[str, Constant]) -> Formula:
    if isinstance(formula, Quantity):
        return by_name.get(formula.name, formula)
    return rebuilt(formula, lambda part: put(part, by_name))
