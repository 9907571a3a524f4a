"""Updates that go by a name which the network does not have, as a rate of decay or a momentum: a rule of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.subject import label
from symbackprop.auditing.judging.view import NOW
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, walk


def own_rule(context: Context, chains: Sequence[Chain]) -> str:
    """The first name in an update that stands for nothing in the network, where the document says what it is; or ""."""
    if context.truth is None or not context.truth.problem.trained_parameters():
        return ""
    defined = {label(chain.members[0]) for chain in chains if not chain.headless}
    return next((name for name in _in_updates(context, chains) if name in defined), "")


def _in_updates(context: Context, chains: Iterable[Chain]) -> Iterator[str]:
    """The names in the formulas of updates that stand for nothing."""
    for chain in chains:
        first = chain.members[0]
        if chain.headless or not isinstance(first, Name) or not _is_renewed(context, chain, first):
            continue
        names = (part for member in chain.members[1:] for part in walk(member) if isinstance(part, Name))
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
