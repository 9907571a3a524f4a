"""Functions that programs define: def sigmoid(x): return 1/(1 + exp(-x)) says that sigmoid(x) = 1/(1 + exp(-x))."""

from __future__ import annotations

from symbackprop.auditing.mathematics.boundaries import Found
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.outputs import Outputs
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Call, Name, Node, rebuilt

STEPS = 4  # assignments before what is returned
_DEFINING = frozenset({"def", "function"})
TYPES = frozenset({"const", "let", "var", "double", "float"})  # before a name that a program declares


class Routines(Outputs):
    """Reads the functions of one variable that a program defines."""

    def routine(self, start: int) -> int | None:
        """After a function that is defined at `start`, kept as an equation; None where none is, or none is read."""
        token = self.tokens[start]
        if token.text not in _DEFINING or token.mode in TEX or not self.parser.sort(start + 1, Sort.NAME):
            return None
        try:
            head, at = self.parser.operand(start + 1, 0)
            if not (isinstance(head, Call) and len(head.arguments) == 1 and isinstance(head.arguments[0], Name)):
                return None
            body, end = self._returned(at + 1) if self.parser.mark(at, ":", "{") else (None, at)
        except Failure:
            return None
        if body is None:
            return None
        self.statements.append(Found(start + 1, end, (head, body), (Sign.EQUAL,)))
        return end

    def _returned(self, at: int) -> tuple[Node | None, int]:
        """What is returned, with what was assigned before put in, and where it ends."""
        known: dict[str, Node] = {}

        def put_in(node: Node) -> Node:
            return known.get(node.text, node) if isinstance(node, Name) else rebuilt(node, put_in)

        for _ in range(STEPS):
            if self.tokens[at].text == "return":
                body, end = self.parser.expression(at + 1)
                after = self.tokens[end]
                ended = after.line or after.sort is Sort.BREAK or self.parser.mark(end, ";", "#", "}", "/")
                return (put_in(body) if ended else None), end
            at += self.tokens[at].text in TYPES
            name, at = self.parser.operand(at, 0)
            if not (isinstance(name, Name) and self.parser.sort(at, Sort.SIGN) and self.tokens[at].text == "="):
                return None, at
            formula, at = self.parser.expression(at + 1)
            known[name.text] = put_in(formula)
            at += self.parser.mark(at, ";")
        return None, at
