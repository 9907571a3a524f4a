"""Another formula is used: another activation's derivative, a sum for a product."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.alternatives import alternatives
from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put, with_parts
from symbackprop.auditing.causes.forms import FAILURES
from symbackprop.auditing.causes.ownwork import NOWHERE, numeral
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import Call, Node, Quotient, parts

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

LOGARITHM = "The logarithm to base 10 stands for the natural one"


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for form in inquiry.forms:
        if form.forward and (tree := _to_base_ten(form.tree)) is not form.tree:
            with suppress(*FAILURES):
                if form.root.accepts(inquiry.floats(tree, form.basis, len(form.root.values))):
                    yield from inquiry.confirmed(form, tree, LOGARITHM, chance=form.nearness)
        for place in form.places:
            if place.goals is None or not place.firm:
                continue
            for new, values in alternatives(inquiry, form, place):
                if place.accepts(values):
                    tree = put(form.tree, place.path, new)
                    right, wrong = (place.node, new) if form.forward else (new, place.node)
                    mistake = f"{tree_text(wrong)} stands for {tree_text(right)}"
                    chance = 3 * place.looseness * len(form.places) / 4
                    yield from inquiry.confirmed(form, tree, mistake, chance=chance)


def _to_base_ten(node: Node) -> Node:
    """A tree with the logarithm to base 10 in place of every natural one."""
    if isinstance(node, Call) and node.function == "log" and not node.primes:
        return Quotient(node, Call("log", (numeral(10),), NOWHERE), NOWHERE)
    below = [_to_base_ten(part) for part in parts(node)]
    return node if all(map(operator.is_, below, parts(node))) else with_parts(node, below)


CAUSE = Cause(
    code="wrong-formula",
    title="Another formula is used",
    what=(
        "The formula is another one: the derivative of another activation, out for out·(1 - out), a sum for a "
        "product, 1 - σ for σ, the logarithm to base 10."
    ),
    why="Each activation has its own derivative: σ' = a(1 - a), tanh' = 1 - a². They agree nowhere but by accident.",
    example="∂out/∂net = 1 - 0.75136507² = 0.435450532, though out is a sigmoid",
    right="∂out/∂net = 0.75136507 · (1 - 0.75136507) = 0.186815602",
    search=_search,
)
