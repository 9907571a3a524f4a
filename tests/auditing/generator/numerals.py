"""How an author writes decimals: the point or a comma, small ones as they are or by a power of ten."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.auditing.generator.draws import flip

SMALL = Fraction(1, 1000)  # below which a power of ten is written
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS = {
    "latex": (r" \cdot 10^{{{}}}", r" \times 10^{{{}}}", r"\times 10^{{{}}}", "e{}"),
    "ascii": ("e{}", "E{}", " x 10^{}", "*10^({})", "*10^{}"),
    "unicode": ("e{}", " × 10^{}", " · 10^{}", "·10{}"),
}


@dataclass(frozen=True, slots=True)
class Numerals:
    """`power` is how a power of ten is written behind its factor, "" where none is."""

    minus: str = "-"
    comma: str = "."
    power: str = ""

    def write(self, text: str) -> str:
        """A decimal as the author writes it.

        >>> Numerals(comma=",", power=" x 10^{}").write("-0.00003570")
        '-3,570 x 10^-5'
        """
        if self.power and text.lstrip("-0.") and abs(Fraction(text)) < SMALL:
            text = self._by_power(text)
        return text.replace(".", self.comma).replace("-", self.minus)

    def _by_power(self, text: str) -> str:
        sign, places = "-" if text.startswith("-") else "", text.partition(".")[2]
        digits = places.lstrip("0")
        exponent = str(len(digits) - len(places) - 1)
        shown = exponent.translate(_SUPERSCRIPTS) if self.power.endswith("10{}") else exponent
        return sign + digits[0] + ("." + digits[1:] if digits[1:] else "") + self.power.format(shown)

    @property
    def separator(self) -> str:
        """What stands between numbers of a list."""
        return ", " if self.comma == "." else "; "


def is_power(text: str) -> bool:
    """Whether a number is written as a product with a power of ten, which takes brackets as a base."""
    return any(mark in text for mark in "^⁻")


def numerals(random: Random, script: str) -> Numerals:
    """Any way to write decimals."""
    minus = "−" if script == "unicode" and flip(random) else "-"
    comma = "." if flip(random, 0.85) else random.choice(("{,}", ",")) if script == "latex" else ","
    powers = [power for power in _POWERS[script] if "10" in power or (minus, comma) == ("-", ".")]
    return Numerals(minus, comma, random.choice(powers) if flip(random, 0.25) else "")
