"""What words say that a list holds: new weights w5 and w6; w1 to w4 after back prop; hidden activations."""

from __future__ import annotations

import re
from dataclasses import replace

from symbackprop.auditing.documents.source import Mode, Span
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.cursor import TEX, Failure
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.statements import Description, When
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Omitted, Partial, Sum
from symbackprop.auditing.mathematics.vocabulary import NEW, NOUNS, OLD, words

LONGEST = 32  # tokens of a description
ENTRIES = 64  # of a list that is described
BETWEEN = frozenset({",", ";", "and", "&", "und", "et", "y", "e", "dan", "和", "и", "ve", "en"})
_RANGE = frozenset(
    {"to", "…", ".", "..", "-", "–", "through", "thru", "until", "bis", "à", "hasta", "ate", "até", "a", "~"}
)
_NAMED = "§"  # what stands for the names in the words of a description
_ROUND = r"(?:the |this |that |one |a |an |first |single |1 ){0,3}"
_ONCE = re.compile(
    rf"\b(after|before) {_ROUND}(?:weight |parameter |gradient |applying |backward |descent ){{0,2}}"
    r"(?:updates?|updating|step|iteration|round|epoch|pass|back ?prop\w*|back ?propagation)\b"
)
_COUNTED = re.compile(r"\bafter (\d{1,7}) (?:updates?|steps?|iterations?|rounds?|epochs?)\b")
_NOUN = {word: noun for noun, words in NOUNS.items() for word in words}
_LATER = frozenset(map(str.lower, NEW)) | {"now", "after", "adjusted"}
_EARLIER = frozenset(map(str.lower, OLD)) | {
    "initial", "original", "starting", "initially", "originally", "before"
}  # fmt: skip
_FILLING = words(
    "the a an of for at in our all both these this each its is are was were be become becomes became get gets equal "
    "equals layer layers unit units neuron neurons node nodes matrix vector array list layout order as respectively "
    "values value wrt respect with by we have then thus so and between from to hidden output der die das den des "
    "les le la los las el os dos yang total outputs input inputs"
)
_EMPTY = _FILLING | BETWEEN | _RANGE | {_NAMED}
_WORDS = _FILLING | BETWEEN | _LATER | _EARLIER | frozenset(_NOUN)
_LAYERS = {"hidden": "hidden", "output": "output", "outputs": "output", "input": "input", "inputs": "input"}


class Words:
    """The words of a description: names, nouns that say what they are, when they are meant."""

    def __init__(self, parser: Parser, start: int, end: int) -> None:
        self.parser = parser
        self.start = start
        self.end = end
        self.groups: list[list[Node]] = []  # names that belong together; Omitted where it is not clear which
        self.grids: list[Entries] = []
        self.said: list[str] = []

    def description(self, entries: int) -> Description | None:
        """What is described, where it is clear and there are `entries` of it."""
        if self.end - self.start > LONGEST or not self._read():
            return None
        text, when, after = _when(" ".join(self.said))
        telling = [word for word in text.split() if word not in _EMPTY]
        nouns = tuple(dict.fromkeys(_NOUN[word] for word in telling if word in _NOUN))
        sure = all(word in _NOUN for word in telling)
        names = self._names(entries)
        if names is None and (self.groups or self.grids):
            return None
        if names is None and not (sure and (nouns or "hidden" in text.split())):
            return None
        layers = tuple(dict.fromkeys(_LAYERS[word] for word in text.split() if word in _LAYERS))
        return Description(self.parser.span(self.start, self.end), names, nouns, layers, when, after, sure)

    def _names(self, entries: int) -> Entries | None:
        """The names in their layout; None where there are none, or not as many as there are numbers."""
        if self.grids:
            grid = self.grids[0]
            return grid if len(self.grids) == 1 and count(grid) == entries else None
        if len(self.groups) != 1:
            return None
        (names,) = self.groups
        if len(names) != entries or any(isinstance(name, Omitted) for name in names):
            return None
        return Entries((tuple(names),), self.parser.span(self.start, self.end), flat=True)

    def _read(self) -> bool:
        """Takes the tokens apart; False where something stands among them that is no description."""
        at, joined, ranged = self.start, False, False
        while at < self.end:
            token = self.parser.tokens[at]
            word = token.text.lower()
            if token.sort is Sort.BREAK:
                at += 1
                continue
            node, after = self._named(at)
            if isinstance(node, Name) and (written := words_of(node)):
                self.said += written
                at, joined, ranged = after, False, False
                continue
            if node is not None and after <= self.end:
                self._take(node, joined=joined, ranged=ranged)
                self.said.append(_NAMED)
                at, joined, ranged = after, True, False
                continue
            if token.sort in (Sort.SIGN, Sort.RELATION, Sort.REFUSED) or word in ("+", "*", "/", "×"):
                return False
            if joined and word in _RANGE and (word != "." or self.parser.mark(at + 1, ".")):
                ranged = True
            elif word not in BETWEEN and word not in ("(", ")", ".", "$", "*", "**"):
                joined = ranged = False
            if token.sort in (Sort.NAME, Sort.WORD, Sort.NUMBER, Sort.TEXT):
                self.said.append(word.replace(",", ""))
            at += 1
        return True

    def _named(self, at: int) -> tuple[Node | None, int]:
        """The name, the partial or the grid of names that begins at a token."""
        token = self.parser.tokens[at]
        if token.mode is Mode.PROSE and token.text.lower() in _WORDS:
            return None, at
        if token.sort is Sort.NUMBER or not self.parser.starts(at) or self.parser.mark(at, "(", "-"):
            return None, at
        try:
            node, after = self.parser.expression(at)
        except Failure:
            return None, at
        match node:
            case Name() if symbolic_name(node) or token.mode in (*TEX, Mode.CODE):
                return node, after
            case Partial():
                return node, after
            case Entries(rows) if all(isinstance(entry, Name | Partial) for row in rows for entry in row):
                return node, after
            case Entries(rows) if all(isinstance(entry, Entries) for row in rows for entry in row):
                inner = [entry.rows[0] for entry in rows[0] if isinstance(entry, Entries)]
                if all(isinstance(name, Name) for row in inner for name in row):
                    return Entries(tuple(inner), node.span), after
            case Sum((Name(), Negative(Name()))):
                return node, after
        return None, at

    def _take(self, node: Node, *, joined: bool, ranged: bool) -> None:
        if isinstance(node, Entries):
            if len(node.rows) > 1 or not self.groups:
                self.grids.append(node)
            return
        first, last = _ends(node)
        if not (joined and self.groups):
            self.groups.append([])
        names = self.groups[-1]
        if ranged and names:
            names += _through(names[-1], first)[1:] or [Omitted(first.span)]
        else:
            names.append(first)
        if last is not first:
            names += _through(first, last)[1:] or [Omitted(last.span)]


def _ends(node: Node) -> tuple[Node, Node]:
    """The first and the last name of w1-w4; of a name, the same twice."""
    if isinstance(node, Sum) and isinstance(node.terms[1], Negative):
        return node.terms[0], node.terms[1].operand
    return node, node


def words_of(name: Name) -> list[str]:
    """The words that a program writes as one name, hidden_output; [] where they are none of a description."""
    written = re.split(r"[ _]+", f"{name.base} {name.subscript}".strip().lower())
    return written if _WORDS.issuperset(written) and len(written) > 1 and not name.superscript else []


def _through(first: Node, last: Node) -> list[Node]:
    """All names from the first to the last, which differ in the number at their end: w1 to w4, w_{11} to w_{22}."""
    if not (isinstance(first, Name) and isinstance(last, Name)):
        return []
    one, other = _numbered(first), _numbered(last)
    if one is None or other is None or one[0] != other[0] or not int(one[1]) < int(other[1]) < int(one[1]) + ENTRIES:
        return []
    low, high = int(one[1]), int(other[1])
    numbers = [str(number) for number in range(low, high + 1)]
    if len(one[1]) == len(other[1]) == 2 and low % 10 == 1 and high - low > 9:
        numbers = [f"{row}{column}" for row in range(low // 10, high // 10 + 1) for column in range(1, high % 10 + 1)]
    return [_with_number(first, number) for number in numbers]


def _numbered(name: Name) -> tuple[Name, str] | None:
    """(a name without the number at its end, where it stands nowhere; the number)."""
    match = re.fullmatch(r"(.*?)(\d{1,3})", name.subscript or name.base)
    if match is None:
        return None
    plain = replace(name, span=Span(0, 0))
    if name.subscript:
        return replace(plain, subscript=match[1]), match[2]
    return replace(plain, base=match[1]), match[2]


def _with_number(name: Name, number: str) -> Name:
    plain = _numbered(name)
    assert plain is not None
    if name.subscript:
        return replace(name, subscript=plain[0].subscript + number)
    return replace(name, base=plain[0].base + number)


def _when(text: str) -> tuple[str, When, int]:
    """(the words without those that say when; when it is; after how many updates, where they are counted)."""
    if counted := _COUNTED.search(text):
        return _COUNTED.sub(" ", text), When.COUNTED, int(counted[1])
    spoken = _ONCE.sub(r" \1 ", text).split()
    later, earlier = (not marks.isdisjoint(spoken) for marks in (_LATER, _EARLIER))
    rest = " ".join(word for word in spoken if word not in _LATER and word not in _EARLIER)
    if later == earlier:
        return rest, When.UNSAID, 0
    return rest, When.LATER if later else When.FIRST, 0


def count(node: Node) -> int:
    """How many entries a list has."""
    return sum(map(count, (entry for row in node.rows for entry in row))) if isinstance(node, Entries) else 1
