"""The chains of a document in canonical form, and the numbers that stand in cells beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.forms import (
    canonical,
    fits,
    keys,
)
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.mathematics.statements import Chain, Description, Mention, Sign, Statement, When
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Node,
    Partial,
    Product,
)
from symbackprop.expressions.functions import FUNCTIONS

_CELL = re.compile(
    r"(?P<base>[^\W\d_]+\d{0,4})(?:_(?P<subscript>\w{1,6}))?(?:\^(?P<superscript>\(\w\)))?(?:_(?P<later>\w{1,6}))?"
)
_MARKUP = re.compile(r"\\(?:text|mathrm|mathit|operatorname|left|right)|[{}$\s\\*`]")
_CELL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A chain in canonical form."""

    head: Node | None
    members: tuple[Node, ...]  # without the head
    sign: Sign
    words: str

    @property
    def marked(self) -> bool:
        """Whether the value is that after an update."""
        return isinstance(self.head, Name) and (self.head.updated or self.sign is Sign.ARROW)

    @property
    def updates(self) -> bool:
        """Whether it is an update: the new value made from the old one."""
        if not isinstance(self.head, Name) or self.sign is Sign.INCREASED:
            return False
        own = key(self.head)
        return any(
            own in keys(member) for member in self.members if not isinstance(member, Name) or member.old or self.marked
        )


def lines_of(statement: Statement) -> Iterator[Line]:
    """The chain that a statement is, or that a cell makes of it; nothing where it is none."""
    match statement:
        case Chain(members, signs) if members and all(fits(member) for member in members):
            read = tuple(map(canonical, members))
            cell = next(filter(None, map(_cell_name, statement.cells)), None)
            if not statement.headless and len(read) > 2 and _is_of_inputs(read[0]) and isinstance(read[1], Name):
                yield Line(read[1], read[2:], signs[1], statement.before)  # h(x) = a3 = ...
            elif statement.headless:
                yield Line(cell, read, signs[0], statement.before)
            elif cell is not None and not isinstance(read[0], Name | Partial | Entries):
                yield Line(cell, read, Sign.EQUAL, statement.before)
            else:
                yield Line(read[0], read[1:], signs[0] if signs else Sign.EQUAL, statement.before)
        case Mention(value) if fits(value) and statement.cells:
            if (cell := next(filter(None, map(_cell_name, statement.cells)), None)) is not None:
                yield Line(cell, (canonical(value),), Sign.EQUAL, statement.before)
        case Mention(value, described=Description(names=Entries() as named, when=When.UNSAID | When.FIRST)):
            if fits(value):
                yield Line(canonical(named), (canonical(value),), Sign.EQUAL, statement.before)


def _is_of_inputs(node: Node) -> bool:
    """Whether a tree is what a network is called as a function: h(x), NN(x_1, x_2); h_w(x) is read as a product."""
    if isinstance(node, Product):
        return len(node.factors) == 2 and all(isinstance(factor, Name) for factor in node.factors)
    if not isinstance(node, Call) or node.function in FUNCTIONS or node.primes:
        return False
    return all(isinstance(argument, Name) for argument in node.arguments)


def _cell_name(text: str) -> Name | None:
    r"""The name that a cell of a table holds, where it holds nothing else: w_1, \text{net}_{h1}, w^{(2)}_{11}."""
    if len(text) > _CELL_LENGTH:
        return None
    match = _CELL.fullmatch(_MARKUP.sub("", text))
    if match is None or len(match["base"]) > 8:
        return None
    subscript = match["subscript"] or match["later"] or ""
    return Name(match["base"], Span(0, 0), subscript, match["superscript"] or "")
