"""A rule for any unit, as Δw_ij = η δ_j O_i: whether it holds at every place of the network where it has a meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.identities import Holds, Side, identical
from symbackprop.auditing.judging.view import NOW, Used
from symbackprop.auditing.mathematics.alignment import negated
from symbackprop.auditing.mathematics.statements import Chain, Sign
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Product,
    Sum,
    Total,
    rebuilt,
    walk,
)
from symbackprop.auditing.report import Explanation, Verdict

READINGS = 8  # of the ends of an edge and the signs of node errors
CHANGES = 60  # of a rule that does not hold, to see what is wrong with it
PLACES = 64  # of the network at which a rule is tried
LETTERS = frozenset("ijklmno")  # that stand for any unit in an index


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


def summed(context: Context, chain: Chain) -> Chain | None:
    """A chain with its sums written out; None where something else in it stands for any unit, or a sum for nothing."""
    if context.names is None or not any(isinstance(part, Total) for member in chain.members for part in walk(member)):
        return None
    members = [context.names.written_out(member) for member in chain.members]
    known = tuple(member for member in members if member is not None)
    return replace(chain, members=known) if len(known) == len(members) else None


def judge_rule(context: Context, chain: Chain) -> list[Draft]:
    """A draft for each member after the first: does it equal the first at the places of the network?

    Which end of an edge an index means is not known, nor which sign a node error has: a rule is wrong only if it holds
    nowhere, whichever way it is read.
    """
    first, *others = chain.members
    return [_judged(context, first, member) for member in others]


def _judged(context: Context, first: Node, member: Node) -> Draft:
    label = first.text if isinstance(first, Name) else ""
    draft = Draft(member.span, Verdict.UNDECIDED, "the rule has no meaning in this network", quantity=label)
    if (stray := _index_as_factor(context, member)) is not None:
        told = Explanation("typo", len(stray), f"{stray} is an index, and stands as a factor.")
        text = f"{stray} stands for a unit, and is no number to multiply with"
        return replace(draft, verdict=Verdict.WRONG, message=text, told=(told,))
    match _holds_in_all(context, first, member):
        case None:
            return draft
        case (True, _):
            return replace(draft, verdict=Verdict.CORRECT, message="the rule holds at every unit of this network")
        case (_, True):
            return replace(draft, message="the rule holds at some units of this network, and not at others")
    text = "the rule holds at no unit of this network"
    repaired = _repaired(context, first, member)
    if not repaired:
        return replace(draft, message=f"{text}; but it is not sure that this is what is meant")
    return replace(draft, verdict=Verdict.WRONG, message=text, told=repaired)


def _holds_in_all(context: Context, first: Node, member: Node) -> tuple[bool, bool] | None:
    """(whether a rule holds at all places in some reading, whether it holds at any); None where it has no meaning."""
    assert context.names is not None
    readings = [places[:PLACES] for places in islice(context.names.unrolled((first, member)), READINGS)]
    met = [[_holds(context, *place) for place in places] for places in readings]
    known = [found for found in ([one for one in row if one is not Holds.UNKNOWN] for row in met) if found]
    if not known:
        return None
    return any(all(one is Holds.YES for one in found) for found in known), any(Holds.YES in found for found in known)


def _holds(context: Context, one: Node, other: Node) -> Holds:
    """Whether two sides agree, be it with the other sign: which sign a node error has is not said."""
    found = identical(context, Side(tree=one), Side(tree=other), Used())
    if found is not Holds.NO:
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


def _repaired(context: Context, first: Node, member: Node) -> tuple[Explanation, ...]:
    """The one change after which the rule holds everywhere, which proves that its names are read aright."""
    letters = sorted({letter for node in (first, member) for letter in _letters(node)})
    for other, cause, text in islice(_changed(member, letters), CHANGES):
        if _holds_in_all(context, first, other) == (True, True):
            return (Explanation(cause, 1, text),)
    return ()


def _changed(member: Node, letters: Sequence[str]) -> Iterator[tuple[Node, str, str]]:
    """(the member with one change, the cause that this change would be, in words)."""
    for part in walk(member):
        match part:
            case Name():
                for old, new in product(dict.fromkeys(_letters(part)), letters):
                    other = replace(part, subscript=part.subscript.replace(old, new))
                    if new != old:
                        yield _with(member, part, other), "wrong-index", f"{part.text} stands for {other.text}."
            case Total(_, Sum(terms)):
                for index, term in enumerate(terms):
                    left = Sum(terms[:index] + terms[index + 1 :], part.span)
                    apart = Sum((replace(part, body=left), term), part.span)
                    yield (
                        _with(member, part, apart),
                        "wrong-formula",
                        "A term stands inside the sum, and is added once.",
                    )
            case Call("exp", (power,)):
                other_call = replace(part, arguments=(negated(power),))
                yield _with(member, part, other_call), "sign", "The sign of the exponent is the wrong one."
            case Product(factors) if len(factors) > 1:
                for index in range(len(factors)):
                    fewer = replace(part, factors=factors[:index] + factors[index + 1 :])
                    yield _with(member, part, fewer), "extra-factor", "A factor does not belong there."
    for name in dict.fromkeys(part.text for part in walk(member) if isinstance(part, Name)):
        one = next(part for part in walk(member) if isinstance(part, Name) and part.text == name)
        rest = Sum((Number("1", Fraction(1), Fraction(1), one.span), Negative(one, one.span)), one.span)
        for factor in (one, rest):
            more = Product((member, factor), member.span)
            yield more, "missing-factor", f"The factor {'' if factor is one else '1 - '}{name} is missing."


def _letters(node: Node) -> list[str]:
    """The letters of the indices in a tree that stand for any unit."""
    return [letter for part in walk(node) if isinstance(part, Name) for letter in part.subscript if letter in LETTERS]


def _with(tree: Node, part: Node, other: Node) -> Node:
    return other if tree is part else rebuilt(tree, lambda below: _with(below, part, other))
