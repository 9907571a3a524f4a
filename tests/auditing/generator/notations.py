"""How names, formulas and numbers are written: LaTeX, plain ASCII, and plain text with typographic mathematics."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    Function,
    Opposite,
    Product,
    Quantity,
    Quotient,
    Square,
    Sum,
)
from tests.auditing.generator.numerals import Numerals, is_power, numerals
from tests.auditing.generator.steps import AGAIN

_NAME = re.compile(r"([A-Za-z]+)(\d*)(?:_(\w+))?")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_GREEK = {"delta": "δ", "Delta": "Δ", "phi": "φ", "theta": "θ", "eta": "η", "lambda": "λ"}


@dataclass(frozen=True, slots=True)
class Notation:
    """One author's way of writing; `script` is latex, ascii or unicode."""

    script: str
    times: str
    partial: str  # ∂ or d
    new: str  # the mark of an updated value
    words: str  # the command around a name of several letters: "", mathrm or text
    underscore: bool  # ASCII: w_5, else w5
    formula_of_sigmoid: bool
    brackets: bool  # around negative numbers: 0.3 + (-0.2)
    merged: bool  # without brackets: 0.3 - 0.2, else 0.3 + -0.2
    adjacent: bool  # out(1 - out)
    power: str
    approximate: bool  # the last sign, where the result is rounded
    marked_again: bool  # values after the update bear the mark of updated ones
    numerals: Numerals
    relu: str
    log: str

    @property
    def minus(self) -> str:
        """The minus sign."""
        return self.numerals.minus

    def name(self, name: str) -> str:
        """A name as the author writes it."""
        if name.startswith("d") and "/" in name:
            of, _, by = name[1:].removesuffix(AGAIN).partition("/d")
            if self.script == "latex":
                sign = r"\partial " if self.partial == "∂" else "d"
                return rf"\frac{{{sign}{self.name(of)}}}{{{sign}{self.name(by)}}}"
            return f"{self.partial}{self.name(of)}/{self.partial}{self.name(by)}"
        if name.endswith("+"):
            return self._spelt(name[:-1].removesuffix(AGAIN), self.new)
        if name.endswith(AGAIN):
            return self._spelt(name.removesuffix(AGAIN), self.new if self.marked_again else "")
        return self._spelt(name, "")

    def _spelt(self, name: str, mark: str) -> str:
        match = _NAME.fullmatch(name)
        assert match, name
        letters, digits, lower = match[1], match[2], match[3] or ""
        upper = digits if lower and digits else ""
        lower = lower or digits
        return (
            self._latex(letters, upper, lower, mark)
            if self.script == "latex"
            else self._plain(letters, upper, lower, mark)
        )

    def _latex(self, letters: str, upper: str, lower: str, mark: str) -> str:
        base = f"\\{letters}" if letters in _GREEK else letters
        if len(letters) > 1 and letters not in _GREEK and self.words:
            base = rf"\{self.words}{{{letters}}}"
        upper = f"({upper})" if upper else ""
        match mark:
            case "'":
                return f"{base}'" + (f"^{{{upper}}}" if upper else "") + _lowered(lower)
            case "+":
                return base + _lowered(lower) + "^" + (f"{{{upper}+}}" if upper else "+")
            case "new":
                new = r"\text{new}" if self.words == "text" else "new"
                if upper:
                    return f"{base}^{{{upper}}}_{{{lower},{new}}}"
                return base + _lowered(lower) + f"^{{{new}}}"
            case _:
                return base + (f"^{{{upper}}}" if upper else "") + _lowered(lower)

    def _plain(self, letters: str, upper: str, lower: str, mark: str) -> str:
        unicode = self.script == "unicode"
        base = _GREEK.get(letters, letters) if unicode else letters
        if unicode and lower.isdigit() and not upper:
            text = base + lower.translate(_SUBSCRIPTS)
        else:
            joined = lower and (self.underscore or upper or not lower.isdigit())
            text = base + upper + ("_" if joined else "") + lower
        match mark:
            case "new" if unicode:
                return f"{text}_new"
            case "new":
                return f"new_{text}"
            case "+" if unicode:
                return f"{text}⁺"
            case _:
                return text + mark

    def write(self, formula: Formula) -> str:
        """A formula as the author writes it."""
        match formula:
            case Constant(text):
                return self.numerals.write(text)
            case Quantity(name):
                return self.name(name)
            case Opposite(Constant(text) as operand) if text.startswith("-"):
                return f"{self.minus}({self.write(operand)})"
            case Opposite(operand):
                return self.minus + self._factor(operand, first=False)
            case Sum(terms):
                return self._sum(terms)
            case Product(factors):
                return self._product(factors)
            case Quotient(over, under):
                if self.script == "latex":
                    return rf"\frac{{{self.write(over)}}}{{{self.write(under)}}}"
                return f"{self._factor(over)}/{self._factor(under, first=False)}"
            case Square(base):
                negative = isinstance(base, Constant) and base.text.startswith("-")
                inside = self.write(base)
                bare = isinstance(base, Constant | Quantity) and not negative and not is_power(inside)
                return (inside if bare else f"({inside})") + self.power
            case Function(name, argument):
                return self._applied(name, argument)

    def _sum(self, terms: tuple[Formula, ...]) -> str:
        text = self.write(terms[0])
        for term in terms[1:]:
            if isinstance(term, Opposite):
                text += f" {self.minus} {self._factor(term.operand, first=False)}"
            elif isinstance(term, Constant) and term.text.startswith("-"):
                text += self._negative_term(term)
            else:
                text += f" + {self.write(term)}"
        return text

    def _negative_term(self, term: Constant) -> str:
        if self.brackets:
            return f" + ({self.write(term)})"
        return f" {self.minus} {self.numerals.write(term.text[1:])}" if self.merged else f" + {self.write(term)}"

    def _product(self, factors: tuple[Formula, ...]) -> str:
        text = self._factor(factors[0])
        for factor in factors[1:]:
            written = self._factor(factor, first=False)
            text += written if self.adjacent and isinstance(factor, Sum) else self.times + written
        return text

    def _factor(self, formula: Formula, *, first: bool = True) -> str:
        text = self.write(formula)
        match formula:
            case Sum() | Opposite():
                return f"({text})"
            case Quotient() if self.script != "latex":
                return f"({text})"
            case Constant() if formula.text.startswith("-") and (self.brackets or not first):
                return f"({text})" if self.brackets or self.times.strip() in ("", "·", r"\cdot") else text
            case _:
                return text

    def _applied(self, name: str, argument: Formula) -> str:
        inside = self.write(argument)
        negative = isinstance(argument, Constant) and argument.text.startswith("-")
        if name == "sigmoid" and self.formula_of_sigmoid:
            power = f"{self.minus}({inside})" if negative else self.minus + inside
            match self.script:
                case "latex":
                    return rf"\frac{{1}}{{1+e^{{{power}}}}}"
                case "ascii":
                    return f"1 / (1 + exp({power}))"
                case _:
                    return f"1/(1 + e^({power}))"
        if name == "exp" and self.script != "ascii":
            return f"e^{{{inside}}}" if self.script == "latex" else f"e^({inside})"
        spelt = {
            "latex": {
                "sigmoid": r"\sigma",
                "tanh": r"\tanh",
                "log": rf"\{self.log}",
                "relu": r"\text{ReLU}",
                "leaky_relu": r"\text{LeakyReLU}",
            },
            "ascii": {"log": self.log, "relu": self.relu},
            "unicode": {"sigmoid": "σ", "log": self.log, "relu": "ReLU", "leaky_relu": "LeakyReLU"},
        }[self.script].get(name, name)
        if spelt == "max":
            return f"max(0, {inside})"
        return f"{spelt}({inside})"


def _lowered(lower: str) -> str:
    if not lower:
        return ""
    return f"_{lower}" if len(lower) == 1 else f"_{{{lower}}}"


_TIMES = {"latex": (" * ", r" \cdot ", r" \times "), "ascii": (" * ", "*", " x "), "unicode": (" · ", " × ", "·")}
_NEW = {"latex": ("+", "new", "'"), "ascii": ("new", "'", "_new"), "unicode": ("+", "'", "new")}
_POWERS = {"latex": ("^2", "^{2}"), "ascii": ("**2", "^2", " ** 2"), "unicode": ("²", "^2")}


def notation(random: Random, script: str, *, crosses: bool) -> Notation:
    """Any notation of a script; `crosses`: in ASCII a product may be written with an x."""
    choose = random.choice
    signs = [sign for sign in _TIMES[script] if crosses or sign != " x "]
    return Notation(
        script=script,
        times=choose(signs),
        partial="d" if script == "ascii" or flip(random, 0.15) else "∂",
        new=choose(_NEW[script]),
        words=choose(("", "", "mathrm", "text")),
        underscore=flip(random),
        formula_of_sigmoid=flip(random),
        brackets=flip(random, 0.6),
        merged=flip(random),
        adjacent=flip(random, 0.3),
        power=choose(_POWERS[script]),
        approximate=script != "ascii" and flip(random, 0.3),
        marked_again=flip(random, 0.3),
        numerals=numerals(random, script),
        relu=choose(("relu", "max")),
        log=choose(("ln", "log")),
    )
