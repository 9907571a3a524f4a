r"""TeX -> MathML elements, in pieces between which a line may end.

latex2mathml makes the element tree; it is cleaned here: names of several letters are one token, signs know whether they
stand between operands, and the numerical references that it leaves in texts become characters. Browsers do not break a
<math> element over lines, so a long formula is several of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import lru_cache
from itertools import pairwise

from latex2mathml.converter import convert_to_element

from symbackprop.rendering.page.elements import Element, element
from symbackprop.rendering.typesetting import breaks, width

ROOM = 190.0  # points at a type size of 10: what a telephone has beside its margins
SHORT = 60.0  # points of a formula that is never cut
_REFERENCE = re.compile(r"&#x([0-9A-F]{5});")
_SIGNS = frozenset("+−")
_BEFORE_OPERAND = frozenset("+−·=≈×/(,[|")


def formula(tex: str, *, continues: bool = False) -> Element:
    r"""One <math> element, with its TeX as annotation where that is not the token itself.

    `continues` tells that operands stand before the sign that it begins with.

    >>> from symbackprop.rendering.page.elements import markup
    >>> markup(formula("-w")[0][0])
    '<mrow><mo form="prefix">−</mo><mi>w</mi></mrow>'
    """
    tex = tex.replace(r"\allowbreak ", "")
    tree = deepcopy(_converted(tex))
    if continues and (first := next(node for node in tree.iter() if not len(node))).tag == "mo":
        first.set("form", "infix")
    if tree.text == tex:
        return element("math", tree)
    return element("math", element("semantics", tree, element("annotation", tex, encoding="TeX")))


def formulas(tex: str, *, sign: str = "") -> Iterator[Element]:
    """The formula, after `sign`, in pieces between which lines may end."""
    cut = pieces(tex)
    yield formula(f"{sign} {cut[0]}", continues=True) if sign else formula(cut[0])
    for before, piece in pairwise(cut):
        yield element("wbr")
        yield formula(piece, continues=not before.endswith(","))


def pieces(tex: str) -> list[str]:
    r"""`tex` cut before its signs, and before its factors where that is not enough for a telephone.

    >>> pieces(r"w_{1} \cdot i_{1} + w_{2} \cdot i_{2} + b_{1}")
    ['w_{1} \\cdot i_{1}', '+ w_{2} \\cdot i_{2}', '+ b_{1}']
    """
    if width(tex) <= SHORT:
        return [tex]
    outer = _cut(tex, [place.position for place in breaks(tex) if place.cost == 0])
    return [part for piece in outer for part in (_finer(piece) if width(piece) > ROOM else [piece])]


def _finer(tex: str) -> list[str]:
    return _cut(tex, [place.position for place in breaks(tex)])


def _cut(tex: str, places: Sequence[int]) -> list[str]:
    ends = sorted({0, *places, len(tex)})
    return [tex[start:end].strip() for start, end in pairwise(ends)]


@lru_cache(maxsize=4096)
def _converted(tex: str) -> Element:
    return _cleaned(next(iter(convert_to_element(tex))))


def _cleaned(node: Element) -> Element:
    """`node` with characters for references, names as one token, signs with their form, and no row of one element."""
    if not len(node):
        return _token(node)
    children = [_cleaned(child) for child in node if child.tag != "mo" or child.text]
    if node.tag == "mrow" and (name := _name(children)) is not None:
        return name
    if node.tag == "mrow" and len(children) == 1:
        return children[0]
    made = Element(node.tag, node.attrib)
    made.extend(children)
    if node.tag == "mrow":
        _with_forms(children)
    return made


def _token(node: Element) -> Element:
    text = _REFERENCE.sub(lambda found: chr(int(found[1], 16)), node.text or "")
    if node.tag == "mo" and text.isalpha() and len(text) > 1:
        return element("mi", text)
    return element(node.tag, text, **node.attrib)


def _name(children: Sequence[Element]) -> Element | None:
    r"""The letters and digits of \mathit{...}, \mathrm{...} or \operatorname{...} as one token."""
    if len(children) < 2 or any(child.tag not in ("mi", "mn") for child in children):
        return None
    variants = {child.get("mathvariant") for child in children}
    text = "".join(child.text or "" for child in children)
    if variants not in ({"italic"}, {"normal"}) and "_" not in text:  # \_ is there in names of functions alone
        return None
    return element("mi", text, mathvariant="italic" if variants == {"italic"} else None)


def _with_forms(children: Sequence[Element]) -> None:
    """Tells the signs of a row that have no operand before them."""
    for before, node in pairwise([None, *children]):
        if node is not None and node.tag == "mo" and node.text in _SIGNS:
            leading = before is None or (before.tag == "mo" and before.text in _BEFORE_OPERAND)
            if leading:
                node.set("form", "prefix")
