"""MathML -> TeX, as far as worked examples go: numbers, names, signs, fractions, roots, scripts, accents, matrices."""

from __future__ import annotations

from dataclasses import dataclass, field

from symbackprop.auditing.documents.markup import COMMENT, decoded, tag_at
from symbackprop.auditing.documents.placed import Placed, joined, written

DEEPEST = 64  # elements within elements; what is deeper is read as if it stood at this depth

_ACCENTS = {"^": "hat", "ˆ": "hat", "\u0302": "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "bar", "→": "vec"}
_INVISIBLE = str.maketrans({"\u2061": " ", "\u2062": " ", "\u2063": " ", "\u2064": " ", "\n": " ", "\r": " "})
_EMPTY = frozenset({"mspace", "mphantom", "none", "mprescripts"})


def formula_of_mathml(placed: Placed) -> Placed:
    r"""The TeX of the inside of a <math> element.

    >>> text = "<mfrac><mi>a</mi><msub><mi>b</mi><mn>1</mn></msub></mfrac>"
    >>> formula_of_mathml(Placed(text, range(len(text) + 1))).text
    '\\frac{a}{b_{1}}'
    """
    text = placed.text
    stack = [_Open("mrow", placed.places[0])]
    position = 0
    while (start := text.find("<", position)) >= 0:
        stack[-1].leaf(placed.cut(position, start))
        tag = tag_at(text, start, known=False)
        position = tag.end if tag else start + 1
        if COMMENT.match(text, start):
            position = text.find(">", start) + 1 or len(text)
        if tag is None or tag.attributes.endswith("/"):
            continue
        if not tag.closes and len(stack) < DEEPEST:
            stack.append(_Open(tag.name, placed.places[start]))
        elif tag.closes and any(element.name == tag.name for element in stack[1:]):
            while _closed(stack) != tag.name:
                pass
    stack[-1].leaf(placed.cut(position, len(text)))
    while len(stack) > 1:
        _closed(stack)
    return _side_by_side(stack[0].children, stack[0].place).stripped()


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is not yet closed."""

    name: str
    place: int
    children: list[Placed] = field(default_factory=list)

    def leaf(self, text: Placed) -> None:
        """Text that stands in the element."""
        if text.text.strip():
            shown = decoded(text)
            self.children.append(Placed(shown.text.translate(_INVISIBLE), shown.places).stripped())


def _closed(stack: list[_Open]) -> str:
    """The innermost element becomes a child of the one around it; its name."""
    element = stack.pop()
    stack[-1].children.append(_element(element.name, element.children, element.place))
    return element.name


def _element(name: str, children: list[Placed], place: int) -> Placed:
    if name in _EMPTY or name.startswith("annotation"):
        return written("", place)
    match name, children:
        case "mfrac", [above, below]:
            return _command("\\frac", above, below)
        case "msqrt", _:
            return _command("\\sqrt", _side_by_side(children, place))
        case "mroot", [inside, degree]:
            return joined([_mark("\\sqrt[", inside), degree, _mark("]", degree), *_braced("{", inside)], place)
        case "msub" | "munder", [base, below]:
            return joined([_base(base), *_braced("_{", below)], place)
        case "mover", [base, above] if above.text in _ACCENTS:
            return _command("\\" + _ACCENTS[above.text], base)
        case "msup" | "mover", [base, above]:
            return joined([_base(base), *_braced("^{", above)], place)
        case "msubsup" | "munderover", [base, below, above]:
            return joined([_base(base), *_braced("_{", below), *_braced("^{", above)], place)
        case "mtable", _:
            rows = _between(children, " \\\\ ", place)
            return joined([_mark("\\begin{matrix} ", rows), rows, _end_mark(" \\end{matrix}", rows)], place)
        case "mtr", _:
            return _between(children, " & ", place)
        case "mfenced", _:
            inside = _between(children, ", ", place)
            return joined([_mark("(", inside), inside, _end_mark(")", inside)], place)
        case "mtext", _:
            return joined(_braced("\\text{", _side_by_side(children, place)), place)
        case _:
            return _side_by_side(children, place)


def _mark(text: str, beside: Placed) -> Placed:
    return written(text, beside.places[0])


def _braced(opening: str, inside: Placed) -> list[Placed]:
    return [_mark(opening, inside), inside, _end_mark("}", inside)]


def _end_mark(text: str, inside: Placed) -> Placed:
    return written(text, inside.places[max(0, len(inside.text) - 1)])


def _command(name: str, *arguments: Placed) -> Placed:
    parts = [_mark(name, arguments[0])]
    for argument in arguments:
        parts += _braced("{", argument)
    return joined(parts, arguments[0].places[0])


def _base(base: Placed) -> Placed:
    """What bears a script; in braces if it is more than a name, a number or a bracket."""
    bracketed = base.text.startswith("(") and base.text.endswith(")") and base.text.count("(") == 1
    if base.text.isalnum() or len(base.text) <= 1 or base.text.startswith("\\") or bracketed:
        return base
    return joined(_braced("{", base), base.places[0])


def _between(children: list[Placed], mark: str, place: int) -> Placed:
    if not children:
        return written("", place)
    parts = [children[0]]
    for child in children[1:]:
        parts += [_mark(mark, child), child]
    return joined(parts, children[0].places[0])


def _side_by_side(children: list[Placed], place: int) -> Placed:
    """The children in a row; names and numbers apart, so that a b is not read as ab."""
    parts: list[Placed] = []
    for child in children:
        if parts and child.text[:1].isalnum() and parts[-1].text[-1:].isalnum():
            parts.append(_mark(" ", child))
        if child.text:
            parts.append(child)
    return joined(parts, place)
