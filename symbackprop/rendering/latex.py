r"""A working as a LaTeX article, or as a fragment for \input: plain ASCII for pdflatex with amsmath, amssymb, tikz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbackprop.evaluation.worked import Working
from symbackprop.expressions import names
from symbackprop.rendering.document import (
    FROZEN,
    Document,
    Entry,
    Given,
    Group,
    Table,
    capitalised,
    compose,
    prose,
)
from symbackprop.rendering.drawing.layout import lay_out
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.drawing.tikz import tikzpicture
from symbackprop.rendering.escaping import latex_text, spaced
from symbackprop.rendering.mathematics import equation, left, numeral, rows, short_rows
from symbackprop.rendering.typesetting import width

PAGE = 445.0  # points that a formula may take in the article: the text is 472 wide and formulas begin 18 in
WIDTH = 472.0  # points of its lines
COLUMN = 320.0  # in a fragment: a page of the standard classes has 345
TAG = 5.0  # points of a character of a tag
DISPLAY = 40  # rows of one display; TeX holds a display in memory as a whole
WHOLE = 12  # rows of one step that no page break divides
TABLE = 40  # rows of one table, which no page break divides
TABLE_MARGIN = 60.0  # points between its columns

PREAMBLE = r"""\documentclass[10pt,a4paper,fleqn]{article}
\usepackage{amsmath,amssymb,tikz}
\usepackage[margin=22mm]{geometry}
\setlength{\parskip}{3pt plus 1pt}
\setlength{\mathindent}{18pt}
\clubpenalty=10000 \widowpenalty=10000 \displaywidowpenalty=10000
\AtBeginDocument{%
  \setlength{\abovedisplayskip}{3pt plus 2pt minus 1pt}\setlength{\abovedisplayshortskip}{2pt plus 1pt}%
  \setlength{\belowdisplayskip}{5pt plus 2pt minus 1pt}\setlength{\belowdisplayshortskip}{5pt plus 2pt minus 1pt}}
"""


def document(working: Working) -> str:
    """A complete article."""
    composed = compose(working)
    lines = [
        PREAMBLE + r"\begin{document}",
        rf"\begin{{center}}{{\LARGE {latex_text(composed.title)}\par}}",
        *([rf"\medskip {latex_text(composed.source)}\par"] if composed.source else []),
        rf"\medskip {tikzpicture(painted(lay_out(working)), WIDTH)}\par",
        r"\end{center}",
        *_body(composed, PAGE),
        r"\end{document}",
    ]
    return "\n".join(lines) + "\n"


def fragment(working: Working) -> str:
    r"""The sections alone, for \input; formulas fit a page of the standard classes."""
    note = r"% needs \usepackage{amsmath,amssymb}"
    return "\n".join([note, *_body(compose(working), COLUMN)]) + "\n"


def _body(composed: Document, room: float) -> Iterator[str]:
    # Sentences full of formulas are not stretched to the margin.
    yield r"\begingroup\raggedright"
    if composed.given or composed.remarks:
        yield from _heading("Given")
        for given in composed.given:
            yield _given(given)
        for remark in composed.remarks:
            yield _prose(remark) + r"\par"
    for part in composed.parts:
        yield from _heading(part.title)
        for group in part.groups:
            yield from _group(group, room)
    if composed.table.rows:
        yield from _heading("Summary")
        yield from _table(composed.table, room)
    if composed.costs:
        before, after = (f"${equation(name, value)}$" for name, value in composed.costs)
        yield rf"The cost before the update is {before}, after it {after}.\par"
    yield r"\par\endgroup"


def _heading(title: str) -> tuple[str, str]:
    return "", rf"\section*{{{_prose(title)}}}"


def _prose(sentence: str) -> str:
    return prose(sentence, lambda name: f"${names.latex(name)}$", lambda words: spaced(latex_text, words))


def _given(given: Given) -> str:
    items = [f"${equation(name, value)}$" for name, value in given.items]
    if given.left_out:
        items.insert(-10, rf"$\dots$ ({given.left_out} more) $\dots$")
    label = rf"\makebox[8em][l]{{{capitalised(given.title)}}}"
    return rf"\hangindent=8em\hangafter=1 {label}{', '.join(items)}\par"


def _group(group: Group, room: float) -> Iterator[str]:
    yield r"\par\medskip"
    title = rf"\textbf{{{_prose(group.title)}.}} " if group.title else ""
    waiting: list[Entry] = []
    for entry in group.entries:
        if entry.reason and waiting:
            yield from _displays(waiting, room)
            waiting = []
        if entry.reason:
            rule = rf"\emph{{{capitalised(latex_text(entry.rule))}.}} " if entry.rule else ""
            yield rf"{title}{rule}{_prose(entry.reason)}\nopagebreak"
            title = ""
        waiting.append(entry)
    yield from _displays(waiting, room)


def _displays(entries: Sequence[Entry], room: float) -> Iterator[str]:
    for start in range(0, len(entries), DISPLAY):
        some = entries[start : start + DISPLAY]
        indent = max(width(left(entry.worked)) for entry in some)
        steps = [list(_rows(entry, room, indent)) for entry in some]
        whole = len(steps) == 1 and len(steps[0]) <= WHOLE
        yield ("" if whole else r"{\allowdisplaybreaks") + r"\begin{align*}"
        yield " \\\\\n".join(_joined(rows) for rows in steps)
        yield r"\end{align*}" + ("" if whole else "}%")


def _joined(rows: Sequence[str]) -> str:
    return (" \\\\*\n" if len(rows) <= WHOLE else " \\\\\n").join(rows)


def _rows(entry: Entry, room: float, indent: float) -> Iterator[str]:
    earlier = rf"\footnotesize from {entry.earlier}\quad\normalsize" if entry.earlier else ""
    tag = rf" \tag*{{{earlier}({entry.number})}}"
    *before, last = rows(entry.worked, room, indent, margin=TAG * (len(entry.earlier) + len(str(entry.number)) + 7))
    yield from before
    yield last + tag
    yield from short_rows(entry.worked, room, indent)


def _table(table: Table, room: float) -> Iterator[str]:
    cells = [[names.latex(name), *map(_number, numbers)] for name, *numbers in table.rows]
    if sum(max(map(width, column)) for column in zip(*cells, strict=True)) > room - TABLE_MARGIN:
        for name, *numbers in cells:
            labelled = [f"{head} ${cell}$" for head, cell in zip(table.heads[1:], numbers, strict=True) if cell]
            yield rf"${name}$: {', '.join(labelled)}\par"
        return
    heads = [table.heads[0], *(rf"\multicolumn{{2}}{{c}}{{{head}}}" for head in table.heads[1:])]
    for start in range(0, len(cells), TABLE):
        yield rf"\begin{{center}}\begin{{tabular}}{{l{'r@{}l' * (len(heads) - 1)}}} \hline"
        yield " & ".join(heads) + r" \\ \hline \rule{0pt}{2.6ex}%"
        for name, *numbers in cells[start : start + TABLE]:
            yield f"${name}$ & " + " & ".join(map(_aligned, numbers)) + r" \\"
        yield r"\hline \end{tabular}\end{center}"


def _number(cell: str) -> str:
    return rf"\text{{{cell}}}" if cell == FROZEN else numeral(cell) if cell else ""


def _aligned(cell: str) -> str:
    """A decimal in two columns that meet at its point; words stand across both."""
    if cell.startswith(r"\text"):
        return rf"\multicolumn{{2}}{{r}}{{${cell}$}}"
    whole, point, rest = cell.partition(".")
    return f"${whole}$ & ${point}{rest}$" if point else f"${cell}$ &" if cell else "&"
