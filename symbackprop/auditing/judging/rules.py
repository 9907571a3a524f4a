"""A rule for any unit, as Δw_ij = η δ_j O_i: whether it holds at every place of the network where it has a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from symbackprop.auditing.judging.alignment import negated
from symbackprop.auditing.judging.context import Context, Used
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.identities import Holds, Side, identical
from symbackprop.auditing.mathematics.statements import Chain, Sign
from symbackprop.auditing.mathematics.tree import Name, Node, Partial, Total, walk
from symbackprop.auditing.report import Verdict

READINGS = 8  # of the ends of an edge and the signs of node errors
PLACES = 64  # of the network at which a rule is tried


def is_rule(context: Context, chain: Chain) -> bool:
    """Whether a chain is about units that are not named: some index in it stands for any unit."""
    names = context.names
    if names is None or len(chain.members) < 2 or chain.headless or _changes(chain):
        return False
    leaves = [part for member in chain.members for part in walk(member) if isinstance(part, Name | Partial)]
    if any(isinstance(part, Total) for member in chain.members for part in walk(member)):
        return True
    return any(names.schematic(leaf) for leaf in leaves)


def _changes(chain: Chain) -> bool:
    """Whether a chain says what is added to a quantity, or what it becomes, and not what it is."""
    first = chain.members[0]
    again = any(
        isinstance(part, Name) and isinstance(first, Name) and part.text == first.text
        for member in chain.members[1:]
        for part in walk(member)
    )
    return again or Sign.INCREASED in chain.signs


def judge_rule(context: Context, chain: Chain) -> list[Draft]:
    """A draft for each member after the first: does it equal the first at the places of the network?

    Which end of an edge an index means is not known, nor which sign a node error has: a rule is wrong only if it holds
    nowhere, whichever way it is read.
    """
    assert context.names is not None
    readings = [places[:PLACES] for places in islice(context.names.unrolled(chain.members), READINGS)]
    first, *others = chain.members
    label = first.text if isinstance(first, Name) else ""
    return [
        _judged(context, [[(place[0], place[index]) for place in places] for places in readings], member, label)
        for index, member in enumerate(others, start=1)
    ]


def _judged(context: Context, readings: Sequence[Sequence[tuple[Node, Node]]], member: Node, label: str) -> Draft:
    draft = Draft(member.span, Verdict.UNDECIDED, "the rule has no meaning in this network", quantity=label)
    met = [[_holds(context, one, other) for one, other in places] for places in readings]
    known = [found for found in ([one for one in row if one is not Holds.UNKNOWN] for row in met) if found]
    if not known:
        return draft
    if any(all(one is Holds.YES for one in found) for found in known):
        return replace(draft, verdict=Verdict.CORRECT, message="the rule holds at every unit of this network")
    if any(Holds.YES in found for found in known):
        return replace(draft, message="the rule holds at some units of this network, and not at others")
    return replace(draft, verdict=Verdict.WRONG, message="the rule holds at no unit of this network")


def _holds(context: Context, one: Node, other: Node) -> Holds:
    """Whether two sides agree, be it with the other sign: which sign a node error has is not said."""
    found = identical(context, Side(tree=one), Side(tree=other), Used())
    if found is not Holds.NO:
        return found
    return identical(context, Side(tree=one), Side(tree=negated(other)), Used())
