"""A rule for any unit, as Δw_ij = η δ_j O_i: whether it holds at every place of the network where it has a meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.identities import Holds, Side, identical
from symbackprop.auditing.judging.matrices import slopes
from symbackprop.auditing.judging.misfits import names_of
from symbackprop.auditing.judging.repairs import LETTERS, Change, occurrences, repaired
from symbackprop.auditing.judging.results import BY_FORMULA
from symbackprop.auditing.judging.strays import without_strays
from symbackprop.auditing.judging.view import NOW, Used
from symbackprop.auditing.mathematics.alignment import is_numeric
from symbackprop.auditing.mathematics.names import is_parameter
from symbackprop.auditing.mathematics.statements import Chain, Sign
from symbackprop.auditing.mathematics.tree import Name, Node, Omitted, Partial, Product, Total, negated, walk
from symbackprop.auditing.report import Explanation, Verdict

READINGS = 8  # of the ends of an edge and the signs of node errors
PLACES = 64  # of the network at which a rule is tried
NOWHERE = "the rule holds at no unit of this network"


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
    said = isinstance(first, Name) and not is_parameter(first.base) and {*chain.signs} == {Sign.EQUAL}
    return (again and not said) or Sign.INCREASED in chain.signs


def written_out(context: Context, chain: Chain) -> list[Chain]:
    """A chain whose sums alone are over letters, with each sum written out: one for each way to read it."""
    names = context.names
    if names is None or not names.is_determinate(chain.members):
        return []
    ways = (places for places in names.ways(chain.members) if len(places) == 1)
    return list(dict.fromkeys(replace(chain, members=places[0]) for places in ways))


def repaired_sums(context: Context, chain: Chain, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts on a chain whose sums are written out: a formula is wrong only where a change makes it hold.

    Or where a wrong result follows from it, so that the author means by it what is read here.
    """
    members = {member.span: member for member in chain.members[1:]}
    meant = any(draft.result is not None and draft.message == BY_FORMULA for draft in drafts)
    return [_with_repair(context, chain.members[0], members.get(draft.span), draft, meant) for draft in drafts]


def _with_repair(context: Context, first: Node, member: Node | None, draft: Draft, meant: bool) -> Draft:
    if draft.verdict is not Verdict.WRONG or draft.result is not None or member is None:
        return draft

    def holds(other: Node) -> bool:
        assert context.names is not None
        ways = islice(context.names.ways((first, other)), READINGS)
        either = _has_open_sign(context, (first, other))
        return any(len(places) == 1 and _holds(context, *places[0], either=either) is Holds.YES for places in ways)

    told = repaired(first, member, holds, more=_with_others(context, member)) or draft.told
    return replace(draft, doubtful=not meant, formula=member, told=told)


def _with_others(context: Context, member: Node) -> Iterator[Change]:
    """A rule with another of the document's names that bear the same letters in the place of one: x_i for y_i."""
    for part, within in occurrences(member):
        if isinstance(part, Name) and context.names is not None:
            for other in context.names.beside_schematic(part):
                text = f"{part.text} stands where {other.text} belongs."
                yield within(replace(other, span=part.span)), "wrong-quantity", text


def parted(context: Context, chain: Chain) -> tuple[Chain, Chain] | None:
    """(the formulas of a rule for one quantity, the chain without them): its numbers are those of that quantity.

    None of a rule for a quantity of any unit, and of one with no numbers put in.
    """
    first, *others = chain.members
    names = context.names
    if names is None or not isinstance(first, Name | Partial) or names.schematic(first):
        return None
    formulas = [(sign, one) for sign, one in zip(chain.signs, others, strict=True) if not is_numeric(one)]
    if len(formulas) in (0, len(others)):
        return None
    rule = replace(chain, members=(first, *(one for _, one in formulas)), signs=tuple(sign for sign, _ in formulas))
    left = (one if is_numeric(one) else Omitted(one.span) for one in others)
    return rule, replace(chain, members=(first, *left))


def by_rule(rule: Sequence[Draft], numbers: Sequence[Draft]) -> list[Draft]:
    """The drafts on a rule and those on the numbers put in for it; where it is wrong, that is what is wrong."""
    if any(draft.verdict is Verdict.WRONG for draft in rule):
        wrong = Verdict.WRONG
        numbers = [
            replace(one, verdict=Verdict.INHERITED, message=BY_FORMULA, cases=()) if one.verdict is wrong else one
            for one in numbers
        ]
    return sorted((*rule, *numbers), key=lambda draft: draft.span.start)


def judge_rule(context: Context, chain: Chain) -> list[Draft]:
    """A draft for each member after the first: does it equal the first at the places of the network?

    Which end of an edge an index means is not known, nor always which sign a node error has: a rule is wrong only if it
    holds nowhere, whichever way it is read.
    """
    first, *others = chain.members
    return [_judged_without_strays(context, first, member) for member in others]


def _judged_without_strays(context: Context, first: Node, member: Node) -> Draft:
    """The draft on a member; where a letter is stuck to a name, that is at fault, with all that is wrong besides."""
    draft = _judged(context, first, member)
    if draft.verdict is not Verdict.UNDECIDED:
        return draft
    other, text = without_strays(context, member)
    without = _judged(context, first, other) if text else draft
    if without.verdict not in (Verdict.CORRECT, Verdict.WRONG):
        return draft
    told = (Explanation("typo", 1, text, other), *without.told)
    message = "a letter is stuck to a name" if without.verdict is Verdict.CORRECT else without.message
    return replace(draft, verdict=Verdict.WRONG, message=message, told=told)


def _judged(context: Context, first: Node, member: Node) -> Draft:
    label = first.text if isinstance(first, Name) else ""
    draft = Draft(
        member.span, Verdict.UNDECIDED, "the rule has no meaning in this network", quantity=label, formula=member
    )
    if (stray := _index_as_factor(context, member)) is not None:
        told = Explanation("typo", len(stray), f"{stray} is an index, and stands as a factor.")
        text = f"{stray} stands for a unit, and is no number to multiply with"
        return replace(draft, verdict=Verdict.WRONG, message=text, told=(told,))
    assert context.names is not None
    pair = (first, member)
    spelt = context.names.numbered(pair)
    readings = (spelt, *islice(context.names.unrolled(pair), READINGS))
    found = [_at_all(context, places, either=_has_open_sign(context, pair)) for places in readings]
    known = [row for row in found if row]
    if not known:
        return draft
    if any(all(one is Holds.YES for one in row) for row in known):
        return replace(draft, verdict=Verdict.CORRECT, message="the rule holds at every unit of this network")
    somewhere = any(Holds.YES in row for row in known)
    text = "the rule holds at some units of this network, and not at others" if somewhere else NOWHERE
    if somewhere and not spelt:
        return replace(draft, message=text)
    kin = context.names.scalar_parameters

    def holds(other: Node) -> bool:
        itself = isinstance(first, Name) and first.text in names_of(other)  # nothing is said by what holds of itself
        return not itself and _holds_everywhere(context, first, other, spelt=bool(spelt))

    others = _with_others(context, member)
    repairs = repaired(first, member, holds, kin=kin, more=others) or _without_slope(context, first, readings)
    if not repairs:
        return replace(draft, message=text if somewhere else f"{text}; but it is not sure that this is what is meant")
    return replace(draft, verdict=Verdict.WRONG, message=text, told=repairs)


def _without_slope(
    context: Context, first: Node, readings: Sequence[Sequence[Sequence[Node]]]
) -> tuple[Explanation, ...]:
    """That the derivative of the activation is missing in a rule for ∂C/∂z, at every place in some reading."""
    if context.names is None or context.names.has_open_sign((first,)):
        return ()
    for places in readings:
        sloped = [_with_slope(context, *place) for place in places[:PLACES]]
        if all(sloped) and _holds_at_each(context, sloped, either=False):
            return (Explanation("missing-factor", 1, "The derivative of the activation is missing."),)
    return ()


def _with_slope(context: Context, one: Node, other: Node) -> tuple[Node, ...]:
    """A rule at a place with the derivative of the activation as one factor more; () where there is none."""
    readings = context.readings(one, NOW) if isinstance(one, Name | Partial) else ()
    found = slopes(context, readings[0].rows) if readings and readings[0].scalar is not None else None
    return (one, Product((other, found.rows[0][0]), other.span)) if found is not None else ()


def _at_all(context: Context, places: Sequence[Sequence[Node]], *, either: bool) -> list[Holds]:
    """Whether a rule holds, at each of the places at which that can be said."""
    met = (_holds(context, *place, either=either) for place in places[:PLACES])
    return [one for one in met if one is not Holds.UNKNOWN]


def _holds_everywhere(context: Context, first: Node, member: Node, *, spelt: bool) -> bool:
    """Whether a rule holds at every place, in some reading; by numbers alone where its names are `spelt` with them."""
    assert context.names is not None
    pair = (first, member)
    ways = [context.names.numbered(pair)] if spelt else islice(context.names.unrolled(pair), READINGS)
    either = _has_open_sign(context, pair)
    return any(_holds_at_each(context, places[:PLACES], either=either) for places in ways)


def _holds_at_each(context: Context, places: Sequence[Sequence[Node]], *, either: bool) -> bool:
    met = False
    for place in places:
        match _holds(context, *place, either=either):
            case Holds.NO:
                return False
            case Holds.YES:
                met = True
    return met


def _has_open_sign(context: Context, pair: Sequence[Node]) -> bool:
    return context.names is not None and context.names.has_open_sign(pair)


def _holds(context: Context, one: Node, other: Node, *, either: bool) -> Holds:
    """Whether two sides agree; be it with `either` sign, where it is not said which sign a node error has."""
    found = identical(context, Side(tree=one), Side(tree=other), Used())
    if found is not Holds.NO or not either:
        return found
    return identical(context, Side(tree=one), Side(tree=negated(other)), Used())


def _index_as_factor(context: Context, member: Node) -> str | None:
    """An index of the rule that stands among the factors of a product, as if it were a number."""
    indices = {letter for part in walk(member) if isinstance(part, Name) for letter in part.subscript}
    for part in walk(member):
        if isinstance(part, Product):
            for factor in part.factors:
                bare = isinstance(factor, Name) and factor.text in LETTERS and factor.text in indices
                if bare and isinstance(factor, Name) and not context.readings(factor, NOW):
                    return factor.text
    return None
