"""A number above a name: the layer of a^3 and w^3, or the square of x_1 in x^2_1, as the network's names tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Power, rebuilt
from symbackprop.auditing.naming.node_errors import SURE
from symbackprop.auditing.naming.spelling import key, keys_of, trailing_digits
from symbackprop.auditing.naming.vocabulary import Vocabulary

_TWO = 2


def with_layers(statements: Statements, names: Sequence[str]) -> Statements:
    """The same statements with layers for powers, and powers for layers, where a network's names are spelt so.

    a^3 is no power where nothing is called a, but a3_1 and a3_2 are; x^2_1 is one where there is x_1, and no x2_1.
    """
    vocabulary = Vocabulary(names)
    stems = sorted({trailing_digits(name.split("_")[0])[0] for name in names})

    def spelt(name: Name) -> bool:
        if key(name.base) in SURE:  # a node error is called by the index of its net input
            return bool(name.superscript) and any(spelt(replace(name, base=stem)) for stem in stems)
        return any(vocabulary.spelt(one) or vocabulary.folded(one) for one in keys_of(name))

    def read(node: Node) -> Node:
        match node:
            case Power(Name() as base, Number(text)) if text.isdecimal() and not base.superscript and not spelt(base):
                layer = replace(base, superscript=text, span=node.span)
                return layer if spelt(layer) else node
            case Name() if node.superscript == str(_TWO) and node.subscript and not spelt(node):
                base = replace(node, superscript="")
                two = Number(node.superscript, Fraction(_TWO), Fraction(1), node.span)
                return Power(base, two, node.span) if spelt(base) else node
        return rebuilt(node, read)

    def changed(statement: Statement) -> Statement:
        match statement:
            case Chain():
                return replace(statement, members=tuple(map(read, statement.members)))
            case Mention():
                return replace(statement, value=read(statement.value))
        return statement

    return Statements(statements.blocks, tuple(map(changed, statements.statements)))
