"""Steps of a working, the manners in which authors work, and the names of what they work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.formulas import Constant, Formula, Quantity
from tests.auditing.generator.names import Unit

ONE, TWO = Constant("1"), Constant("2")
AGAIN = "@1"  # the mark of a value in the pass after the update
RATE = "eta"


class Role(StrEnum):
    """What a step is for."""

    NET = "net input"
    OUT = "activation"
    ERROR = "error"
    COST = "cost"
    BY_OUT = "slope of the error by an activation"
    SLOPE = "slope of an activation"
    LOCAL = "local partial"
    PATH = "one path"
    BY_NET = "node error"
    GRADIENT = "gradient"
    UPDATE = "update"
    TRAINED = "training result"


@dataclass(frozen=True, slots=True)
class Step:
    """name = forms[0] = ... = forms[-1], and its numbers are put into the last form."""

    name: str
    role: Role
    forms: tuple[Formula, ...]
    unit: Unit | None = None
    section: str = ""

    @property
    def formula(self) -> Formula:
        """The form that is worked."""
        return self.forms[-1]


@dataclass(frozen=True, slots=True)
class Manner:
    """How an author works: by the chain rule in partials, or by node errors, of either sign."""

    backward: str  # chain, node, reversed
    target_first: bool  # -(t - out), else out - t
    chains: bool  # the chain rule in partials stands before the working
    locals: bool  # ∂net/∂w on a line of its own
    paths: bool  # each output's part of ∂E/∂out on a line of its own
    layer_by_layer: bool  # the weights of a layer are updated before the next layer's gradients are taken
    again: str  # after the update: "" nothing, "forward" a second forward pass, "all" a second iteration
    renamed: bool  # after the update the new weights bear the names of the old ones
    updates: int  # after which the results of training are told; 0: they are not


def manner(random: Random) -> Manner:
    """Any manner."""
    backward = random.choice(("chain", "chain", "node", "reversed"))
    again, updates = random.choice((("forward", 0), ("", 1), ("", 100), ("forward", 10), ("", 0), ("all", 0)))
    return Manner(
        backward,
        target_first=flip(random),
        chains=flip(random, 0.7),
        locals=flip(random, 0.4),
        paths=flip(random, 0.4),
        layer_by_layer=flip(random, 0.3),
        again=again,
        renamed=again == "all" or flip(random, 0.3),
        updates=updates,
    )


def q(name: str) -> Quantity:
    return Quantity(name)


def partial(of: str, by: str) -> str:
    return f"d{of}/d{by}"


def updated(name: str) -> str:
    return f"{name}+"


def called(step: Step) -> tuple[str, ...]:
    """What the result of a step is called: a new weight bears its own name again in the next pass."""
    return (step.name, step.name[:-1] + AGAIN) if step.name.endswith("+") else (step.name,)
