"""Effort: how much is worked for one audit where the work grows faster than the document."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 10_000  # units of a search for causes, of about a tenth of a millisecond
SEARCH = 30  # units, of one besides its places
STEPS = 2_000  # of a training that is done over in another way, to the unit
REPLAYS = 4_000_000  # steps of the training that is declared, where the bits are those of every value


@dataclass(slots=True)
class Effort:
    """What was spent so far, on the causes of faults and on the values after many updates.

    `stopped` is the offset of the first fault whose cause was not searched for, because nothing was left.
    """

    spent: int = 0
    replayed: int = 0
    stopped: int | None = None

    @property
    def is_spent(self) -> bool:
        """Whether no search for a cause is to be begun."""
        return self.spent >= MOST

    def search(self, places: int) -> None:
        """Notes a search for a cause, in which mistakes were tried at so many places."""
        self.spent += SEARCH + places

    def try_program(self, steps: int) -> None:
        """Notes so many steps of a training in another way."""
        self.spent += steps // STEPS

    def allows(self, steps: int) -> bool:
        """Whether so many steps of the training may be replayed."""
        return self.replayed + steps <= REPLAYS

    def replay(self, steps: int) -> None:
        """Notes so many steps of the training."""
        self.replayed += steps

    def stop(self, offset: int) -> None:
        """Notes that the cause of the fault at `offset` was not searched for."""
        self.stopped = offset if self.stopped is None else min(self.stopped, offset)
