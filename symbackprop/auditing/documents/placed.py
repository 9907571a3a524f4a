"""Placed: a text every character of which knows where in the source it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symbackprop.auditing.documents.source import Mode, Run, Source


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with the offset in the source of each of its characters and, last, of its end."""

    text: str
    places: Sequence[int]

    def cut(self, start: int, end: int) -> Placed:
        """text[start:end], with its places; nothing where it ends before it starts."""
        end = max(start, end)
        return Placed(self.text[start:end], self.places[start : end + 1])

    def stripped(self) -> Placed:
        """Without the white space around it.

        >>> whole(Source("a.md", "  x  ")).stripped()
        Placed(text='x', places=range(2, 4))
        """
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, len(self.text.rstrip()))

    def run(self, mode: Mode) -> Run:
        """The run of these characters."""
        places = tuple(self.places[: len(self.text)])
        return Run(mode, self.text, (*places, places[-1] + 1 if places else self.places[0]))


def whole(source: Source) -> Placed:
    """All of a source."""
    return Placed(source.text, range(len(source.text) + 1))


def written(text: str, place: int) -> Placed:
    r"""A text that stands for what is written at one place, as "−" for "&minus;".

    >>> written("−", 4)
    Placed(text='−', places=[4, 5])
    """
    return Placed(text, [place] * len(text) + [place + 1])


def joined(parts: Iterable[Placed], place: int) -> Placed:
    """One text of several, in order; `place` is where it stands if it is empty."""
    kept = [part for part in parts if part.text]
    if len(kept) == 1:
        return kept[0]
    places: list[int] = []
    for part in kept:
        places.extend(part.places[: len(part.text)])
    places.append(places[-1] + 1 if places else place)
    return Placed("".join(part.text for part in kept), places)


def trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a block without the white space before the first and after the last."""
    if runs and runs[0].mode is Mode.PROSE:
        runs = (_cut(runs[0], len(runs[0].text) - len(runs[0].text.lstrip()), len(runs[0].text)), *runs[1:])
    if runs and runs[-1].mode is Mode.PROSE:
        runs = (*runs[:-1], _cut(runs[-1], 0, len(runs[-1].text.rstrip())))
    return runs


def _cut(run: Run, start: int, end: int) -> Run:
    return run if (start, end) == (0, len(run.text)) else Placed(run.text, run.places).cut(start, end).run(run.mode)
