"""A printed result: whether it is true of the network, and whether it follows from what is printed before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.judging.accusing import wrong
from symbackprop.auditing.judging.compared import Before, Entry, entries, made
from symbackprop.auditing.judging.conventions import divides_by_one
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.matrices import told_of_entry, told_of_matrix, told_of_product
from symbackprop.auditing.judging.numbers import WIDEST, Signed, as_written, results, shortly
from symbackprop.auditing.judging.subject import Line, is_mixed
from symbackprop.auditing.mathematics.tree import Name, Number, walk
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import ball
from symbackprop.evaluation.enclosure import Ball

SLACK = Fraction(1001, 1000)
NEAR = 2  # units of the last place that rounding of what is not shown may make
UNROUNDED = Fraction(1, 10**6)  # of the last place: what is known so closely was rounded nowhere on the way
TELLING = 2  # significant digits of a given number that is stated otherwise, to be a slip
FOLLOWS = "it follows from the rounded numbers before it"
BY_FORMULA = "it follows from the formula before it, which is wrong"
FAULTY = "it follows from what is wrong before it"
ROUNDED = "the rounding of what is not printed may make as much of a difference"
FINE = 1000  # the part of a unit to which a value is known that rests on nothing rounded
CUT = "it is the exact value, cut off after the last place"


def judge_result(line: Line, before: Before, printed: tuple[tuple[Signed, ...], ...]) -> list[Draft]:
    """A draft for each number of a result; where a right result stands behind wrong numbers, one for these too."""
    drafts: list[Draft] = []
    compared = entries(line, before, printed)
    exacts = [entry.exact for entry in compared]
    told = told_of_matrix(printed, exacts) if None not in exacts else ()
    product = _told_of_product(line, before, compared, printed)
    for entry in compared:
        number, name = entry.printed, line.subject.name
        key = entry.quantity or (name if entry.shape == (1, 1) else f"{name}[{entry.index}]")
        noted = ((key, number.value, number.unit),) if name or entry.quantity else ()
        *others, own = _judged(entry)
        if told and (own.verdict is Verdict.WRONG or _is_misprinted(entry, own)):
            text = f"{entry.what} is {as_written(own.exact, entry.printed)}"
            own = replace(own, verdict=Verdict.WRONG, message=text, told=told, doubtful=False)
        elif own.verdict is Verdict.WRONG and entry.quantity is None and 1 in entry.shape != (1, 1):
            own = replace(own, told=(*own.told, *(product or told_of_entry(line.context, number, entry.index))))
        drafts += [*others, replace(own, noted=noted)]
    return drafts


def _told_of_product(
    line: Line, before: Before, compared: Sequence[Entry], printed: tuple[tuple[Signed, ...], ...]
) -> tuple[Explanation, ...]:
    """The same of a whole vector without a name of the network, none of whose entries is right."""
    tree = line.subject.tree or before.formula
    wrong = all(entry.exact is not None and entry.printed.holds(entry.exact) is False for entry in compared)
    nameless = len(compared) > 1 and all(entry.quantity is None for entry in compared)
    return told_of_product(line, tree, printed) if nameless and wrong and tree is not None else ()


def _is_misprinted(entry: Entry, own: Draft) -> bool:
    """Whether another number than the given one is printed for what is given."""
    given = entry.quantity is not None and entry.line.context.is_given(entry.quantity)
    return (
        given and own.verdict is Verdict.UNDECIDED and own.exact is not None and entry.printed.holds(own.exact) is False
    )


def _judged(entry: Entry) -> list[Draft]:
    if entry.exact is None:
        return [_without_truth(entry)]
    holds = entry.printed.holds(entry.exact)
    if holds is None and entry.exact.rad() * FINE > ball(entry.printed.unit):
        return [_about_true(entry, entry.exact)]
    if holds is not False:
        return _true(entry)
    if (root := _by_broken_formula(entry)) is not None:
        text = "it follows from a formula that was found wrong"
        return [replace(entry.draft, verdict=Verdict.INHERITED, message=text, blamed=frozenset({root}))]
    if entry.before.broken is not None and entry.made is not None and entry.follows:
        return [replace(entry.draft, verdict=Verdict.INHERITED, message=BY_FORMULA)]
    if _is_updated_data(entry):
        return [replace(entry.draft, message=f"{entry.what} is given and not updated; another quantity may be meant")]
    formula = entry.before.formula
    if entry.made is not None and (entry.before.expression is not None or (formula is not None and is_mixed(formula))):
        return [_put_in(entry, entry.exact)]
    return [_alone(entry, entry.exact)]


def _is_updated_data(entry: Entry) -> bool:
    """Whether the number is printed for the new value of an input or a target."""
    first = entry.line.chain.members[0]
    marked = isinstance(first, Name) and first.updated
    return marked and entry.quantity is not None and entry.line.context.is_data(entry.quantity)


def _by_broken_formula(entry: Entry) -> int | None:
    """The claim in which a formula was found wrong that makes the printed number."""
    line = entry.line
    for quantity, side, claim in line.context.broken:
        if quantity == line.subject.quantity and side.tree is not None:
            found, _ = made(line, Before(side.tree), entry.shape)
            if found is not None and found[entry.index].overlaps(entry.printed.ball):
                return claim
    return None


def _without_truth(entry: Entry) -> Draft:
    """Nothing is known to be true of the quantity: the arithmetic alone is judged."""
    quantity, context = entry.quantity, entry.line.context
    reason = context.why_unknown(quantity) if quantity is not None else ""
    if entry.made is None:
        return replace(entry.draft, message=reason or "what it is to be compared with is not known")
    if entry.follows and entry.literal is not None and not entry.literal.overlaps(entry.printed.ball):
        shown = as_written(entry.literal, entry.printed)
        return replace(entry.draft, message=f"these numbers make {shown}; what they are rounded from may not")
    if entry.follows:
        open_ended = bool(entry.line.subject.name) and context.truth is not None
        more = f"; {reason or 'what it is printed for is no quantity of the network'}" if open_ended else ""
        verdict = Verdict.UNDECIDED if open_ended else Verdict.CORRECT
        return replace(entry.draft, verdict=verdict, message=f"the arithmetic holds{more}")
    if entry.follows_from_faults:
        return replace(entry.draft, verdict=Verdict.INHERITED, message=FAULTY, blamed=entry.blamed)
    return wrong(entry, entry.shown, f"the numbers put in make {shortly(entry.shown)}")


def _about_true(entry: Entry, exact: Ball) -> Draft:
    """The number is as right as can be told: what it rests on is known in rounded numbers alone."""
    if exact.rad() <= WIDEST * ball(entry.printed.unit):
        return replace(entry.draft, verdict=Verdict.CARRIED, message=FOLLOWS)
    return replace(entry.draft, message=ROUNDED)


def _true(entry: Entry) -> list[Draft]:
    """The number is right; the numbers that are put in may be wrong all the same."""
    right = replace(entry.draft, verdict=Verdict.CORRECT, message="the exact value rounds to it")
    expression = entry.before.expression
    told = bool(entry.before.accused)
    if entry.made is None or entry.follows or told or expression is None or entry.follows_from_faults:
        return [right]
    if results(expression) is not None:
        return [right]
    case = entry.line.case(expression, expression=expression)
    case = replace(case, printed=entry.printed.value, unit=entry.printed.unit, due=entry.exact)
    text = f"these numbers make {shortly(entry.shown)}, not {entry.printed.text}, which is right"
    put_in = Draft(
        expression.span,
        Verdict.WRONG,
        text,
        quantity=right.quantity,
        exact=entry.exact,
        from_printed=entry.made,
        cases=(case,),
    )
    return [put_in, right]


def _put_in(entry: Entry, exact: Ball) -> Draft:
    """The number is not the exact one; it stands behind numbers that are put in."""
    assert entry.made is not None
    if entry.follows and entry.made.overlaps(exact):
        return replace(entry.draft, verdict=Verdict.CARRIED, message=FOLLOWS)
    if entry.printed.cuts(exact):
        return replace(entry.draft, verdict=Verdict.CARRIED, message=CUT)
    due = as_written(exact, entry.printed)
    righted = entry.righted if entry.follows and entry.blamed else None
    if righted is not None and righted.overlaps(exact):
        return replace(entry.draft, verdict=Verdict.INHERITED, message=FAULTY, blamed=entry.blamed)
    if entry.follows and entry.before.accused:
        reason = entry.before.accused[0].message
        cases = tuple(case for draft in entry.before.accused for case in draft.cases)
        told = tuple(one for draft in entry.before.accused for one in draft.told)
        return replace(wrong(entry, exact, f"{reason}; due is {due}", cases), told=told)
    if entry.follows and _is_carried(entry):
        return replace(entry.draft, verdict=Verdict.CARRIED, message=FOLLOWS)
    if entry.follows and (own := _by_own_rule(entry)) is not None:
        return own
    if entry.follows:
        text = f"it follows from the numbers put in, but {entry.what} is {due}"
        if (name := _of_own(entry)) is not None:
            return replace(entry.draft, message=f"{text}; {name}, which is no quantity of the network, may be put in")
        if _is_mean(entry):
            return replace(entry.draft, message=f"{text}; a mean is another measure of the error")
        return wrong(entry, exact, text, doubtful=not _is_related(entry))
    if entry.follows_from_faults:
        return replace(entry.draft, verdict=Verdict.INHERITED, message=FAULTY, blamed=entry.blamed)
    return wrong(entry, exact, f"the numbers put in make {shortly(entry.shown)}, and {entry.what} is {due}")


def _is_mean(entry: Entry) -> bool:
    """Whether the number is a mean, be it of one, in place of the cost."""
    truth = entry.line.context.truth
    cost = truth.derivation.cost if truth is not None else None
    of_cost = entry.quantity is not None and entry.quantity.name == cost
    return of_cost and any(map(divides_by_one, entry.before.expressions))


def _is_carried(entry: Entry) -> bool:
    """Whether the number is what comes of rounded numbers that are not printed, as a gradient before its update."""
    if entry.quantity is None or not entry.line.context.is_by_hand(entry.quantity):
        return False
    value, _ = entry.line.context.made(entry.quantity)
    if value is None or not value.overlaps(entry.printed.ball):
        return False
    return bool(value.rad() <= WIDEST * ball(entry.printed.unit))


def _alone(entry: Entry, exact: Ball) -> Draft:
    """The number is not the exact one, and nothing shows what it was made from."""
    context, quantity = entry.line.context, entry.quantity
    if quantity is not None and context.is_given(quantity):
        text = f"{entry.what} is given as {context.as_given(quantity)}"
        if entry.printed.significant < TELLING:
            return replace(entry.draft, message=f"{text}; but another {entry.what} may be meant")
        return wrong(entry, exact, text, doubtful=True)
    if entry.printed.cuts(exact):
        return replace(entry.draft, verdict=Verdict.CARRIED, message=CUT)
    own = quantity is not None and context.is_by_hand(quantity)
    own_work, _ = context.made(quantity) if own and quantity is not None else (_of_subject(entry), None)
    for value in (entry.made, own_work):
        if value is not None and value.overlaps(entry.printed.ball):
            if value.rad() <= WIDEST * ball(entry.printed.unit):
                return replace(entry.draft, verdict=Verdict.CARRIED, message=FOLLOWS, from_printed=value)
            return replace(entry.draft, message=ROUNDED, near=True)
    if entry.follows_from_faults:
        return replace(entry.draft, verdict=Verdict.INHERITED, message=FAULTY, blamed=entry.blamed)
    if own and quantity is not None and (inherited := _inherited(entry, quantity)) is not None:
        return inherited
    made = [value for value in (entry.made, own_work) if value is not None]
    whole = any(value.rad() <= ball(UNROUNDED * entry.printed.unit) for value in made)  # nothing was rounded on the way
    near = 0 if whole or _is_of_given(entry) else 1 if made else NEAR
    if abs(exact - ball(entry.printed.value)) <= near * ball(entry.printed.unit) * ball(SLACK):
        return _rounded_unseen(entry)
    if (by_own_rule := _by_own_rule(entry)) is not None:
        return by_own_rule
    in_steps, _ = context.made(quantity, in_steps=True) if own and quantity is not None else (None, None)
    if in_steps is not None and in_steps.overlaps(entry.printed.ball):
        return _rounded_unseen(entry)
    target = context.names.target_of(quantity.name) if quantity is not None and context.names is not None else None
    if target is not None and (context.exact(Quantity(target)) - ball(entry.printed.value)).contains(0):
        return replace(entry.draft, message=f"it is what {entry.what} is wanted to be, {target}")
    return wrong(entry, exact, f"{entry.what} is {as_written(exact, entry.printed)}")


def _by_own_rule(entry: Entry) -> Draft | None:
    """That a number is left open which comes of updates that are not those of the network."""
    context = entry.line.context
    if entry.quantity is None or not context.rests_on_own_rule(entry.quantity):
        return None
    text = f"the updates go by {context.own_rule}, which is no quantity of the network"
    return replace(entry.draft, message=text, near=True)


def _inherited(entry: Entry, quantity: Quantity) -> Draft | None:
    """That a number follows from what is wrong before it, worked out as a whole or in steps."""
    for in_steps in (False, True):
        made, blamed = entry.line.context.made(quantity, faults=True, in_steps=in_steps)
        if made is not None and blamed and made.overlaps(entry.printed.ball):
            inherited = replace(entry.draft, verdict=Verdict.INHERITED, message=FAULTY, blamed=blamed)
            return replace(inherited, from_printed=made)
    return None


def _rounded_unseen(entry: Entry) -> Draft:
    return replace(entry.draft, message="rounding that is not shown may make as much of a difference", near=True)


def _is_of_given(entry: Entry) -> bool:
    """Whether a quantity is made from given numbers alone, so that there is nothing before it to be rounded."""
    context, quantity = entry.line.context, entry.quantity
    if context.truth is None or quantity is None or quantity.after:
        return False
    step = context.truth.step(quantity.name)
    return step is not None and all(context.is_given(Quantity(use)) for use in step.uses)


def _of_subject(entry: Entry) -> Ball | None:
    """What the document's own meaning of the subject makes of the numbers that a hand carries."""
    tree = entry.line.subject.tree
    if tree is None:
        return None
    found, _ = made(entry.line, Before(tree), entry.shape)
    return found[entry.index] if found else None


def _of_own(entry: Entry) -> str | None:
    """A name of the document's own, such as a velocity, for which alone one of the numbers put in was printed."""
    context = entry.line.context
    parts = (part for expression in entry.before.expressions for part in walk(expression))
    for number in (part for part in parts if isinstance(part, Number)):
        prints = context.ledger.worth(number.value)
        names = [one.quantity for one in prints if isinstance(one.quantity, str) and one.open]
        if names and len(names) == len(prints) and number.unit < 1 and number.value not in context.leaves:
            return names[-1]
    return None


def _is_related(entry: Entry) -> bool:
    """Whether some number that is put in is one of the network's, or was printed before."""
    expressions, context = entry.before.expressions, entry.line.context
    if not expressions:
        return True
    numbers = [part for expression in expressions for part in walk(expression) if isinstance(part, Number)]
    return any((n.value in context.leaves and n.unit < 1) or context.ledger.worth(n.value) for n in numbers)
