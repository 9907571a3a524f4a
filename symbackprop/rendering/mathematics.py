r"""A worked step in LaTeX: its chain name = formula = the formula with its numbers = value, in one line or in rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symbackprop.evaluation.worked import WorkedStep
from symbackprop.expressions import names
from symbackprop.expressions.latex import LatexStyle
from symbackprop.expressions.printing import ATOM, FRACTION, PRODUCT, Piece, enclosed, render
from symbackprop.rendering.layout import Setting, laid_out
from symbackprop.rendering.links import ELLIPSIS, Link, abridged, links
from symbackprop.rendering.typesetting import width

INDENT = 20.0  # points by which a line goes in that continues another


class DocumentStyle(LatexStyle):
    """LaTeX for a page: the ellipsis of an abridged sum, and long decimals that may be broken."""

    def name(self, name: str) -> Piece:
        """The name in LaTeX, or the ellipsis."""
        return Piece(r"\cdots", ATOM) if name == ELLIPSIS else super().name(name)

    def numeral(self, text: str) -> Piece:
        """The decimal, with places to break it after every twenty digits where it has more than forty."""
        piece = super().numeral(text)
        return Piece(breakable(piece.text), piece.binding)


class LinearStyle(DocumentStyle):
    """Everything in one line, so that it can be broken anywhere: a/b for fractions, brackets of one size."""

    def brackets(self, text: str) -> str:
        """(text)."""
        return f"({text})"

    def product(self, pieces: list[Piece], divided: list[bool], *, leading: bool) -> Piece:
        """The product a / b."""
        above = [piece for piece, below in zip(pieces, divided, strict=True) if not below]
        below = [piece for piece, down in zip(pieces, divided, strict=True) if down]
        if not below:
            return super().product(pieces, divided, leading=leading)
        top = super().product(above or [Piece("1", ATOM)], [False] * (len(above) or 1), leading=leading)
        bottom = super().product(below, [False] * len(below), leading=True)
        return Piece(f"{enclosed(top, self, PRODUCT, leading=leading)} / {enclosed(bottom, self, FRACTION)}", PRODUCT)

    def function(self, name: str, arguments: list[str]) -> Piece:
        """The function's name and its arguments in brackets."""
        upright = name.replace("_", r"\_")
        return Piece(rf"\operatorname{{{upright}}}({', '.join(arguments)})", ATOM)


def breakable(decimal: str) -> str:
    r"""A decimal of more than forty digits with \allowbreak after every twenty."""
    return re.sub(r"\d{41,}", lambda digits: r"\allowbreak ".join(re.findall(r"\d{1,20}", digits[0])), decimal)


def step_latex(worked: WorkedStep) -> str:
    r"""The chain name = formula = the formula with its numbers = value, in one line of LaTeX.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.evaluation.worked import work
    >>> from symbackprop.network.problem import Problem, read_equations
    >>> graph = read_equations({"z": "w*x"}, ["x"], [], ["w"])
    >>> print(step_latex(work(derive(Problem(graph, {"x": "2", "w": "0.50"}))).steps[0]))
    z = w \cdot x = 0.50 \cdot 2 = 1
    """
    return " ".join([left(worked), *(f"{sign_of(link)} {formula_of(link)}" for link in links(worked))])


def left(worked: WorkedStep) -> str:
    """What a step's chain begins with: the node error where it is one, else the name."""
    return names.latex(worked.step.node_error or worked.step.name)


def equation(name: str, decimal: str) -> str:
    """The equation name = decimal, for a given number or one in a table; the name alone where there is no number."""
    return f"{names.latex(name)} = {numeral(decimal)}" if decimal else names.latex(name)


def numeral(decimal: str) -> str:
    """A decimal in LaTeX."""
    return DocumentStyle().numeral(decimal).text


def rows(worked: WorkedStep, room: float, indent: float, margin: float = 0) -> list[str]:
    r"""The chain in rows "left &= right" for align or aligned, no wider than `room` points.

    Arguments: `indent` is the width of the widest left side of all rows that are aligned with each other; `margin` is
    what the last row leaves free, where it can.
    """
    start = left(worked)
    if indent > WIDEST * room:
        return [f"&{start}", *(rf"&\quad {row[1:]}" for row in _rows(links(worked), room - INDENT, margin))]
    first, *others = _rows(links(worked), room - indent, margin)
    return [f"{start} {first}", *others]


def short_rows(worked: WorkedStep, room: float, indent: float) -> list[str]:
    """The short form of a step in rows that are aligned with those of its chain; none where it has no short form."""
    if not worked.short:
        return []
    label = rf"\text{{in short: }} {left(worked)}"
    free = room - (0 if indent > WIDEST * room else indent)
    chain = [Link(form) for form in worked.short]
    beside = _rows(chain, free - width(label), 0)
    if len(beside) == 1:
        return [f"&{label} {beside[0][1:]}"]
    return [f"&{label}", *(rf"&\quad {row[1:]}" for row in _rows(chain, free - INDENT, 0))]


WIDEST = 0.4  # of the room: a left side that is wider has a row to itself


def _rows(chain: Sequence[Link], room: float, margin: float) -> list[str]:
    lines = laid_out(chain, _SETTING, room, margin)
    return [rf"&\quad {{}} {line.text}" if line.continued else f"&{line.text}" for line in lines]


def sign_of(link: Link) -> str:
    r"""= where a link is exact, else \approx."""
    return "=" if link.exact else r"\approx"


def formula_of(link: Link) -> str:
    """The formula of a link, with its numbers in it, abridged where it is long."""
    return _rendered(link, DocumentStyle())


def linear_of(link: Link) -> str:
    """The formula of a link in a form that can be broken anywhere: a/b for fractions."""
    return _rendered(link, LinearStyle())


def _rendered(link: Link, style: LatexStyle) -> str:
    shown = render(abridged(link.tree), style, link.numbers)
    return shown.replace(r"\cdot \cdots", r"\cdots").replace(r"\cdots \cdot", r"\cdots")


_SETTING = Setting(sign_of, formula_of, linear_of, width, INDENT)
