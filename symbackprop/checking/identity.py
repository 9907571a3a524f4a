"""Whether two expressions are equal: by structure, by a proof, by exact sampling; unequal by enclosure at a point.

Nothing is refuted that the true values at some point do not contradict, with proof.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import flint

from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Element, Interpretation
from symbackprop.checking.kernels import refined
from symbackprop.checking.rational_functions import RationalFunctions, in_all_cases
from symbackprop.checking.samples import Samples
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.errors import LimitError

POINTS = 8  # at least, that confirm an identity
DRAWS = 4 * POINTS  # points that are tried
BITS = (256, 1024)
SHOWN = 6  # values of a point that a reason gives

Sides = Callable[[Interpretation], tuple[Element, Element]]
"""The two sides of an identity, read in an interpretation of the free names."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A point at which two sides differ: the free names' values, and the two sides there."""

    point: Mapping[str, Fraction]
    claimed: str
    due: str

    def __str__(self) -> str:
        shown = ", ".join(f"{name} = {_decimal(value)}" for name, value in list(self.point.items())[:SHOWN])
        more = ", ..." if len(self.point) > SHOWN else ""
        return f"{self.claimed} instead of {self.due}" + (f" at {shown}{more}" if shown else "")


def identical(names: Sequence[str], sides: Sides, route: str, *, points: int = POINTS) -> Finding:
    """Whether the two `sides`, the claimed one first, agree for all values of `names`."""
    try:
        if _proved(names, sides):
            return Finding(route, Verdict.PROVED)
        reason = "no proof was found"
    except (LimitError, ZeroDivisionError, ValueError, RecursionError) as error:
        reason = _reason(error)
    return sampled(names, sides, route, reason, points=points)


def sampled(names: Sequence[str], sides: Sides, route: str, reason: str = "", *, points: int = POINTS) -> Finding:
    """The same without a proof: agreement at `points` sampled points, or a point that refutes."""
    try:
        agreed, tried = _agreements(tuple(names), sides, points)
        if agreed >= points:
            return Finding(route, Verdict.CONFIRMED, agreed)
        found = contradiction(names, sides) if agreed < tried else None
    except (LimitError, ValueError, RecursionError) as error:
        return Finding(route, Verdict.UNDECIDED, reason=_reason(error))
    if found:
        return Finding(route, Verdict.REFUTED, reason=str(found))
    if agreed < tried:
        reason = "the sides are equal at true values as far as balls tell, by no identity that is known here"
    return Finding(route, Verdict.UNDECIDED, reason=reason or "there is no point at which both sides are defined")


def _proved(names: Sequence[str], sides: Sides) -> bool:
    def holds(domain: RationalFunctions) -> bool:
        claimed, due = sides(Interpretation(domain, dict(zip(names, domain.leaves, strict=True))))
        return domain.is_zero(claimed - due)

    return in_all_cases(len(names), holds)


def _agreements(names: tuple[str, ...], sides: Sides, points: int) -> tuple[int, int]:
    """(at how many points the sides agree, at how many they are defined); the first that disagrees ends the search."""
    agreed = 0
    for draw in range(DRAWS):

        def agree(parts: Mapping[int, int], draw: int = draw) -> bool:
            domain = Samples(names, parts, draw)
            claimed, due = sides(Interpretation(domain, domain.leaves))
            return domain.is_zero(claimed - due)

        try:
            if not refined(agree):
                return agreed, agreed + 1
        except ZeroDivisionError:
            continue
        agreed += 1
        if agreed == points:
            break
    return agreed, agreed


def contradiction(names: Sequence[str], sides: Sides) -> Contradiction | None:
    """A point at which the true values of the two sides differ, proved by enclosure; None where none is found."""
    generator = random.Random("symbackprop")  # noqa: S311 - for points, not for secrets
    for _ in range(DRAWS):
        point = {name: Fraction(generator.choice((-1, 1, 1)) * generator.randint(5, 195), 100) for name in names}
        if found := contradicted_at(point, sides):
            return found
    return None


def contradicted_at(point: Mapping[str, Fraction], sides: Sides) -> Contradiction | None:
    """What the two sides are at `point`, where their enclosures exclude each other."""
    for bits in BITS:
        with flint.ctx.workprec(bits):
            domain = Balls()
            try:
                claimed, due = sides(Interpretation(domain, {name: domain.number(point[name]) for name in point}))
            except ZeroDivisionError:
                return None
            difference = claimed - due
            if difference.is_finite() and not difference.contains(0):
                return Contradiction(point, claimed.str(10, radius=False), due.str(10, radius=False))
    return None


def _decimal(value: Fraction) -> str:
    return str(float(value))


def _reason(error: Exception) -> str:
    match error:
        case LimitError():
            return error.message
        case RecursionError():
            return "the expression is too deep"
        case ZeroDivisionError():
            return "a division by 0"
        case _:
            return str(error)
