"""A document whose gradients are those of another multiple of the cost than it declares: one fault, at its root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.mathematics.tree import Node, Number, Quotient, walk
from symbackprop.auditing.report import Explanation, Judged, Verdict
from symbackprop.expressions.names import split_partial
from symbackprop.expressions.tree import multiply, number, symbol
from symbackprop.network.graph import Definition
from symbackprop.network.problem import Problem

RIGHT = (Verdict.CORRECT, Verdict.CARRIED)
FITS = Fraction(1, 20)  # how near a ratio has to be to that of a convention


def ratios(problem: Problem) -> tuple[Fraction, ...]:
    """By what a cost may be multiplied: one half dropped or added, a mean for a sum or the other way round."""
    count = Fraction(max(1, len(problem.graph.targets)))
    half = Fraction(1, 2)
    found = dict.fromkeys([half, 1 / half, count, 1 / count, 2 * count, half / count])
    return tuple(ratio for ratio in found if ratio != 1)


def suspected(problem: Problem, claims: Sequence[Judged]) -> Fraction | None:
    """The ratio in which the first wrong gradients stand to the right ones, where it is that of a convention.

    None where a gradient before them is printed that is right by the cost as it is declared.
    """
    for claim in claims:
        if not _is_gradient(claim, problem):
            continue
        if claim.verdict in RIGHT and claim.printed.strip("-0."):
            return None
        if claim.verdict is Verdict.WRONG:
            for ratio in ratios(problem):
                if _stands(claim, ratio):
                    return ratio
    return None


def rescaled(problem: Problem, ratio: Fraction) -> Problem:
    """The same problem with `ratio` times the cost."""
    assert problem.training is not None
    cost = problem.training.cost
    declared = _free(f"{cost}_declared", problem)
    own = problem.graph.by_name[cost]
    definitions: list[Definition] = []
    for definition in problem.graph.definitions:
        if definition.name == cost:
            definitions += [
                Definition(declared, own.expression),
                Definition(cost, multiply([number(ratio), symbol(declared)])),
            ]
        else:
            definitions.append(definition)
    return replace(problem, graph=replace(problem.graph, definitions=tuple(definitions)), claims=())


def merged(problem: Problem, declared: Sequence[Judged], scaled: Sequence[Judged], ratio: Fraction) -> list[Judged]:
    """The verdicts by the declared cost, and where only its multiple is at fault, that fault at its root alone."""
    by_place = {(claim.span, claim.printed): claim for claim in scaled}
    root: int | None = None
    claims: list[Judged] = []
    for index, claim in enumerate(declared):
        other = by_place.get((claim.span, claim.printed))
        if claim.verdict not in (Verdict.WRONG, Verdict.INHERITED):
            claims.append(claim)
        elif root is None and other is not None and other.verdict in RIGHT and _is_gradient(claim, problem):
            root = index
            claims.append(_at_root(claim, problem, ratio))
        elif root is None:
            claims.append(claim)
        else:
            claims.append(_under(claim, other, root, ratio))
    return claims


def divides_by_one(node: Node) -> bool:
    """Whether something is divided by 1, which is written for a mean of one: ((0 - 0.335)^2)/1."""
    return any(
        isinstance(part, Quotient) and isinstance(part.denominator, Number) and part.denominator.value == 1
        for part in walk(node)
    )


def _under(claim: Judged, other: Judged | None, root: int, ratio: Fraction) -> Judged:
    """A claim behind the root that is not right by the declared cost, as it stands by its multiple."""
    text = f"it is right for {ratio} · the cost, which is what is differentiated here"
    match other.verdict if other is not None else Verdict.CORRECT:
        case Verdict.CORRECT:
            return replace(claim, verdict=Verdict.INHERITED, root=root, message=text, explanations=(), corrected="")
        case Verdict.CARRIED:
            text = f"it follows from the rounded numbers before it, for {ratio} · the cost"
            return replace(claim, verdict=Verdict.CARRIED, root=None, message=text, explanations=(), corrected="")
        case Verdict.WRONG if other and claim.verdict is Verdict.WRONG:
            return other
    return claim


def _at_root(claim: Judged, problem: Problem, ratio: Fraction) -> Judged:
    assert problem.training is not None
    text = (
        f"The derivative taken is that of {ratio} · {problem.training.cost}, and not of the declared "
        f"{problem.training.cost}: all gradients that follow are {ratio} times what they should be."
    )
    explanation = Explanation("convention", len(claim.printed.strip("-0.")), text)
    others = tuple(one for one in claim.explanations if one.cause != "convention")
    return replace(claim, verdict=Verdict.WRONG, root=None, explanations=(explanation, *others))


def _is_gradient(claim: Judged, problem: Problem) -> bool:
    """Whether a claim is about a derivative of the cost, or a node error."""
    if problem.training is None:
        return False
    pair = split_partial(claim.quantity)
    return (pair is not None and pair[0] == problem.training.cost) or claim.quantity.startswith("delta")


def _stands(claim: Judged, ratio: Fraction) -> bool:
    """Whether what is printed is `ratio` times what is due, or the formula is explained so."""
    if not claim.printed:
        return any(explanation.cause == "convention" for explanation in claim.explanations)
    printed = next((one for one in claim.evidence if one.what == "printed"), None)
    exact = next((one for one in claim.evidence if one.what == "exact"), None)
    if printed is None or exact is None or exact.low == 0:
        return False
    value, due = (printed.low + printed.high) / 2, (exact.low + exact.high) / 2 * ratio
    return abs(value - due) <= abs(due) * FITS


def _free(name: str, problem: Problem) -> str:
    while name in problem.graph.names:
        name += "_"
    return name
