"""What single lines of Markdown are: rules, heads of tables, items, what goes on with an equation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symbackprop.auditing.documents.delimiters import holds_words

MARKER = re.compile(r"[ \t]*(?:[-+*•‣◦▪●○–—]|\d{1,3}[.)]|[a-z]\))(?=[ \t])[ \t]*")
_RELATED = re.compile(r"[=≈:→]|\\(?:approx|simeq|to|gets)\b")
_SIGN = re.compile(r"[ \t]*[-+*–—](?=[ \t])")
_CELL = re.compile(r"[^\s](?:[^\t\n]*[^\s])?")
_NUMBER = re.compile(r"[-−–+]?[\d.,]+")
_RULE = re.compile(r"[-=*_+|: \t]{3,}")


def is_rule(line: str) -> bool:
    """A line of dashes or the like, which parts what stands above it from what stands below it."""
    bare = line.strip()
    return bool(_RULE.fullmatch(bare)) and not ("|" in bare and "-" in bare)


def is_delimiter(bare: str) -> bool:
    """Whether a line stands between the head of a table and its body: |---|:-:|."""
    return "-" in bare and "|" in bare and not bare.strip("|:- \t")


def is_beside(line: str, mark: str) -> bool:
    """Whether a line begins with the mark of an item, and no further in: it is the next item."""
    bare = mark.lstrip()
    return bool(bare) and line.lstrip().startswith(bare) and len(line) - len(line.lstrip()) <= len(mark) - len(bare)


def continues(equation: str, line: str) -> bool:
    """Whether a line that begins with a sign is no item, but goes on with the equation before it.

    It does where a number follows the sign, or no other equation and no words.
    """
    if not _SIGN.match(line) or MARKER.match(equation) or not re.search(r"[=≈]", equation):
        return False
    operand = line.lstrip()[1:].lstrip()
    return operand[:1].isdigit() or operand[:1] in "(." or not (_RELATED.search(operand) or holds_words(operand))


def cells_of(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it; a pipe that is escaped, in code or within a formula parts nothing."""
    first = len(line) - len(line.lstrip())
    first += line.startswith("|", first)
    last = len(line.rstrip())
    if last > first and line[last - 1] == "|" and not line.endswith("\\|", 0, last):
        last -= 1
    cells: list[tuple[int, int]] = []
    start, dollars, final = first, 0, line.rfind("$", first, last)
    for token in re.finditer(r"\\.|`[^`\n]*+`|\$|\|", line[:last]):
        if token.start() < first:
            continue
        if token[0] == "$":
            dollars += 1
        elif token[0] == "|":
            near = line[token.start() - 1 : token.start()].strip() and line[token.end() : token.end() + 1].strip()
            if near and dollars % 2 and token.end() <= final:
                continue
            cells.append((start, token.start()))
            start, dollars = token.end(), 0
    return [*cells, (start, last)]


def tabbed(line: str) -> list[tuple[int, int]]:
    r"""Where cells stand in a line that are parted by tabs, behind the mark of an item; [] where there is but one.

    >>> tabbed("w_1\t0.15"), tabbed("-\tforward"), tabbed("\tz = 1")
    ([(0, 3), (4, 8)], [], [])
    """
    marker = MARKER.match(line)
    found = [(cell.start(), cell.end()) for cell in _CELL.finditer(line, marker.end() if marker else 0)]
    return found if len(found) > 1 else []


def heads_columns(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the cells of a line head those of the line below: words and names above numbers or workings."""
    headed = len(first) == len(second) and not any(_RELATED.search(cell) or _NUMBER.fullmatch(cell) for cell in first)
    return headed and any(map(str.isdigit, "".join(second)))
