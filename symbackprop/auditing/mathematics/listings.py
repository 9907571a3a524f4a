"""Listings: of a program its assignments, comments and outputs are read, of any other listing everything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from symbackprop.auditing.documents.source import Block, Kind, Mode, Run
from symbackprop.auditing.mathematics.vocabulary import MODULES

_CODE = re.compile(
    r"^\s*(?:import |from \w+ import|def |class |for .+:|while .+:|if .+:|return\b|print\s*\(|else:|elif |with |>>> |"
    r"In \[|@\w|try:|#include|var |let |const |function |public |double |float |int )"
    r"|\b(?:np|plt|tf|torch|math|self|model|numpy)\.\w|;\s*$|\w\[[^\]]*\]\s*=|\)\s*\{|\w\(\)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#+|//+)\s?|(?:^|(?<=;)|(?<=; ))\s*%\s?")
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|In \[[0-9 ]*\]:|\$ )")
_ASKED = re.compile(r"\s*>>> (?:print\()?[A-Za-z_][\w.]*\)?\s*")
_NOTED = re.compile(r"[=≈~ \t]*[-\[(\d.][-\d.,eE \t\[\]()]*$")
_ASSIGNED = re.compile(
    r"\s*(?:(?:const|let|var|double|float|final)\s+)*((?:self\.|this\.)?[A-Za-zα-ω][\w.\[\]+-]*)\s*(=|\+=|-=)(?!=)\s*(.*)"
)
_PRINTED = re.compile(r"\s*(?:print|console\.log|System\.out\.println)\(")
_SHOWN = re.compile(r"\s*(?:>>>\s*)?(?=print\([A-Za-z]\w*\)\s*$)")  # what a session prints on its next lines
_NUMBERS = re.compile(r"[-\[\]\d.,e+ \t]+$")
_ROUTINE = re.compile(
    r"(\s*)(?:def|function|public|private|protected|static|void|double|float)\b[^=;()]*\(([^()]*)\)[^=;()]*[:{]\s*$"
)
_NAME = re.compile(r"(?<![.\w])(?:self\.|this\.)?([A-Za-zα-ω]\w*)")
_TEXT = re.compile(r"[\"{]|\blambda\b")
_WRITING = MODULES | {"array", "tensor", "Tensor", "e", "zeros", "float"}


def is_program(block: Block) -> bool:
    """Whether a block is the listing of a program."""
    text = "".join(run.text for run in block.runs)
    return block.program or (block.kind is Kind.CODE and _CODE.search(text) is not None)


def reassigned(blocks: Iterable[Block]) -> frozenset[str]:
    """The names to which the programs of a document give several values, other than by updates: w = w - lr * dw."""
    values: dict[str, set[str]] = {}
    for block in blocks:
        if is_program(block):
            for line in "".join(run.text for run in block.runs).splitlines():
                if (found := _ASSIGNED.match(line)) and found[2] == "=":
                    name, value = _bare(found[1]), _COMMENT.split(found[3])[0].strip(" ;")
                    if names_in(value) and not _is_update(name, value):
                        values.setdefault(name, set()).add("".join(value.split()))
    return frozenset(name for name, found in values.items() if len(found) > 1)


def listing(block: Block, left_out: frozenset[str] = frozenset()) -> Block:
    """`block` with what may be mathematics in it; of a program nothing that uses a name which is `left_out`."""
    program = is_program(block)
    runs: list[Run] = []
    for run in block.runs:
        runs.extend(_Program(run, left_out).runs() if program else [replace(run, mode=Mode.PROSE)])
    return replace(block, runs=tuple(runs), cells=())


class _Program:
    """The stretches of a program that may be mathematics."""

    def __init__(self, run: Run, left_out: frozenset[str]) -> None:
        self.run = run
        self.left_out = left_out
        self.session = bool(re.search(r"^\s*>>>", run.text, re.MULTILINE))
        self.stretches: list[tuple[Mode, int, int]] = []
        self.routine: int | None = None  # how far a function is indented that has names of its own
        self.open = False  # whether the last line is a comment that the next may go on with
        self.shown = -1  # where the print begins whose numbers the next line may hold

    def runs(self) -> list[Run]:
        """The assignments as code, comments and a session's outputs as sentences."""
        offset = 0
        for line in self.run.text.splitlines(keepends=True):
            self._line(line, offset)
            offset += len(line)
        text, places = self.run.text, self.run.places
        return [Run(mode, text[a:b], places[a : b + 1]) for mode, a, b in self.stretches]

    def _line(self, line: str, offset: int) -> None:
        if self.shown >= 0 and _NUMBERS.match(line):
            if self.stretches and self.stretches[-1][1] == self.shown:
                self.stretches.pop()
            self.stretches.append((Mode.PROSE, self.shown, offset + len(line)))
            return
        shown = _SHOWN.match(line)
        self.shown = offset + shown.end() if shown else -1
        comment = _COMMENT.search(line)
        if comment and _quoted(line, comment.start()):
            comment = None
        code = line[: comment.start()] if comment else line
        self._scope(code)
        noted = comment is not None and _NOTED.match(line[comment.end() :].strip()) is not None
        end = offset + len(line)
        start = self._assigned(code)
        if start is None and noted and _PRINTED.match(code):
            start = len(code) - len(code.lstrip())
        if start is not None:
            self.stretches.append((Mode.CODE, offset + start, end if noted else offset + len(code.rstrip())))
            comment, self.open = (None if noted else comment), False
        if comment:
            self._comment(offset + comment.end(), end, whole=not code.strip())
        elif self.session and line.strip() and (_ASKED.fullmatch(line) or not _PROMPT.match(line)):
            self.stretches.append((Mode.PROSE, offset, end))
            self.open = False
        else:
            self.open = False

    def _comment(self, start: int, end: int, *, whole: bool) -> None:
        """Comments on successive lines are one stretch."""
        if whole and self.open:
            self.stretches[-1] = (Mode.PROSE, self.stretches[-1][1], end)
        else:
            self.stretches.append((Mode.PROSE, start, end))
        self.open = whole

    def _scope(self, code: str) -> None:
        """Notes where a function begins and ends whose arguments may bear any name."""
        if not code.strip():
            return
        indent = len(code) - len(code.lstrip())
        if self.routine is not None and indent <= self.routine:
            self.routine = None
        if self.routine is None and (found := _ROUTINE.match(code)) and not set(found[2].split(",")) <= {"self", ""}:
            self.routine = indent

    def _assigned(self, code: str) -> int | None:
        """Where an assignment begins that may be mathematics; None where there is none."""
        found = _ASSIGNED.match(code) if self.routine is None else None
        if found is None or not names_in(found[3]) or _TEXT.search(code) or code.count("(") != code.count(")"):
            return None
        return found.start(1) if self.left_out.isdisjoint({_bare(found[1]), *names_in(found[3])}) else None


def names_in(value: str) -> set[str]:
    """The names in a formula that are none of a module or of a way to write numbers down."""
    return set(_NAME.findall(value)) - _WRITING


def _is_update(name: str, value: str) -> bool:
    """Whether a name gets a new value as a parameter does: w - lr * dw."""
    return re.match(rf"(?:self\.|this\.)?{re.escape(name)}\s*[-+]", value) is not None


def _bare(name: str) -> str:
    return name.removeprefix("self.").removeprefix("this.")


def _quoted(line: str, at: int) -> bool:
    return line[:at].count('"') % 2 == 1 or line[:at].count("'") % 2 == 1
