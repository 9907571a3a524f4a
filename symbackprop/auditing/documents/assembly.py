"""Assembly: runs gathered to blocks by a reader that meets the marks of a document one after another."""

from __future__ import annotations

from collections.abc import Callable

from symbackprop.auditing.documents.placed import Placed, joined, trimmed
from symbackprop.auditing.documents.source import Block, Kind, Mode, Run


class Assembly:
    """The blocks so far, and the block that is being written; `runs` makes runs of a stretch of prose.

    In a row, `add` adds to the cell that `cell` began.
    """

    def __init__(self, runs: Callable[[Placed], tuple[Run, ...]]) -> None:
        self.runs = runs
        self.blocks: list[Block] = []
        self.kind = Kind.PARAGRAPH
        self.parts: list[Placed | Run] = []
        self.in_row = False
        self._row: list[tuple[Run, ...]] = []
        self._texts: list[tuple[str, ...]] = []  # of the cells of the rows of this table
        self.heads: tuple[str, ...] = ()

    def add(self, part: Placed | Run) -> None:
        """More of the block that is being written."""
        self.parts.append(part)

    def last_run(self) -> Run | None:
        """The run that was added last, if nothing but white space came after it."""
        for part in reversed(self.parts[-4:]):
            if isinstance(part, Run):
                return part
            if part.text.strip():
                return None
        return None

    def take_run(self) -> Run | None:
        """The same, taken away again, to be put together with what follows."""
        run = self.last_run()
        while run is not None and self.parts.pop() is not run:
            pass
        return run

    def end(self, following: Kind = Kind.PARAGRAPH) -> None:
        """The block ends here; what comes is of kind `following`."""
        content = self._taken()
        if content:
            shown = all(run.mode is Mode.DISPLAY for run in content)
            kind = Kind.DISPLAY if shown and self.kind is Kind.PARAGRAPH else self.kind
            self.blocks.append(Block(kind, content))
        self.kind = following

    def cell(self) -> None:
        """A cell begins, in this row or in a new one."""
        if self.in_row:
            self._row.append(self._taken())
        else:
            self.end()
            self.in_row = True

    def end_row(self, *, heads: bool = False) -> None:
        """The row ends, if there is one; `heads`: its cells are what the columns are headed."""
        if not self.in_row:
            return
        row = [*self._row, self._taken()]
        runs = tuple(run for cell in row for run in cell)
        cells = tuple(index for index, cell in enumerate(row) for _ in cell)
        texts = tuple("".join(run.text for run in cell).strip() for cell in row)
        self._row, self.in_row = [], False
        if runs:
            self.blocks.append(Block(Kind.ROW, runs, cells, () if heads else self.heads))
            self._texts.append(texts)
        if heads:
            self.heads = texts

    def head_row(self) -> None:
        """The only row of the table so far holds what its columns are headed, unless another has begun."""
        begun = self._row or any(isinstance(part, Run) or part.text.strip() for part in self.parts)
        if len(self._texts) == 1 and not begun:
            self.heads = self._texts[0]

    def end_table(self) -> None:
        """The table ends."""
        self.end_row()
        self.heads, self._texts = (), []

    def _taken(self) -> tuple[Run, ...]:
        runs: list[Run] = []
        prose: list[Placed] = []
        for part in self.parts:
            if isinstance(part, Placed):
                prose.append(part)
                continue
            runs += self._prose(prose)
            runs.append(part)
        runs += self._prose(prose)
        self.parts = []
        return trimmed(tuple(runs))

    def _prose(self, prose: list[Placed]) -> tuple[Run, ...]:
        text = joined(prose, 0)
        prose.clear()
        return self.runs(text) if text.text.strip() else ()
