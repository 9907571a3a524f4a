"""The tokens of a block -> its statements: where chains begin and end, what is only mentioned, what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from symbackprop.auditing.documents.source import Kind, Mode
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.parser import Parser, ungrouped
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Partial,
    walk,
)
from symbackprop.auditing.mathematics.vocabulary import HEADS, LABELS, OPERATING, QUALIFIERS, QUANTITIES, REFERENCES

MEMBERS = 400
_SIGNS = {"=": Sign.EQUAL, "≈": Sign.APPROXIMATE, ":=": Sign.DEFINED, "→": Sign.ARROW, "+=": Sign.INCREASED, "⇒": Sign.ARROW}
_STRICT = (*TEX, Mode.CODE)


@dataclass(frozen=True, slots=True)
class Found:
    """A chain (with signs), a mention (one member, no sign) or what is unread (a reason), at tokens[start:end].

    `before` and `after` are words that tell more of it than those that stand around it.
    """

    start: int
    end: int
    members: tuple[Node, ...] = ()
    signs: tuple[Sign, ...] = ()
    reason: str = ""
    before: str = ""
    after: str = ""


def segmented(parser: Parser, kind: Kind) -> list[Found]:
    """All statements among the tokens of `parser`, in reading order."""
    return _Scanner(parser, kind).found()


class _Scanner:
    def __init__(self, parser: Parser, kind: Kind) -> None:
        self.parser = parser
        self.tokens = parser.tokens
        self.kind = kind
        self.statements: list[Found] = []
        self.signs = [0, *accumulate(token.sort is Sort.SIGN for token in self.tokens)]  # before each token
        self.opened = 0  # brackets and braces passed over within the present formula

    def found(self) -> list[Found]:
        index, last = 0, self.parser.length - 1
        while index < last:
            index = max(self.step(index), index + 1)
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
            return self._past_relation(index)
        if token.sort is Sort.WORD or (token.sort is Sort.MARK and (self._dash(index) or not self._may_start(index))):
            return index + 1
        if token.sort is Sort.TEXT and not self.parser.starts(index):
            return index + 1
        begin = index
        if self._starred(index):
            begin = index + 1
        if (listed := self._names_together(index)) is not None:
            return listed
        try:
            node, end = self.parser.expression(begin)
        except Failure as failure:
            return self.failed(index, failure)
        if begin != index:
            node = _updated(node)
        node, index = self._unlisted(node, index)
        node, index = self._qualified(node, index)
        at = self.parser.past_breaks(end)
        if self.tokens[at].sort is Sort.SIGN or self._brace_then_sign(at):
            return self.chain(index, [node], at)
        if self._colon(index, end, node):
            return self.chain(index, [node], end)
        return self.mention(index, end, node)

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
        return before.sort in (Sort.NAME, Sort.WORD) and (after.gap or not token.gap)

    def _starred(self, index: int) -> bool:
        """*w5 = ...: a star right before the name that begins a chain."""
        token, after = self.tokens[index], self.tokens[index + 1]
        if not (token.sort is Sort.MARK and token.text == "*" and after.sort is Sort.NAME and not after.gap):
            return False
        return index == 0 or token.line or self.tokens[index - 1].sort in (Sort.BREAK, Sort.WORD) or token.gap

    def _unlisted(self, node: Node, index: int) -> tuple[Node, int]:
        """- z = ... at the beginning of a line: the dash marks an item."""
        token = self.tokens[index]
        if isinstance(node, Negative) and token.line and token.mode is Mode.PROSE and self.tokens[index + 1].gap:
            if isinstance(node.operand, Name | Partial | Call):
                return node.operand, index + 1
        return node, index

    def _qualified(self, node: Node, index: int) -> tuple[Node, int]:
        """learning rate = ...: the word before a noun that says little by itself belongs to the name."""
        if not isinstance(node, Name) or node.text not in HEADS or self.tokens[index].mode is not Mode.PROSE:
            return node, index
        begin = index
        while begin and index - begin < 2 and self.tokens[begin - 1].text.lower() in QUALIFIERS and self.tokens[begin].gap:
            begin -= 1
        if begin == index:
            return node, index
        words = " ".join(token.text for token in self.tokens[begin : index + 1])
        return Name(words, self.parser.span(begin, index + 1)), begin

    def _brace_then_sign(self, at: int) -> bool:
        return self.parser.mark(at, "{", "}") and self.tokens[at + 1].sort is Sort.SIGN

    def _headless(self, index: int) -> bool:
        """Whether the sign at `index` begins its line or its formula."""
        if index == 0 or self.tokens[index].line:
            return True
        before = self.tokens[index - 1]
        if before.run != self.tokens[index].run and self.tokens[index].mode in _STRICT:
            return before.sort is Sort.BREAK or before.text in (".", ":", ",", ";")
        return before.sort is Sort.BREAK or (before.sort is Sort.MARK and before.text in (":", ">"))

    def _past_relation(self, index: int) -> int:
        """After the right side of an inequality."""
        try:
            return self.parser.expression(index + 1)[1]
        except Failure:
            return index + 1

    # ---- chains

    def chain(self, start: int, members: list[Node], at: int) -> int:
        """Reads on from the sign at `at`; `members` holds what stands before it, if anything."""
        signs: list[Sign] = []
        end, first = at, at
        tight = ""
        while True:
            at, opened = self._past_braces(self.parser.past_breaks(end))
            token = self.tokens[at]
            colon = not signs and token.sort is Sort.MARK and token.text == ":" and bool(members)
            if not colon and token.sort is not Sort.SIGN:
                break
            if len(members) >= MEMBERS:
                return self.unread(start, end, f"a chain of more than {MEMBERS} members")
            if at != first and token.line and token.mode is Mode.PROSE and self._ended(members, at):
                break
            self.opened = opened
            sign = Sign.COLON if colon else _SIGNS.get(token.text, Sign.INCREASED)
            tight = token.text
            position = at + 1
            while self.tokens[position].sort is Sort.SIGN and self.tokens[position].text not in ("→", "⇒"):
                sign = _SIGNS.get(self.tokens[position].text, sign)
                position += 1
            position = self._past_approximately(position)
            if tight in ("⇒", "→") and self._separates(members, signs, position, tight):
                break
            try:
                node, after = self.parser.expression(position)
            except Failure as failure:
                return self._broken(start, end, members, signs, position, failure)
            if tight in ("⇒", "→") and isinstance(node, Name) and self.parser.sort(after, Sort.SIGN):
                break
            if token.text == "-=":
                node = Negative(node, node.span)
            members.append(node)
            signs.append(sign)
            end = after
        return self._closed(start, end, members, signs)

    def _ended(self, members: list[Node], at: int) -> bool:
        """Whether a printed result stands before the sign that begins a line, and no other result after it."""
        if not members or not _printed(members[-1]) or len(members) < 2:
            return False
        try:
            node, _ = self.parser.expression(at + 1)
        except Failure:
            return True
        return not _printed(node)

    def _past_braces(self, at: int) -> tuple[int, int]:
        """(after a brace that only groups a part of a chain, as in \\color{red}{= 0.5}; how many are open there)."""
        opened = self.opened
        while self.parser.mark(at, "}") and opened and self.tokens[at].mode in _STRICT:
            at, opened = at + 1, opened - 1
        if self.parser.mark(at, "{") and self.tokens[at + 1].sort is Sort.SIGN:
            return at + 1, opened + 1
        return at, opened

    def _past_approximately(self, position: int) -> int:
        return position + 1 if self.parser.mark(position, "~", "&") else position

    def _separates(self, members: list[Node], signs: list[Sign], position: int, arrow: str) -> bool:
        """Whether an arrow leads to another statement instead of to the value of what stands before it."""
        try:
            node, end = self.parser.expression(position)
        except Failure:
            return True
        if self.parser.sort(end, Sort.SIGN) and isinstance(node, Name | Partial | Call):
            return True
        numeric = any(isinstance(part, Number) for part in walk(node))
        if arrow == "→":
            named = len(members) == 1 and isinstance(members[0], Name | Partial)
            return bool(signs) or not named or not numeric
        return not numeric or not members

    def _closed(self, start: int, end: int, members: list[Node], signs: list[Sign]) -> int:
        """A chain that ends before `end`, unless what follows shows that it was misread."""
        if not signs:
            if not members:
                return end + 1
            return self.mention(start, end, members[0])
        mode = self.tokens[end - 1].mode
        if mode in _STRICT:
            if not self._boundary(end):
                return self.unread(start, self._resume(end), self._reason(end))
        elif trouble := self._trouble(end, members[-1]):
            if trouble == "sentence":
                members.pop()
                signs.pop()
                if not signs or (len(members) < 2 and len(members) != len(signs)):
                    return end
            else:
                return self.unread(start, self._resume(end), trouble)
        if self._claims(start, members):
            self.statements.append(Found(start, end, tuple(ungroup(members)), tuple(signs)))
        return end

    def _claims(self, start: int, members: list[Node]) -> bool:
        """Whether it is more than words with a sign between them."""
        if self.tokens[start].mode is Mode.PROSE and all(isinstance(member, Name) for member in members[1:]):
            return any(isinstance(member, Name) and symbolic_name(member) for member in members[1:])
        return True

    def _broken(self, start: int, end: int, members: list[Node], signs: list[Sign], at: int, failure: Failure) -> int:
        """A chain whose next member cannot be read."""
        token = self.tokens[at]
        if self.tokens[start].mode in _STRICT or (token.mode in _STRICT and self.parser.starts(at)):
            if self.tokens[end].mode in _STRICT and self.tokens[at - 1].mode in _STRICT:
                if token.sort is Sort.BREAK and token.text == "run" and not signs:
                    return at
                if token.sort is not Sort.BREAK or token.text not in ("run", "end", "row", "quad") or not signs:
                    return self.unread(start, self._resume(max(at, end)), self._furthest(failure))
        if signs:
            return self._closed(start, end, members, signs)
        mathematical = token.sort in (Sort.NUMBER, Sort.COMMAND, Sort.BEGIN, Sort.REFUSED) or (
            token.sort is Sort.MARK and token.text in ("(", "[", "{", "-", "∂")
        )
        if mathematical and members and not isinstance(members[0], Number):
            return self.unread(start, self._resume(at), self._furthest(failure))
        return at

    # ---- boundaries

    def _boundary(self, at: int) -> bool:
        """Whether a formula may end before `at`."""
        token = self.tokens[at]
        if token.sort in (Sort.BREAK, Sort.RELATION, Sort.WORD) or token.run != self.tokens[at - 1].run:
            return True
        if token.sort is Sort.SIGN:
            return token.text in ("⇒", "→")
        if token.sort is Sort.TEXT:
            return not self.parser.starts(at)
        if token.sort is Sort.NAME:
            return token.mode is Mode.CODE and token.line
        if token.sort is not Sort.MARK:
            return False
        if token.text == "." and self.tokens[at + 1].sort is Sort.NAME and not self.tokens[at + 1].gap:
            return token.mode in TEX and not token.gap and False
        if token.text in (")", "}", "]"):
            return self.opened > 0
        if token.text == "(":
            return self._remark(at)
        return token.text in (",", ";", ".", "?", "!", ":", "'", '"', "#", "~", "…", "—", "%")

    def _remark(self, at: int) -> bool:
        """(1) or (by the chain rule) after a formula."""
        if (close := self.parser.partners.get(at)) is None:
            return False
        after = self.tokens[close + 1]
        return self.tokens[at].gap and (after.sort is Sort.BREAK or after.run != self.tokens[at].run)

    def _trouble(self, end: int, member: Node) -> str:
        """Why a chain of a sentence that stops before `end` was misread: "sentence", a reason, or ""."""
        token = self.tokens[end]
        if token.sort is Sort.MARK:
            if token.text in ("+", "*", "/", "^", "⊙", "[") and not token.line:
                if token.text == "*" and (not token.gap or not self.tokens[end + 1].gap):
                    return ""  # what is left of emphasis
                return "" if token.text == "[" else f"{token.text!r} with nothing that can be read after it"
            if token.text == "." and not self.tokens[end + 1].gap and self.tokens[end + 1].sort is Sort.NAME:
                calls = self.parser.mark(end + 2, "(", "[", "_")
                return "the code of a program" if calls else ""
            return ""
        if token.sort in (Sort.NAME, Sort.WORD) and not token.line and token.mode is Mode.PROSE:
            last = self.tokens[end - 1]
            worded = last.sort is Sort.NAME and last.text.isalpha() and len(last.text) > 1 and _ends_in_word(member)
            if token.text in OPERATING and not isinstance(member, Number):
                return f"{token.text!r}"
            if worded and token.gap and token.text.isalpha() and last.text.lower() not in QUANTITIES:
                return "sentence"
            if worded and token.gap and isinstance(member, Name) and token.text.islower():
                return "sentence"
        return ""

    def _resume(self, at: int) -> int:
        """Where reading goes on after what could not be read at `at`: the next break, or comma outside brackets."""
        depth = 0
        while (token := self.tokens[at]).sort is not Sort.BREAK:
            if token.sort is Sort.MARK:
                if token.text in ("(", "[", "{"):
                    depth += 1
                elif token.text in (")", "]", "}"):
                    depth = max(0, depth - 1)
                elif token.text in (",", ";") and depth == 0:
                    return at
            if token.mode is Mode.PROSE and token.line and depth == 0:
                return at
            at += 1
            if self.tokens[at].run != token.run and token.mode in _STRICT:
                return at
        return at

    def _furthest(self, failure: Failure) -> str:
        furthest = self.parser.furthest
        return furthest.reason if furthest.index >= failure.index else failure.reason

    def _reason(self, at: int) -> str:
        furthest = self.parser.furthest
        token = self.tokens[at]
        return furthest.reason if furthest.index >= at else f"{token.text!r} where an operator is expected"

    def failed(self, index: int, failure: Failure) -> int:
        """Nothing can be read at `index`."""
        token = self.tokens[index]
        if failure.start >= 0:
            return self.unread(index, failure.index, failure.reason)
        if token.mode not in TEX:
            return index + 1
        if token.sort is Sort.MARK and token.text in ("{", "(", "["):
            if self.signs[min(failure.index + 1, self.parser.length)] > self.signs[index]:
                self.opened += 1
                return index + 1
        end = self._resume(index)
        if self.signs[end] > self.signs[index]:
            return self.unread(index, end, self._furthest(failure))
        return end

    def unread(self, start: int, end: int, reason: str) -> int:
        """Keeps tokens[start:end] as something that looks like a claim."""
        end = max(end, start + 1)
        self.statements.append(Found(start, end, reason=reason))
        return end

    # ---- names with a colon, names side by side, mentions

    def _colon(self, start: int, end: int, node: Node) -> bool:
        """h1 : i1 * w1 + ...: a colon in place of the first equals sign, after a name that begins its line."""
        if not (self.parser.mark(end, ":") and isinstance(node, Name | Partial)):
            return False
        token = self.tokens[start]
        if not (start == 0 or token.line or self.tokens[start - 1].sort is Sort.BREAK or self._after_marker(start)):
            return False
        if isinstance(node, Name) and not self._quantity(node):
            return False
        try:
            after, stop = self.parser.expression(end + 1)
        except Failure:
            return False
        follows = self.tokens[self.parser.past_breaks(stop)]
        if isinstance(after, Name | Partial | Call):
            return not symbolicless(after) and follows.sort in (Sort.BREAK,) and isinstance(after, Call)
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

    def _names_together(self, start: int) -> int | None:
        """x_1, x_2 = 0.05, 0.10: names with commas, a sign, as many values. None where nothing like it stands."""
        if self.tokens[start].sort not in (Sort.NAME, Sort.COMMAND) or not self._list_ahead(start):
            return None
        names, end = self._listed_expressions(start)
        if len(names) < 2 or not all(isinstance(name, Name) for name in names) or not self.parser.sort(end, Sort.SIGN):
            return None
        sign = _SIGNS.get(self.tokens[end].text, Sign.EQUAL)
        values, after = self._listed_expressions(end + 1)
        if len(values) != len(names) or any(isinstance(value, Name) for value in values):
            return None
        span = self.parser.span
        left = Entries((tuple(names),), span(start, end), flat=True)
        right = Entries((tuple(values),), span(end + 1, after), flat=True)
        self.statements.append(Found(start, after, (left, right), (sign,)))
        return after

    def _list_ahead(self, start: int) -> bool:
        """Whether a comma follows soon, before any sign."""
        for position in range(start + 1, min(start + 8, len(self.tokens))):
            token = self.tokens[position]
            if token.sort in (Sort.SIGN, Sort.BREAK, Sort.WORD):
                return False
            if token.sort is Sort.MARK and token.text == ",":
                return True
        return False

    def _listed_expressions(self, start: int) -> tuple[list[Node], int]:
        found: list[Node] = []
        end = start
        while len(found) < 8:
            try:
                node, end = self.parser.expression(end)
            except Failure:
                break
            found.append(node)
            if not (self.parser.mark(end, ",") or self.tokens[end].text == "and"):
                break
            if not self.parser.starts(end + 1) and not self.parser.mark(end + 1, "-"):
                break
            end += 1
        return found, end

    def mention(self, start: int, end: int, node: Node) -> int:
        """Keeps a number, a list or a partial that stands for itself."""
        strict = self.tokens[start].mode in _STRICT
        if strict and not self._boundary(end):
            stop = self._resume(end) if self.tokens[start].mode in TEX else end
            if self.signs[stop] > self.signs[end] and self.tokens[start].mode in TEX:
                return self.unread(start, stop, self._reason(end))
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
                return self.kind is Kind.ROW or not inner.text.isdigit()
            case Partial():
                return True
            case Entries():
                return any(isinstance(part, Number) for part in walk(inner))
            case Name() | Omitted():
                return False
        if token.mode in TEX:
            return not isinstance(inner, Call) or any(isinstance(part, Number) for part in walk(inner))
        return any(isinstance(part, Number) and not part.text.isdigit() for part in walk(inner))

    def _reference(self, start: int, end: int) -> bool:
        """Whether the number is that of a section, a figure, a version."""
        if start and self.tokens[start - 1].text.lower().rstrip(".") in REFERENCES:
            return True
        after = self.tokens[end]
        return self.kind is Kind.HEADING and start == 0 and after.sort in (Sort.NAME, Sort.WORD) and after.gap


def ungroup(members: list[Node]) -> list[Node]:
    """Members as they are: a list of one stays a list."""
    return members


def symbolicless(node: Node) -> bool:
    """Whether a tree is a name that is a word."""
    return isinstance(node, Name) and not symbolic_name(node)


def _printed(node: Node) -> bool:
    """Whether a member is a number or a list of numbers, as results are."""
    match node:
        case Number():
            return True
        case Negative(operand):
            return isinstance(operand, Number)
        case Entries(rows):
            return all(_printed(entry) for row in rows for entry in row)
    return False


def _ends_in_word(member: Node) -> bool:
    last = list(walk(member))[-1]
    return isinstance(last, Name) and not symbolic_name(last)


def _updated(node: Node) -> Node:
    if isinstance(node, Name):
        return Name(node.base, node.span, node.subscript, node.superscript, node.accent, updated=True)
    return node


__all__ = ["Found", "Token", "segmented"]
