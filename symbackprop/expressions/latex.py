r"""Tree -> LaTeX, in plain ASCII: the author's term order, ∂ for partials, and the mode with the numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import sympy as sp

from symbackprop.expressions import names
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.printing import ATOM, FRACTION, POWER, PRODUCT, SUM, Piece, enclosed, render


def latex(tree: sp.Expr, numbers: Mapping[str, str] | None = None) -> str:
    r"""`tree` in LaTeX; with `numbers`, names are replaced by the decimals given, negative ones in brackets.

    >>> from symbackprop.expressions.tree import multiply, symbol
    >>> print(latex(multiply([symbol("w_5"), symbol("out_h1")])))
    w_{5} \cdot \mathit{out}_{h1}
    >>> print(latex(multiply([symbol("w_5"), symbol("out_h1")]), {"w_5": "0.40", "out_h1": "-0.5"}))
    0.40 \cdot (-0.5)
    """
    return render(tree, LatexStyle(), numbers)


_SIGNS = {entry.latex for entry in FUNCTIONS.values()}  # a quantity sigma before a bracket is no sigmoid


class LatexStyle:
    """LaTeX with amsmath."""

    def name(self, name: str) -> Piece:
        """The name in LaTeX; one that is a fraction, or has a raised mark, is no base of a power without brackets."""
        shown = names.latex(name)
        if names.split_partial(name):
            return Piece(shown, FRACTION)
        return Piece(shown, POWER if "^" in shown else ATOM)

    def numeral(self, text: str) -> Piece:
        r"""The decimal; 3.5e-12 as 3.5 \cdot 10^{-12}."""
        mantissa, marked, exponent = text.removeprefix("+").lower().partition("e")
        if not marked:
            return Piece(mantissa, ATOM)
        ten = f"10^{{{int(exponent)}}}"
        if mantissa in ("1", "-1"):
            return Piece(mantissa[:-1] + ten, POWER)
        return Piece(rf"{mantissa} \cdot {ten}", FRACTION)

    def brackets(self, text: str) -> str:
        """Round brackets that grow where what they hold is high."""
        return rf"\left({text}\right)" if r"\frac" in text or r"\begin" in text else f"({text})"

    def product(self, pieces: list[Piece], divided: list[bool], *, leading: bool) -> Piece:
        r"""A product; with divisors a \frac, before which and after which no other factor stands."""
        above = [piece for piece, below in zip(pieces, divided, strict=True) if not below]
        below = [piece for piece, down in zip(pieces, divided, strict=True) if down]
        if not below:
            return self._juxtaposed(above, leading)
        top = self._juxtaposed(above, True).text if above else "1"
        return Piece(rf"\frac{{{top}}}{{{self._juxtaposed(below, True).text}}}", FRACTION)

    def _juxtaposed(self, pieces: list[Piece], leading: bool) -> Piece:
        r"""Factors with \cdot between them, left out before a bracket that no decimal precedes: 2(t - a), a(1 - a)."""
        if len(pieces) == 1:
            return pieces[0]
        out = enclosed(pieces[0], self, PRODUCT, leading=leading)
        for before, piece in pairwise(pieces):
            shown = enclosed(piece, self, FRACTION)
            opens = piece.binding in (SUM, POWER) and shown.startswith(("(", r"\left(")) and before.text not in _SIGNS
            touching = opens and (before.text.isdigit() or not out[-1].isdigit())
            out += shown if touching else rf" \cdot {shown}"
        return Piece(out, PRODUCT)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        """The power base^{exponent}."""
        return Piece(f"{enclosed(base, self, ATOM)}^{{{exponent.text}}}", POWER)

    def function(self, name: str, arguments: list[str]) -> Piece:
        """The function's sign, or the form that mathematics has for it."""
        match name, arguments:
            case "exp", [argument]:
                return Piece(f"e^{{{argument}}}", POWER)
            case "sqrt", [argument]:
                return Piece(rf"\sqrt{{{argument}}}", POWER)
            case "abs", [argument]:
                return Piece(rf"\left|{argument}\right|", ATOM)
            case "if_positive", [condition, positive, otherwise]:
                condition = f"{{{condition}}}" if condition.startswith("-") else condition  # a sign, no difference
                cases = rf"{positive} & \text{{if }} {condition} > 0 \\ {otherwise} & \text{{otherwise}}"
                return Piece(rf"\begin{{cases}} {cases} \end{{cases}}", SUM)
            case _:
                sign = FUNCTIONS[name].latex or rf"\operatorname{{{name}}}"
                return Piece(sign + self.brackets(", ".join(arguments)) if arguments else sign, ATOM)
