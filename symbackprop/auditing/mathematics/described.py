"""Lists of numbers that words beside them describe: [0.17 0.16] (new weights w5 and w6), weights w1 to w3: 0.1, ..."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from symbackprop.auditing.documents.source import Block, Kind
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.boundaries import STRICT, Found, printed
from symbackprop.auditing.mathematics.cursor import Failure
from symbackprop.auditing.mathematics.descriptions import BETWEEN, ENTRIES, LONGEST, Words, count, words_of
from symbackprop.auditing.mathematics.heads import Column, Head, heads_of
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.statements import Description, Noun, Sign, When
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Number, Partial


def described(parser: Parser, kind: Kind, founds: list[Found]) -> list[Found]:
    """What stands in a block, its lists of numbers with what the words beside them say that they hold."""
    made: list[Found] = []
    index = 0
    while index < len(founds):
        if (headed := _headed(parser, founds[index], made[-1].end if made else 0)) is not None:
            made.append(headed)
            index += 1
            continue
        if (valued := _valued(parser, founds[index])) is not None:
            made.append(valued)
            index += 1
            continue
        end = _side_by_side(parser, founds, index)
        group = founds[index:end]
        reach = len(made)
        while reach > max(0, len(made) - LONGEST) and _is_part(made[reach - 1]):
            reach -= 1
        before = made[reach - 1].end if reach else 0
        after = founds[end].start if end < len(founds) else parser.length - 1
        one = _as_one(parser, group) if _is_list(group) else None
        description = _beside(parser, kind, one, before, after) if one is not None else None
        if one is None or description is None:
            made += group
        else:
            first = description.span.start
            while made and _is_part(made[-1]) and made[-1].members[0].span.start >= first:
                made.pop()
            made.append(replace(one, described=description))
        index = end
    return made


def _headed(parser: Parser, found: Found, reach: int) -> Found | None:
    """Hidden outputs = [0.59, 0.60]: a list behind words of which only the last was taken for a name."""
    if len(found.members) != 2 or len(found.signs) != 1:
        return None
    first, value = found.members
    if not isinstance(first, Name) or not isinstance(value, Entries) or not printed(value):
        return None
    if symbolic_name(first) and not words_of(first):
        return None
    sign = next(at for at in range(found.start, found.end) if parser.sort(at, Sort.SIGN) or parser.mark(at, ":"))
    start, _ = _ahead(parser, sign, reach)
    description = Words(parser, start, sign).description(count(value))
    if description is None or not description.sure or not _tells(description):
        return None
    return Found(sign + 1, found.end, (value,), described=description)


def _valued(parser: Parser, found: Found) -> Found | None:
    """A line that is a formula for a name and a number behind it, with no sign: $w_5$ 0.3589."""
    tokens, before = parser.tokens, parser.tokens[found.start - 1]
    if not found.start or not _is_number(found) or before.mode not in STRICT or before.run == tokens[found.start].run:
        return None
    start = found.start - 1
    while start and tokens[start - 1].run == before.run and tokens[start - 1].sort is not Sort.BREAK:
        start -= 1
    if not (_new_line(parser, start) or _ends(tokens[start - 1])):
        return None
    if not (_new_line(parser, found.end) or _ends(tokens[found.end])):
        return None
    try:
        name, end = parser.expression(start)
    except Failure:
        return None
    while end < found.start and tokens[end].sort is Sort.BREAK:
        end += 1
    if end != found.start or not isinstance(name, Name | Partial):
        return None
    return Found(start, found.end, (name, *found.members), (Sign.EQUAL,))


def _tells(description: Description) -> bool:
    """Whether words say more than the name of given data does."""
    return (
        "hidden" in description.layers
        or description.when is not When.UNSAID
        or not {Noun.GRADIENT, Noun.DELTA, Noun.NET}.isdisjoint(description.nouns)
    )


def _side_by_side(parser: Parser, founds: Sequence[Found], index: int) -> int:
    """The end of the numbers that stand side by side from `index` on, commas or "and" between them."""
    end = index + 1
    while end < len(founds) and _is_number(founds[end - 1]) and _is_number(founds[end]):
        between = parser.tokens[founds[end - 1].end : founds[end].start]
        if not 0 < len(between) <= 2 or not all(token.text.lower() in BETWEEN for token in between):
            break
        end += 1
    return end


def _is_number(found: Found) -> bool:
    if found.signs or found.reason or len(found.members) != 1:
        return False
    return isinstance(found.members[0], Number | Negative) and printed(found.members[0])


def _is_part(found: Found) -> bool:
    """Whether it may be a part of a description: a partial in a list of what is described, a number of updates."""
    if found.signs or found.reason or len(found.members) != 1:
        return False
    (member,) = found.members
    return isinstance(member, Partial) or (isinstance(member, Number) and member.unit >= 1)


def _is_list(group: Sequence[Found]) -> bool:
    """Whether what was found is one list of numbers, or several numbers side by side."""
    if len(group) > 1:
        return len(group) <= ENTRIES
    (found,) = group
    return not found.signs and not found.reason and isinstance(found.members[0], Entries) and printed(found.members[0])


def _as_one(parser: Parser, group: Sequence[Found]) -> Found:
    if len(group) == 1:
        return group[0]
    start, end = group[0].start, group[-1].end
    return Found(start, end, (Entries((tuple(one.members[0] for one in group),), parser.span(start, end), flat=True),))


def _beside(parser: Parser, kind: Kind, found: Found, before: int, after: int) -> Description | None:
    """What the words behind a list say that it holds, or else those before it."""
    entries = count(found.members[0])
    for start, end in (_behind(parser, found.end, after), _ahead(parser, found.start, before, kind)):
        description = Words(parser, start, end).description(entries) if start < end else None
        if description is not None:
            return description
    start, end = found.end, _line_end(parser, found.end, after)
    description = Words(parser, start, end).description(entries) if kind is Kind.CODE and start < end else None
    return description if description is not None and description.sure else None


def _line_end(parser: Parser, start: int, reach: int) -> int:
    end = start
    while end < reach and not _new_line(parser, end) and not parser.sort(end, Sort.BREAK):
        end += 1
    return end


def _behind(parser: Parser, start: int, end: int) -> tuple[int, int]:
    """The tokens of a remark in brackets right behind a list, or of a sentence that goes on with "are"."""
    if parser.mark(start, "(") and start in parser.partners:
        return start + 1, min(parser.partners[start], end)
    token = parser.tokens[start]
    if token.text.lower() not in ("are", "is", "#", "←") or _new_line(parser, start):
        return start, start
    stop = start + 1
    while stop < min(end, start + LONGEST) and not _ends_sentence(parser, stop) and not _new_line(parser, stop):
        stop += 1
    return start + 1, stop


def _ahead(parser: Parser, end: int, reach: int, kind: Kind = Kind.PARAGRAPH) -> tuple[int, int]:
    """The tokens of the sentence or the label right before a list; in a listing, of the line before."""
    tokens, start = parser.tokens, end
    if start > reach and (parser.mark(start - 1, ":") or tokens[start - 1].text in ("→", "=")):
        start -= 1
        end = start
    while start > reach and end - start < LONGEST:
        if start < end and (_new_line(parser, start) or _ends_sentence(parser, start - 1)):
            break
        if _new_line(parser, start) and start == end and not parser.mark(start, ":") and kind is not Kind.CODE:
            break
        start -= 1
    return start, end


def _ends(token: Token) -> bool:
    """Whether a token is the end of more than a formula in a sentence."""
    return token.sort is Sort.BREAK and token.text != "run"


def _new_line(parser: Parser, at: int) -> bool:
    """Whether a token stands on another line than the one before it."""
    return at == 0 or "\n" in parser.text[parser.tokens[at - 1].until : parser.tokens[at].at]


def _ends_sentence(parser: Parser, at: int) -> bool:
    token, after = parser.tokens[at], parser.tokens[at + 1]
    if token.sort is Sort.BREAK:
        return _ends(token)
    if token.sort is Sort.SIGN:
        return True
    return token.sort is Sort.MARK and (token.text in (";", "!", "?", ":") or (token.text == "." and after.gap))


_COLUMNS = {Column.BEFORE: When.FIRST, Column.AFTER: When.LATER}
_OF_UNITS = {"net": Noun.NET, "out": Noun.ACTIVATION, "delta": Noun.DELTA}
_OPEN = (Column.UNKNOWN, Column.VALUE, Column.WORKING, Column.BLANK, Column.GRADIENT, *_COLUMNS)


def described_row(parser: Parser, block: Block, founds: list[Found]) -> list[Found]:
    """What stands in a row of a table, with what the words of its first cell say that the numbers hold."""
    if block.kind is not Kind.ROW or not block.cells:
        return founds
    heads = heads_of(block.heads) if len(block.heads) > block.cells[-1] else ()
    label = [place for place, token in enumerate(parser.tokens[: parser.length]) if _cell(block, token) == 0]
    if not label:
        return founds
    start, end = label[0], label[-1] + 1
    held = Counter(_cell(block, parser.tokens[found.start]) for found in founds)
    unsaid = [column for column in held if column and (not heads or heads[column].column is Column.UNKNOWN)]
    made: list[Found] = []
    index = 0
    while index < len(founds):
        end_of_group = _side_by_side(parser, founds, index)
        group = founds[index:end_of_group]
        column = _cell(block, parser.tokens[group[0].start])
        head = heads[column] if heads else Head(Column.UNKNOWN)
        whole = held[column] == len(group) and group[0].start >= end and (len(group) > 1 or _is_value(group[0]))
        sure = len(unsaid) == 1 or column not in unsaid or _noun(head) is not None  # the one of several is not known
        one = _as_one(parser, group) if whole and sure and _is_open(head) else None
        description = Words(parser, start, end).description(count(one.members[0])) if one is not None else None
        if one is None or description is None:
            made += group
        else:
            made.append(replace(one, described=_in_column(description, head)))
        index = end_of_group
    return made


def _is_value(found: Found) -> bool:
    return not found.signs and not found.reason and printed(found.members[0])


def _is_open(head: Head) -> bool:
    """Whether numbers under a head may be what the words of their row say."""
    return head.column in _OPEN and not head.after and (head.name is None or _noun(head) is not None)


def _noun(head: Head) -> Noun | None:
    """What a head says of the units that its rows are about."""
    return _OF_UNITS.get(head.name.text) if isinstance(head.name, Name) else None


def _cell(block: Block, token: Token) -> int:
    return block.cells[token.run] if token.run >= 0 else -1


def _in_column(description: Description, head: Head) -> Description:
    """A description of a row, under the head of a column."""
    if (noun := _noun(head)) is not None:
        return replace(description, nouns=(*description.nouns, noun))
    if head.column is Column.GRADIENT:
        return replace(description, nouns=(*description.nouns, Noun.GRADIENT))
    when = _COLUMNS.get(head.column)
    return description if when is None or description.when is not When.UNSAID else replace(description, when=when)
