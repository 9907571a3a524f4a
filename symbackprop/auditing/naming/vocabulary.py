"""The names of a network by their spelling: single quantities, and vectors and matrices of those that share a stem."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from symbackprop.auditing.naming.spelling import key

_INDEX = re.compile(r"(.*?)(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """Names of the network, row by row; `flat` for a vector, of which a name does not say which way it lies.

    `fused` says that the number is one with letters before it: of out_h1 and out_h2 the vector is out_h, which may as
    well be out of any h.
    """

    rows: tuple[tuple[str, ...], ...]
    flat: bool = False
    fused: bool = False

    @classmethod
    def one(cls, name: str) -> Found:
        """A single quantity."""
        return cls(((name,),))

    @classmethod
    def list(cls, names: Iterable[str], *, fused: bool = False) -> Found:
        """A vector; of one name, the quantity."""
        row = tuple(names)
        return cls((row,), len(row) > 1, fused)

    @property
    def scalar(self) -> str | None:
        """The one name, where it is one."""
        return self.rows[0][0] if len(self.rows) == len(self.rows[0]) == 1 else None

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return len(self.rows), len(self.rows[0])

    @property
    def names(self) -> tuple[str, ...]:
        """All names, row by row."""
        return tuple(name for row in self.rows for name in row)


class Vocabulary:
    """Names by their keys: exactly, without regard to case where that is unique, and as vectors by their stems."""

    def __init__(self, names: Iterable[str], turned: frozenset[str] = frozenset()) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._known = frozenset(self.names)
        self._single: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            self._single[key(name)].append(name)
        self._grids = {stem: _laid(found, turned) for stem, found in _grids(self.names).items()}
        self._folded = _folded(self._single)
        self._folded_grids = _folded(self._grids)

    def spelt(self, spelling: str) -> Found | None:
        """What is spelt exactly so, up to marks."""
        if spelling in self._known:
            return Found.one(spelling)
        single = self._single.get(key(spelling), ())
        return Found.one(single[0]) if len(single) == 1 else self._grids.get(key(spelling))

    def lines(self, spelling: str) -> tuple[dict[str, Found], ...]:
        """The rows and the columns of the matrix of which `spelling` is one, by their keys: u_1 to u_3 of u_11 to u_32.

        Each way in which it is one: as a row, or as a column.
        """
        match = _INDEX.fullmatch(key(spelling))
        matrix = self._grids.get(match[1]) if match is not None else None
        if match is None or matrix is None or min(matrix.shape) < 2:
            return ()
        ways = (matrix.rows, tuple(zip(*matrix.rows, strict=True)))
        found = ({f"{match[1]}{place}": Found.list(row) for place, row in enumerate(rows, 1)} for rows in ways)
        return tuple(one for one in found if key(spelling) in one)

    def of_size(self, count: int) -> Iterator[Found]:
        """The vectors and matrices that hold so many quantities."""
        return (grid for grid in self._grids.values() if len(grid.names) == count > 1)

    def alike(self, found: Found) -> dict[str, Found]:
        """The other vectors or matrices of the same shape, by their stems."""
        return {
            stem: grid for stem, grid in self._grids.items() if grid.shape == found.shape and grid.rows != found.rows
        }

    def folded(self, spelling: str) -> Found | None:
        """What is spelt so up to case, where only one thing is."""
        spelt = key(spelling).casefold()
        for table, entries in ((self._folded, self._single), (self._folded_grids, self._grids)):
            found = table.get(spelt, ())
            if len(found) == 1:
                entry = entries[found[0]]
                if isinstance(entry, Found):
                    return entry
                return Found.one(entry[0]) if len(entry) == 1 else None
        return None


def _folded(table: Mapping[str, object]) -> dict[str, list[str]]:
    folded: dict[str, list[str]] = defaultdict(list)
    for spelt in table:
        folded[spelt.casefold()].append(spelt)
    return folded


def _grids(names: Iterable[str]) -> dict[str, Found]:
    """Vectors and matrices by the key of their stem: W1_11 to W1_22 is W1, Z_1_in to Z_3_in is Zin."""
    names = tuple(names)
    ends = frozenset(name.rpartition("_")[2] for name in names)
    families: dict[str, dict[tuple[int, ...], str]] = defaultdict(dict)
    matrices: dict[str, dict[tuple[int, ...], str]] = defaultdict(dict)
    for name in names:
        for stem, index in _stems(name):
            (families if len(index) == 1 else matrices)[stem].setdefault(index, name)
            if len(index) == 1 and 10 <= index[0] < 100:
                matrices[stem].setdefault(divmod(index[0], 10), name)
    grids = {}
    for stem in dict.fromkeys([*families, *matrices]):
        vector, matrix = families.get(stem, {}), matrices.get(stem, {})
        whole = _rectangle(matrix)
        if whole is not None and len(matrix) >= len(vector):
            grids[stem] = whole
        elif vector:
            fused = all(_is_fused(name, ends) for name in vector.values())
            grids[stem] = Found.list((vector[index] for index in sorted(vector)), fused=fused)
    return grids


def _is_fused(name: str, ends: AbstractSet[str]) -> bool:
    """Whether the number of a name has letters before it, which are by themselves the index of no other name."""
    _, mark, index = name.rpartition("_")
    return bool(mark) and not index.isdigit() and index.rstrip("0123456789") not in ends


def _laid(found: Found, turned: frozenset[str]) -> Found:
    """A matrix of names that lie the other way in a document is its transpose there."""
    if len(found.rows) > 1 and turned.issuperset(found.names):
        return Found(tuple(zip(*found.rows, strict=True)))
    return found


def _stems(name: str) -> list[tuple[str, tuple[int, ...]]]:
    """The stems that a name may be read to have, each with the index that is left: h_2_1 is h2 at 1, and h at 2, 1."""
    tokens = [token for token in name.split("_") if token]
    numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
    stems: list[tuple[str, tuple[int, ...]]] = []
    if len(numbers) == 2 and numbers[1] == numbers[0] + 1 == len(tokens) - 1:
        stems.append((key("".join(tokens[: numbers[0]])), (int(tokens[-2]), int(tokens[-1]))))
    if numbers and numbers[-1] != len(tokens) - 1 and len(numbers) == 1:
        rest = [token for place, token in enumerate(tokens) if place != numbers[0]]
        return [(key("".join(rest)), (int(tokens[numbers[0]]),))]
    match = _INDEX.fullmatch(name)
    if match is not None and match[1].strip("_") and len(match[2]) <= 4:
        stems.append((key(match[1]), (int(match[2]),)))
    return stems


def _rectangle(matrix: Mapping[tuple[int, ...], str]) -> Found | None:
    """The names as a matrix, where no place of it is empty."""
    rows = sorted({row for row, _ in matrix})
    columns = sorted({column for _, column in matrix})
    if len(rows) * len(columns) != len(matrix) or len(matrix) < 2:
        return None
    return Found(tuple(tuple(matrix[row, column] for column in columns) for row in rows))
