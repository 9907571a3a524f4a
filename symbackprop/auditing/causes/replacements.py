"""Replacements: leaves that lead to what is written with another quantity in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.forms import Form, Place, agree
from symbackprop.auditing.causes.ownwork import named, numeral
from symbackprop.auditing.causes.relations import Relation, alike, stage
from symbackprop.auditing.causes.tables import Table, Worth, printed_table
from symbackprop.auditing.mathematics.tree import Node, Number, Partial, Product
from symbackprop.auditing.truth import Quantity

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

LOOSEST = 0.5  # goal of a leaf, above which everything leads to what is written
HAND = 3  # updates that are worked by hand


@dataclass(slots=True)
class Chances:
    """How many quantities are expected to fit by coincidence: of a kind with what belongs there, others that share a
    name with it, and the rest.
    """

    kin: float = 0.0
    akin: float = 0.0
    strange: float = 0.0

    def of(self, kind: Relation, *, akin: bool) -> float:
        """Those among which one that is found is no less likely."""
        if kind is not Relation.OTHER:
            return self.kin
        return self.kin + self.akin + (0.0 if akin else self.strange)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A leaf that leads to what is written with another quantity in it: `due` belongs there, `taken` was taken.

    `taken` is None where what is written stands for no known quantity. `chance` is how many leaves of the form were
    expected to fit by coincidence.
    """

    form: Form
    place: Place
    due: Quantity | None
    taken: Quantity | None
    worth: Worth
    relation: Relation
    chance: float

    @property
    def tree(self) -> Node:
        """What is put in for the leaf."""
        if self.worth.printed is None:
            return named(self.worth.quantity)
        return numeral(self.worth.printed)


def replacements(inquiry: Inquiry) -> Iterator[Replacement]:
    """Every leaf of every form that leads to what is written with another quantity in its place."""
    known = tables(inquiry)
    for form in inquiry.forms:
        chances = Chances()
        for place in form.operands:
            if place.goals is None or place.looseness > LOOSEST or _is_constant(inquiry, place):
                continue
            stands = inquiry.printed_for(place.node) if form.repair else inquiry.quantity_at(place.node)
            aliases = (inquiry.known.aliases,) if _by_alias(inquiry, form, place) else ()
            for table in (*known, *aliases):
                _count_coincidences(chances, stands, place, table)
                yield from _replaced(inquiry, form, place, stands, table, chances)


def tables(inquiry: Inquiry) -> tuple[Table, ...]:
    """What may be taken for a quantity: the values of all others, as printed and exactly."""
    after = 0 if inquiry.quantity is None else inquiry.quantity.after
    stages = (after, after - 1) if 0 < after <= HAND else (after,)
    exact = [inquiry.known.table(stage) for stage in stages]
    carried = inquiry.carried
    return (printed_table(carried), *exact) if carried and not inquiry.identity else tuple(exact)


def _is_constant(inquiry: Inquiry, place: Place) -> bool:
    """Whether a number belongs to a formula itself, as the 1 of 1 - a and the 2 of a square."""
    leaf = place.node
    if not isinstance(leaf, Number) or leaf.span in inquiry.case.stands_for:
        return False
    if place.parent is not None and isinstance(place.parent.node, Product) and leaf.value == 1:
        return leaf.unit == 0  # the learning rate may be 1
    return leaf.unit == 0 or (leaf.unit >= 1 and leaf.value in (0, 1, 2))


def _by_alias(inquiry: Inquiry, form: Form, place: Place) -> bool:
    """Whether a leaf may be taken for a partial that is but the name of a quantity, as ∂net_o1/∂w_5 of out_h1."""
    return not form.root.below or (inquiry.identity and isinstance(place.node, Partial))


def _is_akin(stands: Quantity | None, other: Quantity) -> bool:
    """Whether two quantities share a name, as ∂E/∂out and ∂E/∂net."""
    return alike(stands, other)[1] > 0


def _count_coincidences(chances: Chances, stands: Quantity | None, place: Place, table: Table) -> None:
    assert place.goals is not None
    if len(place.goals) > 1:
        return
    low, high = place.goals[0]
    found = table.likeness((low + high) / 2, stands)
    chances.kin += found.kin * place.looseness / 2
    chances.akin += found.akin * place.looseness / 2
    chances.strange += found.strange * place.looseness / 2


def _replaced(
    inquiry: Inquiry, form: Form, place: Place, stands: Quantity | None, table: Table, chances: Chances
) -> Iterator[Replacement]:
    assert place.goals is not None
    for worth in _foremost(inquiry, stands, table.between(*place.goals[0])):
        if len(place.goals) > 1 and not agree(inquiry.known.vector(worth.quantity), place.goals):
            continue
        due, taken = (stands, worth.quantity) if form.forward else (worth.quantity, stands)
        if taken == due or (taken is None and not form.repair):
            continue
        if worth.quantity == inquiry.quantity and place.parent is not None:
            continue  # it would be worked from itself
        kind = inquiry.known.relation(due, taken)
        if kind is Relation.LATER and place.parent is None and stage(worth.quantity) > 1:
            continue  # all of the work of one update more
        chance = chances.of(kind, akin=_is_akin(stands, worth.quantity))
        yield Replacement(form, place, due, taken, worth, kind, max(chance, form.nearness))


def _foremost(inquiry: Inquiry, stands: Quantity | None, worths: list[Worth]) -> Iterator[Worth]:
    """Of worths that are equal the one that is nearest of kin to what stands there, by its shortest name."""

    def nearness(worth: Worth) -> tuple[bool, int]:
        kin, shared = alike(stands, worth.quantity)
        return kin, shared + alike(inquiry.quantity, worth.quantity)[1]

    best: dict[tuple[float, bool], Worth] = {}
    for worth in sorted(worths, key=lambda worth: (len(worth.quantity.name), worth.quantity.name)):
        key = (float(f"{worth.number:.12g}"), worth.printed is None)
        if key not in best or nearness(worth) > nearness(best[key]):
            best[key] = worth
    yield from best.values()
