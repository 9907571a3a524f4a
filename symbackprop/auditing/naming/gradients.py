"""Gradients by a word or a letter before the name: dX, grad_X, ∇X, dL_dw5, and whether the document means them so."""

from __future__ import annotations

from fractions import Fraction

from symbackprop.auditing.mathematics.tree import Name
from symbackprop.auditing.naming.definitions import Definition, Definitions
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.naming.roles import Role, roles
from symbackprop.auditing.naming.spelling import key, keys_of
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.surroundings import Meaning
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Worth
from symbackprop.expressions.names import partial

_PLUS = Fraction(1)
_GRADIENTS = ("d", "grad", "nabla", "gradient", "gradof")
_AFTER = ("grad", "gradient")  # w_grad


class Gradients:
    """The partials of the cost that the names of a document stand for."""

    def __init__(self, cost: str | None, definitions: Definitions, spellings: Spellings, worth: Worth) -> None:
        self.cost = cost
        self.definitions = definitions
        self.spellings = spellings
        self.worth = worth
        self.looking = False
        self._style: bool | None = None
        self._descent: bool | None = None

    def written_partial(self, name: Name) -> Meaning | None:
        """dL_dw5 and the like, which programs write for a partial."""
        spelt = keys_of(name)[0]
        if not spelt.startswith("d"):
            return None
        for at in range(2, len(spelt) - 1):
            if spelt[at] == "d":
                of, by = (self._spelt(part, name) for part in (spelt[1:at], spelt[at + 1 :]))
                if of is None and Role.ERROR in roles(spelt[1:at]) and self.cost:
                    of = Found.one(self.cost)
                if of is not None and by is not None and of.scalar:
                    return by_each(of.scalar, by), Strength.DEFINED, _PLUS
        return None

    def of(self, name: Name) -> Found | None:
        """∂C/∂X for dX, grad_X and ∇X."""
        if self.cost is None:
            return None
        for spelt in keys_of(name):
            for word in _GRADIENTS:
                begins = (spelt if word == "d" else spelt.lower()).startswith(word)
                rests = [spelt[len(word) :]] if begins else []
                rests += [spelt[: -len(word)]] if word in _AFTER and spelt.endswith(word) else []
                for by in (self._spelt(rest, name) for rest in rests):
                    if by is not None and self.cost not in by.names:
                        return by_each(self.cost, by)
        return None

    def _spelt(self, spelt: str, name: Name) -> Found | None:
        match = self.spellings.of(Name(spelt, name.span)) if spelt else None
        return match.found if match else None

    @property
    def are_written(self) -> bool:
        """Whether a formula or a number of the document shows that its dX are ∂C/∂X."""
        if self._style is None:
            self._style, self.looking = False, True
            self._style = any(map(self._shows_gradient, self.definitions.every()))
            self.looking = False
        return self._style

    def is_descent(self, name: Name) -> bool:
        """Whether GRAD_w, a word and no d, are -∂C/∂w, as where δ = (t - y) f': by the numbers."""
        if not _is_word(name):
            return False
        if self._descent is None:
            self._descent, self.looking = False, True
            signs = [
                self.worth.sign_of(one.printed, found)
                for one in self.definitions.every()
                if one.printed is not None and _is_word(one.subject) and (found := self.of(one.subject))
            ]
            self._descent = signs.count(-1) > 1 and 1 not in signs
            self.looking = False
        return self._descent

    def _shows_gradient(self, definition: Definition) -> bool:
        found = self.of(definition.subject) if key(definition.subject.base)[:1] in "dg∇" else None
        if found is None:
            return False
        if definition.formula is not None and self.worth.multiple(definition.formula, found) is not None:
            return True  # or as many times of it as there are examples, each of whose losses it is then the gradient of
        return definition.printed is not None and self.worth.agrees(definition.printed, found)


def _is_word(name: Name) -> bool:
    """Whether a gradient is written with a word for it."""
    return key(name.base).lower().startswith("grad")


def by_each(of: str, by: Found) -> Found:
    """∂of/∂by for each entry of a vector or a matrix."""
    return Found(tuple(tuple(partial(of, name) for name in row) for row in by.rows), by.flat)
