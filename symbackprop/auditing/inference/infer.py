"""Statements -> the networks that a document works through, where no network file says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from symbackprop.auditing.documents.source import Block, Source
from symbackprop.auditing.extent import statements_of
from symbackprop.auditing.inference.assigned import assigned
from symbackprop.auditing.inference.draft import Draft, draft
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.examples import Example, examples
from symbackprop.auditing.inference.gathering import gather
from symbackprop.auditing.inference.initial import network_file
from symbackprop.auditing.inference.prose import read_words
from symbackprop.auditing.inference.soundness import bears_out
from symbackprop.auditing.inference.spelling import key_of
from symbackprop.auditing.inference.words import OUTPUTS, role
from symbackprop.auditing.mathematics.statements import Statement, Statements
from symbackprop.auditing.mathematics.tree import Name
from symbackprop.network.problem import Problem

RESTATED = 2  # parameters that have other values later, of which a network without a cost knows nothing
CONTRADICTED = "most of the numbers that the document prints contradict the network that its formulas seem to make"


@dataclass(frozen=True, slots=True)
class Inferred:
    """The network of the blocks [first, last] of a document, as far as it is stated.

    `problem` rests on stated numbers alone; it is None where that is not enough to judge anything by. `missing` names
    what the document does not state: numbers of leaves, and equations that it leaves out. `notes` says what is taken
    from elsewhere than a plain statement, `lines` where what is missing is named first. `apart` are quantities that the
    document has beside those of `problem`.
    """

    problem: Problem | None
    missing: tuple[str, ...]
    first: int
    last: int
    notes: tuple[str, ...] = ()
    apart: tuple[Name, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def infer(source: Source, statements: Statements) -> tuple[Inferred, ...]:
    """The networks of a document, one an example, in reading order; together they cover all blocks.

    >>> from symbackprop.auditing.documents.formats import read_text
    >>> from symbackprop.auditing.mathematics.reading import read_statements
    >>> source, blocks = read_text("z = w*x + b = 0.5*2 + 0.1 = 1.1")
    >>> [found] = infer(source, read_statements(blocks))
    >>> dict(found.problem.values)
    {'x': '2', 'w': '0.5', 'b': '0.1'}
    """
    found = []
    for example, evidence, read in drafts(statements):
        problem, notes = read.problem(), read.notes
        if problem is not None and not bears_out(evidence, problem):
            problem, notes = None, (CONTRADICTED,)
        elif problem is not None and problem.training is None and len(evidence.restated) >= RESTATED:
            problem, notes = None, (f"{_listed(evidence)} have other values later, and it is not said how they change",)
        apart = _apart(evidence, read, problem) if problem is not None else ()
        found.append(
            Inferred(problem, read.missing, example.first, example.last, notes, apart, _lines(source, evidence, read))
        )
    return tuple(found)


def _lines(source: Source, evidence: Evidence, read: Draft) -> dict[str, int]:
    """The lines in which what is missing is named first, as far as the document names it."""
    named = ((name, evidence.spellings.get(key_of(name))) for name in read.missing)
    return {name: source.place(one.span.start)[0] for name, one in named if one is not None and one.span.end}


def _listed(evidence: Evidence) -> str:
    return ", ".join(sorted(map(evidence.name, evidence.restated))[:RESTATED])


def _apart(evidence: Evidence, read: Draft, problem: Problem) -> tuple[Name, ...]:
    """The quantities of a document, as it spells them, that its network leaves out.

    They are those of the draft, and outputs whose number is printed for no quantity of the network.
    """
    every = (*read.equations, *(name for section in read.leaves.values() for name in section))
    inside = {key_of(name) for name in problem.graph.names}
    numbers = {number.value for held in inside if (number := evidence.printed.get(held))}
    others = (held for held, number in evidence.printed.items() if number.value not in numbers)
    outputs = (held for held in others if role(evidence.name(held), OUTPUTS) is not None)
    held = dict.fromkeys((*map(key_of, every), *outputs))
    return tuple(evidence.spellings[one] for one in held if one not in inside and one in evidence.spellings)


def initial_file(source: Source, blocks: tuple[Block, ...]) -> str:
    """The network file that states what a document states; what it leaves out is blank, for the user to fill in.

    Of several examples it is the first, and says so. A complete file is read by `load_problem` as it stands; in an
    incomplete one the first blank is a fault with its place, and each blank says by name what is wanted.
    """
    read = drafts(statements_of(source, blocks))
    example, _, draft = next((one for one in read if one[2].equations), read[0])
    lines = {name: source.place(start)[0] for name, start in draft.places.items()}
    part = ""
    if len(read) > 1:
        starts = [run.places[0] for block in blocks[example.first : example.last + 1] for run in block.runs]
        first, last = (source.place(start)[0] for start in (starts[0], starts[-1]))
        part = f"one of {len(read)} examples in the document: that of lines {first} to {last}"
    return network_file(draft, source.name, lines, part)


def drafts(statements: Statements) -> list[tuple[Example, Evidence, Draft]]:
    """What each example of a document states of its network.

    What an example does not state itself it has from the beginning of the document and from the example before it.
    """
    within = examples(statements.blocks, statements.statements)
    by_example = _grouped(within, statements.statements)
    found = []
    for index, example in enumerate(within):
        known = [index]
        if not example.fresh:
            known += [other for other in dict.fromkeys((0, index - 1)) if 0 <= other < index]
        said = [statement for other in known for statement in by_example[other]]
        blocks: list[Block] = []
        for other in known:
            blocks += statements.blocks[within[other].first : within[other].last + 1]
        words = read_words(blocks)
        shown = [one for one in said if statements.blocks[one.block].shown]
        evidence = gather([one for one in said if one not in shown], assigned(blocks), shown)
        if words.rates:
            evidence.rates[1] = list(words.rates)
        found.append((example, evidence, draft(evidence, words)))
    return found


def _grouped(within: Sequence[Example], statements: Sequence[Statement]) -> list[list[Statement]]:
    """The statements of each example."""
    groups: list[list[Statement]] = [[] for _ in within]
    index = 0
    for statement in statements:
        while index + 1 < len(within) and statement.block >= within[index + 1].first:
            index += 1
        groups[index].append(statement)
    return groups
