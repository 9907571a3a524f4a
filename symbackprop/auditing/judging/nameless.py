"""A formula with nothing on its left: the quantity of the network that it is equal to, or would be but for one slip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.repairs import Change, slips
from symbackprop.auditing.judging.view import NOW, Used
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Omitted, Product, Sum, walk
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import POINTS, Quantity
from symbackprop.auditing.values import NoValueError

NAMES = 4  # in a formula that is a coincidence no more
SLIPS = 200  # that are tried
Match = tuple[Found, Fraction]
"""(quantities, what a formula is times them)."""
UNSAID = "it is not said what it is"


def is_formula(node: Node) -> bool:
    """Whether a tree is a formula of so many names that it can be known by what it is worth, though nothing says it."""
    inside = list(walk(node))
    names = {part.text for part in inside if isinstance(part, Name)}
    rounded = any(isinstance(part, Omitted) or (isinstance(part, Number) and part.unit < 1) for part in inside)
    return isinstance(node, Sum | Product) and len(names) >= NAMES and not rounded


def judge_nameless(context: Context, formula: Node) -> Draft:
    """The verdict on a formula that no sign stands before.

    Right where it is equal to a quantity; wrong where, of many names, one slip lies between it and one quantity alone.
    A sign, or a factor, of the whole is no slip, for nobody says that it is not a part of something.
    """
    draft = Draft(formula.span, Verdict.UNDECIDED, UNSAID, formula=formula)
    used = Used()
    if (found := _equal(context, formula, used)) is not None:
        return replace(draft, verdict=Verdict.CORRECT, message=f"it is {_text(found)}", quantity=_name(found))
    if used.unknown or used.strength is Strength.GUESSED or not is_formula(formula):
        return draft
    due: dict[tuple[str, ...], tuple[Found, Explanation]] = {}
    for other, cause, text in _tried(formula):
        found = _equal(context, other, Used())
        if found is not None and found[1] == 1:
            sentence = f"{text} Put right, it would be {_text(found)}."
            due.setdefault(found[0].names, (found[0], Explanation(cause, 1, sentence, other)))
    if len(due) != 1:
        return draft
    ((quantities, told),) = due.values()
    message = "it is no quantity of the network"
    name = _name((quantities, Fraction(1)))
    return replace(draft, verdict=Verdict.WRONG, message=message, quantity=name, told=(told,))


def _tried(formula: Node) -> Iterable[Change]:
    return islice(slips(formula), SLIPS)


def _equal(context: Context, formula: Node, used: Used) -> Match | None:
    """(quantities, scale) that a formula is equal to; None for none."""
    if context.names is None:
        return None
    try:
        values = tuple(context.exactly(formula, NOW, used, point) for point in range(POINTS + 1))
    except NoValueError:
        return None
    return context.names.equal(values)


def _text(found: Match) -> str:
    quantities, scale = found
    shown = quantities.names[0] if quantities.scalar else f"[{', '.join(quantities.names)}]"
    return shown if scale == 1 else f"-{shown}" if scale == -1 else f"{scale} · {shown}"


def _name(found: Match) -> Quantity | str:
    scalar = found[0].scalar
    return Quantity(scalar) if scalar is not None else ""
