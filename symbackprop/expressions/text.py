"""Tree -> text: ASCII that the parser reads again, and Unicode for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from symbackprop.expressions import names
from symbackprop.expressions.printing import ATOM, FRACTION, POWER, PRODUCT, Piece, enclosed, render


def text(tree: sp.Expr, numbers: Mapping[str, str] | None = None) -> str:
    """`tree` in ASCII, in the language of equations: the parser reads it to the same text again.

    >>> from symbackprop.expressions.tree import add, multiply, negate, symbol
    >>> text(add([symbol("a"), negate(multiply([symbol("b"), symbol("c")]))]))
    'a - b*c'
    """
    return render(tree, TextStyle(times="*", unicode=False), numbers)


def unicode_text(tree: sp.Expr, numbers: Mapping[str, str] | None = None) -> str:
    """`tree` for a terminal: ∂E/∂w_5, δ_o1, products with a centred dot.

    >>> from symbackprop.expressions.tree import multiply, symbol
    >>> unicode_text(multiply([symbol("w_5"), symbol("a")]), {"w_5": "0.40", "a": "-2"})
    '0.40 · (-2)'
    """
    return render(tree, TextStyle(times=" · ", unicode=True), numbers)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Text: `times` stands between factors, `unicode` shows names and powers as a terminal can."""

    times: str
    unicode: bool

    def name(self, name: str) -> Piece:
        """A name; in ASCII a derived one is in brackets, so that its marks are no operators."""
        if not self.unicode:
            return Piece(f"({name})" if names.is_derived(name) else name, ATOM)
        binding = FRACTION if "/" in name else POWER if name.endswith("+") else ATOM
        return Piece(names.text(name), binding)

    def numeral(self, text: str) -> Piece:
        """The decimal as it is; for a terminal 3.5e-12 is 3.5·10⁻¹²."""
        mantissa, marked, exponent = text.removeprefix("+").lower().partition("e")
        if not (marked and self.unicode):
            return Piece(mantissa + marked + exponent, ATOM)
        ten = "10" + superscript(exponent)
        if mantissa in ("1", "-1"):
            return Piece(mantissa[:-1] + ten, POWER)
        return Piece(f"{mantissa}·{ten}", FRACTION)

    def brackets(self, text: str) -> str:
        """(text)."""
        return f"({text})"

    def product(self, pieces: list[Piece], divided: list[bool], *, leading: bool) -> Piece:
        """a·b/c, in the order of the factors."""
        first, *others = zip(pieces, divided, strict=True)
        out = "1/" + enclosed(first[0], self, POWER) if first[1] else enclosed(first[0], self, PRODUCT, leading=leading)
        for piece, below in others:
            out += "/" + enclosed(piece, self, POWER) if below else self.times + enclosed(piece, self, FRACTION)
        return Piece(out, PRODUCT)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        """base**exponent, or a raised whole number on a terminal."""
        shown = enclosed(base, self, ATOM)
        if self.unicode and exponent.text.removeprefix("-").isdigit():
            return Piece(shown + superscript(exponent.text), POWER)
        return Piece(f"{shown}{'^' if self.unicode else '**'}{enclosed(exponent, self, POWER)}", POWER)

    def function(self, name: str, arguments: list[str]) -> Piece:
        """name(argument, ...); on a terminal a choice reads as a sentence, Φ and φ are of the normal distribution."""
        if self.unicode and name == "if_positive":
            condition, positive, otherwise = arguments
            return Piece(f"({positive} if {condition} > 0, else {otherwise})", ATOM)
        if self.unicode:
            name = {"normal_cdf": "Φ", "normal_pdf": "φ"}.get(name, name)
        return Piece(f"{name}({', '.join(arguments)})", ATOM)


def superscript(digits: str) -> str:
    """A whole number in raised digits.

    >>> superscript("-12")
    '⁻¹²'
    """
    return str(int(digits)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
