"""Numbers that the programs of a document assign to names: w1 = 0.15, x = np.array([0.05, 0.1])."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symbackprop.auditing.documents.source import Block, Kind, Mode, Run
from symbackprop.auditing.mathematics.boundaries import printed
from symbackprop.auditing.mathematics.listings import is_program, names_in
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Node, Transpose

LINES = 50  # of one list
ASSIGNMENTS = 400
_TARGET = r"(?:self\.|this\.)?[A-Za-zα-ω]\w*"
_ASSIGNMENT = re.compile(
    rf"(?:(?:>>> ?|In \[\d{{0,4}}\]: |const |let |var |double |float |final |int )\s*)*"
    rf"({_TARGET}(?:\s*,\s*{_TARGET})*\s*=(?!=)\s*)(.*)"
)
_COMMENT = re.compile(r"\s*(?:#|//).*")
_OPENING, _CLOSING = frozenset("[("), frozenset("])")


def assigned(blocks: Iterable[Block]) -> tuple[Chain, ...]:
    r"""The assignments of numbers alone, and of lists of them, in the programs among some blocks.

    >>> text = "import numpy as np\nw = np.array([0.1,\n  0.2])\nz = w * x"
    >>> [chain] = assigned([Block(Kind.CODE, (Run(Mode.CODE, text, tuple(range(len(text) + 1))),))])
    >>> chain.members[0].text, len(chain.members[1].rows[0])
    ('w', 2)
    """
    runs = [run for block in blocks if is_program(block) for one in block.runs for run in _assignments(one)]
    found = read_statements(tuple(Block(Kind.PARAGRAPH, (run,)) for run in runs[:ASSIGNMENTS])).statements
    return tuple(one for one in found if isinstance(one, Chain) and all(map(_is_value, one.members[1:])))


def _is_value(node: Node) -> bool:
    return printed(node.operand if isinstance(node, Transpose) else node)


def _assignments(run: Run) -> Iterator[Run]:
    """The stretches of a program that assign numbers."""
    lines = run.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for index, line in enumerate(lines):
        for part in re.finditer(r"[^;]+", line):
            begin = part.start() + len(part[0]) - len(part[0].lstrip())
            match = _ASSIGNMENT.match(line, begin, part.end())
            end = _end(lines, index, match.start(2), match.end(2)) if match else None
            if match and end:
                start, stop = starts[index] + match.start(1), starts[end[0]] + end[1]
                if not names_in(run.text[starts[index] + match.start(2) : stop]):
                    yield Run(Mode.CODE, run.text[start:stop], run.places[start : stop + 1])


def _end(lines: list[str], index: int, start: int, stop: int) -> tuple[int, int] | None:
    """(line, column) after the value that begins in a line; None where its brackets are never closed."""
    depth = 0
    for line in range(index, min(index + LINES, len(lines))):
        text = lines[line][start:stop] if line == index else lines[line]
        bare = _COMMENT.sub("", text)
        depth += sum(letter in _OPENING for letter in bare) - sum(letter in _CLOSING for letter in bare)
        if depth == 0:
            return line, (start if line == index else 0) + len(bare)
        if depth < 0 or (line > index and bare != text):
            return None
    return None
