"""Listings: of a program only comments and what it printed are read, of any other listing everything."""

from __future__ import annotations

import re
from dataclasses import replace

from symbackprop.auditing.documents.source import Block, Mode, Run

_CODE = re.compile(
    r"^\s*(?:import |from \w+ import|def |class |for .+:|while .+:|if .+:|return\b|print\s*\(|else:|elif |with |>>> |"
    r"In \[|@\w|try:|#include|var |let |const |function |public |double |float |int )"
    r"|\b(?:np|plt|tf|torch|math|self|model|numpy)\.\w|;\s*$|\w\[[^\]]*\]\s*=|\)\s*\{|\w\(\)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#+|//+|%)\s?")
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|In \[[0-9 ]*\]:|\$ )")


def listing(block: Block) -> Block:
    """`block` with those stretches of its runs that are not the code of a program."""
    text = "".join(run.text for run in block.runs)
    code = bool(_CODE.search(text))
    runs: list[Run] = []
    for run in block.runs:
        runs.extend(_comments(run) if code else [replace(run, mode=Mode.PROSE)])
    return replace(block, runs=tuple(runs), cells=())


def _comments(run: Run) -> list[Run]:
    """The comments of a program, those on successive lines as one run; a session's outputs too."""
    stretches: list[tuple[int, int]] = []
    session = bool(re.search(r"^\s*>>>", run.text, re.MULTILINE))
    offset, open_ = 0, False
    for line in run.text.splitlines(keepends=True):
        found = _COMMENT.search(line)
        if found and not _quoted(line, found.start()):
            whole = not line[: found.start()].strip()
            if whole and open_:
                stretches[-1] = (stretches[-1][0], offset + len(line))
            else:
                stretches.append((offset + found.end(), offset + len(line)))
            open_ = whole
        elif session and not _PROMPT.match(line) and line.strip():
            stretches.append((offset, offset + len(line)))
            open_ = False
        else:
            open_ = False
        offset += len(line)
    return [Run(Mode.PROSE, run.text[a:b], run.places[a : b + 1]) for a, b in stretches]


def _quoted(line: str, at: int) -> bool:
    return line[:at].count('"') % 2 == 1 or line[:at].count("'") % 2 == 1
