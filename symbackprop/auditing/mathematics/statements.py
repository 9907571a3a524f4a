"""What a document states: chains of equations, and numbers that stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from symbackprop.auditing.documents.source import Block, Span
from symbackprop.auditing.mathematics.tree import Node


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A number, a list of numbers or an expression that stands in a sentence or a cell with no sign beside it."""

    value: Node
    span: Span
    block: int
    before: str = ""
    after: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """What looks like a claim and could not be read, and why."""

    span: Span
    reason: str
    block: int


Statement = Chain | Mention | Unread


@dataclass(frozen=True, slots=True)
class Statements:
    """All that a document states, in reading order, and the blocks that it stands in."""

    blocks: tuple[Block, ...]
    statements: tuple[Statement, ...]
