"""What can be wrong with what the user gave: one kind of error, always with a place and what would be accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

WINDOW = 100  # characters of an offending line that a message shows


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands: file, line and column count from 1; 0 where it is not known."""

    file: str = ""
    line: int = 0
    column: int = 0
    text: str = ""

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file or "<input>", *numbers])

    def excerpt(self) -> tuple[str, int]:
        """The line as a message shows it, at most `WINDOW` characters around the fault, and the fault's offset in it.

        >>> Place(column=3, text="2 x").excerpt()
        ('2 x', 2)
        """
        offset = max(self.column - 1, 0)
        first = max(0, offset - WINDOW // 2)
        shown = "".join(c if c.isprintable() else "?" for c in self.text[first : first + WINDOW])
        before, after = "…" if first else "", "…" if first + WINDOW < len(self.text) else ""
        return before + shown + after, offset - first + len(before)


class SymbackpropError(Exception):
    """Something that was given cannot be used; the message names it, its place and what is accepted.

    >>> print(SymbackpropError("unknown name 'ot_h1'", hint="did you mean 'out_h1'?"))
    error: unknown name 'ot_h1'
      hint: did you mean 'out_h1'?
    """

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def at(self, place: Place) -> Self:
        """The same error, of the same kind, at `place`."""
        located = type(self).__new__(type(self), *self.args)
        located.__dict__.update(self.__dict__, place=place)
        return located

    def __str__(self) -> str:
        lines = [f"{self.place}: error: {self.message}" if self.place else f"error: {self.message}"]
        if self.place and self.place.text:
            line, offset = self.place.excerpt()
            lines.append(f"  | {line}")
            if self.place.column:
                lines.append("  | " + " " * offset + "^")
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class ExpressionError(SymbackpropError):
    """An expression cannot be read; `position` is the offset of the fault in its text."""

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None, position: int = 0) -> None:
        super().__init__(message, hint=hint, place=place)
        self.position = position


class NetworkError(SymbackpropError):
    """A network is incomplete or contradicts itself."""


class LimitError(SymbackpropError):
    """What is asked for is larger than the limit that is named."""


class EvaluationError(SymbackpropError):
    """A quantity has no finite value, or its value cannot be enclosed."""


def place_in(text: str, position: int, *, file: str = "", line: int = 0) -> Place:
    """The place of offset `position` in the one-line `text`.

    >>> place_in("w_1*i_1 + w_2", 10)
    Place(file='', line=0, column=11, text='w_1*i_1 + w_2')
    """
    return Place(file, line, position + 1, text)


def did_you_mean(given: str, accepted: Iterable[str]) -> str:
    """A hint with the nearest accepted names, or with the first few of them where none is near.

    >>> did_you_mean("sigmod", ["sigmoid", "tanh"])
    "did you mean 'sigmoid'?"
    """
    names = sorted(accepted)
    near = get_close_matches(given[:WINDOW], names[:5000], n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(repr(name) for name in near) + "?"
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"accepted: {shown}" if names else ""
