"""A formula put right in its author's own notation: what to write in place of what, where it differs in one part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from symbackprop.auditing.causes.ownwork import NOWHERE, quantity_of
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Sum,
    Total,
    Transpose,
    factors_of,
    own,
    parts,
    same,
    walk,
)
from symbackprop.auditing.truth import Quantity
from symbackprop.expressions.names import split_partial

Edit = tuple[Span, str]
Spelt = Callable[[Quantity], str | None]
_OPEN = re.compile(r"(?:\\left\s*)?[(\[]\s*\Z")
_CLOSE = re.compile(r"\s*(?:\\right\s*)?[)\]]")
_PLAIN_D = re.compile(r"(?<![^\W\d_])d\w+\s*/\s*d\w|\\[dtc]?frac\s*\{\s*d(?!elta)")  # dC/dw, \frac{dC}{dw}
_MINUS = "-−–"
_ROUND = (Sum, Negative, Total, Product)  # what stands in brackets as a factor


def rewritten(text: str, old: Node, new: Node, spelt: Spelt) -> tuple[Edit, ...]:
    """What to write where in `text` for `old` to become `new`; () where that is more than one slip, or not known.

    `spelt` is how the document writes a quantity, None where it does not.
    """
    found = _difference(old, new)
    return _Writer(text, old, spelt).edits(*found) if found is not None else ()


def _difference(old: Node, new: Node) -> tuple[Node, Node, Node | None] | None:
    """(the smallest part that holds all that differs, the part in its place, what is around it); None for nothing."""
    around: Node | None = None
    if same(old, new):
        return None
    while type(old) is type(new) and own(old) == own(new) and len(parts(old)) == len(parts(new)):
        apart = [pair for pair in zip(parts(old), parts(new), strict=True) if not same(*pair)]
        if len(apart) != 1:
            break
        around, (old, new) = old, apart[0]
    return old, new, around


class _Writer:
    """Writes parts of trees as the text has them."""

    def __init__(self, text: str, member: Node, spelt: Spelt) -> None:
        self.text = text
        self.spelt = spelt
        self.here = {id(part) for part in walk(member)}
        self.names = {part.span: part for part in walk(member) if isinstance(part, Name)}
        written = text[text.rfind("\n", 0, member.span.start) + 1 : member.span.end]
        self.tex = "\\" in written or "{" in written
        self.partial = "d" if _PLAIN_D.search(written) else "\\partial" if self.tex else "∂"
        tex = " \\odot " if "\\odot" in self._of(member) else " \\cdot "
        self.times = tex if self.tex else " · " if "·" in written else " * "

    def edits(self, old: Node, new: Node, around: Node | None) -> tuple[Edit, ...]:
        """What makes `new` of `old`, which is a part of `around`."""
        match old, new:
            case Name(), Name() if "<" in self._of(old):
                return self._in_markup(old, new)
            case Name(), Transpose(operand) if same(old, operand):
                written = self._of(old)
                return ((old.span, f"({written})^T" if "^" in written else f"{written}^T"),)
            case Transpose(Name() as operand), _ if same(operand, new):
                return ((old.span, self._of(operand)),)
            case Call(), Call() if old.primes != new.primes:
                return self._primed(old, new.primes)
            case _, Negative(operand) if same(old, operand):
                return self._turned(old, around)
            case Negative(operand), _ if same(operand, new):
                return self._turned(old, around)
            case Sum(terms), Product(factors) if _all_same(terms, factors):
                return self._joined(terms, "+", self.times)
            case Product(factors), Sum(terms) if _all_same(factors, terms):
                return self._joined(factors, "", " + ")
            case Product(factors), _ if (gone := _left_out(factors, new)) is not None:
                return self._without(factors, gone)
            case _, Product((*rest, factor)) if _all_same(factors_of(old), rest) or _all_same((old,), rest):
                return self._longer(old, factor)
            case _, Sum((first, *more)) if same(old, first):
                return ((Span(self._end(old), self._end(old)), "".join(map(self._term, more))),)
        written = self._written(new)
        bare = isinstance(new, Sum) and isinstance(around, Product | Power) and self._outer(old) == old.span
        return ((old.span, f"({written})" if bare else written),) if written else ()

    def _of(self, node: Node) -> str:
        return self.text[node.span.start : node.span.end]

    def _written(self, node: Node) -> str:
        """A tree as the author writes it, as far as it is the author's; "" where nobody knows how."""
        if id(node) in self.here:
            return self._of(node)
        match node:
            case Name():
                return self._named(node)
            case Number(text):
                return text
            case Negative(operand):
                return self._around("-{}", operand)
            case Power(base, exponent):
                return self._around("{}^{}", base, exponent)
            case Sum((first, *rest)):
                terms = self._written(first), *map(self._term, rest)
                return "".join(terms) if all(terms) else ""
            case Product(factors):
                left = [factor for factor in factors if not (isinstance(factor, Number) and factor.value == 1)]
                written = [self._around("{}", factor) for factor in left]
                return self.times.join(written) if all(written) else ""
            case Partial(of, by):
                shown = r"\frac{{% {}}}{{% {}}}" if self.tex else "%{}/%{}"
                return self._around(shown.replace("%", self.partial), of, by)
        return ""

    def _around(self, shape: str, *nodes: Node) -> str:
        """Parts in a shape, sums in brackets; "" where one of them cannot be written."""
        written = [self._written(node) for node in nodes]
        if not all(written):
            return ""
        sums = (f"({text})" if isinstance(node, Sum) else text for node, text in zip(nodes, written, strict=True))
        return shape.format(*sums)

    def _term(self, node: Node) -> str:
        """A term behind others, with its sign."""
        if isinstance(node, Negative):
            written = self._around("{}", node.operand)
            return f" - {written}" if written else ""
        written = self._written(node)
        return f" + {written}" if written else ""

    def _named(self, name: Name) -> str:
        """A name that the author did not write here, as he writes it elsewhere or would with another index."""
        quantity = quantity_of(name)
        if quantity is not None:
            pair = split_partial(quantity.name)
            if (found := self.spelt(quantity)) or pair is None:
                return found or quantity.name
            of, by = (Name(part, NOWHERE, superscript=name.superscript) for part in pair)
            return self._written(Partial(of, by, NOWHERE))
        old = self.names.get(name.span)
        if old is None or old.base != name.base:
            return self.spelt(Quantity(name.text)) or name.text
        return self._renamed(old, name)

    def _in_markup(self, old: Name, new: Name) -> tuple[Edit, ...]:
        """w<sub>4</sub> for w<sub>3</sub>; () where more than the index is another."""
        base, _, index = (quantity.name if (quantity := quantity_of(new)) else new.text).partition("_")
        alike = base == old.base and index.isalnum() and old.subscript
        return ((old.span, self._renamed(old, replace(old, subscript=index))),) if alike else ()

    def _renamed(self, old: Name, new: Name) -> str:
        """A name with another index, each as the author writes it."""
        written = self._of(old)
        for before, after in ((old.superscript, new.superscript), (old.subscript, new.subscript)):
            if before != after:
                head, found, tail = written.rpartition(before) if before else ("", "", "")
                if not found:
                    return new.text
                bare = len(after) > 1 and not head.rstrip().endswith("{") and "{" not in before
                written = f"{head}{{{after}}}{tail}" if bare and self.tex else f"{head}{after}{tail}"
        return written

    def _primed(self, call: Call, primes: int) -> tuple[Edit, ...]:
        """σ'(z) of σ(z), and the other way round."""
        start, (head, _, _) = call.span.start, self._of(call).partition("(")
        head = head.removesuffix("\\left")
        if primes:
            return ((Span(start + len(head.rstrip()), start + len(head.rstrip())), "'"),)
        at = head.find("'")
        return ((Span(start + at, start + at + 1), ""),) if at >= 0 else ()

    def _turned(self, node: Node, around: Node | None) -> tuple[Edit, ...]:
        """The other sign before a node, which may be a term of a sum."""
        start, end = node.span.start, node.span.end
        if isinstance(around, Sum) and around.terms[0] is not node:
            before = next(one for one, other in pairwise(around.terms) if other is node)
            at = start if isinstance(node, Negative) else self.text.find("+", before.span.end, start)
            return ((Span(at, at + 1), "+" if isinstance(node, Negative) else "-"),) if at >= 0 else ()
        if self.text[start] in _MINUS and not isinstance(node, Sum):
            return ((Span(start, start + 1), ""),)
        if isinstance(node, Sum):
            outer = self._outer(node)
            if outer != node.span:
                return ((Span(outer.start, outer.start), "-"),)
            return ((Span(start, start), "-("), (Span(end, end), ")"))
        start -= len("\\left") if self.text[:start].endswith("\\left") else 0
        return ((Span(start, start), "-"),)

    def _joined(self, ones: tuple[Node, ...], sign: str, other: str) -> tuple[Edit, ...]:
        """Other signs between parts that stand side by side."""
        if len(ones) != 2:
            return ()
        between = Span(self._outer(ones[0]).end, self._outer(ones[1]).start)
        if sign and self.text[between.start : between.end].strip() != sign:
            return ()
        return ((between, other),)

    def _without(self, factors: tuple[Node, ...], gone: int) -> tuple[Edit, ...]:
        """Without a factor, and the sign of multiplication beside it."""
        outer = [self._outer(factor) for factor in factors]
        if gone + 1 < len(factors):
            return ((Span(outer[gone].start, outer[gone + 1].start), ""),)
        return ((Span(outer[gone - 1].end, outer[gone].end), ""),)

    def _longer(self, old: Node, factor: Node) -> tuple[Edit, ...]:
        """With a factor more."""
        written, end = self._around("{}", factor), self._end(old)
        if not written:
            return ()
        after = f"{self.times}{written}"
        if isinstance(old, Sum | Total) and end == old.span.end:
            start = old.span.start
            return ((Span(start, start), "("), (Span(end, end), f"){after}"))
        return ((Span(end, end), after),)

    def _end(self, node: Node) -> int:
        """Where a node ends with the brackets around it, or around its last factor."""
        last = node.factors[-1] if isinstance(node, Product) else node
        return max(node.span.end, self._outer(last).end)

    def _outer(self, node: Node) -> Span:
        """Where a factor stands with the brackets around it."""
        span = node.span
        if not isinstance(node, _ROUND):
            return span
        before, after = _OPEN.search(self.text, max(0, span.start - 12), span.start), _CLOSE.match(self.text, span.end)
        return Span(before.start(), after.end()) if before and after else span


def _all_same(ones: Iterable[Node], others: Iterable[Node]) -> bool:
    one, other = tuple(ones), tuple(others)
    return len(one) == len(other) and all(map(same, one, other))


def _left_out(factors: tuple[Node, ...], new: Node) -> int | None:
    """Which of the factors is not there in `new`; None where that is not all that differs."""
    rest = factors_of(new)
    if len(rest) != len(factors) - 1:
        return None
    return next((at for at in range(len(factors)) if _all_same(factors[:at] + factors[at + 1 :], rest)), None)
