"""Weighted sums that are worked out in numbers alone: 0.5*0.6 + (-0.3)(-0.4) + 0.1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.forms import is_number, terms_of, value_of
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Product, Sum

UNITS = 50  # of one layer


@dataclass(frozen=True, slots=True)
class Way:
    """Which number of a product is the weight and which comes from below; `first` where the weight stands first."""

    weight: Fraction
    source: Fraction
    first: bool


@dataclass(frozen=True, slots=True)
class Working:
    """The numbers of a weighted sum: the ways to read each product, and the bias at its `place`."""

    head: str
    written: Node
    products: tuple[tuple[Way, ...], ...]
    bias: Fraction | None
    place: int

    def formula(self, pairs: Iterable[tuple[str, str]], worth: Iterable[Fraction], bias: str | None, sign: int) -> Node:
        """The same sum in names, weights and sources that are worth so much, in the author's order.

        The bias has a `sign`.
        """
        span = self.written.span
        terms: list[Node] = []
        for ways, (weight, source), value in zip(self.products, pairs, worth, strict=True):
            factors = (made(weight), made(source))
            first = next((way.first for way in ways if way.source == value), True)
            terms.append(Product(factors if first else factors[::-1], span))
        if bias is not None:
            name: Name = made(bias)
            terms.insert(self.place, name if sign > 0 else Negative(name, span))
        return Sum(tuple(terms), span) if len(terms) > 1 else terms[0]


def workings(head: str, written: Node) -> tuple[Working, ...]:
    """The ways to read numbers as a weighted sum; the bias may be multiplied by the 1 of a unit that is always on."""
    products: list[tuple[Way, ...]] = []
    singles: list[tuple[int, Fraction]] = []
    units: list[tuple[int, Fraction]] = []  # products with a factor 1
    for index, term in enumerate(terms := terms_of(written)):
        value = value_of(term)
        if value is not None:
            singles.append((index, value))
            continue
        ways = _ways(term)
        if not ways:
            return ()
        units += [(len(products), way.weight) for way in ways if way.source == 1]
        products.append(ways)
    if not products or len(terms) > UNITS or len(singles) > 1:
        return ()
    if singles:
        return (Working(head, written, tuple(products), singles[0][1], singles[0][0]),)
    plain = Working(head, written, tuple(products), None, 0)
    return (
        plain,
        *(
            Working(head, written, (*products[:place], *products[place + 1 :]), value, place)
            for place, value in units
            if len(products) > 1
        ),
    )


def _ways(term: Node) -> tuple[Way, ...]:
    """A weight times what comes from below, or the other way round; a sign before them is one of theirs."""
    sign, body = (-1, term.operand) if isinstance(term, Negative) else (1, term)
    if not isinstance(body, Product) or len(body.factors) != 2 or not all(map(is_number, body.factors)):
        return ()
    one, other = (value for factor in body.factors if (value := value_of(factor)) is not None)
    every = Way(one, other, True), Way(other, one, False)
    found = [Way(sign * way.weight, way.source, way.first) for way in every]
    if sign < 0:
        found += [Way(way.weight, -way.source, way.first) for way in every]
    return tuple(found)
