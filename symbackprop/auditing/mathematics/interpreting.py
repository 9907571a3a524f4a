"""Tokens as lexed -> tokens as the parser takes them: TeX commands become what they mean, layout is taken out."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics import symbols
from symbackprop.auditing.mathematics.macros import argument
from symbackprop.auditing.mathematics.names import is_parameter
from symbackprop.auditing.mathematics.tokens import Sort, Token

_TEX = (Mode.INLINE, Mode.DISPLAY)
_CHANGES = frozenset({"Delta", "Δ", "∆"})
_DROPPED = 60  # tokens of an argument that is left out


def interpreted(tokens: list[Token]) -> list[Token]:
    """`tokens` with every command of TeX resolved."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        match token.sort:
            case Sort.COMMAND:
                index = _command(tokens, index, out)
            case Sort.MARK:
                index = _mark(tokens, index, out)
            case Sort.NAME if token.text in _CHANGES and index + 1 < len(tokens) and _is_changed(tokens[index + 1]):
                out.append(_joined(token, tokens[index + 1], "Δ" + tokens[index + 1].text))
                index += 2
            case Sort.PARAMETER:
                out.append(token.like(Sort.WORD, "#" + token.text))
                index += 1
            case _:
                out.append(token)
                index += 1
    return out


def _is_changed(token: Token) -> bool:
    """Whether a token is a parameter, whose change is spoken of before it: Delta w_5."""
    return token.sort is Sort.NAME and token.gap and not token.line and is_parameter(token.text)


def _joined(token: Token, other: Token, text: str) -> Token:
    """Two tokens as one name."""
    joined = token.like(Sort.NAME, text)
    joined.end, joined.until = max(token.end, other.end), max(token.until, other.until)
    return joined


def _gap_after(tokens: list[Token], index: int) -> bool:
    return index + 1 >= len(tokens) or tokens[index + 1].gap


def _mark(tokens: list[Token], index: int, out: list[Token]) -> int:
    token = tokens[index]
    match token.text:
        case "_" if token.gap and _gap_after(tokens, index):
            out.append(token.like(Sort.MARK, "*"))  # a product sign that a formatter took for emphasis
        case "*" if _subscript(tokens, index):
            out.append(token.like(Sort.MARK, "_"))
        case "~" if token.mode in _TEX:
            pass
        case "#" if token.line:
            pass
        case "%" if token.mode in _TEX and not (index and tokens[index - 1].sort is Sort.NUMBER):
            run = token.run  # a comment of TeX: to the end of its line
            while index + 1 < len(tokens) and tokens[index + 1].run == run and not tokens[index + 1].line:
                index += 1
        case "&":
            out.append(token.like(Sort.BREAK, "cell"))
        case _:
            out.append(token)
    return index + 1


def _subscript(tokens: list[Token], index: int) -> bool:
    """w*{25}: an underscore that a formatter turned into a star."""
    if index == 0 or index + 1 >= len(tokens) or tokens[index].gap:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    return after.text == "{" and after.sort is Sort.MARK and not after.gap and before.sort is Sort.NAME


def _command(tokens: list[Token], index: int, out: list[Token]) -> int:
    """Appends what the command at `index` means; where to go on."""
    token = tokens[index]
    name = token.text
    sort = Sort.MARK
    if name in symbols.TRANSPARENT:
        if name in ("left", "right") and index + 1 < len(tokens) and tokens[index + 1].text == ".":
            return index + 2
        _pass_gap(tokens, index)
        return index + 1
    if name in symbols.DROPPED:
        index += 1
        for _ in range(symbols.DROPPED[name]):
            index = argument(tokens, index, _DROPPED)[1]
        return index
    if (text := symbols.LETTERS.get(name)) is not None:
        return _letter(tokens, index, text, out)
    if name in symbols.TEX_FUNCTIONS:
        sort, text = Sort.NAME, name
    elif (text := symbols.TEX_SIGNS.get(name)) is not None:
        sort = Sort.SIGN
    elif (text := symbols.TEX_MARKS.get(name)) is not None:
        if name == "_" and token.gap and _gap_after(tokens, index):
            text = "*"
    elif (text := symbols.COMMANDS.get(name)) is not None:
        sort = Sort.COMMAND
    elif (text := symbols.TEX_BREAKS.get(name)) is not None:
        sort = Sort.BREAK
        if text == "row" and index + 1 < len(tokens) and tokens[index + 1].text == "[" and not tokens[index + 1].gap:
            out.append(token.like(sort, text))
            return _past_length(tokens, index + 1)
    elif name in symbols.TEX_RELATIONS:
        sort, text = Sort.RELATION, symbols.TEX_RELATIONS[name]
    elif name in ("begin", "end"):
        return _environment(tokens, index, out)
    elif name in ("&", "#"):
        sort, text = Sort.WORD, name
    elif name == "prod":
        sort, text = Sort.REFUSED, "products over an index are not read"
    elif not name.isalpha():
        return index + 1
    else:
        called = index + 1 < len(tokens) and tokens[index + 1].text == "{"
        sort, text = (Sort.REFUSED, f"\\{name} is not known") if called else (Sort.NAME, name)
    out.append(token.like(sort, text))
    return index + 1


def _pass_gap(tokens: list[Token], index: int) -> None:
    """A space or a new line before a command that is taken out stands before what follows."""
    if index + 1 < len(tokens):
        tokens[index + 1].gap |= tokens[index].gap
        tokens[index + 1].line |= tokens[index].line


def _letter(tokens: list[Token], index: int, text: str, out: list[Token]) -> int:
    r"""A Greek letter; \Delta is a part of the name after it."""
    token = tokens[index]
    name = tokens[index + 1] if index + 1 < len(tokens) else token
    after = (
        name.text if name.sort is Sort.NAME else symbols.LETTERS.get(name.text, "") if name.sort is Sort.COMMAND else ""
    )
    if text == "Δ" and after and name is not token:
        out.append(_joined(token, name, text + after))
        return index + 2
    out.append(token.like(Sort.NAME, text))
    return index + 1


def _past_length(tokens: list[Token], index: int) -> int:
    r"""After the [2pt] of \\[2pt]; only a length is one."""
    for position in range(index + 1, min(index + 5, len(tokens))):
        if tokens[position].text == "]":
            unit = tokens[position - 1].text
            return position + 1 if unit.endswith(("pt", "em", "ex", "cm", "mm", "baselineskip")) else index
    return index


def _environment(tokens: list[Token], index: int, out: list[Token]) -> int:
    token = tokens[index]
    group, after = argument(tokens, index + 1, _DROPPED)
    name = "".join(_texts(group or ())).rstrip("*")
    begins = token.text == "begin"
    if name in symbols.MATRICES:
        if begins and name == "array":
            after = argument(tokens, after, _DROPPED)[1]
        marker = token.like(Sort.BEGIN if begins else Sort.END, name)
        marker.end, marker.until = tokens[after - 1].end, tokens[after - 1].until
        out.append(marker)
    elif name in symbols.UNREADABLE:
        out.append(token.like(Sort.REFUSED if begins else Sort.BREAK, "cases are not read" if begins else "end"))
    else:
        if (begins and name.startswith("alignat")) or name == "alignedat":
            after = argument(tokens, after, _DROPPED)[1] if begins else after
        out.append(token.like(Sort.BREAK, "row"))
    return after


def _texts(tokens: tuple[Token, ...] | list[Token]) -> Iterator[str]:
    return (token.text for token in tokens)
