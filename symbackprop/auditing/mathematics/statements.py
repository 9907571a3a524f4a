"""What a document states: chains of equations, and numbers that stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from symbackprop.auditing.documents.source import Block, Span
from symbackprop.auditing.mathematics.tree import Entries, Node


class Sign(StrEnum):
    """What stands between two members of a chain."""

    EQUAL = "="
    APPROXIMATE = "≈"
    DEFINED = ":="
    COLON = ":"
    ARROW = "→"
    INCREASED = "+="


@dataclass(frozen=True, slots=True)
class Chain:
    """member sign member sign ...: a = b = c; len(signs) == len(members) - 1, or == len(members) where it is headless.

    A headless chain begins with a sign ("= 0.5 - 0.61 = -0.11") and could not be joined to an equation before it.
    `before` and `after` are the words of the block that stand around it, `cells` the texts of the other cells of its
    table row, `block` the index of its block in the document. `joined` is the place of the first member that a later
    block begins with, after a sign with nothing before it; 0 where the chain stands in one block.
    """

    members: tuple[Node, ...]
    signs: tuple[Sign, ...]
    span: Span
    block: int
    before: str = ""
    after: str = ""
    cells: tuple[str, ...] = ()
    joined: int = 0

    @property
    def headless(self) -> bool:
        """Whether nothing stands before its first sign."""
        return len(self.signs) == len(self.members)


class Noun(StrEnum):
    """What words call a quantity."""

    WEIGHT = "weight"
    BIAS = "bias"
    PARAMETER = "parameter"
    GRADIENT = "gradient"
    DELTA = "node error"
    NET = "net input"
    ACTIVATION = "activation"
    INPUT = "input"
    TARGET = "target"
    COST = "cost"


class When(StrEnum):
    """When words say that something holds."""

    UNSAID = "unsaid"
    FIRST = "at first"
    LATER = "after an update"
    COUNTED = "after so many updates"


@dataclass(frozen=True, slots=True)
class Description:
    """What words say that a list of numbers holds: names in their layout, or else what they call it.

    `flat` names do not say how they lie. `layers` are those of "hidden" and "output" that the words speak of, `after`
    is how many updates they count. Where it is not `sure`, words stand among them that may say something else.
    """

    span: Span
    names: Entries | None
    nouns: tuple[Noun, ...] = ()
    layers: tuple[str, ...] = ()
    when: When = When.UNSAID
    after: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A number, a list of numbers or an expression that stands in a sentence or a cell with no sign beside it.

    `described` is what the words beside a list say that it holds.
    """

    value: Node
    span: Span
    block: int
    before: str = ""
    after: str = ""
    cells: tuple[str, ...] = ()
    described: Description | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """What looks like a claim and could not be read, and why."""

    span: Span
    reason: str
    block: int


Statement = Chain | Mention | Unread


@dataclass(frozen=True, slots=True)
class Statements:
    """All that a document states, in reading order, and the blocks that it stands in.

    Of a document that states too much, no more is read from the offset `ended` on.
    """

    blocks: tuple[Block, ...]
    statements: tuple[Statement, ...]
    ended: int | None = None
