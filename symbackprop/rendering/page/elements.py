"""HTML as an element tree, built of tags, attributes and texts; the standard library escapes all of them.

Nothing that a user wrote is ever joined to markup as a string.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias
from xml.etree import ElementTree

from symbackprop.rendering.escaping import harmless

Element = ElementTree.Element
Content: TypeAlias = "Element | str | Iterable[Content] | None"
"""What may stand in an element; None is nothing."""


def element(tag: str, *content: Content, **attributes: str | None) -> Element:
    """The element <tag>, with `content` in it: elements, texts, iterables of them; None is nothing.

    A trailing underscore of an attribute falls away, the others become hyphens. Attributes that are None are left out.

    >>> markup(element("p", "a < b ", element("b", "c"), " d", class_="note", aria_label='"e"'))
    '<p class="note" aria-label="&quot;e&quot;">a &lt; b <b>c</b> d</p>'
    """
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None}
    made = Element(tag, {name: harmless(value) for name, value in names.items()})
    append(made, content)
    return made


def append(parent: Element, content: Iterable[Content]) -> None:
    """Puts `content` after what `parent` holds."""
    for part in content:
        match part:
            case None:
                pass
            case str():
                _append_text(parent, harmless(part))
            case Element():
                parent.append(part)
            case _:
                append(parent, part)


def markup(tree: Element) -> str:
    """The tree as HTML."""
    return ElementTree.tostring(tree, encoding="unicode", method="html")


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
