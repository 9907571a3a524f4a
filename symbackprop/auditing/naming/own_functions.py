"""Functions that a document introduces by the way, under a letter of the network: f(x) = 1/x, df/dx = -1/x²."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from symbackprop.auditing.mathematics.statements import Chain, Statement, Statements
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Partial, walk
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.auditing.values import Grid, NoValueError, Value, ball, evaluate
from symbackprop.errors import SymbackpropError

BLOCKS = 1  # after that of a function in which its derivatives may stand


def with_own_functions(statements: Statements, truth: Truth) -> Statements:
    """The same statements, the derivatives of such functions as what they are: of ∂f/∂x, ∂f(x)/∂x."""
    met: dict[str, tuple[int, frozenset[str]]] = {}
    return Statements(statements.blocks, tuple(_read(one, met, truth) for one in statements.statements))


def _read(statement: Statement, met: dict[str, tuple[int, frozenset[str]]], truth: Truth) -> Statement:
    """A statement where the functions `met` stand before it, each with its block and its variables."""
    if not isinstance(statement, Chain) or len(statement.members) < 2:
        return statement
    match statement.members[0]:
        case Call(letter, arguments) if letter in truth.problem.graph.by_name:
            variables = frozenset(one.text for one in arguments if isinstance(one, Name))
            formula = statement.members[1]
            if len(variables) == len(arguments) and _is_of(formula, variables) and not _is(formula, letter, truth):
                met[letter] = statement.block, variables
            else:
                met.pop(letter, None)
        case Partial(Name() as of, Name() as by) if of.text in met and by.text in met[of.text][1]:
            if statement.block - met[of.text][0] <= BLOCKS:
                head = Partial(Call(of.text, (by,), of.span), by, statement.members[0].span)
                return replace(statement, members=(head, *statement.members[1:]))
    return statement


def _is_of(formula: Node, variables: frozenset[str]) -> bool:
    """Whether a formula is one of these variables and nothing else."""
    leaves = {part.text if isinstance(part, Name) else "" for part in walk(formula) if isinstance(part, Name | Partial)}
    return bool(leaves) and leaves <= variables


def _is(formula: Node, letter: str, truth: Truth) -> bool:
    """Whether a formula is that of the network's quantity, by its given numbers."""

    def leaf(node: Number | Name | Partial) -> Value:
        if isinstance(node, Number):
            return ball(node.value)
        if isinstance(node, Name) and node.text in truth.names:
            return truth.value(Quantity(node.text))
        raise NoValueError("another name")

    with suppress(NoValueError, SymbackpropError):
        value = evaluate(formula, leaf)
        return not isinstance(value, Grid) and bool(value.overlaps(truth.value(Quantity(letter))))
    return False
