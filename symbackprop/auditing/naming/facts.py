"""What a document tells of each of its names: the number it is given, and the formulas that it is defined by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from symbackprop.auditing.mathematics.statements import Chain, Mention, Sign, Statements
from symbackprop.auditing.mathematics.tree import Name, Node, is_number, walk
from symbackprop.auditing.naming.definitions import Definition, Definitions
from symbackprop.auditing.naming.spelling import keys_of
from symbackprop.expressions.names import why_no_name


@dataclass(slots=True)
class Fact:
    """A name as it is first written without a mark of its time, and its first number: what is given, or put in for it.

    `formulas` are what the document says that it is equal to, `numbers` all that it prints for it.
    """

    name: Name
    number: Node | None = None
    numbers: list[Node] = field(default_factory=list)
    formulas: list[Node] = field(default_factory=list)


def facts(statements: Statements, definitions: Definitions) -> dict[str, Fact]:
    """The facts of every name of a document, by its key, in reading order."""
    found: dict[str, Fact] = {}
    for name in _names(statements):
        found.setdefault(keys_of(name)[0], Fact(replace(name, updated=False, old=False)))
    for definition in definitions.every():
        fact = found[keys_of(definition.subject)[0]]
        if definition.formula is not None:
            fact.formulas.append(definition.formula)
        if definition.printed is not None and is_number(definition.printed) and not _is_assigned(definition):
            fact.number = fact.number or definition.printed
            fact.numbers.append(definition.printed)
    for name, number in definitions.put_in:
        fact = found[keys_of(name)[0]]
        if fact.number is None and not fact.formulas and not name.updated and is_number(number):
            fact.number = number
    return found


def _is_assigned(definition: Definition) -> bool:
    """Whether a name is given what numbers make, as a parameter is at an update: w := 0.5 - 0.1 * 0.2 = 0.48."""
    return definition.working is not None and definition.chain.signs[0] is Sign.DEFINED


def names_in(node: Node) -> dict[str, Name]:
    """The names in a tree, by their keys."""
    return {keys_of(part)[0]: part for part in walk(node) if isinstance(part, Name)}


def as_written(name: Name) -> str:
    """A name as a network file spells it, "" where it cannot: w_{12} is w_12, W^{(1)}_{21} W1_21, ŷ yhat.

    >>> from symbackprop.auditing.documents.source import Span
    >>> as_written(Name("W", Span(0, 1), "21", "(1)")), as_written(Name("θ", Span(0, 1), "3"))
    ('W1_21', 'theta_3')
    """
    head = keys_of(replace(name, subscript=""))[0]
    below = keys_of(Name(name.subscript, name.span))[0]
    spelt = f"{head}_{below}" if below else head
    return "" if why_no_name(spelt) else spelt


def _names(statements: Statements) -> Iterator[Name]:
    for statement in statements.statements:
        members: tuple[Node, ...] = ()
        if isinstance(statement, Chain):
            members = statement.members
        elif isinstance(statement, Mention):
            members = (statement.value,)
        for member in members:
            for node in walk(member):
                if isinstance(node, Name):
                    yield node
