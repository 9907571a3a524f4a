"""Kernels: exp(u), log(u), tan(u/2), erf(u) as independent quantities beside the leaves.

An elementary expression is a rational function of its leaves and kernels. If two agree as rational functions, with
nothing assumed of the kernels, they agree. What is used of the kernels are these identities alone:

    exp(n·u) = exp(u)^n           tanh(u) = (1 - exp(-2u))/(1 + exp(-2u))      erf(-u) = -erf(u)
    u^(p/q)  = exp(log(u)·p/q)    sin(u) = 2t/(1 + t²), cos(u) = (1 - t²)/(1 + t²), t = tan(u/2)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from symbackprop.checking.interpretation import Element
from symbackprop.errors import LimitError

LARGEST = 64  # multiple of one kernel's argument that is recognised in another's
REFINEMENTS = 12

Answer = TypeVar("Answer")


class Finer(Exception):  # noqa: N818 - no error: the kernel number `index` has to be split into `parts` equal ones
    """exp(u) was given a name of its own, and then exp(u/parts) was met."""

    def __init__(self, index: int, parts: int) -> None:
        super().__init__()
        self.index = index
        self.parts = parts


class Kernels(ABC):
    """A domain in which kernels are independent; `parts` says into how many equal ones an exponential is split."""

    def __init__(self, parts: Mapping[int, int]) -> None:
        self.parts = parts
        self.exponentials: list[tuple[Element, Element]] = []
        self.others: dict[str, list[tuple[Element, Element]]] = {"log": [], "tan": [], "erf": []}
        self.constants: dict[str, Element] = {}

    @abstractmethod
    def number(self, value: Fraction) -> Element:
        """An exact rational."""

    @abstractmethod
    def fresh(self, kind: str, argument: Element) -> Element:
        """A new independent element for a kernel."""

    @abstractmethod
    def is_zero(self, element: Element) -> bool:
        """Whether an element is 0."""

    @abstractmethod
    def ratio(self, one: Element, other: Element) -> Fraction | None:
        """one/other where it is a rational number, with no part beyond `LARGEST`; else None."""

    def constant(self, name: str) -> Element:
        """A number such as pi, of which nothing is assumed."""
        if name not in self.constants:
            self.constants[name] = self.fresh(name, self.number(Fraction(3)))
        return self.constants[name]

    def apply(self, function: str, argument: Element) -> Element:
        """exp, log, sin, cos, tanh or erf of an element."""
        one = self.number(Fraction(1))
        match function:
            case "exp":
                return self._exponential(argument)
            case "tanh":
                x = self._exponential(self.number(Fraction(-2)) * argument)
                return (one - x) / (one + x)
            case "sin" | "cos":
                sign, t = self._odd("tan", argument)
                below = one + t * t
                return (one - t * t) / below if function == "cos" else sign * (t + t) / below
            case "erf":
                sign, value = self._odd("erf", argument)
                return sign * value
            case _:
                return self._logarithm(argument)

    def _exponential(self, argument: Element) -> Element:
        if self.is_zero(argument):
            return self.number(Fraction(1))
        for base, logarithm in self.others["log"]:
            ratio = self.ratio(argument, logarithm)
            if ratio is not None and ratio.denominator == 1:
                return self._raised(base, int(ratio))
            if ratio is not None:
                unit = logarithm / self.number(Fraction(ratio.denominator))
                root = self._multiple(unit, base, ratio.denominator)
                return self._raised(root, ratio.numerator)
        return self._multiple(argument)

    def _multiple(self, argument: Element, base: Element = None, degree: int = 0) -> Element:
        """exp(argument), as a power of an exponential that is known; else of a new one, a root of `base` if given."""
        for index, (known, element) in enumerate(self.exponentials):
            ratio = self.ratio(argument, known)
            if ratio is not None and ratio.denominator == 1:
                return self._raised(element, int(ratio))
            if ratio is not None:
                raise Finer(index, ratio.denominator)
        parts = self.parts.get(len(self.exponentials), 1)
        unit = argument / self.number(Fraction(parts))
        element = self.fresh("exp", unit)
        self.exponentials.append((unit, element))
        if base is not None:
            self.relate(element, degree * parts, base)
        return self._raised(element, parts)

    @abstractmethod
    def relate(self, root: Element, degree: int, base: Element) -> None:
        """Called for a kernel that is a root: root ** degree = base."""

    def _raised(self, element: Element, exponent: int) -> Element:
        power = element ** abs(exponent)
        return power if exponent >= 0 else self.number(Fraction(1)) / power

    def _logarithm(self, argument: Element) -> Element:
        if self.is_zero(argument):
            raise ZeroDivisionError("log 0")
        if self.is_zero(argument - self.number(Fraction(1))):
            return self.number(Fraction(0))
        for known, element in self.others["log"]:
            if self.is_zero(known - argument):
                return element
        element = self.fresh("log", argument)
        self.others["log"].append((argument, element))
        return element

    def _odd(self, kind: str, argument: Element) -> tuple[Element, Element]:
        """(sign, kernel) of an odd function, the kernel that of the argument or of its negative."""
        if self.is_zero(argument):
            return self.number(Fraction(1)), self.number(Fraction(0))
        for known, element in self.others[kind]:
            for sign in (1, -1):
                if self.is_zero(known - self.number(Fraction(sign)) * argument):
                    return self.number(Fraction(sign)), element
        element = self.fresh(kind, argument)
        self.others[kind].append((argument, element))
        return self.number(Fraction(1)), element

    def power(self, base: Element, exponent: int) -> Element:
        """The whole power base ** exponent."""
        return base**exponent

    def root(self, base: Element, exponent: Fraction) -> Element:
        """The power base ** exponent as exp(exponent · log(base))."""
        return self._exponential(self.number(exponent) * self._logarithm(base))

    def join(self, one: Element, other: Element) -> Element:
        """Never asked for: kernels decide every condition."""
        raise AssertionError(f"a condition was left open between {one} and {other}")


def refined(question: Callable[[Mapping[int, int]], Answer]) -> Answer:
    """The answer to `question`, asked again with its exponentials split until every one it meets is a whole power."""
    parts: dict[int, int] = {}
    for _ in range(REFINEMENTS):
        try:
            return question(parts)
        except Finer as finer:
            parts[finer.index] = parts.get(finer.index, 1) * finer.parts
    raise LimitError(f"exponentials of more than {REFINEMENTS} commensurable arguments")
