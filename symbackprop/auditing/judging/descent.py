"""The rule of gradient descent for any parameter, θ := θ - η ∂C/∂θ, said of a letter that is no one quantity."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.view import NOW
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import (
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Product,
    Quotient,
    Sum,
    factors_of,
    negated,
)
from symbackprop.auditing.report import Explanation, Verdict

UPHILL = "Along the gradient the cost grows; what goes downhill is taken from the parameter."


def is_descent(context: Context, chain: Chain) -> bool:
    """Whether a chain says what becomes of a letter for any parameter by the derivative of the cost with respect to it.

    With the derivative of anything else, such as a likelihood that is to grow, it is not.
    """
    return _step(context, chain) is not None


def judge_descent(context: Context, chain: Chain) -> list[Draft]:
    """The verdict on such a rule: right where the step is taken away, wrong where it is added."""
    step = _step(context, chain)
    first, member = chain.members
    assert isinstance(first, Name)
    assert isinstance(member, Sum)
    assert step is not None
    if _is_negative(step):
        return [Draft(member.span, Verdict.CORRECT, "it goes downhill", quantity=first.text, formula=member)]
    right = Sum(tuple(negated(term) if term is step else term for term in member.terms), member.span)
    told = (Explanation("sign", 1, UPHILL, right),)
    text = "it goes uphill: the step is added"
    return [Draft(member.span, Verdict.WRONG, text, quantity=first.text, told=told, formula=member)]


def _step(context: Context, chain: Chain) -> Node | None:
    """What is added to the letter, or taken from it; None where the chain says nothing of the kind."""
    if context.truth is None or chain.headless or len(chain.members) != 2:
        return None
    first, member = chain.members
    if not (isinstance(first, Name) and isinstance(member, Sum) and len(member.terms) == 2):
        return None
    start, step = member.terms if _is_same(member.terms[0], first) else member.terms[::-1]
    if not _is_same(start, first) or context.readings(first, NOW):
        return None
    factors = list(_factors(step))
    slopes = [factor for factor in factors if isinstance(factor, Partial)]
    rates = [factor for factor in factors if isinstance(factor, Name) and factor.text != first.text]
    known = len(slopes) + len(rates) + sum(isinstance(factor, Number) for factor in factors) == len(factors)
    if len(slopes) != 1 or len(rates) > 1 or not known or not _is_same(slopes[0].by, first):
        return None
    return step if _is_cost(context, slopes[0].of) else None


def _is_same(node: Node, letter: Name) -> bool:
    return isinstance(node, Name) and node.text == letter.text


def _is_cost(context: Context, node: Node) -> bool:
    training = context.truth.problem.training if context.truth is not None else None
    readings = context.readings(node, NOW) if isinstance(node, Name) else ()
    scalar = readings[0].scalar if readings else None
    return training is not None and scalar is not None and scalar.name == training.cost


def _factors(node: Node) -> Iterator[Node]:
    match node:
        case Negative(operand):
            yield from _factors(operand)
        case Quotient(above, Number() | Name()):
            yield from _factors(above)
        case Product():
            for factor in factors_of(node):
                yield from _factors(factor)
        case _:
            yield node


def _is_negative(node: Node) -> bool:
    """Whether an odd number of minus signs stands before a product or in it."""
    match node:
        case Negative(operand):
            return not _is_negative(operand)
        case Quotient(above):
            return _is_negative(above)
        case Product():
            return sum(map(_is_negative, factors_of(node))) % 2 == 1
        case Number(_, value):
            return value < 0
        case _:
            return False
