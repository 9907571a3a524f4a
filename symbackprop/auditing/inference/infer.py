"""Statements -> the networks that a document works through, where no network file says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symbackprop.auditing.documents.source import Block, Source
from symbackprop.auditing.inference.draft import Draft, draft
from symbackprop.auditing.inference.evidence import gather
from symbackprop.auditing.inference.examples import Example, examples
from symbackprop.auditing.inference.prose import read_words
from symbackprop.auditing.mathematics.statements import Statement, Statements
from symbackprop.network.problem import Problem


@dataclass(frozen=True, slots=True)
class Inferred:
    """The network of the blocks [first, last] of a document, as far as it is stated.

    `problem` rests on stated numbers alone; it is None where that is not enough to judge anything by. `missing` names
    what the document does not state: numbers of leaves, and equations that it leaves out.
    """

    problem: Problem | None
    missing: tuple[str, ...]
    first: int
    last: int


def infer(source: Source, statements: Statements) -> tuple[Inferred, ...]:
    """The networks of a document, one an example, in reading order; together they cover all blocks."""
    del source
    found = []
    for example, read in drafts(statements):
        found.append(Inferred(read.problem(), read.missing, example.first, example.last))
    return tuple(found)


def drafts(statements: Statements) -> list[tuple[Example, Draft]]:
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
        evidence = gather(said)
        if words.rates:
            evidence.rates[1] = list(words.rates)
        found.append((example, draft(evidence, words)))
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
