"""The page around what it shows: head, Content-Security-Policy, style, contents."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from symbackprop.rendering.drawing.svg import STYLE as DRAWINGS
from symbackprop.rendering.escaping import one_line
from symbackprop.rendering.page.elements import Content, Element, append, element, markup

FACES = (("Mathematics", "normal", "mathematics.woff2"), ("Mathematics Names", "italic", "italic.woff2"))
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
)


def page(title: str, *body: Content) -> str:
    """A whole page of one file."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", one_line(title)),
        element("style", style()),
    )
    return "<!DOCTYPE html>\n" + markup(element("html", head, element("body", *body), lang="en")) + "\n"


def contents(sections: Iterable[Element]) -> Element:
    """The table of contents of sections."""
    items = (element("li", element("a", made[0].text, href=f"#{made.get('id')}")) for made in sections)
    return element("nav", element("h2", "Contents"), element("ol", items), aria_label="Contents")


def section(identifier: str, title: str, *body: Content) -> Element:
    """A section with its heading."""
    made = element("section", element("h2", title), id=identifier)
    append(made, body)
    return made


@cache
def style() -> str:
    """The style of every page, its fonts inside."""
    room = files(__package__)
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-style:{slope};src:url(data:font/woff2;base64,'
        f"{b64encode(room.joinpath('fonts', file).read_bytes()).decode()}) format('woff2')}}\n"
        for family, slope, file in FACES
    )
    return faces + room.joinpath("style.css").read_text("utf-8") + DRAWINGS
