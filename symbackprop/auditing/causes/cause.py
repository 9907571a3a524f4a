"""Cause and Candidate: a kind of mistake, and what one mistake of that kind would have made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the texts are read without loading the mathematics
    from symbackprop.auditing.causes.inquiry import Inquiry
    from symbackprop.auditing.mathematics.tree import Node


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mistake that makes what is printed: `value` encloses what it makes, None where an identity is concerned.

    `sentence` says it with the numbers that decide. `changes` counts the slips that it takes, a likely one as less than
    one. `chance` is how many mistakes of this kind were expected to fit by coincidence alone. `last_resort` marks what
    is said only where nothing that explains the printed digits is found. `right` is a formula put right.
    """

    value: Any
    sentence: str
    changes: float = 1
    chance: float = 0.0
    last_resort: bool = False
    right: Node | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of mistake, with its documentation.

    `what` it is, `why` it is wrong, an `example` of a line with it and the `right` line; `search` finds the mistakes of
    this kind that lead to what a document prints.
    """

    code: str
    title: str
    what: str
    why: str
    example: str
    right: str
    search: Callable[[Inquiry], Iterator[Candidate]]
