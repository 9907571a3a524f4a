"""View and Used: how the names of a chain are read, and what an evaluation has made use of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Name, Partial
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.truth import Quantity

PRIME = re.compile("['′]|^new$")


def is_marked(name: Name) -> bool:
    """Whether a name is marked as that of after an update: w', or, once there was one, any other with a prime."""
    return name.updated or PRIME.search(name.superscript) is not None


class Lying(Enum):
    """How the vectors of a document lie that bear a name, which a formula such as h^T δ alone does not tell."""

    COLUMN = "column"
    ROW = "row"
    LOOSE = "loose"  # each as it fits
    MULTIPLIED = "multiplied"  # the same, and what stands on the sides of a * is multiplied as matrices are


@dataclass(frozen=True, slots=True)
class View:
    """How the names of a chain are read.

    They are meant after `after` updates; where they are `settled`, a mark of an update says no more than that. Of a
    name that may stand for several quantities, `choices` says which is taken; `free` are the variables of a function,
    and `lying` is how vectors lie.
    """

    after: int = 0
    settled: bool = False
    choices: Mapping[str, int] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    lying: Lying = Lying.LOOSE


NOW = View()


Decimal = tuple[Fraction, Fraction]  # a value, and the unit of its last place


@dataclass(frozen=True, slots=True)
class PutIn:
    """What is found out about the numbers of a line: the quantities that some `stand_for`, and the `constants`.

    These are the decimals of a formula that nobody has rounded, for it holds with them. Numbers that are `untimely` are
    worth their quantities after another update than the line is read of.
    """

    stand_for: dict[Span, Quantity] = field(default_factory=dict)
    constants: set[Decimal] = field(default_factory=set)
    untimely: set[Span] = field(default_factory=set)


@dataclass(slots=True)
class Used:
    """What an evaluation has made use of."""

    strength: Strength = Strength.SPELT
    unknown: list[Name | Partial] = field(default_factory=list)
    blamed: set[int] = field(default_factory=set)  # claims whose fault was taken in
    reason: str = ""  # why there is no value
    depth: int = 0
    misfit: bool = False  # whether shapes did not fit
    vectors: bool = False  # whether a vector was met that may lie either way
