"""Whether the numbers that are put in belong to the names in whose place they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from symbackprop.auditing.judging.alignment import Pair, align
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.numbers import Signed, as_written, signed
from symbackprop.auditing.judging.subject import Line
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.report import Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import NoValueError


@dataclass(frozen=True, slots=True)
class _Misplaced:
    pair: Pair
    quantity: Quantity
    printed: Signed


def misplaced(line: Line, formula: Node, numbers: Node) -> list[Draft]:
    """A draft for each number of `numbers` that is none of the quantity in whose place it stands in `formula`.

    Notes in the line which number is put in for which quantity.
    """
    pairs = align(formula, numbers)
    if pairs is None:
        return []
    found = [one for one in (_misplaced(line, pair) for pair in pairs) if one is not None]
    return [_draft(line, fault, formula, numbers) for fault in _without_swaps(line, found)]


def belongs(line: Line, printed: Signed, quantity: Quantity) -> bool:
    """Whether a number may stand for a quantity: for its value, before or after an update, or for what was printed."""
    context = line.context
    for after in sorted({quantity.after, line.phase, line.phase + context.renewed}):
        other = replace(quantity, after=after)
        try:
            if printed.ball.overlaps(context.exact(other)) or printed.ball.overlaps(context.carried(other)[0]):
                return True
        except NoValueError:
            continue
        low, high = printed.stands
        if any(low <= one.value <= high for one in context.ledger.of(other)):
            return True
    return False


def _misplaced(line: Line, pair: Pair) -> _Misplaced | None:
    printed = signed(pair.numbers)
    readings = line.context.readings(pair.name, line.phase)
    quantities = [reading.scalar for reading in readings if reading.strength is not Strength.GUESSED]
    known = [quantity for quantity in quantities if quantity is not None]
    if printed is None or not known or len(known) < len(quantities):
        return None
    fitting = next((quantity for quantity in known if belongs(line, printed, quantity)), None)
    line.stands_for[printed.number.span] = fitting or known[0]
    return None if fitting else _Misplaced(pair, known[0], printed)


def _without_swaps(line: Line, faults: Sequence[_Misplaced]) -> list[_Misplaced]:
    """The faults but for those of two numbers that have only changed places."""

    def swapped(one: _Misplaced, other: _Misplaced) -> bool:
        return belongs(line, one.printed, other.quantity) and belongs(line, other.printed, one.quantity)

    return [fault for fault in faults if not any(swapped(fault, other) for other in faults if other is not fault)]


def _draft(line: Line, fault: _Misplaced, formula: Node, numbers: Node) -> Draft:
    exact = line.context.exact(fault.quantity)
    right = as_written(exact, fault.printed)
    case = line.case(fault.pair.numbers, expression=numbers, formula=formula)
    if case is not None:
        printed = fault.printed
        case = replace(case, printed=printed.value, unit=printed.unit, quantity=fault.quantity, due=exact)
    return Draft(
        fault.printed.span,
        Verdict.WRONG,
        f"{fault.printed.text} is put in for {fault.quantity.name}, which is {right}",
        result=fault.printed,
        quantity=fault.quantity,
        exact=exact,
        cases=(case,) if case else (),
        doubtful=True,
        right=right,
        place=fault.pair.numbers.span,
        operand=True,
    )
