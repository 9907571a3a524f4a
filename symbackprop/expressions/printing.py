"""Tree -> string, once for all styles: the author's order, signs, fractions and brackets.

A `Style` says how a name, a power or a fraction looks; the walk over the tree, and where brackets are needed, is
the same for LaTeX and for text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import sympy as sp

from symbackprop.expressions.numerals import digits_of, numeral
from symbackprop.expressions.tree import inverted, is_divisor, split_sign

# How tightly the outermost operation of a piece binds. What is drawn as a fraction, or as 3.5 · 10^-12, is a factor as
# it stands, but neither a divisor nor the base of a power.
SUM, PRODUCT, FRACTION, POWER, ATOM = range(1, 6)


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed part of an expression, and how tightly it binds."""

    text: str
    binding: int

    @property
    def negative(self) -> bool:
        """Whether it begins with a minus sign."""
        return self.text.startswith("-")


class Style(Protocol):
    """How the parts of an expression look."""

    def name(self, name: str) -> Piece:
        """A quantity's name."""

    def numeral(self, text: str) -> Piece:
        """A decimal, 0.5 or 3.5e-12."""

    def brackets(self, text: str) -> str:
        """`text` in round brackets."""

    def product(self, pieces: list[Piece], divided: list[bool], *, leading: bool) -> Piece:
        """Factors in their order; those that are divided by are marked. A sign may begin it where it is `leading`."""

    def power(self, base: Piece, exponent: Piece) -> Piece:
        """The power base ** exponent, the base in brackets where it needs them."""

    def function(self, name: str, arguments: list[str]) -> Piece:
        """A function of the table, applied."""


def render(tree: sp.Expr, style: Style, numbers: Mapping[str, str] | None = None) -> str:
    """`tree` in `style`; with `numbers`, each name that has one is printed as that number, negative ones in brackets.

    Arguments: `numbers` maps names to decimals as they are to be printed.
    """
    return _piece(tree, style, numbers or {}).text


def _piece(tree: sp.Expr, style: Style, numbers: Mapping[str, str], *, leading: bool = True) -> Piece:
    if tree.is_Symbol:
        return style.numeral(numbers[tree.name]) if tree.name in numbers else style.name(tree.name)
    if tree.is_Rational:
        return _rational(tree, style)
    if tree.is_Add:
        return _sum(tree, style, numbers)
    if tree.is_Mul:
        return _product(tree, style, numbers, leading)
    if is_divisor(tree):
        return style.product([Piece("1", ATOM), _piece(inverted(tree), style, numbers)], [False, True], leading=True)
    if tree.is_Pow:
        return style.power(_piece(tree.base, style, numbers), _piece(tree.exp, style, numbers))
    return style.function(tree.func.__name__, [_piece(argument, style, numbers).text for argument in tree.args])


def _rational(value: sp.Rational, style: Style) -> Piece:
    text = numeral(value)
    if text is not None:
        return style.numeral(text)
    parts = [Piece(digits_of(int(value.p)), ATOM), Piece(digits_of(int(value.q)), ATOM)]
    fraction = style.product(parts, [False, True], leading=True)
    return Piece("-" + fraction.text, fraction.binding) if value < 0 else fraction


def _sum(tree: sp.Expr, style: Style, numbers: Mapping[str, str]) -> Piece:
    text = ""
    for term in tree.args:
        minus, rest = split_sign(term)
        leading = not text and not minus
        shown = enclosed(_piece(rest, style, numbers, leading=leading), style, PRODUCT, leading=leading)
        if text:
            text += (" - " if minus else " + ") + shown
        else:
            text = "-" + shown if minus else shown
    return Piece(text, SUM)


def _product(tree: sp.Expr, style: Style, numbers: Mapping[str, str], leading: bool) -> Piece:
    minus, rest = split_sign(tree)
    if minus:
        piece = _piece(rest, style, numbers, leading=False)
        return Piece("-" + enclosed(piece, style, PRODUCT), PRODUCT)
    divided = [is_divisor(factor) for factor in tree.args]
    pieces = [
        _piece(inverted(factor) if below else factor, style, numbers, leading=leading or index > 0)
        for index, (factor, below) in enumerate(zip(tree.args, divided, strict=True))
    ]
    return style.product(pieces, divided, leading=leading)


def enclosed(piece: Piece, style: Style, binding: int, *, leading: bool = False) -> str:
    """The piece, in brackets where it binds less tightly than `binding`, or has a sign and nothing `leading` to it."""
    if piece.binding < binding or (piece.negative and not leading):
        return style.brackets(piece.text)
    return piece.text
