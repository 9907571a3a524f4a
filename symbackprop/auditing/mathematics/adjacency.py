"""Whether two things that stand side by side are a product: in mathematics they are, in a sentence mostly not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.cursor import TEX, Cursor, Failure
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import (
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Product,
    Quotient,
    Sum,
    Transpose,
    walk,
)
from symbackprop.auditing.mathematics.vocabulary import ARTICLES, FUNCTIONS, INDEXED, LETTERED, SPELT_OUT, UNBRACKETED

if TYPE_CHECKING:
    from symbackprop.auditing.mathematics.parser import Parser

HALF = Fraction(1, 2)
EQUATION = 200  # tokens before a name in which the same one may have begun an equation

_NUMBERS = 16  # tokens of a bracket of numbers


def adjacent(parser: Parser, end: int, left: Node, depth: int) -> bool:
    """Whether what begins at `end` multiplies `left`, which ends there."""
    token, before = parser.tokens[end], parser.tokens[end - 1]
    if not parser.starts(end):
        return False
    if token.run != before.run:
        word = len(token.text) == 1 and token.text.isascii() and not parser.mark(end + 1, "_")  # $d - o$ o erro
        within = Mode.DISPLAY not in (token.mode, before.mode)
        return within and (isinstance(left, Number) or not word) and scales(parser, end, left)
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
            if isinstance(left, Partial):
                return _chained(parser, end, left, depth)
            return _in_prose(parser, before, end, left)
        case _:
            if token.text in ("(", "[", "{"):
                return _bracket(parser, end, left, depth)
            if token.text == "∂" and not tex:
                return _chained(parser, end, left, depth) if isinstance(left, Partial) else scales(parser, end, left)
            return tex and token.text in ("∂", "√", "|", "‖")
    return False


def scales(cursor: Cursor, end: int, left: Node) -> bool:
    """Whether what begins at `end` of a sentence is taken times a rate: w - 0.5 ∂E/∂w, w - 0.5 dE/dw, b - 0.5 δ."""
    token, sign = cursor.tokens[end], cursor.tokens[end - 2]
    if cursor.begins_line(end) or not (token.text == "∂" or symbolic(cursor, end) or _is_quotient(cursor, end)):
        return False
    if not (isinstance(left, Number) or _is_symbol(left)):
        return False
    before = cursor.tokens[end - 3]
    indexed = cursor.mark(end - 4, "_", "{") or before.text in ("}", ")")
    return cursor.mark(end - 2, "-", "–") and sign.gap and (before.sort is Sort.NAME or indexed)


def halves(cursor: Cursor, end: int, left: Node) -> bool:
    """Whether half a square begins at `end` of a sentence behind its half: E = 1/2 e^2, E = 0.5 e^2, E = ½ (t - y)²."""
    if isinstance(left, Quotient):
        fraction = isinstance(left.numerator, Number) and isinstance(left.denominator, Number)
    else:
        fraction = isinstance(left, Number) and left.value == HALF
    if not fraction or cursor.tokens[end].line or not symbolic(cursor, end):
        return False
    at = end + 1
    if cursor.mark(at, "_"):
        at = cursor.partners.get(at + 1, at + 1) + 1
    return cursor.mark(at, "^", "**")


def _chained(parser: Parser, end: int, left: Partial, depth: int) -> bool:
    """Whether a factor begins at `end` of a sentence behind a derivative: dC/dy dy/dz, dC/dz x."""
    token = parser.tokens[end]
    if not token.gap or token.line:
        return False
    try:
        quotient = parser.differential_quotient(end, parser.deeper(depth, end))
    except Failure:
        return False
    if quotient is None:
        return symbolic(parser, end) and goes_on(parser, end) and not _begins_again(parser, end)
    by, of = left.by, quotient[0].of if isinstance(quotient[0], Partial) else None
    return isinstance(by, Name) and isinstance(of, Name) and by.text == of.text


def _is_symbol(node: Node) -> bool:
    return isinstance(node, Name) and symbolic_name(node)


def _in_prose(parser: Parser, before: Token, end: int, left: Node) -> bool:
    token = parser.tokens[end]
    if isinstance(left, Transpose):
        return symbolic(parser, end) and not token.line
    left = left.operand if isinstance(left, Negative) else left
    if token.text in FUNCTIONS and parser.mark(end + 1, "(") and not parser.tokens[end + 1].gap and not token.line:
        return not isinstance(left, Name) or symbolic_name(left)
    if token.gap and isinstance(left, Number) and scales(parser, end, left):
        return True
    if halves(parser, end, left):
        return True
    if token.gap and isinstance(left, Name):
        named = symbolic(parser, end) or token.text in parser.subjects
        named = named or (INDEXED.fullmatch(left.base) and LETTERED.fullmatch(token.text)) is not None
        follows = named and not _begins_again(parser, end)
        return symbolic_name(left) and not token.line and (follows or applied_to_name(parser, end))
    if token.gap:
        closed = before.text in (")", "]", "}") and not isinstance(left, Number)
        named = symbolic(parser, end) and goes_on(parser, end)
        return closed and not token.line and (named or applied_to_name(parser, end))
    if before.sort is Sort.MARK and before.text in (")", "]", "}", "'"):
        return symbolic(parser, end) and (before.text != "'" or token.text != "s")
    if isinstance(left, Number):
        return symbolic(parser, end) or (len(token.text) <= 3 and token.text[-1].isdigit())
    return before.sort is Sort.NAME and (before.text[0] >= "α" or before.text.isdigit())


def goes_on(cursor: Cursor, index: int) -> bool:
    """Whether a formula goes on or ends after the name at `index`, and no sentence does."""
    at = _past_indices(cursor, index + 1)
    if cursor.mark(at, "'") and cursor.mark(at + 1, "(") and not cursor.tokens[at].gap:
        return True  # f'(z)
    if _is_quotient(cursor, index):
        at = _past_indices(cursor, at + 2)
    token = cursor.tokens[at]
    if token.sort is Sort.SIGN:
        return not _repeated(cursor, index, at)
    if token.sort is Sort.BREAK or token.line:
        return True
    if token.sort is Sort.NAME:
        return symbolic(cursor, at)
    return token.sort is Sort.MARK and token.text not in ("'", '"')


def _is_quotient(cursor: Cursor, index: int) -> bool:
    """Whether a quotient of differentials begins at `index`: dE/dw."""
    at = _past_indices(cursor, index + 1)
    return cursor.mark(at, "/") and cursor.tokens[index].text[:1] == cursor.tokens[at + 1].text[:1] == "d"


def _begins_again(cursor: Cursor, index: int) -> bool:
    """Whether the name at `index` begins another equation for what one was begun for in the same line."""
    at = _past_indices(cursor, index + 1)
    while cursor.mark(at, "'", "′", "+") and not cursor.tokens[at].gap:
        at += 1
    return cursor.tokens[at].sort is Sort.SIGN and _repeated(cursor, index, at, within_line=True)


def _past_indices(cursor: Cursor, at: int) -> int:
    while cursor.mark(at, "_", "^", "'") and not cursor.tokens[at].gap:
        at = at + 1 if cursor.mark(at, "'") else cursor.partners.get(at + 1, at + 1) + 1
    return at


def _repeated(cursor: Cursor, start: int, sign: int, *, within_line: bool = False) -> bool:
    """Whether the name before the sign stood before a sign already: y = a (b + c) y = 0.5 are two equations."""
    written = [token.text for token in cursor.tokens[start:sign]]
    first = max(0, start - EQUATION)
    if within_line:
        first = next((at for at in range(start, first, -1) if cursor.tokens[at].line), first)
    before = range(first, start - len(written))
    return any(
        cursor.sort(at + len(written), Sort.SIGN)
        and cursor.tokens[at].text == written[0]
        and [token.text for token in cursor.tokens[at : at + len(written)]] == written
        for at in before
    )


def applied_to_name(cursor: Cursor, index: int) -> bool:
    """Whether a function at `index` of a sentence is applied to the symbol after it without brackets: ln y."""
    token, after = cursor.tokens[index], cursor.tokens[index + 1]
    if FUNCTIONS.get(token.text) not in UNBRACKETED or not after.gap or after.line or after.run != token.run:
        return False
    return symbolic(cursor, index + 1) and (token.mode is Mode.CODE or goes_on(cursor, index + 1))


def symbolic(cursor: Cursor, index: int) -> bool:
    """Whether the name at `index` looks like a symbol, not like a word of the sentence."""
    token, after = cursor.tokens[index], cursor.tokens[index + 1]
    if token.sort is not Sort.NAME:
        return False
    if after.sort is Sort.MARK and after.text in ("_", "^") and not after.gap:
        return True
    if len(token.text) == 1:
        return token.text not in ARTICLES or after.sort is Sort.SIGN
    if token.text in SPELT_OUT or INDEXED.fullmatch(token.text):
        return True
    return not token.text.isalpha() or not token.text.isascii()


def between_numbers(cursor: Cursor, at: int) -> bool:
    """Whether an x has room on both sides, and numbers alone or in brackets: (-0.4) x 0.6225, 0.5 x (1 - 0.2)."""
    before, after = cursor.tokens[at - 1], cursor.tokens[at + 1]
    if not (cursor.tokens[at].gap and after.gap):
        return False
    ends = before.sort is Sort.NUMBER or (before.text == ")" and _holds_numbers(cursor, at - 1, -1))
    return ends and (after.sort is Sort.NUMBER or (after.text == "(" and _holds_numbers(cursor, at + 1, 1)))


def _holds_numbers(cursor: Cursor, at: int, step: int) -> bool:
    """Whether a round bracket at `at` holds no names, as far as the other one that way."""
    for index in range(at + step, at + step * _NUMBERS, step):
        if not 0 <= index < len(cursor.tokens) or cursor.tokens[index].sort not in (Sort.NUMBER, Sort.MARK):
            return False
        if cursor.tokens[index].text in ("(", ")"):
            return cursor.tokens[index].text == ("(" if step < 0 else ")")
    return False


def dotted(cursor: Cursor, at: int) -> bool:
    """Whether a point of a sentence right between two symbols multiplies them: w1.x, δ3.y2, y.(1 - y), not z.B."""
    token = cursor.tokens[at]
    if token.text != "." or not 0 < at < len(cursor.tokens) - 2 or token.gap or token.mode is Mode.CODE:
        return False
    before, after, beyond = cursor.tokens[at - 1], cursor.tokens[at + 1], cursor.tokens[at + 2]
    if after.gap or after.run != token.run or before.run != token.run or (after.text == "T" and before.text != ")"):
        return False
    opens = after.text == "("
    called = after.sort is Sort.NAME and beyond.text == "(" and not beyond.gap
    known = [one.sort is Sort.NAME and _is_marked(one.text) for one in (before, after)]
    left = (
        known[0]
        or before.sort is Sort.NUMBER
        or (before.sort is Sort.NAME and len(before.text) == 1)
        or before.text == ")"
    )
    right = opens or (symbolic(cursor, at + 1) and not called)
    raised = before.sort is Sort.NUMBER and beyond.text in ("^", "_")
    return left and right and (any(known) or opens or raised or before.text == ")")


def _is_marked(text: str) -> bool:
    """Whether a name has a number, or is Greek: no abbreviation."""
    return not (text.isalpha() and text.isascii())


def symbolic_name(name: Name) -> bool:
    """The same of a name that was read."""
    if name.subscript or name.superscript or name.accent or not name.base.isascii():
        return True
    single = len(name.base) == 1 and name.base not in ARTICLES
    return single or not name.base.isalpha() or name.base in SPELT_OUT or bool(INDEXED.fullmatch(name.base))


def _bracket(parser: Parser, end: int, left: Node, depth: int) -> bool:
    """A bracket after something: a factor, unless it is a remark of the sentence."""
    token = parser.tokens[end]
    if token.line and token.mode not in TEX:
        return False
    if token.mode in TEX or not token.gap:
        return not (token.text == "[" and token.mode is Mode.PROSE and isinstance(left, Name))
    if token.text == "[" and token.mode is Mode.PROSE:
        left = left.operand if isinstance(left, Negative) else left
        return (symbolic_name(left) if isinstance(left, Name) else True) and _is_factor(parser, end, left, depth)
    if token.text != "(":
        return token.mode is Mode.CODE
    try:
        inside, after = parser.operand(end, depth)
    except Failure:
        return False
    calculated = isinstance(inside, Sum | Product | Quotient | Negative)
    if isinstance(left, Name):
        return calculated and (symbolic_name(left) or token.mode is Mode.CODE)
    if isinstance(left, Number):
        factor = isinstance(inside, Number) and inside.unit < 1 and _goes_on_with_number(parser, after)
        return calculated or factor or token.mode is Mode.CODE
    return calculated or isinstance(inside, Number)


def _goes_on_with_number(parser: Parser, at: int) -> bool:
    """Whether a calculation with numbers goes on: 0.7 (0.2) + 0.9, and not 0.7 (0.24) in the first row."""
    token, after = parser.tokens[at], parser.tokens[at + 1]
    operator = token.sort is Sort.SIGN or (token.sort is Sort.MARK and token.text in ("+", "-", "–", "*"))
    return operator and not token.line and (after.sort is Sort.NUMBER or after.text in ("(", "[", "-"))


def _is_factor(parser: Parser, end: int, left: Node, depth: int) -> bool:
    """Whether square brackets hold one thing that is calculated, in names, or a vector: e [1 - y^2], 0.5 [1 2]."""
    try:
        inside, after = parser.operand(end, depth)
    except Failure:
        return False
    if isinstance(inside, Entries) and max(len(inside.rows), len(inside.rows[0])) > 1:
        return isinstance(left, Number) or (isinstance(left, Entries) and _goes_on_with_number(parser, after))
    entry = (
        inside.rows[0][0] if isinstance(inside, Entries) and len(inside.rows) == len(inside.rows[0]) == 1 else inside
    )
    return isinstance(entry, Sum | Product | Quotient) and any(isinstance(part, Name) for part in walk(entry))


def worked_out(parser: Parser, count: int, end: int, depth: int) -> bool:
    """Whether a product of as many numbers follows: w + η δ y = 0.9 + (0.1)(-0.7)(-0.2)."""
    if not parser.sort(end, Sort.SIGN) or parser.tokens[end].line:
        return False
    try:
        node, _ = parser.expression(end + 1, parser.deeper(depth, end))
    except Failure:
        return False
    last = node.terms[-1] if isinstance(node, Sum) else node
    bare = last.operand if isinstance(last, Negative) else last
    if not isinstance(bare, Product) or len(bare.factors) != count:
        return False
    return all(isinstance(one.operand if isinstance(one, Negative) else one, Number) for one in bare.factors)
