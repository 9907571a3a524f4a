r"""The author's own commands: \newcommand, \def, \DeclareMathOperator are kept and put in, within bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symbackprop.auditing.mathematics.tokens import Sort, Token

LENGTH = 2_000  # tokens that one call may become
TOTAL = 200_000  # tokens that all calls of a document may become
DEPTH = 16  # calls inside each other
NUMBER = 2_000  # macros of a document

_NEW = frozenset({"newcommand", "renewcommand", "providecommand"})
_OPERATOR = "DeclareMathOperator"


@dataclass(frozen=True, slots=True)
class Macro:
    r"""\name with `arguments` arguments, the first of them optional where `default` is not None."""

    arguments: int
    default: tuple[Token, ...] | None
    body: tuple[Token, ...]


class Macros:
    """The macros defined so far in a document."""

    def __init__(self) -> None:
        self.known: dict[str, Macro] = {}
        self.left = TOTAL

    def expand(self, tokens: list[Token]) -> list[Token]:
        """`tokens` without definitions and with every call replaced by what it stands for."""
        if not self.known and not any(
            token.sort is Sort.COMMAND and (token.text in _NEW or token.text in ("def", _OPERATOR)) for token in tokens
        ):
            return tokens
        out: list[Token] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.sort is Sort.COMMAND:
                if (after := self._defined(tokens, index)) is not None:
                    index = after
                    continue
                if token.text in self.known:
                    called, index = self._called(tokens, index, ())
                    out.extend(called)
                    continue
            out.append(token)
            index += 1
        return out

    def _defined(self, tokens: list[Token], index: int) -> int | None:
        """Keeps the definition that begins at `index`, if one does; where it ends."""
        kind = tokens[index].text
        if kind not in _NEW and kind not in ("def", _OPERATOR):
            return None
        name, after = _name(tokens, index + 1)
        if not name:
            return None
        arguments, default = 0, None
        if kind in _NEW:
            count, after = _optional(tokens, after)
            if count:
                arguments = int(count[0].text) if count[0].text in "0123456789" else 0
                default, after = _optional(tokens, after)
        elif kind == "def":
            while after < len(tokens) and tokens[after].sort is Sort.PARAMETER:
                arguments, after = arguments + 1, after + 1
        body, after = argument(tokens, after)
        if body is None:
            return None
        if kind == _OPERATOR and body:
            body = [replace(body[0], sort=Sort.TEXT, text="".join(part.text for part in body if part.text != "$"))]
        if len(self.known) < NUMBER:
            self.known[name] = Macro(arguments, None if default is None else tuple(default), tuple(body))
        return after

    def _called(self, tokens: list[Token], index: int, within: tuple[str, ...]) -> tuple[list[Token], int]:
        """What the call at `index` stands for, and where it ends; `within` are the macros it is a part of."""
        call, macro = tokens[index], self.known[tokens[index].text]
        after = index + 1
        given: list[list[Token]] = []
        if macro.default is not None:
            first, after = _optional(tokens, after)
            given.append(list(macro.default) if first is None else first)
        while len(given) < macro.arguments:
            one, after = argument(tokens, after)
            if one is None:
                return [call.like(Sort.REFUSED, f"\\{call.text} lacks an argument")], after
            given.append(one)
        place = replace(call, end=max(call.end, tokens[after - 1].end), until=max(call.until, tokens[after - 1].until))
        if self.left < 0:
            return [place.like(Sort.REFUSED, f"macros that become more than {TOTAL} tokens")], after
        if call.text in within or len(within) >= DEPTH:
            return [place.like(Sort.REFUSED, f"\\{call.text} calls itself, or too many others")], after
        given = [self._all(one, within) for one in given]
        out: list[Token] = []
        for position, part in enumerate(macro.body):
            if part.sort is Sort.PARAMETER and int(part.text) <= len(given):
                out.extend(given[int(part.text) - 1])
                continue
            gap = part.gap if position else call.gap
            out.append(replace(place, sort=part.sort, text=part.text, gap=gap, line=call.line and not position))
        out = self._all(out, (*within, call.text))
        self.left -= len(out)
        if len(out) > LENGTH or self.left < 0:
            return [place.like(Sort.REFUSED, f"\\{call.text} becomes too long")], after
        return out, after

    def _all(self, tokens: list[Token], within: tuple[str, ...]) -> list[Token]:
        out: list[Token] = []
        index = 0
        while index < len(tokens):
            if tokens[index].sort is Sort.COMMAND and tokens[index].text in self.known:
                called, index = self._called(tokens, index, within)
                out.extend(called)
            else:
                out.append(tokens[index])
                index += 1
            if len(out) > LENGTH:
                break
        return out


def _is(tokens: list[Token], index: int, mark: str) -> bool:
    return index < len(tokens) and tokens[index].sort is Sort.MARK and tokens[index].text == mark


def _name(tokens: list[Token], index: int) -> tuple[str, int]:
    braced = _is(tokens, index, "{")
    index += braced
    if index >= len(tokens) or tokens[index].sort is not Sort.COMMAND:
        return "", index
    return tokens[index].text, index + 1 + (braced and _is(tokens, index + 1, "}"))


def _optional(tokens: list[Token], index: int) -> tuple[list[Token] | None, int]:
    """What stands in square brackets at `index`, or None."""
    if not _is(tokens, index, "["):
        return None, index
    depth, position = 0, index
    while position < min(index + LENGTH, len(tokens)):
        depth += _is(tokens, position, "{") - _is(tokens, position, "}")
        if depth <= 0 and _is(tokens, position, "]"):
            return tokens[index + 1 : position], position + 1
        position += 1
    return None, index


def argument(tokens: list[Token], index: int, longest: int = LENGTH) -> tuple[list[Token] | None, int]:
    """The group in braces at `index`, without them, or the one token there; None where nothing is."""
    if index >= len(tokens) or _is(tokens, index, "}"):
        return None, index
    if not _is(tokens, index, "{"):
        return [tokens[index]], index + 1
    depth = 0
    for position in range(index, min(index + longest, len(tokens))):
        depth += _is(tokens, position, "{") - _is(tokens, position, "}")
        if depth == 0:
            return tokens[index + 1 : position], position + 1
    return None, index + 1
