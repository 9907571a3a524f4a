"""The cells of a row of a table: what stands in each by itself."""

from __future__ import annotations

from dataclasses import dataclass

from symbackprop.auditing.documents.source import Block
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.boundaries import printed
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.segmentation import Found
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Partial


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: members with the signs between them; nothing where it is empty or words.

    `signs` is as long as `members` where a sign begins the cell. tokens[start:end] are those of the cell. `word` is the
    one word that it is, as it may be a name: Cost.
    """

    start: int
    end: int
    members: tuple[Node, ...] = ()
    signs: tuple[Sign, ...] = ()
    words: bool = False
    word: Name | None = None

    @property
    def name(self) -> Name | Partial | None:
        """The name that it is."""
        only = self.members[0] if len(self.members) == 1 and not self.signs else None
        return only if isinstance(only, Name | Partial) else None

    @property
    def number(self) -> bool:
        """Whether it is one number, or one list of numbers."""
        return len(self.members) == 1 and not self.signs and printed(self.members[0])


def cells_of(parser: Parser, block: Block, founds: list[Found]) -> list[Cell]:
    """The cells of a row, by their columns."""
    reach: dict[int, tuple[int, int]] = {}
    for place, token in enumerate(parser.tokens[: parser.length]):
        if token.run >= 0 and token.sort is not Sort.BREAK:
            column = block.cells[token.run]
            reach[column] = reach.get(column, (place, 0))[0], place + 1
    inside: dict[int, list[Found]] = {}
    for found in founds:
        inside.setdefault(block.cells[parser.tokens[found.start].run], []).append(found)
    empty = Cell(0, 0)
    return [
        _cell(parser, *reach[column], inside.get(column, [])) if column in reach else empty
        for column in range(block.cells[-1] + 1)
    ]


def _cell(parser: Parser, start: int, end: int, inside: list[Found]) -> Cell:
    if len(inside) == 1 and inside[0].signs and (inside[0].start, inside[0].end) == (start, end):
        return Cell(start, end, inside[0].members, inside[0].signs)
    if not any(found.signs or found.reason for found in inside):
        try:
            node, after = parser.expression(start)
        except Failure:
            return Cell(start, end, words=True)
        if after == end and isinstance(node, Name) and not _name_like(parser, start, node):
            return Cell(start, end, words=True, word=node)
        if after == end:
            return Cell(start, end, (node,))
    return Cell(start, end, words=True)


def _name_like(parser: Parser, start: int, name: Name) -> bool:
    return symbolic_name(name) or parser.tokens[start].mode in TEX


def index_of(cell: Cell) -> str:
    """What a cell says as the index of a name: 6, h1."""
    if len(cell.members) != 1 or cell.signs:
        return ""
    match cell.members[0]:
        case Number(text) if text.isdigit() and len(text) <= 3:
            return text
        case Name(base, _, subscript, "") if len(base) + len(subscript) <= 5:
            return base + subscript
    return ""
