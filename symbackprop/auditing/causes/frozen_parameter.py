"""A parameter is kept fixed that is trained, or trained that is kept fixed."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.relations import Relation, plain
from symbackprop.auditing.causes.retraining import retrained
from symbackprop.errors import SymbackpropError

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

BIAS = 0.9  # of a change: that a bias is not trained is often meant so


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    quantity = inquiry.quantity
    updated = {printed.name for printed in inquiry.case.carried if printed.after}
    biases = inquiry.programs.biases
    by_program = quantity is not None and quantity.after > 1  # which need not do what is worked by hand
    if by_program or biases.isdisjoint(updated):
        yield from retrained(inquiry, "frozen-parameter")
    yield from _old_parameter(inquiry, biases - updated)
    if quantity is None or inquiry.identity or inquiry.written_wrong or plain(quantity) == quantity.name:
        return
    if plain(quantity) in inquiry.truth.problem.graph.parameters and plain(quantity) not in updated:
        before = None
        with suppress(SymbackpropError):  # a document may leave out what it was
            before = inquiry.truth.value(replace(quantity, name=plain(quantity)))
        if before is not None and inquiry.fits(before):
            yield inquiry.candidate(before, f"{plain(quantity)} is kept as it was, though it is trained", changes=2)


def _old_parameter(inquiry: Inquiry, biases: AbstractSet[str]) -> Iterator[Candidate]:
    """One of some biases as it was before the update, where its value after it is due."""
    for one in inquiry.replacements:
        if one.relation is Relation.EARLIER and one.taken is not None and plain(one.taken) in biases:
            mistake = f"{plain(one.taken)} is kept as it was, though it is trained"
            tree = put(one.form.tree, one.place.path, one.tree)
            yield from inquiry.confirmed(one.form, tree, mistake, chance=one.chance, changes=BIAS)


CAUSE = Cause(
    code="frozen-parameter",
    title="A parameter is trained or not, against what is declared",
    what=(
        "The value comes of training in which a parameter is kept fixed that is said to be trained, or the other "
        "way round: often the biases."
    ),
    why=(
        "Each parameter that moves changes the forward pass. Whether the biases are trained makes a difference "
        "from the first update on."
    ),
    example="b_2+ = b_2 = 0.60, though the biases are trained",
    right="b_2+ = 0.60 - 0.5 · ∂E/∂b_2",
    search=_search,
)
