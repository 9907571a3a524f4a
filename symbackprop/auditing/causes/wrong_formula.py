"""Another formula is used: another activation's derivative, a sum for a product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.alternatives import alternatives
from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.wording import tree_text

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for form in inquiry.forms:
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


CAUSE = Cause(
    code="wrong-formula",
    title="Another formula is used",
    what=(
        "The formula is another one: the derivative of another activation, out for out·(1 - out), a sum for a "
        "product, 1 - σ for σ."
    ),
    why="Each activation has its own derivative: σ' = a(1 - a), tanh' = 1 - a². They agree nowhere but by accident.",
    example="∂out/∂net = 1 - 0.75136507² = 0.435450532, though out is a sigmoid",
    right="∂out/∂net = 0.75136507 · (1 - 0.75136507) = 0.186815602",
    search=_search,
)
