"""Names as they are written: base, accent, subscripts, superscripts, marks of an update."""

from __future__ import annotations

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.cursor import TEX, Cursor, Failure
from symbackprop.auditing.mathematics.names import BEFORE_SUBSCRIPT, RAISED, Parts, flat
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.vocabulary import FUNCTIONS, NEW, OLD, WRITTEN, derivative_of

_INDEXED = frozenset(
    {"net", "out", "output", "input", "target", "error", "Error", "E", "err", "Err"}
    | {"delta", "δ", "sum", "Sum", "total", "O", "I"}
)
_KEPT = frozenset({"params", "parameters", "param", "cache", "model", "memory", "grads", "grad", "gradients"})
_LEARNT = ("θ", "Θ", "w", "W")
_LENGTH = 60  # tokens of a subscript
_REMARK = 4  # words of a remark in brackets
_SIDES = frozenset({"net", "out", "input", "output", "activation", "before", "after"})  # which value of a unit is meant
_NODE_ERRORS = ("delta", "δ", "err", "error")
ADDED = frozenset({"None", "newaxis"})  # what is written for an axis that is added: z[:, None]


class Identifiers(Cursor):
    """Reads what belongs to a name."""

    def content(self, start: int) -> tuple[str, int]:
        """The plain text of a subscript or superscript that begins at `start`, and where it ends."""
        if not self.mark(start, "{"):
            token = self.tokens[start]
            if token.sort in (Sort.NAME, Sort.NUMBER, Sort.TEXT):
                return token.text.strip(), start + 1
            if token.sort is Sort.MARK and token.text in ("+", "*", "'", "⊤"):
                return token.text, start + 1
            if token.sort is Sort.MARK and token.text == "(" and token.mode not in TEX:
                return self._bracketed(start)
            raise self.fail(start, "a subscript or superscript that cannot be read")
        close = self.closing(start)
        if close - start > _LENGTH:
            raise self.fail(start, f"a subscript or superscript of more than {_LENGTH} tokens")
        pieces: list[str] = []
        for token in self.tokens[start + 1 : close]:
            if token.sort in (Sort.BREAK, Sort.REFUSED, Sort.BEGIN, Sort.COMMAND):
                raise self.fail(start, "a subscript or superscript that cannot be read")
            if not (token.sort is Sort.MARK and token.text in "{}"):
                pieces.append(token.text.strip() if token.sort is Sort.TEXT else token.text)
        return flat(pieces), close + 1

    def _bracketed(self, start: int) -> tuple[str, int]:
        """^(2) of a sentence."""
        out = ""
        for position in range(start, min(start + 8, len(self.tokens))):
            token = self.tokens[position]
            if token.sort not in (Sort.NAME, Sort.NUMBER, Sort.MARK) or (position > start and token.text == "("):
                break
            out += token.text
            if token.text == ")":
                return out, position + 1
        raise self.fail(start, "a bracket that is not closed")

    def tail(self, parts: Parts, end: int) -> int:
        """Takes into `parts` what belongs to the name after its base; where it ends."""
        while True:
            token = self.tokens[end]
            if token.sort is not Sort.MARK:
                return self._word_after(parts, end)
            if token.text == "_" and not (token.gap and self.tokens[end + 1].gap):
                try:
                    text, end = self.content(end + 1)
                except Failure:
                    return end
                parts.lower(text)
            elif token.text == "^":
                after = self._superscript(parts, end)
                if after == end:
                    return end
                end = after
            elif token.text == "'" and not token.gap:
                parts.primes += 1
                end += 1
            elif token.text == "″" and not token.gap:
                parts.primes += 2
                end += 1
            elif token.text in ("+", "*") and self._mark_of_update(parts, token, end):
                parts.updated = True
                end += 1
            elif token.text == "." and not token.gap and self._gradient_of(end):
                parts.lower("grad")
                end += 2
            elif token.text in ("(", "[") and (after := (self._remark if token.gap else self._index)(parts, end)):
                end = after
            else:
                return end

    def _gradient_of(self, at: int) -> bool:
        """w.grad, as programs write it."""
        after = self.tokens[at + 1]
        return after.sort is Sort.NAME and after.text == "grad" and not after.gap

    def _superscript(self, parts: Parts, at: int) -> int:
        """After a superscript that belongs to the name; `at` where it is an exponent."""
        try:
            text, end = self.content(at + 1)
        except Failure:
            return at
        if not text:
            return end
        if set(text) == {"'"}:
            parts.primes += len(text)
            return end
        below = self.mark(end, "_")
        if text in ("T", "⊤") and not below:
            return at
        bare = text.rstrip("'")
        if bare != text and bare.endswith((")", "]")) and RAISED.fullmatch(bare):  # g^{[1]'}
            parts.rise(bare)
            parts.primes += len(text) - len(bare)
            return end
        if text.endswith(("T", "⊤")) and text[:-1].endswith((")", "]")) and RAISED.fullmatch(text[:-1]):
            parts.rise(text[:-1])
            parts.transposed = True
            return end
        function = parts.base in FUNCTIONS or (parts.base == "e" and not parts.subscript)
        if text.strip("()")[:1] in self.counters:  # w^{(n)}, w^{n+1}
            if text.strip("()")[1:] != "":
                parts.rise("new" if "+" in text else text)
            return end
        if text in ("+", "*", "++") or text in NEW | OLD:
            if text == "*" and not parts.parameter:
                parts.superscript += text
            else:
                parts.rise(text)
            return end
        layer = text.startswith("[") or (text.startswith("(") and text[1:-1].isdigit())
        if function and not (layer and self.tokens[at].mode in TEX):
            return at
        if text.endswith("+") and RAISED.fullmatch(text[:-1]):  # w^{(2)+}
            parts.rise(text[:-1])
            parts.rise("+")
            return end
        if RAISED.fullmatch(text) or (below and BEFORE_SUBSCRIPT.fullmatch(text)) or text.strip("()") in NEW | OLD:
            parts.rise(text)
            return end
        return at

    def _mark_of_update(self, parts: Parts, token: Token, at: int) -> bool:
        """W5+ and w5*: the mark is right after the name and a sign or the end after it."""
        if token.gap or (token.text == "*" and not parts.parameter):
            return False
        after = self.tokens[at + 1]
        if after.sort is Sort.SIGN:
            return after.text != "+="
        if token.text == "+" and (self.mark(at + 1, "*", "/", "⊙") or self.crosses(at + 1)):
            return True
        return (after.sort is Sort.MARK and after.text in (":", ")", ",", ";")) or (
            token.text == "+" and after.sort is Sort.BREAK and after.text in ("end", "run", "row", "cell")
        )

    def _index(self, parts: Parts, at: int) -> int:
        """After a bracket that belongs to the name, as in Z₁(in), w(X₁→Z₁), w(t+1), h[t-1]; 0 where none does."""
        square = self.tokens[at].text == "["
        token = self.tokens[at]
        if square and token.mode in TEX:
            return 0
        close = "]" if square else ")"
        inner: list[Token] = []
        for position in range(at + 1, min(at + 24, len(self.tokens))):
            token = self.tokens[position]
            if token.sort is Sort.MARK and token.text == close:
                break
            if token.sort is Sort.BREAK or (token.sort is Sort.MARK and token.text in "()[]"):
                return 0
            inner.append(token)
        else:
            return 0
        if not inner or not ADDED.isdisjoint(token.text for token in inner):
            return 0
        text = flat([token.text for token in inner if token.text not in "{}"])
        quoted = square and len(inner) == 3 and inner[0].text == inner[2].text and inner[0].text in ("'", '"')
        if quoted and self._kept(parts, inner[1].text):
            return position + 1
        if any(token.text == "→" for token in inner):
            parts.lower(text)
        elif square:
            if len(inner) > 4 or "." in text or any(part.sort is Sort.SIGN for part in inner):
                return 0
            parts.subscript += ("," if parts.subscript else "") + text
        elif text in NEW | OLD:
            parts.rise(text)
        elif self._counted(parts, inner):
            if len(inner) == 3:
                parts.rise("new" if inner[1].text == "+" else f"({text})")
        elif self._time(parts, inner):
            parts.superscript += f"({text})"
        elif parts.base == "h" and parts.subscript in _LEARNT and len(inner) == 1 and inner[0].sort is Sort.NAME:
            pass  # h_θ(x), what is made of x with the parameters
        elif self._inner_word(parts, inner):
            parts.subscript += ("_" if parts.subscript else "") + text
        else:
            return 0
        return position + 1

    def _remark(self, parts: Parts, at: int) -> int:
        """After a remark on an indexed name, which is no factor: δ_1 (hidden) = ...; 0 where none stands at `at`."""
        if self.tokens[at].text != "(":
            return 0
        close = self.partners.get(at, at)
        words = [token.text for token in self.tokens[at + 1 : close]]
        indexed = bool(parts.subscript) or parts.base[-1:].isdigit()
        if not indexed or not 1 <= len(words) <= _REMARK or not self.sort(close + 1, Sort.SIGN):
            return 0
        if len(words) == 1 and words[0] in NEW | OLD:
            parts.rise(words[0])
            return close + 1
        told = all(word.isalpha() and (len(word) > 2 or not word.isascii()) for word in words)
        sides = parts.base.casefold() not in _NODE_ERRORS and not _SIDES.isdisjoint(word.casefold() for word in words)
        return close + 1 if told and not sides else 0

    def _counted(self, parts: Parts, inner: list[Token]) -> bool:
        """w(n), w(n+1), Δw(n-1), where n counts the updates."""
        return inner[0].text in self.counters and parts.base not in WRITTEN and not _is_function(parts.base)

    @staticmethod
    def _kept(parts: Parts, text: str) -> bool:
        """Whether parameters['W1'] is W1, and grads['W1'] its gradient."""
        kept = parts.base.lower()
        if kept not in _KEPT or parts.subscript:
            return False
        parts.base = f"grad {text}" if kept.startswith("grad") and not text.startswith("d") else text
        return True

    @staticmethod
    def _time(parts: Parts, inner: list[Token]) -> bool:
        """w(t), w(t+1), w(n-1)."""
        if _is_function(parts.base) or parts.base in WRITTEN or inner[0].text not in ("t", "n", "k"):
            return False
        if len(inner) == 1:
            return inner[0].text == "t"
        return len(inner) == 3 and inner[1].text in ("+", "-") and inner[2].text == "1"

    @staticmethod
    def _inner_word(parts: Parts, inner: list[Token]) -> bool:
        if len(inner) != 1 or inner[0].sort is not Sort.NAME or _is_function(parts.base):
            return False
        word = inner[0].text
        if word in ("in", "out", "net", "input", "output"):
            return not parts.base[:1].isdigit() and parts.base not in WRITTEN
        return parts.base in _INDEXED and not parts.subscript and (word[-1].isdigit() or word in ("total", "Total"))

    def _word_after(self, parts: Parts, end: int) -> int:
        """v₁ baru, "w5 new": a word after a name and before a sign; of TeX, a remark in brackets."""
        token = self.tokens[end]
        if token.sort is Sort.TEXT and token.text.strip()[:1] == "(" and token.text.strip()[-1:] == ")":
            return end + 1
        if token.sort is Sort.NAME and token.text in NEW | OLD and token.mode in (Mode.PROSE, Mode.CODE):
            after = self.tokens[end + 1]
            if after.sort is Sort.SIGN or (after.sort is Sort.MARK and after.text == ":"):
                parts.rise(token.text)
                return end + 1
        return end


def _is_function(base: str) -> bool:
    return base in FUNCTIONS or derivative_of(base) is not None
