"""Texts as blocks, and trees and statements on one line, for the tests of this folder."""

from __future__ import annotations

from symbackprop.auditing.documents.source import Block, Kind, Mode, Run
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Unread
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Total,
    Transpose,
)


def run(text: str, mode: Mode = Mode.PROSE, offset: int = 0) -> Run:
    """A run that stands in its source as it is."""
    return Run(mode, text, tuple(range(offset, offset + len(text) + 1)))


def block(text: str, mode: Mode = Mode.PROSE, kind: Kind = Kind.PARAGRAPH) -> Block:
    """A block of one run."""
    return Block(kind, (run(text, mode),))


def statements(text: str, mode: Mode = Mode.PROSE, kind: Kind = Kind.PARAGRAPH) -> tuple[Statement, ...]:
    """What a document of one run states."""
    return read_statements((block(text, mode, kind),)).statements


def stated(text: str, mode: Mode = Mode.PROSE, kind: Kind = Kind.PARAGRAPH) -> list[str]:
    """The same, a line each: "a = 1", "mentions 0.5", "unread"."""
    return [line(statement) for statement in statements(text, mode, kind)]


def line(statement: Statement) -> str:
    """A statement on one line."""
    match statement:
        case Chain(members, signs):
            shown_members = [shown(member) for member in members]
            first = "" if statement.headless else shown_members.pop(0)
            rest = (f" {sign.value} {member}" for sign, member in zip(signs, shown_members, strict=True))
            return (first + "".join(rest)).strip()
        case Mention(value):
            return f"mentions {shown(value)}"
        case Unread():
            return "unread"


def shown(node: Node) -> str:
    """A tree on one line: operators first; ∂(E, w) for a partial, Σ[i] for a sum, [a b; c d] for a matrix."""
    match node:
        case Number(text):
            return text
        case Name():
            return ("old " if node.old else "") + node.text
        case Partial(of, by):
            return f"∂({shown(of)}, {shown(by)})"
        case Negative(operand):
            return f"-{shown(operand)}"
        case Sum(terms):
            return f"(+ {_all(terms)})"
        case Product(factors, _, elementwise):
            return f"({'⊙' if elementwise else '*'} {_all(factors)})"
        case Quotient(numerator, denominator):
            return f"(/ {shown(numerator)} {shown(denominator)})"
        case Power(base, exponent):
            return f"(^ {shown(base)} {shown(exponent)})"
        case Call(function, arguments, _, primes):
            return f"{function}{chr(39) * primes}({', '.join(map(shown, arguments))})"
        case Entries(rows, _, flat):
            return ("list" if flat else "") + f"[{'; '.join(map(_all, rows))}]"
        case Transpose(operand):
            return f"{shown(operand)}ᵀ"
        case Total(index, body):
            return f"Σ[{index}]{shown(body)}"
        case Omitted():
            return "..."


def _all(nodes: tuple[Node, ...]) -> str:
    return " ".join(map(shown, nodes))
