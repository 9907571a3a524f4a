"""The working with its numbers: for each step the forms, the numbers put in and the value, ready to be rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType

import sympy as sp

from symbackprop.derivation.delta_rule import delta_forms, expanded_chain
from symbackprop.derivation.partials import as_taken
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.errors import EvaluationError, NetworkError
from symbackprop.evaluation.enclosure import Enclosures
from symbackprop.evaluation.rounding import carried, exact_text, half_up, short_scientific, to_digits, to_places
from symbackprop.expressions.functions import ACTIVATIONS, entry_of, expanded, template
from symbackprop.expressions.layerwise import share
from symbackprop.expressions.names import split_partial, updated
from symbackprop.expressions.numerals import decimal_text, fixed_text
from symbackprop.expressions.tree import substitute, symbol

DECIMALS = 9
WIDEST = 16  # digits before the point; a longer number is printed with a power of ten


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """A step as it is shown: name = forms[0] = forms[1] = ... = forms[-1] with `numbers` in it = `value`.

    `short` is the form in node errors, and what it comes to. `numbers` maps the names in the last form to decimals as
    printed, `value` is the result as printed, `digits` its value to 30 significant digits; `rounded` names those
    printed decimals, its own among them, that are not the value itself. Without given numbers these are empty.
    """

    step: Step
    forms: tuple[sp.Expr, ...]
    short: tuple[sp.Expr, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    value: str = ""
    digits: str = ""
    rounded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """Steps under one heading."""

    title: str
    steps: tuple[WorkedStep, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """A derivation with its numbers, in reading order.

    `decimals` is the number of places shown; `hand` tells whether the rounding was carried from step to step. `costs`
    holds the cost before and after the update as printed, where there is one.
    """

    derivation: Derivation
    sections: tuple[Section, ...]
    decimals: int
    hand: bool
    costs: tuple[str, str] | None

    @property
    def steps(self) -> tuple[WorkedStep, ...]:
        """All steps, in order."""
        return tuple(step for section in self.sections for step in section.steps)


def work(
    derivation: Derivation,
    *,
    wrt: Sequence[str] = (),
    decimals: int | None = None,
    hand: bool = False,
) -> Working:
    """The working of `derivation` with its numbers.

    Arguments: `wrt` cuts it down to what the partials with respect to these quantities need; `decimals` is the number
    of places to print, by default the document's; `hand` carries the rounding to these places from step to step.

    Raises `SymbackpropError` for an unknown quantity, and for hand working without numbers.
    """
    problem = derivation.problem
    steps = derivation.needed([derivation.find(name).name for name in wrt]) if wrt else derivation.sequence
    places = decimals if decimals is not None else (problem.decimals if problem.decimals is not None else DECIMALS)
    if not problem.values:
        if hand:
            raise NetworkError("working by hand needs numbers", hint="give values for inputs, targets and parameters")
        return _working(derivation, steps, places, hand, {}, {}, frozenset())
    enclosures = Enclosures(steps, problem.exact_values())
    printed = _by_hand(steps, derivation, places) if hand else _printed(steps, enclosures, places, decimals is not None)
    digits = {step.name: to_digits(enclosures, step.name) for step in steps}
    rounded = frozenset(name for name in printed if exact_text(enclosures, name, places) != printed[name])
    given = dict(problem.values)
    if problem.training and problem.training.learning_rate is not None:
        given[problem.learning_rate_name] = problem.training.learning_rate
    return _working(derivation, steps, places, hand, {**given, **printed}, digits, rounded)


def _printed(steps: Sequence[Step], enclosures: Enclosures, places: int, strict: bool) -> dict[str, str]:
    return {step.name: _decimal(enclosures, step.name, places, strict) for step in steps}


def _decimal(enclosures: Enclosures, name: str, places: int, strict: bool) -> str:
    exact = exact_text(enclosures, name, places)
    if exact is not None:
        return exact
    text = to_places(enclosures, name, places)
    unreadable = not text.strip("-0.") or len(text.partition(".")[0]) > WIDEST
    return short_scientific(enclosures, name) if unreadable and not strict else text


def _by_hand(steps: Sequence[Step], derivation: Derivation, places: int) -> dict[str, str]:
    printed: dict[str, str] = {}

    def settle(name: str, value: Fraction) -> Fraction:
        scaled = half_up(value, places)
        rounded = Fraction(scaled, 10**places)
        short = decimal_text(value) if rounded == value != 0 else None
        printed[name] = short or fixed_text(scaled, places)
        return rounded

    try:
        carried(steps, derivation.problem.exact_values(), settle)
    except EvaluationError as error:
        note = f"the working is rounded to {places} decimals at every step; more decimals may save it"
        raise EvaluationError(error.message, hint=f"{error.hint}; {note}") from None
    return printed


def _working(
    derivation: Derivation,
    steps: Sequence[Step],
    places: int,
    hand: bool,
    printed: Mapping[str, str],
    digits: Mapping[str, str],
    rounded: frozenset[str],
) -> Working:
    worked = list(_worked(derivation, steps, printed, digits, rounded))
    sections = tuple(
        Section(title, tuple(group))
        for title, group in groupby(worked, key=lambda worked_step: worked_step.step.section)
    )
    costs = None
    if derivation.cost is not None and derivation.cost in printed:
        after = derivation.final_name(derivation.cost)
        costs = (printed[derivation.cost], printed[after]) if after != derivation.cost and after in printed else None
    return Working(derivation, sections, places, hand, costs)


def _worked(
    derivation: Derivation,
    steps: Sequence[Step],
    printed: Mapping[str, str],
    digits: Mapping[str, str],
    rounded: frozenset[str],
) -> Iterator[WorkedStep]:
    shorter = delta_forms(derivation)
    explained: set[str] = set()
    for step in steps:
        numbers = MappingProxyType({name: printed[name] for name in step.uses if name in printed})
        yield WorkedStep(
            step,
            _forms(derivation, step, explained),
            shorter.get(step.name, ()),
            numbers,
            printed.get(step.name, ""),
            digits.get(step.name, ""),
            rounded.intersection((step.name, *step.uses)),
        )


def _forms(derivation: Derivation, step: Step, explained: set[str]) -> tuple[sp.Expr, ...]:
    """The forms of a step's right-hand side; an activation's derivative is derived where it is first met."""
    match step.kind:
        case Kind.DEFINITION | Kind.AFTER:
            return _definition_forms(step.expression)
        case Kind.PARTIAL if step.factors == ((step.name,),):
            return _local_forms(derivation, step, explained)
        case Kind.PARTIAL:
            whole = expanded_chain(derivation, step)
            return (whole, step.expression) if whole is not None else (step.expression,)
        case _:
            return (step.expression,)


def _definition_forms(expression: sp.Expr) -> tuple[sp.Expr, ...]:
    if expression.is_Function and expression.func.__name__ in ACTIVATIONS:
        entry = entry_of(expression)
        if entry.formula and entry.name != "identity":
            return expression, expanded(expression, entry.formula)
        if entry.name == "identity":
            return (expression.args[0],)
    return (expression,)


def _local_forms(derivation: Derivation, step: Step, explained: set[str]) -> tuple[sp.Expr, ...]:
    pair = split_partial(step.name)
    assert pair is not None
    definition = derivation.problem.graph.by_name[pair[0]]
    activation = definition.activation
    if whole := share(definition.expression):
        kind = f"{activation} by {'its own' if pair[1] == whole.own else 'another'} net input"
        stages = () if kind in explained else whole.stages(pair[1])
        explained.add(kind)
        return (*stages, step.expression)
    if activation is None:
        renewed = {name: symbol(updated(name)) for name in definition.uses if updated(name) in step.uses}
        taken = substitute(as_taken(definition, pair[1]), renewed)
        return (step.expression,) if taken == step.expression else (taken, step.expression)
    if activation in explained:
        return (step.expression,)
    explained.add(activation)
    names = {"z": definition.expression.args[0], "a": symbol(definition.name)}
    stages = [substitute(template(text), names) for text in entry_of(definition.expression).stages]
    return (*[stage for stage in stages if stage != step.expression], step.expression)
