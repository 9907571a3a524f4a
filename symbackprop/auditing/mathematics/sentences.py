"""Sentences that say what something is: "y_3 is 0.72", "giving net_h1 of 0.3775", "w5 is now 0.3589"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from symbackprop.auditing.documents.source import Kind, Mode
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.names import is_initial
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.segmentation import Found
from symbackprop.auditing.mathematics.statements import Sign
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Name, Partial, Sum, is_number
from symbackprop.auditing.mathematics.vocabulary import HEADS, LABELS, QUALIFIERS, words

LONGEST = 14  # tokens of a name
SHORT = 5  # letters of a word that is a name because it stands left of a sign elsewhere
AROUND = 160  # characters before a name in which it may be said after how many updates it holds

_BEING = ("is", "equals", "becomes", "was", "gets", "is equal to", "comes to", "comes out as", "comes out to be",
          "comes out at", "turns out to be", "works out to", "works out to be", "works out as", "evaluates to",
          "amounts to", "will be", "would be", "is then", "is therefore", "is thus", "then is", "has the value",
          "takes the value", "is about", "is roughly", "is approximately", "came to", "is exactly")  # fmt: skip
_STANDING = ("of", "at", "of about", "as")
_CHANGING = ("now", "is now", "now is", "now equals", "becomes now", "now becomes", "rises to", "falls to", "drops to",
             "goes to", "grows to", "shrinks to", "changes to", "decreases to", "increases to", "moves to", "rose to",
             "fell to", "dropped to", "went to", "has fallen to", "has dropped to", "has risen to")  # fmt: skip
_VERBS = {tuple(verb.split()): verb for verb in (*_BEING, *_STANDING, *_CHANGING)}
_WIDTH = max(map(len, _VERBS))
_LAST_WORDS = frozenset(verb[-1] for verb in _VERBS) | words("and und et dan are become")

# What is said is about something else: "the error of o1 is", "the gradient for w5 is", "between y_1 and t_1 is".
_TURNING = words(
    "of in for to by between and or at from on than per w.r.t wrt about through into over via plus minus times respect"
)
# The number is not the value: "is 0.1 smaller", "is 0.5 times", "is 0.1 to 0.2", "are 0.1 and 0.2".
_MEASURING = words(
    "times smaller larger more less higher lower bigger greater units unit too off of percent per away "
    "below above to or by short steps step percentage points"
)
_NEW = words("new updated")
_COUNT = re.compile(
    r"\b(\d{1,3}(?:,\d{3}){1,3}|\d{1,7})\s+(?:\w{1,20}\s+)?"
    r"(?:times|iterations?|steps|epochs?|updates?|rounds|runs|repetitions|passes)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\bafter\s+(?:(?:the|this|that|one|a|an|first|single)\s+){0,3}(?:update|step|iteration|round|epoch)\b",
    re.IGNORECASE,
)


class Sentences:
    """The sentences of a document, one block after another; `left` are the words that stand left of a sign in it."""

    def __init__(self, left: frozenset[str]) -> None:
        self.left = frozenset(word for word in left - HEADS - LABELS - QUALIFIERS if len(word) <= SHORT)
        self._trained = False  # whether the document has come to what many updates lead to

    def found(self, parser: Parser, kind: Kind, founds: list[Found]) -> list[Found]:
        """What stands in a block, with the names that its sentences give to numbers."""
        if kind is Kind.ROW:
            return founds
        made: list[Found] = []
        for one in map(_without_verb, founds):
            partial = bool(made) and not made[-1].signs and any(isinstance(node, Partial) for node in made[-1].members)
            before = made[:-1] if partial else made
            said = self._said(parser, one, before[-1] if before else Found(0, 0))
            if partial and said.start <= made[-1].start:
                made.pop()
            made.append(said)
        if kind is not Kind.DISPLAY and (count := _COUNT.search(parser.text)) and count[1] != "1":
            self._trained = True
        return made

    def _said(self, parser: Parser, found: Found, last: Found) -> Found:
        """A number with the name that it is said to belong to, which stands after `last`."""
        reach = last.end
        if not _has_value(parser, found):
            return found
        start, verb = _verb(parser.tokens, found.start, reach)
        if not verb or (found.signs and verb in _STANDING):
            return found
        begin, name = self._name(parser, start, last)
        if name is None:
            return found
        after = _count_before(parser, begin)
        unsaid = not after and not _counted_behind(parser, found.end)
        if unsaid and (self._trained or (verb in _CHANGING and not is_initial(name))):
            return found
        sign = Sign.DEFINED if is_initial(name) else Sign.EQUAL
        return Found(begin, found.end, (name, *found.members), (sign, *found.signs), before=after)

    def _name(self, parser: Parser, end: int, last: Found) -> tuple[int, Name | Partial | None]:
        """The name that ends before tokens[end], the longest that is one, and where it begins."""
        reach = last.end
        best: tuple[int, Name | Partial | None] = end, None
        for begin in range(end - 1, max(reach, end - LONGEST) - 1, -1):
            token = parser.tokens[begin]
            if token.sort is Sort.BREAK and token.text not in ("run", "cell"):
                break
            if token.sort in (Sort.SIGN, Sort.RELATION):
                break
            if not parser.starts(begin) or token.sort is Sort.NUMBER or token.text in ("_", "update"):
                continue
            try:
                node, after = parser.expression(begin)
            except Failure:
                continue
            if after == end and isinstance(node, Name | Partial):
                best = begin, node
        begin, name = best
        if name is None or not self._is_name(parser.tokens[begin], name) or not _is_subject(parser, begin, last):
            return end, None
        if isinstance(name, Name) and begin > reach and parser.tokens[begin - 1].text.lower() in _NEW:
            name = replace(name, updated=True)
        return begin, name

    def _is_name(self, token: Token, name: Name | Partial) -> bool:
        if isinstance(name, Partial) or token.mode in (*TEX, Mode.CODE):
            return True
        return symbolic_name(name) or name.base in self.left


def words_left(tokens: Iterable[Token]) -> Iterable[str]:
    """The words that stand right before an equals sign."""
    before: Token | None = None
    for token in tokens:
        if token.sort is Sort.SIGN and before is not None and before.sort is Sort.NAME:
            yield before.text
        before = token


def _without_verb(found: Found) -> Found:
    """Is -0.5, where the minus sign is no sign of a difference."""
    first = found.members[0] if found.members else None
    if not (isinstance(first, Sum) and isinstance(first.terms[0], Name) and first.terms[0].text in _LAST_WORDS):
        return found
    rest = first.terms[1:]
    value = rest[0] if len(rest) == 1 else Sum(rest, rest[0].span.to(first.span))
    return replace(found, start=found.start + 1, members=(value, *found.members[1:]))


def _has_value(parser: Parser, found: Found) -> bool:
    """Whether a number is said, or a calculation of one, that stands in the place of a value."""
    if found.reason or not found.members or (found.signs and len(found.signs) == len(found.members)):
        return False
    last, first = found.members[-1], found.members[0]
    if not is_number(last) or isinstance(first, Name | Partial) or (found.signs and is_number(first)):
        return False
    after = parser.tokens[found.end]
    if after.sort in (Sort.NAME, Sort.WORD):
        return after.text.lower() not in _MEASURING
    if after.text in ("+", "-", "–", "*", "/", "^", "%", "×", "("):
        return after.text in ("(", "–", "-") and after.gap
    return after.sort is not Sort.SIGN


def _verb(tokens: list[Token], end: int, reach: int) -> tuple[int, str]:
    """(where it begins, the longest verb of being that ends before tokens[end])."""
    said: list[str] = []
    best = (end, "")
    at = end - 1
    while at >= reach and len(said) < _WIDTH:
        token = tokens[at]
        if token.sort is Sort.BREAK and token.text == "run":
            at -= 1
            continue
        if token.sort not in (Sort.NAME, Sort.WORD) or token.mode is not Mode.PROSE:
            break
        said.insert(0, token.text.lower())
        if verb := _VERBS.get(tuple(said)):
            best = at, verb
        at -= 1
    start = best[0]
    while best[1] and start > reach and tokens[start - 1].sort is Sort.BREAK and tokens[start - 1].text == "run":
        start -= 1
    return start, best[1]


def _is_subject(parser: Parser, begin: int, last: Found) -> bool:
    """Whether nothing before a name says that the sentence is about something else."""
    at = begin - 1
    while at >= 0 and parser.tokens[at].sort is Sort.BREAK:
        at -= 1
    if at < 0:
        return True
    token = parser.tokens[at]
    if token.sort in (Sort.NAME, Sort.WORD):
        word = token.text.lower()
        if word == "and" and last.signs and at == last.end + (parser.tokens[last.end].text == ","):
            return True  # after another value
        return word not in _TURNING or (word in ("of", "for") and _of_value(parser.tokens, at))
    if token.sort is Sort.MARK:
        return token.text in (",", ".", ";", ":", "(", '"', "'", "*", "**", "—", "!", "?", "-", "–", ")", "_", "&")
    return token.sort is Sort.TEXT


def _of_value(tokens: list[Token], at: int) -> bool:
    """The value of w5 is, we get for z1"""
    before = tokens[at - 1].text.lower() if at else ""
    return before in ("value", "values")


def _count_before(parser: Parser, begin: int) -> str:
    """After how many updates the words before a name say that it is so."""
    until = parser.tokens[begin].at
    near = parser.text[max(0, until - AROUND) : until]
    found = [(match.start(), match[1]) for match in _COUNT.finditer(near)]
    found += [(match.start(), "1") for match in _ONCE.finditer(near)]
    return f"after {max(found)[1]} updates" if found else ""


def _counted_behind(parser: Parser, end: int) -> bool:
    """Whether the words right after a number say after how many updates it holds."""
    at = parser.tokens[end - 1].until
    near = parser.text[at : at + AROUND].lstrip(" ,.($*\n")
    return near[:5].lower() == "after" and bool(_COUNT.search(near[:60]) or _ONCE.match(near))
