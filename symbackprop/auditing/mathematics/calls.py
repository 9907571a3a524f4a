"""Names with all that belongs to them, and the functions that are applied to something."""

from __future__ import annotations

import re

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.adjacency import applied_to_name
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.differentials import Differentials
from symbackprop.auditing.mathematics.names import Parts
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Node,
    Number,
    Partial,
    Power,
    Quotient,
    Sum,
    Transpose,
    walk,
    whole_number,
)
from symbackprop.auditing.mathematics.vocabulary import (
    FUNCTIONS,
    HYPHENATED,
    NEW,
    OLD,
    UNBRACKETED,
    WRITTEN,
    derivative_of,
)

COSTS = frozenset("JLEC") | {"Loss", "loss", "Cost", "cost", "Error", "error", "MSE", "mse"}
_LOGARITHM = re.compile(r"log([2-9]|[1-9][0-9]|e)", re.ASCII)
WORDS = 4  # that a name of the sentence may have


class Calls(Differentials):
    """Reads names and calls from their base on."""

    def finished(self, parts: Parts, start: int, end: int, depth: int) -> tuple[Node, int]:
        """The name whose base was read, with all that belongs to it, or the call of it."""
        end = self.tail(parts, end)
        if (joined := f"{parts.base}_{parts.subscript}") in FUNCTIONS:
            parts.base, parts.subscript = joined, ""
        euler = parts.base == "e" and not parts.subscript and not parts.primes and not self._squared(end)
        if euler and self.mark(end, "^", "**"):
            exponent, end = self.exponent(end + 1, depth)
            if exponent is None:
                raise self.fail(end, "a transpose of e")
            return Call("exp", (exponent,), self.span(start, end)), end
        if called := self._called(parts, start, end, depth):
            return _in_base(called[0]), called[1]
        node: Node = parts.name(self.span(start, end))
        return (Transpose(node, node.span) if parts.transposed else node), end

    def _squared(self, end: int) -> bool:
        """Whether the e before `end`, which the document defines, is raised to 2."""
        at = end + 1 + self.mark(end + 1, "{")
        alone = at == end + 1 or self.mark(at + 1, "}")
        return "e" in self.words and alone and self.tokens[at].text == "2"

    def _called(self, parts: Parts, start: int, end: int, depth: int) -> tuple[Node, int] | None:
        """The function `parts` applied to what follows, or None."""
        name, primes = parts.base, parts.primes
        if (slope := self._slope(parts, start, end, depth)) is not None:
            return slope
        known = FUNCTIONS.get(name)
        function = known or name
        if parts.subscript and known == "log":
            function = f"log{parts.subscript}"
        token = self.tokens[end]
        if known and self.mark(end, "^", "**"):
            return self._raised_call(parts, function, start, end, depth)
        worded = len(parts.subscript) > 1 and parts.subscript.isalpha()  # f_act(z)
        written = name in WRITTEN and (worded or not parts.subscript)
        if known is None and written and worded:
            function = f"{name}_{parts.subscript}"
        applied = known is not None or primes > 0 or (written and not token.gap)
        applied = applied or (name in COSTS and not parts.subscript and self._evaluated(end, name, depth))
        if self.mark(end, "(", "[", "{") and (applied or self._several(end, depth)):
            if token.gap and token.mode is Mode.PROSE and (len(name) == 1 or token.text != "("):
                return None
            if not self._same_run(end) or (name in WRITTEN and primes == 0 and self._holds_itself(end, name)):
                return None
            if token.text == "[" and known is None:
                return None
            try:
                arguments, after = self.arguments(end, depth)
            except Failure:
                if known or primes:
                    raise
                return None
            by = arguments[0] if len(arguments) == 1 else None
            if primes == 1 and known is None and _is_quantity(parts) and isinstance(by, Name):
                of = Parts(name, parts.accent, parts.subscript, parts.superscript).name(self.span(start, start + 1))
                return Partial(of, by, self.span(start, after)), after
            return Call(function, arguments, self.span(start, after), primes), after
        if known in UNBRACKETED and self._same_run(end) and self._argument_follows(end):
            node, after = self.power(end, self.deeper(depth, end))
            return Call(function, (node,), self.span(start, after), primes), after
        return None

    def _slope(self, parts: Parts, start: int, end: int, depth: int) -> tuple[Node, int] | None:
        """dsigmoid(z), sigmoid_derivative(a): a function by whose name it is the derivative of another; None: none."""
        name = parts.base + (f"_{parts.subscript}" if parts.subscript else "")
        if derivative_of(name) is None or not self.mark(end, "(") or self.tokens[end].gap:
            return None
        arguments, after = self.arguments(end, depth)
        return Call(name, arguments, self.span(start, after)), after

    def _evaluated(self, start: int, name: str, depth: int) -> bool:
        """(w), (0.62), (w + 0.001): what a cost is a function of, or is taken at; (1 - L) is a factor."""
        if not self.mark(start, "(") or self.tokens[start].gap or self._holds_itself(start, name):
            return False
        try:
            node, _ = self.operand(start, depth)
        except Failure:
            return False
        if isinstance(node, Sum):
            shifted = any(isinstance(part, Number) for part in walk(node))
            return shifted and isinstance(node.terms[0], Name)
        return isinstance(node, Name | Number)

    def _same_run(self, end: int) -> bool:
        return self.tokens[end].run == self.tokens[end - 1].run

    def _argument_follows(self, end: int) -> bool:
        """Whether an argument without brackets follows, as in ln y."""
        token = self.tokens[end]
        if token.mode in TEX:
            return self.starts(end) and not self.mark(end, "…", "|", "‖")
        return (token.sort is Sort.NUMBER and token.gap) or applied_to_name(self, end - 1)

    def _several(self, start: int, depth: int) -> bool:
        """Whether the round bracket at `start` follows directly and holds several things: an unknown function's."""
        token = self.tokens[start]
        if token.text != "(" or token.gap:
            return False
        try:
            node, _ = self.operand(start, depth)
        except Failure:
            return False
        return isinstance(node, Entries) and node.flat and node.span.start == token.start

    def _holds_itself(self, start: int, name: str) -> bool:
        """S(1 - S) is a product."""
        for position in range(start + 1, min(start + 12, len(self.tokens))):
            token = self.tokens[position]
            if token.text == name and token.sort is Sort.NAME:
                return True
            if token.sort is Sort.BREAK or token.text in (")", "}"):
                return False
        return False

    def _raised_call(self, parts: Parts, function: str, start: int, end: int, depth: int) -> tuple[Node, int] | None:
        r"""\tanh^2(z) is tanh(z)^2, and exp^{-z} is exp(-z)."""
        try:
            exponent, after = self.exponent(end + 1, depth)
        except Failure:
            return None
        if exponent is None:
            return None
        if function == "exp" and not self.mark(after, "("):
            return Call("exp", (exponent,), self.span(start, after)), after
        called = self._called(Parts(parts.base, primes=parts.primes), start, after, depth)
        if called is None:
            return None
        node, after = called
        if isinstance(node, Call):
            node = Call(function, node.arguments, node.span, node.primes)
        return Power(node, exponent, self.span(start, after)), after

    def _words(self, start: int) -> tuple[Node, int] | None:
        """Several words of a sentence that are one name: "target value" between a sign and an operator."""
        before = self.tokens[start - 1] if start else None
        if before is None or not (before.sort is Sort.SIGN or (before.sort is Sort.MARK and before.text in "+-*/(")):
            return None
        end = start
        while end - start <= WORDS and self.sort(end, Sort.NAME):
            token = self.tokens[end]
            if not (token.text.isalpha() and len(token.text) > 1) or token.line or (end > start and not token.gap):
                break
            end += 1
        after = self.tokens[end]
        closed = after.sort is Sort.SIGN or (after.sort is Sort.MARK and after.text in ("+", "-", "*", "/", ")"))
        if not closed or not 2 <= end - start <= WORDS or self.tokens[start].text in NEW | OLD:
            return None
        if (after.sort is Sort.SIGN or after.text == ")") and before.sort is Sort.SIGN:
            return None  # "x = the sum of y = ...": a sentence
        return Name(" ".join(token.text for token in self.tokens[start:end]), self.span(start, end)), end

    def _hyphenated(self, start: int) -> tuple[Node, int] | None:
        """cross-entropy, pre-activation."""
        dash, after = self.tokens[start + 1], self.tokens[start + 2] if self.mark(start + 1, "-") else None
        if after is None or dash.gap or after.gap or after.sort is not Sort.NAME or not after.text.isalpha():
            return None
        if self.tokens[start].text.lower() not in HYPHENATED or len(after.text) < 2:
            return None
        return Name(self.tokens[start].text + "-" + after.text, self.span(start, start + 3)), start + 3

    def _marks_next(self, start: int) -> bool:
        """Whether new or old at `start` belongs to the name after it."""
        after = self.tokens[start + 1]
        if after.sort is not Sort.NAME or not after.gap or after.line:
            return False
        if not after.text.isalpha() or len(after.text) == 1:
            return True
        follows = self.tokens[start + 2]
        return follows.sort is Sort.SIGN or (follows.sort is Sort.MARK and follows.text in "_^+-*/:")

    def _known(self, rest: str, other: str) -> bool:
        """Whether newwpr is the new value of wpr: the document knows wpr, or oldwpr."""
        return len(rest) > 1 and rest[0].isalpha() and (rest in self.words or other + rest in self.words)


def _is_quantity(parts: Parts) -> bool:
    """Whether a prime of the name is a derivative: y'(z), C'(y), but not f'(z), which is a function's, nor w'."""
    return len(parts.base) == 1 and parts.base not in WRITTEN and not parts.parameter


def _in_base(node: Node) -> Node:
    """log_2(x), log10(x) by natural logarithms, ln x / ln 2; any other tree as it is."""
    if not (isinstance(node, Call) and (match := _LOGARITHM.fullmatch(node.function)) and not node.primes):
        return node
    logarithm = Call("log", node.arguments, node.span)
    if match[1] == "e":
        return logarithm
    base = whole_number(int(match[1]), node.span)
    return Quotient(logarithm, Call("log", (base,), node.span), node.span)
