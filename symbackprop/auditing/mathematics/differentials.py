"""Derivatives as they are written: dE/dw5, ∂E/∂w, a fraction of two differentials, ∂/∂w (E)."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.adjacency import symbolic
from symbackprop.auditing.mathematics.brackets import Brackets
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.names import Parts
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Partial, Power, Quotient
from symbackprop.auditing.mathematics.vocabulary import FUNCTIONS

_STYLES = ("d", "θ", "δ", "Δ")


class Differentials(Brackets):
    """Reads quotients of differentials and all other fractions."""

    def differential_quotient(self, start: int, depth: int) -> tuple[Node, int] | None:
        """dE/dw5 written on one line; None where no such thing begins at `start`."""
        token = self.tokens[start]
        if token.sort is Sort.NAME and token.text == "∇":
            return self._gradient(start, depth)
        if token.sort is Sort.NAME and token.text[0] not in _STYLES:
            return None
        if self.mark(start + 1, "/") and token.text in ("d", "∂"):
            return self._operator_before(start, token.text, depth)
        above = self._differential(start, depth)
        if above is None:
            return None
        of, style, end = above
        if not self.mark(end, "/") or style in ("δ", "Δ"):
            return None
        below = self._differential(end + 1, depth)
        if below is None or below[1] != style:
            return None
        return Partial(of, below[0], self.span(start, below[2])), below[2]

    def _gradient(self, start: int, depth: int) -> tuple[Node, int] | None:
        """∇_w L: the gradient of a cost by what stands below; None where nothing does, or several things do."""
        if not self.mark(start + 1, "_"):
            return None
        try:
            by, end = self.operand(start + 2, self.deeper(depth, start))
        except Failure:
            return None
        return self._differentiated(start, by, end, depth) if isinstance(by, Name) else None

    def _operator_before(self, start: int, style: str, depth: int) -> tuple[Node, int] | None:
        """d/dx σ(x), ∂/∂w E."""
        below = self._differential(start + 2, depth)
        if below is None or below[1] != style:
            return None
        return self._differentiated(start, below[0], below[2], depth)

    def _differentiated(self, start: int, by: Node, end: int, depth: int) -> tuple[Node, int] | None:
        """The derivative by `by` of what follows at `end`; None where that is no part of the formula."""
        token = self.tokens[end]
        worded = token.sort is Sort.NAME and token.mode is Mode.PROSE
        if token.run != self.tokens[end - 1].run or token.line or not self.starts(end):
            return None
        if worded and not (symbolic(self, end) or token.text in FUNCTIONS):
            return None
        try:
            of, after = self.power(end, self.deeper(depth, start))
        except Failure:
            return None
        bracketed = token.sort is Sort.MARK and token.text in ("(", "[")
        if not (bracketed or isinstance(of, Name | Call | Power)):
            return None
        return Partial(of, by, self.span(start, after)), after

    def _differential(self, start: int, depth: int) -> tuple[Node, str, int] | None:
        """(what is differentiated, the sign used for it, where it ends) of dE, ∂E, θE."""
        token = self.tokens[start]
        if self.mark(start, "{") and self._closes_sign(start):
            return self._after_sign(start + 3, self.tokens[start + 1].text, depth)
        if token.sort is Sort.MARK and token.text == "∂":
            return self._after_sign(start + 1, "∂", depth)
        if token.sort is not Sort.NAME or token.text[0] not in _STYLES:
            return None
        style = token.text[0]
        if len(token.text) == 1:
            if style == "θ" or (token.mode not in TEX and (style != "d" or self.tokens[start + 1].gap)):
                return None
            return self._after_sign(start + 1, style, depth)
        parts = Parts(token.text[1:])
        end = self.tail(parts, start + 1)
        span = self.span(start, end)
        span = (
            type(span)(min(span.start + 1, span.end), span.end) if token.end - token.start == len(token.text) else span
        )
        return parts.name(span), style, end

    def _closes_sign(self, start: int) -> bool:
        inner = self.tokens[start + 1]
        return self.mark(start + 2, "}") and (inner.text == "∂" or (inner.text == "d" and inner.sort is Sort.NAME))

    def _after_sign(self, start: int, style: str, depth: int) -> tuple[Node, str, int] | None:
        if not self.starts(start):
            return None
        try:
            node, end = self.operand(start, self.deeper(depth, start))
        except Failure:
            return None
        if isinstance(node, Name) and style == "∂":
            node, end = self._numbered(node, end)
        return node, style, end

    def _numbered(self, name: Name, end: int) -> tuple[Name, int]:
        """∂w^2 has the 2 in its name, for nobody differentiates by a square: it is the number of a layer."""
        if name.superscript or not self.mark(end, "^"):
            return name, end
        try:
            text, after = self.content(end + 1)
        except Failure:
            return name, end
        if not text.isdecimal():
            return name, end
        return replace(name, superscript=text, span=type(name.span)(name.span.start, self.span(end, after).end)), after

    def fraction(self, start: int, depth: int) -> tuple[Node, int]:
        r"""\frac{a}{b}: a partial where both parts are differentials."""
        above, below = start + 1, self._part_end(start + 1)
        end = self._part_end(below)
        if partial := self._partial(start, above, below, end, depth):
            return partial
        numerator, after = self._part(above, depth)
        denominator, after = self._part(after, depth)
        return Quotient(numerator, denominator, self.span(start, after)), after

    def _part_end(self, start: int) -> int:
        return self.closing(start) + 1 if self.mark(start, "{") else start + 1

    def _part(self, start: int, depth: int) -> tuple[Node, int]:
        """A numerator or denominator: a group, or one token."""
        if not self.mark(start, "{"):
            if self.sort(start, Sort.BREAK):
                raise self.fail(start, "a fraction without its parts")
            return self.operand(start, depth)
        node, end = self.expression(start + 1, depth)
        if not self.mark(end, "}"):
            raise self.fail(end, f"{self.tokens[end].text!r} in a fraction")
        return node, end + 1

    def _partial(self, start: int, above: int, below: int, end: int, depth: int) -> tuple[Node, int] | None:
        if not (self.mark(above, "{") and self.mark(below, "{")):
            return None
        by = self._differential(below + 1, depth)
        if by is None or by[2] != end - 1:
            return None
        first = self.tokens[above + 1]
        if below - above == 3 and first.text == by[1]:
            node, after = self.power(end, depth)
            return Partial(node, by[0], self.span(start, after)), after
        of = self._differential(above + 1, depth)
        if of is None or of[2] != below - 1 or of[1] != by[1]:
            return None
        return Partial(of[0], by[0], self.span(start, end)), end
