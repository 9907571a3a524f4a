"""Quantities that are always worth the same, as ∂E_o1/∂net_o1 and ∂E_total/∂net_o1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress

from symbackprop.auditing.values import NoValueError
from symbackprop.evaluation.enclosure import Ball

DIGITS = 30  # to which quantities agree that are always worth the same

_Key = tuple[str, str]


class Alike:
    """Names of quantities by what they are `worth` at two points.

    Constants are left out: that two of them are 0 says nothing of one by the other.
    """

    def __init__(self, names: Iterable[str], worth: Callable[[str, int], Ball]) -> None:
        self._worth = worth
        self._keys: dict[str, _Key | None] = {}
        self._groups: dict[_Key, list[str]] = defaultdict(list)
        for name in names:
            self.enter(name)

    def enter(self, name: str) -> None:
        """Takes up one more name."""
        if name not in self._keys:
            self._keys[name] = key = self._key(name)
            if key is not None:
                self._groups[key].append(name)

    def of(self, name: str) -> tuple[str, ...]:
        """The names that are always worth the same as one, itself among them."""
        key = self._keys.get(name)
        return (name,) if key is None else tuple(self._groups[key])

    def _key(self, name: str) -> _Key | None:
        with suppress(NoValueError):
            one, other = (self._worth(name, point).mid().str(DIGITS, radius=False) for point in (1, 2))
            return (one, other) if one != other else None
        return None
