"""Where one worked example of a document ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from symbackprop.auditing.documents.source import Block, Kind
from symbackprop.auditing.inference.forms import canonical, fits, value_of
from symbackprop.auditing.inference.spelling import ascii_name, key
from symbackprop.auditing.inference.words import TARGETS, letters
from symbackprop.auditing.mathematics.statements import Chain, Sign, Statement
from symbackprop.auditing.mathematics.tree import Name

_EXAMPLE = re.compile(
    r"[\W\d_]{0,12}(?:(?:worked|toy|first|second|third|numerical|full)\s)?"
    r"(?:example|exercise|case|problem|network|beispiel|aufgabe|ejemplo|exemple|exemplo|contoh|esempio|пример|例|예제)"
    r"\s?[#(]?(?:\d{1,3}|[A-Z]|[ivx]{1,4})\b",
    re.I,
)
_INPUTS = frozenset({"x", "i", "input", "inputs", "in"})
_HEADING = 120  # characters of a line that may be a heading


@dataclass(frozen=True, slots=True)
class Example:
    """Blocks [first, last]; `fresh` where nothing that stands before them may be taken for theirs."""

    first: int
    last: int
    fresh: bool = False


def examples(blocks: Sequence[Block], statements: Sequence[Statement]) -> tuple[Example, ...]:
    """The worked examples of a document, at least one.

    A new one begins where a heading says so, where one after it states numbers, and where an input or a target is
    assigned another number. A second forward pass, after an update, begins none.
    """
    starts = _headed(blocks, statements) or _restated(statements)
    ends = [*(start - 1 for start, _ in starts), max(len(blocks) - 1, 0)]
    firsts = [(0, False), *starts]
    return tuple(
        Example(first, last, fresh) for (first, fresh), last in zip(firsts, ends, strict=True) if last >= first
    )


def _headed(blocks: Sequence[Block], statements: Sequence[Statement]) -> list[tuple[int, bool]]:
    """The blocks of the headings of all examples but the first, where there are two or more of them."""
    headings = [index for index, block in enumerate(blocks) if _is_heading(block)]
    stated = {statement.block for statement in statements if isinstance(statement, Chain)}
    filled = [start for start, end in pairwise([*headings, len(blocks)]) if not stated.isdisjoint(range(start, end))]
    return [(start, False) for start in filled[1:]]


def _is_heading(block: Block) -> bool:
    if block.kind not in (Kind.HEADING, Kind.PARAGRAPH):
        return False
    text = "".join(run.text for run in block.runs)[: _HEADING + 1]
    return (block.kind is Kind.HEADING or len(text) <= _HEADING) and _EXAMPLE.match(text) is not None


def _restated(statements: Sequence[Statement]) -> list[tuple[int, bool]]:
    """The blocks in which an input or a target is assigned another number than it has."""
    found: list[tuple[int, bool]] = []
    values: dict[str, Fraction] = {}
    updated = False
    for statement in statements:
        if not isinstance(statement, Chain) or not statement.members or statement.headless:
            continue
        head = statement.members[0]
        if not isinstance(head, Name):
            continue
        updated = updated or head.updated
        if len(statement.members) != 2 or statement.signs[0] in (Sign.ARROW, Sign.INCREASED) or head.updated:
            continue
        value = value_of(canonical(statement.members[1])) if fits(statement.members[1]) else None
        if value is None or not _is_given(head):
            continue
        held = key(head)
        if values.setdefault(held, value) != value and statement.block > (found[-1][0] if found else 0):
            found.append((statement.block, updated))
            values = {held: value}
            updated = False
        else:
            values[held] = value
    return found


def _is_given(name: Name) -> bool:
    """Whether a name is one by which inputs and targets are known."""
    words = letters(ascii_name(name))
    return words in _INPUTS or (words in TARGETS and words not in ("y", "d", "t"))
