"""The loss of the true class, -log(p_2), as the cross-entropy with the targets that a document gives: t = [0, 1, 0]."""

from __future__ import annotations

from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.choice import Choice
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.forms import keys, value_of
from symbackprop.auditing.inference.indices import Indices, indexed
from symbackprop.auditing.inference.words import TARGETS, role
from symbackprop.auditing.mathematics.tree import Call, Entries, Name, Negative, Node, Product, Sum

_SPAN = Span(0, 0)


def with_targets(choice: Choice, evidence: Evidence, cost: str) -> None:
    """Puts the targets into a cost that names the probability of the true class alone, to which it is equal there.

    The targets are a vector of zeros and a single one, which stands where the cost has its probability.
    """
    match choice.formulas[cost]:
        case Negative(Call("log", (Name() as probability,))):
            pass
        case _:
            return
    used = {held for formula in choice.formulas.values() for held in keys(formula)}
    for held, entries in evidence.grids.items():
        if role(evidence.name(held), TARGETS) != "" or held in used or not _is_one_hot(entries):
            continue
        if (formula := _entropy(Indices(evidence), probability, held, entries)) is not None:
            choice.formulas[cost] = formula
            return


def _is_one_hot(entries: Entries) -> bool:
    values = [value_of(entry) for row in entries.rows for entry in row]
    return values.count(Fraction(1)) == 1 < len(values) == values.count(Fraction(0)) + 1


def _entropy(indices: Indices, probability: Name, held: str, entries: Entries) -> Node | None:
    """The sum over all classes; None where the targets say another class than the one of the probability."""
    shape = len(entries.rows), len(entries.rows[0])
    for stem, index in indexed(probability):
        place = indices.place(stem, shape, index)
        if place is not None and value_of(entries.rows[place[0]][place[1]]) == 1:
            pairs = zip(_names(indices, held, shape), _names(indices, stem, shape), strict=True)
            terms = (Product((target, Call("log", (other,), _SPAN)), _SPAN) for target, other in pairs)
            return Negative(Sum(tuple(terms), _SPAN), _SPAN)
    return None


def _names(indices: Indices, held: str, shape: tuple[int, int]) -> list[Name]:
    """The names of the entries of a vector."""
    return [made(text) for row in indices.names(held, shape) for text in row]
