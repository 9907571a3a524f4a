"""What single lines of Markdown are: rules, heads of tables, items, what goes on with an equation."""

from __future__ import annotations

import re

from symbackprop.auditing.documents.delimiters import holds_words

MARKER = re.compile(r"[ \t]*(?:[-+*•‣◦▪●○–—]|\d{1,3}[.)]|[a-z]\))(?=[ \t])[ \t]*")
RELATED = re.compile(r"[=≈:→]|\\(?:approx|simeq|to|gets)\b")
_SIGN = re.compile(r"[ \t]*[-+*–—](?=[ \t])")
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
    return operand[:1].isdigit() or operand[:1] in "(." or not (RELATED.search(operand) or holds_words(operand))
