"""What programs write and formulas do not: np.dot(a, b), x.T, a.reshape(-1, 1), z[:, None], self.w, (z > 0)."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.mathematics.applied import BARE, KNOWN, applied
from symbackprop.auditing.mathematics.calls import Calls
from symbackprop.auditing.mathematics.cursor import TEX
from symbackprop.auditing.mathematics.identifiers import ADDED
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Call, Node, Number
from symbackprop.auditing.mathematics.vocabulary import FUNCTIONS, MODULES, SELVES

KEYWORD = 12  # tokens of an argument that is given by its name
ARGUMENTS = 64  # tokens of brackets that are looked through for such a one
_ATTRIBUTES = frozenset({"data", "value", "values"})


class Programs(Calls):
    """Reads the calls, methods and comparisons of programs."""

    def past_owner(self, start: int) -> int:
        """After the np. or self. at `start`; `start` where no such thing stands."""
        while self.tokens[start].text in MODULES | SELVES and self._dotted(start + 1):
            start += 2
        return start

    def _dotted(self, at: int) -> bool:
        """Whether a dot and a name stand at `at`, close to what is before."""
        return self.mark(at, ".") and self._close(at) and self.sort(at + 1, Sort.NAME) and self._close(at + 1)

    def _close(self, index: int) -> bool:
        return not (self.tokens[index].gap or self.tokens[index].line)

    def program_call(self, first: int, start: int, depth: int) -> tuple[Node, int] | None:
        """The function at `start`, with its module from `first` on, of what is in brackets; None: no such."""
        name, opened = self.tokens[start].text, start + 1
        in_tex = self.tokens[start].mode in TEX and first == start  # where np. alone tells that it is of a program
        if in_tex or not (self.mark(opened, "(") and self._close(opened)):
            return None
        if name == "where":
            return self._chosen(first, opened, depth)
        owned = first != start or name in BARE or (name in FUNCTIONS and self._has_keyword(opened))
        if name not in KNOWN or not owned:
            return None
        given, named, end = self._given(opened, depth)
        made = applied(name, given, named, self.span(first, end))
        return None if made is None else (made, end)

    def method(self, node: Node, start: int, end: int, depth: int) -> tuple[Node, int] | None:
        """`.name` or `.name(...)` behind an operand, or brackets that only say how it lies; None: no such thing."""
        if self.tokens[end].mode in TEX:
            return None
        if self.mark(end, "[") and self._close(end):
            return self._laid(node, start, end)
        if not self._dotted(end):
            return None
        name = self.tokens[end + 1].text
        if not (self.mark(end + 2, "(") and self._close(end + 2)):
            return (node, end + 2) if name in _ATTRIBUTES else None
        if name not in KNOWN and name not in FUNCTIONS:
            return None
        given, named, after = self._given(end + 2, depth)
        made = applied(name, (node, *given), named, self.span(start, after))
        return None if made is None else (made, after)

    def _laid(self, node: Node, start: int, end: int) -> tuple[Node, int] | None:
        """z[:, None] is a column, z[None, :] a row."""
        close = self.partners.get(end, end)
        inner = [token.text for token in self.tokens[end + 1 : close] if token.text not in ("np", ".")]
        if len(inner) == 3 and inner[1] == "," and inner[0] == ":" and inner[2] in ADDED:
            return Call("column", (node,), self.span(start, close + 1)), close + 1
        if len(inner) == 3 and inner[1] == "," and inner[2] == ":" and inner[0] in ADDED:
            return Call("row", (node,), self.span(start, close + 1)), close + 1
        return None

    def compared(self, start: int, depth: int) -> tuple[Node, int] | None:
        """(z > 0): 1 where it is so and else 0, as the derivative of relu is."""
        close = self.partners.get(start, start)
        zero = close - 1
        if not (self.sort(zero - 1, Sort.RELATION) and self.tokens[zero - 1].text in (">", ">=", "≥")):
            return None
        if self.tokens[zero].text.rstrip(".0") or not self.sort(zero, Sort.NUMBER):
            return None
        node, end = self.expression(start + 1, self.deeper(depth, start))
        return (Call("relu", (node,), self.span(start, close + 1), 1), close + 1) if end == zero - 1 else None

    def step(self, start: int, depth: int) -> tuple[Node, int] | None:
        """1[z > 0], 1_{z > 0}: the same behind a 1."""
        opened = start + 1 + self.mark(start + 1, "_")
        found = self.compared(opened, depth) if self.mark(opened, "{", "[", "(") else None
        return found and (replace(found[0], span=self.span(start, found[1])), found[1])

    def _chosen(self, first: int, opened: int, depth: int) -> tuple[Node, int] | None:
        """where(z > 0, 1, 0) is the derivative of relu, where(z > 0, z, 0) relu itself."""
        depth = self.deeper(depth, opened)
        node, at = self.expression(opened + 1, depth)
        comma = at + 2
        if not (self.sort(at, Sort.RELATION) and self.tokens[at].text in (">", ">=") and self.mark(comma, ",")):
            return None
        if not self._is_whole(at + 1, 0):
            return None
        chosen, at = self.expression(comma + 1, depth)
        if not (self.mark(at, ",") and self._is_whole(at + 1, 0) and self.mark(at + 2, ")")):
            return None
        span = self.span(first, at + 3)
        if isinstance(chosen, Number) and chosen.value == 1:
            return Call("relu", (node,), span, 1), at + 3
        same = self.written(comma + 1, at) == self.written(opened + 1, comma - 2)
        return (Call("relu", (node,), span), at + 3) if same else None

    def written(self, start: int, end: int) -> str:
        """What stands in the document at tokens[start:end]."""
        return self.text[self.tokens[start].at : max(self.tokens[start].until, self.tokens[end - 1].until)]

    def _is_whole(self, index: int, value: int) -> bool:
        token = self.tokens[index]
        return token.sort is Sort.NUMBER and token.text in (str(value), f"{value}.0")

    def _has_keyword(self, opened: int) -> bool:
        """Whether an argument is given by its name in the brackets that open at `opened`."""
        close = self.partners.get(opened, opened)
        return any(self.sort(at, Sort.SIGN) for at in range(opened, min(close, opened + ARGUMENTS)))

    def _given(self, opened: int, depth: int) -> tuple[tuple[Node, ...], dict[str, str], int]:
        """(the arguments, those that are given by their names as they are written, after the closing bracket)."""
        depth = self.deeper(depth, opened)
        given: list[Node] = []
        named: dict[str, str] = {}
        at = opened + 1
        while not self.mark(at, ")"):
            if self.sort(at, Sort.NAME) and self.sort(at + 1, Sort.SIGN):
                end = self._past_keyword(at)
                named[self.tokens[at].text] = "".join(token.text for token in self.tokens[at + 2 : end])
                at = end
            else:
                node, at = self.expression(at, depth)
                given.append(node)
            if self.mark(at, ","):
                at += 1
            elif not self.mark(at, ")"):
                raise self.fail(at, f"{self._shown(at)} before ')'")
        return tuple(given), named, at + 1

    def _past_keyword(self, at: int) -> int:
        end = at + 2
        while not self.mark(end, ",", ")"):
            if end - at > KEYWORD or self.sort(end, Sort.BREAK):
                raise self.fail(at, "an argument that cannot be read")
            end += 1
        return end
