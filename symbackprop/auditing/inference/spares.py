"""Formulas with another weight than is meant, which its number shows: the one that is stated and stands in none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from symbackprop.auditing.inference.agreement import agrees
from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.evidence import Evidence, figures
from symbackprop.auditing.inference.forms import keys, renamed
from symbackprop.auditing.inference.words import is_parameter
from symbackprop.auditing.mathematics.tree import Node

FIGURES = 3  # of a printed number that tells which weight is meant
SPARES = 20


def with_spares(formulas: dict[str, Node], evidence: Evidence) -> None:
    """Puts a weight that no formula has where the printed number of a formula then follows, and did not before.

    It is put in only where one weight in one place alone makes the number.
    """
    used = {held for formula in formulas.values() for held in keys(formula)}
    given = dict.fromkeys((*evidence.stated, *evidence.assigned))
    spare = tuple(islice((held for held in given if _is_spare(held, used, evidence)), SPARES))
    if not spare:
        return
    values = {head: number.value for head, number in evidence.printed.items()}
    values |= {
        held: number.value for held in (*used, *spare) if held not in formulas and (number := evidence.value(held))
    }
    for head, formula in formulas.items():
        number = evidence.printed.get(head)
        if number is None or figures(number.text) < FIGURES or agrees(formula, values, number) is not False:
            continue
        found = [other for other in _exchanged(formula, spare, evidence) if agrees(other, values, number)]
        if len(found) == 1:
            formulas[head] = found[0]


def _is_spare(held: str, used: set[str], evidence: Evidence) -> bool:
    return held not in used and not evidence.formulas.get(held) and is_parameter(evidence.name(held))


def _exchanged(formula: Node, spare: tuple[str, ...], evidence: Evidence) -> Iterator[Node]:
    """A formula with one of its parameters exchanged for each that is to spare."""
    for held in keys(formula):
        if is_parameter(evidence.name(held)):
            for other in spare:
                yield renamed(formula, {held: made(evidence.name(other))})
