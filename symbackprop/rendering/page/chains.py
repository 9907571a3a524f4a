"""A worked step in formulas: its name, and the members of its chain."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.evaluation.worked import WorkedStep
from symbackprop.expressions import names
from symbackprop.rendering.links import Link, links
from symbackprop.rendering.mathematics import formula_of, left, numeral, sign_of
from symbackprop.rendering.page.elements import Content, Element, element
from symbackprop.rendering.page.formulas import formula, formulas


def name_formula(name: str) -> Element:
    """A quantity's name."""
    return formula(names.latex(name))


def decimal_formula(decimal: str) -> Element:
    """A decimal."""
    return formula(numeral(decimal))


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
    members = (
        element("span", formulas(formula_of(link), sign=sign_of(link)), class_="member") for link in links(worked)
    )
    return element("p", formula(left(worked)), " ", element("span", members, class_="members"), class_="chain")


def short_chain(worked: WorkedStep) -> Element | None:
    """The step in node errors, where it has that form."""
    if worked.short is None:
        return None
    short = formulas(formula_of(Link(worked.short)), sign="=")
    return element("p", "In short: ", formula(left(worked)), short, class_="short")


def result(worked: WorkedStep) -> Iterator[Content]:
    """The name and the last member of a step's chain: its value, or its formula where it has none."""
    last = links(worked)[-1]
    yield formula(left(worked))
    yield from formulas(formula_of(last), sign=sign_of(last))
