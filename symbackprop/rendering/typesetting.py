r"""How wide a formula is when it is set, and where it may be broken over lines.

Widths are upper bounds in points, in display style with Computer Modern at 10 points.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_SCRIPT = 0.8  # size of an index
_LETTER, _CAPITAL, _DIGIT, _GREEK, _DELIMITER, _CASES = 6.2, 11.0, 5.0, 7.5, 9.0, 11.0
_WIDTHS = {
    "+": 12.3, "-": 12.3, "=": 13.4, ">": 13.4, ",": 4.5, "(": 3.9, ")": 3.9, ".": 2.8, "|": 2.8, "m": 8.8, "w": 7.3,
    " ": 0.0, r"\cdot": 7.3, r"\approx": 13.4, r"\cdots": 16.0, r"\quad": 10.0, r"\allowbreak": 0.0, r"\_": 3.1,
    r"\tanh": 25.0, r"\ln": 12.0, r"\sin": 17.0, r"\cos": 18.0, r"\max": 22.0, r"\min": 20.0,
}  # fmt: skip


def width(latex: str) -> float:
    r"""An upper bound of the width of a formula in points.

    >>> width("1.5") < width(r"\frac{1.5}{x}") < width("1.5 + 1.5")
    True
    """
    return _Measure(_TOKEN.findall(latex)).row()


class _Measure:
    """Reads the tokens of a formula from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.position = 0

    def row(self, *ends: str) -> float:
        """The width up to one of `ends`, which is read, or to the last token."""
        total = script = 0.0
        while self.position < len(self.tokens):
            token = self._next()
            if token in ends:
                break
            if token in {"_", "^"}:
                # An index and an exponent stand one over the other.
                size = _SCRIPT * self._argument()
                total += max(0.0, size - script)
                script = max(size, script)
            else:
                total += self._token(token)
                script = 0.0
        return total

    def _next(self) -> str:
        self.position += 1
        return self.tokens[self.position - 1]

    def _argument(self) -> float:
        return self._token(self._next())

    def _token(self, token: str) -> float:
        match token:
            case "{":
                return self.row("}")
            case r"\frac":
                return max(self._argument(), self._argument()) + 3
            case r"\sqrt":
                return self._argument() + 11
            case r"\mathit" | r"\mathrm" | r"\hat":
                return self._argument() + 1
            case r"\operatorname":
                return self._argument() + 4
            case r"\text":
                return self._argument() + 3 * _LETTER  # its spaces
            case r"\left" | r"\right":
                self._next()
                return _DELIMITER
            case r"\begin":
                self._argument()
                return self._cases() + _CASES
            case _ if token in _WIDTHS:
                return _WIDTHS[token]
            case _ if token.startswith("\\"):
                return _GREEK
            case _:
                return _DIGIT if token.isdigit() else _CAPITAL if token.isupper() else _LETTER

    def _cases(self) -> float:
        columns: list[float] = []
        column = 0
        end = ""
        while end != r"\end":
            cell = self.row("&", r"\\", r"\end")
            end = self.tokens[self.position - 1]
            columns += [0.0] * (column + 1 - len(columns))
            columns[column] = max(columns[column], cell)
            column = column + 1 if end == "&" else 0
        self._argument()
        return sum(columns) + 10 * (len(columns) - 1)


@dataclass(frozen=True, slots=True)
class Break:
    """A place at which a formula may go on in the next line; the lower the cost, the better."""

    position: int
    cost: int


_BREAKABLE = {"+": 0, "-": 0, r"\cdot": 1, "·": 1, "*": 1, "/": 1}


def breaks(formula: str) -> list[Break]:
    r"""Before + and -, before factors, after commas, in long decimals; never in an argument, \left ... \right or cases.

    It reads LaTeX and text alike.

    >>> formula = r"a \cdot b + \frac{c + d}{e}"
    >>> [formula[place.position:] for place in breaks(formula)]
    ['\\cdot b + \\frac{c + d}{e}', '+ \\frac{c + d}{e}']
    """
    found = []
    grouped = bracketed = position = 0
    for token in _TOKEN.findall(formula):
        match token:
            case "{" | r"\left" | r"\begin":
                grouped += 1
            case "}" | r"\right" | r"\end":
                grouped -= 1
            case "(":
                bracketed += 1
            case ")":
                bracketed -= 1
            case r"\allowbreak" if not grouped:
                found.append(Break(position, 100))
            case " " if not grouped and formula[position - 1 : position] == ",":
                found.append(Break(position + 1, 2 * bracketed))
            case _ if token in _BREAKABLE and not grouped and formula[position - 1 : position] == " ":
                found.append(Break(position, 2 * bracketed + _BREAKABLE[token]))
        position += len(token)
    return found


def broken(formula: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """`formula` in lines of at most `room`, where it has places to break it.

    >>> broken("1 + 2 + 3 * 4", 9, len)
    ['1 + 2', '+ 3 * 4']
    """
    places = deque(breaks(formula))
    lines = []
    start = 0
    while places and measure(formula[start:]) > room:
        fitting = [places[0]]
        for place in islice(places, 1, None):
            if measure(formula[start : place.position].rstrip()) > room:
                break
            fitting.append(place)
        # No line is shorter than half of what fits: a good break near its beginning is worse than a bad one at its end.
        half = (start + fitting[-1].position) / 2
        chosen = min((place for place in fitting if place.position >= half), key=lambda p: (p.cost, -p.position))
        lines.append(formula[start : chosen.position].strip())
        start = chosen.position
        while places and places[0].position <= start:
            places.popleft()
    return [*lines, formula[start:].strip()]
