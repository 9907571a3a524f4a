"""Chains of equations: member sign member sign ..., on one line or over several."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.boundaries import STRICT, Found, printed
from symbackprop.auditing.mathematics.calls import COSTS
from symbackprop.auditing.mathematics.cursor import Failure
from symbackprop.auditing.mathematics.routines import Routines
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Call, Entries, Name, Negative, Node, Number, Partial, Product, walk

MEMBERS = 400
REMARK = 20  # tokens of a remark in brackets
SIGNS = {
    "=": Sign.EQUAL,
    "≈": Sign.APPROXIMATE,
    ":=": Sign.DEFINED,
    "→": Sign.ARROW,
    "+=": Sign.INCREASED,
    "⇒": Sign.ARROW,
}


class Chains(Routines, ABC):
    """Reads a chain from its first sign on."""

    @abstractmethod
    def mention(self, start: int, end: int, node: Node) -> int:
        """Keeps what stands without a sign, if it is worth it; where to go on."""

    def chain(self, start: int, members: list[Node], at: int) -> int:
        """Reads on from the sign at `at`; `members` holds what stands before it, if anything."""
        signs: list[Sign] = []
        end, first = at, at
        tight = ""
        while True:
            at, opened = self.past_braces(self._past_remark(self.parser.past_breaks(end), bool(signs)))
            token = self.tokens[at]
            colon = not signs and token.sort is Sort.MARK and token.text == ":" and bool(members)
            if not colon and token.sort is not Sort.SIGN:
                break
            if len(members) >= MEMBERS:
                return self.unread(start, end, f"a chain of more than {MEMBERS} members")
            if at != first and token.line and token.mode is Mode.PROSE and self._ended(members, at):
                break
            self.opened = opened
            sign = Sign.COLON if colon else SIGNS.get(token.text, Sign.INCREASED)
            tight = token.text
            position = at + 1
            while self.tokens[position].sort is Sort.SIGN and self.tokens[position].text not in ("→", "⇒"):
                sign = SIGNS.get(self.tokens[position].text, sign)
                position += 1
            position = self._past_approximately(self.parser.past_layout(position))
            if tight in ("⇒", "→") and self._separates(members, signs, position, tight):
                break
            try:
                node, after = self.below(position) or self.parser.expression(position)
            except Failure as failure:
                return self._broken(start, end, members, signs, position, failure)
            if tight in ("⇒", "→") and isinstance(node, Name) and self.parser.sort(after, Sort.SIGN):
                break
            if token.text == "-=":
                node = Negative(node, node.span)
            members.append(node)
            signs.append(sign)
            end = after
        if signs and not printed(members[-1]) and (value := self.noted(end)) is not None:
            members.append(value[0])
            signs.append(Sign.EQUAL)
            end = value[1]
        return self._closed(start, end, members, signs)

    def _ended(self, members: list[Node], at: int) -> bool:
        """Whether a printed result stands before the sign that begins a line, and no other result after it."""
        if not members or not printed(members[-1]) or len(members) < 2:
            return False
        try:
            node, _ = self.parser.expression(at + 1)
        except Failure:
            return True
        return not printed(node)

    def _past_remark(self, at: int, within: bool) -> int:
        """After "(net input of h1)" between a member of a chain and the next sign."""
        token = self.tokens[at]
        if within and token.mode is Mode.PROSE and token.gap and self.parser.mark(at, "("):
            close = self.parser.partners.get(at, at)
            if self.parser.sort(close + 1, Sort.SIGN) and close - at <= REMARK:
                return close + 1
        return at

    def _past_approximately(self, position: int) -> int:
        """After a tilde, or what is left of bold type: **w_5 =** 0.4."""
        bold = self.parser.mark(position, "**") and self.tokens[position + 1].gap and not self.tokens[position].gap
        return position + 1 if bold or self.parser.mark(position, "~", "&") else position

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
        if mode in STRICT:
            if not self.boundary(end):
                return self.unread(start, self.resume(end), self.reason(end))
        elif _symbolic(members[0]) and self._applied(end, members[-1]):
            return self.unread(start, self.resume(end), self.reason(end))
        elif trouble := self.trouble(end, members[-1]):
            if trouble == "sentence":
                members.pop()
                signs.pop()
                if not signs or (len(members) < 2 and len(members) != len(signs)):
                    return end
            else:
                return self.unread(start, self.resume(end), trouble)
        members[0] = _quantity(members[0])
        if self.claims(start, members):
            self.statements.append(Found(start, end, tuple(members), tuple(signs)))
        return end

    def _applied(self, end: int, member: Node) -> bool:
        """Whether a name that ends before `end` is applied to what cannot be read: open('file')."""
        token = self.tokens[end]
        return isinstance(member, Name) and self.parser.mark(end, "(") and not token.gap and not token.line

    def _broken(self, start: int, end: int, members: list[Node], signs: list[Sign], at: int, failure: Failure) -> int:
        """A chain whose next member cannot be read."""
        token = self.tokens[at]
        formula = self.tokens[start].mode in STRICT or (token.mode in STRICT and self.parser.starts(at))
        if formula and self.tokens[end].mode in STRICT and self.tokens[at - 1].mode in STRICT:
            ends = token.sort is Sort.BREAK and token.text in ("run", "end", "row", "quad")
            if ends and token.text == "run" and not signs:
                return at
            if not ends or not signs:
                return self.unread(start, self.resume(max(at, end)), self.furthest(failure))
        if signs:
            closed = self._closed(start, end, members, signs)
            if closed == end and self._calculates(at):
                return self.unread(at, self.resume(at), self.furthest(failure))
            return closed
        mathematical = token.sort in (Sort.NUMBER, Sort.COMMAND, Sort.BEGIN, Sort.REFUSED) or (
            token.sort is Sort.MARK and token.text in ("(", "[", "{", "-", "∂")
        )
        named = bool(members) and not isinstance(members[0], Number)
        if named and (mathematical or (_symbolic(members[0]) and self._written(at))):
            return self.unread(start, self.resume(at), self.furthest(failure))
        return at

    def _calculates(self, at: int) -> bool:
        """Whether a number stands in what could not be read, which begins as a formula does."""
        if not (self.parser.mark(at, "(", "[", "{", "-") or self._written(at)):
            return False
        for token in self.tokens[at : min(at + REMARK, self.parser.partners.get(at, at + REMARK))]:
            if token.sort is Sort.NUMBER:
                return True
            if token.sort is Sort.BREAK:
                return False
        return False

    def _written(self, at: int) -> bool:
        """Whether what begins at `at`, and cannot be read, is no sentence either."""
        token, after = self.tokens[at], self.tokens[at + 1]
        match token.sort:
            case Sort.NAME:  # a function whose argument cannot be read
                return True
            case Sort.WORD:  # 1.2.3, and 0,40 where it is not known what the comma is
                return token.text[-1].isdigit() and not (self.parser.mark(at + 1, ",") and not after.gap)
            case Sort.BREAK:  # __name__, -----1
                return self.within_line(at) and after.sort in (Sort.NAME, Sort.NUMBER) and not after.gap
            case Sort.MARK:
                return token.text in ("*", "/", "^", "⊙", "√", "±") and not after.gap and after.sort is not Sort.BREAK
        return False


def _symbolic(node: Node) -> bool:
    """Whether what stands before a sign is a symbol and no word of a sentence."""
    return isinstance(node, Partial | Call) or (isinstance(node, Name) and symbolic_name(node))


def _quantity(head: Node) -> Node:
    """C of C(y) = ... and C(y, t) = ...: a cost with what it is a function of; Error(o1) is that of a unit."""
    match head:
        case Product((Name(base) as cost, Entries((names,), flat=True))) if base in COSTS:
            return replace(cost, span=head.span) if all(isinstance(name, Name) for name in names) else head
    if isinstance(head, Call) and head.function in COSTS and isinstance(head.arguments[0], Name) and not head.primes:
        unit = head.arguments[0].text if head.function in ("Error", "error") else ""
        return Name(head.function, head.span, unit)
    return head
