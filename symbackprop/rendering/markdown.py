"""A working in GitHub-flavoured Markdown: formulas in $$ blocks, $...$ in sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symbackprop.evaluation.worked import Working
from symbackprop.expressions import names
from symbackprop.rendering.document import FROZEN, Document, Entry, Given, Group, Table, capitalised, compose, prose
from symbackprop.rendering.escaping import markdown_text, spaced
from symbackprop.rendering.mathematics import equation, left, numeral, rows, short_rows
from symbackprop.rendering.typesetting import width

ROOM = 480.0  # points of a formula at 10 points; a page on GitHub takes some 550


def document(working: Working) -> str:
    """The whole working."""
    return "\n\n".join(_blocks(compose(working))) + "\n"


def _blocks(composed: Document) -> Iterator[str]:
    yield f"# {markdown_text(composed.title)}"
    if composed.source:
        yield markdown_text(composed.source)
    yield "## Given"
    if composed.given:
        yield "\n".join(["| | |", "|---|---|", *map(_given, composed.given)])
    yield from map(_prose, composed.remarks)
    for part in composed.parts:
        yield f"## {_prose(part.title)}"
        for group in part.groups:
            yield from _group(group)
    if composed.table.rows:
        yield "## Summary"
        yield _table(composed.table)
    if composed.costs:
        before, after = (_inline(equation(name, value)) for name, value in composed.costs)
        yield f"The cost before the update is {before}, after it {after}."


def _given(given: Given) -> str:
    items = [_inline(equation(name, value)) for name, value in given.items]
    if given.left_out:
        items.insert(-10, f"... ({given.left_out} more) ...")
    return f"| {capitalised(given.title)} | {', '.join(items)} |"


def _group(group: Group) -> Iterator[str]:
    if group.title:
        yield f"**{_prose(group.title)}**"
    for entry in group.entries:
        if entry.reason:
            rule = f"*{capitalised(markdown_text(entry.rule))}.* " if entry.rule else ""
            yield rule + _prose(entry.reason)
        yield _display(entry)


def _display(entry: Entry) -> str:
    indent = width(left(entry.worked))
    lines = [*rows(entry.worked, ROOM, indent, margin=80), *short_rows(entry.worked, ROOM, indent)]
    tag = f"{entry.number}: from {entry.earlier}" if entry.earlier else str(entry.number)
    return "$$\n" + _mathematics(_aligned(lines) + rf" \tag{{{tag}}}") + "\n$$"


def _aligned(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return lines[0].replace(" &", " ", 1)
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _table(table: Table) -> str:
    lines = [table.heads, ["---"] * len(table.heads)]
    lines += [[_inline(names.latex(name)), *map(_number, numbers)] for name, *numbers in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _number(cell: str) -> str:
    return _inline(numeral(cell)) if cell and cell != FROZEN else cell


def _prose(sentence: str) -> str:
    return prose(sentence, lambda name: _inline(names.latex(name)), lambda words: spaced(markdown_text, words))


def _inline(formula: str) -> str:
    return f"${_mathematics(formula)}$"


def _mathematics(formula: str) -> str:
    """LaTeX that GitHub shows: no _ that Markdown takes for emphasis, and macros of MathJax alone."""
    plain = formula.replace(r"\operatorname", r"\mathrm").replace(r"\allowbreak ", "")
    return re.sub(r"(?<=[^\w\s])_(?=\{)", "_ ", plain)
