"""A section of a network file, read by key: each entry is of its kind, and a fault leads to its entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from symbackprop.errors import did_you_mean
from symbackprop.expressions.numerals import digits_of
from symbackprop.network.entries import Keys
from symbackprop.network.graph import quoted
from symbackprop.network.problem import ProblemError
from symbackprop.network.toml import Numeral

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of a section, or of a list by number, and the way to them.

    What is read from it is of the kind that is asked for; else `ProblemError` says what it is and what is expected.
    """

    entries: Mapping[Any, Any]
    path: Keys = ()

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def fault(self, key: str | int, message: str, hint: str = "") -> ProblemError:
        """The error that the name `key` is at fault."""
        return ProblemError(message, hint=hint, path=(*self.path, key))

    def fault_of_value(self, key: str | int, message: str, hint: str = "") -> ProblemError:
        """The error that what stands under `key` is at fault."""
        return ProblemError(message, hint=hint, path=(*self.path, key), position=0)

    def require_keys(self, accepted: Collection[str]) -> None:
        """Raises for the first key that is none of `accepted`."""
        for key in self:
            if key not in accepted:
                kind = "key" if self.path else "section"
                raise self.fault(key, f"unknown {kind} {quoted(key)}", did_you_mean(key, accepted))

    def section(self, key: str | int) -> Section:
        """A section; an empty one where there is none."""
        return Section(self._typed(key, self.entries.get(key, {}), dict, "a section"), (*self.path, key))

    def members(self, key: str) -> Section:
        """A list; an empty one where there is none."""
        members = self._typed(key, self.entries.get(key, []), list, "a list, in [ ],")
        return Section(dict(enumerate(members)), (*self.path, key))

    def text(self, key: str | int) -> str:
        """Text, in quotes."""
        return self._typed(key, self.entries[key], str, "text, in quotes,")

    def choice(self, key: str, accepted: Collection[str]) -> str:
        """One of the `accepted` texts."""
        text = self.text(key)
        if text not in accepted:
            raise self.fault_of_value(key, f"unknown {key} {quoted(text)}", did_you_mean(text, accepted))
        return text

    def whole(self, key: str) -> int:
        """A whole number."""
        return self._typed(key, self.entries[key], int, "a whole number")

    def number(self, key: str) -> str:
        """A number as it is written, but for underscores between its digits."""
        value = self.entries[key]
        if isinstance(value, Numeral):
            return value.replace("_", "")
        whole = self._typed(key, value, int, "a number, without quotes,")
        return ("-" if whole < 0 else "") + digits_of(whole)

    def printed(self, key: str) -> str:
        """A printed number; in quotes it may be written as TOML does not allow: ".5"."""
        value = self.entries[key]
        return value if isinstance(value, str) and not isinstance(value, Numeral) else self.number(key)

    def _typed(self, key: str | int, value: object, kind: type[Kind], expected: str) -> Kind:
        if isinstance(value, kind) and not isinstance(value, bool | Numeral):
            return value
        name = quoted(key) if isinstance(key, str) else f"number {key + 1} of {self.path[-1]}"
        raise self.fault_of_value(key, f"{name} is {_kind(value)}", f"{expected} is expected")


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case Numeral():
            return "a decimal number"
        case int():
            return "a whole number"
        case "":
            return "blank"
        case str():
            return "text"
        case list():
            return "a list"
        case dict():
            return "a section"
        case _:
            return "a date or a time"
