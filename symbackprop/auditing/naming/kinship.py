"""What a name stands for by others like it, or by its numbers: δf by δi and δo, a vector e by its entries."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.mathematics.tree import Entries, Name
from symbackprop.auditing.naming.definitions import Definitions
from symbackprop.auditing.naming.gradients import by_each
from symbackprop.auditing.naming.spelling import key
from symbackprop.auditing.naming.vocabulary import Found, Vocabulary
from symbackprop.auditing.naming.worth import Fingerprints, Worth


class Kinship:
    """Quantities that the document's names stand for as others of its names do."""

    def __init__(
        self, definitions: Definitions, worth: Worth, fingerprints: Fingerprints, vocabulary: Vocabulary
    ) -> None:
        self.definitions = definitions
        self.worth = worth
        self.fingerprints = fingerprints
        self.vocabulary = vocabulary
        self.looking = False
        self._families: dict[tuple[str, str], set[str]] | None = None

    def by_numbers(self, printed: Entries) -> Found | None:
        """The derivatives of the cost by the entries of a vector or matrix whose numbers these are."""
        cost = self.worth.truth.derivation.cost
        if cost is None:
            return None
        gradients = (by_each(cost, grid) for grid in self.vocabulary.of_size(sum(map(len, printed.rows))))
        return next((found for found in gradients if self.worth.agrees(printed, found)), None)

    def of(self, name: Name) -> Found | None:
        """What a name is by those like it: δf is ∂C/∂z_f where δi is ∂C/∂z_i and δo is ∂C/∂z_o."""
        if self._families is None:
            self._families, self.looking, before = {}, True, self.looking
            self._families = self._alike()
            self.looking = before
        for head, index in _ends(name):
            for (start, stem), met in self._families.items():
                if start == head and len(met - {index}) > 1 and self.worth.truth.knows(stem + index):
                    return Found.one(stem + index)
        return None

    def _alike(self) -> dict[tuple[str, str], set[str]]:
        """The ends that names have with the same beginning whose quantities end so as well, by both beginnings."""
        families: dict[tuple[str, str], set[str]] = {}
        for one in self.definitions.every():
            values = self.worth.everywhere(one.formula) if one.formula is not None else None
            found = self.fingerprints.of(values) if values is not None else None
            quantity = found[0].scalar if found is not None and found[1] == 1 else None
            for head, index in _ends(one.subject) if quantity is not None else ():
                if quantity is not None and quantity.endswith(f"_{index}"):
                    families.setdefault((head, quantity.removesuffix(index)), set()).add(index)
        return families


def _ends(name: Name) -> Iterator[tuple[str, str]]:
    """(beginning, end) of a name that has no index but that of a time step: of δf_t, δ and f."""
    spelt = key(name.base)
    if not name.superscript and name.subscript in ("", "t"):
        yield from ((spelt[:at], spelt[at:]) for at in range(1, len(spelt)))
