"""Entries of vectors and matrices by their indices: w_2, W[0][1], W_{1,2}, counted from 1 or 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.grids import entry_names
from symbackprop.auditing.inference.spelling import key
from symbackprop.auditing.mathematics.tree import Name

Index = tuple[int, ...]
_INDEX = re.compile(r"\d{1,4}(?:[,_ ]\d{1,4})?", re.ASCII)
_FUSED = re.compile(r"(\w*[^\W_](?=_)|\w*[^\W\d_])_?(\d{1,4})", re.ASCII)


def indexed(name: Name) -> Iterator[tuple[str, Index]]:
    """(key of the vector or matrix, index) for each way to read a name as that of an entry: W_12 at 12, or at 1, 2.

    >>> from symbackprop.auditing.documents.source import Span
    >>> list(indexed(Name("W", Span(0, 4), "12"))), list(indexed(Name("x2", Span(0, 2))))
    ([('W', (12,)), ('W', (1, 2))], [('x', (2,))])
    """
    if _INDEX.fullmatch(name.subscript):
        stem, digits = key(replace(name, subscript="")), name.subscript
    elif not name.subscript and not name.superscript and (fused := _FUSED.fullmatch(name.base)):
        stem, digits = key(replace(name, base=fused[1])), fused[2]
    else:
        return
    yield stem, tuple(map(int, re.split("[,_ ]", digits)))
    if digits.isdigit() and len(digits) == 2:
        yield stem, (int(digits[0]), int(digits[1]))


class Indices:
    """How the indices of a document count."""

    def __init__(self, evidence: Evidence) -> None:
        self.spelt = evidence.name
        self.met: dict[str, set[Index]] = {}
        self.apart: dict[str, set[Index]] = {}  # of names that have a value or a formula of their own
        for held, name in evidence.spellings.items():
            own = held in evidence.stated or held in evidence.formulas or held in evidence.numeric
            for stem, index in indexed(name):
                (self.apart if own else self.met).setdefault(stem, set()).add(index)

    def names(self, held: str, shape: tuple[int, int]) -> tuple[tuple[str, ...], ...]:
        """What the entries of a vector or matrix are called, by its key."""
        return entry_names(self.spelt(held), shape, self._first(held, shape))

    def place(self, held: str, shape: tuple[int, int], index: Index) -> tuple[int, int] | None:
        """The row and the column, counted from 0, at which a vector or matrix has the entry of an index."""
        first = self._first(held, shape)
        place = tuple(number - first for number in index)
        if len(place) == 1 and 1 in shape:
            place = (0, *place) if shape[0] == 1 else (*place, 0)
        row, column = place if len(place) == 2 else (-1, -1)
        return (row, column) if 0 <= row < shape[0] and 0 <= column < shape[1] else None

    def _first(self, held: str, shape: tuple[int, int]) -> int:
        """0 where some index is 0 and none is one too large then, else 1; w_0 beside a vector w may be a bias."""
        sizes = shape if 1 not in shape else (max(shape),)
        met = [index for index in self.met.get(held, ()) if len(index) == len(sizes)]
        zero = any(0 in index for index in met) and not any(0 in index for index in self.apart.get(held, ()))
        fits = all(number < size for index in met for number, size in zip(index, sizes, strict=True))
        return 0 if zero and fits else 1
