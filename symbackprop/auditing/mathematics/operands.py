"""What a formula is made of: numbers, names, calls, brackets, fractions, roots, sums."""

from __future__ import annotations

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.cursor import Failure
from symbackprop.auditing.mathematics.names import Parts
from symbackprop.auditing.mathematics.numerals import number
from symbackprop.auditing.mathematics.programs import Programs
from symbackprop.auditing.mathematics.symbols import TEX_ACCENTS
from symbackprop.auditing.mathematics.tokens import Sort
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Product,
    Quotient,
    Sum,
    Total,
    whole_number,
)
from symbackprop.auditing.mathematics.vocabulary import (
    BREAKING,
    FUNCTIONS,
    NEW,
    OLD,
    WRITTEN,
)

CASES = "cases are not read"
INDICATORS = ("I", "𝟙", "𝕀")
_EUCLIDEAN = ("2", "F", "Fro", "fro")  # what a norm is marked as that is the root of a sum of squares


class Operands(Programs):
    """Reads one operand."""

    def starts(self, index: int) -> bool:
        """Whether an operand may begin at `index`."""
        token = self.tokens[index]
        match token.sort:
            case Sort.NUMBER | Sort.NAME | Sort.BEGIN | Sort.COMMAND:
                return True
            case Sort.TEXT:
                return not _breaking(token.text)
            case Sort.MARK:
                return token.text in ("(", "[", "{", "∂", "√", "…", "|", "‖")
            case _:
                return False

    def may_start(self, index: int) -> bool:
        """Whether an expression may begin at `index`."""
        return self.starts(index) or self.mark(index, "-")

    def operand(self, start: int, depth: int) -> tuple[Node, int]:
        """The operand that begins at `start`, read once however often it is asked for."""
        place = (start, self.grids > 0)
        if (known := self.known.get(place)) is None:
            try:
                known = self._operand(start, depth)
            except Failure as failure:
                known = Failure(failure.index, failure.reason, failure.start)
            self.known[place] = known
        if isinstance(known, Failure):
            raise Failure(known.index, known.reason, known.start)
        return known

    def _operand(self, start: int, depth: int) -> tuple[Node, int]:
        token = self.tokens[start]
        match token.sort:
            case Sort.NUMBER:
                one = token.text == "1"
                return (one and (self._indicator(start, start + 1) or self.step(start, depth))) or self._number(start)
            case Sort.NAME:
                if token.text in INDICATORS and (found := self._indicator(start, start + 1)) is not None:
                    return found
                return self.differential_quotient(start, depth) or self._named(start, depth)
            case Sort.TEXT if not _breaking(token.text):
                return self.finished(Parts(" ".join(token.text.split())), start, start + 1, depth)
            case Sort.COMMAND:
                return self._command(start, depth)
            case Sort.BEGIN:
                return self.matrix(start, self.deeper(depth, start))
            case Sort.MARK:
                return self._marked(start, depth)
            case Sort.REFUSED:
                if token.text == CASES and (found := self._by_sameness(start, self.deeper(depth, start))) is not None:
                    return found
                raise self.fail(start, token.text)
            case _:
                raise self.fail(start, f"{self._shown(start)} where a number or a name is expected")

    def _marked(self, start: int, depth: int) -> tuple[Node, int]:
        if self.unclosed(start):
            raise self.fail(start, "a bracket that is not closed")
        match self.tokens[start].text:
            case "(":
                return self.compared(start, depth) or self.bracket(start, depth)
            case "[":
                found = self._indicator(start, start) or self.compared(start, depth)
                return found or self.listed(start, self.deeper(depth, start))
            case "{":
                return self._braces(start, depth)
            case "∂":
                if (found := self.differential_quotient(start, depth)) is not None:
                    return found
                raise self.fail(start, "a ∂ that is no part of a quotient")
            case "…":
                return Omitted(self.span(start, start + 1)), start + 1
            case "√":
                node, end = self.operand(start + 1, self.deeper(depth, start))
                return Call("sqrt", (node,), self.span(start, end)), end
            case "|" | "‖" as bar:
                return self._bars(start, bar, depth)
            case "**" if self.may_start(start + 1) and not self.tokens[start + 1].gap:
                if self.mark(start + 1, "-"):
                    return self.signed(start + 1, self.deeper(depth, start))
                return self.operand(start + 1, self.deeper(depth, start))  # what is left of bold type
            case text:
                raise self.fail(start, f"{text!r} where a number or a name is expected")

    def _indicator(self, start: int, at: int) -> tuple[Node, int] | None:
        """What is 1 where i and j are the same, else 0, as Kronecker's δ_ij: 1_{i=j}, 1[i=j], I(i=j), [i=j].

        Arguments: the condition is expected at `at`, in brackets of any kind or below the line. None for what else.
        """
        inner = at + self.mark(at, "_")
        while self.mark(inner, "{", "[", "("):
            inner += 1
        condition = self.tokens[inner : inner + 3]
        end = inner + 3 + (inner - at - self.mark(at, "_"))
        if end == inner + 3 or [token.text for token in condition[1:2]] != ["="]:
            return None
        letters = [token.text for token in condition if token.sort is Sort.NAME and len(token.text) == 1]
        if len({*letters}) != 2 or not all(self.mark(index, "}", "]", ")") for index in range(inner + 3, end)):
            return None
        return Name("δ", self.span(start, end), "".join(letters)), end

    def _by_sameness(self, start: int, depth: int) -> tuple[Node, int] | None:
        """Of a where i = j and b where not, a δ_ij + b (1 - δ_ij); None for other cases."""
        one, at = self.expression(start + 1, depth)
        first, at = self._condition(at)
        if first is None or not first[0]:
            return None
        other, at = self.expression(at, depth)
        second, end = self._condition(at)
        letters, same = first
        if second not in (("", True), (letters, not same)) or not self.sort(end, Sort.BREAK):
            return None
        if self.tokens[end].text != "end":
            return None
        span = self.span(start, end + 1)
        where: Node = Name("δ", span, letters)
        elsewhere = Sum((whole_number(1, span), Negative(where, span)), span)
        factors = (where, elsewhere) if same else (elsewhere, where)
        terms = (Product((value, factor), value.span) for value, factor in zip((one, other), factors, strict=True))
        return Sum(tuple(terms), span), end + 1

    def _condition(self, start: int) -> tuple[tuple[str, bool] | None, int]:
        """((letters, whether they are the same), where the next part begins); no letters where it is in words alone."""
        end = start
        while not self.sort(end, Sort.BREAK) or self.tokens[end].text in ("cell", "quad"):
            end += 1
        tokens = self.tokens[start:end]
        names = [token.text for token in tokens if token.sort is Sort.NAME and len(token.text) == 1]
        signs = [token.text for token in tokens if token.sort in (Sort.SIGN, Sort.RELATION)]
        after = end + 1 if self.tokens[end].text == "row" else end
        if not names and not signs:
            return ("", True), after
        if len({*names}) == 2 == len(names) and signs in (["="], ["≠"]):
            return ("".join(sorted(names)), signs == ["="]), after
        return None, after

    def _number(self, start: int) -> tuple[Node, int]:
        end = start + 1
        token = self.tokens[start]
        percent = self.mark(end, "%")
        end += percent
        written = self.written(start, end)
        text = written if written.isascii() else token.text
        made = number(token.text, text, self.span(start, end), -2 if percent else 0)
        if isinstance(made, str):
            raise self.fail(start, made)
        if self.mark(end, ".") and not self.tokens[end].gap and self._full_stop(end):
            end += 1
        if self.mark(end, "…") and not self.tokens[end].gap:
            end += 1
        return made, end

    def _full_stop(self, at: int) -> bool:
        """Whether the stop at `at` is the decimal point of a number without decimals: [1. 0.], (1.)."""
        after = self.tokens[at + 1]
        return after.sort is Sort.MARK and after.text in (")", "]", "*", "/", "-", "+") and not after.line

    def scaled(self, factor: Number, exponent: int, end: int) -> Number:
        """The number `factor` times a power of ten, which ends at `end`."""
        start = next(index for index in range(end - 1, -1, -1) if self.tokens[index].start == factor.span.start)
        made = number(self.tokens[start].text, self.written(start, end), self.span(start, end), exponent)
        if isinstance(made, str):
            raise self.fail(start, made)
        return made

    def _named(self, start: int, depth: int) -> tuple[Node, int]:
        token, first = self.tokens[start], start
        if token.mode is Mode.PROSE and (words := self._words(start) or self._hyphenated(start)):
            return words
        start = self.past_owner(start)
        if (called := self.program_call(first, start, depth)) is not None:
            return called
        if token.text in NEW | OLD and self._marks_next(start):
            parts = Parts(self.tokens[start + 1].text)
            parts.updated, parts.old = token.text in NEW, token.text in OLD
            return self.finished(parts, first, start + 2, depth)
        parts = Parts(self.tokens[start].text)
        if (mark := parts.base[:3]) in ("new", "old") and self._known(
            parts.base[3:], "old" if mark == "new" else "new"
        ):
            parts.base, parts.updated, parts.old = parts.base[3:], mark == "new", mark == "old"
        return self.finished(parts, first, start + 1, depth)

    def _braces(self, start: int, depth: int) -> tuple[Node, int]:
        """A group of TeX, or a list as {0.1, 0.2}; what is lowered or raised after it belongs to the name in it."""
        node, end = self.expression(start + 1, self.deeper(depth, start))
        if self.mark(end, ",", ";"):
            entries, end = self._separated(start + 1, "}", self.deeper(depth, start))
            return Entries((tuple(entries),), self.span(start, end), flat=True), end
        if self.mark(end, "over"):
            below, end = self.expression(end + 1, self.deeper(depth, start))
            node = Quotient(node, below, self.span(start + 1, end))
        if not self.mark(end, "}"):
            raise self.fail(end, f"{self.tokens[end].text!r} in braces")
        end += 1
        if self.written(start, end).strip("{}") == "1" and (found := self._indicator(start, end)) is not None:
            return found
        function = isinstance(node, Name) and (node.base in FUNCTIONS or node.base in WRITTEN)
        if isinstance(node, Name) and (function or self.mark(end, "_", "^", "'")):
            return self.finished(Parts.of(node), start, end, depth)
        return node, end

    def _bars(self, start: int, bar: str, depth: int) -> tuple[Node, int]:
        if self.tokens[start].mode is Mode.PROSE:
            raise self.fail(start, "a bar")
        node, end = self.expression(start + 1, self.deeper(depth, start))
        if not self.mark(end, bar):
            raise self.fail(end, "a bar that is not closed")
        end += 1
        if bar == "|" or not self.mark(end, "_"):
            return Call("abs" if bar == "|" else "norm", (node,), self.span(start, end)), end
        kind, end = self.content(end + 1)
        function = "norm" if kind in _EUCLIDEAN else f"norm_{kind}"
        return Call(function, (node,), self.span(start, end)), end

    def _command(self, start: int, depth: int) -> tuple[Node, int]:
        depth = self.deeper(depth, start)
        name = self.tokens[start].text
        match name:
            case "frac":
                return self.fraction(start, depth)
            case "sqrt":
                return self._root(start, depth)
            case "sum":
                return self._total(start, depth)
            case "brace":
                node, end = self.operand(start + 1, depth)
                if self.mark(end, "_", "^") and self.mark(end + 1, "{"):
                    end = self.closing(end + 1) + 1
                return node, end
            case "set":
                if not self.mark(start + 1, "{"):
                    raise self.fail(start, "something set over something else")
                return self.operand(self.closing(start + 1) + 1, depth)
        assert name in TEX_ACCENTS
        node, end = self.operand(start + 1, depth)
        if not isinstance(node, Name):
            raise self.fail(start, f"a {name} over what is no name")
        parts = Parts.of(node)
        parts.accent = name
        return self.finished(parts, start, end, depth)

    def _root(self, start: int, depth: int) -> tuple[Node, int]:
        at = start + 1
        if self.mark(at, "["):
            raise self.fail(at, "a root that is not a square root")
        node, end = self.operand(at, depth)
        return Call("sqrt", (node,), self.span(start, end)), end

    def _total(self, start: int, depth: int) -> tuple[Node, int]:
        end, below, above = start + 1, "", ""
        while self.mark(end, "_", "^"):
            text, after = self.content_or_signs(end + 1)
            if self.mark(end, "_"):
                below = text
            else:
                above = text
            end = after
        letter, body_starts = self.tokens[end], self.tokens[end + 1 : end + 2]
        if not below and letter.text in ("i", "j", "k") and not letter.gap and body_starts and body_starts[0].gap:
            below, end = letter.text, end + 1  # Σi wij Oi, as slides are copied
        body, end = self.product(end, depth)
        return Total(below, body, self.span(start, end), above), end


def _breaking(text: str) -> bool:
    """Whether words set within mathematics belong to the sentence around it."""
    words = text.split()
    return not words or len(words) > 3 or words[0].lower().strip(",.;:") in BREAKING or words[-1].lower() in BREAKING
