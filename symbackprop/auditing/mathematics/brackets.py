"""Brackets, lists and matrices."""

from __future__ import annotations

from abc import ABC, abstractmethod

from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.identifiers import Identifiers
from symbackprop.auditing.mathematics.numerals import number
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Entries, Negative, Node

ENTRIES = 2_000


class Brackets(Identifiers, ABC):
    """Reads what stands in brackets; the expression itself is read by the parser that this is a part of."""

    @abstractmethod
    def expression(self, start: int, depth: int = 0) -> tuple[Node, int]:
        """A sum of products."""

    @abstractmethod
    def product(self, start: int, depth: int) -> tuple[Node, int]:
        """Factors and divisors."""

    @abstractmethod
    def power(self, start: int, depth: int) -> tuple[Node, int]:
        """An operand and what is raised above it."""

    @abstractmethod
    def operand(self, start: int, depth: int) -> tuple[Node, int]:
        """A number, a name, a call, a bracket, ..."""

    @abstractmethod
    def signed(self, start: int, depth: int) -> tuple[Node, int]:
        """A power with the signs before it."""

    @abstractmethod
    def exponent(self, start: int, depth: int) -> tuple[Node | None, int]:
        """What stands after ^; None for a transpose."""

    @abstractmethod
    def starts(self, index: int) -> bool:
        """Whether an operand may begin at `index`."""

    def bracket(self, start: int, depth: int) -> tuple[Node, int]:
        """( ... ): an expression, or a tuple."""
        entries, end = self._separated(start + 1, ")", self.deeper(depth, start))
        if len(entries) == 1:
            return entries[0], end
        return Entries((tuple(entries),), self.span(start, end), flat=True), end

    def arguments(self, start: int, depth: int) -> tuple[tuple[Node, ...], int]:
        """What a function is applied to, in the brackets that open at `start`."""
        close = {"(": ")", "[": "]", "{": "}"}[self.tokens[start].text]
        inner = start + 1
        if close == "}" and self.mark(inner, "("):  # \exp{(-x)}
            found, end = self.arguments(inner, self.deeper(depth, start))
            if self.mark(end, "}"):
                return found, end + 1
        if close == ")":
            node, end = self.operand(start, depth)
            if isinstance(node, Entries) and node.flat and node.span.start == self.tokens[start].start:
                return node.rows[0], end
            return (node,), end
        entries, end = self._separated(inner, close, self.deeper(depth, start))
        return tuple(entries), end

    def _separated(self, start: int, close: str, depth: int) -> tuple[list[Node], int]:
        """Expressions with commas between them, and the closing bracket."""
        entries: list[Node] = []
        end = start
        while True:
            node, end = self.expression(end, depth)
            entries.append(node)
            if len(entries) > ENTRIES:
                raise self.beyond(start, end, f"more than {ENTRIES} entries")
            while self.sort(end, Sort.BREAK) and self.tokens[end].text in ("row", "quad", "cell") and not self.grids:
                end += 1
            if self.mark(end, ",", ";"):
                end += 1
                continue
            if self.mark(end, close):
                return entries, end + 1
            if self.mark(end, "}") and self.tokens[end].mode in TEX and close == ")":
                return entries, end  # the brace decides where the bracket ends
            raise self.fail(end, f"{self._shown(end)} before {close!r}")

    def _shown(self, index: int) -> str:
        token = self.tokens[index]
        if token.sort is Sort.BREAK:
            return "a ruled line" if token.text == "line" else "the end"
        return repr(token.text[:20])

    # ---- lists and matrices

    def listed(self, start: int, depth: int) -> tuple[Node, int]:
        """[a, b], [a b], [[a, b], [c, d]]."""
        inner = start + 1
        if self.mark(inner, "[") and (rows := self._rows(start, depth)):
            return rows
        if numbers := self._numbers(start):
            return numbers
        entries, end = self._separated(inner, "]", depth)
        if len(entries) == 1 and isinstance(entries[0], Entries) and self.sort(inner, Sort.BEGIN):
            return entries[0], end
        return Entries((tuple(entries),), self.span(start, end), flat=True), end

    def _rows(self, start: int, depth: int) -> tuple[Node, int] | None:
        """The rows of [[a, b], [c, d]], commas or not between them."""
        rows: list[tuple[Node, ...]] = []
        at = start + 1
        while self.mark(at, "["):
            try:
                row, at = self.operand(at, self.deeper(depth, at))
            except Failure:
                return None
            if not (isinstance(row, Entries) and len(row.rows) == 1):
                return None
            rows.append(row.rows[0])
            if self.mark(at, ",", ";"):
                at += 1
        if not self.mark(at, "]"):
            return None
        return Entries(tuple(rows), self.span(start, at + 1)), at + 1

    def _numbers(self, start: int) -> tuple[Node, int] | None:
        """[0.5 -0.3 ; 0.1 0.2]: numbers with spaces between them, as programs print them."""
        rows: list[tuple[Node, ...]] = []
        entries: list[Node] = []
        at = start + 1
        while not self.mark(at, "]"):
            if self.mark(at, ";") and entries:
                rows, entries, at = [*rows, tuple(entries)], [], at + 1
                continue
            minus = self.mark(at, "-")
            first = at
            at += minus
            token = self.tokens[at]
            if token.sort is not Sort.NUMBER or (minus and token.gap) or len(entries) >= ENTRIES:
                return None
            if entries and not self.tokens[first].gap:
                return None
            made = number(token.text, token.text, self.span(at, at + 1))
            if isinstance(made, str):
                raise self.fail(at, made)
            entries.append(Negative(made, self.span(first, at + 1)) if minus else made)
            at += 1
            if self.mark(at, ".") and not self.tokens[at].gap:
                at += 1
        rows.append(tuple(entries))
        if sum(map(len, rows)) < 2 or len({*map(len, rows)}) > 1:
            return None
        return Entries(tuple(rows), self.span(start, at + 1), flat=len(rows) == 1), at + 1

    def matrix(self, start: int, depth: int) -> tuple[Node, int]:
        r"""\begin{bmatrix} a & b \\ c & d \end{bmatrix}."""
        self.grids += 1
        try:
            return self._matrix(start, depth)
        finally:
            self.grids -= 1

    def _matrix(self, start: int, depth: int) -> tuple[Node, int]:
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        at, count = start + 1, 0
        while True:
            token = self.tokens[at]
            if token.sort is Sort.END:
                if row:
                    rows.append(tuple(row))
                break
            if token.sort is Sort.BREAK and token.text == "row":
                if row:
                    rows.append(tuple(row))
                row, at = [], at + 1
                continue
            if token.sort is Sort.BREAK and token.text in ("cell", "quad"):
                at += 1
                continue
            node, at = self.expression(at, depth)
            row.append(node)
            count += 1
            if count > ENTRIES:
                raise self.beyond(start, at, f"more than {ENTRIES} entries")
            if not (self.sort(at, Sort.END) or self.sort(at, Sort.BREAK)) or self.tokens[at].text in ("end", "run"):
                raise self.fail(at, f"{self._shown(at)} in a matrix")
        if not rows or len({len(row) for row in rows}) != 1:
            raise self.fail(at, "a matrix whose rows have different lengths")
        return Entries(tuple(rows), self.span(start, at + 1)), at + 1

    def content_or_signs(self, start: int) -> tuple[str, int]:
        """The plain text below or above a sum, which may hold a sign (i=1)."""
        if not self.mark(start, "{"):
            return self.content(start)
        close = self.closing(start)
        return "".join(token.text for token in self.tokens[start + 1 : close] if token.text not in "{}"), close + 1
