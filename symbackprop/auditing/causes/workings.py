"""The ways in which the value of a case is worked: the document's own, and the network's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import flint

from symbackprop.auditing.causes.forms import Basis, Form, Goal, build, narrow
from symbackprop.auditing.causes.ownwork import NOWHERE, named, numeral, quantity_of, times
from symbackprop.auditing.causes.relations import stage
from symbackprop.auditing.causes.wording import middle
from symbackprop.auditing.mathematics.tree import Negative, Node, walk
from symbackprop.auditing.truth import BITS, POINTS, Quantity
from symbackprop.auditing.values import NoValueError
from symbackprop.errors import SymbackpropError

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

PLACES = 1200  # in all forms of a case


def workings(inquiry: Inquiry) -> Iterator[Form]:
    """The forms of a case, the document's own first; so many as have no more than `PLACES` places in all."""
    count = 0
    for form in _forms(inquiry):
        count += len(form.places)
        if count > PLACES:
            return
        yield form


def _forms(inquiry: Inquiry) -> Iterator[Form]:
    case = inquiry.case
    if inquiry.identity:
        yield from _of_identity(inquiry)
        return
    if inquiry.written_wrong and case.expression is not None and (case.printed is not None or case.due is not None):
        yield from _form(inquiry, case.expression, Basis.WRITTEN, forward=False)
        return
    if case.printed is None and inquiry.operand is None:
        return
    if inquiry.operand is None:
        yield from _of_document(inquiry)
    for tree in _own_trees(inquiry):
        yield from _form(inquiry, tree, Basis.EXACT, own=True)
        if any(quantity_of(leaf) in inquiry.carried for leaf in walk(tree)):
            yield from _form(inquiry, tree, Basis.CARRIED, own=True)


def _of_document(inquiry: Inquiry) -> Iterator[Form]:
    case = inquiry.case
    if case.expression is not None:
        yield from _form(inquiry, case.expression, Basis.WRITTEN)
        if inquiry.follows:
            yield from _repair(inquiry, case.expression)
        if case.stands_for:
            yield from _form(inquiry, case.expression, Basis.EXACT)
    if case.formula is not None:
        yield from _form(inquiry, case.formula, Basis.EXACT)
        if inquiry.carried:
            yield from _form(inquiry, case.formula, Basis.CARRIED)


def _repair(inquiry: Inquiry, expression: Node) -> Iterator[Form]:
    """The numbers from which the result follows, to be put right so that they make what is due."""
    if inquiry.due is not None:
        due, unit = float(inquiry.due.mid()), float(inquiry.printed.unit)
        for basis, goals in ((Basis.MEANT, narrow((due,))), (Basis.WRITTEN, ((due - unit, due + unit),))):
            yield from _form(inquiry, expression, basis, goals=goals, forward=False, repair=True)


def _of_identity(inquiry: Inquiry) -> Iterator[Form]:
    formula, quantity = inquiry.case.formula, inquiry.quantity
    due = None if quantity is None else inquiry.known.vector(quantity)
    if formula is None or due is None:
        return
    yield from _form(inquiry, formula, Basis.EXACT, goals=narrow(due), forward=False)
    written = written_values(inquiry)
    if written is not None:
        for tree in _own_trees(inquiry):
            yield from _form(inquiry, tree, Basis.EXACT, goals=narrow(written), own=True)


def written_values(inquiry: Inquiry) -> tuple[float, ...] | None:
    """What the formula of an identity is worth, at the given numbers and near them; None where it has no value."""
    assert inquiry.case.formula is not None
    try:
        with flint.ctx.workprec(BITS):
            values = [inquiry.value(inquiry.case.formula, Basis.EXACT, point) for point in range(POINTS + 1)]
            return tuple(float(value.mid()) for value in values)
    except (NoValueError, SymbackpropError, AttributeError):
        return None


def _own_trees(inquiry: Inquiry) -> Iterator[Node]:
    quantity, case = inquiry.quantity, inquiry.case
    if quantity is None:
        if case.due is not None:
            yield numeral(middle(case.due))
        return
    single = Quantity(quantity.name, quantity.after)
    shown = case.expression is not None or case.formula is not None
    by_hand = shown or stage(quantity) <= 1  # nobody writes out the work of many updates
    for tree in (named(single), *(inquiry.known.work(single) if by_hand else ())):
        yield _scaled(tree, quantity.scale)


def _form(
    inquiry: Inquiry,
    tree: Node,
    basis: Basis,
    *,
    goals: tuple[Goal, ...] | None = None,
    forward: bool = True,
    own: bool = False,
    repair: bool = False,
) -> Iterator[Form]:
    wanted = goals or inquiry.goals
    root = build(tree, lambda leaf: inquiry.worth(leaf, basis, len(wanted)), wanted)
    if root is not None:
        form = Form(tree, basis, root, forward=forward, own=own, repair=repair)
        yield form


def _scaled(tree: Node, scale: Fraction) -> Node:
    if scale == 1:
        return tree
    return Negative(tree, NOWHERE) if scale == -1 else times(numeral(scale), tree)
