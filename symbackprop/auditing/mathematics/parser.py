"""Tokens -> tree: a Pratt parser over the mathematics of all modes.

    sum := product (+ product | - product)*
    product := signed ((* | ⊙ | / | nothing) signed)*
    signed := - signed | + signed | power
    power := operand (^ exponent | ' | ᵀ)*

A minus sign binds looser than a power and tighter than a product: -a b is (-a) b.
"""

from __future__ import annotations

from symbackprop.auditing.documents.source import Mode, Span
from symbackprop.auditing.mathematics.adjacency import adjacent, between_numbers, dotted, halves, scales, worked_out
from symbackprop.auditing.mathematics.cursor import Failure
from symbackprop.auditing.mathematics.operands import Operands
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from symbackprop.auditing.mathematics.vocabulary import INDEXED, LABELS, QUANTITIES, WRITTEN

TERMS = 2_000
RAISED = 8  # exponents and transposes of one operand
ENTRIES = frozenset({"softmax", "sigmoid", *WRITTEN})  # functions of a vector, an entry of whose value is asked for
NESTED = 32  # divisions one after another: each makes the tree one level higher


class Parser(Operands):
    """A parser over the tokens of a block; every method takes where to begin and gives the tree and where it ends."""

    def expression(self, start: int, depth: int = 0) -> tuple[Node, int]:
        """The longest expression that begins at `start`."""
        depth = self.deeper(depth, start)
        first, end = self.product(start, depth)
        terms = [first]
        while True:
            at = self.past_breaks(end)
            if not self.mark(at, "+", "-", "–") or self._hyphen(start, at, depth):
                break
            try:
                term, after = self.product(self.past_layout(at + 1), depth)
            except Failure as failure:
                if failure.start >= 0:
                    raise
                break
            if self.tokens[at].line and self.tokens[at + 1].gap and self._headed(after):
                break  # "- b = ..." on a line of its own is an item of a list
            end = after
            minus = self.tokens[at].text != "+"
            terms.append(Negative(term, self.span(at, end)) if minus else term)
            if len(terms) > TERMS:
                raise self.beyond(start, at, f"a sum of more than {TERMS} terms")
        return (terms[0] if len(terms) == 1 else Sum(tuple(terms), self.span(start, end))), end

    def _headed(self, index: int) -> bool:
        return self.sort(index, Sort.SIGN)

    def _hyphen(self, start: int, at: int, depth: int) -> bool:
        """Whether the minus at `at` is the dash of a sentence."""
        token, before = self.tokens[at], self.tokens[at - 1]
        if token.text == "+" or token.mode is not Mode.PROSE:
            return False
        if before.sort is Sort.NUMBER and at - 1 == start and at > 1:  # "Epoch 2 - loss"
            return token.gap and self.tokens[at - 2].text.lower() in LABELS
        if before.sort is not Sort.NAME:
            return False
        if not _wordlike(before) or (at - 1 > start and self.mark(at - 2, "_", "^", "{")):
            return False
        after = self.tokens[at + 1]
        if token.text == "–":
            return token.gap and not (depth > 1 and INDEXED.fullmatch(before.text))
        if not token.gap and not after.gap and after.sort is Sort.NAME and _wordlike(after):
            return before.text.lower() not in QUANTITIES and depth == 1 and at - 1 == start
        return token.gap and depth == 1 and at - 1 == start and before.text not in QUANTITIES | self.words

    def product(self, start: int, depth: int) -> tuple[Node, int]:
        """Factors and divisors, left to right: a*b/c*d is (a·b/c)·d."""
        left, end = self.signed(start, depth)
        factors, kind, nested, beside = [left], "", 0, False
        starred: list[int] = []

        def joined() -> Node:
            if len(factors) == 1:
                return factors[0]
            return Product(tuple(factors), self.span(start, end), kind == "⊙", tuple(starred))

        while True:
            at = self.past_breaks(end)
            sign = self._operator(at)
            try:
                nested += sign == "/" or bool(kind and sign and sign != kind)
                if nested > NESTED:
                    raise self.beyond(start, at, f"more than {NESTED} divisions one after another")
                if sign == "/":
                    right, after = self.signed(self.past_layout(at + 1), depth)
                    numerator = joined()
                    quotient = Quotient(ungrouped(numerator), ungrouped(right), self.span(start, after))
                    factors, kind, end = [quotient], "", after
                    starred.clear()
                    continue
                if sign:
                    right, after = self.signed(self.past_layout(at + 1), depth)
                    if scaled := self._scaled(factors[-1], right, after):
                        factors[-1], end = scaled, after
                        continue
                elif at == end and adjacent(self, end, factors[-1], depth):
                    right, after = self.power(end, depth)
                    # (y - t) x = ..., (y - t) y (1 - y) x = ...
                    running = isinstance(factors[0], Sum) and (beside or self._within_chain(start, end))
                    one = running or _is_nabla(factors[-1]) or self._is_of_one(start, end, factors[-1], right, after)
                    one = one or (len(factors) > 1 and worked_out(self, len(factors) + 1, after, depth))
                    if not one and self._begins_anew(end, after):
                        break
                    sign, beside = kind or "*", True
                else:
                    break
            except Failure as failure:
                if failure.start >= 0:
                    raise
                break
            if kind and sign != kind:
                factors = [joined()]
                starred.clear()
            kind = sign
            if self._is_star(at):
                starred.append(len(factors))
            if len(factors) == 1:
                factors[0] = ungrouped(factors[0])
            factors.append(ungrouped(right))
            end = after
            if len(factors) > TERMS:
                raise self.beyond(start, at, f"a product of more than {TERMS} factors")
        return joined(), end

    def _scaled(self, factor: Node, right: Node, end: int) -> Node | None:
        """3.5 × 10^{-5} as the one number it is, or None where `factor` · `right` is no such thing."""
        if isinstance(factor, Negative):
            scaled = self._scaled(factor.operand, right, end)
            return scaled and Negative(scaled, factor.span.to(scaled.span))
        if not (isinstance(factor, Number) and isinstance(right, Power) and isinstance(right.base, Number)):
            return None
        power = right.exponent.operand if isinstance(right.exponent, Negative) else right.exponent
        if right.base.text != "10" or not isinstance(power, Number) or power.value.denominator != 1:
            return None
        exponent = -power.value if isinstance(right.exponent, Negative) else power.value
        return self.scaled(factor, int(exponent), end)

    def _operator(self, at: int) -> str:
        """The sign of a product or a quotient at `at`, or ""."""
        token = self.tokens[at]
        if token.sort is Sort.MARK:
            return token.text if token.text in ("*", "⊙", "/") else "*" if dotted(self, at) else ""
        if token.sort is Sort.NAME and token.text in ("x", "X") and at:
            before, after = self.tokens[at - 1], self.tokens[at + 1]
            numbers = before.sort is Sort.NUMBER and (after.sort is Sort.NUMBER or after.text == "-")
            return "*" if numbers or self.crosses(at) or between_numbers(self, at) else ""
        return ""

    def _is_star(self, at: int) -> bool:
        """Whether the sign of a product at `at` is written as a star."""
        token = self.tokens[at]
        return self.text[token.at : token.until] == "*"

    def _is_of_one(self, start: int, end: int, left: Node, right: Node, after: int) -> bool:
        """Whether two things that stand side by side are one formula, though a sign follows: y = h^T δ = ..."""
        if self.begins_line(end):
            return False
        bare = left.operand if isinstance(left, Negative) else left
        chained = isinstance(bare, Partial) and isinstance(right, Name | Partial)
        named = chained or (isinstance(bare, Name) and isinstance(right, Name))
        repeated = isinstance(bare, Name) and isinstance(right, Name) and bare.text == right.text
        if named and not repeated and (self._makes_list(end, after) or self._within_chain(start, end)):
            return True
        if isinstance(right, Call) and right.primes and self.tokens[after - 1].text == ")":
            return True  # δ f'(z)
        if isinstance(left, Transpose) or isinstance(right, Transpose) or halves(self, end, left):
            return True
        return scales(self, end, left)

    def _within_chain(self, start: int, end: int) -> bool:
        """Whether a product from `start` stands right of a sign, and one space before `end`: z = w x = 0.6."""
        before = self.tokens[start - 1] if start else self.tokens[0]
        opened = before.sort is Sort.SIGN or (before.sort is Sort.MARK and before.text in ("+", "-", "–"))
        return opened and self.text[self.tokens[end - 1].until : self.tokens[end].at] == " "

    def _makes_list(self, end: int, after: int) -> bool:
        """Whether a list comes of the name before `end`, right behind a sign, and the one after it: y = W x = [."""
        start = end - 1
        while self.mark(start - 1, "_", "^") or self.mark(start, "}"):
            start -= 1
        return self.sort(start - 1, Sort.SIGN) and self.sort(after, Sort.SIGN) and self.mark(after + 1, "[")

    def _begins_anew(self, start: int, end: int) -> bool:
        """Whether what stands side by side with an expression is the left side of the next equation instead."""
        token, after = self.tokens[start], self.tokens[self.past_breaks(end)]
        if after.sort is not Sort.SIGN and not (after.sort is Sort.MARK and after.text == ":"):
            return False
        begins = token.sort in (Sort.NAME, Sort.COMMAND) or token.text == "∂"
        return begins and ((token.mode is Mode.PROSE and token.gap) or token.line)

    def signed(self, start: int, depth: int) -> tuple[Node, int]:
        """An operand with the signs before it."""
        if self.mark(start, "-", "–"):
            operand, end = self.signed(start + 1, self.deeper(depth, start))
            return Negative(ungrouped(operand), self.span(start, end)), end
        if self.mark(start, "+"):
            return self.signed(start + 1, self.deeper(depth, start))
        return self.power(start, depth)

    def power(self, start: int, depth: int) -> tuple[Node, int]:
        """An operand and what is raised above it."""
        node, end = self._entry(*self.operand(start, depth))
        for _ in range(RAISED):
            if self.mark(end, "^", "**") and not self._emphasis(end):
                at = end
                try:
                    exponent, end = self.exponent(at + 1, depth)
                except Failure:
                    if self.tokens[at].text == "**":
                        break
                    raise
                node = ungrouped(node)
                if exponent is None:
                    node = Transpose(node, self.span(start, end))
                else:
                    node = Power(node, exponent, self.span(start, end))
            elif self.mark(end, "⊤"):
                end += 1
                node = Transpose(ungrouped(node), self.span(start, end))
            elif self._transposed(end):
                end += 2
                node = Transpose(ungrouped(node), self.span(start, end))
            elif (found := self.method(node, start, end, depth)) is not None:
                node, end = found
            else:
                break
        return node, end

    def _entry(self, node: Node, end: int) -> tuple[Node, int]:
        """softmax(z)_1, σ(z)_1 is an entry of what an activation gives out: a name with an index."""
        if not (isinstance(node, Call) and node.function in ENTRIES and self.mark(end, "_")):
            return node, end
        try:
            index, after = self.content(end + 1)
        except Failure:
            return node, end
        base = "softmax" if node.function == "softmax" else "activation"
        return Name(base, Span(node.span.start, self.span(end, after).end), index), after

    def _emphasis(self, at: int) -> bool:
        """Whether ** at `at` is what is left of bold type."""
        return self.tokens[at].text == "**" and not self.may_start(at + 1)

    def _transposed(self, at: int) -> bool:
        """a.T, as programs write it."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else self.tokens[at]
        return self.mark(at, ".") and after.sort is Sort.NAME and after.text == "T" and not after.gap

    def exponent(self, start: int, depth: int) -> tuple[Node | None, int]:
        """What stands after ^; None for a transpose."""
        depth = self.deeper(depth, start)
        if self.mark(start, "⊤"):
            return None, start + 1
        if self.mark(start, "{"):
            close = self.closing(start)
            inner = start + 1
            if close == inner + 1 and (self.mark(inner, "⊤") or self.tokens[inner].text == "T"):
                return None, close + 1
            node, end = self.expression(inner, depth)
            if end != close:
                raise self.fail(end, "an exponent that cannot be read")
            return ungrouped(node), close + 1
        if self.tokens[start].text == "T" and self.sort(start, Sort.NAME):
            return None, start + 1
        if self.mark(start, "-", "+"):
            node, end = self._tower(start + 1, depth)
            return (Negative(node, self.span(start, end)) if self.mark(start, "-") else node), end
        return self._tower(start, depth)

    def _tower(self, start: int, depth: int) -> tuple[Node, int]:
        """An exponent without braces, itself raised: of a^b^c it is b^c."""
        node, end = self.operand(start, depth)
        if self.mark(end, "^", "**") and not self._emphasis(end):
            above, after = self.exponent(end + 1, depth)
            if above is None:
                return ungrouped(node), end
            return Power(ungrouped(node), above, self.span(start, after)), after
        return ungrouped(node), end


def ungrouped(node: Node) -> Node:
    """[a] as a factor is a in square brackets, not a list."""
    if isinstance(node, Entries) and node.flat and len(node.rows) == 1 and len(node.rows[0]) == 1:
        return node.rows[0][0]
    return node


def _is_nabla(node: Node) -> bool:
    return isinstance(node, Name) and node.base == "∇"


def _wordlike(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isalpha() and token.text.isascii()
