"""How two quantities are related, by their names: the same of another time, the same kind, or something else."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from symbackprop.auditing.truth import Quantity
from symbackprop.expressions.names import split_partial

REMEMBERED = 65536  # names of which it is known what is in them

_HEAD = re.compile(r"[A-Za-z]+", re.ASCII)
_INDEX = re.compile(r"[0-9]+", re.ASCII)


class Relation(StrEnum):
    """What one quantity is to another, for which it was taken."""

    LATER = "later"  # the same after an update
    EARLIER = "earlier"  # the same before an update
    PART = "part"  # the derivative of a part of the cost
    TURNED = "turned"  # the same kind with its indices the other way round
    KIN = "kin"  # the same kind with another index
    OTHER = "other"


def relation(due: Quantity | None, taken: Quantity | None) -> Relation:
    """What `taken` is to `due`.

    >>> relation(Quantity("w_5"), Quantity("w_5+")).value, relation(Quantity("w_12"), Quantity("w_21")).value
    ('later', 'turned')
    """
    if due is None or taken is None:
        return Relation.OTHER
    if plain(due) == plain(taken) and stage(due) != stage(taken):
        return Relation.LATER if stage(taken) > stage(due) else Relation.EARLIER
    if stage(due) != stage(taken) or family(due.name) != family(taken.name):
        return Relation.OTHER
    one, other = index(due.name), index(taken.name)
    return Relation.TURNED if one != other and len(one) > 1 and one == other[::-1] else Relation.KIN


def alike(one: Quantity | None, other: Quantity) -> tuple[bool, int]:
    """How near of kin two quantities are, to compare by: the same kind or not, and how many names they share.

    >>> alike(Quantity("dz0/dw4"), Quantity("dz2/dw4")), alike(Quantity("dC/db2"), Quantity("dC/dO2"))
    ((True, 1), (False, 1))
    """
    if one is None:
        return False, 0
    return relation(one, other) is not Relation.OTHER, len(named_in(one.name) & named_in(other.name))


def stage(quantity: Quantity) -> int:
    """After how many updates a quantity has its value: w_5+ after one."""
    return quantity.after + quantity.name.endswith("+")


def plain(quantity: Quantity) -> str:
    """The name of a quantity without the mark of an update."""
    return quantity.name.removesuffix("+")


@lru_cache(maxsize=REMEMBERED)
def index(name: str) -> str:
    """The figures in a name, one after the other."""
    return "".join(_INDEX.findall(name))


@lru_cache(maxsize=REMEMBERED)
def named_in(name: str) -> frozenset[str]:
    """The names in that of a quantity: both of a partial."""
    return frozenset(split_partial(name) or (name,))


@lru_cache(maxsize=REMEMBERED)
def family(name: str) -> tuple[str, ...]:
    """What kind of quantity a name is of: its letters before the index; of a partial, those of both names.

    >>> family("w_5"), family("dE_o1/dout_h1")
    (('w',), ('E', 'out'))
    """
    match = _HEAD.match(name)
    pair = split_partial(name) or (name,)
    return tuple(head.group() if (head := _HEAD.match(part)) else part for part in pair) if match else (name,)
