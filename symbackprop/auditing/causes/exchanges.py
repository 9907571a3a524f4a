"""Quantities that stand in each other's places: one alone, or many at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.forms import FAILURES, put, renamed
from symbackprop.auditing.causes.known import Relation, plain
from symbackprop.auditing.causes.ownwork import named
from symbackprop.auditing.causes.wording import quantity_text, tree_text
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.truth import Quantity
from symbackprop.network.problem import Problem

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

MOST = 6  # that are confirmed, the least likely to be there by chance first


def one_leaf(inquiry: Inquiry, relation: Relation, mistake: str) -> Iterator[Candidate]:
    """One quantity in the place of another; `mistake` says {taken} and {due}."""
    found = [replacement for replacement in inquiry.replacements if replacement.relation is relation]
    for replacement in sorted(found, key=lambda replacement: replacement.chance)[:MOST]:
        form, place = replacement.form, replacement.place
        due = tree_text(place.node) if replacement.due is None else quantity_text(replacement.due)
        if replacement.due is None and not form.forward:
            due = tree_text(replacement.tree)
        said = mistake.format(taken=quantity_text(replacement.taken), due=due)
        tree = put(form.tree, place.path, replacement.tree)
        yield from inquiry.confirmed(form, tree, said, chance=replacement.chance)


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
            yield from inquiry.confirmed(form, tree, mistake.format(taken=names), chance=2 * form.root.looseness)


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
