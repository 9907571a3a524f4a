"""The letter that counts updates, where names are written as functions of it: w(n+1) = w(n) + η δ(n) y(n)."""

from __future__ import annotations

from collections.abc import Sequence

from symbackprop.auditing.mathematics.names import is_parameter
from symbackprop.auditing.mathematics.tokens import Sort, Token

LETTERS = ("n", "t", "k")


def counters(sheets: Sequence[Sequence[Token]]) -> frozenset[str]:
    """The letters that count updates in a document, whose blocks have these tokens.

    Such a letter stands nowhere but in brackets right behind a name, or above what is trained, several times, and only
    what is trained has a next value: h(t-1) is of a network that is run in steps, and t counts these.
    """
    return frozenset(letter for letter in LETTERS if _counts(letter, sheets))


def _counts(letter: str, sheets: Sequence[Sequence[Token]]) -> bool:
    found = 0
    for tokens in sheets:
        for at, token in enumerate(tokens):
            if token.sort is not Sort.NAME or token.text != letter:
                continue
            texts = [token.text for token in tokens[at + 1 : at + 4]]
            shifted = texts[1:2] == ["1"] and texts[0] in ("+", "-") and texts[2:] in ([")"], ["}"])
            base = _indexed(tokens, at)
            if base is None or not (shifted or texts[:1] in ([")"], ["}"]) or tokens[at - 1].text == "^"):
                return False
            trained = is_parameter(base.lstrip("Δδ∆"))
            if not trained and (shifted or tokens[at - 1].text != "("):
                return False
            found += 1
    return found > 1


def _indexed(tokens: Sequence[Token], at: int) -> str | None:
    """The base of the name that what begins at `at` belongs to: w(n), w_{31}(n), w^{(n)}, w^n; None for none."""
    start = at
    while at > 0 and tokens[at - 1].text in ("(", "{", "^") and not tokens[at - 1].gap:
        at -= 1
    if at == start or at < 1:
        return None
    at -= 1
    if tokens[at].text == "}":
        while at > 0 and tokens[at].text != "{":
            at -= 1
        at -= 1
    while at > 0 and (tokens[at].text in ("_", "^") or tokens[at - 1].text in ("_", "^")):
        at -= 1
    return tokens[at].text if tokens[at].sort in (Sort.NAME, Sort.COMMAND) else None
