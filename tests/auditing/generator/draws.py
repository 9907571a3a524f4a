"""What is left to chance: the same for the same seed on every machine."""

from __future__ import annotations

from random import Random


def draws(what: str, seed: int) -> Random:
    """A source of chance of its own for each use of a seed."""
    return Random(f"{what} {seed}")  # noqa: S311


def flip(random: Random, chance: float = 0.5) -> bool:
    """True with a chance."""
    return random.random() < chance
