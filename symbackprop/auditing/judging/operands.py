"""Whether the numbers that are put in belong to the names in whose place they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.numbers import Signed, as_written, shortened, signed
from symbackprop.auditing.judging.subject import Line
from symbackprop.auditing.judging.view import Used
from symbackprop.auditing.mathematics.alignment import Pair, align
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Power, Product, parts, walk
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import Grid, NoValueError, ball, between
from symbackprop.evaluation.enclosure import Ball


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number that is put in for a quantity; whether it is one of its values."""

    pair: Pair
    quantity: Quantity
    printed: Signed
    belongs: bool


def misplaced(line: Line, formula: Node, numbers: Node) -> list[Draft]:
    """A draft for each number of `numbers` that is none of the quantity in whose place it stands in `formula`.

    Notes in the line which number is put in for which quantity.
    """
    pairs = align(formula, numbers)
    if pairs is None:
        return []
    slip = _slipped(line, pairs)
    looked = [_looked_up(line, pair) for pair in pairs]
    known = [one for one in looked if one is not None]
    faults = [one for one in known if not one.belongs and not _is_swapped(line, one, known)]
    faults = [one for one in faults if not _is_squared(line, one, numbers)]
    faults = [one for one in faults if not _has_moved_sign(line, one, faults, numbers)]
    if not faults or _only_rearranged(line, known, formula, numbers):
        return slip
    return [*slip, *(_draft(line, fault, formula, numbers) for fault in faults)]


def taken_over(line: Line, before: Node, now: Node) -> None:
    """Notes in the line which quantities the numbers of `now` are put in for that stand in the same place `before`."""
    if isinstance(before, Number) and isinstance(now, Number):
        if before.span in line.put_in.stand_for and (before.value, before.unit) == (now.value, now.unit):
            line.put_in.stand_for.setdefault(now.span, line.put_in.stand_for[before.span])
    elif type(before) is type(now) and len(parts(before)) == len(parts(now)):
        for one, other in zip(parts(before), parts(now), strict=True):
            taken_over(line, one, other)


def _slipped(line: Line, pairs: Sequence[Pair]) -> list[Draft]:
    """A draft for names that stand for nothing but are one letter off, where the numbers put in say what is meant."""
    context = line.context
    if context.names is None:
        return []
    found: list[tuple[Pair, Quantity]] = []
    for pair in pairs:
        printed = signed(pair.numbers)
        if printed is None or context.readings(pair.name, line.view) or not context.names.slips(pair.name):
            continue
        if abs(printed.value) in (0, 1):
            continue  # which may be anything
        meant = [one.quantity for one in context.ledger.worth(printed.value) if isinstance(one.quantity, Quantity)]
        found += [(pair, meant[-1])] if meant else []
    if not found:
        return []
    pair, quantity = found[0]
    label = pair.name.text if isinstance(pair.name, Name) else "a name"
    meant_names = list(dict.fromkeys(one.name for _, one in found))
    names, several = _listed(meant_names), len(meant_names) > 1
    text = f"{label} is no quantity; by the numbers put in, {names} {'are' if several else 'is'} meant"
    told = Explanation("typo", len(label), f"{label} stands where {names} {'belong' if several else 'belongs'}.")
    repairs = tuple((slip.name.span, context.names.spelt(one) or one.name) for slip, one in found)
    return [Draft(pair.name.span, Verdict.WRONG, text, quantity=quantity, told=(told,), repairs=repairs)]


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> _listed(["O0", "O1", "O2"])
    'O0, O1 and O2'
    """
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def belongs(line: Line, printed: Signed, quantity: Quantity) -> bool:
    """Whether a number may stand for a quantity: for its value, before or after an update, or for what was printed."""
    context = line.context
    if context.is_given(quantity):
        exact = context.exact(quantity)
        if exact.overlaps(between(*shortened(printed.value, printed.unit))):
            return True
        if not context.latest or not context.is_trained(quantity):
            return False
    times = sorted({quantity.after, line.view.after, min(line.view.after + 1, context.latest)})
    return any(_is_worth(context, printed, replace(quantity, after=after)) for after in times)


def _is_worth(context: Context, printed: Signed, quantity: Quantity) -> bool:
    """Whether a number may stand for a quantity at its time."""
    try:
        if printed.ball.overlaps(context.exact(quantity)) or printed.ball.overlaps(context.carried(quantity)[0]):
            return True
    except NoValueError:
        return context.truth is not None and bool(context.truth.open)  # nothing is known that speaks against it
    low, high = printed.stands
    return any(low <= one.value <= high for one in context.ledger.of(quantity))


def _looked_up(line: Line, pair: Pair) -> _Placed | None:
    printed = signed(pair.numbers)
    readings = line.context.readings(pair.name, line.view)
    quantities = [reading.scalar for reading in readings if reading.strength is not Strength.GUESSED]
    known = [quantity for quantity in quantities if quantity is not None]
    if printed is None or not known or len(known) < len(quantities):
        return None
    if any(printed.number.text in text for text in line.context.unread):
        return None
    fitting = next((quantity for quantity in known if belongs(line, printed, quantity)), None)
    line.put_in.stand_for[printed.number.span] = fitting or known[0]
    if fitting is not None and not _is_worth(line.context, printed, fitting):
        line.put_in.untimely.add(printed.number.span)
    return _Placed(pair, fitting or known[0], printed, fitting is not None)


def _is_swapped(line: Line, fault: _Placed, others: Sequence[_Placed]) -> bool:
    """Whether two numbers have only changed places."""
    return any(
        belongs(line, fault.printed, other.quantity) and belongs(line, other.printed, fault.quantity)
        for other in others
        if other is not fault
    )


def _is_squared(line: Line, fault: _Placed, numbers: Node) -> bool:
    """Whether only the sign of a number is another, and it is squared: 1 - 0.1684^2 for 1 - (-0.1684)^2."""
    if not belongs(line, fault.printed, -fault.quantity):
        return False
    for node in walk(numbers):
        match node:
            case Power(Number() as base, Number() as exponent) | Power(
                Negative(Number() as base), Number() as exponent
            ):
                if base.span == fault.printed.number.span and exponent.value % 2 == 0:
                    return True
    return False


def _has_moved_sign(line: Line, fault: _Placed, faults: Sequence[_Placed], numbers: Node) -> bool:
    """Whether the sign of a number stands before another factor of its product: -0.4·1.2 for 0.4·(-1.2), -0·0.4."""
    if not belongs(line, fault.printed, -fault.quantity):
        return False
    for node in walk(numbers):
        if isinstance(node, Negative) and isinstance(node.operand, Product):
            factors = node.operand.factors
            if any(one.span == fault.printed.number.span for one in factors) and any(map(_is_zero, factors)):
                return True
    for product in (node for node in walk(numbers) if isinstance(node, Product)):
        inside = {factor.span for factor in walk(product)}
        turned = [one for one in faults if one.printed.number.span in inside]
        if fault in turned and len(turned) == 2:
            return all(belongs(line, one.printed, -one.quantity) for one in turned)
    return False


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and not node.value


def _only_rearranged(line: Line, placed: Sequence[_Placed], formula: Node, numbers: Node) -> bool:
    """Whether the numbers come to what the formula does, and each is, but for its sign, that of one of the names."""
    context = line.context
    try:
        due = context.by_hand(formula, line.view, Used())
        made = context.by_hand(numbers, line.view, Used())
    except NoValueError:
        return False
    if isinstance(due, Grid) or isinstance(made, Grid) or not due.overlaps(made):
        return False
    left = [one.quantity for one in placed]
    for one in placed:
        found = next((q for q in left if belongs(line, one.printed, q) or belongs(line, one.printed, -q)), None)
        if found is None:
            return False
        left.remove(found)
    return not all(belongs(line, one.printed, -one.quantity) or one.belongs for one in placed)


def _wrong_rate(line: Line, fault: _Placed, exact: Ball) -> tuple[Explanation, ...]:
    """Another learning rate than the given one, where it is more than a slip of its sign or its point."""
    truth, value = line.context.truth, abs(fault.printed.value)
    if truth is None or fault.quantity.name != truth.problem.learning_rate_name or not value:
        return ()
    slips = (ball(value * Fraction(10) ** places) for places in range(-3, 4))
    if any(slip.overlaps(abs(exact)) for slip in slips):
        return ()
    given = line.context.as_given(fault.quantity)
    text = f"{fault.printed.text} is put in for the learning rate, which is {given}."
    return (Explanation("wrong-constant", fault.printed.significant, text),)


def _due(line: Line, fault: _Placed, exact: Ball) -> str:
    """What is to be put in: the number as it is given, or as the document has printed it, or else rounded alike."""
    quantity = fault.quantity
    if line.context.is_given(quantity) and quantity.scale == 1:
        return line.context.as_given(quantity)
    good = [one for one in line.context.ledger.of(quantity) if one.good and one.unit <= fault.printed.unit]
    if not good:
        return as_written(exact, fault.printed)
    return as_written(ball(good[-1].value), replace(fault.printed, unit=good[-1].unit))


def _draft(line: Line, fault: _Placed, formula: Node, numbers: Node) -> Draft:
    exact = line.context.exact(fault.quantity)
    right = _due(line, fault, exact)
    case = line.case(fault.pair.numbers, expression=numbers, formula=formula)
    printed = fault.printed
    case = replace(case, printed=printed.value, unit=printed.unit, quantity=fault.quantity, due=exact)
    told = _wrong_rate(line, fault, exact)
    return Draft(
        fault.printed.span,
        Verdict.WRONG,
        f"{fault.printed.text} is put in for {fault.quantity.name}, which is {right}",
        result=fault.printed,
        quantity=fault.quantity,
        exact=exact,
        cases=(case,),
        doubtful=True,
        told=told,
        repairs=((fault.pair.numbers.span, right),),
        operand=True,
    )
