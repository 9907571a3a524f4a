"""What mathematics a document writes: trees whose nodes know where they stand. Nothing is evaluated or reordered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from symbackprop.auditing.documents.source import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, without a sign: its value, and the unit of its last printed place.

    `text` is what is written, spaces and all ("3.5 × 10^{-5}"); of 0.40 the value is 2/5 and the unit 1/100.
    """

    text: str
    value: Fraction
    unit: Fraction
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    r"""A name in its parts: of w^{(2)}_{11} the base w, the subscript 11, the superscript (2).

    Subscripts and superscripts are plain text without braces, spaces, or font commands: h1, H21.H11, 1,1, t-1. An
    accent is spelt out (hat, tilde, bar); Greek letters are spelt by their letter (δ). `updated` says that the name is
    marked as the value after an update (w_5^+, *w5, new_w5, w5', w_{\text{new}}, "v baru"), the mark itself taken
    out of the other parts; `old` the same of marks such as old_w5.
    """

    base: str
    span: Span
    subscript: str = ""
    superscript: str = ""
    accent: str = ""
    updated: bool = False
    old: bool = False

    @property
    def text(self) -> str:
        """The name on one line: yhat, w^(2)_11, w_5+."""
        raised = f"^{self.superscript}" if self.superscript else ""
        lowered = f"_{self.subscript}" if self.subscript else ""
        return self.base + self.accent + raised + lowered + ("+" if self.updated else "")


@dataclass(frozen=True, slots=True)
class Partial:
    r"""∂of/∂by, however it is written: dE/dw5, \frac{\partial E}{\partial w_5}, ∂E/∂w5."""

    of: Node
    by: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Negative:
    """-operand; a number with a minus sign before it is Negative(Number)."""

    operand: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Sum:
    """term + term + ...; a term that is taken away is a Negative."""

    terms: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Product:
    r"""factor · factor · ...; `elementwise` where it is written with ⊙, ∘ or \odot.

    `starred` are the places of the factors behind a `*`, which in programs multiplies entry by entry.
    """

    factors: tuple[Node, ...]
    span: Span
    elementwise: bool = False
    starred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotient:
    """numerator / denominator."""

    numerator: Node
    denominator: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Power:
    """base ^ exponent."""

    base: Node
    exponent: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    r"""function(arguments), with `primes` for a derivative: σ'(z) is Call("sigmoid", (z,), 1).

    `function` is the name in the table of functions where it is a spelling of one (σ, logistic -> sigmoid, ln -> log),
    else what is written (softmax, f, φ). log with an argument is the natural logarithm, sqrt and \sqrt are sqrt.
    """

    function: str
    arguments: tuple[Node, ...]
    span: Span
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Entries:
    """A vector or a matrix, row by row; `flat` for a list such as [a, b] that does not say which way it lies."""

    rows: tuple[tuple[Node, ...], ...]
    span: Span
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Transpose:
    """operand^T."""

    operand: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Total:
    r"""The sum of `body` over `index`, as in \sum_o δ_o w_{ho}; `index` as written ("o", "i=1"), "" where left out.

    `upper` is what stands above the sign, as written.
    """

    index: str
    body: Node
    span: Span
    upper: str = ""


@dataclass(frozen=True, slots=True)
class Omitted:
    r"""A part that the author left out: "...", \dots."""

    span: Span


Node = (
    Number | Name | Partial | Negative | Sum | Product | Quotient | Power | Call | Entries | Transpose | Total | Omitted
)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes right below `node`, in the order in which they are written."""
    kind = type(node)
    if kind is Number or kind is Name:  # of which there are most
        return ()
    match node:
        case Number() | Name() | Omitted():
            return ()
        case Partial(of, by):
            return (of, by)
        case Negative(operand) | Transpose(operand):
            return (operand,)
        case Sum(below) | Product(below) | Call(_, below):
            return below
        case Quotient(one, other) | Power(one, other):
            return (one, other)
        case Entries(rows):
            return tuple(entry for row in rows for entry in row)
        case Total(_, body):
            return (body,)


def walk(node: Node) -> Iterator[Node]:
    """`node` and all below it, a node before its parts, in the order in which they are written."""
    waiting = [node]
    while waiting:
        top = waiting.pop()
        yield top
        waiting.extend(reversed(parts(top)))


def same(one: Node, other: Node) -> bool:
    """Whether two trees say the same, wherever they stand."""
    if one is other:
        return True
    below = parts(one), parts(other)
    alike = type(one) is type(other) and own(one) == own(other) and len(below[0]) == len(below[1])
    return alike and all(map(same, *below))


_FIELDS = {Number: ("value",), Name: ("text",), Call: ("function", "primes"), Total: ("index", "upper")}


def own(node: Node) -> tuple[object, ...]:
    """What a node says besides its parts."""
    return tuple(getattr(node, field) for field in _FIELDS.get(type(node), ()))


def whole_number(value: int, span: Span) -> Number:
    """A number without places behind the point."""
    return Number(str(value), Fraction(value), Fraction(1), span)


def is_number(node: Node | None) -> bool:
    """Whether a tree is one number, with or without a sign."""
    return isinstance(node, Number) or (isinstance(node, Negative) and isinstance(node.operand, Number))


def negated(node: Node) -> Node:
    """-node, a double sign taken away."""
    return node.operand if isinstance(node, Negative) else Negative(node, node.span)


def complement(node: Node) -> Node | None:
    """What is taken from 1: of 1 - a, a."""
    match node:
        case Sum((Number(_, one), Negative(base))) if one == 1:
            return base
    return None


def factors_of(node: Node) -> tuple[Node, ...]:
    """The factors of a product; of anything else, itself."""
    return node.factors if isinstance(node, Product) else (node,)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """`node` with `change` of each of its parts."""
    match node:
        case Partial(of, by):
            return replace(node, of=change(of), by=change(by))
        case Negative(operand) | Transpose(operand):
            return replace(node, operand=change(operand))
        case Sum(terms):
            return replace(node, terms=tuple(map(change, terms)))
        case Product(factors):
            return replace(node, factors=tuple(map(change, factors)))
        case Call(_, arguments):
            return replace(node, arguments=tuple(map(change, arguments)))
        case Quotient(numerator, denominator):
            return replace(node, numerator=change(numerator), denominator=change(denominator))
        case Power(base, exponent):
            return replace(node, base=change(base), exponent=change(exponent))
        case Entries(rows):
            return replace(node, rows=tuple(tuple(map(change, row)) for row in rows))
        case Total(_, body):
            return replace(node, body=change(body))
        case _:
            return node
