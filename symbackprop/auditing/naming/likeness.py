"""Names that are nearly spelt as another: 00 for O0, wl for w1, net_hl for net_h1."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from symbackprop.auditing.mathematics.tree import Name, Node, Number
from symbackprop.auditing.naming.spelling import key, keys_of

NEAREST = 3  # names in a message
NAMES = 400  # of a network that are looked through
_ALIKE = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "Z": "2", "z": "2", "S": "5",
                        "s": "5", "B": "8", "u": "v", "U": "V"})  # fmt: skip


class Likeness:
    """The network's names by how near other spellings come to them."""

    def __init__(self, names: Sequence[str]) -> None:
        self.keys = {name: key(name) for name in names[:NAMES]}
        self._folded = {own.casefold(): name for name, own in reversed(self.keys.items())}
        self._nearest: dict[str, tuple[str, ...]] = {}

    def slips(self, node: Node) -> tuple[str, ...]:
        """The names that `node` differs from in characters that look alike, then those in one edit."""
        spelt = _key(node)
        if len(spelt) < 2:
            return ()
        seen = spelt.translate(_ALIKE)
        alike = [name for name, own in self.keys.items() if own != spelt and own.translate(_ALIKE) == seen]
        edits = [name for name, own in self.keys.items() if name not in alike and _one_edit(own, spelt)]
        return (*alike, *edits)

    def nearest(self, spelt: str) -> tuple[str, ...]:
        """The names most like a key."""
        if spelt not in self._nearest:
            found = get_close_matches(spelt.casefold(), self._folded, n=NEAREST, cutoff=0.5)
            self._nearest[spelt] = tuple(self._folded[own] for own in found)
        return self._nearest[spelt]


def _key(node: Node) -> str:
    match node:
        case Name():
            return keys_of(node)[0]
        case Number(text) if text.isdecimal():
            return text
    return ""


def _one_edit(one: str, other: str) -> bool:
    """Whether one character more, less or other makes one of the other.

    >>> _one_edit("w12", "w13"), _one_edit("w12", "w1"), _one_edit("w12", "w21")
    (True, True, False)
    """
    if len(one) < len(other):
        one, other = other, one
    if len(one) - len(other) > 1 or one == other:
        return False
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(other))
    return one[at + 1 :] == (other[at:] if len(one) > len(other) else other[at + 1 :])
