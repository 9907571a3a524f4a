"""What programs say a name is worth: w5 = ...  # 0.3589, print(w5)  # 0.3589."""

from __future__ import annotations

from symbackprop.auditing.mathematics.boundaries import Boundaries, Found, printed
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Number, Partial, walk

_PRINTING = frozenset({"print", "console", "System", "println"})
_CALLED = 5  # tokens of System.out.println
_LABEL = 16  # tokens of a text that is printed before a value


class Outputs(Boundaries):
    """Reads the comments behind the lines of a program that hold nothing but a value."""

    def noted(self, end: int) -> tuple[Node, int] | None:
        """The number or list that the comment behind tokens[:end] holds alone, and where it ends."""
        end += self.parser.mark(end, ";")
        if self.tokens[end].mode in TEX or self.tokens[end].line:
            return None
        if self.parser.mark(end, "/") and self.parser.mark(end + 1, "/") and not self.tokens[end + 1].gap:
            at = end + 2
        elif self.parser.mark(end, "#"):
            at = end + 1
        else:
            return None
        return self._value(at + self.parser.sort(at, Sort.SIGN))

    def _value(self, at: int) -> tuple[Node, int] | None:
        """A decimal, or a list of them, up to the end of its line."""
        try:
            node, end = self.parser.expression(at)
        except Failure:
            return None
        token = self.tokens[end]
        decimal = any(isinstance(part, Number) and part.unit < 1 for part in walk(node))
        return (node, end) if printed(node) and decimal and (token.line or token.sort is Sort.BREAK) else None

    def below(self, start: int) -> tuple[Node, int] | None:
        """The matrix that begins its line at `start`, its rows on lines of their own, as Octave prints it; None: none.

        A row has numbers and nothing else.
        """
        if not self.tokens[start].line or self.tokens[start].mode in TEX:
            return None
        rows: list[list[Node]] = []
        at = start
        while (entry := self._entry(at)) is not None:
            if self.tokens[at].line:
                rows.append([])
            rows[-1].append(entry[0])
            at = entry[1]
        ended = self.tokens[at].line or self.tokens[at].sort is Sort.BREAK
        if not ended or len({*map(len, rows)}) != 1 or len(rows) * len(rows[0]) < 2:
            return None
        return Entries(tuple(map(tuple, rows)), self.parser.span(start, at)), at

    def _entry(self, at: int) -> tuple[Node, int] | None:
        """A number with its sign close to it, and where it ends."""
        negative = self.parser.mark(at, "-") and not self.tokens[at + 1].gap
        number = at + negative
        if not self.parser.sort(number, Sort.NUMBER):
            return None
        try:
            node, end = self.parser.operand(number, 0)
        except Failure:
            return None
        if end != number + 1 or not isinstance(node, Number):
            return None
        return (Negative(node, self.parser.span(at, end)) if negative else node), end

    def output(self, start: int) -> int | None:
        """After print(w5)  # 0.3589, kept as w5 = 0.3589; None where nothing like it begins at `start`."""
        if self.tokens[start].text not in _PRINTING or self.tokens[start].mode in TEX:
            return None
        opened = next((at for at in range(start + 1, start + 1 + _CALLED) if self.parser.mark(at, "(")), None)
        close = self.parser.partners.get(opened) if opened is not None else None
        if opened is None or close is None or self.tokens[opened].gap:
            return None
        at = self._past_label(opened + 1)
        value = self.noted(close + 1) or (self._value(close + 1) if self.tokens[close + 1].line else None)
        if value is None:
            return None
        try:
            node, end = self.parser.expression(at)
        except Failure:
            return None
        if end != close or not isinstance(node, Name | Partial):
            return None
        self.statements.append(Found(at, value[1], (node, value[0]), (Sign.EQUAL,)))
        return value[1]

    def _past_label(self, at: int) -> int:
        """After the text and the comma of print("w5:", w5)."""
        quote = self.tokens[at].text
        if quote not in ('"', "'"):
            return at
        for end in range(at + 1, at + _LABEL):
            if self.parser.mark(end, quote):
                return end + 2 if self.parser.mark(end + 1, ",") else at
        return at
