from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from symbackprop.checking.hand import Hand, Place
from symbackprop.checking.printed import Printed
from symbackprop.evaluation.enclosure import Enclosures
from symbackprop.network.graph import Definition
from symbackprop.network.problem import Problem, read_equations

HERE = Place(None, 0)


@dataclass
class Page:
    """A document of a forward pass, and what it prints."""

    problem: Problem
    printed: dict[str, str] = field(default_factory=dict)

    def steps(self, place: Place) -> Sequence[Definition]:
        assert place == HERE
        return self.problem.graph.definitions

    def exact(self, place: Place) -> Enclosures:
        return Enclosures(self.steps(place), self.problem.exact_values())

    def kept(self, after: int, name: str) -> Sequence[Printed]:
        assert after == 0
        return [Printed.of(self.printed[name])] if name in self.printed else []


def page(decimals: int | None = None, **printed: str) -> Page:
    graph = read_equations({"a": "x/3", "b": "9*a", "c": "1/(b - 6.01)"}, ["x"], [], [])
    return Page(Problem(graph, {"x": "2"}, decimals=decimals), printed)


@pytest.mark.parametrize(
    ("document", "low", "high"),
    [
        (page(), "6", "6"),
        (page(a="0.67"), "6", "6.03"),  # from two thirds to what is printed
        (page(decimals=2), "6", "6.03"),
        (page(decimals=0), "6", "9"),
        (page(decimals=0, a="0.667"), "6", "6.003"),
    ],
)
def test_what_a_quantity_comes_to(document: Page, low: str, high: str) -> None:
    bounds = Hand(document).comes_to(HERE, "b")
    assert bounds is not None
    narrow = Fraction(1, 10**8)  # a ball's radius is a little larger than need be
    assert Fraction(low) - narrow < bounds[0] <= Fraction(low)
    assert Fraction(high) <= bounds[1] < Fraction(high) + narrow


def test_a_division_by_what_may_be_zero_has_no_bounds() -> None:
    assert Hand(page(decimals=2)).comes_to(HERE, "c") is None
    assert Hand(page(decimals=2, b="6.03")).comes_to(HERE, "c") is None


@pytest.mark.parametrize(
    ("document", "printed", "reproduced"),
    [
        (page(), "6.03", False),
        (page(a="0.67"), "6.03", True),
        (page(a="0.67"), "6.01", False),
        (page(decimals=2), "6.03", True),
        (page(decimals=3), "6.003", True),
        (page(decimals=3), "6.03", False),
    ],
)
def test_the_usual_ways_to_carry_decimals(document: Page, printed: str, reproduced: bool) -> None:
    assert Hand(document).reproduces(HERE, "b", Printed.of(printed)) is reproduced
