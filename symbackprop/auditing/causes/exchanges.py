"""Quantities that stand in each other's places: one alone, or many at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.edits import put, renamed
from symbackprop.auditing.causes.forms import FAILURES
from symbackprop.auditing.causes.ownwork import named
from symbackprop.auditing.causes.relations import Relation, alike, plain, stage
from symbackprop.auditing.causes.replacements import Replacement
from symbackprop.auditing.causes.wording import quantity_text, significant, tree_text
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import ball
from symbackprop.checking.printed import Printed
from symbackprop.network.problem import Problem

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

LITERALLY = 0.5  # of a change: that a number is copied from elsewhere
SHORT = 0.2  # coincidences, at most, of a number that is literally another one, however few digits it has
OTHER_KIND = 1.1  # changes, as which another kind of quantity in a formula counts
MOST = 6  # that are confirmed, the least likely to be there by chance first


def one_leaf(inquiry: Inquiry, wanted: Relation, mistake: str) -> Iterator[Candidate]:
    """One quantity in the place of another; `mistake` says {taken} and {due}."""
    yield from _printed_elsewhere(inquiry, wanted, mistake)
    found = [one for one in inquiry.replacements if one.relation is wanted and one.taken is not None]
    for replacement in sorted(found, key=lambda replacement: replacement.chance)[:MOST]:
        form, place, taken = replacement.form, replacement.place, replacement.taken
        assert taken is not None
        due = tree_text(place.node) if replacement.due is None else quantity_text(replacement.due)
        said = mistake.format(taken=quantity_text(taken), due=due)
        tree = put(form.tree, place.path, replacement.tree)
        changes = _changes(inquiry, replacement)
        yield from inquiry.confirmed(form, tree, said, chance=replacement.chance, changes=changes)


def _changes(inquiry: Inquiry, replacement: Replacement) -> float:
    """As how many changes another quantity counts: one of another kind and of another time is two."""
    due, taken = replacement.due, replacement.taken
    if replacement.relation is not Relation.OTHER:
        return 1
    if due is not None and taken is not None and stage(due) != stage(taken):
        return 2
    return OTHER_KIND if inquiry.identity else 1


def _printed_elsewhere(inquiry: Inquiry, wanted: Relation, mistake: str) -> Iterator[Candidate]:
    """The number put in is literally one that the document prints for another quantity."""
    due, printed = inquiry.quantity, inquiry.printed
    if inquiry.operand is None or due is None or not printed.value:
        return
    found = [one for one, value in inquiry.carried.items() if _differ(inquiry, one, due) and _is_print(printed, value)]
    if not found:
        return
    taken = max(found, key=lambda one: (alike(due, one), -len(one.name), one.name))
    if inquiry.known.relation(due, taken) is wanted:
        near = sum(1 for value in inquiry.carried.values() if abs(value) < 3 * abs(printed.value) < 9 * abs(value))
        chance = min(SHORT, near / 10.0**inquiry.digits)
        said = mistake.format(taken=quantity_text(taken), due=quantity_text(due))
        sentence = f"{said}: {inquiry.written} is what is printed for {quantity_text(taken)}{inquiry.due_text}."
        given = wanted is Relation.OTHER and due.name in inquiry.truth.given
        yield Candidate(ball(printed.value), sentence, OTHER_KIND if given else LITERALLY, chance)


def _differ(inquiry: Inquiry, one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are not the same number, but for its sign."""
    values = [inquiry.known.number(quantity) for quantity in (one, other)]
    return None in values or not isclose(*(abs(value) for value in values if value is not None))


def _is_print(printed: Printed, value: Fraction) -> bool:
    """Whether a number is another one as it was printed, or that rounded to fewer places."""
    if printed.value == value:
        return True
    return significant(printed.value, printed.unit) > 2 and round(value / printed.unit) * printed.unit == printed.value


def all_at_once(inquiry: Inquiry, exchange: Mapping[Quantity, Quantity], mistake: str) -> Iterator[Candidate]:
    """All quantities of a kind in the place of others; `mistake` says {taken}."""
    updated = inquiry.quantity
    for form in inquiry.forms:
        if not form.forward:
            continue
        taken: dict[Quantity, Quantity] = {}
        for place in form.leaves:
            quantity = inquiry.quantity_at(place.node)
            if (
                quantity is not None
                and quantity in exchange
                and not (updated is not None and plain(updated) == quantity.name)
            ):
                taken[quantity] = exchange[quantity]
        if not taken:
            continue

        def exchanged(leaf: Node, taken: Mapping[Quantity, Quantity] = taken) -> Node:
            quantity = inquiry.quantity_at(leaf)
            return named(taken[quantity]) if quantity is not None and quantity in taken else leaf

        tree = renamed(form.tree, exchanged)
        try:
            values = inquiry.floats(tree, form.basis, len(form.root.values))
        except FAILURES:
            continue
        if form.root.accepts(values):
            names = ", ".join(map(quantity_text, taken.values()))
            yield from inquiry.confirmed(
                form, tree, mistake.format(taken=names), chance=max(2 * form.root.looseness, form.nearness)
            )


def turned_weights(problem: Problem) -> Iterator[Mapping[Quantity, Quantity]]:
    """For each layer, its weights as they are taken where rows and columns are exchanged."""
    layers: dict[tuple[str, ...], list[list[str]]] = {}
    parameters = set(problem.graph.parameters)
    for definition in problem.graph.definitions:
        if not definition.expression.is_Add:
            continue
        pairs = [term.args for term in definition.expression.args if term.is_Mul and len(term.args) == 2]
        row = {}
        for pair in pairs:
            names = [factor.name for factor in pair if factor.is_Symbol]
            weights = [name for name in names if name in parameters]
            if len(names) == 2 and len(weights) == 1:
                row[next(name for name in names if name != weights[0])] = weights[0]
        if len(row) > 1:
            layers.setdefault(tuple(row), []).append(list(row.values()))
    for rows in layers.values():
        flat = [name for row in rows for name in row]
        if len(rows) > 1 and len(set(flat)) == len(flat):
            columns = [row[index] for index in range(len(rows[0])) for row in rows]
            yield {Quantity(one): Quantity(other) for one, other in zip(flat, columns, strict=True) if one != other}
