"""Trees in one form, so that they can be held against each other: sums and products flat, sigmoid and exp by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    Transpose,
    factors_of,
    negated,
    parts,
    rebuilt,
    walk,
)
from symbackprop.expressions.numerals import numeral

ONE = Fraction(1)
_FUSED = re.compile(r"([vwVWθΘδ]|[Ee]rr|[Nn]et|[Oo]ut|[Dd]elta|[A-Z](?=.$))([ijk]{1,2})")  # wij, Errj, Oi
HEIGHT = 60  # operations inside each other
SIZE = 4000  # nodes of one formula


def fits(node: Node) -> bool:
    """Whether a tree is small enough to be worked with."""
    level, nodes = [node], 0
    for _ in range(HEIGHT):
        nodes += len(level)
        if nodes > SIZE:
            return False
        level = [part for top in level for part in parts(top)]
        if not level:
            return True
    return False


def canonical(node: Node) -> Node:
    """`node` with sums in sums and products in products taken up, e^x as exp(x) and 1/(1 + e^(-x)) as sigmoid(x)."""
    match node:
        case Sum(terms):
            flat = [part for term in map(canonical, terms) for part in terms_of(term)]
            return Sum(tuple(flat), node.span)
        case Product(factors):
            flat = [part for factor in map(canonical, factors) for part in factors_of(factor)]
            return Product(tuple(flat), node.span, node.elementwise)
        case Negative(operand):
            below = canonical(operand)
            return below.operand if isinstance(below, Negative) else Negative(below, node.span)
        case Quotient(numerator, denominator):
            return _quotient(canonical(numerator), canonical(denominator), node)
        case Power(base, exponent):
            if isinstance(base, Name) and base.text == "e":
                return Call("exp", (canonical(exponent),), node.span)
            if isinstance(base, Call) and not base.primes and base.function == "exp" and not base.arguments:
                return Call("exp", (canonical(exponent),), node.span)
            return Power(canonical(base), canonical(exponent), node.span)
        case Call(function, arguments):
            return _rectified(Call(function, tuple(map(canonical, arguments)), node.span, node.primes))
        case Entries(rows):
            return _unnested(Entries(tuple(tuple(map(canonical, row)) for row in rows), node.span, node.flat))
        case Transpose(operand):
            return _turned(canonical(operand), node.span)
        case Total(index, body):
            return Total(index, canonical(body), node.span, node.upper)
        case Name(base, _, "", ""):
            fused = _FUSED.fullmatch(base)
            return replace(node, base=fused[1], subscript=fused[2]) if fused else node
        case _:
            return node


def _turned(node: Node, span: Span) -> Node:
    """The transpose: of a list (1, 2) a column, of a column a row."""
    if isinstance(node, Entries) and len({len(row) for row in node.rows}) == 1:
        return Entries(tuple(zip(*node.rows, strict=True)), span)
    return Transpose(node, span)


def _quotient(numerator: Node, denominator: Node, node: Quotient) -> Node:
    """1/(1 + exp(-x)) as sigmoid(x), (exp(x) - exp(-x))/(exp(x) + exp(-x)) as tanh(x), any other as it is."""
    if isinstance(denominator, Sum) and len(denominator.terms) == 2:
        one, other = denominator.terms
        if is_number(numerator, ONE) and is_number(other, ONE):
            one, other = other, one
        power = _exponent(other)
        if power is not None and is_number(numerator, ONE) and is_number(one, ONE):
            return Call("sigmoid", (negated(power),), node.span)
        if power is not None and shape(numerator) == shape(Sum((one, negated(other)), node.span)):
            return Call("tanh", (negated(power),), node.span)
    return Quotient(numerator, denominator, node.span)


def _exponent(node: Node) -> Node | None:
    """The argument of exp(x)."""
    if isinstance(node, Call) and node.function == "exp" and len(node.arguments) == 1:
        return node.arguments[0]
    return None


def _rectified(call: Call) -> Call:
    """max(0, x) as relu(x)."""
    if call.function == "max" and len(call.arguments) == 2:
        for one, other in (call.arguments, call.arguments[::-1]):
            if is_number(one, Fraction(0)):
                return Call("relu", (other,), call.span)
    return call


def _unnested(entries: Entries) -> Entries:
    """A list of lists as a matrix."""
    if len(entries.rows) == 1 and all(isinstance(entry, Entries) and len(entry.rows) == 1 for entry in entries.rows[0]):
        rows = tuple(entry.rows[0] for entry in entries.rows[0] if isinstance(entry, Entries))
        if len({len(row) for row in rows}) == 1:
            return Entries(rows, entries.span)
    return entries


def shape(node: Node) -> tuple[object, ...]:
    """What two trees that say the same have in common, wherever they stand and however their names are spelt."""
    match node:
        case Name():
            return ("name", key(node), node.updated)
        case Number(_, value):
            return ("number", value)
        case Call(function, _, _, primes):
            return (function, primes, *map(shape, parts(node)))
        case _:
            return (type(node).__name__, *map(shape, parts(node)))


def is_number(node: Node, value: Fraction | None = None) -> bool:
    """Whether `node` is a number with or without a sign; with `value`, that one."""
    found = value_of(node)
    return found is not None and value in (None, found)


def value_of(node: Node) -> Fraction | None:
    """The number that `node` is, None where it is no single number."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative) and isinstance(node.operand, Number):
        return -node.operand.value
    return None


def numeral_of(node: Node) -> str | None:
    """The number that `node` is as a network file writes it, trailing zeros kept where it is written plainly."""
    value = value_of(node)
    if value is None:
        return None
    number = node.operand if isinstance(node, Negative) else node
    assert isinstance(number, Number)
    sign = "-" if isinstance(node, Negative) else ""
    whole, _, places = number.text.partition(".")
    if (whole + places).isascii() and (whole + places).isdigit() and len(number.text) <= 32:
        whole = whole.lstrip("0") or "0"
        return sign + (f"{whole}.{places}" if places else whole)
    return numeral(value)


def is_numeric(node: Node) -> bool:
    """Whether `node` is written in numbers alone."""
    return not any(isinstance(part, Name | Partial | Omitted | Total) for part in walk(node))


def names(node: Node) -> Iterator[Name]:
    """The names in `node`, in the order in which they are written."""
    return (part for part in walk(node) if isinstance(part, Name))


def keys(node: Node) -> tuple[str, ...]:
    """The keys of the names in `node`, each once."""
    return tuple(dict.fromkeys(key(name) for name in names(node)))


def replaced(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """`node` with another tree wherever `change` gives one for what stands there."""
    new = change(node)
    return new if new is not None else rebuilt(node, lambda part: replaced(part, change))


def renamed(node: Node, new: Mapping[str, Node]) -> Node:
    """`node` with trees in place of the names whose keys `new` holds."""
    return replaced(node, lambda part: new.get(key(part)) if isinstance(part, Name) else None)


def terms_of(node: Node) -> tuple[Node, ...]:
    """The terms of a sum; of anything else, itself."""
    return node.terms if isinstance(node, Sum) else (node,)
