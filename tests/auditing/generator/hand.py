"""Working with printed decimals: what stands on the page, and what goes into the next step."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.auditing.generator.draws import flip
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    Function,
    Opposite,
    Product,
    Quantity,
    Sum,
    named,
    parts,
    rebuilt,
    replaced,
    value,
)
from tests.auditing.generator.steps import Role, Step, called


@dataclass(frozen=True, slots=True)
class Hand:
    """How an author rounds: to `decimals` places, small numbers to as many digits where `significant`.

    `carry` says what goes into the next step: "exact" the value itself, "stepped" what is printed, "guard" two digits
    more. `short`: an exact decimal is printed without zeros behind. `between`: products and differences are worked on
    the way. `brief`: the share of steps that are printed with their result alone.
    """

    decimals: int
    rounding: str
    carry: str
    significant: bool
    short: bool
    between: bool
    signed_zero: bool
    brief: float

    def places(self, number: Fraction) -> int:
        """How many places a number is printed with."""
        if not self.significant or not number or abs(number) >= 1:
            return self.decimals
        return min(self.decimals + 6, self.decimals - 1 - math.floor(math.log10(abs(number))))

    def rounded(self, number: Fraction, extra: int = 0) -> Fraction:
        """The number as it is printed, or with so many places more."""
        scale = 10 ** (self.places(number) + extra)
        scaled = abs(number) * scale
        match self.rounding:
            case "truncated":
                whole = math.floor(scaled)
            case "half-even":
                whole = round(scaled)
            case _:
                whole = math.floor(scaled + Fraction(1, 2))
        return Fraction(-whole if number < 0 else whole, scale)

    def text(self, number: Fraction) -> str:
        """What is printed."""
        rounded = self.rounded(number)
        text = fixed(rounded, self.places(number))
        if self.short and rounded == number and "." in text:
            text = text.rstrip("0").rstrip(".")
        return "-" + text if self.signed_zero and not rounded and number < 0 else text

    def result(self, number: Fraction) -> tuple[str, Fraction]:
        """What is printed of a result, and what goes on from it; guard digits are rounded away in a second step."""
        carried = self.carried(number)
        return self.text(carried if self.carry == "guard" else number), carried

    def carried(self, number: Fraction) -> Fraction:
        """What goes into the next step."""
        match self.carry:
            case "exact":
                return number
            case "guard":
                return self.rounded(number, 2)
            case _:
                return self.rounded(number)


def fixed(number: Fraction, places: int) -> str:
    """A decimal that has no more than so many places, with all of them."""
    whole = abs(number) * 10**places
    digits = str(whole.numerator // whole.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def unit_of(printed: str) -> Fraction:
    """The last place of a printed number."""
    return Fraction(1, 10 ** len(printed.partition(".")[2]))


def hand(random: Random) -> Hand:
    """Any hand."""
    return Hand(
        decimals=random.randint(3, 9),
        rounding=random.choice(("half-up", "half-up", "half-up", "half-even", "truncated")),
        carry=random.choice(("exact", "stepped", "guard")),
        significant=flip(random, 0.25),
        short=flip(random, 0.6),
        between=flip(random, 0.4),
        signed_zero=flip(random, 0.3),
        brief=random.choice((0, 0, 0.2, 0.5)),
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: what is done wrong at the step `index`, how much of it shows, and whether the wrong value is used on.

    `formula` is what is worked instead, `showing` where that shows: only in the result, in the numbers put in, or
    in the symbols too. `misprint` is printed in place of the right result, `operand` is one number that is put in and
    another that stands for it, `label` what the result is said to be; where `worked`, it is not printed alone.
    """

    kind: str
    index: int
    formula: Formula | None = None
    showing: str = "result"
    misprint: str = ""
    operand: tuple[str, str] | None = None
    label: str = ""
    carried: bool = True
    worked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A worked step: its forms, the last of them with numbers, the same half worked, and the result as printed.

    `label` is what it is said to be of.
    """

    step: Step
    label: str
    forms: tuple[Formula, ...]
    numbers: Formula
    between: Formula | None
    printed: str
    due: str  # what an honest author would print here
    exact: Fraction
    brief: bool

    @property
    def size(self) -> Fraction:
        """How far the printed result is from the one that is due, in units of the last place."""
        return abs(Fraction(self.printed) - Fraction(self.due)) / unit_of(self.printed)


def exactly(steps: Sequence[Step], given: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The exact value of every quantity."""
    values = dict(given)
    for step in steps:
        for name in called(step):
            values[name] = value(step.formula, values)
    return values


def work(
    steps: Sequence[Step], given: Mapping[str, str], style: Hand, random: Random, fault: Fault | None = None
) -> tuple[Line, ...]:
    """Every step worked in order as `style` does it, with the error in it."""
    exact = exactly(steps, {name: Fraction(text) for name, text in given.items()})
    printed, carried = dict(given), {name: Fraction(text) for name, text in given.items()}
    lines = []
    for index, step in enumerate(steps):
        brief = bool(step.role is Role.TRAINED or flip(random, style.brief))
        mistake = fault if fault and fault.index == index else None
        table = _Table(style, printed, carried, exact)
        shown = mistake is not None and (mistake.worked or mistake.showing != "result")
        line, wrong, right = table.line(step, mistake, brief and not shown)
        lines.append(line)
        used = wrong if mistake is None or mistake.carried else right
        for name in called(step):
            printed[name] = line.printed if used is wrong else line.due
            carried[name] = used
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Table:
    """What stands on the page so far, and what was carried."""

    style: Hand
    printed: Mapping[str, str]
    carried: Mapping[str, Fraction]
    exact: Mapping[str, Fraction]

    def line(self, step: Step, fault: Fault | None, brief: bool) -> tuple[Line, Fraction, Fraction]:
        """The line, the value that goes on from it, and the one that would from an honest line."""
        numbers, between, raw = self.worked(step.formula)
        due, right = self.style.result(raw)
        forms, wrong, text = step.forms, right, due
        if fault and fault.formula:
            other = self.worked(fault.formula)
            if fault.showing != "result":
                numbers, between = other[:2]
            if fault.showing == "symbols":
                forms = (*step.forms[:-1], fault.formula)
            text, wrong = self.style.result(other[2])
        if fault and fault.operand:
            numbers, between = replaced(numbers, *map(Constant, fault.operand)), None
        if fault and fault.misprint:
            text = fault.misprint
            wrong = Fraction(text)
        label = fault.label if fault and fault.label else step.name
        half = between if self.style.between else None
        return Line(step, label, forms, numbers, half, text, due, self.exact[step.name], brief), wrong, right

    def worked(self, formula: Formula) -> tuple[Formula, Formula | None, Fraction]:
        """The formula with numbers, the same half worked, and its value."""
        values = {name: self.value(name) for name in named(formula)}
        numbers = self.put(formula)
        between = self.half_worked(formula, values)
        if self.style.between and between and self.style.carry == "stepped":
            return numbers, between, value(between, {})
        return numbers, between, value(formula, values)

    def put(self, formula: Formula) -> Formula:
        """The printed numbers in the places of the names."""
        if isinstance(formula, Quantity):
            known = self.printed.get(formula.name)
            return Constant(self.style.text(self.exact[formula.name]) if known is None else known)
        return rebuilt(formula, self.put)

    def value(self, name: str) -> Fraction:
        return self.carried[name] if name in self.carried else self.exact[name]

    def half_worked(self, formula: Formula, values: Mapping[str, Fraction]) -> Formula | None:
        """Each product of a sum, and each sum in a product, in its place as one number; None where there are none."""

        def worked(part: Formula) -> Formula:
            match part:
                case Opposite(operand):
                    return Opposite(worked(operand))
                case Sum() | Product():
                    number = self.style.text(value(part, values))
                    return Constant(number)
                case Quantity():
                    return self.put(part)
                case _:
                    return rebuilt(part, worked)

        if isinstance(formula, Quantity | Constant | Function) or not _compound(formula):
            return None
        return rebuilt(formula, worked)


def _compound(formula: Formula) -> bool:
    return any(isinstance(part, Sum | Product) or _compound(part) for part in parts(formula))
