"""MathML -> TeX, as far as worked examples go: numbers, names, signs, fractions, roots, scripts, accents, matrices."""

from __future__ import annotations

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
    text, place = placed.text, placed.places[0]
    stack: list[tuple[str, list[Placed]]] = [("mrow", [])]
    position = 0
    while (start := text.find("<", position)) >= 0:
        _leaf(stack, placed.cut(position, start))
        tag = tag_at(text, start, known=False)
        position = tag.end if tag else start + 1
        if COMMENT.match(text, start):
            position = text.find(">", start) + 1 or len(text)
        if tag is None or tag.attributes.endswith("/"):
            continue
        if not tag.closes and len(stack) < DEEPEST:
            stack.append((tag.name, []))
        elif tag.closes and any(name == tag.name for name, _ in stack[1:]):
            while True:
                name, children = stack.pop()
                _attach(stack, _element(name, children, place))
                if name == tag.name:
                    break
    _leaf(stack, placed.cut(position, len(text)))
    while len(stack) > 1:
        name, children = stack.pop()
        _attach(stack, _element(name, children, place))
    return _side_by_side(stack[0][1], place).stripped()


def _attach(stack: list[tuple[str, list[Placed]]], element: Placed) -> None:
    stack[-1][1].append(element)


def _leaf(stack: list[tuple[str, list[Placed]]], text: Placed) -> None:
    if text.text.strip():
        shown = decoded(text)
        stack[-1][1].append(Placed(shown.text.translate(_INVISIBLE), shown.places).stripped())


def _element(name: str, children: list[Placed], place: int) -> Placed:
    if name in _EMPTY or name.startswith("annotation"):
        return written("", place)
    match name, children:
        case "mfrac", [above, below]:
            return _command("\\frac", above, below)
        case "msqrt", _:
            return _command("\\sqrt", _side_by_side(children, place))
        case "mroot", [inside, degree]:
            return joined([_mark("\\sqrt[", degree), degree, _mark("]{", inside), inside, _mark("}", inside)], place)
        case "msub" | "munder", [base, below]:
            return joined([_base(base), *_braced("_{", below)], place)
        case "mover", [base, above] if above.text in _ACCENTS:
            return _command("\\" + _ACCENTS[above.text], base)
        case "msup" | "mover", [base, above]:
            return joined([_base(base), *_braced("^{", above)], place)
        case "msubsup" | "munderover", [base, below, above]:
            return joined([_base(base), *_braced("_{", below), *_braced("^{", above)], place)
        case "mtable", _:
            rows = _between(children, " \\\\ ")
            return joined([_mark("\\begin{matrix} ", rows), rows, _mark(" \\end{matrix}", rows)], place)
        case "mtr", _:
            return _between(children, " & ")
        case "mfenced", _:
            inside = _between(children, ", ")
            return joined([_mark("(", inside), inside, _mark(")", inside)], place)
        case "mtext", _:
            return joined(_braced("\\text{", _side_by_side(children, place)), place)
        case _:
            return _side_by_side(children, place)


def _mark(text: str, beside: Placed) -> Placed:
    return written(text, beside.places[0])


def _braced(opening: str, inside: Placed) -> list[Placed]:
    return [_mark(opening, inside), inside, _mark("}", inside)]


def _command(name: str, *arguments: Placed) -> Placed:
    parts = [_mark(name, arguments[0])]
    for argument in arguments:
        parts += _braced("{", argument)
    return joined(parts, arguments[0].places[0])


def _base(base: Placed) -> Placed:
    """What bears a script; in braces if it is more than a name, a number or a bracket."""
    if base.text.isalnum() or len(base.text) <= 1 or base.text.startswith("\\"):
        return base
    return joined(_braced("{", base), base.places[0])


def _between(children: list[Placed], mark: str) -> Placed:
    if not children:
        return written("", 0)
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
