"""A working as a document: what is given, sections, groups of steps under one heading, numbers and references.

Text formats share this structure and differ in how it looks. In its sentences names stand in backticks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.evaluation.worked import Section, WorkedStep, Working
from symbackprop.expressions.names import partial, split_partial, updated
from symbackprop.network.problem import Order
from symbackprop.rendering.links import FIRST, LAST, LONGEST, longest

LISTED = 60  # given numbers of one kind that are all listed
FROZEN = "frozen"
REFERENCES = 4  # runs of earlier steps that are all named


@dataclass(frozen=True, slots=True)
class Entry:
    """A step with its number in the document; `reason` is empty where an entry before it says it for both.

    `uses` holds the numbers of the earlier steps that it rests on.
    """

    number: int
    worked: WorkedStep
    rule: str
    reason: str
    uses: tuple[int, ...]

    @property
    def earlier(self) -> str:
        """The earlier steps in words: 1-3, 5."""
        return _runs(self.uses)

    @property
    def is_local(self) -> bool:
        """Whether it is a local partial."""
        return self.worked.step.is_local


@dataclass(frozen=True, slots=True)
class Group:
    """Steps that belong together: a partial after the local partials that are multiplied in it, say."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the document."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Given numbers of one kind as (name, decimal), the decimal "" where there is none; `left_out` are not listed."""

    title: str
    items: tuple[tuple[str, str], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The parameters: under `heads`, in each row a name and then decimals, "" or the word frozen."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that a text format writes, in order. `costs` are the cost's (name, decimal) before and after the update."""

    title: str
    source: str
    given: tuple[Given, ...]
    remarks: tuple[str, ...]
    parts: tuple[Part, ...]
    table: Table
    costs: tuple[tuple[str, str], ...]


def compose(working: Working) -> Document:
    """The document of a working."""
    problem = working.derivation.problem
    numbers = {worked.step.name: number for number, worked in enumerate(working.steps, 1)}
    cost = working.derivation.cost
    after = working.derivation.final_name(cost) if cost else ""
    return Document(
        problem.title or "Backpropagation, step by step",
        problem.source,
        tuple(_given(working)),
        tuple(_remarks(working)),
        tuple(_part(section, working.derivation, numbers) for section in working.sections),
        _table(working),
        ((cost, working.costs[0]), (after, working.costs[1])) if cost and working.costs else (),
    )


def prose(sentence: str, name: Callable[[str], str], words: Callable[[str], str]) -> str:
    """A sentence in which names stand in backticks, with `name` and `words` applied to its parts.

    >>> prose("The net input `z`.", str.upper, str.lower)
    'the net input Z.'
    """
    pieces = sentence.split("`")
    return "".join(name(piece) if index % 2 else words(piece) for index, piece in enumerate(pieces))


def capitalised(sentence: str) -> str:
    """`sentence` with its first letter as a capital, the others as they are.

    >>> capitalised("backward pass: inputs")
    'Backward pass: inputs'
    """
    return sentence[:1].upper() + sentence[1:]


def _given(working: Working) -> Iterator[Given]:
    derivation = working.derivation
    problem, graph, training = derivation.problem, derivation.problem.graph, derivation.problem.training
    whole = len(working.steps) == len(derivation.sequence)
    used = {name for worked in working.steps for name in worked.step.uses}
    for title, names in (("inputs", graph.inputs), ("targets", graph.targets), ("parameters", graph.parameters)):
        kept = [name for name in names if whole or name in used]
        if kept:
            yield _listed(title, kept, problem.values)
    rate = problem.learning_rate_name
    if training and training.learning_rate is not None and (whole or rate in used):
        yield Given("learning rate", ((rate, training.learning_rate),))
    if training and training.frozen and whole:
        yield _listed("never updated", training.frozen, {})


def _listed(title: str, names: Sequence[str], values: Mapping[str, str]) -> Given:
    shown = names if len(names) <= LISTED else [*names[: LISTED - 10], *names[-10:]]
    return Given(title, tuple((name, values.get(name, "")) for name in shown), len(names) - len(shown))


def _remarks(working: Working) -> Iterator[str]:
    derivation = working.derivation
    training = derivation.problem.training
    if derivation.cost:
        yield f"The cost, which is differentiated, is `{derivation.cost}`."
    if training and training.order is Order.OUTPUT_FIRST and training.learning_rate is not None:
        yield "Parameters are updated layer by layer from the last: hidden gradients are taken through updated weights."
    if derivation.problem.values:
        places = "1 decimal" if working.decimals == 1 else f"{working.decimals} decimals"
        if working.hand:
            yield f"Every result is rounded to {places} and carried so into the next steps, as by hand."
        else:
            yield f"Results are printed to {places}; none is computed from rounded numbers."
    if any(longest(worked) > LONGEST for worked in working.steps):
        yield f"Of sums and products of over {LONGEST} terms the first {FIRST} and the last {LAST} are written out."


def _part(section: Section, derivation: Derivation, numbers: Mapping[str, int]) -> Part:
    groups = [
        Group(_title(members[-1].step, derivation), tuple(_entries(members, numbers)))
        for members in _grouped(section.steps)
    ]
    return Part(capitalised(section.title), tuple(groups))


def _grouped(steps: Iterable[WorkedStep]) -> Iterator[list[WorkedStep]]:
    """Local partials with the partial that takes them, an activation with its net input, all updates together."""
    waiting: list[WorkedStep] = []
    for worked in steps:
        step = worked.step
        if waiting and not _belongs(waiting, step):
            yield from _apart(waiting)
            waiting = []
        waiting.append(worked)
        if step.kind is Kind.PARTIAL and not step.is_local:
            yield waiting
            waiting = []
    yield from _apart(waiting)


def _belongs(waiting: Sequence[WorkedStep], step: Step) -> bool:
    last = waiting[-1].step
    match step.kind:
        case Kind.UPDATE | Kind.AFTER:
            return last.kind is step.kind
        case Kind.DEFINITION:
            return last.kind is Kind.DEFINITION and bool(step.expression.is_Function) and step.uses == (last.name,)
        case Kind.PARTIAL:
            return step.is_local or all(local.step.name in step.uses for local in waiting)


def _apart(waiting: list[WorkedStep]) -> Iterator[list[WorkedStep]]:
    if waiting and waiting[0].step.kind is Kind.PARTIAL:
        yield from ([worked] for worked in waiting)
    elif waiting:
        yield waiting


def _title(step: Step, derivation: Derivation) -> str:
    pair = split_partial(step.name)
    if step.kind is not Kind.PARTIAL or pair is None:
        return ""
    of, by = pair
    if of == derivation.cost and step.node_error:
        return f"Node error of `{by}`"
    if of == derivation.cost and by in derivation.problem.graph.parameters:
        return f"Gradient with respect to `{by}`"
    return f"Partial of `{of}` with respect to `{by}`"


def _entries(members: Iterable[WorkedStep], numbers: Mapping[str, int]) -> Iterator[Entry]:
    """The steps of a group; a reason that is the same for several on end, but for the names, stands with the first."""
    for _, alike in groupby(members, key=lambda worked: re.sub("`[^`]*`", "``", worked.step.reason)):
        first, *others = alike
        more = " Likewise for those that follow." if len(others) > 1 else " Likewise for the next." if others else ""
        yield _entry(first, first.step.reason + more, numbers)
        yield from (_entry(worked, "", numbers) for worked in others)


def _entry(worked: WorkedStep, reason: str, numbers: Mapping[str, int]) -> Entry:
    step = worked.step
    earlier = tuple(sorted({numbers[name] for name in step.uses if name in numbers}))
    rule = "" if step.rule == "definition" or not reason else step.rule
    return Entry(numbers[step.name], worked, rule, reason, earlier)


def _runs(numbers: Sequence[int]) -> str:
    """Sorted numbers, runs of three or more drawn together; the middle of a long list is left out.

    >>> _runs([1, 2, 3, 5, 6]), _runs([1, 3, 5, 7, 9, 11])
    ('1-3, 5, 6', '1, 3, 5, ..., 11')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [
        text for run in runs for text in ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]
    if len(shown) > REFERENCES:
        shown[REFERENCES - 1 : -1] = ["..."]
    return ", ".join(shown)


def _table(working: Working) -> Table:
    """Each parameter whose gradient is in the working: its number before the update, the gradient, its number after."""
    problem, cost = working.derivation.problem, working.derivation.cost
    values = {worked.step.name: worked.value for worked in working.steps}
    rows = []
    for name in problem.graph.parameters if problem.values else ():
        gradient, new = values.get(partial(cost or "", name), ""), values.get(updated(name), "")
        if gradient or new:
            fixed = problem.training is not None and name in problem.training.frozen
            rows.append((name, problem.values[name], gradient, FROZEN if fixed else new))
    heads = ("parameter", "old", "gradient", "new")
    shown = len(heads) if any(row[-1] for row in rows) else len(heads) - 1
    return Table(heads[:shown], tuple(row[:shown] for row in rows))
