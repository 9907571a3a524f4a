"""Formulas with one slip, which their numbers show: a sign, another index, a weight for one that stands in none."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice

from symbackprop.auditing.inference.agreement import agrees, worth
from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.evidence import Evidence, Given, figures
from symbackprop.auditing.inference.forms import keys, replaced
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.inference.words import is_parameter
from symbackprop.auditing.mathematics.tree import Name, Node, Sum, negated, walk

FIGURES = 3  # of a printed number that tells what is meant
EDITS = 100  # of one formula
SLIPS = 8  # of one document that are looked into
KNOWN = 400  # names whose indices may be exchanged
SHARE = Fraction(1, 10_000)  # of a number, by which it may be off


def without_slips(formulas: dict[str, Node], evidence: Evidence) -> None:
    """Puts a formula right from whose names its printed number does not follow, where it then does.

    It is put right only where one sign or one name alone makes the number, and nothing follows from what it made.
    """
    used = {held for formula in formulas.values() for held in keys(formula)}
    given = dict.fromkeys((*evidence.stated, *evidence.assigned))
    spare = tuple(held for held in given if held not in used and _is_leaf(held, evidence))
    values = {head: number.value for head, number in evidence.printed.items()}
    leaves = (held for held in (*used, *spare) if held not in formulas)
    values |= {held: number.value for held in leaves if (number := evidence.value(held))}
    due = _due(formulas, values)
    for head, number in islice(_contradicted(formulas, evidence, values, due), SLIPS):
        if _number_stands(head, formulas, values, evidence):
            edited = islice(_edited(head, formulas[head], spare, values, evidence), EDITS)
            found = [other for other in edited if agrees(other, values, number, SHARE)]
            if len(found) == 1:
                formulas[head] = found[0]


def _contradicted(
    formulas: Mapping[str, Node], evidence: Evidence, *known: Mapping[str, Fraction]
) -> Iterator[tuple[str, Given]]:
    """The names whose printed number is not what their formula makes, whatever is known of what it rests on."""
    for head, formula in formulas.items():
        number = evidence.printed.get(head)
        if number is None or figures(number.text) < FIGURES:
            continue
        if all(agrees(formula, values, number) is False for values in known):
            yield head, number


def _due(formulas: Mapping[str, Node], values: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """What names should be worth by their formulas, in the order in which the document has these."""
    due: ChainMap[str, Fraction] = ChainMap({}, dict(values))
    for head, formula in formulas.items():
        if (value := worth(formula, due)) is not None:
            due[head] = value
    return due


def _number_stands(head: str, formulas: Mapping[str, Node], values: Mapping[str, Fraction], evidence: Evidence) -> bool:
    """Whether nothing that is printed follows from what a formula makes, and not from the number printed for it."""
    own = worth(formulas[head], values)
    made_before = ChainMap({head: own}, dict(values)) if own is not None else values
    for other, user in formulas.items():
        shown = evidence.printed.get(other)
        if shown and head in keys(user) and agrees(user, made_before, shown) and not agrees(user, values, shown):
            return False
    return True


def _is_leaf(held: str, evidence: Evidence) -> bool:
    return is_parameter(evidence.name(held)) and not evidence.formulas.get(held)


def _edited(
    head: str, formula: Node, spare: tuple[str, ...], values: Mapping[str, Fraction], evidence: Evidence
) -> Iterator[Node]:
    """A formula with another name in one place, or another sign before one term."""
    for part in walk(formula):
        if isinstance(part, Name):
            pattern, number = evidence.unit(key(part))
            others = islice(values, KNOWN) if number is not None else ()
            kin = [other for other in others if evidence.unit(other)[0] == pattern]
            for other in dict.fromkeys((*kin, *(spare if is_parameter(evidence.name(key(part))) else ()))):
                if other not in (head, key(part)):
                    yield _with(formula, part, made(evidence.name(other)))
        elif isinstance(part, Sum):
            for index in range(1, len(part.terms)):
                turned = negated(part.terms[index])
                yield _with(formula, part, Sum((*part.terms[:index], turned, *part.terms[index + 1 :]), part.span))


def _with(formula: Node, part: Node, other: Node) -> Node:
    return replaced(formula, lambda node: other if node is part else None)
