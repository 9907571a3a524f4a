"""The whole way: a document, and a network where one is given -> what is said of every claim."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.documents.source import Block, Source
from symbackprop.auditing.inference.infer import infer
from symbackprop.auditing.judging.document import judge
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Statements
from symbackprop.auditing.report import Audit, Judged
from symbackprop.network.problem import Problem


def audit(source: Source, blocks: tuple[Block, ...], problem: Problem | None = None) -> Audit:
    """Every claim of a document, judged by `problem` or, without it, by the networks that the document states."""
    statements = read_statements(blocks)
    if problem is not None:
        return Audit(source, judge(source, statements, problem), problem)
    claims: list[Judged] = []
    missing: list[str] = []
    problems: list[Problem] = []
    for inferred in infer(source, statements):
        problems += [inferred.problem] if inferred.problem is not None else []
        missing += [name for name in inferred.missing if name not in missing]
        part = Statements(
            statements.blocks,
            tuple(one for one in statements.statements if inferred.first <= one.block <= inferred.last),
        )
        shift = len(claims)
        claims += [_shifted(claim, shift) for claim in judge(source, part, inferred.problem)]
    first = problems[0] if problems else None
    return Audit(source, tuple(claims), first, inferred=True, missing=tuple(missing), others=tuple(problems[1:]))


def _shifted(claim: Judged, shift: int) -> Judged:
    return claim if claim.root is None else replace(claim, root=claim.root + shift)
