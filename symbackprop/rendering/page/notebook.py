r"""Pages as parts of other pages, notebooks above all.

A whole page stands there in a frame of its own: the style of neither reaches the other, and nothing in it runs. What
somebody else's notebook shows is stripped of frames, styles and MathML until its reader trusts it; they see what stands
beside the frame, the same in plain HTML with TeX between \( and \), which notebooks set.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator

from symbackprop.rendering.drawing import svg
from symbackprop.rendering.drawing.picture import Picture
from symbackprop.rendering.page.elements import Content, Element, element, markup
from symbackprop.rendering.page.shell import page

FRAME = "symbackprop-frame"
BESIDE = f".{FRAME} + div {{ display: none }}"
SIZE = "width: 100%; height: 40rem; border: 0"
HERE = "about:srcdoc"  # the address of what is in a frame; a bare # would lead to the page around it
_LEFT_OUT = frozenset({"input", "label", "nav", "style", "svg"})
_DELIMITERS = re.compile(r"([$\\])")


def framed(title: str, *body: Content) -> str:
    """The page of `body` in a frame, and beside it `body` as plain HTML, which shows where frames are taken out."""
    whole = element("body", *body)
    beside = plain(*whole)
    for link in whole.iter("a"):
        if (target := link.get("href", "")).startswith("#"):
            link.set("href", HERE + target)
    frame = element("iframe", srcdoc=page(title, *whole), sandbox="", title=title, class_=FRAME, style=SIZE)
    return markup(element("style", BESIDE)) + markup(frame) + beside


def plain(*body: Content) -> str:
    r"""`body` as HTML that shows itself without a style: no attributes, no links, formulas as TeX, figures as images.

    >>> print(plain(element("p", element("math", element("mi", "w")), " costs $1", class_="a")), end="")
    <div><p>\(w\) costs <span>$</span>1</p></div>
    """
    return markup(element("div", _content(element("div", *body), displayed=False))) + "\n"


def image(picture: Picture) -> str:
    """A picture as an image, which nothing takes out."""
    return markup(_image(svg.element(picture))) + "\n"


def _content(tree: Element, *, displayed: bool) -> Iterator[Content]:
    yield _text(tree, tree.text)
    for child in tree:
        if child.tag == "math":
            yield _tex(child, displayed=displayed)
        elif tree.tag == "figure" and child.tag == "svg":
            yield _image(child)
        elif child.tag not in _LEFT_OUT:
            kind = child.get("class")
            content = _content(child, displayed=displayed or kind == "chain")
            yield element("span" if child.tag == "a" else child.tag, content)
            yield "\u2003" if kind == "item" else None
        yield _text(tree, child.tail)


def _image(drawing: Element) -> Element:
    source = b64encode(svg.alone(drawing).encode()).decode()
    told = ". ".join(part.text or "" for part in drawing[:2])
    return element("img", src=f"data:image/svg+xml;base64,{source}", alt=told, style="max-width: 100%")


def _text(tree: Element, text: str | None) -> Content:
    """`text`; what could begin a formula stands in an element of its own, where it does not."""
    if tree.tag == "code":
        return text
    parts = _DELIMITERS.split(text or "")
    return [element("span", part) if index % 2 else part for index, part in enumerate(parts)]


def _tex(formula: Element, *, displayed: bool) -> str:
    tex = next((note.text or "" for note in formula.iter("annotation")), "".join(formula.itertext()))
    sign = next(formula.iter("mo"), None)
    if sign is not None and sign.get("form") == "infix":
        tex = "{}" + tex
    if displayed:
        tex = r"\displaystyle " + tex
    return rf"\({tex}\)"
