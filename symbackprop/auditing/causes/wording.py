"""Numbers, names and trees as a sentence shows them."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from symbackprop.auditing.causes.ownwork import quantity_of
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
)
from symbackprop.auditing.truth import Quantity
from symbackprop.evaluation.enclosure import Ball, bounds
from symbackprop.expressions import names

LONGEST = 60  # characters of a tree that is shown
GUARD = 2  # digits shown beyond the last printed place
SIGNIFICANT = 6  # digits shown where nothing is printed

_SUM, _PRODUCT, _ATOM = range(3)


def places_of(unit: Fraction) -> int:
    """How many decimals a number with this last place has: of 1/1000 three."""
    places = 0
    while unit < 1 and places < 400:
        unit *= 10
        places += 1
    return places


def significant(value: Fraction, unit: Fraction) -> int:
    """How many significant digits a printed number has: 0.40 two, 0.00 one."""
    return max(1, len(str(abs(value) // unit)))


def decimal(value: Fraction, places: int) -> str:
    """`value` to so many decimals, half to even."""
    with localcontext() as context:
        context.prec = 480
        scaled = Decimal(round(value * 10**places)).scaleb(-places)
        return f"{scaled:f}"


def middle(ball: Ball) -> Fraction:
    """The middle of an enclosure."""
    low, high = bounds(ball)
    return (low + high) / 2


def number(ball: Ball | Fraction, unit: Fraction | None) -> str:
    """A value with two digits more than are printed, zeros at the end left out; without `unit` to six digits."""
    value = ball if isinstance(ball, Fraction) else middle(ball)
    if unit is None:
        return f"{float(value):.{SIGNIFICANT}g}"
    text = decimal(value, places_of(unit) + GUARD)
    least = places_of(unit)
    while "." in text and text.endswith("0") and len(text.partition(".")[2]) > least:
        text = text[:-1]
    return text.removesuffix(".")


def quantity_text(quantity: Quantity) -> str:
    """A quantity by its name; of one after several updates, with how many."""
    sign = "-" if quantity.scale == -1 else "" if quantity.scale == 1 else f"{quantity.scale}·"
    name = sign + names.text(quantity.name)
    return f"{name} after {quantity.after} updates" if quantity.after > 1 else name


def tree_text(node: Node) -> str:
    """A tree on one line; cut where it is long."""
    text = _text(node, _SUM)
    return text if len(text) <= LONGEST else text[: LONGEST - 3].rstrip() + "..."


def _text(node: Node, least: int) -> str:
    text, binding = _bare(node)
    return text if binding >= least else f"({text})"


def _bare(node: Node) -> tuple[str, int]:
    match node:
        case Number(text):
            return " ".join(text.split()), _ATOM
        case Name():
            quantity = quantity_of(node)
            return (quantity_text(quantity) if quantity else node.text), _ATOM
        case Partial(of, by):
            return f"∂{_text(of, _ATOM)}/∂{_text(by, _ATOM)}", _ATOM
        case Negative(operand):
            return f"-{_text(operand, _PRODUCT)}", _SUM
        case Sum(terms):
            return _sum(terms), _SUM
        case Product(factors):
            return " · ".join(_text(factor, _ATOM) for factor in factors), _PRODUCT
        case Quotient(one, other):
            return f"{_text(one, _PRODUCT)}/{_text(other, _ATOM)}", _PRODUCT
        case Power(base, exponent):
            return f"{_text(base, _ATOM)}^{_text(exponent, _ATOM)}", _ATOM
        case Call(function, arguments, _, primes):
            function = "ln" if function == "log" else function
            return f"{function}{chr(39) * primes}({', '.join(_text(part, _SUM) for part in arguments)})", _ATOM
        case Total(index, body):
            return f"Σ_{index} {_text(body, _PRODUCT)}", _PRODUCT
        case _:
            return "...", _ATOM


def _sum(terms: tuple[Node, ...]) -> str:
    text = _text(terms[0], _SUM)
    for term in terms[1:]:
        text += f" - {_text(term.operand, _PRODUCT)}" if isinstance(term, Negative) else f" + {_text(term, _PRODUCT)}"
    return text
