"""Weighted sums of which only the products are written: 0.3 + 0 - 0.6 + 0.2, of w_14, w_24, w_34 and a bias."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.forms import terms_of, value_of
from symbackprop.auditing.inference.layouts import places
from symbackprop.auditing.inference.spelling import numbered
from symbackprop.auditing.mathematics.tree import Node, Number, Product, Sum

PAIR = 2  # the indices of a weight: unit and source
TERMS = 50
CHOICES = 100  # of sources


def written_out(
    head: str, written: Node, parameters: Mapping[str, Fraction], sources: Mapping[str, Fraction], evidence: Evidence
) -> Node | None:
    """The sum in names of a unit whose weights have its number in their index; None where its terms are not theirs.

    Arguments: the stated `parameters` and the possible `sources` by key, with their numbers.
    """
    terms = terms_of(written)
    values = [value for term in terms if (value := value_of(term)) is not None]
    unit = evidence.unit(head)[1]
    if unit is None or not 1 < len(terms) == len(values) <= TERMS:
        return None
    biases = [held for held in parameters if places(evidence.name(held)) == (unit,)]
    found = []
    for weights in _rows(unit, parameters, evidence):
        layers = [
            [
                held
                for held in sources
                if evidence.unit(held)[1] == index and _makes(parameters[weight] * sources[held], term)
            ]
            for (index, weight), term in zip(weights, terms, strict=False)
        ]
        for bias in biases if len(terms) == len(weights) + 1 else [None] if len(terms) == len(weights) else []:
            if bias is not None and parameters[bias] != values[-1]:
                continue
            for chosen in _alike(layers, evidence):
                pairs = [
                    Product((made(evidence.name(weight)), made(evidence.name(held))), written.span)
                    for (_, weight), held in zip(weights, chosen, strict=True)
                ]
                names = [made(evidence.name(bias))] if bias is not None else []
                found.append(Sum((*pairs, *names), written.span))
    return found[0] if len(found) == 1 else None


def _rows(unit: int, parameters: Mapping[str, Fraction], evidence: Evidence) -> Iterator[list[tuple[int, str]]]:
    """The weights with the number of a unit in one place of their index, by the number in the other, in its order."""
    rows: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for held in parameters:
        name = evidence.name(held)
        index = places(name)
        if len(index) == PAIR:
            for place in (0, 1):
                if index[place] == unit:
                    rows.setdefault((numbered(name)[0], place), []).append((index[1 - place], held))
    for row in rows.values():
        yield sorted(row)


def _alike(layers: Sequence[Sequence[str]], evidence: Evidence) -> Iterator[tuple[str, ...]]:
    """The choices of a source each that are of one pattern."""
    patterns = dict.fromkeys(evidence.unit(held)[0] for layer in layers for held in layer)
    for pattern in [*patterns][:CHOICES]:
        yield from product(*([held for held in layer if evidence.unit(held)[0] == pattern] for layer in layers))


def _makes(value: Fraction, term: Node) -> bool:
    """Whether a product is what is written for it, to its places."""
    written = value_of(term)
    bare = next((part for part in (term, getattr(term, "operand", None)) if isinstance(part, Number)), None)
    slack = bare.unit / 2 if bare is not None else Fraction(0)
    return written is not None and abs(value - written) <= slack
