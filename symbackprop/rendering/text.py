"""A working for a terminal: Unicode, at most 100 columns where formulas can be broken."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from symbackprop.evaluation.worked import Working
from symbackprop.expressions import names
from symbackprop.expressions.printing import ATOM, Piece, render
from symbackprop.expressions.text import TextStyle
from symbackprop.rendering.document import FROZEN, Document, Entry, Given, Group, Table, capitalised, compose, prose
from symbackprop.rendering.escaping import one_line
from symbackprop.rendering.layout import Setting, laid_out
from symbackprop.rendering.links import ELLIPSIS, Link, abridged, links

COLUMNS = 100
LABEL = 15  # columns of what is given
NUMBER = 6  # columns of a step's number
WIDEST = 50  # columns before a sign; what is longer has a line to itself


def document(working: Working) -> str:
    """The whole working."""
    return "\n".join(line.rstrip() for line in _lines(compose(working))) + "\n"


class TerminalStyle(TextStyle):
    """Unicode text with the ellipsis of an abridged sum."""

    def name(self, name: str) -> Piece:
        """The name as it stands in a terminal, or the ellipsis."""
        return Piece("⋯", ATOM) if name == ELLIPSIS else super().name(name)


def _lines(composed: Document) -> Iterator[str]:
    yield from _underlined(one_line(composed.title), "═")
    if composed.source:
        yield from _wrapped(one_line(composed.source))
    yield from _heading("Given")
    for given in composed.given:
        yield from _given(given)
    if composed.given:
        yield ""
    for remark in composed.remarks:
        yield from _wrapped(_prose(remark))
    for part in composed.parts:
        yield from _heading(part.title)
        for index, group in enumerate(part.groups):
            if index:
                yield ""
            yield from _group(group)
    if composed.table.rows:
        yield from _heading("Summary")
        yield from _table(composed.table)
    if composed.costs:
        before, after = (_equation(name, value) for name, value in composed.costs)
        yield ""
        yield from _wrapped(f"The cost before the update is {before}, after it {after}.")


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield from _underlined(_prose(title), "─")
    yield ""


def _underlined(title: str, line: str) -> Iterator[str]:
    lines = _wrapped(title)
    yield from lines
    yield line * max(map(len, lines), default=0)


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _prose(sentence: str) -> str:
    return prose(sentence, names.text, str)


def _equation(name: str, value: str) -> str:
    return f"{names.text(name)} = {_numeral(value)}" if value else names.text(name)


def _numeral(decimal: str) -> str:
    return TerminalStyle(times=" · ", unicode=True).numeral(decimal).text


def _given(given: Given) -> Iterator[str]:
    items = [_equation(name, value) for name, value in given.items]
    if given.left_out:
        items.insert(-10, f"… ({given.left_out} more) …")
    label = capitalised(given.title).ljust(LABEL)
    # A name and its number stay in one line: the blanks between them are no places to break it.
    joined = ", ".join(item.replace(" ", "\0") for item in items)
    for line in _wrapped(joined, label, " " * LABEL):
        yield line.replace("\0", " ")


def _group(group: Group) -> Iterator[str]:
    if group.title:
        yield _prose(group.title)
    for entry in group.entries:
        if entry.reason:
            rule = f"{capitalised(entry.rule)}. " if entry.rule else ""
            yield from _wrapped(rule + _prose(entry.reason), "  " if group.title else "")
        yield from _chain(entry)


def _chain(entry: Entry) -> Iterator[str]:
    worked = entry.worked
    start = names.text(worked.step.node_error or worked.step.name)
    number = f"({entry.number})".rjust(NUMBER) + "  "
    earlier = f"[from {entry.earlier}]" if entry.earlier else ""
    *lines, last = _lines_of(number + start, links(worked), len(earlier) + 2 if earlier else 0)
    yield from lines
    if earlier and len(last) + 2 + len(earlier) > COLUMNS:
        yield last
        last = ""
    yield last.ljust(COLUMNS - len(earlier)) + earlier
    if worked.short:
        yield from _lines_of(" " * len(number) + f"in short: {start}", [Link(form) for form in worked.short])


def _lines_of(start: str, chain: Sequence[Link], margin: int = 0) -> Iterator[str]:
    """What `start` equals, its signs below each other; `start` has a line to itself where it is long."""
    alone = len(start) > WIDEST
    column = NUMBER + 4 if alone else len(start)
    if alone:
        yield start
    for index, line in enumerate(laid_out(chain, _SETTING, COLUMNS - column - 1, margin)):
        before = start if index == 0 and not alone else " " * (column + (_INDENT if line.continued else 0))
        yield f"{before} {line.text}"


def _table(table: Table) -> Iterator[str]:
    rows = [[names.text(name), *map(_number, numbers)] for name, *numbers in table.rows]
    first, *others = zip(*rows, strict=True)
    columns = [first, *map(_pointed, others)]
    columns = [[head, *column] for head, column in zip(table.heads, columns, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    if sum(widths) + 3 * len(widths) > COLUMNS:
        yield from _list(table.heads[1:], rows)
        return
    for name, *numbers in zip(*columns, strict=True):
        yield "   ".join([name.ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(numbers, widths[1:], strict=True))])


def _list(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for name, *numbers in rows:
        labelled = [f"{head} {number}" for head, number in zip(heads, numbers, strict=True) if number]
        yield from _wrapped(f"{name}: {', '.join(labelled)}", "", "  ")


def _number(cell: str) -> str:
    return _numeral(cell) if cell and cell != FROZEN else cell


def _pointed(decimals: Sequence[str]) -> list[str]:
    """Decimals with blanks behind them: set to the right, they have their points below each other."""
    places = [len(decimal.partition(".")[2]) if decimal[-1:].isdigit() else 0 for decimal in decimals]
    return [
        decimal + " " * (max(places) - own) if decimal[-1:].isdigit() else decimal
        for decimal, own in zip(decimals, places, strict=True)
    ]


def _formula(link: Link) -> str:
    return render(abridged(link.tree), TerminalStyle(times=" · ", unicode=True), link.numbers)


def _sign(link: Link) -> str:
    return "=" if link.exact else "≈"


_INDENT = 4
_SETTING = Setting(_sign, _formula, _formula, len, _INDENT)
