"""Names of the network by how they are spelt, with the marks, time steps and arrows that documents add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from symbackprop.auditing.mathematics.tree import Name
from symbackprop.auditing.mathematics.vocabulary import AFTER, BEFORE, NEW, OLD
from symbackprop.auditing.naming.schematic import slot
from symbackprop.auditing.naming.spelling import key, keys_of
from symbackprop.auditing.naming.units import Units
from symbackprop.auditing.naming.vocabulary import Found, Vocabulary

_NEW = ("new", "updated")
_OLD = ("old", "current")
_LATER, _EARLIER = sorted(NEW | AFTER), sorted(OLD | BEFORE)
_ARROW = re.compile(r"\s*(?:→|->|⟶|\\to|\\rightarrow|,|\.|;|-)\s*")
_BIAS = ("bias", "b", "1", "biasunit")


@dataclass(frozen=True, slots=True)
class Match:
    """What a name is by its spelling, and whether the spelling says that it is the value after an update.

    `folded` where a letter is large that is small in the network, or the other way round: of e, E.
    """

    found: Found
    updated: bool = False
    folded: bool = False


class Spellings:
    """The quantities of a network by their spellings."""

    def __init__(self, vocabulary: Vocabulary, units: Units) -> None:
        self.vocabulary = vocabulary
        self.units = units
        self._stepwise = any("prev" in name or "t" in name.split("_")[1:] for name in vocabulary.names)
        self._cache: dict[tuple[str, str, str, str], Match | None] = {}

    def of(self, name: Name) -> Match | None:
        """What is spelt as `name` is, None where nothing is."""
        parts = (name.base, name.superscript, name.subscript, name.accent)
        if parts not in self._cache:
            self._cache[parts] = self._match(name)
        return self._cache[parts]

    def marked(self, name: Name) -> Match | None:
        """The network's own quantity for the new or the old value of `name`, where it has one: newwro, yhat_before.

        Where it has one for the old value alone, the new value is that of it after an update.
        """
        if not (name.updated or name.old):
            return None
        if found := self._own(name, _LATER if name.updated else _EARLIER):
            return Match(found)
        plain = self._match(name)
        if name.updated and (plain is None or not plain.found.scalar) and (found := self._own(name, _EARLIER)):
            return Match(found, updated=True)
        return None

    def _own(self, name: Name, words: Sequence[str]) -> Found | None:
        spelt = keys_of(name)[0]
        found = (self.vocabulary.spelt(made) for word in words for made in (f"{word}{spelt}", f"{spelt}{word}"))
        return next(filter(None, found), None)

    def _match(self, name: Name) -> Match | None:
        if found := self._plain(name):
            return Match(found, folded=not any(map(self.vocabulary.spelt, (name.base, *keys_of(name)))))
        if found := self._edge(name):
            return Match(found)
        for changed, updated in self._unmarked(name):
            if found := self._plain(changed):
                return Match(found, updated)
        if self._stepwise:
            for changed in _without_step(name):
                if found := self._plain(changed):
                    return Match(found)
        return None

    def _plain(self, name: Name) -> Found | None:
        letters = slot(name)
        any_unit = letters is not None and bool(letters.letters)
        bare = not (name.subscript or name.superscript or name.accent)
        for look in (self.vocabulary.spelt, self.vocabulary.folded):
            for spelt in (name.base, *keys_of(name)) if bare else keys_of(name):
                found = look(spelt)
                if found is not None and (found.scalar or not (any_unit and found.fused)):
                    return found
        return None

    def _unmarked(self, name: Name) -> Iterator[tuple[Name, bool]]:
        """The name without a word that marks a value as new or old: newwpr, w5_new, old_w5."""
        parts = (key(name.base), key(name.subscript), key(name.superscript))
        for words, updated in ((_NEW, True), (_OLD, False)):
            for word in words:
                for place, part in enumerate(parts):
                    for rest in _without(part, word, whole=place > 0):
                        changed = [*parts[:place], rest, *parts[place + 1 :]]
                        yield Name(changed[0], name.span, changed[1], changed[2], name.accent), updated

    def _edge(self, name: Name) -> Found | None:
        """The parameter on the edge that w(X_1→Z_1), w_{X_1,Z_1} or w_{h1o1} names by its ends."""
        text = name.subscript or name.superscript
        arrow = any(sign in text for sign in ("→", "->", "⟶"))
        if arrow:
            ends = [key(part) for part in re.split(r"→|->|⟶", text)]
            return self._joined(ends[0], ends[1]) if len(ends) == 2 else None
        if not text or not key(name.base).casefold().startswith(("w", "v", "theta", "b")):
            return None
        parts = [key(part) for part in _ARROW.split(text)]
        if len(parts) == 2:
            return self._either(parts[0], parts[1])
        whole = key(text)
        splits = [(whole[:at], whole[at:]) for at in range(1, len(whole)) if whole[at].isalpha()]
        for one, other in splits:
            if one[0].isalpha() and (found := self._either(one, other)):
                return found
        return None

    def _either(self, one: str, other: str) -> Found | None:
        """The edge between two ends in whichever direction there is one; plain numbers say nothing of layers."""
        if one.isdecimal() or other.isdecimal():
            return None
        return self._joined(one, other) or self._joined(other, one)

    def _joined(self, source: str, target: str) -> Found | None:
        found: dict[str, None] = {}
        for unit in self.units.of(target):
            if source.casefold() in _BIAS:
                found.update(dict.fromkeys(unit.biases))
            for origin in self.units.of(source):
                ends = (origin.activation, origin.net)
                weights = (edge.weight for edge in self.units.edges if edge.target == unit.net and edge.source in ends)
                found.update(dict.fromkeys(weights))
        return Found.one(next(iter(found))) if len(found) == 1 else None


def _without(part: str, word: str, *, whole: bool) -> Iterator[str]:
    """`part` without `word` at its beginning or its end."""
    folded = part.casefold()
    if len(part) > len(word) or whole:
        if folded.startswith(word):
            yield part[len(word) :]
        if folded.endswith(word):
            yield part[: -len(word)]


def _without_step(name: Name) -> Iterator[Name]:
    """The name of one time step's network: c^{t-1}_1 is cprev_1, c^t_1 is c_1."""
    below, above = key(name.subscript), key(name.superscript)
    for base, index in _earlier(name.base, above):
        yield replace(name, base=base, superscript=index)
    for base, index in _earlier(name.base, below):
        yield replace(name, base=base, subscript=index)


def _earlier(base: str, index: str) -> Iterator[tuple[str, str]]:
    """(base, index) of a name that bears a time step."""
    if index == "-1":
        yield f"{base}prev", ""
    elif index.startswith("t-1"):
        yield f"{base}prev", index[3:]
    elif index.startswith("t"):
        yield base, index[1:]
