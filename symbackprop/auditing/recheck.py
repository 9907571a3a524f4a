"""Checks a certificate of an audit again, with exact fractions and the standard library alone.

    python -m symbackprop.auditing.recheck FILE
    python -I -S symbackprop/auditing/recheck.py FILE

Every quantity is computed again through the certificate's list of definitions, partials and updates, as an interval
with rational ends that holds its true value. A claim is refused where what was computed is not inside the interval
that the certificate gives as exact, or where its verdict does not follow from its intervals. What the certificate
says the numbers printed before a claim make is taken as given. Exit 0 nothing is refused, 1 something is, 2 the file
is no certificate.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from functools import cache
from math import isqrt
from typing import Any, NamedTuple

PRECISIONS = (256, 512, 1024, 2048)  # bits, one after another until an interval is inside or outside
EXACT = 4000  # bits of a rational number that is kept as it is
LARGEST = 1 << 16  # of the argument of exp, sin and the like
POWER = 1000  # the largest whole exponent
SIZE = 10_000_000  # bits of a power before it is rounded
REPLAY = 3  # updates that are made again
BYTES = 200_000_000

_NUMERAL = re.compile(r"[+-]?[0-9]{0,64}(?:\.[0-9]{0,64})?(?:[eE][+-]?[0-9]{1,3})?")
_FRACTION = re.compile(r"-?[0-9]{1,4000}(?:/[0-9]{1,4000})?")


class UnboundedError(Exception):
    """A value cannot be enclosed: a division by what may be 0, the logarithm of what may be negative."""


class MalformedError(Exception):
    """What was read is no certificate."""


class Interval(NamedTuple):
    """[low, high], which holds a true value."""

    low: Fraction
    high: Fraction

    def inside(self, other: Interval) -> bool:
        """Whether every number of this interval is one of `other`."""
        return other.low <= self.low and self.high <= other.high

    def meets(self, other: Interval) -> bool:
        """Whether both have a number in common."""
        return self.low <= other.high and other.low <= self.high


def point(value: Fraction | int) -> Interval:
    """[value, value]."""
    return Interval(Fraction(value), Fraction(value))


def _down(value: Fraction, bits: int) -> Fraction:
    """The largest number of `bits` significant bits, or nearly so many, that is not above `value`."""
    shift = bits - value.numerator.bit_length() + value.denominator.bit_length()
    if shift >= 0:
        return Fraction((value.numerator << shift) // value.denominator, 1 << shift)
    return Fraction((value.numerator // (value.denominator << -shift)) << -shift)


def _up(value: Fraction, bits: int) -> Fraction:
    return -_down(-value, bits)


class Arithmetic:
    """Intervals whose ends are rounded outward to so many bits; exact numbers stay exact while they are short."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def rounded(self, low: Fraction, high: Fraction) -> Interval:
        """[low, high], or a little more."""
        if low == high and low.numerator.bit_length() + low.denominator.bit_length() <= EXACT:
            return Interval(low, high)
        return Interval(_down(low, self.bits), _up(high, self.bits))

    def add(self, *terms: Interval) -> Interval:
        """The sum."""
        return self.rounded(sum((term.low for term in terms), Fraction()), sum((t.high for t in terms), Fraction()))

    def multiply(self, *factors: Interval) -> Interval:
        """The product."""
        product = point(1)
        for factor in factors:
            ends = [one * other for one in product for other in factor]
            product = self.rounded(min(ends), max(ends))
        return product

    def negative(self, x: Interval) -> Interval:
        """-x."""
        return Interval(-x.high, -x.low)

    def reciprocal(self, x: Interval) -> Interval:
        """1/x."""
        if x.low <= 0 <= x.high:
            raise UnboundedError("a division by what may be 0")
        return self.rounded(1 / x.high, 1 / x.low)

    def power(self, base: Interval, exponent: Interval) -> Interval:
        """The power base ** exponent: whole powers of anything, others of what is positive."""
        if exponent.low == exponent.high and exponent.low.denominator == 1:
            return self.whole_power(base, int(exponent.low))
        if exponent == point(Fraction(1, 2)):
            return self.sqrt(base)
        return self.exp(self.multiply(exponent, self.log(base)))

    def whole_power(self, base: Interval, exponent: int) -> Interval:
        """The product of `exponent` factors `base`."""
        size = max(end.numerator.bit_length() + end.denominator.bit_length() for end in base)
        if abs(exponent) > POWER or size * abs(exponent) > SIZE:
            raise UnboundedError("too large a power")
        if exponent < 0:
            return self.reciprocal(self.whole_power(base, -exponent))
        if exponent % 2 == 0:
            base = self.absolute(base)
        return self.rounded(base.low**exponent, base.high**exponent)

    def absolute(self, x: Interval) -> Interval:
        """|x|."""
        if x.low >= 0:
            return x
        return self.negative(x) if x.high <= 0 else Interval(Fraction(), max(-x.low, x.high))

    def sqrt(self, x: Interval) -> Interval:
        """The square root: the whole root of the number shifted by an even count of bits, and the next above it."""
        if x.low < 0:
            raise UnboundedError("the root of what may be negative")
        (low, _), (_, high) = self._root(x.low), self._root(x.high)
        return Interval(low, high)

    def _root(self, value: Fraction) -> tuple[Fraction, Fraction]:
        shift = max(self.bits - (value.numerator.bit_length() - value.denominator.bit_length()) // 2, 0)
        whole, rest = divmod(value.numerator << 2 * shift, value.denominator)
        root = isqrt(whole)
        return Fraction(root, 1 << shift), Fraction(root + (rest != 0 or root * root != whole), 1 << shift)

    def exp(self, x: Interval) -> Interval:
        """e^x."""
        return Interval(self._exp(x.low).low, self._exp(x.high).high)

    def _exp(self, value: Fraction) -> Interval:
        """e^value = (e^(value/2^n))^(2^n), the inner one by Taylor's series, whose rest is below its last term."""
        if value == 0:
            return point(1)
        if value < -LARGEST:
            return Interval(Fraction(), self._exp(Fraction(-LARGEST)).high)
        if value < 0:
            return self.reciprocal(self._exp(-value))
        if value > LARGEST:
            raise UnboundedError("too large an exponent")
        inner = Arithmetic(self.bits + 64)
        halvings = max(int(value).bit_length(), 0) + 8
        x = inner.rounded(value / 2**halvings, value / 2**halvings)
        total = inner.series(lambda term, k: inner.multiply(term, x, point(Fraction(1, k))), point(1))
        for _ in range(halvings):
            total = inner.multiply(total, total)
        return self.rounded(*total)

    def series(self, following: Callable[[Interval, int], Interval], first: Interval) -> Interval:
        """The sum first + following(first, 1) + ... of positive terms, whose ratio falls, below one half at last."""
        low, high, term, k = first.low, first.high, first, 0
        while term.high > 0:
            k += 1
            last, term = term, following(term, k)
            low, high = _down(low + term.low, self.bits), _up(high + term.high, self.bits)
            if 2 * term.high <= last.high and term.high * (1 << self.bits) <= low:
                break
        return Interval(low, high + term.high)

    def log(self, x: Interval) -> Interval:
        """The natural logarithm."""
        if x.low <= 0:
            raise UnboundedError("the logarithm of what may not be positive")
        return Interval(self._log(x.low).low, self._log(x.high).high)

    def _log(self, value: Fraction) -> Interval:
        """ln(m·2^k) = 2·artanh((m - 1)/(m + 1)) + k·ln 2, with m between 2/3 and 4/3."""
        k = value.numerator.bit_length() - value.denominator.bit_length()
        m = value / Fraction(2) ** k
        while m > Fraction(4, 3):
            m, k = m / 2, k + 1
        z = (m - 1) / (m + 1)
        near = self._artanh(abs(z)) if z >= 0 else self.negative(self._artanh(abs(z)))
        return self.add(near, near, self.multiply(point(2 * k), self._artanh(Fraction(1, 3))) if k else point(0))

    def _artanh(self, z: Fraction) -> Interval:
        """The sum z + z³/3 + z⁵/5 + ..., for z from 0 to 1/3."""
        if z == 0:
            return point(0)
        inner = Arithmetic(self.bits + 64)
        x = inner.rounded(z, z)
        square = inner.multiply(x, x)
        total = inner.series(lambda term, k: inner.multiply(term, square, point(Fraction(2 * k - 1, 2 * k + 1))), x)
        return self.rounded(*total)

    def pi(self) -> Interval:
        """π = 16·arctan(1/5) - 4·arctan(1/239)."""
        fifth, other = self._arctan(5), self._arctan(239)
        return self.add(self.multiply(point(16), fifth), self.multiply(point(-4), other))

    def _arctan(self, n: int) -> Interval:
        """1/n - 1/(3n³) + ...: between any two partial sums that follow each other."""
        total, k = Fraction(), 0
        term = Fraction(1, n)
        while term.denominator.bit_length() <= self.bits + 64:
            total += term if k % 2 == 0 else -term
            k += 1
            term = Fraction(1, (2 * k + 1) * n ** (2 * k + 1))
        ends = sorted((total, total + (term if k % 2 == 0 else -term)))
        return self.rounded(*ends)

    def sin(self, x: Interval) -> Interval:
        """The sine: that of the middle, and as far around it as x reaches, for its slope is at most 1."""
        return self._wave(x, quarter=0)

    def cos(self, x: Interval) -> Interval:
        """The cosine."""
        return self._wave(x, quarter=1)

    def _wave(self, x: Interval, quarter: int) -> Interval:
        if max(map(abs, x)) > LARGEST:
            raise UnboundedError("too large an angle")
        if quarter and x == point(0):
            return point(1)
        if quarter:
            x = self.add(x, self.multiply(point(Fraction(1, 2)), self.pi()))
        turn = self.multiply(point(2), self.pi())
        turns = round(x.low / turn.low)
        if turns:
            x = self.add(x, self.multiply(point(-turns), turn))
        middle = _down((x.low + x.high) / 2, self.bits) if x.low != x.high else x.low
        value, reach = self._sine(middle), max(x.high - middle, middle - x.low)
        one = Fraction(1)
        return self.rounded(max(value.low - reach, -one), min(value.high + reach, one))

    def _sine(self, angle: Fraction) -> Interval:
        """The sum x - x³/3! + ...; for |x| up to 4 the rest is below twice its last term."""
        total = term = point(angle)
        k = 0
        while max(map(abs, term)) * (1 << self.bits + 8) > 1 or k < 8:
            if term == point(0):
                return total
            k += 1
            term = self.multiply(term, point(angle), point(angle), point(Fraction(-1, 2 * k * (2 * k + 1))))
            total = self.add(total, term)
        rest = 2 * max(map(abs, term))
        return Interval(total.low - rest, total.high + rest)

    def erf(self, x: Interval) -> Interval:
        """The error function, which is increasing and odd."""
        return Interval(self._erf(x.low).low, self._erf(x.high).high)

    def _erf(self, value: Fraction) -> Interval:
        """2/√π · e^(-x²) · Σ 2^n x^(2n+1) / (2n+1)!!; beyond 40 it is 1 to e^(-1600)."""
        if value < 0:
            return self.negative(self._erf(-value))
        if value == 0:
            return point(0)
        if value > 40:
            return Interval(1 - self._exp(Fraction(-1600)).high, Fraction(1))
        inner = Arithmetic(self.bits + 64)
        x = inner.rounded(value, value)
        square = inner.multiply(x, x)
        total = inner.series(lambda term, k: inner.multiply(term, square, point(Fraction(2, 2 * k + 1))), x)
        scale = inner.multiply(point(2), inner.reciprocal(inner.sqrt(inner.pi())), inner.exp(inner.negative(square)))
        return self.rounded(*inner.multiply(scale, total))

    def join(self, one: Interval, other: Interval) -> Interval:
        """What holds both."""
        return Interval(min(one.low, other.low), max(one.high, other.high))

    def sign(self, x: Interval) -> Interval:
        """1, 0 or -1."""
        return Interval(Fraction((x.low > 0) - (x.low < 0)), Fraction((x.high > 0) - (x.high < 0)))

    def maximum(self, x: Interval, y: Interval) -> Interval:
        """The larger of two."""
        return Interval(max(x.low, y.low), max(x.high, y.high))

    def minimum(self, x: Interval, y: Interval) -> Interval:
        """The smaller of two."""
        return Interval(min(x.low, y.low), min(x.high, y.high))

    def sigmoid(self, x: Interval) -> Interval:
        """1/(1 + e^-x)."""
        return self.reciprocal(self.add(point(1), self.exp(self.negative(x))))

    def tanh(self, x: Interval) -> Interval:
        """1 - 2/(e^2x + 1)."""
        doubled = self.exp(self.multiply(point(2), x))
        return self.add(point(1), self.multiply(point(-2), self.reciprocal(self.add(doubled, point(1)))))

    def normal_cdf(self, x: Interval) -> Interval:
        """(1 + erf(x/√2))/2."""
        scaled = self.multiply(x, self.reciprocal(self.sqrt(point(2))))
        return self.multiply(point(Fraction(1, 2)), self.add(point(1), self.erf(scaled)))

    def normal_pdf(self, x: Interval) -> Interval:
        """e^(-x²/2)/√(2π)."""
        exponent = self.multiply(point(Fraction(-1, 2)), self.whole_power(x, 2))
        return self.multiply(self.exp(exponent), self.reciprocal(self.sqrt(self.multiply(point(2), self.pi()))))

    def huber(self, x: Interval) -> Interval:
        """x²/2 where |x| is at most 1, else |x| - 1/2; increasing in |x|."""
        half = Fraction(1, 2)
        ends = [end**2 / 2 if end <= 1 else end - half for end in self.absolute(x)]
        return self.rounded(*ends)

    def elu(self, x: Interval) -> Interval:
        """The increasing function that is x where x is positive, else e^x - 1."""
        low, high = (point(end) if end > 0 else self.add(self.exp(point(end)), point(-1)) for end in x)
        return Interval(low.low, high.high)


FUNCTIONS: dict[str, tuple[int, Callable[..., Interval]]] = {
    "identity": (1, lambda a, x: a.rounded(*x)),
    "sigmoid": (1, Arithmetic.sigmoid),
    "tanh": (1, Arithmetic.tanh),
    "relu": (1, lambda a, x: a.maximum(x, point(0))),
    "leaky_relu": (1, lambda a, x: a.maximum(x, a.multiply(x, point(Fraction(1, 100))))),
    "softplus": (1, lambda a, x: a.log(a.add(point(1), a.exp(x)))),
    "elu": (1, Arithmetic.elu),
    "silu": (1, lambda a, x: a.multiply(x, a.sigmoid(x))),
    "gelu": (1, lambda a, x: a.multiply(x, a.normal_cdf(x))),
    "exp": (1, Arithmetic.exp),
    "log": (1, Arithmetic.log),
    "sqrt": (1, Arithmetic.sqrt),
    "sin": (1, Arithmetic.sin),
    "cos": (1, Arithmetic.cos),
    "abs": (1, Arithmetic.absolute),
    "max": (2, Arithmetic.maximum),
    "min": (2, Arithmetic.minimum),
    "huber": (1, Arithmetic.huber),
    "sign": (1, Arithmetic.sign),
    "normal_cdf": (1, Arithmetic.normal_cdf),
    "normal_pdf": (1, Arithmetic.normal_pdf),
    "log1p": (1, lambda a, x: a.log(a.add(point(1), x))),
    "expm1": (1, lambda a, x: a.add(a.exp(x), point(-1))),
    "erfc": (1, lambda a, x: a.add(point(1), a.negative(a.erf(x)))),
    "pi": (0, Arithmetic.pi),
    "pow": (2, Arithmetic.power),
}


def evaluate(tree: object, names: Mapping[str, Interval | None], a: Arithmetic) -> Interval:
    """The value of a tree: a name, a fraction "p/q", or [function, tree, ...]."""
    if isinstance(tree, str):
        if tree in names:
            return _known(names[tree])
        return point(fraction(tree))
    if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
        raise MalformedError("a tree is a name, a fraction, or a list that begins with a function")
    head, *arguments = tree
    if head == "if_positive" and len(arguments) == 3:
        condition = evaluate(arguments[0], names, a)
        if condition.low > 0 or condition.high <= 0:  # the other branch may have no value
            return evaluate(arguments[1] if condition.low > 0 else arguments[2], names, a)
        return a.join(evaluate(arguments[1], names, a), evaluate(arguments[2], names, a))
    values = [evaluate(argument, names, a) for argument in arguments]
    if head == "add":
        return a.add(*values)
    if head == "mul":
        return a.multiply(*values)
    if head not in FUNCTIONS or FUNCTIONS[head][0] != len(values):
        raise MalformedError(f"{head!r} of {len(values)} arguments is no function")
    return FUNCTIONS[head][1](a, *values)


def _known(value: Interval | None) -> Interval:
    if value is None:
        raise UnboundedError("what it rests on has no value")
    return value


def fraction(text: object) -> Fraction:
    """The rational number "p/q"."""
    if not isinstance(text, str) or not _FRACTION.fullmatch(text):
        raise MalformedError(f"{str(text)[:40]!r} is no fraction and no name")
    numerator, _, denominator = text.partition("/")
    if denominator and int(denominator) == 0:
        raise MalformedError("a fraction over 0")
    return Fraction(int(numerator), int(denominator or 1))


class Replay:
    """The quantities of a network, computed again."""

    def __init__(self, network: Mapping[str, Any]) -> None:
        self.given = {name: point(fraction(text)) for name, text in network["given"].items()}
        self.updated: Mapping[str, str] = network["updated"]
        self.lists: Sequence[Sequence[Any]] = network["lists"]
        self.values = cache(self._values)

    def enclose(self, claim: Mapping[str, Any], bits: int) -> Interval:
        """The value that a claim is about, at a working precision of so many bits."""
        value = _known(self.values(claim["list"], claim["after"], bits)[claim["name"]])
        return Arithmetic(bits).multiply(point(fraction(claim["scale"])), value)

    def _values(self, index: int, after: int, bits: int) -> Mapping[str, Interval | None]:
        """Every quantity of a list, after so many updates."""
        names: dict[str, Interval | None] = dict(self.given)
        if after:
            before = self.values(0, after - 1, bits)
            names |= {parameter: before[name] for parameter, name in self.updated.items()}
        for name, tree in self.lists[index]:
            try:
                names[name] = evaluate(tree, names, Arithmetic(bits))
            except UnboundedError:
                names[name] = None
        return names


class Outcome(Enum):
    """What comes of checking a claim again."""

    RECHECKED = "re-checked"
    GIVEN = "following from intervals that are taken as given"
    OPEN = "not re-checked"
    NOTHING = "without anything to prove"
    REFUSED = "REFUSED"


def check(
    claims: Sequence[Mapping[str, Any]], claim: Mapping[str, Any], networks: Sequence[Replay]
) -> tuple[Outcome, str]:
    """(what comes of it, why) for a claim of a document."""
    verdict = claim["verdict"]
    if verdict in ("undecided", "unread"):
        return Outcome.NOTHING, ""
    if verdict not in ("correct", "carried", "inherited", "wrong"):
        raise MalformedError(f"{str(verdict)[:40]!r} is no verdict")
    if verdict == "inherited" and not _rooted(claims, claim):
        return Outcome.REFUSED, "it inherits from no claim that is wrong"
    intervals = {entry["what"]: _interval(entry) for entry in claim["intervals"]}
    outcome, reason = _enclosed(claim, intervals, networks)
    if outcome is Outcome.REFUSED:
        return outcome, reason
    printed, exact, made = (intervals.get(what) for what in ("printed", "exact", "from printed"))
    if printed is None or (exact is None and made is None):
        return Outcome.OPEN, "no intervals prove it" if claim["printed"] else "no number is printed"
    if not _stands_for(claim["printed"], printed):
        return Outcome.REFUSED, "the printed number does not stand for its interval"
    if fault := _fault(verdict, printed, exact, made):
        return fault
    return outcome, reason


def _interval(entry: Mapping[str, Any]) -> Interval:
    found = Interval(fraction(entry["low"]), fraction(entry["high"]))
    if found.low > found.high:
        raise MalformedError("an interval whose ends are the wrong way round")
    return found


def _enclosed(
    claim: Mapping[str, Any], intervals: dict[str, Interval], networks: Sequence[Replay]
) -> tuple[Outcome, str]:
    """Whether the quantity, computed again, lies in the interval called exact; then it takes that interval's place."""
    if "exact" not in intervals:
        return Outcome.GIVEN, ""
    if claim["after"] > REPLAY:
        return Outcome.OPEN, f"{claim['after']} updates are not made again"
    if claim["network"] is None:
        return Outcome.OPEN, "its exact value is not that of a quantity in the lists"
    for bits in PRECISIONS:
        try:
            found = networks[claim["network"]].enclose(claim, bits)
        except UnboundedError:
            continue
        if found.inside(intervals["exact"]):
            intervals["exact"] = found
            return Outcome.RECHECKED, ""
        if not found.meets(intervals["exact"]):
            return Outcome.REFUSED, f"the exact value is {_about(found.low)}, outside the interval"
    return Outcome.REFUSED, "the exact value could not be found to lie in the interval"


def _about(value: Fraction) -> str:
    try:
        return f"about {float(value):.12g}"
    except OverflowError:
        return "larger than 10^308"


def _fault(
    verdict: str, printed: Interval, exact: Interval | None, made: Interval | None
) -> tuple[Outcome, str] | None:
    """What is said where a verdict does not follow from its intervals; None where it does."""
    known = [other for other in (exact, made) if other is not None]
    follows = any(other.meets(printed) for other in known)
    if verdict == "wrong" and all(other.meets(printed) for other in known):
        return Outcome.REFUSED, "the printed number is not excluded"
    if verdict == "wrong" and follows:
        if exact is not None and exact.meets(printed):
            return Outcome.OPEN, "the value is right; what is wrong with the line is not among the intervals"
        return (
            Outcome.OPEN,
            "the exact value excludes it; it follows from numbers that are not proved wrong here",
        )
    if verdict == "correct" and not (exact.inside(printed) if exact else follows):
        return Outcome.REFUSED, "the exact value does not round to the printed number"
    cut = any(other.meets(_widened(printed)) for other in known)
    if verdict == "carried" and not cut:
        return Outcome.REFUSED, "the printed number does not follow from the numbers before it"
    if verdict == "inherited" and not cut:
        return Outcome.OPEN, "what it inherits is not among its intervals"
    return None


def _widened(printed: Interval) -> Interval:
    """As far again to both sides: what a number stands for that is cut off, or rounded twice."""
    half = (printed.high - printed.low) / 2
    return Interval(printed.low - half, printed.high + half)


def _stands_for(text: object, interval: Interval) -> bool:
    """Whether an interval holds the printed number, and no more than two units of its last place around it."""
    found = numeral(text)
    if found is None:
        return True
    value, unit = found
    return value - 2 * unit <= interval.low <= value <= interval.high <= value + 2 * unit


def _rooted(claims: Sequence[Mapping[str, Any]], claim: Mapping[str, Any]) -> bool:
    """Whether a claim inherits, over however many others, from one that is wrong."""
    for _ in claims:
        root = claim["root"]
        if not isinstance(root, int) or not 0 <= root < len(claims):
            return False
        claim = claims[root]
        if claim["verdict"] == "wrong":
            return True
    return False


def numeral(text: object) -> tuple[Fraction, Fraction] | None:
    """(value, unit of the last place) of a plain decimal; None for what is written in another way."""
    plain = str(text or "").strip().replace("\u2212", "-")
    if not _NUMERAL.fullmatch(plain) or not any(character.isdigit() for character in plain.lower().partition("e")[0]):
        return None
    mantissa, _, exponent = plain.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return Fraction(plain), Fraction(10) ** -places


def recheck(text: str) -> tuple[list[str], bool]:
    """(the lines of the report on a certificate, whether nothing is refused)."""
    certificate = json.loads(text)
    if not isinstance(certificate, dict) or certificate.get("certificate") != "symbackprop audit":
        raise MalformedError("it does not begin as a certificate does")
    lines: list[str] = []
    counts: Counter[Outcome] = Counter()
    for document in certificate["documents"]:
        networks = [Replay(network) for network in document["networks"]]
        for claim in document["claims"]:
            outcome, reason = check(document["claims"], claim, networks)
            counts[outcome] += 1
            if outcome in (Outcome.OPEN, Outcome.REFUSED):
                lines.append(f"{_printable(_place(document, claim))}: {outcome.value}: {reason}")
    parts = [f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome]]
    return [*lines, f"{counts.total()} claims: {', '.join(parts)}"], not counts[Outcome.REFUSED]


def _place(document: Mapping[str, Any], claim: Mapping[str, Any]) -> str:
    name = f" {claim['quantity']} = {claim['printed']}" if claim["quantity"] and claim["printed"] else ""
    return f"{document['document']}:{claim['line']}:{claim['column']}:{name} ({claim['verdict']})"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def main(arguments: Sequence[str]) -> int:
    """The exit code, once the report is printed."""
    if len(arguments) != 1:
        print("usage: recheck.py FILE", file=sys.stderr)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            text = file.read(BYTES)
        lines, holds = recheck(text)
    except MalformedError as error:
        print(f"{_printable(arguments[0])}: no certificate: {_printable(str(error))}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{_printable(arguments[0])}: cannot read: {error.strerror or error}", file=sys.stderr)
        return 2
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError):
        print(f"{_printable(arguments[0])}: no certificate", file=sys.stderr)
        return 2
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
