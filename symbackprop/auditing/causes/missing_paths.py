"""A term of a sum is left out: a path of the chain rule, a bias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put, with_parts, without
from symbackprop.auditing.causes.exchanges import one_leaf
from symbackprop.auditing.causes.forms import Place
from symbackprop.auditing.causes.ownwork import quantity_of
from symbackprop.auditing.causes.relations import Relation
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import Call, Negative, Node, Number, Power, Product, Sum

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

LOOSE = 0.5  # goal of a sum that the document shows, above which its terms make no difference


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    yield from one_leaf(
        inquiry, Relation.PART, "{taken} alone is taken for {due}, the paths through the others left out"
    )
    for form in inquiry.forms:
        for place in form.places:
            if not (form.forward and isinstance(place.node, Sum) and _adds_paths(inquiry, place)):
                continue
            if not (place.firm or (not form.own and place.looseness < LOOSE)):
                continue
            chance = 0.0 if place.firm else place.looseness
            for index, term in enumerate(place.below):
                rest = [value - part for value, part in zip(place.values, term.values, strict=True)]
                if place.accepts(rest):
                    tree = put(form.tree, place.path, without(place.node, index))
                    mistake = f"The term {tree_text(term.node)} is left out of the sum"
                    right = _with_terms(inquiry, place, [term.node])
                    yield from inquiry.confirmed(form, tree, mistake, chance=chance, right=right)
                elif len(place.below) > 2 and place.accepts(term.values):
                    tree = put(form.tree, place.path, with_parts(place.node, [term.node]))
                    mistake = f"Only the term {tree_text(term.node)} of the sum is taken"
                    right = _with_terms(inquiry, place, [one.node for one in place.below if one is not term])
                    yield from inquiry.confirmed(form, tree, mistake, chance=chance, right=right)


def _with_terms(inquiry: Inquiry, place: Place, terms: Sequence[Node]) -> Node | None:
    """The document's formula with the terms added that a whole sum has more."""
    formula = inquiry.case.formula
    return Sum((formula, *terms), formula.span) if formula is not None and place.parent is None else None


def _adds_paths(inquiry: Inquiry, place: Place) -> bool:
    """Whether a sum adds what belongs together, and is no 1 - a, t - y or w - η·g."""
    terms = place.node.terms if isinstance(place.node, Sum) else ()
    bare = [term.operand if isinstance(term, Negative) else term for term in terms]
    differs = len(terms) == 2 and any(isinstance(term, Negative) for term in terms)
    if differs and any(_is_parameter(inquiry, term) for term in bare):
        return False
    if differs and (place.parent is not None and isinstance(place.parent.node, Product | Power | Negative | Call)):
        return False
    problem = inquiry.truth.problem
    leaves = {told.name for term in bare if (told := quantity_of(term)) is not None}
    if leaves.intersection(problem.graph.targets) or any(isinstance(term, Number) and term.value == 1 for term in bare):
        return False
    updates = inquiry.quantity is not None and inquiry.quantity.name.removesuffix("+") in problem.graph.parameters
    return not (updates and place.parent is None)


def _is_parameter(inquiry: Inquiry, term: Node) -> bool:
    """Whether a term is a parameter that stands alone in a sum of two, as in w - η·g."""
    told = quantity_of(term)
    return told is not None and told.name in inquiry.truth.problem.graph.parameters


CAUSE = Cause(
    code="missing-paths",
    title="A path is missing",
    what=(
        "A term of a sum is left out: one of the paths along which a quantity reaches the cost, one of several "
        "errors, a bias."
    ),
    why=(
        "A hidden activation feeds every unit of the next layer. By the chain rule the products along all these "
        "paths are added."
    ),
    example="∂E_total/∂out_h1 = ∂E_o1/∂out_h1 = 0.055399425",
    right="∂E_total/∂out_h1 = ∂E_o1/∂out_h1 + ∂E_o2/∂out_h1 = 0.055399425 - 0.019049119 = 0.036350306",
    search=_search,
)
