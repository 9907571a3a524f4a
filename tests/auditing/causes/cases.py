"""Cases made by hand: the 2-2-2 network, and the trees and numbers that a document would print."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.search import Search
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.effort import Effort
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, Power, Product, Quotient, Sum
from symbackprop.auditing.report import Explanation
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.checking.printed import Printed
from symbackprop.network.file import load_problem

EXAMPLES = Path(__file__).parents[3] / "examples"
_places = count(10, 10)


@cache
def truth(name: str = "mazur_2_2_2") -> Truth:
    return Truth(load_problem(EXAMPLES / f"{name}.toml"))


def span() -> Span:
    start = next(_places)
    return Span(start, start + 5)


def number(text: str) -> Node:
    printed = Printed.of(text.removeprefix("-"))
    node = Number(text.removeprefix("-"), printed.value, printed.unit, span())
    return Negative(node, span()) if text.startswith("-") else node


def name(text: str) -> Node:
    return Name(text, span())


def plus(*terms: Node) -> Node:
    return Sum(terms, span())


def times(*factors: Node) -> Node:
    return Product(factors, span())


def less(operand: Node) -> Node:
    return Negative(operand, span())


def over(one: Node, other: Node) -> Node:
    return Quotient(one, other, span())


def squared(base: Node) -> Node:
    return Power(base, number("2"), span())


def case(
    quantity: str,
    printed: str = "",
    *,
    after: int = 0,
    network: str = "mazur_2_2_2",
    wrong: Node | None = None,
    expression: Node | None = None,
    formula: Node | None = None,
    carried: Mapping[str, str] | None = None,
) -> Case:
    """A printed result at fault; of a `formula` alone, an identity."""
    exact = truth(network)

    def value(node: Name | Partial, point: int) -> Any:
        if isinstance(node, Partial):
            assert isinstance(node.of, Name)
            assert isinstance(node.by, Name)
            return exact.value(Quantity(f"d{node.of.text}/d{node.by.text}"), point)
        return exact.value(Quantity(node.text), point)

    shown = Printed.of(printed) if printed else None
    return Case(
        exact,
        wrong or (number(printed) if printed else formula or number("0")),
        printed=shown.value if shown else None,
        unit=shown.unit if shown else None,
        quantity=Quantity(quantity, after),
        expression=expression,
        formula=formula,
        value=value,
        carried={Quantity(key): Fraction(text) for key, text in (carried or {}).items()},
        after=after,
    )


_SEARCH = Search(Effort())


def explain(one: Case) -> tuple[Explanation, ...]:
    """The explanations of a case, by a search that goes on for all of them."""
    _SEARCH.effort.spent = 0
    return _SEARCH.explain(one)


def causes(one: Case) -> list[str]:
    return [explanation.cause for explanation in explain(one)]
