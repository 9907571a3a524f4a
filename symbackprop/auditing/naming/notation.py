"""How a document writes the quantities of a network: for messages and corrected lines in its own notation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property

from symbackprop.auditing.documents.source import Block, Span
from symbackprop.auditing.mathematics.statements import Chain, Mention, Statements
from symbackprop.auditing.mathematics.tree import Name, Node, Partial, walk
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.truth import Quantity

Readings = Callable[[Name | Partial], tuple[Reading, ...]]


class Spoken:
    """The names of a document by the quantities that they stand for."""

    def __init__(self, statements: Statements, readings: Readings) -> None:
        self.statements = statements
        self.readings = readings

    def spelt(self, quantity: Quantity) -> str | None:
        """What is written for a quantity, where it is first written; for a later value the mark of it, if there is."""
        table = self._table
        exact = table.get((quantity.name, quantity.scale, quantity.after > 0))
        return exact or (table.get((quantity.name, quantity.scale, False)) if quantity.after else None)

    @cached_property
    def _table(self) -> dict[tuple[str, Fraction, bool], str]:
        table: dict[tuple[str, Fraction, bool], str] = {}
        for block, node in self._nodes():
            readings = self.readings(node)
            quantity = readings[0].scalar if readings else None
            if quantity is None or readings[0].strength is Strength.GUESSED:
                continue
            where = (quantity.name, quantity.scale, quantity.after > 0)
            if where not in table and (text := _as_written(self.statements.blocks[block], node.span)):
                table[where] = text
        return table

    def _nodes(self) -> Iterator[tuple[int, Name | Partial]]:
        for statement in self.statements.statements:
            members: tuple[Node, ...] = ()
            if isinstance(statement, Chain):
                members = statement.members
            elif isinstance(statement, Mention):
                members = (statement.value,)
            for member in members:
                for node in walk(member):
                    if isinstance(node, Name | Partial):
                        yield statement.block, node


def _as_written(block: Block, span: Span) -> str:
    """The characters of a block that stand in a span, without markup."""
    for run in block.runs:
        if run.places and run.places[0] <= span.start and span.end <= run.places[-1]:
            inside = [place for place, at in enumerate(run.places[:-1]) if span.start <= at < span.end]
            return run.text[inside[0] : inside[-1] + 1].strip() if inside else ""
    return ""
