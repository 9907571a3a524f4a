"""Whether two things that stand side by side are a product: in mathematics they are, in a sentence mostly not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.cursor import TEX, Cursor, Failure
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Product, Quotient, Sum
from symbackprop.auditing.mathematics.vocabulary import ARTICLES, FUNCTIONS

if TYPE_CHECKING:
    from symbackprop.auditing.mathematics.parser import Parser


def adjacent(parser: Parser, end: int, left: Node, depth: int) -> bool:
    """Whether what begins at `end` multiplies `left`, which ends there."""
    token, before = parser.tokens[end], parser.tokens[end - 1]
    if token.run != before.run or not parser.starts(end):
        return False
    tex = token.mode in TEX
    match token.sort:
        case Sort.NUMBER:
            closed = before.sort is Sort.MARK and before.text in (")", "}", "]")
            return closed and (tex or not token.gap) and not isinstance(left, Number | Name)
        case Sort.BEGIN | Sort.COMMAND:
            return tex or not (token.line and parser.sort(end, Sort.COMMAND))
        case Sort.NAME | Sort.TEXT:
            if tex:
                return True
            if token.mode is Mode.CODE:
                return not token.line
            return _in_prose(parser, before, end, left)
        case _:
            if token.text in ("(", "[", "{"):
                return _bracket(parser, end, left, depth)
            return tex and token.text in ("∂", "√", "|", "‖")
    return False


def _in_prose(parser: Parser, before: Token, end: int, left: Node) -> bool:
    token = parser.tokens[end]
    if token.text in FUNCTIONS and parser.mark(end + 1, "(") and not parser.tokens[end + 1].gap and not token.line:
        return not isinstance(left, Name) or symbolic_name(left)
    if token.gap:
        return symbolic(parser, end) and isinstance(left, Name) and symbolic_name(left) and not token.line
    if isinstance(left, Number):
        return symbolic(parser, end) or (len(token.text) <= 3 and token.text[-1].isdigit())
    return before.sort is Sort.NAME and before.text[0] >= "α"


def symbolic(cursor: Cursor, index: int) -> bool:
    """Whether the name at `index` looks like a symbol, not like a word of the sentence."""
    token, after = cursor.tokens[index], cursor.tokens[index + 1]
    if token.sort is not Sort.NAME:
        return False
    if after.sort is Sort.MARK and after.text in ("_", "^") and not after.gap:
        return True
    if len(token.text) == 1:
        return token.text not in ARTICLES
    return not token.text.isalpha() or not token.text.isascii()


def symbolic_name(name: Name) -> bool:
    """The same of a name that was read."""
    if name.subscript or name.superscript or name.accent or not name.base.isascii():
        return True
    return (len(name.base) == 1 and name.base not in ARTICLES) or not name.base.isalpha()


def _bracket(parser: Parser, end: int, left: Node, depth: int) -> bool:
    """A bracket after something: a factor, unless it is a remark of the sentence."""
    token = parser.tokens[end]
    if token.line and token.mode not in TEX:
        return False
    if token.mode in TEX or not token.gap:
        return not (token.text == "[" and token.mode is Mode.PROSE and isinstance(left, Name))
    if token.text != "(":
        return token.mode is Mode.CODE
    try:
        inside, _ = parser.operand(end, depth)
    except Failure:
        return False
    calculated = isinstance(inside, Sum | Product | Quotient | Negative)
    if isinstance(left, Name):
        return calculated and (symbolic_name(left) or token.mode is Mode.CODE)
    if isinstance(left, Number):
        return calculated or token.mode is Mode.CODE
    return calculated or isinstance(inside, Number)
