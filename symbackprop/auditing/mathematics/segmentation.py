"""The tokens of a block -> its statements: where chains begin, what is only mentioned, what cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace

from symbackprop.auditing.documents.source import Kind, Mode
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.boundaries import MOST, STRICT, Found, extent
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.mentions import Mentions
from symbackprop.auditing.mathematics.names import is_parameter, updated
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.routines import TYPES
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Call, Name, Negative, Node, Number, Partial, Product, walk
from symbackprop.auditing.mathematics.vocabulary import HEADS, LABELS, QUALIFIERS, QUANTITIES

__all__ = ["Found", "segmented"]

PROMPTS = (">>", "≫")  # before what is typed in
_BEFORE = 80  # characters before a name that may say that its gradient is meant
_GRADIENT = re.compile(
    r"\b(?:grad|gradient|derivative|slope) (?:(?:of|for|by) )?(?:the )?(?:(?:loss|cost|error|[ELCJ]) )?"
    r"(?:(?:w\.r\.t\.?|wrt|with respect to|by|for) )?(?:the )?(?:(?:weight|bias|parameter) )?\Z",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:delta|change (?:in|of|for)) (?:the )?(?:(?:weight|bias|parameter) )?\Z", re.IGNORECASE)
_DELTA = re.compile(r"\bdelta \Z", re.IGNORECASE)
_LAYERS = ("output", "hidden", "out")
_NODE_ERROR = re.compile(
    r"\b(?:error (?:signal|term)|node error|delta|local gradient)s? (?:of|for|at) (?:the )?"
    r"(?:(?:hidden|output) )?(?:(?:unit|neuron|node) )?\Z",
    re.IGNORECASE,
)


def segmented(parser: Parser, kind: Kind) -> list[Found]:
    """All statements among the tokens of `parser`, in reading order."""
    return _Scanner(parser, kind).found()


class _Scanner(Mentions):
    def found(self) -> list[Found]:
        index, last, size, counted = 0, self.parser.length - 1, 0, 0
        while index < last and size <= MOST:
            index = max(self.step(index), index + 1)
            size, counted = size + extent(self.statements[counted:]), len(self.statements)
        return self.statements

    def step(self, index: int) -> int:
        """Reads what begins at `index`; where to go on."""
        token = self.tokens[index]
        if token.sort is Sort.SIGN:
            if token.text in ("→", "⇒", "+=", "-=") or not self._headless(index):
                return index + 1
            return self.chain(index, [], index)
        if token.sort is Sort.BREAK:
            self.opened = 0
            return index + 1
        if token.sort is Sort.RELATION:
            return index + 1 if token.line and token.text in PROMPTS else self.past_relation(index)
        if token.sort is Sort.WORD or (token.sort is Sort.MARK and (self._dash(index) or not self._may_start(index))):
            return index + 1
        if token.sort is Sort.TEXT and not self.parser.starts(index):
            return index + 1
        if token.text in TYPES and token.mode is Mode.CODE and self.parser.sort(index + 1, Sort.NAME):
            return index + 1
        if (program := self.routine(index) or self.output(index)) is not None:
            return program
        begin = index
        if self._starred(index):
            begin = index + 1
        if (listed := self.names_together(index)) is not None:
            return listed
        try:
            node, end = self.parser.expression(begin)
        except Failure as failure:
            return self.failed(index, failure)
        if begin != index:
            node = updated(node)
        node, index = self._unlisted(node, index)
        node, index = self._qualified(node, index)
        if self._numbers_a_word(begin, node, end):
            return end + 1
        node = self._without_counter(node, end)
        alone, node = node, self._of_unit(self._changed(self._graded(node, index), index), index)
        at = self.parser.past_breaks(end)
        if self.tokens[at].sort is Sort.SIGN or self._brace_then_sign(at):
            return self.chain(index, [node], at)
        if self._colon(index, end, node, headed=node != alone):
            return self.chain(index, [node], end)
        return self.mention(index, end, node)

    def _without_counter(self, node: Node, end: int) -> Node:
        """v1 of v1(2) = ..., where the number in brackets right behind a name counts the passes."""
        match node:
            case Product((Name() as name, Number(unit=unit))) if unit == 1:
                opened, sign = self.tokens[end - 3], self.tokens[end]
                return name if opened.text == "(" and not opened.gap and sign.sort is Sort.SIGN else node
        return node

    def _may_start(self, index: int) -> bool:
        token = self.tokens[index]
        if token.text in ("-", "+"):
            return True
        return self.parser.starts(index) or self._starred(index) or token.text == "**"

    def _dash(self, index: int) -> bool:
        """Whether a hyphen or dash at `index` belongs to the sentence: cross-check, "first - then"."""
        token, before, after = self.tokens[index], self.tokens[index - 1], self.tokens[index + 1]
        if token.text not in ("-", "–") or token.mode is not Mode.PROSE or index == 0 or token.line:
            return False
        labelled = before.sort is Sort.NUMBER and index > 1 and self.tokens[index - 2].text.lower() in LABELS
        return (labelled or before.sort in (Sort.NAME, Sort.WORD)) and (after.gap or not token.gap)

    def _numbers_a_word(self, index: int, node: Node, end: int) -> bool:
        """Whether a whole number before a sign belongs to the word before it: "class 1 = 0.57" says nothing of 1."""
        token, before = self.tokens[index], self.tokens[index - 1]
        if not (isinstance(node, Number) and node.unit == 1 and token.mode is Mode.PROSE and token.gap) or index == 0:
            return False
        word = before.sort in (Sort.WORD, Sort.NAME) and before.text.isalpha() and len(before.text) > 2
        return word and not token.line and before.run == token.run and self.tokens[end].sort is Sort.SIGN

    def _starred(self, index: int) -> bool:
        """*w5 = ...: a star right before the name that begins a chain."""
        token, after = self.tokens[index], self.tokens[index + 1]
        if not (token.sort is Sort.MARK and token.text == "*" and after.sort is Sort.NAME and not after.gap):
            return False
        return index == 0 or token.line or self.tokens[index - 1].sort in (Sort.BREAK, Sort.WORD) or token.gap

    def _unlisted(self, node: Node, index: int) -> tuple[Node, int]:
        """- z = ... at the beginning of a line: the dash marks an item."""
        token = self.tokens[index]
        marker = token.line and token.mode is Mode.PROSE and self.tokens[index + 1].gap
        if marker and isinstance(node, Negative) and isinstance(node.operand, Name | Partial | Call):
            return node.operand, index + 1
        return node, index

    def _qualified(self, node: Node, index: int) -> tuple[Node, int]:
        """Learning rate = ...: the word before a noun that says little by itself belongs to the name."""
        if not isinstance(node, Name) or node.text.lower() not in HEADS or self.tokens[index].mode is not Mode.PROSE:
            return node, index
        begin = index
        while (
            begin and index - begin < 2 and self.tokens[begin - 1].text.lower() in QUALIFIERS and self.tokens[begin].gap
        ):
            begin -= 1
        if begin == index:
            return node, index
        words = " ".join(token.text for token in self.tokens[begin : index + 1])
        return Name(words, self.parser.span(begin, index + 1)), begin

    def _graded(self, node: Node, index: int) -> Node:
        """The gradient of w, grad w: another quantity than w."""
        if isinstance(node, Product) and len(node.factors) == 2:
            first, last = node.factors
            if isinstance(first, Name) and isinstance(last, Name) and first.text in ("grad", "gradient"):
                return replace(last, base=f"grad {last.base}", span=node.span)
        at = self.tokens[index].at
        if isinstance(node, Name) and _GRADIENT.search(self.parser.text[max(0, at - _BEFORE) : at]):
            return replace(node, base=f"grad {node.base}")
        return node

    def _changed(self, node: Node, index: int) -> Node:
        """The change of a parameter, delta w: another quantity than w."""
        at = self.tokens[index].at
        if not isinstance(node, Name) or not is_parameter(node.base):
            return node
        if _CHANGE.search(self.parser.text[max(0, at - _BEFORE) : at]):
            return replace(node, base=f"Δ{node.base}")
        return node

    def _of_unit(self, node: Node, index: int) -> Node:
        """The error signal of H1: another quantity than what the unit gives out."""
        at = self.tokens[index].at
        before = self.parser.text[max(0, at - _BEFORE) : at]
        if isinstance(node, Name) and node.base.lower() in _LAYERS and _DELTA.search(before):
            return replace(node, base=f"delta {node.base}")
        if isinstance(node, Name) and _NODE_ERROR.search(before):
            return Name("δ", node.span, node.base + node.superscript + node.subscript)
        return node

    def _brace_then_sign(self, at: int) -> bool:
        return self.parser.mark(at, "{", "}") and self.tokens[at + 1].sort is Sort.SIGN

    def _headless(self, index: int) -> bool:
        """Whether the sign at `index` begins its line or its formula."""
        if index == 0 or self.tokens[index].line:
            return True
        before = self.tokens[index - 1]
        if before.run != self.tokens[index].run and self.tokens[index].mode in STRICT:
            return before.sort is Sort.BREAK or before.text in (".", ":", ",", ";")
        return before.sort is Sort.BREAK or (before.sort is Sort.MARK and before.text in (":", ">"))

    def failed(self, index: int, failure: Failure) -> int:
        """Nothing can be read at `index`."""
        token = self.tokens[index]
        if failure.start >= 0:
            return self.unread(index, failure.index, failure.reason)
        if token.mode not in TEX:
            return index + 1
        within = self.signs[min(failure.index + 1, self.parser.length)] > self.signs[index]
        if within and token.sort is Sort.MARK and token.text in ("{", "(", "["):
            self.opened += 1
            return index + 1
        end = self.resume(index)
        if self.signs[end] > self.signs[index]:
            return self.unread(index, end, self.furthest(failure))
        return end

    def _colon(self, start: int, end: int, node: Node, *, headed: bool) -> bool:
        """h1 : i1 * w1 + ...: a colon in place of the first equals sign, after a name that begins its line.

        `headed` where words before the name belong to it: gradient w.r.t. w: (y - t) * x.
        """
        if not (self.parser.mark(end, ":") and isinstance(node, Name | Partial)):
            return False
        token = self.tokens[start]
        if not (
            headed or start == 0 or token.line or self.tokens[start - 1].sort is Sort.BREAK or self._after_marker(start)
        ):
            return False
        if isinstance(node, Name) and not self._quantity(node):
            return False
        try:
            after, stop = self.parser.expression(end + 1)
        except Failure:
            return False
        follows = self.tokens[self.parser.past_breaks(stop)]
        if isinstance(after, Name | Partial | Call):
            return follows.sort is Sort.BREAK and isinstance(after, Call)
        numeric = any(isinstance(part, Number | Name) for part in walk(after))
        return numeric and not (follows.sort in (Sort.NAME, Sort.WORD) and follows.gap and not follows.line)

    def _after_marker(self, start: int) -> bool:
        before = self.tokens[start - 1]
        return before.line and (before.text in ("-", "+", "*", ">", "#") or before.sort in (Sort.RELATION, Sort.WORD))

    def _quantity(self, node: Name) -> bool:
        word = node.base.rstrip("0123456789").lower()
        if word in LABELS and word not in ("unit",):
            return False
        if symbolic_name(node):
            return True
        return node.base in QUANTITIES
