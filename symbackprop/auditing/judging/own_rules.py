"""Updates that go by a name which the network does not have, as a rate of decay or a momentum: a rule of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.subject import label
from symbackprop.auditing.judging.view import NOW
from symbackprop.auditing.mathematics.alignment import align
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, Number, walk


def own_rule(context: Context, chains: Sequence[Chain]) -> str:
    """The first name in an update that stands for nothing in the network, where the document says what it is; or "".

    It says so by itself, or by the number that it puts in.
    """
    if context.truth is None or not context.truth.problem.trained_parameters():
        return ""
    defined = {label(chain.members[0]) for chain in chains if not chain.headless}
    return next((name for chain in chains for name in _unknown(context, chain, defined)), "")


def _unknown(context: Context, chain: Chain, defined: AbstractSet[str]) -> Iterator[str]:
    """The names in the formulas of an update that stand for nothing, and are defined or have numbers put in."""
    first = chain.members[0]
    if chain.headless or not isinstance(first, Name) or not _is_renewed(context, chain, first):
        return
    for member, following in zip_longest(chain.members[1:], chain.members[2:]):
        put_in = (align(member, following) or ()) if following is not None else ()
        known = {label(pair.name) for pair in put_in if isinstance(pair.numbers, Number)} | defined
        names = (part for part in walk(member) if isinstance(part, Name) and part.text in known)
        yield from (name.text for name in names if not context.readings(name, NOW))


def _is_renewed(context: Context, chain: Chain, first: Name) -> bool:
    """Whether a chain says what becomes of a parameter: w+ = ..., w = w - ..."""
    assert context.truth is not None
    readings = context.readings(first, NOW)
    if not readings or readings[0].scalar is None:
        return False
    again = (part for member in chain.members[1:] for part in walk(member) if isinstance(part, Name))
    renewed = first.updated or any(part.text == first.text for part in again)
    return renewed and readings[0].scalar.name in context.truth.problem.trained_parameters()
