"""Assignments of programs: w -= e is w := w - e, dW += e adds one of several terms, and z = z * 2 makes z another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.chains import judge_chain
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.subject import label
from symbackprop.auditing.judging.view import NOW
from symbackprop.auditing.mathematics.alignment import is_numeric
from symbackprop.auditing.mathematics.statements import Chain, Sign
from symbackprop.auditing.mathematics.tree import Entries, Name, Node, Partial, Sum, negated, walk
from symbackprop.auditing.report import Explanation, Verdict

LOST = "The sign is the wrong one."


def is_increase(context: Context, chain: Chain) -> bool:
    """Whether a chain says by += or -= what is added to something."""
    return context.truth is not None and not chain.headless and chain.signs[0] is Sign.INCREASED


def is_reassigned(context: Context, chain: Chain) -> bool:
    """Whether a name that is no parameter gets another value by what it was worth: delta = delta * out * (1 - out)."""
    if context.truth is None or chain.headless or len(chain.members) != 2:
        return False
    first, member = chain.members
    if not isinstance(first, Entries):
        return isinstance(first, Name) and _is_again(first, member) and not _is_trained(context, first)
    return any(isinstance(entry, Name) and _is_again(entry, member) for entry in walk(first))


def _is_again(name: Name, member: Node) -> bool:
    """Whether a name stands in a formula as well, as that of the same value."""
    return not name.updated and any(isinstance(part, Name) and part.text == name.text for part in walk(member))


def begun(chains: Sequence[Chain]) -> frozenset[Span]:
    """Where the first of several terms is assigned to what the others are added to: dx = a; dx += b."""
    first: dict[str, Span] = {}
    found = set()
    for chain in chains:
        name = label(chain.members[0])
        if chain.headless or not name:
            continue
        if chain.signs[0] is not Sign.INCREASED:
            first[name] = chain.span
        elif name in first:
            found.add(first[name])
    return frozenset(found)


def judge_reassigned(chain: Chain) -> list[Draft]:
    """That it is left open what such a name stands for."""
    name = label(chain.members[0])
    text = f"{name or 'it'} gets another value by its own, as in a program: what it is worth is left open"
    return [Draft(chain.members[1].span, Verdict.UNDECIDED, text, quantity=name)]


def judge_increase(context: Context, chain: Chain, *, supposed: bool = False) -> list[Draft]:
    """The verdicts on w += e: of a parameter by what it becomes, of anything else by e where that is all of it."""
    first, term, *rest = chain.members
    if is_numeric(term) or not isinstance(first, Name | Partial):
        return judge_chain(context, chain, supposed=supposed)
    if isinstance(first, Name) and _is_trained(context, first):
        whole = (first, Sum((first, term), term.span), *rest)
        drafts = judge_chain(context, replace(chain, members=whole, signs=(Sign.DEFINED, *chain.signs[1:])))
        return [replace(draft, doubtful=True) for draft in drafts]
    drafts = judge_chain(context, replace(chain, members=(first, term), signs=(Sign.EQUAL,)), supposed=supposed)
    if not any(draft.verdict is Verdict.WRONG for draft in drafts):
        return drafts
    other = replace(chain, members=(first, negated(term)), signs=(Sign.EQUAL,))
    lost = all(draft.verdict is Verdict.CORRECT for draft in judge_chain(context, other, supposed=supposed))
    return [of_a_term(draft, lost=lost) for draft in drafts]


def _is_trained(context: Context, name: Name) -> bool:
    assert context.truth is not None
    readings = context.readings(name, NOW)
    trained = context.truth.problem.trained_parameters()
    return bool(readings and readings[0].rows) and readings[0].rows[0][0].name in trained


def of_a_term(draft: Draft, *, lost: bool = False) -> Draft:
    """What is said of a term that is not the whole: it is wrong where with the other sign it would be."""
    if draft.verdict is not Verdict.WRONG:
        return draft
    if lost:
        return replace(draft, told=(Explanation("sign", 1, LOST),), cases=())
    text = "it is one of the terms that are added up, and not all of them"
    return replace(draft, verdict=Verdict.UNDECIDED, message=text, broken=None)
