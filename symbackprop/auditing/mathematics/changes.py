"""The change of a parameter, written as two words: Δ w1, delta w1; one name, and no product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from symbackprop.auditing.mathematics.names import is_parameter
from symbackprop.auditing.mathematics.tokens import Sort, Token

SPELT = ("delta", "Delta", "DELTA")
_ENDS = (".", ",", ";", ":")
_INDEXING = ("_", "{", "}", "(", ")")
_LENGTH = 8  # tokens of an index


def with_changes(sheets: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """The tokens of all blocks of a document, where Δ and the name of a parameter behind it are one name.

    The letter spelt out is a node error too, and `delta w1` a product, but for a document with an equation that
    begins so.
    """
    spelt = frozenset(
        token.text
        for tokens in sheets
        for at, (token, after) in enumerate(pairwise(tokens))
        if token.text in SPELT and _is_change(token, after) and _begins(tokens, at)
    )
    return [_joined(tokens, spelt | {"Δ"}) for tokens in sheets]


def _joined(tokens: Sequence[Token], letters: frozenset[str]) -> list[Token]:
    joined = list(tokens[:1])
    for before, token in pairwise(tokens):
        if before.text in letters and _is_change(before, token):
            joined[-1] = replace(before, text=f"Δ{token.text}", end=token.end, until=token.until)
        else:
            joined.append(token)
    return joined


def _is_change(letter: Token, name: Token) -> bool:
    """Whether a letter stands right before the name of a parameter."""
    named = letter.sort is name.sort is Sort.NAME
    return named and not name.line and name.run == letter.run and is_parameter(name.text)


def _begins(tokens: Sequence[Token], at: int) -> bool:
    """Whether an equation begins at `at`: nothing but a name stands between it and its sign."""
    before = tokens[at - 1] if at else tokens[at]
    if not tokens[at].line and before.sort in (Sort.MARK, Sort.SIGN, Sort.NUMBER) and before.text not in _ENDS:
        return False
    after = islice((token for token in tokens[at + 2 : at + _LENGTH] if token.text not in _INDEXING), 2)
    kinds = [token.sort for token in after]
    return Sort.SIGN in kinds and kinds[0] in (Sort.SIGN, Sort.NUMBER, Sort.NAME)
