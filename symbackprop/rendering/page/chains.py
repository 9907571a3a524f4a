"""A worked step in formulas: its name, and the members of its chain."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.evaluation.worked import WorkedStep
from symbackprop.expressions import names
from symbackprop.rendering.links import Link, links
from symbackprop.rendering.mathematics import formula_of, left, linear_of, numeral, sign_of
from symbackprop.rendering.page.elements import Content, Element, element
from symbackprop.rendering.page.formulas import formula, formulas, pieces
from symbackprop.rendering.typesetting import width

WIDE = 400.0  # points at a type size of 10: what a page has beside its margins on a wide screen


def name_formula(name: str) -> Element:
    """A quantity's name."""
    return formula(names.latex(name))


def decimal_formula(decimal: str) -> Element:
    """A decimal."""
    return formula(numeral(decimal))


def equation(name: str, decimal: str) -> Iterator[Content]:
    """The equation name = decimal, for a given number or one in a table; the name alone where there is no number."""
    yield name_formula(name)
    if decimal:
        yield from formulas(numeral(decimal), sign="=")


def prose(sentence: str) -> Iterator[Content]:
    """A sentence in which names stand in backticks; a mark after a name stays in its line."""
    first, *others = sentence.split("`")
    yield first
    for name, words in zip(others[::2], others[1::2], strict=True):
        mark = words[:1] if words[:1] in (".", ",", ";", ":", "?", "'") else ""
        shown = name_formula(name)
        yield element("span", shown, mark, class_="together") if mark else shown
        yield words[len(mark) :]


def chain(worked: WorkedStep) -> Element:
    """The chain name = formula = the formula with its numbers = value; lines end between its members first."""
    return element("p", element("span", formula(left(worked))), " ", map(_member, links(worked)), class_="chain")


def short_chain(worked: WorkedStep) -> Element | None:
    """The step in node errors, where it has that form."""
    if not worked.short:
        return None
    start = element("span", "In short: ", formula(left(worked)))
    return element("p", start, " ", map(_member, map(Link, worked.short)), class_="chain")


def result(worked: WorkedStep) -> Element:
    """The name and the last member of a step's chain: its value, or its formula where it has none."""
    return element("span", element("span", formula(left(worked))), " ", _member(links(worked)[-1]), class_="chain")


def _member(link: Link) -> Element:
    tex = formula_of(link)
    if any(width(piece) > WIDE for piece in pieces(tex)):
        tex = linear_of(link)
    return element("span", formulas(tex, sign=sign_of(link)), class_="member")
