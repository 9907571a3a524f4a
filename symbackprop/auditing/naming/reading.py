"""Reading: what a name that a document writes may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.truth import Quantity


class Strength(IntEnum):
    """How sure it is what a name stands for; nothing is accused on a guess alone."""

    GUESSED = 1  # by its role (output, error, learning rate), by its place, by the number beside it
    DEFINED = 2  # by what the document defines it to be
    SPELT = 3  # by its spelling


@dataclass(frozen=True, slots=True)
class Reading:
    """A name read as quantities of the network, row by row (a scalar: one row of one).

    Or, where the document defines a quantity of its own that is none of the network's, as the tree `body`; `rows` is
    then empty. `flat` says that a vector does not say which way it lies.
    """

    rows: tuple[tuple[Quantity, ...], ...]
    strength: Strength
    body: Node | None = None
    flat: bool = False

    @property
    def scalar(self) -> Quantity | None:
        """The one quantity, where it is one."""
        return self.rows[0][0] if len(self.rows) == 1 and len(self.rows[0]) == 1 else None

    @property
    def entries(self) -> tuple[Quantity, ...]:
        """All quantities, row by row."""
        return tuple(quantity for row in self.rows for quantity in row)

    @property
    def is_vector(self) -> bool:
        """Whether it is more than one quantity, in a row or in a column."""
        return len(self.entries) > 1 and (len(self.rows) == 1 or len(self.rows[0]) == 1)
