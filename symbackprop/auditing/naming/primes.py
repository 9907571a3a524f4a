"""Names with a prime that are quantities of their own: the w'_11 of a second matrix, which a network calls wp_11."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements
from symbackprop.auditing.mathematics.tree import Name, Node, rebuilt
from symbackprop.auditing.naming.spelling import key, keys_of
from symbackprop.auditing.naming.vocabulary import Vocabulary

PRIMES = ("p", "prime")


def with_primes(statements: Statements, names: Iterable[str]) -> Statements:
    """The same statements, such names as the network spells them; a prime marks a new value everywhere else."""
    vocabulary = Vocabulary(names)
    if not any(key(name.split("_")[0]).endswith(PRIMES) for name in vocabulary.names):
        return statements

    def changed(node: Node) -> Node:
        if not isinstance(node, Name):
            return rebuilt(node, changed)
        spelt = (replace(node, base=node.base + word, updated=False) for word in PRIMES) if node.updated else ()
        return next((one for one in spelt if vocabulary.spelt(keys_of(one)[0]) is not None), node)

    def read(statement: Statement) -> Statement:
        match statement:
            case Chain(members):
                return replace(statement, members=tuple(map(changed, members)))
            case Mention(value):
                return replace(statement, value=changed(value))
        return statement

    return Statements(statements.blocks, tuple(map(read, statements.statements)))
