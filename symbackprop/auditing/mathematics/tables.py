"""Rows of tables: what a row says together, of the name in its first cell, of a unit, or of what heads its columns."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.documents.source import Block, Kind
from symbackprop.auditing.mathematics.boundaries import printed
from symbackprop.auditing.mathematics.cells import Cell, cells_of, index_of
from symbackprop.auditing.mathematics.heads import Column, Head, at_offset, heads_of
from symbackprop.auditing.mathematics.names import is_initial, updated
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.segmentation import Found
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tree import Entries, Name, Node, Partial
from symbackprop.auditing.mathematics.vocabulary import words

COLUMNS = 32
WORD = 8  # letters of a name, at most
_GRADIENT = "grad"
_LABELLING = (Column.UNKNOWN, Column.BLANK, Column.COUNTER)  # of names: a name counts nothing
_VALUED = (Column.VALUE, Column.WORKING, Column.UNKNOWN)
_OF_UNITS = words("net out in z a δ delta")


class Tables:
    """The rows of a document's tables, one after another."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = blocks
        self._last = -2  # the index of the block of the last row
        self._counted = False  # whether the first column counts updates from 0

    def found(self, index: int, parser: Parser, block: Block, founds: list[Found]) -> list[Found]:
        """What stands in a block, `founds` being what stands in each cell by itself where it is a row."""
        if block.kind is not Kind.ROW:
            return founds
        same = self._last == index - 1 and _same(block, self.blocks[index - 1])
        self._last = index
        if not block.cells or block.cells[-1] >= COLUMNS:
            return founds
        cells = cells_of(parser, block, founds)
        heads = heads_of(block.heads[:COLUMNS]) if len(block.heads) > block.cells[-1] else ()
        if not same:
            self._counted = bool(heads) and heads[0].column is Column.COUNTER and index_of(cells[0]) == "0"
        row = _Row(parser, cells, heads)
        made = list(row.read(alone=not same and not self._has_another(index), counted=self._counted))
        if not made:
            return founds
        taken = {column for one in row.used for column in range(one.start, one.end)}
        kept = [one for one in founds if one.start not in taken]
        return sorted([*kept, *made], key=lambda one: one.start)

    def _has_another(self, index: int) -> bool:
        """Whether another row of the same table follows."""
        if index + 1 >= len(self.blocks):
            return False
        after = self.blocks[index + 1]
        return after.kind is Kind.ROW and _same(after, self.blocks[index])


def _same(one: Block, other: Block) -> bool:
    """Whether two rows stand under the same heads."""
    return one.heads is other.heads or one.heads == other.heads


class _Row:
    def __init__(self, parser: Parser, cells: list[Cell], heads: tuple[Head, ...]) -> None:
        self.parser = parser
        self.cells = cells
        self.heads = heads
        self.used: list[Cell] = []

    def read(self, *, alone: bool, counted: bool) -> Iterator[Found]:
        """What the cells say together; nothing where that is not clear."""
        label = self._label()
        if self.heads and (unit := self._unit()):
            yield from self._of_unit(unit)
        elif label is not None:
            yield from self._of_name(label)
        elif self._is_equation():
            yield self._of_equation()
        elif self.heads and (alone or counted):
            yield from self._of_heads(counted)

    def _head(self, column: int) -> Head:
        return self.heads[column] if self.heads else Head(Column.UNKNOWN)

    # ---- a row about a name

    def _label(self) -> int | None:
        """The column of the name that the row is about: the first, or the second after one that counts the rows."""
        first = 0
        if index_of(self.cells[0]).isdigit() and len(self.cells) > 2:
            if self.heads and (self.heads[0].name is not None or self.heads[0].column is Column.UNIT):
                return None
            first = 1
        name = self.cells[first].name or (self.cells[first].word if self._is_worked(first) else None)
        return first if name is not None and self._head(first).column in _LABELLING else None

    def _is_worked(self, label: int) -> bool:
        """Whether a working stands behind a cell, so that a word in it is the name of what is worked out."""
        return any(
            self._head(column).column is Column.WORKING and cell.signs
            for column, cell in enumerate(self.cells)
            if column > label
        )

    def _of_name(self, label: int) -> Iterator[Found]:
        cell = self.cells[label]
        name = cell.name or cell.word
        assert name is not None
        later = [(self._head(column), self.cells[column]) for column in range(label + 1, len(self.cells))]
        later = [(head, one) for head, one in later if one.members]
        if not self._is_clear(name, later):
            return
        sign = Sign.DEFINED if is_initial(name) else Sign.EQUAL
        first = later[0][1] if later else None
        main: list[Cell] = []  # that belong to one chain

        def chain(cells: list[Cell], name: Name | Partial, sign: Sign = Sign.EQUAL, after: str = "") -> Found:
            return self._chain(cell if cells[0] is first else None, cells, name, sign, after)

        for head, one in later:
            if self._goes_on(head, one):
                main.append(one)
            elif head.column is Column.AFTER and one.number:
                yield chain([*main, one], updated(name))
                main = []
            else:
                if main:
                    yield chain(main, name, sign)
                    main = []
                if head.column is Column.AFTER:
                    yield chain([one], updated(name))
                elif head.column is Column.BEFORE or head.after:
                    yield chain([one], name, after=head.after)
                elif (of := _about(head, name)) is not None:
                    yield self._chain(None, [one], of)
        if main:
            yield chain(main, name, sign)

    def _goes_on(self, head: Head, cell: Cell) -> bool:
        """Whether a cell is one more member of what the row says of its name."""
        if head.column is Column.UNKNOWN and self.heads:
            return head.name is None and not (cell.number or cell.name)
        return head.column in (Column.UNKNOWN, Column.WORKING, Column.VALUE) and not head.after

    def _is_clear(self, name: Name | Partial, later: list[tuple[Head, Cell]]) -> bool:
        """Whether no cell speaks of another name, and no two numbers may both be the value."""
        for _, cell in later:
            first, headed = cell.members[0], 0 < len(cell.signs) < len(cell.members)
            if headed and isinstance(first, Name) and isinstance(name, Name) and first.text != name.text:
                return False
        columns = [head.column for head, cell in later if cell.number and not head.after]
        if not self.heads:
            return len(columns) < 2 and all(cell.members and not cell.name for _, cell in later)
        if columns.count(Column.BEFORE) > 1 or columns.count(Column.AFTER) > 1 or columns.count(Column.VALUE) > 1:
            return False
        return not (isinstance(name, Name) and name.updated and Column.BEFORE in columns)

    # ---- a row about an equation

    def _is_equation(self) -> bool:
        """Whether the first cell is an equation in names, and the others its numbers."""
        first, later = self.cells[0], [cell for cell in self.cells[1:] if cell.members]
        if not 0 < len(first.signs) < len(first.members) or printed(first.members[-1]) or not later:
            return False
        heads = map(self._head, range(1, len(self.cells)))
        valued = all(head.column in _VALUED and head.name is None and not head.after for head in heads)
        return valued and later[-1].number and not any(cell.number or cell.name for cell in later[:-1])

    def _of_equation(self) -> Found:
        cells = [cell for cell in self.cells if cell.members]
        self.used += cells
        members, signs = list(cells[0].members), list(cells[0].signs)
        for cell in cells[1:]:
            signs += [Sign.EQUAL] if len(cell.signs) < len(cell.members) else []
            members += cell.members
            signs += cell.signs
        return Found(cells[0].start, cells[-1].end, tuple(members), tuple(signs))

    # ---- a row about a unit

    def _unit(self) -> str:
        """The index that the first cell gives to the names that head the others."""
        index, head = index_of(self.cells[0]), self.heads[0]
        if not index:
            return ""
        if head.column is Column.UNIT:
            return index
        if head.column is Column.BLANK and not index.isdigit():
            named = [one.name for one in self.heads[1:]]
            return index if all(isinstance(name, Name) and name.text in _OF_UNITS for name in named) else ""
        letter = head.name.text if isinstance(head.name, Name) else ""
        return index if len(letter) == 1 and any(one.index == letter for one in self.heads[1:]) else ""

    def _of_unit(self, unit: str) -> Iterator[Found]:
        for column in range(1, len(self.cells)):
            cell, name = self.cells[column], self.heads[column].at(unit)
            if not cell.members or name is None or isinstance(cell.members[0], Name | Partial):
                continue
            if len(name.base) <= WORD:
                self.used.append(self.cells[0])
                yield self._chain(None, [cell], name)

    # ---- a row about what heads its columns

    def _of_heads(self, counted: bool) -> Iterator[Found]:
        first = index_of(self.cells[0]) if counted else ""
        if counted and not first.isdigit():
            return
        named = all(head.name is not None for head, cell in zip(self.heads, self.cells, strict=False) if cell.members)
        if not counted and not (named and all(cell.number or not cell.members for cell in self.cells)):
            return
        self.used += [self.cells[0]] if counted else []
        for column, cell in enumerate(self.cells):
            name = self.heads[column].name
            if cell.number and name is not None and not _is_schematic(name):
                if counted and isinstance(cell.members[0], Entries):
                    continue
                sign = Sign.DEFINED if is_initial(name) and not counted else Sign.EQUAL
                yield self._chain(None, [cell], name, sign, f"after {first} updates" if counted else "")

    # ---- chains

    def _chain(
        self,
        label: Cell | None,
        cells: list[Cell],
        name: Name | Partial,
        sign: Sign = Sign.EQUAL,
        after: str = "",
    ) -> Found:
        """Name = cell = cell = ..., the name standing in the cell `label`, or written nowhere near."""
        if label is not None:
            self.used.append(label)
            begin = label.start
        else:
            begin = cells[0].start
            name = at_offset(name, self.parser.tokens[begin].start)
        self.used += cells
        members: list[Node] = [name]
        signs: list[Sign] = []
        for cell in cells:
            taken, between = list(cell.members), list(cell.signs)
            headed = bool(between) and len(between) < len(taken)
            if headed and isinstance(taken[0], Name) and isinstance(name, Name) and taken[0].text == name.text:
                taken = taken[1:]
            elif len(between) < len(taken):
                between.insert(0, sign if not signs else Sign.EQUAL)
            members += taken
            signs += between
        return Found(begin, cells[-1].end, tuple(members), tuple(signs), after=after)


def _is_schematic(name: Name | Partial) -> bool:
    """Whether the index of a name stands for any index: z_j, w_{ij}."""
    return isinstance(name, Name) and bool(name.subscript) and set(name.subscript) <= set("ijklmnt,")


def _about(head: Head, name: Name | Partial) -> Name | Partial | None:
    """What the cell under a head is: a gradient by the parameter that the row is about."""
    if not (isinstance(name, Name) and is_initial(name)):
        return None
    if head.column is Column.GRADIENT:
        return Name(_GRADIENT, name.span, name.base + name.subscript)
    match head.name:
        case Partial(Name() as of, Name(base, _, subscript)) if len(subscript) <= 2 and not any(
            map(str.isdigit, subscript)
        ):
            return Partial(of, name, name.span) if base in (name.base, "w", "θ", "W") else None
    return None
