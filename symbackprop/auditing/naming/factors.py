"""Names that no quantity has, and that fall apart into two that quantities have: xW_1 is x times W_1."""

from __future__ import annotations

from collections.abc import Sequence

from symbackprop.auditing.mathematics.fused import parted, pieces
from symbackprop.auditing.mathematics.statements import Chain, Statements
from symbackprop.auditing.mathematics.tree import Name, Product
from symbackprop.auditing.naming.spelling import keys_of
from symbackprop.auditing.naming.vocabulary import Vocabulary


def with_factors(statements: Statements, names: Sequence[str]) -> Statements:
    """The same statements with products in place of names that a network has only the factors of.

    One of the factors is a vector or a matrix, among which letters are set side by side, or each ends in its number.
    """
    vocabulary = Vocabulary(names)
    chains = (one for one in statements.statements if isinstance(one, Chain) and not one.headless)
    defined = {first.text for chain in chains if isinstance(first := chain.members[0], Name)}

    def product(name: Name) -> Product | None:
        if name.text in defined or any(vocabulary.spelt(one) or vocabulary.folded(one) for one in keys_of(name)):
            return None
        parts = pieces(name)
        found = [next(filter(None, map(vocabulary.spelt, keys_of(part))), None) for part in parts]
        known = bool(parts) and None not in found
        told_apart = all(part.base[-1:].isdigit() for part in parts)  # x1w13
        several = any(one is not None and one.scalar is None for one in found)
        return Product(parts, name.span) if known and (several or told_apart) else None

    return Statements(statements.blocks, tuple(parted(one, product) for one in statements.statements))
