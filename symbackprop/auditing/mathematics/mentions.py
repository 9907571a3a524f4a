"""Numbers, lists and partials that stand for themselves, and names with their values side by side."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.documents.source import Kind, Mode
from symbackprop.auditing.mathematics.boundaries import STRICT, Found
from symbackprop.auditing.mathematics.chains import SIGNS, Chains
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.parser import ungrouped
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Call, Entries, Name, Negative, Node, Number, Omitted, Partial, walk
from symbackprop.auditing.mathematics.vocabulary import REFERENCES

LISTED = 8  # names that are given values together
AHEAD = 24  # tokens of a name or a partial after which the comma of a list has to stand
_SENTENCE = 16  # tokens before a number in which it may be said after how many updates it holds
_DIGITS = 15  # of a whole number, beyond which a float that is printed does not say what its last digit is
_UPDATES = frozenset({"updates", "iterations", "epochs", "steps", "rounds"})


class Mentions(Chains):
    """Reads what no sign stands beside."""

    def mention(self, start: int, end: int, node: Node) -> int:
        """Keeps a number, a list or a partial that stands for itself."""
        strict = self.tokens[start].mode in STRICT
        if strict and not self.boundary(end):
            stop = self.resume(end) if self.tokens[start].mode in TEX else end
            if self.signs[stop] > self.signs[end] and self.tokens[start].mode in TEX:
                return self.unread(start, stop, self.reason(end))
            return end if self.tokens[start].mode is Mode.CODE else stop
        if self._mentioned(start, end, ungrouped(node) if not isinstance(node, Entries) else node):
            self.statements.append(Found(start, end, (node,)))
        return end

    def _mentioned(self, start: int, end: int, node: Node) -> bool:
        token = self.tokens[start]
        inner = node.operand if isinstance(node, Negative) else node
        match inner:
            case Number():
                if self._reference(start, end):
                    return False
                return self.kind is Kind.ROW or not inner.text.isdigit() or self._trained(start, inner)
            case Partial():
                return True
            case Entries():
                return any(isinstance(part, Number) for part in walk(inner))
            case Name() | Omitted():
                return False
        if token.mode in TEX:
            return not isinstance(inner, Call) or any(isinstance(part, Number) for part in walk(inner))
        return any(isinstance(part, Number) and not part.text.isdigit() for part in walk(inner))

    def _trained(self, start: int, value: Number) -> bool:
        """Whether a whole number is what something is after many updates: after 100 updates the error is 0."""
        if len(value.text) > _DIGITS:
            return False
        said = [token.text.lower() for token in self.tokens[max(0, start - _SENTENCE) : start]]
        if not said or said[-1] not in ("is", "equals", "becomes") or "after" not in said:
            return False
        return not _UPDATES.isdisjoint(said[said.index("after") :])

    def _reference(self, start: int, end: int) -> bool:
        """Whether the number is that of a section, a figure, a version."""
        if start and self.tokens[start - 1].text.lower().rstrip(".") in REFERENCES:
            return True
        after = self.tokens[end]
        return self.kind is Kind.HEADING and start == 0 and after.sort in (Sort.NAME, Sort.WORD) and after.gap

    def names_together(self, start: int) -> int | None:
        """x_1, x_2 = 0.05, 0.10: names with commas, a sign, as many values. None where nothing like it stands."""
        if not self.parser.starts(start) or self.tokens[start].sort is Sort.NUMBER or not self._list_ahead(start):
            return None
        names, end = self._listed_expressions(start)
        if (
            len(names) < 2
            or not all(isinstance(name, Name | Partial) for name in names)
            or not self.parser.sort(end, Sort.SIGN)
        ):
            return None
        sign = SIGNS.get(self.tokens[end].text, Sign.EQUAL)
        values, after = self._listed_expressions(end + 1, len(names))
        if len(values) != len(names) or any(isinstance(value, Name | Partial) for value in values):
            return None
        span = self.parser.span
        if isinstance(names[0], Name) and names[0].updated:  # new w_5, w_6 = ...
            names = [replace(name, updated=True) if isinstance(name, Name) else name for name in names]
        left = Entries((tuple(names),), span(start, end), flat=True)
        right = Entries((tuple(values),), span(end + 1, after), flat=True)
        self.statements.append(Found(start, after, (left, right), (sign,)))
        return after

    def _list_ahead(self, start: int) -> bool:
        """Whether a comma follows soon, before any sign."""
        for position in range(start + 1, min(start + AHEAD, len(self.tokens))):
            token = self.tokens[position]
            if token.sort in (Sort.SIGN, Sort.BREAK, Sort.WORD):
                return False
            if token.sort is Sort.MARK and token.text == ",":
                return True
        return False

    def _listed_expressions(self, start: int, most: int = LISTED) -> tuple[list[Node], int]:
        found: list[Node] = []
        end = start
        while len(found) < most:
            try:
                node, end = self.parser.expression(end)
            except Failure:
                break
            found.append(node)
            if len(found) == most or not (self.parser.mark(end, ",") or self.tokens[end].text == "and"):
                break
            if not self.parser.starts(end + 1) and not self.parser.mark(end + 1, "-"):
                break
            end += 1
        return found, end
