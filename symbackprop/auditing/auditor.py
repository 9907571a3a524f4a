"""The whole way: a document, and a network where one is given -> what is said of every claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from symbackprop.auditing.documents.source import Block, Source
from symbackprop.auditing.effort import Effort
from symbackprop.auditing.extent import statements_of
from symbackprop.auditing.inference.examples import examples
from symbackprop.auditing.inference.infer import Inferred, infer
from symbackprop.auditing.judging.document import judge
from symbackprop.auditing.mathematics.statements import Statements
from symbackprop.auditing.mathematics.tree import Name
from symbackprop.auditing.naming.counting import counted_from_one
from symbackprop.auditing.naming.own_names import own_names
from symbackprop.auditing.naming.primes import with_primes
from symbackprop.auditing.naming.renaming import quantity_renamed, renamed
from symbackprop.auditing.report import Audit, Judged
from symbackprop.expressions.numerals import fraction_of
from symbackprop.network.problem import Problem


def audit(source: Source, blocks: tuple[Block, ...], problem: Problem | None = None) -> Audit:
    """Every claim of a document, judged by `problem` or, without it, by the networks that the document states.

    Of several examples in a document, one whose data contradict those of `problem` is judged by the network that it
    states itself.
    """
    statements = statements_of(source, blocks)
    effort = Effort()
    if problem is not None and len(examples(statements.blocks, statements.statements)) == 1:
        return Audit(source, _judged(source, statements, problem, effort), problem, limit=_limit(source, effort))
    found = infer(source, statements)
    chosen = [problem if problem is not None and not _contradicts(one, problem) else one.problem for one in found]
    claims: list[Judged] = []
    for used, apart, part in _parts(statements, found, chosen):
        shift = len(claims)
        if used is not None and used is problem:
            made = _judged(source, part, used, effort)
        else:
            made = judge(source, part, used, effort, apart)
        claims += [_shifted(claim, shift) for claim in made]
    distinct = {id(one): one for one in (problem, *chosen) if one is not None}
    first, others = next(iter(distinct.values()), None), tuple(distinct.values())[1:]
    if problem is not None:
        return Audit(source, tuple(claims), first, others=others, limit=_limit(source, effort))
    return Audit(
        source,
        tuple(claims),
        first,
        inferred=True,
        missing=tuple(dict.fromkeys(name for one in found for name in one.missing)),
        notes=tuple(dict.fromkeys(note for one in found for note in one.notes)),
        others=others,
        limit=_limit(source, effort),
        lines={name: line for one in reversed(found) for name, line in one.lines.items()},
    )


def _parts(
    statements: Statements, found: Sequence[Inferred], chosen: Sequence[Problem | None]
) -> Iterator[tuple[Problem | None, tuple[Name, ...], Statements]]:
    """The networks in reading order, each with names of what it leaves out and the statements that are judged by it."""
    for _, group in groupby(zip(found, chosen, strict=True), key=lambda pair: id(pair[1] or pair[0])):
        pairs = tuple(group)
        first, last = pairs[0][0].first, pairs[-1][0].last
        within = tuple(one for one in statements.statements if first <= one.block <= last)
        yield pairs[0][1], pairs[0][0].apart, Statements(statements.blocks, within)


def _contradicts(example: Inferred, problem: Problem) -> bool:
    """Whether an example states other data than those of a network, and enough of them to be judged by."""
    own = example.problem
    if own is None or not set(own.graph.leaves) <= {*own.values}:
        return False
    shared = [name for name in own.values if name in problem.values]
    return any(fraction_of(own.values[name]) != fraction_of(problem.values[name]) for name in shared)


def _judged(source: Source, statements: Statements, problem: Problem, effort: Effort) -> tuple[Judged, ...]:
    """The claims by a given network, which is taken under the names that the document gives to its quantities."""
    statements = with_primes(counted_from_one(source, statements, problem), problem.graph.names)
    names = own_names(problem, statements)
    if not names:
        return judge(source, statements, problem, effort)
    back = {other: name for name, other in names.items()}
    claims = judge(source, statements, renamed(problem, names), effort)
    return tuple(replace(claim, quantity=quantity_renamed(claim.quantity, back)) for claim in claims)


def _limit(source: Source, effort: Effort) -> str:
    """Where the search for causes ended before the document did; "" where it did not."""
    if effort.stopped is None:
        return ""
    line, _ = source.place(effort.stopped)
    return f"too many different faults: from line {line} on their causes were not searched for"


def _shifted(claim: Judged, shift: int) -> Judged:
    return claim if claim.root is None else replace(claim, root=claim.root + shift)
