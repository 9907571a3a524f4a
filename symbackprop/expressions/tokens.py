"""Text -> tokens: names, numbers and marks with their places."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from symbackprop.errors import ExpressionError
from symbackprop.expressions.names import unusual_letter

SHOWN = 40  # characters of a token that a message shows

_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<mark>\*\*|[-+*/(),])",
    re.ASCII,
)
_DERIVED = re.compile(r"\((d\w+\+?/d\w+\+?(?: \(direct\))?|\w+\+)\)", re.ASCII)
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression; `kind` is name, derived, number, mark or end, `position` its offset in the text."""

    kind: str
    text: str
    position: int

    def shown(self) -> str:
        """The token for a message, a long one in part."""
        if self.kind == "end":
            return self.text
        return repr(self.text if len(self.text) <= SHOWN else self.text[:SHOWN] + "...")


def tokens(text: str, names: Container[str]) -> list[Token]:
    """The tokens of `text`, the last one its end; a derived quantity in brackets is one where `names` holds it.

    Raises `ExpressionError` with the position of a character that begins none.

    >>> [token.text for token in tokens("2*(w_5+)", ["w_5+"])]
    ['2', '*', 'w_5+', 'the end of the expression']
    """
    found: list[Token] = []
    position = _space(text, 0)
    while position < len(text):
        derived = _DERIVED.match(text, position)
        if derived and derived[1] in names:
            found.append(Token("derived", derived[1], position))
            position = _space(text, derived.end())
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        found.append(Token(str(match.lastgroup), match.group(), position))
        position = _space(text, match.end())
    found.append(Token("end", "the end of the expression", len(text)))
    return found


def _space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _unreadable(text: str, position: int) -> ExpressionError:
    character = text[position]
    hints = {
        "^": "write ** for a power",
        "=": "an equation's name is its key; its text is the right-hand side alone",
        "·": "write * for a product",
        "×": "write * for a product",
        "−": "write the minus sign of the keyboard, -",
        "–": "write the minus sign of the keyboard, -",
        "[": "use round brackets; quantities are scalars",
        "{": "use round brackets",
        "\\": "equations are written as in Python, not in LaTeX: out*(1 - out)",
    }
    hint = hints.get(character) or unusual_letter(character) or "accepted: names, numbers, + - * / ** ( ) and functions"
    shown = repr(character) if character.isprintable() else f"character U+{ord(character):04X}"
    return ExpressionError(f"unexpected {shown}", hint=hint, position=position)
